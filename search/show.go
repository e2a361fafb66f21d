package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
)

// Scorer ranks what a plan finds in one snapshot, and shows it. Every engine shows its hits by it.
type Scorer struct {
	Plan    *Plan
	Weights []float64 // by term
	Average float64   // length of a section in runes
}

// Passage is the score of a section.
func (s *Scorer) Passage(u *Passage) float64 {
	n := len(s.Plan.Terms)
	evidence := Evidence{Counts: make([]int, n), Heading: make([]bool, n), Length: u.Length}
	for t := range s.Plan.Terms {
		if s.Weights[t] == 0 {
			continue
		}
		evidence.Counts[t] = s.Plan.Terms[t].Count(u.Text)
		evidence.Heading[t] = s.Plan.Terms[t].Holds(u.Heads)
	}
	if n > 1 {
		evidence.Gaps = make([]int, n-1)
		for t := range evidence.Gaps {
			evidence.Gaps[t] = -1
			if evidence.Counts[t] > 0 && evidence.Counts[t+1] > 0 {
				evidence.Gaps[t] = nearest(u.Text, s.Plan.Terms[t].Text, s.Plan.Terms[t+1].Text)
			}
		}
	}
	return SectionScore(evidence, s.Weights, s.Average)
}

// Document is the score of a document by its sections that count, and its title.
func (s *Scorer) Document(p *Prepared, together bool) float64 {
	if len(s.Plan.Terms) == 0 {
		return 0
	}
	best, sum := 0.0, 0.0
	for i := range p.Passages {
		if s.counts(&p.Passages[i]) {
			score := s.Passage(&p.Passages[i])
			best = max(best, score)
			sum += score
		}
	}
	return DocumentScore(best, sum-best, s.bearing(p), s.Weights, together)
}

// Section is the score of a hit that is a section.
func (s *Scorer) Section(p *Prepared, u *Passage, together bool) float64 {
	return DocumentScore(s.Passage(u), 0, s.bearing(p), s.Weights, together)
}

func (s *Scorer) bearing(p *Prepared) []float64 {
	bearing := make([]float64, len(s.Plan.Terms))
	for t := range bearing {
		term := &s.Plan.Terms[t]
		bearing[t] = Bearing(term.Holds(p.Title), term.IsNumberOf(p.Document.Number))
	}
	return bearing
}

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

// nearest returns the least number of characters between a and b in text, in either order, or -1 where one is missing.
func nearest(text, a, b string) int {
	best := -1
	lastA, lastB := -1, -1 // ends of the places seen last
	for at := 0; at < len(text) && best != 0; {
		i, j := strings.Index(text[at:], a), strings.Index(text[at:], b)
		if i < 0 && j < 0 {
			break
		}
		if i >= 0 && (j < 0 || i <= j) {
			at += i
			if lastB >= 0 && at >= lastB {
				best = least(best, utf8.RuneCountInString(text[lastB:at]))
			}
			at += len(a)
			lastA = at
		} else {
			at += j
			if lastA >= 0 && at >= lastA {
				best = least(best, utf8.RuneCountInString(text[lastA:at]))
			}
			at += len(b)
			lastB = at
		}
	}
	return best
}

func least(best, n int) int {
	if best < 0 || n < best {
		return n
	}
	return best
}
