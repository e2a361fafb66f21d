package search

import (
	"slices"

	"gongwen"
)

// counts reports whether the filters on topic and role let the section count.
func (s *Scorer) counts(u *Passage) bool {
	return AnySection(s.Plan.Filters[FieldTopic], u.Section) && AnySection(s.Plan.Filters[FieldRole], u.Section)
}

// AnySection reports whether any of the filters accepts the section; no filter accepts every one.
func AnySection(filters []Filter, section *gongwen.Section) bool {
	return len(filters) == 0 || slices.ContainsFunc(filters, func(f Filter) bool { return f.AcceptsSection(section) })
}

// Show makes a hit: the title marked and the best sections cut, or the passage alone that is the hit.
func (s *Scorer) Show(p *Prepared, passage *Passage) Hit {
	weight := func(term int) float64 { return s.Weights[term] + 0.01 } // a word that nobody else holds still shows
	highlighter := s.Plan.Highlight(p.Document.Text, weight)
	hit := Hit{Document: p.Document, Title: s.Plan.MarkParts(p.Document.Title), Marks: highlighter.Total()}
	if passage != nil {
		hit.Sections = []SectionHit{showSection(highlighter, passage, 2)}
		return hit
	}
	ranked, marked := s.rank(p, highlighter)
	for i, u := range ranked[:min(MaxHitSections, len(ranked))] {
		hit.Sections = append(hit.Sections, showSection(highlighter, u, max(1, 2-i)))
	}
	hit.More = max(0, marked-len(hit.Sections))
	return hit
}

// rank returns the sections of a hit that have marks, those that hold every word first, then by score; or the first
// section with text where none has any.
func (s *Scorer) rank(p *Prepared, highlighter *Highlighter) (passages []*Passage, marked int) {
	type ranked struct {
		passage *Passage
		full    bool
		score   float64
	}
	var found []ranked
	var first *Passage
	for i := range p.Passages {
		u := &p.Passages[i]
		if !s.counts(u) {
			continue
		}
		if first == nil && u.Length > 0 {
			first = u
		}
		if highlighter.Count(u.Own) == 0 {
			continue
		}
		full := true
		for t := range s.Plan.Terms {
			full = full && (!s.Plan.Positive(t) || u.Holds(&s.Plan.Terms[t]))
		}
		found = append(found, ranked{u, full, s.Passage(u)})
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		switch {
		case a.full != b.full && a.full, a.full == b.full && a.score > b.score:
			return -1
		case a.full != b.full, a.score < b.score:
			return 1
		}
		return 0
	})
	for _, r := range found {
		passages = append(passages, r.passage)
	}
	if len(passages) == 0 && first != nil {
		passages = append(passages, first)
	}
	return passages, len(found)
}

func showSection(highlighter *Highlighter, u *Passage, fragments int) SectionHit {
	path := []string{}
	for _, above := range u.Above {
		if name := above.Name(); name != "" {
			path = append(path, name)
		}
	}
	return SectionHit{
		Section: u.Section, Path: path, Marks: highlighter.Count(u.Own), Fragments: highlighter.Fragments(u.Own, fragments),
	}
}
