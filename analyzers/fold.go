// Package analyzers finds the words and characters of Chinese administrative text: folding with a map back to the
// original bytes, words by an administrative dictionary, and an adapter that makes them a Bleve analyzer.
package analyzers

import (
	_ "embed"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed data/simplified.txt
var simplifiedTable string

// Fold makes texts comparable that differ only in how they were typed: width, case, traditional and simplified forms,
// kinds of brackets, quotation marks and dashes. It works rune for rune, except that white space between Han characters
// and at the ends of a line is dropped, any other run of it is one space, and characters without a shape of their own
// (zero-width, controls, variation selectors) are dropped. Line breaks stay: no run of characters crosses one.
// Fold(Fold(s)) equals Fold(s). Numbers keep their kind: ① and 一 are not 1.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	fold(text, func(r rune, _ int) { b.WriteRune(r) })
	return b.String()
}

// FoldQuery folds what is looked for: as Fold, but on one line, since no text holds a match across lines.
func FoldQuery(text string) string {
	return Fold(strings.Map(func(r rune) rune {
		if isBreak(r) {
			return ' '
		}
		return r
	}, text))
}

// FoldMap folds text and returns the way back from folded bytes to the original ones.
func FoldMap(text string) (string, Map) {
	var b strings.Builder
	b.Grow(len(text))
	var shifts []shift
	delta := 0
	fold(text, func(r rune, at int) {
		if d := at - b.Len(); d != delta {
			delta = d
			shifts = append(shifts, shift{b.Len(), d})
		}
		b.WriteRune(r)
	})
	return b.String(), Map{original: text, folded: b.String(), shifts: shifts}
}

// Map leads from byte offsets of a folded text to those of the original.
type Map struct {
	original, folded string
	shifts           []shift // sorted by folded offset
}

// shift says that from the folded offset on, the original lies delta bytes further.
type shift struct{ folded, delta int }

// Original returns the bytes of the original whose folding is folded[start:end]; start < end, both on rune boundaries.
// The range begins and ends with a character that was kept, so that dropped white space at its ends stays outside.
func (m Map) Original(start, end int) (int, int) {
	_, last := utf8.DecodeLastRuneInString(m.folded[start:end])
	at := m.at(end - last)
	_, size := utf8.DecodeRuneInString(m.original[at:])
	return m.at(start), at + size
}

// at returns the original offset of the character whose folding starts at the folded offset.
func (m Map) at(folded int) int {
	i := sort.Search(len(m.shifts), func(i int) bool { return m.shifts[i].folded > folded })
	if i == 0 {
		return folded
	}
	return folded + m.shifts[i-1].delta
}

// fold calls emit for every rune of the folded text with the original offset of the character that it stands for; for
// a space, of the first white space of its run.
func fold(text string, emit func(r rune, at int)) {
	table := folds()
	last, space := '\n', -1 // the rune emitted last; where pending white space began
	for at, r := range text {
		r = table.rune(r)
		switch {
		case r == dropped:
			continue
		case r == ' ':
			if space < 0 {
				space = at
			}
			continue
		case r == '\n':
			space = -1
		case space >= 0:
			if last != '\n' && (!IsHan(last) || !IsHan(r)) {
				emit(' ', space)
			}
			space = -1
		}
		emit(r, at)
		last = r
	}
}

// IsHan reports whether r is a Han character; 〇 is one, punctuation is not.
func IsHan(r rune) bool {
	if r >= 0x4e00 && r <= 0x9fff {
		return true
	}
	return r >= 0x2e80 && unicode.Is(unicode.Han, r)
}

func isBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// FoldEach calls emit for every rune of the folded text with the byte offset in text of the character that it stands for;
// for a space, of the first white space of its run.
func FoldEach(text string, emit func(r rune, at int)) { fold(text, emit) }
