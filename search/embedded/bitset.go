package embedded

import (
	"math/bits"
	"slices"
)

// bitset is a set of documents, or of sections, of one segment.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i int)      { b[i>>6] |= 1 << (i & 63) }
func (b bitset) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }

// join adds a set of the same length.
func (b bitset) join(other bitset) {
	for i, word := range other {
		b[i] |= word
	}
}

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// common counts what two sets of the same length share.
func (b bitset) common(other bitset) int {
	n := 0
	for i, word := range other {
		n += bits.OnesCount64(b[i] & word)
	}
	return n
}

func (b bitset) empty() bool {
	for _, w := range b {
		if w != 0 {
			return false
		}
	}
	return true
}

// same reports whether two sets over the same things are equal.
func (b bitset) same(other bitset) bool {
	if len(b) > 0 && len(other) > 0 && &b[0] == &other[0] {
		return true
	}
	return slices.Equal(b, other)
}

// each calls visit for every member in order.
func (b bitset) each(visit func(i int)) {
	for at, w := range b {
		for w != 0 {
			visit(at<<6 + bits.TrailingZeros64(w))
			w &= w - 1
		}
	}
}

// eachIn calls visit for every member from one place to before another, in order.
func (b bitset) eachIn(from, to int, visit func(i int)) {
	for at := from >> 6; at < (to+63)>>6; at++ {
		for w := b[at]; w != 0; w &= w - 1 {
			if i := at<<6 + bits.TrailingZeros64(w); i >= from && i < to {
				visit(i)
			}
		}
	}
}
