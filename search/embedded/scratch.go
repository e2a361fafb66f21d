package embedded

import "sync"

// scratch is the memory of one search: sets, counts and scores that are used until its hits are shown, cut from a few large
// pieces that later searches use again. A search for a frequent word would leave megabytes to the garbage collector otherwise.
type scratch struct {
	mu     sync.Mutex // segments are worked on side by side
	words  slab[uint64]
	counts slab[sectionCount]
	floats slab[float64]
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func newScratch() *scratch { return scratches.Get().(*scratch) }

// maxScratch is how many values of a kind are kept for later searches: enough for words that stand in every section of half
// a million. A long question may take more, and leave it to the garbage collector.
const maxScratch = 1 << 20

// release gives all that was taken back; nothing of it may be used any more.
func (s *scratch) release() {
	if max(s.words.size(), s.counts.size(), s.floats.size()) > maxScratch {
		return
	}
	s.words.reset()
	s.counts.reset()
	s.floats.reset()
	scratches.Put(s)
}

// set returns an empty set over n things.
func (s *scratch) set(n int) bitset {
	b := s.unset(n)
	clear(b)
	return b
}

// unset returns a set over n things with any members.
func (s *scratch) unset(n int) bitset { return s.cut((n + 63) / 64) }

func (s *scratch) cut(words int) bitset {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.words.take(words)
}

func (s *scratch) and(a, b bitset) bitset {
	c := s.cut(len(a))
	b = b[:len(a)]
	for i, word := range a {
		c[i] = word & b[i]
	}
	return c
}

func (s *scratch) or(a, b bitset) bitset {
	c := s.cut(len(a))
	b = b[:len(a)]
	for i, word := range a {
		c[i] = word | b[i]
	}
	return c
}

func (s *scratch) without(a, b bitset) bitset {
	c := s.cut(len(a))
	b = b[:len(a)]
	for i, word := range a {
		c[i] = word &^ b[i]
	}
	return c
}

func (s *scratch) clone(a bitset) bitset {
	c := s.cut(len(a))
	copy(c, a)
	return c
}

// meet is the intersection of sets of which nil is the whole.
func (s *scratch) meet(a, b bitset) bitset {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return s.and(a, b)
}

// list returns an empty list with room for n counts.
func (s *scratch) list(n int) []sectionCount {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts.take(n)[:0]
}

// trim gives back the room that a list does not use, where nothing was taken after it.
func (s *scratch) trim(list []sectionCount) []sectionCount {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts.trim(list)
	return list
}

// zeros returns n scores.
func (s *scratch) zeros(n int) []float64 {
	s.mu.Lock()
	of := s.floats.take(n)
	s.mu.Unlock()
	clear(of)
	return of
}

// slab hands out parts of large pieces.
type slab[T any] struct {
	pieces [][]T
	at     int // piece that is being cut
	used   int // of it
}

// leastPiece is the length of the first piece; each is at least twice as long as the one before.
const leastPiece = 1 << 14

// take returns n values, which may be any.
func (s *slab[T]) take(n int) []T {
	for ; s.at < len(s.pieces); s.at, s.used = s.at+1, 0 {
		if piece := s.pieces[s.at]; len(piece)-s.used >= n {
			s.used += n
			return piece[s.used-n : s.used : s.used]
		}
	}
	size := leastPiece
	if s.at > 0 {
		size = 2 * len(s.pieces[s.at-1])
	}
	s.pieces = append(s.pieces, make([]T, max(n, size)))
	s.used = n
	return s.pieces[s.at][:n:n]
}

// trim takes back what lies between the length of a part and its capacity, if it is the last part that was taken.
func (s *slab[T]) trim(part []T) {
	if n := cap(part); n > 0 && n <= s.used && &s.pieces[s.at][s.used-n] == &part[:n][0] {
		s.used -= n - len(part)
	}
}

func (s *slab[T]) size() int {
	n := 0
	for _, piece := range s.pieces {
		n += len(piece)
	}
	return n
}

// reset takes all parts back.
func (s *slab[T]) reset() { s.at, s.used = 0, 0 }
