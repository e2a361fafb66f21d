package embedded

import (
	"context"
	"math/bits"
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
	within   bitset // documents of the sections
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

func newHits(ctx context.Context, p *partRun, term *search.Term) *hits {
	docs, sections := p.side.Docs(), p.side.Sections()
	h := &hits{
		title: p.set(docs), meta: p.set(docs), anywhere: p.set(docs), within: p.set(docs),
		heads: p.set(sections), sections: p.set(sections),
	}
	places := find(ctx, p.side, term)
	h.counts = p.list(len(places))
	owners := p.side.Owners()
	for _, f := range places {
		kind, owner := owners.Of(int(f.Passage))
		if !p.live.has(owners.Doc) {
			continue
		}
		switch kind {
		case segment.KindTitle:
			h.title.set(owner)
			h.meta.set(owner)
		case segment.KindMeta:
			if !term.Quoted {
				h.meta.set(owner)
			}
		case segment.KindText:
			h.anywhere.set(owners.Doc)
			h.sections.set(owner)
			h.counts = append(h.counts, sectionCount{int32(owner), f.Count})
		case segment.KindHeads:
			h.within.set(owners.Doc)
			h.heads.set(owner)
		}
	}
	h.counts = p.trim(h.counts)
	segment.Recycle(places)
	h.within.join(h.anywhere)
	h.anywhere.join(h.meta)
	h.sections.join(h.heads)
	numbers := p.side.Column(segment.ColumnNumber)
	for place, number := range numbers.Values {
		if term.IsNumberOf(number) {
			h.number = p.set(docs)
			p.live.each(func(doc int) {
				if numbers.Place(doc) == place {
					h.number.set(doc)
				}
			})
		}
	}
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
func (s docSets) And(a, b bitset) bitset       { return s.p.and(a, b) }
func (s docSets) Or(a, b bitset) bitset        { return s.p.or(a, b) }
func (s docSets) Not(a bitset) bitset          { return s.p.without(s.p.live, a) }

func (s docSets) Enough(sets []bitset, weights []float64, least float64) bitset {
	return s.p.enough(s.p.set(s.p.side.Docs()), sets, weights, least)
}

// enough adds to a set what lies in sets that weigh at least so much together.
func (s *scratch) enough(found bitset, sets []bitset, weights []float64, least float64) bitset {
	sums := s.zeros(len(found) * 64)
	for i, set := range sets {
		for at, word := range set {
			for ; word != 0; word &= word - 1 {
				sums[at<<6+bits.TrailingZeros64(word)] += weights[i]
			}
		}
	}
	for at := range found {
		for bit, held := range sums[at<<6 : at<<6+64] {
			if held > 0 && held >= least {
				found[at] |= 1 << bit
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
func (s sectionSets) And(a, b bitset) bitset       { return s.p.and(a, b) }
func (s sectionSets) Or(a, b bitset) bitset        { return s.p.or(a, b) }
func (s sectionSets) Not(a bitset) bitset          { return s.p.without(s.p.liveSections(), a) }

func (s sectionSets) Enough(sets []bitset, weights []float64, least float64) bitset {
	return s.p.enough(s.p.set(s.p.side.Sections()), sets, weights, least)
}
