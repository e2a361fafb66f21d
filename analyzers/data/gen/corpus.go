package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// corpusFiles are the sample texts that say which words are in use.
var corpusFiles = []string{
	"state-council-reports.jsonl.gz",
	"provincial-reports-2026.jsonl.gz",
	"laws.jsonl.gz",
}

// corpus is a list of folded texts.
type corpus []string

func readCorpus(dir string, fold folder) (corpus, error) {
	var texts corpus
	for _, name := range corpusFiles {
		if err := texts.read(filepath.Join(dir, name), fold); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return texts, nil
}

func (c *corpus) read(name string, fold folder) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return err
	}

	records := json.NewDecoder(bufio.NewReader(unzipped))
	for {
		var record struct{ Title, Text string }
		switch err := records.Decode(&record); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		// The line breaks keep a run from reaching across a border, and count
		// needs a rune after the last word.
		*c = append(*c, fold.string(record.Title)+"\n"+fold.string(record.Text)+"\n")
	}
}

// count counts how often each of the words occurs. Occurrences may overlap.
func (c corpus) count(words map[string]int) {
	longest := 0
	prefixes := make(map[string]bool) // all proper prefixes, to stop early
	for word := range words {
		runes := 0
		for i := range word {
			if i > 0 {
				prefixes[word[:i]] = true
			}
			runes++
		}
		longest = max(longest, runes)
	}
	for _, text := range c {
		for start := range text {
			length := 0
			for end := range text[start:] {
				if end == 0 {
					continue
				}
				length++
				run := text[start : start+end]
				if _, ok := words[run]; ok {
					words[run]++
				}
				if length == longest || !prefixes[run] {
					break
				}
			}
		}
	}
}
