package embedded

import (
	"math/rand/v2"
	"testing"
)

// What was taken is one's own until it is released: no part overlaps another.
func TestScratch(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		s := newScratch()
		var sets []bitset
		var lists [][]sectionCount
		for i := range 200 {
			set := s.set(1 + random.IntN(1<<random.IntN(22)))
			if !set.empty() {
				t.Fatal("a set has members from before")
			}
			for at := range set {
				set[at] = uint64(i)
			}
			sets = append(sets, set)
			list := s.list(random.IntN(1 << random.IntN(18)))
			for n := random.IntN(cap(list) + 1); len(list) < n; {
				list = append(list, sectionCount{int32(i), uint32(len(list))})
			}
			lists = append(lists, s.trim(list))
		}
		for i, set := range sets {
			for _, word := range set {
				if word != uint64(i) {
					t.Fatalf("set %d was changed", i)
				}
			}
		}
		for i, list := range lists {
			for at, c := range list {
				if c != (sectionCount{int32(i), uint32(at)}) {
					t.Fatalf("list %d was changed", i)
				}
			}
		}
		s.release()
	}
}
