// Package units looks into folded text as segments keep it: in UTF-16 units, little-endian. Offsets are bytes, always even.
// Each function finds what the one of the same purpose in package search finds in the decoded text.
package units

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"

	"gongwen/search"
)

// Pattern returns the units of a folded run, and whether digits or letters may not go on beside it.
func Pattern(literal string, quoted bool) (pattern []byte, edges bool) {
	units := utf16.Encode([]rune(literal))
	for _, u := range units {
		pattern = binary.LittleEndian.AppendUint16(pattern, u)
	}
	return pattern, !quoted && (isDigitOrLatin(units[0]) || isDigitOrLatin(units[len(units)-1]))
}

// Patterns returns the units of folded runs.
func Patterns(literals []string) [][]byte {
	patterns := make([][]byte, len(literals))
	for i, literal := range literals {
		patterns[i], _ = Pattern(literal, true)
	}
	return patterns
}

// Index is where pattern stands in units at or after from, or -1.
func Index(units, pattern []byte, from int) int {
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

// Count counts the places of pattern in units that do not overlap.
func Count(units, pattern []byte, edges bool) (n uint32) {
	Each(units, pattern, edges, func(int) { n++ })
	return n
}

// Each calls visit with every place of pattern in units, from left to right without overlap.
func Each(units, pattern []byte, edges bool, visit func(at int)) {
	for from := 0; ; {
		at := Index(units, pattern, from)
		if at < 0 {
			return
		}
		if edges && !whole(units, at, at+len(pattern)) {
			from = at + 2
			continue
		}
		visit(at)
		from = at + len(pattern)
	}
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

// EachTerm calls visit with every place that a term marks: its runs, and its parts in the sentences that hold it by these
// only.
func EachTerm(units []byte, term *search.Term, visit func(start, end int)) {
	if form := term.Form(); form != nil {
		for _, span := range NewForm(form).Spans(units) {
			visit(span.Start, span.End)
		}
		return
	}
	for _, literal := range term.Literals() {
		pattern, edges := Pattern(literal, term.Quoted)
		Each(units, pattern, edges, func(at int) { visit(at, at+len(pattern)) })
	}
	if len(term.Parts()) == 0 {
		return
	}
	itself, _ := Pattern(term.Text, true)
	parts := Patterns(term.Parts())
	if !containsAll(units, parts) {
		return
	}
	eachSentence(units, func(start, end int) bool {
		sentence := units[start:end]
		if Index(sentence, itself, 0) >= 0 || !containsAll(sentence, parts) {
			return true
		}
		for _, part := range parts {
			Each(sentence, part, false, func(at int) { visit(start+at, start+at+len(part)) })
		}
		return true
	})
}

// HoldsParts reports whether a sentence holds all parts, of which the first should be the rarest.
func HoldsParts(units []byte, parts [][]byte) bool {
	for from := 0; ; {
		at := Index(units, parts[0], from)
		if at < 0 {
			return false
		}
		start, end := sentence(units, at)
		if containsAll(units[start:end], parts[1:]) {
			return true
		}
		from = end
	}
}

// sentence returns where the sentence around a place begins and ends.
func sentence(units []byte, at int) (start, end int) {
	for start = at; start > 0 && !endsSentence(units, start-2); {
		start -= 2
	}
	for end = at; end+1 < len(units); {
		end += 2
		if endsSentence(units, end-2) {
			break
		}
	}
	return start, end
}

func endsSentence(units []byte, at int) bool {
	switch binary.LittleEndian.Uint16(units[at:]) {
	case '。', '!', '?', '\n':
		return true
	}
	return false
}

func containsAll(units []byte, parts [][]byte) bool {
	for _, part := range parts {
		if Index(units, part, 0) < 0 {
			return false
		}
	}
	return true
}

// eachSentence calls visit for every sentence until it returns false.
func eachSentence(units []byte, visit func(start, end int) bool) {
	start := 0
	for at := 0; at+1 < len(units); at += 2 {
		if endsSentence(units, at) {
			if !visit(start, at+2) {
				return
			}
			start = at + 2
		}
	}
	if start < len(units) {
		visit(start, len(units))
	}
}
