package search

import (
	"cmp"
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

// Exhibit is what a hit shows: sections of its document, the best first, chosen as Scorer.Exhibit does. Engines find it
// in their own ways, so that showing a hit reads no more of its document than it must.
type Exhibit struct {
	Document *gongwen.Document // its text does not matter
	Sections []Exhibited
	Marks    int // places that the plan marks in the whole text
	More     int // further sections with marks
}

// Exhibited is a section that is shown.
type Exhibited struct {
	Section *gongwen.Section
	Above   []*gongwen.Section
	Pieces  []Piece // its own spans
}

// Piece is one of a section's own spans.
type Piece struct {
	Start  int    // its first byte in the document's text
	Text   string // as written
	Before int    // marks of the document that start before it
}

// Show makes a hit: the title marked and fragments cut. With one section alone, as it is with unit section, more is cut of it.
func (s *Scorer) Show(x *Exhibit, unit Unit) Hit {
	document := *x.Document
	document.Text, document.Sections, document.Figures, document.Commitments, document.Versions = "", nil, nil, nil, nil
	hit := Hit{Document: &document, Title: s.Plan.MarkParts(document.Title), Marks: x.Marks, More: x.More}
	for i := range x.Sections {
		fragments := max(1, 2-i)
		if unit == UnitSection {
			fragments = 2
		}
		hit.Sections = append(hit.Sections, s.showSection(x.Document, &x.Sections[i], fragments))
	}
	return hit
}

func (s *Scorer) showSection(document *gongwen.Document, x *Exhibited, fragments int) SectionHit {
	path := []string{}
	for _, above := range x.Above {
		if name := above.Name(); name != "" {
			path = append(path, name)
		}
	}
	h := highlighter{plan: s.Plan, page: document.Page, weight: s.shown}
	for _, piece := range x.Pieces {
		h.pieces = append(h.pieces, markedPiece{piece.Text, piece.Start, piece.Before, s.Plan.marks(piece.Text)})
	}
	return SectionHit{Section: x.Section, Path: path, Marks: h.count(), Fragments: h.fragments(fragments)}
}

// shown is what it is worth to show a place of a probe: a word that nobody else holds still shows.
func (s *Scorer) shown(probe int) float64 {
	if probe < len(s.Weights) {
		return s.Weights[probe] + 0.01
	}
	most := 0.0
	for t, aliases := range s.Plan.aliasesOf {
		if slices.Contains(aliases, probe-len(s.Weights)) {
			most = max(most, s.Weights[t])
		}
	}
	return AliasShare*most + 0.01
}

// Exhibit chooses what a hit shows by looking through the whole document: of the sections that count and have marks, those
// that hold every word first, then by score; the first section with text where none has any. passage is the hit where
// that is a section, else nil.
func (s *Scorer) Exhibit(p *Prepared, passage *Passage) *Exhibit {
	marks := s.Plan.Marks(p.Document.Text)
	before := func(offset int) int {
		n, _ := slices.BinarySearchFunc(marks, offset, func(m gongwen.Span, offset int) int { return m.Start - offset })
		return n
	}
	x := &Exhibit{Document: p.Document, Marks: len(marks)}
	chosen := []*Passage{passage}
	if passage == nil {
		var marked int
		chosen, marked = s.rank(p, before)
		chosen = chosen[:min(MaxHitSections, len(chosen))]
		x.More = max(0, marked-len(chosen))
	}
	for _, u := range chosen {
		shown := Exhibited{Section: u.Section, Above: u.Above}
		for _, span := range u.Own {
			shown.Pieces = append(shown.Pieces, Piece{span.Start, span.Cut(p.Document.Text), before(span.Start)})
		}
		x.Sections = append(x.Sections, shown)
	}
	return x
}

// rank returns the sections to show in order, and how many have marks. before counts the marks before an offset.
func (s *Scorer) rank(p *Prepared, before func(offset int) int) (passages []*Passage, marked int) {
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
		if !slices.ContainsFunc(u.Own, func(span gongwen.Span) bool { return before(span.Start) < before(span.End) }) {
			continue
		}
		full := true
		for t := range s.Plan.Terms {
			full = full && (!s.Plan.Positive(t) || u.Holds(&s.Plan.Terms[t]))
		}
		found = append(found, ranked{u, full, s.Passage(u)})
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		if a.full != b.full {
			if a.full {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.score, a.score)
	})
	for _, r := range found {
		passages = append(passages, r.passage)
	}
	if len(passages) == 0 && first != nil {
		passages = append(passages, first)
	}
	return passages, len(found)
}
