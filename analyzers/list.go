package analyzers

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// EachWord calls visit with every word of the base list and of the administrative dictionary, folded, and what the list takes
// for its frequency. A word may come twice.
func EachWord(visit func(word string, frequency int)) error {
	base, err := unpackWords()
	if err != nil {
		return err
	}
	for line := range strings.Lines(base) {
		word, rest, _ := strings.Cut(line, " ")
		count, _, _ := strings.Cut(rest, " ")
		frequency, err := strconv.Atoi(count)
		if err != nil {
			return fmt.Errorf("read base words: %q: %w", line, err)
		}
		visit(word, frequency)
	}
	for _, word := range Administrative() {
		visit(Fold(word), longFrequency)
	}
	return nil
}

func unpackWords() (string, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(baseWords))
	if err != nil {
		return "", fmt.Errorf("read base words: %w", err)
	}
	base, err := io.ReadAll(unpacked)
	if err != nil {
		return "", fmt.Errorf("read base words: %w", err)
	}
	return string(base), nil
}
