package embedded

import (
	"slices"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// hits is where one term stands in one segment.
type hits struct {
	title    bitset // documents whose title holds it
	number   bitset // documents whose own number it is; nil for none
	meta     bitset // documents that hold it beside their text, as MetaHolds says
	anywhere bitset // live documents that hold it
	heads    bitset // sections whose heading path holds it
	sections bitset // sections whose text or heading path holds it
	counts   []sectionCount
}

// count is how often a section's own text holds the term.
func (h *hits) count(section int) int {
	i, ok := slices.BinarySearchFunc(h.counts, section, func(c sectionCount, section int) int { return int(c.section) - section })
	if !ok {
		return 0
	}
	return int(h.counts[i].count)
}

// sectionCount is how often a term stands in a section's own text.
type sectionCount struct {
	section int32
	count   uint32
}

func newHits(p *part, term *search.Term) *hits {
	docs, sections := p.side.Docs(), p.side.Sections()
	h := &hits{
		title: newBitset(docs), meta: newBitset(docs), anywhere: newBitset(docs), heads: newBitset(sections), sections: newBitset(sections),
	}
	places := find(p.side, term)
	h.counts = make([]sectionCount, 0, len(places))
	for _, f := range places {
		kind, owner := p.side.Owner(int(f.Passage))
		switch kind {
		case segment.KindTitle:
			if p.live.has(owner) {
				h.title.set(owner)
				h.meta.set(owner)
				h.anywhere.set(owner)
			}
		case segment.KindMeta:
			if !term.Quoted && p.live.has(owner) {
				h.meta.set(owner)
				h.anywhere.set(owner)
			}
		case segment.KindText:
			if doc := p.side.SectionDoc(owner); p.live.has(doc) {
				h.anywhere.set(doc)
				h.sections.set(owner)
				h.counts = append(h.counts, sectionCount{int32(owner), f.Count})
			}
		case segment.KindHeads:
			if p.live.has(p.side.SectionDoc(owner)) {
				h.heads.set(owner)
				h.sections.set(owner)
			}
		}
	}
	segment.Recycle(places)
	numbers := p.side.Column(segment.ColumnNumber)
	for place, number := range numbers.Values {
		if term.IsNumberOf(number) {
			h.number = newBitset(docs)
			p.live.each(func(doc int) {
				if numbers.Place(doc) == place {
					h.number.set(doc)
				}
			})
		}
	}
	return h
}

// gramHits is where a gram stands in one segment.
type gramHits struct {
	title  bitset // documents whose title holds it
	docs   int    // that hold it
	counts []sectionCount
}

func newGramHits(p *part, gram *search.Term) *gramHits {
	h := &gramHits{title: newBitset(p.side.Docs())}
	anywhere := newBitset(p.side.Docs())
	places := find(p.side, gram)
	h.counts = make([]sectionCount, 0, len(places))
	for _, f := range places {
		kind, owner := p.side.Owner(int(f.Passage))
		switch {
		case kind == segment.KindTitle && p.live.has(owner):
			h.title.set(owner)
			anywhere.set(owner)
		case kind == segment.KindText && p.live.has(p.side.SectionDoc(owner)):
			anywhere.set(p.side.SectionDoc(owner))
			h.counts = append(h.counts, sectionCount{int32(owner), f.Count})
		}
	}
	segment.Recycle(places)
	h.docs = anywhere.count()
	return h
}

// docSets are sets of documents of a segment; holds says which documents hold a term in the part that counts.
type docSets struct {
	e     *evaluation
	p     *partRun
	holds []bitset
}

func (s docSets) Term(term int) bitset         { return s.holds[term] }
func (s docSets) Anywhere(term int) bitset     { return s.p.hits[term].anywhere }
func (s docSets) Where(f search.Filter) bitset { return s.p.accepted(f) }
func (s docSets) All() bitset                  { return s.p.live }
func (s docSets) And(a, b bitset) bitset       { return and(a, b) }
func (s docSets) Or(a, b bitset) bitset        { return or(a, b) }
func (s docSets) Not(a bitset) bitset          { return without(s.p.live, a) }

func (s docSets) Enough(sets []bitset, weights []float64, least float64) bitset {
	return enough(newBitset(s.p.side.Docs()), sets, weights, least)
}

// enough adds to a set what lies in sets that weigh at least so much together.
func enough(found bitset, sets []bitset, weights []float64, least float64) bitset {
	for at := range found {
		some := uint64(0)
		for _, set := range sets {
			some |= set[at]
		}
		for ; some != 0; some &= some - 1 {
			bit := some & -some
			held := 0.0
			for i, set := range sets {
				if set[at]&bit != 0 {
					held += weights[i]
				}
			}
			if held > 0 && held >= least {
				found[at] |= bit
			}
		}
	}
	return found
}

// sectionSets are sets of sections of a segment.
type sectionSets struct{ p *partRun }

func (s sectionSets) Term(term int) bitset         { return s.p.hits[term].sections }
func (s sectionSets) Anywhere(term int) bitset     { return s.p.sectionsOf(s.p.hits[term].anywhere) }
func (s sectionSets) Where(f search.Filter) bitset { return s.p.sectionsOf(s.p.accepted(f)) }
func (s sectionSets) All() bitset                  { return s.p.liveSections() }
func (s sectionSets) And(a, b bitset) bitset       { return and(a, b) }
func (s sectionSets) Or(a, b bitset) bitset        { return or(a, b) }
func (s sectionSets) Not(a bitset) bitset          { return without(s.p.liveSections(), a) }

func (s sectionSets) Enough(sets []bitset, weights []float64, least float64) bitset {
	return enough(newBitset(s.p.side.Sections()), sets, weights, least)
}
