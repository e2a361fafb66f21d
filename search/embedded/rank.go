package embedded

import (
	"cmp"
	"context"
	"strings"
	"sync"

	"gongwen/search"
	"gongwen/search/embedded/segment"
	"gongwen/search/embedded/units"
)

// entry is a hit in its place in the order. It holds no pointers, since there may be many.
type entry struct {
	score   float64 // at least the score, until it is exact
	part    int32   // place among the lists
	doc     int32
	section int32 // of a hit that is a section, else -1
	date    int32 // rank, 0 for unknown
	full    bool
	exact   bool
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

// top returns the first n hits in order. Scores are worked out exactly only for those that may be among them: a first
// pass finds the n-th best of what every hit scores at least, a second one keeps what may come before it.
func (e *evaluation) top(ctx context.Context, n int) ([]entry, error) {
	r := ranking{e, e.request.Sort == search.SortRelevance && len(e.plan.Terms) > 0}
	best := r.newBest(n)
	rest := make([][]entry, len(e.lists)) // by segment: what may score more than it is known to
	var joining sync.Mutex
	err := e.eachPart(ctx, func(i int, _ *partRun) {
		mine := r.newBest(n)
		rest[i] = r.each(&e.lists[i], mine)
		joining.Lock()
		defer joining.Unlock()
		for _, hit := range mine.list {
			best.add(hit)
		}
	})
	if err != nil {
		return nil, err
	}
	// A queue of bounds: whoever comes first with an exact score is next.
	var next queue
	next.before = func(a, b *entry) bool { return r.compare(a, b) < 0 }
	for _, hit := range best.list {
		if hit.exact {
			next.push(hit)
		}
	}
	for _, hits := range rest {
		for i := range hits {
			if len(best.list) < n || r.compare(&hits[i], &best.list[0]) <= 0 {
				next.push(hits[i])
			}
		}
	}
	first := make([]entry, 0, n)
	for len(first) < n && len(next.list) > 0 {
		if hit := next.list[0]; hit.exact {
			first = append(first, hit)
			next.pop()
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		next.list[0].score, next.list[0].exact = r.score(&next.list[0]), true
		next.down(0)
	}
	return first, nil
}

// best keeps the n best entries, the worst of them first.
type best struct {
	queue
	n int
}

func (r ranking) newBest(n int) *best {
	return &best{queue{before: func(a, b *entry) bool { return r.compare(b, a) < 0 }}, n}
}

// beats reports whether a hit of such a score comes after all the best for certain.
func (b *best) beats(full bool, score float64) bool {
	return len(b.list) == b.n && b.list[0].full == full && b.list[0].score > score
}

func (b *best) add(e entry) {
	switch {
	case len(b.list) < b.n:
		b.push(e)
	case b.before(&b.list[0], &e):
		b.list[0] = e
		b.down(0)
	}
}

// queue is a heap of entries.
type queue struct {
	before func(a, b *entry) bool
	list   []entry
}

func (q *queue) push(e entry) {
	q.list = append(q.list, e)
	for i := len(q.list) - 1; i > 0; {
		parent := (i - 1) / 2
		if !q.before(&q.list[i], &q.list[parent]) {
			return
		}
		q.list[i], q.list[parent] = q.list[parent], q.list[i]
		i = parent
	}
}

func (q *queue) pop() {
	last := len(q.list) - 1
	q.list[0] = q.list[last]
	q.list = q.list[:last]
	q.down(0)
}

// down lets an entry that may have become worse sink to its place.
func (q *queue) down(i int) {
	for {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(q.list); child++ {
			if q.before(&q.list[child], &q.list[first]) {
				first = child
			}
		}
		if first == i {
			return
		}
		q.list[i], q.list[first] = q.list[first], q.list[i]
		i = first
	}
}

// each offers every hit of a segment to the best ones with what it scores at least, and returns those that may score more,
// with what they score at most: where two words stand in one section, it matters how near they are.
func (r ranking) each(l *list, best *best) (rest []entry) {
	p := l.run
	dates := p.side.Column(segment.ColumnDated)
	offer := func(doc, section int, full bool, least, most float64) {
		exact := least == most
		if exact && r.scored && best.beats(full, least) {
			return
		}
		e := entry{
			part: int32(l.part), doc: int32(doc), section: int32(section), date: int32(p.dates[dates.Place(doc)]), full: full,
			score: least, exact: exact,
		}
		best.add(e)
		if !exact {
			e.score = most
			rest = append(rest, e)
		}
	}
	if !r.scored {
		l.members.each(func(i int) {
			if l.together == nil {
				offer(p.side.SectionDoc(i), i, l.full.has(i), 0, 0)
			} else {
				offer(i, -1, l.full.has(i), 0, 0)
			}
		})
		return rest
	}
	b := r.bounds(p)
	defer b.release(p)
	bearing := make([]float64, len(p.hits))
	score := func(best, sum float64, together bool) float64 {
		return search.DocumentScore(best, sum-best, bearing, r.scorer.Weights, together)
	}
	l.members.each(func(i int) {
		if l.together == nil {
			doc, full := p.side.SectionDoc(i), l.full.has(i)
			r.bearing(p, doc, bearing)
			least := score(b.least[i], b.least[i], full)
			most := least
			if b.near[i] > 0 {
				most = score(b.least[i]+b.near[i], b.least[i]+b.near[i], full)
			}
			offer(doc, i, full, least, most)
			return
		}
		r.bearing(p, i, bearing)
		var best, sum, bestMost, sumMost float64
		exact := true
		from, to := p.side.DocSections(i)
		for section := from; section < to; section++ {
			if l.allowed != nil && !l.allowed.has(section) {
				continue
			}
			score, more := b.least[section], b.near[section]
			best, sum = max(best, score), sum+score
			bestMost, sumMost = max(bestMost, score+more), sumMost+score+more
			exact = exact && more == 0
		}
		together := l.together.has(i)
		least := score(best, sum, together)
		most := least
		if !exact {
			most = score(bestMost, sumMost, together)
		}
		offer(i, -1, l.full.has(i), least, most)
	})
	return rest
}

// bounds are by section: what it scores at least, and what the nearness of words may add to that.
type bounds struct{ least, near []float64 }

// boundsPool keeps bounds, all zero: they are as long as a segment has sections.
var boundsPool = sync.Pool{New: func() any { return new(bounds) }}

func newBounds(sections int) *bounds {
	b, ok := boundsPool.Get().(*bounds)
	if !ok || len(b.least) < sections {
		b = &bounds{make([]float64, sections), make([]float64, sections)}
	}
	return b
}

// release gives bounds back; what hits have touched is made zero again.
func (b *bounds) release(p *partRun) {
	for _, h := range p.hits {
		for _, c := range h.counts {
			b.least[c.section], b.near[c.section] = 0, 0
		}
		h.heads.each(func(section int) { b.least[section] = 0 })
	}
	boundsPool.Put(b)
}

func (e *evaluation) bounds(p *partRun) *bounds {
	b := newBounds(p.side.Sections())
	weights := e.scorer.Weights
	for t, h := range p.hits {
		if weights[t] == 0 {
			continue
		}
		for _, c := range h.counts {
			b.least[c.section] += weights[t] * search.Saturate(float64(c.count), float64(p.side.Length(int(c.section))), e.scorer.Average)
		}
		h.heads.each(func(section int) { b.least[section] += weights[t] * search.HeadingWeight })
	}
	for t := range len(p.hits) - 1 {
		if weights[t] == 0 || weights[t+1] == 0 {
			continue // as the scorer, which counts no words that nobody asked for
		}
		x, y := p.hits[t].counts, p.hits[t+1].counts
		for len(x) > 0 && len(y) > 0 {
			switch {
			case x[0].section < y[0].section:
				x = x[1:]
			case x[0].section > y[0].section:
				y = y[1:]
			default:
				b.near[x[0].section] += search.NearBonus(weights[t], weights[t+1], 0)
				x, y = x[1:], y[1:]
			}
		}
	}
	return b
}

func (e *evaluation) bearing(p *partRun, doc int, bearing []float64) {
	for t, h := range p.hits {
		bearing[t] = search.Bearing(h.title.has(doc), h.number != nil && h.number.has(doc))
	}
}

// score is the exact score of a hit.
func (r ranking) score(hit *entry) float64 {
	l := &r.lists[hit.part]
	p, doc := l.run, int(hit.doc)
	bearing := make([]float64, len(p.hits))
	r.bearing(p, doc, bearing)
	if hit.section >= 0 {
		return search.DocumentScore(r.sectionScore(p, int(hit.section)), 0, bearing, r.scorer.Weights, hit.full)
	}
	best, sum := 0.0, 0.0
	from, to := p.side.DocSections(doc)
	for section := from; section < to; section++ {
		if l.allowed == nil || l.allowed.has(section) {
			score := r.sectionScore(p, section)
			best = max(best, score)
			sum += score
		}
	}
	return search.DocumentScore(best, sum-best, bearing, r.scorer.Weights, l.together.has(doc))
}

// sectionScore is the score of a section by its text, as every engine reckons it.
func (e *evaluation) sectionScore(p *partRun, section int) float64 {
	n := len(p.hits)
	evidence := search.Evidence{Counts: make([]int, n), Heading: make([]bool, n), Length: p.side.Length(section)}
	holds := false
	for t, h := range p.hits {
		if e.scorer.Weights[t] == 0 || !h.sections.has(section) {
			continue
		}
		holds = true
		evidence.Counts[t], evidence.Heading[t] = h.count(section), h.heads.has(section)
	}
	if !holds {
		return 0
	}
	if n > 1 {
		text := p.side.Units(p.side.TextPassage(section))
		evidence.Gaps = make([]int, n-1)
		for t := range evidence.Gaps {
			evidence.Gaps[t] = -1
			if evidence.Counts[t] > 0 && evidence.Counts[t+1] > 0 {
				evidence.Gaps[t] = units.Nearest(text, p.hits[t].pattern, p.hits[t+1].pattern)
			}
		}
	}
	return search.SectionScore(evidence, e.scorer.Weights, e.scorer.Average)
}
