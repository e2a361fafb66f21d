package search

import "math"

// Explanation says how the score of a hit comes about: its parts sum to the score.
type Explanation struct {
	Standing float64 // what the kind of document makes of the sum, as a factor of every value here
	Average  float64 // length of a section in characters, to which lengths are compared
	Parts    []ExplainedPart
}

// ExplainedKind names a part of a score.
type ExplainedKind string

// The parts of a score.
const (
	ExplainSection  ExplainedKind = "section"  // the best section: its words, headings and grams
	ExplainOthers   ExplainedKind = "others"   // what further sections add
	ExplainTitle    ExplainedKind = "title"    // words and grams in the title
	ExplainNumber   ExplainedKind = "number"   // the document's own number was asked for
	ExplainTogether ExplainedKind = "together" // one section holds every word
	ExplainPrefer   ExplainedKind = "prefer"   // conditions with a weight that the document meets, whatever its kind
)

// ExplainedPart is a part of a score. The values of what it is made of sum to its own, where it is made of several.
type ExplainedPart struct {
	Kind    ExplainedKind
	Section string // ID of the best section
	Length  int    // of it in characters
	Value   float64
	Of      []ExplainedTerm
}

// What an ExplainedTerm is.
const (
	ExplainWord    = "word"    // in the text, by BM25
	ExplainHeading = "heading" // in the heading path
	ExplainGram    = "gram"    // two characters side by side
	// ExplainCondition is a condition with a weight.
	ExplainCondition = "condition"
)

// ExplainedTerm is what a term, under any of its names, or a gram adds.
type ExplainedTerm struct {
	What   string // word, heading, gram or condition
	Term   string
	Names  []string // the other names that stand there
	Count  float64  // places, those of other names by AliasShare; 0 where it does not matter how many
	Weight float64  // of the term: how rare it is, less where it says little
	Value  float64
}

// Explain says how the score of a document comes about, or of a section of it where that is the hit; nil where nothing is
// ranked. together is as for Hit.
func (s *Scorer) Explain(p *Prepared, passage *Passage, together bool) *Explanation {
	if len(s.Plan.Terms) == 0 && len(s.prefers) == 0 {
		return nil
	}
	naming := NewNaming(p.Title)
	x := &Explanation{Standing: naming.Standing(), Average: s.Average}
	defer x.prefer(s, p)
	if len(s.Plan.Terms) == 0 {
		return x
	}
	best, others := passage, 0.0
	if passage == nil {
		most, sum := 0.0, 0.0
		for i := range p.Passages {
			u := &p.Passages[i]
			if !s.counts(u) {
				continue
			}
			score := s.passage(u)
			if best == nil || score > most {
				best, most = u, score
			}
			sum += score
		}
		others = math.Log1p(sum-most) / 4
	}
	if best != nil {
		part := ExplainedPart{Kind: ExplainSection, Section: best.Section.ID, Length: best.Length, Of: s.explainPassage(best)}
		x.add(part)
	}
	x.add(ExplainedPart{Kind: ExplainOthers, Value: others})
	x.add(ExplainedPart{Kind: ExplainTitle, Of: s.explainTitle(p, naming)})
	number := ExplainedPart{Kind: ExplainNumber}
	bonus := ExplainedPart{Kind: ExplainTogether}
	for t := range s.Plan.Terms {
		term := &s.Plan.Terms[t]
		if term.IsNumberOf(p.Document.Number) {
			number.add(ExplainedTerm{What: ExplainWord, Term: term.String(), Weight: s.Weights[t], Value: numberWeight * s.Weights[t]})
		}
		if together {
			bonus.add(ExplainedTerm{What: ExplainWord, Term: term.String(), Weight: s.Weights[t], Value: togetherBonus * s.Weights[t]})
		}
	}
	x.add(number)
	x.add(bonus)
	return x
}

// prefer adds what preferences lift a document by.
func (x *Explanation) prefer(s *Scorer, p *Prepared) {
	part := ExplainedPart{Kind: ExplainPrefer}
	for i, by := range s.prefers {
		if preference := s.Plan.Preferences[i]; preference.Accepts(p.Document) {
			part.add(ExplainedTerm{What: ExplainCondition, Term: preference.Condition.String(), Weight: preference.By, Value: by})
			part.Value += by
		}
	}
	if part.Value != 0 {
		x.Parts = append(x.Parts, part)
	}
}

// add adds a part that is worth something, by the standing of the document.
func (x *Explanation) add(part ExplainedPart) {
	part.Value *= x.Standing
	for i := range part.Of {
		part.Of[i].Value *= x.Standing
		part.Value += part.Of[i].Value
	}
	if part.Value != 0 {
		x.Parts = append(x.Parts, part)
	}
}

// add adds a term that is worth something.
func (p *ExplainedPart) add(term ExplainedTerm) {
	if term.Value != 0 {
		p.Of = append(p.Of, term)
	}
}

// explainPassage takes passage apart.
func (s *Scorer) explainPassage(u *Passage) []ExplainedTerm {
	var part ExplainedPart
	for t := range s.Plan.Terms {
		if s.Weights[t] == 0 {
			continue
		}
		term := &s.Plan.Terms[t]
		count, heading := float64(term.Count(u.Text)), term.Holds(u.Heads)
		var inText, inHeads []string
		for _, a := range s.Plan.aliasesOf[t] {
			alias := &s.Plan.Aliases[a]
			if n := alias.Count(u.Text); n > 0 {
				count += AliasShare * float64(n)
				inText = append(inText, alias.Text)
			}
			if alias.Holds(u.Heads) {
				heading = true
				inHeads = append(inHeads, alias.Text)
			}
		}
		part.add(ExplainedTerm{
			What: ExplainWord, Term: term.String(), Names: inText, Count: count, Weight: s.Weights[t], Value: s.Word(t, count, u.Length),
		})
		if heading {
			part.add(ExplainedTerm{What: ExplainHeading, Term: term.String(), Names: inHeads, Weight: s.Weights[t], Value: s.Heading(t)})
		}
	}
	for g := range s.Plan.Grams {
		if n := s.Plan.Grams[g].Count(u.Text); n > 0 && s.Grams[g] > 0 {
			part.add(ExplainedTerm{
				What: ExplainGram, Term: s.Plan.Grams[g].Text, Count: float64(n), Weight: s.Grams[g], Value: s.Gram(g, n, u.Length),
			})
		}
	}
	return part.Of
}

// explainTitle takes the bearing of a title apart.
func (s *Scorer) explainTitle(p *Prepared, n Naming) []ExplainedTerm {
	b := s.bearing(p)
	if b.held == 0 {
		return nil
	}
	factor := s.naming(b, n)
	var part ExplainedPart
	for t := range s.Plan.Terms {
		held := s.Plan.Terms[t].Holds(p.Title)
		var names []string
		for _, a := range s.Plan.aliasesOf[t] {
			if s.Plan.Aliases[a].Holds(p.Title) {
				held = true
				names = append(names, s.Plan.Aliases[a].Text)
			}
		}
		if held {
			part.add(ExplainedTerm{
				What: ExplainWord, Term: s.Plan.Terms[t].String(), Names: names, Weight: s.Weights[t], Value: s.Weights[t] * s.Plan.worth[t] * factor,
			})
		}
	}
	for g := range s.Plan.Grams {
		if s.Plan.Grams[g].Holds(p.Title) {
			part.add(ExplainedTerm{What: ExplainGram, Term: s.Plan.Grams[g].Text, Weight: s.Grams[g], Value: s.Grams[g] * factor})
		}
	}
	return part.Of
}
