package enginetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gongwen"
	"gongwen/search"
)

// The laws of writing: what comes and goes, and who sees it when.

// rejection: a document that is impossible is named, and costs the others of its batch nothing.
func rejection(t *testing.T, e search.Engine, _ generator, docs []gongwen.Document) {
	bad := gongwen.Document{ID: "bad", Text: "短", Sections: []gongwen.Section{{ID: "1", Span: gongwen.Span{End: 900}}}}
	err := e.Write(t.Context(), search.Batch{
		Put:    []search.Record{{Document: gongwen.Document{ID: "good1", Text: "鼎新"}}, {Document: bad}, {Document: gongwen.Document{ID: "good2", Text: "鼎新"}}},
		Delete: []string{docs[0].ID},
	})
	var rejected *search.RejectedError
	if !errors.As(err, &rejected) || len(rejected.Reasons) != 1 || rejected.Reasons["bad"] == "" {
		t.Errorf("got %v, want a rejection of the impossible document alone", err)
	}
	if r := ask(t, e, `"鼎新"`); r.Total != 2 {
		t.Errorf("%d documents of the batch are there, want 2", r.Total)
	}
	if _, err := e.Read(t.Context(), docs[0].ID, nil); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("a document that the batch deletes: %v", err)
	}
}

// facts: what was found in documents comes with them, and goes with them.
func facts(t *testing.T, e search.Engine, _ generator, docs []gongwen.Document) {
	with := docs[0]
	_, size := utf8.DecodeRuneInString(with.Text)
	whole := gongwen.Span{Start: 0, End: size}
	with.Figures = []gongwen.Figure{{Text: whole.Cut(with.Text), Span: whole, Value: "1200000000000.05", Unit: "元", Rule: "rule"}}
	with.Commitments = []gongwen.Commitment{{ID: "c1", Text: whole.Cut(with.Text), Span: whole, Target: 2020}}
	read := func() []gongwen.Document {
		var all []gongwen.Document
		err := e.Facts(t.Context(), func(d *gongwen.Document) error {
			all = append(all, *d)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if all := read(); len(all) != 0 {
		t.Errorf("%d documents without facts", len(all))
	}
	put(t, e, with)
	want := with
	want.Text, want.Sections, want.Copies = "", nil, nil
	if diff := cmp.Diff([]gongwen.Document{want}, read(), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if reading, err := e.Read(t.Context(), with.ID, nil); err != nil || len(reading.Document.Figures) != 1 || len(reading.Document.Commitments) != 1 {
		t.Errorf("the document itself: %+v, %v", reading, err)
	}
	put(t, e, docs[0])
	if all := read(); len(all) != 0 {
		t.Errorf("%d documents hold facts that are gone", len(all))
	}
}

// changes: a document is found by what it says now, and by nothing once it is deleted.
func changes(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	for range g.rounds(20) {
		i := g.IntN(len(docs))
		docs[i] = g.document(docs[i].ID)
		put(t, e, docs[i])
	}
	for range g.rounds(20) {
		i := g.IntN(len(docs))
		if err := e.Write(t.Context(), search.Batch{Delete: []string{docs[i].ID}}); err != nil {
			t.Fatal(err)
		}
		if _, err := e.Read(t.Context(), docs[i].ID, nil); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("a deleted document is read: %v", err)
		}
		docs = slices.Delete(docs, i, i+1)
	}
	recall(t, e, g, docs)
	known, err := e.Known(t.Context())
	if err != nil || len(known) != len(docs) {
		t.Errorf("known %d, %v, want %d", len(known), err, len(docs))
	}
	status, err := e.Status(t.Context())
	if err != nil || status.Documents != len(docs) || status.Updated.IsZero() {
		t.Errorf("status %+v, %v, want %d documents", status, err, len(docs))
	}
}

// snapshot: a walk sees the state of its first page, whatever is written meanwhile; a foreign cursor has expired.
func snapshot(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	first := ask(t, e, "", func(r *search.Request) { r.Size = 10 })
	seen := len(first.Hits)
	for cursor := first.Next; cursor != ""; {
		put(t, e, g.document(fmt.Sprintf("new%d", seen)))
		if err := e.Write(t.Context(), search.Batch{Delete: []string{docs[seen].ID}}); err != nil {
			t.Fatal(err)
		}
		page := ask(t, e, "", func(r *search.Request) { r.Size, r.Cursor = 10, cursor })
		if page.Total != first.Total {
			t.Fatalf("total %d, the first page said %d", page.Total, first.Total)
		}
		seen += len(page.Hits)
		cursor = page.Next
	}
	if seen != first.Total {
		t.Errorf("walked %d of %d", seen, first.Total)
	}
	other := search.Position{Snapshot: "elsewhere", Request: search.Request{Size: 10, Match: search.MatchMost, Sort: search.SortRelevance, Unit: search.UnitDocument}.Hash()}
	if _, err := e.Search(t.Context(), search.Request{Size: 10, Cursor: other.String()}); !errors.Is(err, search.ErrCursorExpired) {
		t.Errorf("a cursor of another process: %v, want ErrCursorExpired", err)
	}
}

// concurrent: many readers and a writer get along; run it under the race detector.
func concurrent(t *testing.T, e search.Engine, like generator, docs []gongwen.Document) {
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Go(func() {
			g := newGenerator(uint64(worker))
			g.lacks = like.lacks
			for range max(3, like.rounds(10)) {
				q, _, err := search.Parse(g.query())
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := e.Search(t.Context(), search.Request{Query: q}); err != nil {
					t.Error(err)
				}
				if _, err := e.Read(t.Context(), docs[g.IntN(len(docs))].ID, q); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Go(func() {
		g := newGenerator(99)
		for i := range 20 {
			if err := e.Write(t.Context(), search.Batch{Put: []search.Record{{Document: g.document(fmt.Sprintf("w%d", i))}}}); err != nil {
				t.Error(err)
			}
		}
	})
	wait.Wait()
}
