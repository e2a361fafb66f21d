package indexer

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"gongwen/search"
)

const corpora = "../../shared/corpora"

func corpusPath(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(corpora, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real texts are not beside the project: %v", err)
	}
	return path
}

type corpusLine struct {
	ID, Title, Text string
}

// eachLine reads a corpus without any code of ours.
func eachLine(t testing.TB, path string, visit func(corpusLine)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(unzipped)
	for {
		line, err := reader.ReadBytes('\n')
		if len(line) > 1 {
			var l corpusLine
			if err := json.Unmarshal(line, &l); err != nil {
				t.Fatal(err)
			}
			visit(l)
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// hanOf is the letters of a text in order: what no cleaning may change.
func hanOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return r
		}
		return -1
	}, text)
}

// TestCorpora indexes every real text: nothing is refused, every ID is kept, lines with one text stay apart, and of a
// text that is no web page every Han character is in Text, less the title line.
func TestCorpora(t *testing.T) {
	for name, want := range map[string]struct {
		documents, copies int
		pages             bool // whole web pages: furniture must go
	}{
		"state-council-reports.jsonl.gz":      {documents: 52},
		"provincial-reports-2026.jsonl.gz":    {documents: 16, pages: true},
		"laws.jsonl.gz":                       {documents: 3497},
		"law-articles.jsonl.gz":               {documents: 148712, copies: 2873},
		"statute-retrieval/articles.jsonl.gz": {documents: 66647, copies: 2673},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && want.documents > 100 {
				t.Skip("a long corpus, not read with -short")
			}
			path := corpusPath(t, name)
			var w fakeWriter
			summary, err := newIndexer(t, Options{}).Run(t.Context(), &w, []string{path}, RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if summary.Accepted != want.documents || summary.Refused != 0 || len(w.documents) != want.documents {
				t.Errorf("%+v, want %d documents", summary, want.documents)
			}
			texts, copies, bad := map[[2]string]bool{}, 0, 0
			eachLine(t, path, func(line corpusLine) {
				record, ok := w.documents[line.ID]
				if !ok {
					t.Errorf("%s is lost", line.ID)
					return
				}
				d := &record.Document
				checkSections(t, line.ID, d)
				if texts[[2]string{line.Title, line.Text}] {
					copies++
				}
				texts[[2]string{line.Title, line.Text}] = true
				if strings.Contains(d.Text, "**") || strings.Contains(d.Text, "\n#") {
					t.Errorf("%s: markup in text", line.ID)
				}
				if d.Title != strings.Join(strings.Fields(line.Title), " ") {
					t.Errorf("%s: title %q, want %q", line.ID, d.Title, line.Title)
				}
				got, full := hanOf(d.Text), hanOf(line.Text)
				if !want.pages && got != full && hanOf(line.Title)+got != full && bad < 10 {
					bad++
					t.Errorf("%s: text has %d Han characters of %d\nbegins %.120q\nin the line %.120q", line.ID, len(got)/3, len(full)/3, d.Text, line.Text)
				}
				if want.pages && (strings.Contains(d.Text, "全屏\n") || strings.Contains(d.Text, "【字号") || strings.Contains(d.Text, "相关报道") || len(got) < len(full)*9/10) {
					t.Errorf("%s: text of %d Han characters of %d begins %.200q", line.ID, len(got)/3, len(full)/3, d.Text)
				}
			})
			if copies != want.copies {
				t.Errorf("%d copies, want %d: the test does not compare as the README does", copies, want.copies)
			}
			t.Log(summary)
		})
	}
}

// discard is a collection that forgets.
type discard struct{}

func (discard) Write(context.Context, search.Batch) error               { return nil }
func (discard) Known(context.Context) (map[string]search.Origin, error) { return nil, nil }

func BenchmarkRun(b *testing.B) {
	for _, name := range []string{"law-articles.jsonl.gz", "laws.jsonl.gz", "state-council-reports.jsonl.gz"} {
		b.Run(name, func(b *testing.B) {
			path, ix := corpusPath(b, name), newIndexer(b, Options{})
			for b.Loop() {
				summary, err := ix.Run(b.Context(), discard{}, []string{path}, RunOptions{})
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(summary.Bytes)
				b.ReportMetric(float64(summary.Accepted)/summary.Elapsed.Seconds(), "documents/s")
			}
		})
	}
}
