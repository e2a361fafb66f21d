package indexer

import (
	"path/filepath"
	"testing"
)

// webOrigins knows one address for every file.
type webOrigins string

func (o webOrigins) Of(string) string { return string(o) }

// Where a file came from is the URL of its document; a record's own URL, and that alone, wins over it.
func TestOrigins(t *testing.T) {
	const address = "http://www.qingxi.example/a.html"
	folder := writeFiles(t, map[string]string{
		"page.html":   `<html><head><link rel="canonical" href="http://wrong.example/"><title>关于某事的通知</title></head><body><p>请各单位依法执行有关规定。</p></body></html>`,
		"lines.jsonl": `{"title":"甲","text":"正文。"}` + "\n" + `{"title":"乙","text":"正文。","url":"http://own.example/"}`,
	})
	ix := newIndexer(t, Options{Origins: webOrigins(address)})
	for name, want := range map[string][]string{"page.html": {address}, "lines.jsonl": {address, "http://own.example/"}} {
		var got []string
		for document, err := range ix.Documents(t.Context(), filepath.Join(folder, name)) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, document.URL)
		}
		if len(got) != len(want) || got[0] != want[0] || got[len(got)-1] != want[len(want)-1] {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
