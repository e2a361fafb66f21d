package embedded

import (
	"cmp"
	"context"
	"iter"
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
	if r.scored {
		if err := e.score(ctx); err != nil {
			return nil, err
		}
	}
	var stretches []stretch
	for i, p := range e.parts {
		for _, s := range p.stretches {
			s.part = i
			stretches = append(stretches, s)
		}
	}
	best := r.newBest(n)
	var joining sync.Mutex
	err := divide(ctx, len(stretches), func(tasks iter.Seq[int]) {
		mine := r.newBest(n)
		for i := range tasks {
			r.each(stretches[i], mine)
		}
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
	list     []entry
	n        int
	scores   []float64   // for the sections of a stretch, all 0
	bearings []*bearings // by part
}

func (r ranking) newBest(n int) *best {
	return &best{ranking: r, n: n, bearings: make([]*bearings, len(r.parts))}
}

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
