package embedded

import (
	"sync"

	"gongwen/search/embedded/segment"
)

// loners knows the documents of a segment whose sketches share no band with any other: they have no versions, and whoever
// lists hits need not look for them.
type loners struct {
	mu       sync.Mutex
	compared map[*segment.Side]bool // segments with which this one was compared
	kindred  bitset                 // documents that share a band with some document of these
}

// knownLoners returns that of the segment from the view before, or a new one.
func knownLoners(side *segment.Side, before *view) *loners {
	if before != nil {
		for _, p := range before.parts {
			if p.side == side {
				return p.loners
			}
		}
	}
	return &loners{compared: map[*segment.Side]bool{}, kindred: newBitset(side.Docs())}
}

// compare compares a segment with all of a view, and forgets those that are not in it any more.
func (l *loners) compare(side *segment.Side, v *view) {
	now := map[*segment.Side]bool{}
	for _, p := range v.parts {
		now[p.side] = true
		l.mu.Lock()
		known := l.compared[p.side]
		l.mu.Unlock()
		if known {
			continue
		}
		shared := newBitset(side.Docs())
		side.EachShared(p.side, shared.set)
		l.mu.Lock()
		l.kindred.join(shared)
		l.compared[p.side] = true
		l.mu.Unlock()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for other := range l.compared {
		if !now[other] {
			delete(l.compared, other)
		}
	}
}

// has reports whether a document shares no band with any document of the view, as far as is known yet.
func (l *loners) has(doc int, v *view) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kindred.has(doc) {
		return false
	}
	for _, p := range v.parts {
		if !l.compared[p.side] {
			return false
		}
	}
	return true
}
