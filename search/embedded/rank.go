package embedded

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// entry is a hit in its place in the order. It holds no pointers, since there may be many.
type entry struct {
	score   float64
	part    int32 // place among the lists
	doc     int32
	section int32 // of a hit that is a section, else -1
	date    int32 // rank, 0 for unknown
	full    bool  // holds every word, itself or by aliases
}

// ranking puts entries in order.
type ranking struct {
	*evaluation
	scored bool
}

func (r ranking) id(e *entry) string {
	return r.lists[e.part].run.side.Column(segment.ColumnID).Value(int(e.doc))
}

// compare orders entries as they are listed.
func (r ranking) compare(a, b *entry) int {
	if r.request.Sort == search.SortRelevance {
		if a.full != b.full {
			if a.full {
				return -1
			}
			return 1
		}
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
	}
	if a.date != b.date {
		switch {
		case a.date == 0:
			return 1
		case b.date == 0:
			return -1
		case r.request.Sort == search.SortOldest:
			return cmp.Compare(a.date, b.date)
		}
		return cmp.Compare(b.date, a.date)
	}
	if a.part == b.part && a.doc == b.doc {
		return int(a.section - b.section)
	}
	return strings.Compare(r.id(a), r.id(b))
}

// top returns the first n hits in order.
func (e *evaluation) top(ctx context.Context, n int) ([]entry, error) {
	r := ranking{e, e.request.Sort == search.SortRelevance && len(e.plan.Terms)+len(e.plan.Preferences) > 0}
	if r.scored && len(e.plan.Grams) > 0 {
		if err := e.weighGrams(ctx); err != nil {
			return nil, err
		}
	}
	best := r.newBest(n)
	var joining sync.Mutex
	err := e.eachPart(ctx, func(i int, _ *partRun) {
		mine := r.newBest(n)
		r.each(&e.lists[i], mine)
		joining.Lock()
		defer joining.Unlock()
		for _, hit := range mine.list {
			best.add(hit)
		}
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(best.list, func(a, b entry) int { return r.compare(&a, &b) })
	return best.list, nil
}

// best keeps the n best entries, a heap with the worst of them first.
type best struct {
	ranking
	list []entry
	n    int
}

func (r ranking) newBest(n int) *best { return &best{ranking: r, n: n} }

// beats reports whether a hit of such a score comes after all the best for certain.
func (b *best) beats(full bool, score float64) bool {
	return len(b.list) == b.n && b.list[0].full == full && b.list[0].score > score
}

func (b *best) add(e entry) {
	switch {
	case len(b.list) < b.n:
		b.push(e)
	case b.compare(&e, &b.list[0]) < 0:
		b.list[0] = e
		b.sink(0)
	}
}

// worse reports whether the entry at a place comes after the one at another.
func (b *best) worse(i, j int) bool { return b.compare(&b.list[i], &b.list[j]) > 0 }

func (b *best) push(e entry) {
	b.list = append(b.list, e)
	for i := len(b.list) - 1; i > 0; {
		parent := (i - 1) / 2
		if !b.worse(i, parent) {
			return
		}
		b.list[i], b.list[parent] = b.list[parent], b.list[i]
		i = parent
	}
}

// sink lets an entry that may have become better find its place.
func (b *best) sink(i int) {
	for {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(b.list); child++ {
			if b.worse(child, first) {
				first = child
			}
		}
		if first == i {
			return
		}
		b.list[i], b.list[first] = b.list[first], b.list[i]
		i = first
	}
}

// each offers every hit of a segment to the best ones.
func (r ranking) each(l *list, best *best) {
	p := l.run
	dates := p.side.Column(segment.ColumnDated)
	offer := func(doc, section int, full bool, score float64) {
		if r.scored && best.beats(full, score) {
			return
		}
		best.add(entry{
			part: int32(l.part), doc: int32(doc), section: int32(section), date: int32(p.dates[dates.Place(doc)]), full: full, score: score,
		})
	}
	sections := r.request.Unit == search.UnitSection
	if !r.scored {
		l.members.each(func(i int) {
			if sections {
				offer(p.side.SectionDoc(i), i, l.full.has(i), 0)
			} else {
				offer(i, -1, l.full.has(i), 0)
			}
		})
		return
	}
	scores := r.scores(p)
	p.bearings = newBearings(r.evaluation, p)
	if sections {
		l.members.each(func(i int) {
			doc := p.side.SectionDoc(i)
			offer(doc, i, l.full.has(i), r.hit(p, doc, scores[i], 0, l.together.has(i)))
		})
		return
	}
	for at, word := range l.members {
		for ; word != 0; word &= word - 1 {
			doc := at<<6 + bits.TrailingZeros64(word)
			first, sum := 0.0, 0.0
			from, to := p.side.DocSections(doc)
			for at, score := range scores[from:to] {
				if score == 0 || l.allowed != nil && !l.allowed.has(from+at) {
					continue
				}
				if sum += score; score > first {
					first = score
				}
			}
			full := l.full.has(doc)
			if !p.titled.has(doc) && best.beats(full, r.scorer.AtMost(first, sum-first)) {
				continue // most are no match for the best, which is seen without their names
			}
			offer(doc, -1, full, r.hit(p, doc, first, sum-first, l.together.has(doc)))
		}
	}
}

// hit is the score of a hit: a document, or a section of it.
func (e *evaluation) hit(p *partRun, doc int, best, others float64, together bool) float64 {
	var bearing search.Bearing
	if p.titled.has(doc) {
		bearing = p.bearings.of(e, p, doc)
	}
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

// scores adds up what the sections of a segment score by the counts of terms and grams, and finds the documents that are
// called by any of them.
func (e *evaluation) scores(p *partRun) []float64 {
	of := p.zeros(p.side.Sections())
	p.titled = p.set(p.side.Docs())
	for t := range e.plan.Terms {
		h := p.hits[t]
		p.titled.join(h.title)
		if h.number != nil {
			p.titled.join(h.number)
		}
		if e.scorer.Weights[t] == 0 {
			continue
		}
		heads := h.heads
		if aliases := e.plan.Aliased(t); len(aliases) == 0 {
			for _, c := range h.counts {
				of[c.section] += e.scorer.Word(t, float64(c.count), p.side.Length(int(c.section)))
			}
		} else {
			counts := weighed(h.counts)
			for _, a := range aliases {
				alias := p.hits[len(e.plan.Terms)+a]
				p.titled.join(alias.title)
				counts, heads = joinCounts(counts, alias.counts), p.or(heads, alias.heads)
			}
			for _, c := range counts {
				of[c.section] += e.scorer.Word(t, c.count, p.side.Length(int(c.section)))
			}
		}
		heads.each(func(section int) { of[section] += e.scorer.Heading(t) })
	}
	for g, h := range p.grams {
		p.titled.join(h.title)
		if e.scorer.Grams[g] == 0 {
			continue
		}
		for _, c := range h.counts {
			of[c.section] += e.scorer.Gram(g, int(c.count), p.side.Length(int(c.section)))
		}
	}
	return of
}

// weighedCount is how often a section holds a term, places of aliases counted by their share.
type weighedCount struct {
	section int32
	count   float64
}

func weighed(counts []sectionCount) []weighedCount {
	all := make([]weighedCount, len(counts))
	for i, c := range counts {
		all[i] = weighedCount{c.section, float64(c.count)}
	}
	return all
}

// joinCounts adds the places of an alias. Both are in order.
func joinCounts(a []weighedCount, alias []sectionCount) []weighedCount {
	if len(alias) == 0 {
		return a
	}
	joined := make([]weighedCount, 0, len(a)+len(alias))
	for len(a) > 0 || len(alias) > 0 {
		switch {
		case len(alias) == 0 || len(a) > 0 && a[0].section < alias[0].section:
			joined, a = append(joined, a[0]), a[1:]
		case len(a) == 0 || alias[0].section < a[0].section:
			joined, alias = append(joined, weighedCount{alias[0].section, search.AliasShare * float64(alias[0].count)}), alias[1:]
		default:
			joined = append(joined, weighedCount{a[0].section, a[0].count + search.AliasShare*float64(alias[0].count)})
			a, alias = a[1:], alias[1:]
		}
	}
	return joined
}
