// Package pinyin answers: how are these characters read?
//
// Useful for: what one types before an input method has made characters of it, and words that sound alike. Not for: the main
// index, where 景点 and 经典 would be one. Limits: no tones; of a character that no word of the list explains, every reading is
// given; text is folded before, so traditional characters are not known.
package pinyin

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/readings.txt
var readingsFile string

//go:embed data/phrases.txt
var phrasesFile string

// Table knows readings. It never changes.
type Table struct {
	readings  [last - first + 1][]string
	phrases   map[string]string // readings parted by spaces
	longest   map[rune]int      // characters of a phrase, by its first
	syllables map[string]bool   // by what readings begin with: whether it is a whole one
}

// The block of characters whose readings are known.
const first, last = 0x4e00, 0x9fff

// Load returns the table; it is read once.
var Load = sync.OnceValue(func() *Table {
	t := &Table{
		phrases: make(map[string]string, 19000),
		longest: map[rune]int{}, syllables: map[string]bool{},
	}
	for line := range strings.Lines(readingsFile) {
		list, characters, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		readings := strings.Fields(list)
		for _, r := range characters {
			t.readings[r-first] = readings
		}
		for _, reading := range readings {
			for n := 1; n < len(reading); n++ {
				if _, ok := t.syllables[reading[:n]]; !ok {
					t.syllables[reading[:n]] = false
				}
			}
			t.syllables[reading] = true
		}
	}
	for line := range strings.Lines(phrasesFile) {
		phrase, readings, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		t.phrases[phrase] = readings
		begin, _ := utf8.DecodeRuneInString(phrase)
		t.longest[begin] = max(t.longest[begin], utf8.RuneCountInString(phrase))
	}
	return t
})

// Of returns the readings of a character, the usual one first: letters a to z, v for ü. It is nil for what has none. Callers
// must not change it.
func (t *Table) Of(r rune) []string {
	if r < first || r > last {
		return nil
	}
	return t.readings[r-first]
}

// IsSyllable reports whether letters are a reading of some character.
func (t *Table) IsSyllable(letters string) bool { return t.syllables[letters] }

// Begins reports whether a reading of some character begins with letters.
func (t *Table) Begins(letters string) bool {
	_, ok := t.syllables[letters]
	return ok
}

// Read returns the readings of every character of a folded text: one where a word of the list explains it, else all; nil for
// what has none. Callers must not change them.
func (t *Table) Read(text []rune) [][]string {
	read := make([][]string, len(text))
	for i := 0; i < len(text); {
		if n := t.phrase(text[i:], read[i:]); n > 0 {
			i += n
			continue
		}
		read[i] = t.Of(text[i])
		i++
	}
	return read
}

// phrase reads the longest phrase with which the text begins, and returns its length in characters; 0 for none.
func (t *Table) phrase(text []rune, read [][]string) int {
	for n := min(len(text), t.longest[text[0]]); n > 1; n-- {
		readings, ok := t.phrases[string(text[:n])]
		if !ok {
			continue
		}
		for i, reading := range strings.Fields(readings) {
			read[i] = t.one(text[i], reading)
		}
		return n
	}
	return 0
}

// one is the list of a single reading; it lies within that of the character, so that nothing is made for it.
func (t *Table) one(r rune, reading string) []string {
	all := t.Of(r)
	for i := range all {
		if all[i] == reading {
			return all[i : i+1]
		}
	}
	return all
}
