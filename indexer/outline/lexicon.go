package outline

import (
	"strings"
	"unicode/utf8"
)

// lexicon finds many words in a text in one pass; each of them begins with a Han character. It stands before the regular
// expressions, which are a hundred times slower: those run only where the words are that they cannot do without.
type lexicon struct {
	first [lastFirst - firstFirst + 1]uint16 // into lists, by the first character of a word
	lists [][]word                           // the longest first; lists[0] is empty
}

// word is a word of a lexicon: bits or an index say what it stands for.
type word struct {
	text  string
	bits  signals
	index int
}

// signals say which kinds of words a text holds.
type signals uint64

// The characters with which a word may begin; all take three bytes, of which the first is one of E4 to E9.
const (
	firstFirst = 0x4e00
	lastFirst  = 0x9fff
)

func newLexicon(words []word) *lexicon {
	x := &lexicon{lists: make([][]word, 1)}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w.text)
		if r < firstFirst || r > lastFirst {
			panic("outline: a word begins with no Han character: " + w.text)
		}
		n := x.first[r-firstFirst]
		if n == 0 {
			n = uint16(len(x.lists))
			x.first[r-firstFirst] = n
			x.lists = append(x.lists, nil)
		}
		x.lists[n] = append(x.lists[n], w)
		list := x.lists[n]
		// A word of two kinds stays in its order.
		for j := len(list) - 1; j > 0 && len(list[j].text) > len(list[j-1].text); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return x
}

// newSignals makes a lexicon of words parted by spaces, by what they stand for.
func newSignals(kinds map[signals]string) *lexicon {
	var words []word
	for bits, list := range kinds {
		for _, text := range strings.Fields(list) {
			words = append(words, word{text: text, bits: bits})
		}
	}
	return newLexicon(words)
}

// at lists the words that begin with the character at offset i, and how far the next character lies at most.
func (x *lexicon) at(s string, i int) []word {
	if i+2 >= len(s) {
		return nil
	}
	r := rune(s[i]&0xf)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f)
	if r < firstFirst || r > lastFirst {
		return nil
	}
	return x.lists[x.first[r-firstFirst]]
}

// isLead reports the first byte of a character with which a word may begin.
func isLead(b byte) bool { return b >= 0xe4 && b <= 0xe9 }

// each calls found for every word in s, the longest at each place, without overlap.
func (x *lexicon) each(s string, found func(at int, w *word)) {
	for i := 0; i < len(s); {
		if !isLead(s[i]) {
			i++
			continue
		}
		size := len("一")
		list := x.at(s, i)
		for j := range list {
			if strings.HasPrefix(s[i:], list[j].text) {
				found(i, &list[j])
				size = len(list[j].text)
				break
			}
		}
		i += size
	}
}

// signals says which kinds of words stand in s, overlapping ones included.
func (x *lexicon) signals(s string) signals {
	var all signals
	for i := 0; i < len(s); {
		if !isLead(s[i]) {
			i++
			continue
		}
		list := x.at(s, i)
		for j := range list {
			if all&list[j].bits == 0 && strings.HasPrefix(s[i:], list[j].text) {
				all |= list[j].bits
			}
		}
		i += len("一")
	}
	return all
}

// find returns the offset of the first word of the given kinds in s, or -1.
func (x *lexicon) find(s string, kinds signals) int {
	if kinds == 0 {
		return -1
	}
	for i := 0; i < len(s); {
		if !isLead(s[i]) {
			i++
			continue
		}
		list := x.at(s, i)
		for j := range list {
			if list[j].bits&kinds != 0 && strings.HasPrefix(s[i:], list[j].text) {
				return i
			}
		}
		i += len("一")
	}
	return -1
}

// cross lists what the alternatives of its columns combine to, parted by spaces; "-" stands for nothing.
func cross(columns ...string) string {
	all := []string{""}
	for _, column := range columns {
		var next []string
		for _, head := range all {
			for _, tail := range strings.Fields(column) {
				next = append(next, head+strings.TrimPrefix(tail, "-"))
			}
		}
		all = next
	}
	return strings.Join(all, " ")
}

// findYear returns the first year from 1900 to 2099 in s that one of the marks follows, and the offset behind its
// digits; 0 if there is none.
func findYear(s string, marks string) (year, end int) {
	for i := 0; i+4 <= len(s); i++ {
		if s[i] != '1' && s[i] != '2' {
			continue
		}
		if (s[i:i+2] == "19" || s[i:i+2] == "20") && s[i+2]-'0' < 10 && s[i+3]-'0' < 10 {
			if r, size := utf8.DecodeRuneInString(s[i+4:]); size > 0 && strings.ContainsRune(marks, r) {
				return yearOf(s[i : i+4]), i + 4
			}
		}
	}
	return 0, 0
}
