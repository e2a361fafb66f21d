package gongwen_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"unicode"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/indexer"
	"gongwen/search"
	"gongwen/search/memory"
)

// corpora holds real texts beside the project on developers' machines; none of them is part of it.
const corpora = "../shared/corpora/"

// bare is what two writings of one run share, told without the code that is tested: no white space, lower case.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// TestRecallOnRealReports is the law of recall: every run of 1 to 40 characters that occurs in a real report, drawn as it
// is written there, is found by its quoted query and marked, and it alone.
func TestRecallOnRealReports(t *testing.T) {
	paths := []string{corpora + "state-council-reports.jsonl.gz", corpora + "provincial-reports-2026.jsonl.gz"}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			t.Skip("the corpora are not beside the project:", err)
		}
	}
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	engine := memory.New(words)
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Run(t.Context(), engine, paths, indexer.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	known, err := engine.Known(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var docs []*gongwen.Document
	for id := range known {
		reading, err := engine.Read(t.Context(), id, nil)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, reading.Document)
	}
	if len(docs) != 68 {
		t.Fatalf("%d reports, want 68", len(docs))
	}
	random := rand.New(rand.NewPCG(2018, 47))
	runs := 2000
	if testing.Short() {
		runs = 200
	}
	for n := 0; n < runs; {
		d := docs[random.IntN(len(docs))]
		lines := strings.Split(d.Text, "\n")
		runes := []rune(lines[random.IntN(len(lines))])
		if len(runes) == 0 {
			continue
		}
		from := random.IntN(len(runes))
		run := string(runes[from:min(len(runes), from+1+random.IntN(40))])
		if bare(run) == "" {
			continue
		}
		n++
		query := search.Run{Text: run}
		result, err := engine.Search(t.Context(), search.Request{Query: query, Size: search.MaxSize})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, hit := range result.Hits {
			found = found || hit.Document.ID == d.ID
		}
		if !found {
			t.Errorf("%q of %s is not found", run, d.ID)
			continue
		}
		reading, err := engine.Read(t.Context(), d.ID, query)
		if err != nil {
			t.Fatal(err)
		}
		if len(reading.Marks) == 0 {
			t.Errorf("%q of %s is not marked", run, d.ID)
		}
		same := false
		for _, mark := range reading.Marks {
			same = same || bare(mark.Cut(d.Text)) == bare(run)
		}
		if !same {
			t.Errorf("%q of %s: no mark equals it", run, d.ID)
		}
	}
}
