package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// word is one line of a gse dictionary.
type word struct {
	text string
	freq int
	pos  string
}

// buildWords reads a gse dictionary and keeps the words that an index of
// administrative texts needs: every single character, every word of two to four
// characters that occurs in texts, and the most frequent others up to limit.
func buildWords(source string, fold folder, texts corpus, limit int) ([]word, error) {
	words, err := readWords(source, fold)
	if err != nil {
		return nil, err
	}
	used := make(map[string]int, len(words))
	for _, w := range words {
		used[w.text] = 0
	}
	texts.count(used)

	must := func(w word) bool {
		length := utf8.RuneCountInString(w.text)
		return length == 1 || length <= 4 && used[w.text] > 0
	}
	slices.SortFunc(words, func(a, b word) int {
		switch am, bm := must(a), must(b); {
		case am && !bm:
			return -1
		case bm && !am:
			return 1
		}
		return cmp.Or(cmp.Compare(b.freq, a.freq), cmp.Compare(used[b.text], used[a.text]), cmp.Compare(a.text, b.text))
	})
	for i, w := range words {
		if i >= limit && !must(w) {
			words = words[:i]
			break
		}
	}
	slices.SortFunc(words, func(a, b word) int { return cmp.Compare(a.text, b.text) })
	return words, nil
}

// readWords reads the lines "word freq pos" and folds the words. Words that fold to
// the same one are joined: frequencies are added, the part of speech is that of the
// more frequent.
func readWords(source string, fold folder) ([]word, error) {
	data, err := os.ReadFile(source)
	if err != nil {
		return nil, err
	}
	var words []word
	at := make(map[string]int)
	most := make(map[string]int)
	lines := bufio.NewScanner(bytes.NewReader(data))
	for number := 1; lines.Scan(); number++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 {
			continue
		}
		if len(fields) != 3 {
			return nil, fmt.Errorf("%s:%d: want 3 fields, found %d", source, number, len(fields))
		}
		freq, err := strconv.Atoi(fields[1])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", source, number, err)
		}
		w := word{text: fold.string(fields[0]), freq: freq, pos: fields[2]}
		i, ok := at[w.text]
		if !ok {
			at[w.text], most[w.text] = len(words), freq
			words = append(words, w)
			continue
		}
		words[i].freq += freq
		if freq > most[w.text] {
			most[w.text], words[i].pos = freq, w.pos
		}
	}
	return words, lines.Err()
}

// writeWords writes the list compressed. The gzip header carries no name and no
// time, so that equal words make equal files.
func writeWords(name string, words []word) error {
	var out bytes.Buffer
	zipped, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, w := range words {
		if _, err := fmt.Fprintf(zipped, "%s %d %s\n", w.text, w.freq, w.pos); err != nil {
			return err
		}
	}
	if err := zipped.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, out.Bytes(), 0o644)
}
