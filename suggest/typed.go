package suggest

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen/analyzers"
	"gongwen/suggest/pinyin"
)

// typed is what one typed so far, as it is compared: characters, and letters that may be pinyin.
type typed struct {
	text    string   // folded, spaces and apostrophes between letters dropped
	runes   []rune   // of it, without punctuation
	letters bool     // there are letters among them
	starts  []string // what the initials of a match may begin with, at most keyRunes each
}

// Bounds of what is looked at.
const (
	maxTyped  = 60 // characters: the states of a match are bits of a word
	keyRunes  = 12 // initials of a place by which it is found
	maxStarts = 64 // ways to read the letters
)

// newTyped reads what was typed; ok is false where there is nothing to complete.
func newTyped(text string, table *pinyin.Table) (t typed, ok bool) {
	folded := analyzers.FoldQuery(text)
	var b strings.Builder
	for i, r := range folded {
		last, _ := utf8.DecodeLastRuneInString(folded[:i])
		if (r == ' ' || r == '\'') && isLetter(last) {
			continue // xi'an, xing zheng
		}
		b.WriteRune(r)
	}
	t.text = strings.TrimSpace(b.String())
	for _, r := range t.text {
		if isCounted(r) {
			t.runes = append(t.runes, r)
		}
	}
	if len(t.runes) == 0 || len(t.runes) > maxTyped {
		return t, false
	}
	t.letters = strings.ContainsFunc(t.text, isLetter)
	t.starts = t.initials(table)
	return t, true
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// isCounted reports whether a character takes part in a comparison by pinyin; punctuation is passed over.
func isCounted(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// initials returns what the initials of the characters may be: for fazhi f z and f z h, since zh may be one character or two.
func (t *typed) initials(table *pinyin.Table) []string {
	type state struct {
		at  int
		key string
	}
	seen := map[state]bool{}
	var starts []string
	frontier := []state{{}}
	for len(frontier) > 0 && len(frontier) <= 8*maxStarts {
		var next []state
		add := func(s state) {
			if !seen[s] {
				seen[s] = true
				next = append(next, s)
			}
		}
		for _, s := range frontier {
			if s.at >= len(t.runes) || utf8.RuneCountInString(s.key) == keyRunes {
				if !slices.Contains(starts, s.key) {
					starts = append(starts, s.key)
				}
				continue
			}
			r := t.runes[s.at]
			if isLetter(r) {
				for n := range readable(t.runes[s.at:], table) {
					add(state{s.at + n, s.key + string(r)})
				}
				continue
			}
			for _, initial := range initialsOf(r, table.Of(r)) {
				add(state{s.at + 1, s.key + string(initial)})
			}
		}
		frontier = next
	}
	for _, s := range frontier { // too many ways: what they share will do
		if key := firstRunes(s.key, 2); !slices.Contains(starts, key) {
			starts = append(starts, key)
		}
	}
	return shortest(starts)
}

// shortest drops what begins with another of the list, so that no place is found twice.
func shortest(starts []string) []string {
	slices.Sort(starts)
	kept := starts[:0]
	for _, s := range starts {
		if len(kept) == 0 || !strings.HasPrefix(s, kept[len(kept)-1]) {
			kept = append(kept, s)
		}
	}
	return kept
}

func firstRunes(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// readable yields how many of the letters may stand for one character: its initial, its whole reading, or, where the letters
// end, any part of it.
func readable(letters []rune, table *pinyin.Table) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		if !yield(1) {
			return
		}
		run := 1
		for run < len(letters) && run < maxSyllable && isLetter(letters[run]) {
			run++
		}
		for n := 2; n <= run; n++ {
			ends := n == len(letters) && table.Begins(string(letters[:n]))
			double := n == 2 && letters[1] == 'h' && strings.ContainsRune("zcs", letters[0])
			if (ends || double || table.IsSyllable(string(letters[:n]))) && !yield(n) {
				return
			}
		}
	}
}

const maxSyllable = 6 // letters of zhuang

// initialsOf returns what a character counts as by its initials: the first letters of its readings, or itself.
func initialsOf(r rune, readings []string) []rune {
	if len(readings) == 0 {
		return []rune{r}
	}
	initials := make([]rune, 0, len(readings))
	for _, reading := range readings {
		if initial := rune(reading[0]); !slices.Contains(initials, initial) {
			initials = append(initials, initial)
		}
	}
	return initials
}

// match reports whether a folded text begins with what was typed, each letter taken as itself or as pinyin, and how many bytes
// of it that is. Punctuation of the text may be left out. readings returns those of its nth character.
func (t *typed) match(text string, readings func(n int, r rune) []string) (length int, ok bool) {
	states, n := uint64(1), len(t.runes)
	passed := -1 // characters
	for at, r := range text {
		if passed++; r == '\n' {
			return 0, false
		}
		next := uint64(0)
		if !isCounted(r) {
			next = states // passed over
		}
		for left := states; left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left)
			if t.runes[i] == r {
				next |= 1 << (i + 1)
			}
			if isLetter(t.runes[i]) {
				for _, reading := range readings(passed, r) {
					next |= t.read(i, reading)
				}
			}
		}
		if next>>n&1 != 0 {
			return at + utf8.RuneLen(r), true
		}
		if next == 0 {
			return 0, false
		}
		states = next
	}
	return 0, false
}

// read returns the states after the letters at i were taken for a character of some reading.
func (t *typed) read(i int, reading string) (next uint64) {
	same := 0
	for same < len(reading) && i+same < len(t.runes) && t.runes[i+same] == rune(reading[same]) {
		same++
	}
	switch {
	case same == 0:
		return 0
	case same == len(reading), i+same == len(t.runes):
		next |= 1 << (i + same) // whole, or as far as one has typed
	}
	next |= 1 << (i + 1)
	if same > 1 && reading[1] == 'h' {
		next |= 1 << (i + 2)
	}
	return next
}
