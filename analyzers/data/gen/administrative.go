package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	shortestTerm = 2
	longestTerm  = 14
)

// checkAdministrative holds the dictionary of administrative terms to its rules: Han
// characters only, simplified, 2 to 14 of them, sorted by code point, no word twice.
// With texts it also wants each word to occur there or to name its source, not both.
func checkAdministrative(name string, fold folder, texts corpus) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var problems []string
	complain := func(line int, format string, args ...any) {
		problems = append(problems, fmt.Sprintf("%s:%d: ", administrativeFile, line)+fmt.Sprintf(format, args...))
	}

	type term struct {
		word, source string
		line         int
	}
	var terms []term
	counts := make(map[string]int)
	previous := ""
	lines := bufio.NewScanner(bytes.NewReader(data))
	for line := 1; lines.Scan(); line++ {
		word, source, tabbed := strings.Cut(lines.Text(), "\t")
		length := utf8.RuneCountInString(word)
		switch {
		case length < shortestTerm || length > longestTerm:
			complain(line, "%q has %d characters", word, length)
		case strings.ContainsFunc(word, func(r rune) bool { return !unicode.Is(unicode.Han, r) }):
			complain(line, "%q holds something else than Han characters", word)
		case fold.string(word) != word:
			complain(line, "%q is not simplified: want %q", word, fold.string(word))
		case word <= previous:
			complain(line, "%q comes after %q", word, previous)
		case tabbed && strings.TrimSpace(source) == "":
			complain(line, "%q has a tab and no source", word)
		}
		previous = word
		counts[word] = 0
		terms = append(terms, term{word, source, line})
	}
	if err := lines.Err(); err != nil {
		return err
	}

	inTexts := 0
	if texts != nil {
		texts.count(counts)
		for _, t := range terms {
			switch found := counts[t.word] > 0; {
			case found && t.source != "":
				complain(t.line, "%q occurs in the texts: drop its source", t.word)
			case found:
				inTexts++
			case t.source == "":
				complain(t.line, "%q does not occur in the texts and names no source", t.word)
			}
		}
	}
	for _, p := range problems {
		fmt.Fprintln(os.Stderr, p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s: %d problems", administrativeFile, len(problems))
	}
	fmt.Printf("%s: %d terms", administrativeFile, len(terms))
	if texts != nil {
		fmt.Printf(", %d of them in the texts", inTexts)
	}
	fmt.Println()
	return nil
}
