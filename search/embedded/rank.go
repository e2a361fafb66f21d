package embedded

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
	"strings"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// entry is a hit in its place in the order.
type entry struct {
	run     *partRun
	doc     int
	section int // of a hit that is a section, else -1
	full    bool
	score   float64 // at least the score, until it is exact
	exact   bool
	date    int // rank, 0 for unknown
}

func (e *entry) id() string { return e.run.side.Column(segment.ColumnID).Value(e.doc) }

// compare orders entries as they are listed.
func compare(order search.Sort, a, b *entry) int {
	if order == search.SortRelevance {
		if a.full != b.full {
			if a.full {
				return -1
			}
			return 1
		}
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
	}
	if a.date != b.date {
		switch {
		case a.date == 0:
			return 1
		case b.date == 0:
			return -1
		case order == search.SortOldest:
			return cmp.Compare(a.date, b.date)
		}
		return cmp.Compare(b.date, a.date)
	}
	if a.run == b.run && a.doc == b.doc {
		return a.section - b.section
	}
	return strings.Compare(a.id(), b.id())
}

// top returns the first n hits in order.
func (e *evaluation) top(ctx context.Context, n int) ([]*entry, error) {
	var all []entry
	scored := e.request.Sort == search.SortRelevance && len(e.plan.Terms) > 0
	for i := range e.lists {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all = e.entries(all, &e.lists[i], scored)
	}
	// A queue of bounds: whoever comes first with an exact score is next.
	queue := &entries{order: e.request.Sort, list: make([]*entry, len(all))}
	for i := range all {
		queue.list[i] = &all[i]
	}
	heap.Init(queue)
	var first []*entry
	for len(first) < n && queue.Len() > 0 {
		next := queue.list[0]
		if next.exact {
			first = append(first, next)
			heap.Pop(queue)
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		next.score, next.exact = e.score(next), true
		heap.Fix(queue, 0)
	}
	return first, nil
}

// entries is a heap.
type entries struct {
	order search.Sort
	list  []*entry
}

func (q *entries) Len() int           { return len(q.list) }
func (q *entries) Less(i, j int) bool { return compare(q.order, q.list[i], q.list[j]) < 0 }
func (q *entries) Swap(i, j int)      { q.list[i], q.list[j] = q.list[j], q.list[i] }
func (q *entries) Push(x any)         { q.list = append(q.list, x.(*entry)) }
func (q *entries) Pop() any {
	last := q.list[len(q.list)-1]
	q.list = q.list[:len(q.list)-1]
	return last
}

// entries appends the hits of a segment, with bounds of their scores: exact where no two words stand in one section, so
// that how near they are does not matter.
func (e *evaluation) entries(all []entry, l *list, scored bool) []entry {
	p := l.run
	dates := p.side.Column(segment.ColumnDated)
	all = slices.Grow(all, l.members.count())
	if e.request.Unit == search.UnitSection {
		bounds, near := e.sectionBounds(p, scored)
		l.members.each(func(section int) {
			doc := p.side.SectionDoc(section)
			hit := entry{run: p, doc: doc, section: section, full: l.full.has(section), exact: true, date: p.dates[dates.Place(doc)]}
			if scored {
				hit.score = search.DocumentScore(bounds[section], 0, e.titleHolds(p, doc), e.scorer.Weights, hit.full)
				hit.exact = !near.has(section)
			}
			all = append(all, hit)
		})
		return all
	}
	bounds, near := e.sectionBounds(p, scored)
	l.members.each(func(doc int) {
		hit := entry{run: p, doc: doc, section: -1, full: l.full.has(doc), exact: true, date: p.dates[dates.Place(doc)]}
		if scored {
			best, sum := 0.0, 0.0
			from, to := p.side.DocSections(doc)
			for section := from; section < to; section++ {
				if l.allowed == nil || l.allowed.has(section) {
					best = max(best, bounds[section])
					sum += bounds[section]
					hit.exact = hit.exact && !near.has(section)
				}
			}
			hit.score = search.DocumentScore(best, sum-best, e.titleHolds(p, doc), e.scorer.Weights, l.together.has(doc))
		}
		all = append(all, hit)
	})
	return all
}

// sectionBounds returns for every section at least its score, and the sections where it may be less.
func (e *evaluation) sectionBounds(p *partRun, scored bool) (bounds []float64, near bitset) {
	if !scored {
		return nil, nil
	}
	bounds = make([]float64, p.side.Sections())
	near = newBitset(p.side.Sections())
	weights := e.scorer.Weights
	for t, h := range p.hits {
		if weights[t] == 0 {
			continue
		}
		heads := h.heads
		for _, c := range h.counts {
			bounds[c.section] += weights[t] * search.Saturate(float64(c.count), float64(p.side.Length(c.section)), e.scorer.Average)
		}
		heads.each(func(section int) { bounds[section] += weights[t] * search.HeadingWeight })
	}
	for t := range len(p.hits) - 1 {
		if weights[t] == 0 || weights[t+1] == 0 {
			continue // as SectionScore, which counts no words that nobody asked for
		}
		a, b := p.hits[t].counts, p.hits[t+1].counts
		for len(a) > 0 && len(b) > 0 {
			switch {
			case a[0].section < b[0].section:
				a = a[1:]
			case a[0].section > b[0].section:
				b = b[1:]
			default:
				bounds[a[0].section] += search.NearBonus(weights[t], weights[t+1], 0)
				near.set(a[0].section)
				a, b = a[1:], b[1:]
			}
		}
	}
	return bounds, near
}

func (e *evaluation) titleHolds(p *partRun, doc int) []bool {
	holds := make([]bool, len(p.hits))
	for t, h := range p.hits {
		holds[t] = h.title.has(doc)
	}
	return holds
}

// score is the exact score of a hit.
func (e *evaluation) score(hit *entry) float64 {
	p := hit.run
	var l *list
	for i := range e.lists {
		if e.lists[i].run == p {
			l = &e.lists[i]
		}
	}
	if hit.section >= 0 {
		return search.DocumentScore(e.sectionScore(p, hit.section), 0, e.titleHolds(p, hit.doc), e.scorer.Weights, hit.full)
	}
	best, sum := 0.0, 0.0
	from, to := p.side.DocSections(hit.doc)
	for section := from; section < to; section++ {
		if l.allowed == nil || l.allowed.has(section) {
			score := e.sectionScore(p, section)
			best = max(best, score)
			sum += score
		}
	}
	return search.DocumentScore(best, sum-best, e.titleHolds(p, hit.doc), e.scorer.Weights, l.together.has(hit.doc))
}

// sectionScore is the score of a section by its text, as every engine reckons it.
func (e *evaluation) sectionScore(p *partRun, section int) float64 {
	holds := false
	for _, h := range p.hits {
		holds = holds || h.sections.has(section)
	}
	if !holds {
		return 0
	}
	passage := p.side.TextPassage(section)
	return e.scorer.Passage(&search.Passage{
		Text: p.side.Text(passage), Heads: p.side.Text(passage + 1), Length: p.side.Length(section),
	})
}
