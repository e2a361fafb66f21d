package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen/analyzers"
)

// drawer draws what is asked for from the texts: every place of all texts is as likely as every other.
type drawer struct {
	*collection
	random *rand.Rand
	words  *analyzers.Words
}

// line draws a place and returns its document, the line that it lies in and the character of the line.
func (d *drawer) line() (from *document, line []rune, at int) {
	for {
		doc, offset := d.at(d.random.Int64N(d.bytes))
		for offset > 0 && !utf8.RuneStart(doc.text[offset]) {
			offset--
		}
		start := strings.LastIndexByte(doc.text[:offset], '\n') + 1
		end := len(doc.text)
		if i := strings.IndexByte(doc.text[offset:], '\n'); i >= 0 {
			end = offset + i
		}
		if start < end {
			return doc, []rune(doc.text[start:end]), utf8.RuneCountInString(doc.text[start:offset])
		}
	}
}

// run draws n characters of any kind that stand side by side in one line and begin and end with one that shows.
func (d *drawer) run(n int) string {
	for {
		_, line, at := d.line()
		if at+n > len(line) {
			continue
		}
		if run := line[at : at+n]; unicode.IsGraphic(run[0]) && unicode.IsGraphic(run[n-1]) && !unicode.IsSpace(run[0]) && !unicode.IsSpace(run[n-1]) {
			return string(run)
		}
	}
}

// character draws a Han character.
func (d *drawer) character() string {
	for {
		if _, line, at := d.line(); at < len(line) && unicode.Is(unicode.Han, line[at]) {
			return string(line[at])
		}
	}
}

// word draws a word of two Han characters or more, with its document.
func (d *drawer) word() (*document, string) {
	for {
		doc, line, at := d.line()
		if word, ok := d.cut(line, at); ok {
			return doc, word
		}
	}
}

// twoWords draws two different words of one document.
func (d *drawer) twoWords() string {
	for {
		_, line, at := d.line()
		first, ok := d.cut(line, at)
		second, also := d.cut(line, d.random.IntN(len(line)))
		if ok && also && first != second {
			return first + " " + second
		}
	}
}

// connector draws two words of a sentence and joins them, by each kind of connector in turn.
func (d *drawer) connector(i int) string {
	for {
		_, line, at := d.line()
		words := d.near(line, at)
		if len(words) < 2 {
			continue
		}
		from := d.random.IntN(len(words) - 1)
		first, second := words[from], words[min(len(words)-1, from+1+d.random.IntN(4))]
		between := string([]rune(first.of)[first.end:second.start])
		if strings.ContainsAny(between, "。!?") {
			continue
		}
		by := []string{"/s", "/p", fmt.Sprintf("/%d", second.start-first.end+1+d.random.IntN(20)), ">s"}[i%4]
		return first.text + " " + by + " " + second.text
	}
}

// wildcard draws a stretch of Han characters and puts a wildcard for some in its middle: * and ? by turns.
func (d *drawer) wildcard(i int) string {
	for {
		run := []rune(d.run(4 + d.random.IntN(5)))
		if slices.ContainsFunc(run, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			continue
		}
		from := 1 + d.random.IntN(2)
		to := len(run) - 1 - d.random.IntN(2)
		if from >= to {
			continue
		}
		wild := "*"
		if i%2 == 1 {
			wild = strings.Repeat("?", to-from)
		}
		return string(run[:from]) + wild + string(run[to:])
	}
}

// placed is a word of two Han characters or more and where it stands among the characters of a text.
type placed struct {
	text, of   string
	start, end int
}

// near returns the words around a place of a line, in order.
func (d *drawer) near(line []rune, at int) (words []placed) {
	near := analyzers.Fold(string(line[max(0, at-around):min(len(line), at+around)]))
	for _, w := range d.words.Cut(near) {
		if start, n := utf8.RuneCountInString(near[:w.Start]), utf8.RuneCountInString(w.Text); n >= 2 && allHan(w.Text) {
			words = append(words, placed{w.Text, near, start, start + n})
		}
	}
	return words
}

func allHan(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// around is how many characters beside a place are cut into words with it.
const around = 60

// cut returns the word nearest after a place.
func (d *drawer) cut(line []rune, at int) (string, bool) {
	words := d.near(line, at)
	if len(words) == 0 {
		return "", false
	}
	return words[len(words)/2].text, true
}

const (
	gramLength = 4
	grams      = 50 // so many of the most frequent are asked for
)

// frequent returns the most frequent runs of four Han characters. Whatever falls into one bucket is counted together
// first; the runs of the fullest buckets are then counted one by one.
func (c *collection) frequent() []string {
	const buckets = 1 << 24
	bucket := func(gram []rune) uint32 {
		sum := uint64(0)
		for _, r := range gram {
			sum = (sum + uint64(r)) * 0x9e3779b97f4a7c15
		}
		return uint32(sum >> 40)
	}
	counts := make([]uint32, buckets)
	c.eachGram(func(gram []rune) { counts[bucket(gram)]++ })
	const candidates = 5000
	fullest := slices.Clone(counts)
	slices.Sort(fullest)
	least := max(fullest[buckets-candidates], 1)
	exact := map[[gramLength]rune]int{}
	c.eachGram(func(gram []rune) {
		if counts[bucket(gram)] >= least {
			exact[[gramLength]rune(gram)]++
		}
	})
	var all []string
	frequency := map[string]int{}
	for gram, n := range exact {
		text := string(gram[:])
		all, frequency[text] = append(all, text), n
	}
	slices.SortFunc(all, func(a, b string) int {
		if frequency[a] != frequency[b] {
			return frequency[b] - frequency[a]
		}
		return strings.Compare(a, b)
	})
	return all[:min(grams, len(all))]
}

// eachGram calls visit for every run of four Han characters of the texts.
func (c *collection) eachGram(visit func(gram []rune)) {
	var stretch []rune
	for i := range c.documents {
		stretch = stretch[:0]
		for _, r := range c.documents[i].text {
			if !unicode.Is(unicode.Han, r) {
				stretch = stretch[:0]
				continue
			}
			if len(stretch) > 4096 {
				stretch = append(stretch[:0], stretch[len(stretch)-gramLength+1:]...)
			}
			if stretch = append(stretch, r); len(stretch) >= gramLength {
				visit(stretch[len(stretch)-gramLength:])
			}
		}
	}
}
