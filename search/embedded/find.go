package embedded

import (
	"bytes"
	"encoding/binary"
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
	for _, c := range candidates {
		if _, ok := slices.BinarySearchFunc(all, c, byPassage); ok {
			continue
		}
		if n := term.Count(side.Text(int(c.passage))); n > 0 {
			byParts = append(byParts, found{c.passage, uint32(n)})
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
	lists := make([]*segment.Postings, 0, len(units)-1)
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

// patternOf returns the units of a folded run, and whether digits or letters may not go on beside it.
func patternOf(literal string, quoted bool) (pattern []byte, edges bool) {
	units := utf16.Encode([]rune(literal))
	for _, u := range units {
		pattern = binary.LittleEndian.AppendUint16(pattern, u)
	}
	return pattern, !quoted && (isDigitOrLatin(units[0]) || isDigitOrLatin(units[len(units)-1]))
}

// occurrences counts the places of pattern in units that do not overlap.
func occurrences(units, pattern []byte, edges bool) (n uint32) {
	eachPlace(units, pattern, edges, func(int) { n++ })
	return n
}

// eachPlace calls visit with the byte offset of every place of pattern in units, from left to right without overlap.
func eachPlace(units, pattern []byte, edges bool, visit func(at int)) {
	for from := 0; ; {
		at := bytes.Index(units[from:], pattern)
		if at < 0 {
			return
		}
		at += from
		if at&1 == 1 || edges && !whole(units, at, at+len(pattern)) {
			from = at + 1
			if at&1 == 0 {
				from++
			}
			continue
		}
		visit(at)
		from = at + len(pattern)
	}
}

// nearest is the least number of characters between two runs in a text, in either order, or -1: what search.Scorer finds in
// the decoded text.
func nearest(units, a, b []byte) int {
	best := -1
	closer := func(from, to int) {
		if n := characters(units[from:to]); best < 0 || n < best {
			best = n
		}
	}
	lastA, lastB := -1, -1 // ends of the places seen last
	i, j := indexUnits(units, a, 0), indexUnits(units, b, 0)
	for (i >= 0 || j >= 0) && best != 0 {
		at := 0
		if i >= 0 && (j < 0 || i <= j) {
			if lastB >= 0 {
				closer(lastB, i)
			}
			at = i + len(a)
			lastA = at
		} else {
			if lastA >= 0 {
				closer(lastA, j)
			}
			at = j + len(b)
			lastB = at
		}
		if i >= 0 && i < at {
			i = indexUnits(units, a, at)
		}
		if j >= 0 && j < at {
			j = indexUnits(units, b, at)
		}
	}
	return best
}

// indexUnits is where pattern stands in units at or after from, or -1; offsets are bytes.
func indexUnits(units, pattern []byte, from int) int {
	for {
		at := bytes.Index(units[from:], pattern)
		if at < 0 {
			return -1
		}
		if at += from; at&1 == 0 {
			return at
		}
		from = at + 1
	}
}

// characters counts those of units.
func characters(units []byte) int {
	n := len(units) / 2
	for i := 0; i+1 < len(units); i += 2 {
		if units[i+1]&0xfc == 0xdc { // the second half of a pair
			n--
		}
	}
	return n
}

func whole(units []byte, start, end int) bool {
	unit := func(at int) uint16 { return binary.LittleEndian.Uint16(units[at:]) }
	if start > 0 && sameClass(unit(start-2), unit(start)) {
		return false
	}
	return end >= len(units) || !sameClass(unit(end-2), unit(end))
}

func isDigit(u uint16) bool        { return u >= '0' && u <= '9' }
func isLatin(u uint16) bool        { return u >= 'a' && u <= 'z' || u >= 0xdf && u <= 0x24f && u != 0xf7 }
func isDigitOrLatin(u uint16) bool { return isDigit(u) || isLatin(u) }
func sameClass(a, b uint16) bool   { return isDigit(a) && isDigit(b) || isLatin(a) && isLatin(b) }
