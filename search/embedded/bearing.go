package embedded

import "gongwen/search"

// hit is the score of a hit: a document, or a section of it.
func (e *evaluation) hit(p *partRun, doc int, best, others float64, bearing search.Bearing, together bool) float64 {
	return e.scorer.Hit(best, others, bearing, p.namings.of(p.side, doc), together) + e.preferred(p, doc)
}

// bearings remembers what the titles of a segment bear: many hold the same of the words that are asked for.
type bearings struct {
	asked []bitset // by what is asked for: the documents that are called so
	known map[uint64]search.Bearing
	last  uint64 // key of the last one
	found search.Bearing
}

// newBearings remembers nothing yet; there must be one for each goroutine.
func newBearings(e *evaluation, p *partRun) *bearings {
	b := &bearings{}
	for t, h := range p.hits {
		b.asked = append(b.asked, h.title)
		if t < len(e.plan.Terms) && h.number != nil {
			b.asked = append(b.asked, h.number)
		}
	}
	for _, g := range p.grams {
		b.asked = append(b.asked, g.title)
	}
	if len(b.asked) <= 64 {
		b.known = map[uint64]search.Bearing{}
	}
	return b
}

func (b *bearings) of(e *evaluation, p *partRun, doc int) search.Bearing {
	if b.known == nil { // too much is asked for
		return e.bearing(p, doc)
	}
	at, bit := doc>>6, doc&63
	var key uint64
	for i, set := range b.asked {
		key |= set[at] >> bit & 1 << i
	}
	if key == b.last {
		return b.found
	}
	found, ok := b.known[key]
	if !ok {
		found = e.bearing(p, doc)
		b.known[key] = found
	}
	b.last, b.found = key, found
	return found
}

func (e *evaluation) bearing(p *partRun, doc int) search.Bearing {
	return e.scorer.Bear(
		func(t int) bool { return p.hits[t].title.has(doc) },
		func(a int) bool { return p.hits[len(e.plan.Terms)+a].title.has(doc) },
		func(g int) bool { return p.grams[g].title.has(doc) },
		func(t int) bool { return p.hits[t].number != nil && p.hits[t].number.has(doc) },
	)
}
