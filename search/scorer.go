package search

import "math"

// Scorer ranks what a plan finds in one snapshot, and shows it. Every engine ranks and shows its hits by it.
type Scorer struct {
	Plan    *Plan
	Weights []float64 // by term
	Grams   []float64 // by gram of the plan; 0 until they are weighed
	Docs    int       // of the snapshot
	Average float64   // length of a section in runes

	enough  float64   // weight of words
	bonus   float64   // of what has every word in one section
	prefers []float64 // by preference of the plan: what it lifts a hit by
	lift    float64   // of all of them
}

// NewScorer weighs the terms of a plan: terms says how many of the snapshot's documents hold each, itself or by an alias.
func NewScorer(p *Plan, terms []int, docs int, average float64) Scorer {
	s := Scorer{Plan: p, Weights: make([]float64, len(p.Terms)), Grams: make([]float64, len(p.Grams)), Docs: docs, Average: average}
	for t, df := range terms {
		if p.positive[t] {
			s.Weights[t] = Weight(df, docs) * p.light[t]
		}
		if p.boosts[t] > 0 {
			s.Weights[t] *= p.boosts[t]
		}
	}
	p.weigh(terms, docs)
	all, n := 0.0, 0.0
	for _, t := range p.relaxable {
		if s.Weights[t] > 0 {
			all, n = all+s.Weights[t], n+1
		}
	}
	s.enough = all * max(relaxMin, relaxShare/max(n, 1))
	for _, weight := range s.Weights {
		s.bonus += togetherBonus * weight
	}
	return s
}

// Prefer weighs the preferences of the plan: accepted says by preference how many of the snapshot's documents it accepts.
func (s *Scorer) Prefer(accepted []int) {
	for i, df := range accepted {
		by := Weight(df, s.Docs) * s.Plan.Preferences[i].By
		s.prefers = append(s.prefers, by)
		s.lift += by
	}
}

// Preferred is what the preferences that accept a document add to its score, by their place among those of the plan.
func (s *Scorer) Preferred(accepts func(preference int) bool) float64 {
	lift := 0.0
	for i, by := range s.prefers {
		if accepts(i) {
			lift += by
		}
	}
	return lift
}

// WeighGrams weighs the grams of the plan, which rank what is listed and don't say what is: grams says how many of the
// snapshot's documents hold each.
func (s *Scorer) WeighGrams(grams []int) {
	for g, df := range grams {
		s.Grams[g] = Weight(df, s.Docs) * s.Plan.Grams[g].share
	}
}

// HoldsEnough reports whether words of some weight are enough for a hit of a relaxed answer: more than the average word of
// the query, and more than a part of all. A word that nothing holds is none of them.
func (s *Scorer) HoldsEnough(held float64) bool { return held > s.enough }

// Word is what a section scores for a term that it holds count times, aliases counted by AliasShare.
func (s *Scorer) Word(term int, count float64, length int) float64 {
	return s.Weights[term] * s.Plan.worth[term] * Saturate(count, float64(length), s.Average)
}

// Heading is what a section scores for a term, or an alias of it, in its heading path.
func (s *Scorer) Heading(term int) float64 { return s.Weights[term] * headingWeight }

// Gram is what a section scores for a gram that it holds count times.
func (s *Scorer) Gram(gram, count, length int) float64 {
	return s.Grams[gram] * Saturate(float64(count), float64(length), s.Average)
}

// Passage is what a section scores for the words alone.
func (s *Scorer) Passage(u *Passage) float64 {
	score := 0.0
	for t := range s.Plan.Terms {
		if s.Weights[t] == 0 {
			continue
		}
		count, heading := float64(s.Plan.Terms[t].Count(u.Text)), s.Plan.Terms[t].Holds(u.Heads)
		for _, a := range s.Plan.aliasesOf[t] {
			count += AliasShare * float64(s.Plan.Aliases[a].Count(u.Text))
			heading = heading || s.Plan.Aliases[a].Holds(u.Heads)
		}
		score += s.Word(t, count, u.Length)
		if heading {
			score += s.Heading(t)
		}
	}
	return score
}

// passage is what a section scores for words and grams.
func (s *Scorer) passage(u *Passage) float64 {
	score := s.Passage(u)
	for g := range s.Plan.Grams {
		if s.Grams[g] > 0 {
			score += s.Gram(g, s.Plan.Grams[g].Count(u.Text), u.Length)
		}
	}
	return score
}

// Bearing is what a document is called, as far as a query asks for it.
type Bearing struct {
	held   float64 // what a section would score at most for the words and grams in the title, by their weights
	runes  int     // of the title that the query covers
	number float64 // weight of the words that are the document's own number
}

// Bear makes a bearing. The functions say whether the title holds a term, an alias or a gram of the plan, by its place,
// and whether a term is the document's own number.
func (s *Scorer) Bear(term, alias, gram, number func(int) bool) Bearing {
	var b Bearing
	for t := range s.Plan.Terms {
		held := term(t)
		if held {
			b.runes += s.Plan.covers[t]
		}
		for _, a := range s.Plan.aliasesOf[t] {
			held = held || alias(a)
		}
		if held {
			b.held += s.Weights[t] * s.Plan.worth[t]
		}
		if number(t) {
			b.number += s.Weights[t]
		}
	}
	for a := range s.Plan.Aliases {
		if alias(a) {
			b.runes += s.Plan.Aliases[a].covers
		}
	}
	for g := range s.Plan.Grams {
		if gram(g) {
			b.held += s.Grams[g]
			b.runes++
		}
	}
	return b
}

// Hit is the score of a hit: of its best section, what other sections add, and how the document bears what is asked for.
// together says that one section holds every word.
func (s *Scorer) Hit(best, others float64, b Bearing, n Naming, together bool) float64 {
	score := best + numberWeight*b.number
	if others > 0 { // most documents have one section that counts
		score += math.Log1p(others) / 4
	}
	if b.held > 0 {
		score += b.held * s.naming(b, n)
	}
	if together {
		score += s.bonus
	}
	return score * n.Standing()
}

// naming is what a title that holds words counts, in units of what they count in a section: more, the more of it the query
// covers.
func (s *Scorer) naming(b Bearing, n Naming) float64 {
	covered := min(1, float64(b.runes+1)/float64(max(n.Runes, 2)))
	return titleWeight + namingWeight*covered*covered
}

// AtMost is no less than Hit, whatever the document is called and whatever is preferred, and takes less time.
func (s *Scorer) AtMost(best, others float64, b Bearing) float64 {
	score := best + others/4 + s.bonus
	if b.held+b.number > 0 {
		score += numberWeight*b.number + b.held*(titleWeight+namingWeight)
	}
	return score*mostStanding + s.lift
}

// Document is the score of a document by its sections that count, and its title.
func (s *Scorer) Document(p *Prepared, together bool) float64 {
	if len(s.Plan.Terms) == 0 {
		return s.preferred(p)
	}
	best, sum := 0.0, 0.0
	for i := range p.Passages {
		if s.counts(&p.Passages[i]) {
			score := s.passage(&p.Passages[i])
			best = max(best, score)
			sum += score
		}
	}
	return s.Hit(best, sum-best, s.bearing(p), NewNaming(p.Title), together) + s.preferred(p)
}

func (s *Scorer) preferred(p *Prepared) float64 {
	return s.Preferred(func(i int) bool { return s.Plan.Preferences[i].Accepts(p.Document) })
}

// Section is the score of a hit that is a section.
func (s *Scorer) Section(p *Prepared, u *Passage, together bool) float64 {
	return s.Hit(s.passage(u), 0, s.bearing(p), NewNaming(p.Title), together) + s.preferred(p)
}

func (s *Scorer) bearing(p *Prepared) Bearing {
	plan := s.Plan
	return s.Bear(
		func(t int) bool { return plan.Terms[t].Holds(p.Title) },
		func(a int) bool { return plan.Aliases[a].Holds(p.Title) },
		func(g int) bool { return plan.Grams[g].Holds(p.Title) },
		func(t int) bool { return plan.Terms[t].IsNumberOf(p.Document.Number) },
	)
}
