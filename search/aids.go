package search

import (
	"slices"
	"unicode/utf8"

	"gongwen/analyzers"
)

// Gram is two characters of the query side by side. Grams take part in ranking alone: a document that holds them is no hit
// by that.
type Gram struct {
	Term
	share float64 // of the weight of its own that it counts
}

// Alias is another name for words of the query. It takes part in ranking, and in what is enough of the words.
type Alias struct {
	Term
	covers int // characters of a title, as grams count them
}

// Aliased returns the aliases, by their place among those of the plan, that stand for a term.
func (p *Plan) Aliased(term int) []int { return p.aliasesOf[term] }

// finish works out what ranking needs of the terms.
func (c *compiler) finish(relaxes, plain bool) {
	p := c.plan
	p.light = make([]float64, len(p.Terms))
	p.worth = make([]float64, len(p.Terms))
	p.covers = make([]int, len(p.Terms))
	p.aliasesOf = make([][]int, len(p.Terms))
	for t := range p.Terms {
		term := &p.Terms[t]
		p.light[t], p.worth[t] = 1, 1
		if !term.Quoted {
			p.light[t] = lightness(term.Text)
		}
		switch {
		case term.form != nil:
			p.covers[t] = term.form.runes()
		case !allHan(term.Text) || term.Quoted:
			p.covers[t] = utf8.RuneCountInString(term.Text)
		}
	}
	seen := map[string]bool{}
	for i, s := range c.stretches {
		c.addGrams(s, seen)
		if i > 0 {
			c.joinStretches(c.stretches[i-1], s, seen)
		}
	}
	if relaxes && !plain {
		for _, s := range c.stretches {
			c.addAliases(s)
		}
	}
}

// stretch is an unquoted stretch of the query that is looked for, and the words into which it was cut.
type stretch struct {
	text  string // folded
	words []analyzers.Word
	terms []int // of the words
}

func (c *compiler) addGrams(s stretch, seen map[string]bool) {
	last, at := rune(0), 0
	for i, r := range s.text {
		if analyzers.IsHan(last) && analyzers.IsHan(r) {
			c.addGram(s, at, i+utf8.RuneLen(r), seen)
		}
		last, at = r, i
	}
}

// addGram adds the gram text[start:end] of a stretch. A word of two characters counts as its own gram.
func (c *compiler) addGram(s stretch, start, end int, seen map[string]bool) {
	text, share := s.text[start:end], float64(gramShare)
	if seen[text] || len(c.plan.Grams) == maxGrams {
		return
	}
	inside := false
	for i, word := range s.words {
		if word.End <= start || end <= word.Start {
			continue
		}
		share = min(share, gramShare*c.plan.light[s.terms[i]])
		if word.Start <= start && end <= word.End {
			inside = true
			if word.End-word.Start == end-start {
				seen[text] = true
				c.plan.worth[s.terms[i]] += gramShare
				c.plan.covers[s.terms[i]] = 1
				return
			}
		}
	}
	if !inside {
		share *= crossShare
	}
	share *= lightness(text)
	if share > 0 {
		seen[text] = true
		c.plan.Grams = append(c.plan.Grams, Gram{newRun(text), share})
	}
}

// joinStretches adds the gram of two stretches that stand next to each other, so that words side by side count more than
// words apart.
func (c *compiler) joinStretches(a, b stretch, seen map[string]bool) {
	last, _ := utf8.DecodeLastRuneInString(a.text)
	first, _ := utf8.DecodeRuneInString(b.text)
	text := string(last) + string(first)
	if analyzers.IsHan(last) && analyzers.IsHan(first) && !seen[text] && len(c.plan.Grams) < maxGrams {
		seen[text] = true
		c.plan.Grams = append(c.plan.Grams, Gram{newRun(text), gramShare * crossShare})
	}
}

func newAlias(text string) Term { return Term{Text: text, literals: []string{text}} }

// addAliases adds other names of what stands in a stretch, the longest known.
func (c *compiler) addAliases(s stretch) {
	names := namesOf(c.words)
	from := 0
	for start := range s.text {
		if start < from {
			continue
		}
		key, targets := names.at(s.text[start:])
		if len(targets) == 0 {
			from = start + max(len(key), 1) // a name that has no other is no part of one either
			continue
		}
		var of []int
		for i, word := range s.words {
			if start <= word.Start && word.End <= start+len(key) {
				of = append(of, s.terms[i])
			}
		}
		if len(of) == 0 {
			continue
		}
		from = start + len(key)
		c.also(key, targets)
		for _, target := range targets {
			if len(c.plan.Aliases) == maxAliases {
				return
			}
			for _, t := range of {
				c.plan.aliasesOf[t] = append(c.plan.aliasesOf[t], len(c.plan.Aliases))
			}
			c.plan.Aliases = append(c.plan.Aliases, Alias{newAlias(target), utf8.RuneCountInString(target) - 1})
		}
	}
}

// also notes other names, once.
func (c *compiler) also(of string, names []string) {
	if !slices.ContainsFunc(c.plan.also, func(a Also) bool { return a.Of == of }) {
		c.plan.also = append(c.plan.also, Also{of, names})
	}
}

// Probe returns a term of the plan, or an alias behind them, by its place among the probes.
func (p *Plan) Probe(probe int) *Term {
	if probe < len(p.Terms) {
		return &p.Terms[probe]
	}
	return &p.Aliases[probe-len(p.Terms)].Term
}

// Marked reports whether the places of a probe are marked: of what is looked for, under any name.
func (p *Plan) Marked(probe int) bool { return probe >= len(p.Terms) || p.positive[probe] }

// Bounds of what a query of many words costs.
const (
	maxAliases = 40
	maxGrams   = 100
)

// Probes are the terms of a plan and its aliases, in this order: what decides whether a document is a hit.
func (p *Plan) Probes() []*Term {
	probes := make([]*Term, 0, len(p.Terms)+len(p.Aliases))
	for t := range p.Terms {
		probes = append(probes, &p.Terms[t])
	}
	for a := range p.Aliases {
		probes = append(probes, &p.Aliases[a].Term)
	}
	return probes
}

// AcceptsAliased is Accepts with aliases taken for the terms that they stand for. The test answers for the probes.
func (p *Plan) AcceptsAliased(t Test) bool { return p.Accepts(aliasedTest{t, p}) }

type aliasedTest struct {
	Test
	plan *Plan
}

func (t aliasedTest) Holds(term int) bool { return t.plan.HoldsAliased(t.Test, term) }

// HoldsAliased reports whether a term is held, itself or by an alias. The test answers for the probes.
func (p *Plan) HoldsAliased(t Test, term int) bool {
	if t.Holds(term) {
		return true
	}
	for _, a := range p.aliasesOf[term] {
		if t.Holds(len(p.Terms) + a) {
			return true
		}
	}
	return false
}
