package enginetest

import (
	"slices"
	"testing"

	"gongwen"
	"gongwen/search"
)

func put(t *testing.T, e search.Writer, docs ...gongwen.Document) {
	t.Helper()
	var batch search.Batch
	for _, d := range docs {
		batch.Put = append(batch.Put, search.Record{Document: d})
	}
	if err := e.Write(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
}

// ask answers a query with filters written in the query language.
func ask(t *testing.T, e search.Searcher, query string, change ...func(*search.Request)) *search.Result {
	t.Helper()
	q, _, err := search.Parse(query)
	if err != nil {
		t.Fatalf("parse %s: %v", query, err)
	}
	request := search.Request{Query: q, Size: search.MaxSize, Facets: -1}
	for _, c := range change {
		c(&request)
	}
	result, err := e.Search(t.Context(), request)
	if err != nil {
		t.Fatalf("search %s: %v", query, err)
	}
	return result
}

// walkAll returns the keys of every hit in order, by pages of the given size.
func walkAll(t *testing.T, e search.Searcher, query string, size int, change ...func(*search.Request)) []string {
	t.Helper()
	var keys []string
	cursor := ""
	for {
		r := ask(t, e, query, append(change, func(r *search.Request) { r.Size, r.Cursor = size, cursor })...)
		if r.Offset != len(keys) {
			t.Fatalf("%s: page starts at %d after %d hits", query, r.Offset, len(keys))
		}
		for _, hit := range r.Hits {
			keys = append(keys, key(hit))
		}
		if cursor = r.Next; cursor == "" {
			if len(keys) != r.Total {
				t.Fatalf("%s: walked %d of %d hits", query, len(keys), r.Total)
			}
			return keys
		}
	}
}

func key(hit search.Hit) string { return hit.Document.ID }

func sectionKey(hit search.Hit) string { return hit.Document.ID + "#" + hit.Sections[0].Section.ID }

func ids(t *testing.T, e search.Searcher, query string) []string {
	t.Helper()
	found := walkAll(t, e, query, search.MaxSize)
	slices.Sort(found)
	return found
}

// where returns the IDs of the documents that pass.
func where(docs []gongwen.Document, pass func(gongwen.Document) bool) []string {
	var found []string
	for _, d := range docs {
		if pass(d) {
			found = append(found, d.ID)
		}
	}
	return found
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %d %v, want %d %v", what, len(got), got, len(want), want)
	}
}
