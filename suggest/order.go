package suggest

import "slices"

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

// nodes are a heap, the best node first.
type nodes []node

func (n *nodes) push(added node) {
	*n = append(*n, added)
	heap := *n
	for i := len(heap) - 1; i > 0 && heap[i].least < heap[(i-1)/2].least; i = (i - 1) / 2 {
		heap[i], heap[(i-1)/2] = heap[(i-1)/2], heap[i]
	}
}

// pop takes the first node away.
func (n *nodes) pop() {
	heap := *n
	end := len(heap) - 1
	heap[0] = heap[end]
	*n = heap[:end]
	n.down(0)
}

// down lets a node sink to its place.
func (n *nodes) down(i int) {
	heap := *n
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if heap[child].least < heap[least].least {
				least = child
			}
		}
		if least == i {
			return
		}
		heap[i], heap[least] = heap[least], heap[i]
		i = least
	}
}

// best calls visit with the places of the spans, the best first, until it returns false.
func (o *order) best(spans []span, visit func(place uint32) bool) {
	var queue nodes
	for _, s := range spans {
		queue = o.cover(queue, 0, s)
	}
	for i := len(queue) / 2; i >= 0; i-- {
		queue.down(i)
	}
	for len(queue) > 0 {
		top := queue[0]
		if top.level == 0 {
			queue.pop()
			if !visit(top.least) {
				return
			}
			continue
		}
		below := o.level(top.level - 1)
		from, to := top.at*fanout, min((top.at+1)*fanout, len(below))
		queue[0] = node{below[from], top.level - 1, from}
		queue.down(0)
		for at := from + 1; at < to; at++ {
			queue.push(node{below[at], top.level - 1, at})
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
