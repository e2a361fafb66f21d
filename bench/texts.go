package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// texts are what queries are drawn from.
type texts struct {
	all   []string
	bytes int64
}

func readTexts(files []string) (*texts, error) {
	t := &texts{}
	for _, path := range files {
		if err := eachLine(path, func(line []byte) error {
			var record struct{ Text string }
			if err := json.Unmarshal(line, &record); err != nil {
				return err
			}
			t.all = append(t.all, record.Text)
			t.bytes += int64(len(record.Text))
			return nil
		}); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
	}
	return t, nil
}

func eachLine(path string, visit func([]byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	if filepath.Ext(path) == ".gz" {
		unpacked, err := gzip.NewReader(f)
		if err != nil {
			return err
		}
		lines = bufio.NewScanner(unpacked)
	}
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		if err := visit(lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
}

// run draws n Han characters that stand next to each other.
func (t *texts) run(r *rand.Rand, n int) string {
	for {
		text := t.all[r.IntN(len(t.all))]
		if len(text) < 3*n {
			continue
		}
		from := r.IntN(len(text) - 3*n + 1)
		runes := []rune(strings.ToValidUTF8(text[from:min(len(text), from+4*n+8)], ""))
		if len(runes) >= n && !slices.ContainsFunc(runes[:n], func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			return string(runes[:n])
		}
	}
}

// passage draws n characters of any kind from one line.
func (t *texts) passage(r *rand.Rand, n int) string {
	for {
		runes := []rune(t.all[r.IntN(len(t.all))])
		if len(runes) < n {
			continue
		}
		from := r.IntN(len(runes) - n + 1)
		if run := string(runes[from : from+n]); !strings.ContainsAny(run, "\n\r#*[]<>|\"\\`_") && strings.TrimSpace(run) == run {
			return run
		}
	}
}

// frequent returns the 50 most frequent runs of four Han characters in a sample.
func (t *texts) frequent(r *rand.Rand) []string {
	counts := map[string]int{}
	for range 4000 {
		runes := []rune(t.all[r.IntN(len(t.all))])
		for i := 0; i+4 <= min(len(runes), 4000); i++ {
			if !slices.ContainsFunc(runes[i:i+4], func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
				counts[string(runes[i:i+4])]++
			}
		}
	}
	var all []string
	for gram := range counts {
		all = append(all, gram)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	return all[:min(50, len(all))]
}
