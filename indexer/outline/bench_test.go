package outline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkSplit splits the labelled reports one after the other, as indexing does.
func BenchmarkSplit(b *testing.B) {
	var texts []string
	size := 0
	for _, folder := range []string{"reports", "heldout"} {
		paths, err := filepath.Glob(filepath.Join("..", "testdata", folder, "*.txt"))
		if err != nil {
			b.Fatal(err)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			texts = append(texts, string(raw))
			size += len(raw)
		}
	}
	if len(texts) == 0 {
		b.Skip("no labelled reports")
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, text := range texts {
			Split(text, 2021)
		}
	}
}

// BenchmarkLong splits one text of 1 MB that repeats a report.
func BenchmarkLong(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join("..", "testdata", "reports", "09-cangyu-county.txt"))
	if err != nil {
		b.Skip("no labelled reports")
	}
	text := strings.Repeat(string(raw)+"\n", 1<<20/len(raw))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text, 2016)
	}
}

// BenchmarkArticle splits an article of a law, as a record of its own.
func BenchmarkArticle(b *testing.B) {
	const text = "行政机关在作出行政处罚决定之前，应当告知当事人拟作出的行政处罚内容及事实、理由、依据，并告知当事人依法享有的陈述、申辩、要求听证等权利。\n" +
		"当事人有权进行陈述和申辩。行政机关必须充分听取当事人的意见，对当事人提出的事实、理由和证据，应当进行复核。\n"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text, 2021)
	}
}
