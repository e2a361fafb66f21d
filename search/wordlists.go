package search

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"gongwen/analyzers"
)

//go:embed data/aliases.txt
var aliasFile string

//go:embed data/light.txt
var lightFile string

// aliases are other names by a name.
type aliases struct {
	names   map[string][]string
	longest int // bytes of a name
}

var knownAliases = sync.OnceValue(func() aliases { return readAliases(aliasFile) })

// readAliases reads lines of names that stand for each other, "a b = c", or of which those on the left stand for those on
// the right alone, "a b > c d".
func readAliases(file string) aliases {
	a := aliases{names: map[string][]string{}}
	add := func(name string, others []string) {
		for _, other := range others {
			if other != name {
				a.names[name] = append(a.names[name], other)
			}
		}
		a.longest = max(a.longest, len(name))
	}
	for line := range dataLines(file) {
		left, right, oneWay := strings.Cut(line, ">")
		if !oneWay {
			names := foldedFields(strings.ReplaceAll(line, "=", " "))
			for _, name := range names {
				add(name, names)
			}
			continue
		}
		others := foldedFields(right)
		for _, name := range foldedFields(left) {
			add(name, others)
		}
	}
	return a
}

// at returns the longest name with which the text begins, and its other names.
func (a aliases) at(text string) (name string, others []string) {
	for end := min(len(text), a.longest); end > 0; end-- {
		if others := a.names[text[:end]]; others != nil {
			return text[:end], others
		}
	}
	return "", nil
}

// lightness is the part of its weight that a word of the query keeps: little where it asks, or is said of everything.
func lightness(word string) float64 {
	if share, ok := lightWords()[word]; ok {
		return share
	}
	return 1
}

var lightWords = sync.OnceValue(func() map[string]float64 {
	words := map[string]float64{}
	for line := range dataLines(lightFile) {
		share, list, _ := strings.Cut(line, " ")
		s, err := strconv.ParseFloat(share, 64)
		if err != nil {
			panic("light.txt: " + err.Error()) // a test reads the file
		}
		for _, word := range foldedFields(list) {
			words[word] = s
		}
	}
	return words
})

// foldedFields folds one by one: folding drops the space between Han characters.
func foldedFields(text string) []string {
	fields := strings.Fields(text)
	for i, field := range fields {
		fields[i] = analyzers.Fold(field)
	}
	return fields
}

// dataLines yields the lines of a file that are no comments.
func dataLines(file string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(file) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}
