package analyzers

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestDictionaryWordsAreReal looks for every word of our dictionary that names no source in the real texts beside the
// project.
func TestDictionaryWordsAreReal(t *testing.T) {
	missing := map[rune][]string{}
	left := 0
	for line := range strings.Lines(administrativeWords) {
		word, source, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if word == "" || strings.HasPrefix(word, "#") || source != "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(word)
		missing[first] = append(missing[first], word)
		left++
	}
	for _, name := range []string{"provincial-reports-2026", "state-council-reports", "laws"} {
		file, err := os.Open("../../shared/corpora/" + name + ".jsonl.gz")
		if err != nil {
			t.Skip("the corpora are not beside the project:", err)
		}
		defer func() { _ = file.Close() }()
		unpacked, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(unpacked)
		lines.Buffer(nil, 64<<20)
		for left > 0 && lines.Scan() {
			var record struct{ Title, Text string }
			if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
				t.Fatal(err)
			}
			text := strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, Fold(record.Title+record.Text))
			for i, r := range text {
				words := missing[r]
				for j := 0; j < len(words); {
					if !strings.HasPrefix(text[i:], words[j]) {
						j++
						continue
					}
					words[j] = words[len(words)-1]
					words = words[:len(words)-1]
					left--
				}
				missing[r] = words
			}
		}
	}
	for _, words := range missing {
		for _, word := range words {
			t.Errorf("%s stands in no text and names no source: help: add one after a tab, or take the word out", word)
		}
	}
}
