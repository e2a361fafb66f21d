// Command gen chooses the common runs of the segment format from texts: the most frequent single Han characters, stretches
// of three and four, and the words of more characters that are frequent. Two characters are a gram and need no list. Its arguments are JSON lines files with a field text,
// gzipped or not; it prints a run a line. Another list is another format: raise segment.Version with it.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"gongwen/analyzers"
)

const (
	shortest, longest = 3, 8   // characters of a run
	stretches         = 4      // the most characters of a stretch that is no word
	single            = 175000 // times that a character must stand in the texts
	least             = 2400   // times that a stretch must stand in the texts
	leastWord         = 1200   // times that a word must
	buckets           = 1 << 26
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(files []string) error {
	words, err := analyzers.NewWords()
	if err != nil {
		return err
	}
	// Whatever falls into one bucket is counted together first; what is in a full bucket is then counted by itself.
	counts := make([]uint32, buckets)
	err = eachRun(files, func(run []rune) { counts[hash(run)]++ })
	if err != nil {
		return err
	}
	exact := map[string]int{}
	err = eachRun(files, func(run []rune) {
		if counts[hash(run)] >= leastWord {
			exact[string(run)]++
		}
	})
	if err != nil {
		return err
	}
	var list []string
	singles := map[rune]int{}
	err = eachText(files, func(text string) {
		for _, r := range text {
			if analyzers.IsHan(r) && r <= 0xffff {
				singles[r]++
			}
		}
	})
	if err != nil {
		return err
	}
	for r, n := range singles {
		if n >= single {
			list = append(list, string(r))
		}
	}
	for text, n := range exact {
		stretch := len([]rune(text)) <= stretches && n >= least
		if stretch || n >= leastWord && isWord(words, text) {
			list = append(list, text)
		}
	}
	slices.Sort(list)
	fmt.Println(strings.Join(list, "\n"))
	fmt.Fprintln(os.Stderr, len(list), "runs")
	return nil
}

func isWord(words *analyzers.Words, text string) bool {
	cut := words.Cut(text)
	return len(cut) == 1 && cut[0].Text == text
}

func hash(run []rune) uint32 {
	sum := uint64(0)
	for _, r := range run {
		sum = (sum + uint64(r)) * 0x9e3779b97f4a7c15
	}
	return uint32(sum >> 38)
}

// eachRun calls visit with every stretch of Han characters that a run may have, in all texts.
func eachRun(files []string, visit func(run []rune)) error {
	return eachText(files, func(text string) {
		var han []rune
		for _, r := range text {
			if !analyzers.IsHan(r) || r > 0xffff {
				han = han[:0]
				continue
			}
			han = append(han, r)
			for n := shortest; n <= min(longest, len(han)); n++ {
				visit(han[len(han)-n:])
			}
		}
	})
}

// eachText calls visit with every text, folded.
func eachText(files []string, visit func(text string)) error {
	for _, file := range files {
		if err := readTexts(file, visit); err != nil {
			return err
		}
	}
	return nil
}

func readTexts(file string, visit func(text string)) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	for d := json.NewDecoder(bufio.NewReaderSize(r, 1<<20)); ; {
		var line struct{ Text string }
		if err := d.Decode(&line); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		visit(analyzers.Fold(line.Text))
	}
}
