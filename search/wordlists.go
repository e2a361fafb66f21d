package search

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"gongwen/analyzers"
)

//go:embed data/light.txt
var lightFile string

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
