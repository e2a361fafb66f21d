package suggest

import (
	"container/heap"
	"slices"
)

// order holds places of a list sorted by what is looked for, so that the places which begin with something are a range of it.
// A smaller place is a better one; the best of a range are found without looking at all of it.
type order struct {
	places []uint32
	keys   []uint64   // by place, where they are sorted by keys; else nil
	least  [][]uint32 // of each fanout places, of each fanout of those, and so on
}

const fanout = 64

// seal works out what best needs, once the places are in order.
func (o *order) seal() {
	for below := o.places; len(below) > fanout; {
		var level []uint32
		for chunk := range slices.Chunk(below, fanout) {
			level = append(level, slices.Min(chunk))
		}
		o.least = append(o.least, level)
		below = level
	}
}

// level returns the values of a level; level 0 are the places themselves.
func (o *order) level(n int) []uint32 {
	if n == 0 {
		return o.places
	}
	return o.least[n-1]
}

// span is a range of places in an order.
type span struct{ from, to int }

// node is a place, or the best one of a whole chunk.
type node struct {
	least uint32
	level int
	at    int
}

type nodes []node

func (n nodes) Len() int           { return len(n) }
func (n nodes) Less(i, j int) bool { return n[i].least < n[j].least }
func (n nodes) Swap(i, j int)      { n[i], n[j] = n[j], n[i] }
func (n *nodes) Push(x any)        { *n = append(*n, x.(node)) }
func (n *nodes) Pop() any {
	last := (*n)[len(*n)-1]
	*n = (*n)[:len(*n)-1]
	return last
}

// best calls visit with the places of the spans, the best first, until it returns false.
func (o *order) best(spans []span, visit func(place uint32) bool) {
	var queue nodes
	for _, s := range spans {
		queue = o.cover(queue, 0, s)
	}
	heap.Init(&queue)
	for len(queue) > 0 {
		top := queue[0]
		if top.level == 0 {
			heap.Pop(&queue)
			if !visit(top.least) {
				return
			}
			continue
		}
		below := o.level(top.level - 1)
		from, to := top.at*fanout, min((top.at+1)*fanout, len(below))
		queue[0] = node{below[from], top.level - 1, from}
		heap.Fix(&queue, 0)
		for at := from + 1; at < to; at++ {
			heap.Push(&queue, node{below[at], top.level - 1, at})
		}
	}
}

// cover adds nodes that together are a range of a level: whole chunks where there are any.
func (o *order) cover(queue nodes, level int, s span) nodes {
	values := o.level(level)
	first, last := (s.from+fanout-1)/fanout, s.to/fanout // whole chunks
	if level == len(o.least) || first >= last {
		for at := s.from; at < s.to; at++ {
			queue = append(queue, node{values[at], level, at})
		}
		return queue
	}
	for at := s.from; at < first*fanout; at++ {
		queue = append(queue, node{values[at], level, at})
	}
	for at := last * fanout; at < s.to; at++ {
		queue = append(queue, node{values[at], level, at})
	}
	return o.cover(queue, level+1, span{first, last})
}
