package suggest

import (
	"cmp"
	_ "embed"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"gongwen/analyzers"
	"gongwen/suggest/pinyin"
)

//go:embed data/shapes.txt
var shapesFile string

// shapes returns the characters that look like one.
var shapes = sync.OnceValue(func() map[rune][]rune {
	near := map[rune][]rune{}
	for line := range strings.Lines(shapesFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		group := []rune(strings.TrimSpace(line))
		for _, r := range group {
			for _, other := range group {
				if other != r && !slices.Contains(near[r], other) {
					near[r] = append(near[r], other)
				}
			}
		}
	}
	return near
})

// dictionary finds the words that one may have meant by another: those that sound alike, look alike, or have one character
// more, less or other. It never changes.
type dictionary struct {
	table  *pinyin.Table
	words  map[string]int32 // how frequent
	list   []string
	sounds []hashed // by how they are read
	gaps   []hashed // by what is left of words of three characters or more without one of them
}

// hashed is a word by the hash of something.
type hashed struct {
	hash uint32
	word int32
}

var hashSeed = maphash.MakeSeed()

func hashOf(text string) uint32 { return uint32(maphash.String(hashSeed, text)) }

// Bounds of words that are corrected, in characters.
const (
	minWord = 2
	maxWord = 10
	minGaps = 3
)

// newDictionary makes one of words and how frequent each is.
func newDictionary(words []entry, table *pinyin.Table) *dictionary {
	d := &dictionary{table: table, words: make(map[string]int32, len(words))}
	for _, w := range words {
		runes := []rune(w.text)
		if n := len(runes); n < minWord || n > maxWord || slices.ContainsFunc(runes, func(r rune) bool { return !analyzers.IsHan(r) }) {
			continue
		}
		if count, ok := d.words[w.text]; ok {
			d.words[w.text] = max(count, int32(w.count))
			continue
		}
		d.words[w.text] = int32(w.count)
		number := int32(len(d.list))
		d.list = append(d.list, w.text)
		for _, sound := range soundsOf(table.Read(runes)) {
			d.sounds = append(d.sounds, hashed{hashOf(sound), number})
		}
		if len(runes) >= minGaps {
			for i := range runes {
				d.gaps = append(d.gaps, hashed{hashOf(without(runes, i)), number})
			}
		}
	}
	for _, list := range [][]hashed{d.sounds, d.gaps} {
		slices.SortFunc(list, func(a, b hashed) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.word, b.word)) })
	}
	return d
}

// wordList is the dictionary of the words that the program knows, whatever a collection holds.
var wordList = sync.OnceValues(func() (*dictionary, error) {
	var words []entry
	err := analyzers.EachWord(func(word string, frequency int) { words = append(words, entry{word, frequency}) })
	if err != nil {
		return nil, err
	}
	return newDictionary(words, pinyin.Load()), nil
})

// soundsOf returns the ways to read characters, as letters; at most maxVariants of them.
func soundsOf(readings [][]string) []string {
	sounds := []string{""}
	for _, of := range readings {
		if len(of) == 0 {
			return nil
		}
		if len(of)*len(sounds) > maxVariants {
			of = of[:1]
		}
		next := make([]string, 0, len(of)*len(sounds))
		for _, sound := range sounds {
			for _, reading := range of {
				next = append(next, sound+reading)
			}
		}
		sounds = next
	}
	return sounds
}

func without(runes []rune, i int) string { return string(runes[:i]) + string(runes[i+1:]) }

func (d *dictionary) has(word string) bool {
	_, ok := d.words[word]
	return ok
}

// found calls visit with the words by a hash.
func (d *dictionary) found(list []hashed, hash uint32, visit func(word string)) {
	i, _ := slices.BinarySearchFunc(list, hash, func(h hashed, hash uint32) int { return cmp.Compare(h.hash, hash) })
	for ; i < len(list) && list[i].hash == hash; i++ {
		visit(d.list[list[i].word])
	}
}

// What it costs to take a word for another, where 0 is for the same.
const (
	costSound = 1.0
	costShape = 1.0
	costOther = 1.6 // one character more, less or other
	costKnown = 1.2 // more where what stands there is a word
)

// meant calls visit with the words that one may have meant by some characters, and what that costs; the same word may come
// several times.
func (d *dictionary) meant(written []rune, visit func(word string, cost float64)) {
	text := string(written)
	base := 0.0
	if _, ok := d.words[text]; ok {
		base = costKnown
	}
	put := func(word string, cost float64) {
		if word != text {
			visit(word, base+cost-0.4*float64(utf8.RuneCountInString(word))-0.1*math.Log1p(float64(d.words[word])))
		}
	}
	for _, sound := range soundsOf(d.table.Read(written)) {
		d.found(d.sounds, hashOf(sound), func(word string) {
			if utf8.RuneCountInString(word) == len(written) {
				put(word, costSound)
			}
		})
	}
	other := slices.Clone(written)
	for i, r := range written {
		for _, near := range shapes()[r] {
			other[i] = near
			if _, ok := d.words[string(other)]; ok {
				put(string(other), costShape)
			}
		}
		other[i] = r
	}
	if len(written) >= minGaps-1 {
		d.found(d.gaps, hashOf(text), func(word string) { put(word, costOther) }) // one is missing
	}
	if len(written) < minGaps {
		return
	}
	for i := range written {
		rest := without(written, i)
		if _, ok := d.words[rest]; ok {
			put(rest, costOther) // one too many
		}
		d.found(d.gaps, hashOf(rest), func(word string) {
			runes := []rune(word)
			if len(runes) == len(written) && without(runes, i) == rest {
				put(word, costOther)
			}
		})
	}
}

// spelled calls visit with the words that letters are the reading of.
func (d *dictionary) spelled(letters string, visit func(word string)) {
	d.found(d.sounds, hashOf(letters), visit)
}
