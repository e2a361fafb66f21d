package followup

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// stretch is a run of a passage that a promise holds too.
type stretch struct {
	text   string
	weight float64
	plain  int // terms that are no part of the name of a field
	field  int // and those that are
	clause int // of the passage, by the commas before it
}

// stretches are the runs of the passage looked at that the terms of a clause make up.
func (v *view) stretches(c *clause) []stretch {
	for _, t := range c.terms {
		v.wanted[t] = v.stands[t] >= inName
	}
	var all []stretch
	start, end, last := 0, -1, -1
	clause, counted := 0, 0
	for _, m := range v.passage.marks {
		t, at := v.terms[m.term], int(m.at)
		if !v.wanted[t] || at == last { // a pair goes before the Latin word at its place
			continue
		}
		last = at
		if at > end || len(all) == 0 { // words beside each other are one name
			clause += strings.Count(v.passage.folded[counted:at], ",")
			counted = at
			all = append(all, stretch{clause: clause})
			start = at
		}
		end = max(end, at+len(v.promised.terms[t].text))
		s := &all[len(all)-1]
		s.text = v.passage.folded[start:end]
		s.weight += v.promised.terms[t].weight
		switch {
		case v.stands[t] == inName:
			s.field++
		case v.promised.terms[t].plain:
			s.plain++
		}
	}
	for _, t := range c.terms {
		v.wanted[t] = false
	}
	return all
}

// names reports whether the terms of the whole promise that the passage holds name a thing: a longer word, a word beside
// the name of a field, or several words. 清理 and 公开 alone stand everywhere.
func (v *view) names() bool {
	fields, words := map[int]int{}, map[int]int{} // by the clause that they stand in: 清理 in another one is of something else
	all := 0
	seen := map[string]bool{}
	for _, s := range v.stretches(v.promised.whole()) {
		if seen[s.text] {
			continue
		}
		seen[s.text] = true
		switch {
		case s.plain >= plainName, s.plain > 0 && s.field > 0:
			return true
		case s.plain > 0:
			words[s.clause]++
			all++
		case s.field >= fieldName:
			fields[s.clause]++
		}
	}
	for clause, n := range words {
		if n > 0 && fields[clause] > 0 {
			return true
		}
	}
	return all >= manyNames
}

const (
	plainName = 2 // pairs of characters
	fieldName = 3
	manyNames = 3
	longName  = 4 // characters
)

// words are what the passage looked at and the promise both hold, as whole words as far as they are, those that weigh most
// first.
func (v *view) words() []string {
	weights := map[string]float64{}
	for _, s := range v.stretches(v.promised.whole()) {
		if s.plain+s.field == 0 {
			continue // boilerplate
		}
		text := v.promised.trail.finder.whole(s.text)
		weights[text] = max(weights[text], s.weight)
	}
	words := make([]string, 0, len(weights))
	for w := range weights {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	return words
}

// whole is a stretch without a single character before its first word, which is the end of another: 级行政复议机构.
func (f *Finder) whole(text string) string {
	if utf8.RuneCountInString(text) <= 2 {
		return text
	}
	cut := f.words.Cut(text)
	single := func(i int) bool { return utf8.RuneCountInString(cut[i].Text) == 1 }
	if len(cut) > 1 && single(0) && !single(1) {
		return text[cut[1].Start:]
	}
	return text
}
