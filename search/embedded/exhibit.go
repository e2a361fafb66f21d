package embedded

import (
	"cmp"
	"fmt"
	"slices"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded/segment"
	"gongwen/search/embedded/units"
)

// exhibit chooses what a hit shows, as search.Scorer.Exhibit does by looking through the whole document: here posting
// counts tell which sections have marks and, most often, how many, and texts are read of the sections that are shown.
func (e *evaluation) exhibit(l *list, hit *entry) (*search.Exhibit, error) {
	p, doc := l.run, int(hit.doc)
	o, err := p.recent.get(p.side, doc)
	if err != nil {
		return nil, fmt.Errorf("show document %s: %w", p.side.Column(segment.ColumnID).Value(doc), err)
	}
	d := *o.document
	if err := e.view.relate(&d, spot{p.part, doc}); err != nil {
		return nil, fmt.Errorf("show document %s: %w", d.ID, err)
	}
	x := &search.Exhibit{Document: &d}
	from, to := p.side.DocSections(doc)
	m := marked{p: p, from: from, outline: o, holding: p.holding(from, to)}
	if err := m.count(); err != nil {
		return nil, err
	}
	for _, piece := range m.pieces {
		x.Marks += piece.marks
	}
	chosen := []int{int(hit.section) - from}
	if hit.section < 0 {
		chosen, x.More = e.choose(l, &m, to)
	}
	for _, place := range chosen {
		shown, err := m.exhibited(place)
		if err != nil {
			return nil, err
		}
		x.Sections = append(x.Sections, shown)
	}
	return x, nil
}

// choose returns the places of the sections that a document shows, the best first, and how many more have marks.
func (e *evaluation) choose(l *list, m *marked, to int) (places []int, more int) {
	p := l.run
	type ranked struct {
		place int
		full  bool
		score float64
	}
	var all []ranked
	for i := range m.holding {
		h := &m.holding[i]
		if l.allowed != nil && !l.allowed.has(h.section) {
			continue
		}
		r := ranked{place: h.section - m.from, full: true, score: e.wordScore(p, h)}
		for t := range e.plan.Terms {
			r.full = r.full && (!e.plan.Positive(t) || p.hits[t].sections.has(h.section))
		}
		all = append(all, r)
	}
	if len(all) == 0 {
		for section := m.from; section < to; section++ {
			if (l.allowed == nil || l.allowed.has(section)) && p.side.Length(section) > 0 {
				return []int{section - m.from}, 0
			}
		}
		return nil, 0
	}
	for len(places) < min(len(all), search.MaxHitSections) { // a law has hundreds of sections, of which three are shown
		best := 0
		for i, r := range all {
			if r.full && !all[best].full || r.full == all[best].full && r.score > all[best].score {
				best = i
			}
		}
		places = append(places, all[best].place)
		all[best] = ranked{score: -1}
	}
	return places, len(all) - len(places)
}

// holding is a section whose own text holds terms, and how often by term.
type holding struct {
	section int
	counts  []uint32
}

// holding returns the sections in [from, to) whose own text holds a term that is marked, in order.
func (p *partRun) holding(from, to int) []holding {
	counts := func(t int) []sectionCount {
		if !p.plan.Marked(t) {
			return nil
		}
		all := p.hits[t].counts
		at := func(section int) int {
			i, _ := slices.BinarySearchFunc(all, section, func(c sectionCount, section int) int { return int(c.section) - section })
			return i
		}
		return all[at(from):at(to)]
	}
	terms := len(p.hits)
	var sections []int
	for t := range terms {
		for _, c := range counts(t) {
			sections = append(sections, int(c.section))
		}
	}
	slices.Sort(sections)
	sections = slices.Compact(sections)
	all := make([]holding, len(sections))
	table := make([]uint32, len(sections)*terms)
	for i, section := range sections {
		all[i] = holding{section, table[i*terms : (i+1)*terms]}
	}
	for t := range terms {
		at := 0
		for _, c := range counts(t) {
			for all[at].section != int(c.section) {
				at++
			}
			all[at].counts[t] = c.count
		}
	}
	return all
}

// marked is a document whose marks are being counted.
type marked struct {
	p       *partRun
	from    int // its first section
	outline *outline
	holding []holding
	pieces  []countedPiece // that have marks, in the order of the text
}

// countedPiece is one of a section's own spans, and how many marks it has.
type countedPiece struct{ start, marks int }

// count counts the marks by pieces.
func (m *marked) count() error {
	for i := range m.holding {
		h := &m.holding[i]
		own := m.outline.sections[h.section-m.from].Own()
		if n, ok := m.p.countMarks(h); ok && len(own) == 1 {
			m.pieces = append(m.pieces, countedPiece{own[0].Start, n})
			continue
		}
		written, err := m.written(h.section, own)
		if err != nil {
			return err
		}
		for j, text := range written {
			m.pieces = append(m.pieces, countedPiece{own[j].Start, len(m.p.plan.Marks(text))})
		}
	}
	slices.SortFunc(m.pieces, func(a, b countedPiece) int { return a.start - b.start })
	return nil
}

func (m *marked) written(section int, own []gongwen.Span) ([]string, error) {
	written, ok := m.p.side.Written(section, own)
	if !ok {
		return nil, fmt.Errorf("show section %d: %w", section, segment.ErrDamaged)
	}
	return written, nil
}

// exhibited reads the section at a place.
func (m *marked) exhibited(place int) (search.Exhibited, error) {
	s := m.outline.sections[place].Section
	shown := search.Exhibited{Section: s, Above: m.outline.above(place)}
	own := s.Own()
	written, err := m.written(m.from+place, own)
	if err != nil {
		return shown, err
	}
	for i, text := range written {
		before := 0
		for _, piece := range m.pieces {
			if piece.start >= own[i].Start {
				break
			}
			before += piece.marks
		}
		shown.Pieces = append(shown.Pieces, search.Piece{Start: own[i].Start, Text: text, Before: before})
	}
	return shown, nil
}

// countMarks counts the marks of a section's text without the text as written, where that is certain.
func (p *partRun) countMarks(h *holding) (n int, ok bool) {
	held, parted := 0, false // whether a term may stand there by its parts, which are marked one by one
	for t, count := range h.counts {
		if count == 0 {
			continue
		}
		held++
		n = int(count)
		parted = parted || len(p.plan.Probe(t).Parts()) > 0 || p.plan.Probe(t).Form() != nil
	}
	if held == 1 && !parted {
		return n, true
	}
	return p.mergeMarks(h)
}

// place is where a term stands in the units of a section.
type place struct{ start, end, term int }

// mergeMarks counts the marks of several terms, of which some overlap or touch and are one.
func (p *partRun) mergeMarks(h *holding) (n int, ok bool) {
	text := p.side.Units(p.side.TextPassage(h.section))
	var places []place
	for t, count := range h.counts {
		if count == 0 {
			continue
		}
		units.EachTerm(text, p.plan.Probe(t), func(start, end int) { places = append(places, place{start / 2, end / 2, t}) })
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(a.start-b.start, b.end-a.end, a.term-b.term)
	})
	end := -1
	var terms []int // of the last mark
	for _, at := range places {
		touches := at.start == end && !slices.Contains(terms, at.term) && !p.plan.Probe(at.term).Quoted
		if touches && p.side.ChangedBefore(h.section, at.start) {
			return 0, false // white space may part them in the text as written
		}
		if at.start < end || touches {
			end = max(end, at.end)
			terms = append(terms, at.term)
			continue
		}
		n++
		end, terms = at.end, append(terms[:0], at.term)
	}
	return n, true
}

// wordScore is what a section scores for the words alone, as search.Scorer.Passage says.
func (e *evaluation) wordScore(p *partRun, h *holding) float64 {
	score := 0.0
	for t := range e.plan.Terms {
		if e.scorer.Weights[t] == 0 {
			continue
		}
		count, heading := float64(h.counts[t]), p.hits[t].heads.has(h.section)
		for _, a := range e.plan.Aliased(t) {
			alias := p.hits[len(e.plan.Terms)+a]
			count += search.AliasShare * float64(alias.count(h.section))
			heading = heading || alias.heads.has(h.section)
		}
		score += e.scorer.Word(t, count, p.side.Length(h.section))
		if heading {
			score += e.scorer.Heading(t)
		}
	}
	return score
}
