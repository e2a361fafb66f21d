package outline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkSplit splits a text of 5 MB that repeats the labelled reports.
func BenchmarkSplit(b *testing.B) {
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "reports", "*.txt"))
	if err != nil || len(paths) == 0 {
		b.Skip("no labelled reports")
	}
	var all strings.Builder
	for all.Len() < 5<<20 {
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			all.Write(raw)
			all.WriteByte('\n')
		}
	}
	text := all.String()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text, 2021)
	}
}
