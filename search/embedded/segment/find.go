package segment

import (
	"math/bits"
	"slices"
	"sync"
	"unicode/utf16"

	"gongwen/search/embedded/units"
)

// Found is a passage that holds a run, and how often.
type Found struct{ Passage, Count uint32 }

// Exact returns the postings of a folded run whose passages and counts are those that Find returns, or nil where it has to
// look into texts.
func (s *Side) Exact(literal string, quoted bool) *Postings {
	pattern, edges := units.Pattern(literal, quoted)
	if exact := s.Run(pattern); exact != nil {
		return exact
	}
	// 人人 stands once in 人人人, though its gram stands twice.
	if run := utf16.Encode([]rune(literal)); !edges && len(run) == 2 && run[0] != run[1] {
		return s.Gram(run[0], run[1])
	}
	return nil
}

// Find returns the passages that hold a folded run, in order, and how often without overlap; unless it is quoted, a number
// or Latin word ends where its digits or letters end.
func (s *Side) Find(literal string, quoted bool) []Found {
	if list := s.Exact(literal, quoted); list != nil {
		return list.Decode(nil)
	}
	run := utf16.Encode([]rune(literal))
	pattern, edges := units.Pattern(literal, quoted)
	if len(run) == 1 {
		candidates := s.holdingUnit(run[0])
		if edges {
			return s.verify(candidates, pattern, true)
		}
		return candidates
	}
	lists := s.RunsIn(pattern)
	for i := 1; i < len(run); i++ {
		list := s.Gram(run[i-1], run[i])
		if list == nil {
			return nil
		}
		lists = append(lists, list)
	}
	slices.SortFunc(lists, func(a, b *Postings) int { return a.Len() - b.Len() })
	candidates := lists[0].Decode(nil)
	for _, list := range lists[1:] {
		if list.Len() > verifyFactor*len(candidates) {
			break // looking into the few texts that are left is cheaper than reading the list
		}
		candidates = intersectList(candidates, list)
	}
	return s.verify(candidates, pattern, edges)
}

// verifyFactor is how many bytes of a list cost as much as looking into one text.
const verifyFactor = 40

// spare keeps lists of passages, by the powers of two of their capacity: the long ones are megabytes, and a search needs
// several for a moment.
var spare [21]sync.Pool

// Recycle takes back what Find returned, which must not be used any more.
func Recycle(found []Found) {
	if power := bits.Len(uint(cap(found))) - 1; power >= 0 && power < len(spare) {
		spare[power].Put(&found)
	}
}

func newFound(n int) []Found {
	power := bits.Len(uint(max(n, 1) - 1))
	if power < len(spare) {
		if kept, ok := spare[power].Get().(*[]Found); ok {
			return (*kept)[:0]
		}
	}
	return make([]Found, 0, 1<<power)
}

// Keep keeps the candidates that hold a folded run, too, quoted.
func (s *Side) Keep(candidates []Found, literal string) []Found {
	if list := s.Exact(literal, true); list != nil {
		return intersectList(candidates, list)
	}
	pattern, _ := units.Pattern(literal, true)
	return s.verify(candidates, pattern, false)
}

func intersectList(candidates []Found, list *Postings) []Found {
	both := candidates[:0]
	passage, _, ok := list.Next()
	for _, c := range candidates {
		for ok && passage < c.Passage {
			passage, _, ok = list.Next()
		}
		if !ok {
			break
		}
		if passage == c.Passage {
			both = append(both, c)
		}
	}
	return both
}

// tally counts by passage. All of it is zero between uses.
type tally struct {
	counts  []uint32
	touched []uint64 // a bit for every passage that is counted
}

var tallies = sync.Pool{New: func() any { return new(tally) }}

// holdingUnit finds a single unit by the grams that begin with it.
func (s *Side) holdingUnit(unit uint16) []Found {
	t, ok := tallies.Get().(*tally)
	if !ok || len(t.counts) < s.Passages() {
		t = &tally{make([]uint32, s.Passages()), make([]uint64, s.Passages()/64+1)}
	}
	defer tallies.Put(t)
	n := 0
	s.GramsFrom(unit, func(list *Postings) {
		for {
			passage, count, ok := list.Next()
			if !ok {
				return
			}
			if t.counts[passage] == 0 {
				t.touched[passage>>6] |= 1 << (passage & 63)
				n++
			}
			t.counts[passage] += count
		}
	})
	all := newFound(n)
	for at, word := range t.touched {
		for ; word != 0; word &= word - 1 {
			passage := uint32(at<<6 + bits.TrailingZeros64(word))
			all = append(all, Found{passage, t.counts[passage]})
			t.counts[passage] = 0
		}
		t.touched[at] = 0
	}
	return all
}

// verify keeps the candidates whose text holds the pattern and counts how often. With edges, a number or Latin word must
// end where its digits or letters end.
func (s *Side) verify(candidates []Found, pattern []byte, edges bool) []Found {
	kept := candidates[:0]
	for _, c := range candidates {
		if n := units.Count(s.Units(int(c.Passage)), pattern, edges); n > 0 {
			kept = append(kept, Found{c.Passage, n})
		}
	}
	return kept
}
