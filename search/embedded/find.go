package embedded

import (
	"slices"
	"sync"
	"unicode/utf16"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// found is a passage that holds a term, and how often.
type found struct {
	passage uint32
	count   uint32
}

// find returns the passages that hold the term, in order.
func find(side *segment.Side, term *search.Term) []found {
	var all []found
	for _, literal := range term.Literals() {
		all = merge(all, findLiteral(side, literal, term.Quoted))
	}
	parts := term.Parts()
	if len(parts) == 0 {
		return all
	}
	// By its parts a term stands at most in the passages that hold them all; the term itself says in which it does.
	var candidates []found
	for i, part := range parts {
		holding := findLiteral(side, part, true)
		if i == 0 {
			candidates = holding
		} else {
			candidates = intersect(candidates, holding)
		}
	}
	var byParts []found
	patterns := patternsOf(parts)
	for _, c := range candidates {
		if _, ok := slices.BinarySearchFunc(all, c, byPassage); ok {
			continue
		}
		if holdsParts(side.Units(int(c.passage)), patterns) {
			byParts = append(byParts, found{c.passage, 1})
		}
	}
	return merge(all, byParts)
}

func byPassage(a, b found) int { return int(a.passage) - int(b.passage) }

// merge joins two ordered lists; counts of the same passage add up.
func merge(a, b []found) []found {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	joined := make([]found, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].passage < b[0].passage:
			joined, a = append(joined, a[0]), a[1:]
		case a[0].passage > b[0].passage:
			joined, b = append(joined, b[0]), b[1:]
		default:
			joined = append(joined, found{a[0].passage, a[0].count + b[0].count})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(joined, a...), b...)
}

// intersect keeps what both hold; counts are lost.
func intersect(a, b []found) []found {
	var both []found
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].passage < b[0].passage:
			a = a[1:]
		case a[0].passage > b[0].passage:
			b = b[1:]
		default:
			both = append(both, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return both
}

// findLiteral finds a run by its grams and, where they do not prove it, in the text.
func findLiteral(side *segment.Side, literal string, quoted bool) []found {
	units := utf16.Encode([]rune(literal))
	pattern, edges := patternOf(literal, quoted)
	if len(units) == 1 {
		candidates := holdingUnit(side, units[0])
		if edges {
			return verify(side, candidates, pattern, true)
		}
		return candidates
	}
	if exact := side.Run(pattern); exact != nil {
		return decode(exact)
	}
	lists := side.RunsIn(pattern)
	for i := 1; i < len(units); i++ {
		list := side.Gram(units[i-1], units[i])
		if list == nil {
			return nil
		}
		lists = append(lists, list)
	}
	slices.SortFunc(lists, func(a, b *segment.Postings) int { return a.Len() - b.Len() })
	candidates := decode(lists[0])
	if len(units) == 2 {
		if edges || units[0] == units[1] { // 人人 stands once in 人人人, though its gram stands twice
			return verify(side, candidates, pattern, edges)
		}
		return candidates
	}
	for _, list := range lists[1:] {
		if list.Len() > verifyFactor*len(candidates) {
			break // looking into the few texts that are left is cheaper than reading the list
		}
		candidates = intersectList(candidates, list)
	}
	return verify(side, candidates, pattern, edges)
}

// verifyFactor is how many bytes of a list cost as much as looking into one text.
const verifyFactor = 40

func decode(list *segment.Postings) []found {
	all := make([]found, 0, list.Len())
	for {
		passage, count, ok := list.Next()
		if !ok {
			return all
		}
		all = append(all, found{passage, count})
	}
}

func intersectList(candidates []found, list *segment.Postings) []found {
	both := candidates[:0]
	passage, _, ok := list.Next()
	for _, c := range candidates {
		for ok && passage < c.passage {
			passage, _, ok = list.Next()
		}
		if !ok {
			break
		}
		if passage == c.passage {
			both = append(both, c)
		}
	}
	return both
}

// tally counts by passage. Most of it stays zero between uses.
type tally struct {
	counts  []uint32
	touched bitset
}

var tallies = sync.Pool{New: func() any { return new(tally) }}

// holdingUnit finds a single unit by the grams that begin with it.
func holdingUnit(side *segment.Side, unit uint16) []found {
	t, ok := tallies.Get().(*tally)
	if !ok || len(t.counts) < side.Passages() {
		t = &tally{make([]uint32, side.Passages()), newBitset(side.Passages())}
	}
	defer tallies.Put(t)
	n := 0
	side.GramsFrom(unit, func(list *segment.Postings) {
		for {
			passage, count, ok := list.Next()
			if !ok {
				return
			}
			if t.counts[passage] == 0 {
				t.touched.set(int(passage))
				n++
			}
			t.counts[passage] += count
		}
	})
	all := make([]found, 0, n)
	t.touched.each(func(passage int) {
		all = append(all, found{uint32(passage), t.counts[passage]})
		t.counts[passage] = 0
	})
	clear(t.touched)
	return all
}

// verify keeps the candidates whose text holds the pattern and counts how often. With edges, a number or Latin word must
// end where its digits or letters end.
func verify(side *segment.Side, candidates []found, pattern []byte, edges bool) []found {
	kept := candidates[:0]
	for _, c := range candidates {
		if n := occurrences(side.Units(int(c.passage)), pattern, edges); n > 0 {
			kept = append(kept, found{c.passage, n})
		}
	}
	return kept
}
