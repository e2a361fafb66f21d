package main

import (
	"math"
	"testing"

	"gongwen/analyzers"
	"gongwen/search/memory"
)

func TestMeasure(t *testing.T) {
	wanted := map[string]bool{"a": true, "b": true}
	for _, c := range []struct {
		ids  []string
		want figures
	}{
		{nil, figures{}},
		{[]string{"a", "b"}, figures{1, 1, 1, 1}},
		{[]string{"x", "a"}, figures{(1 / math.Log2(3)) / (1 + 1/math.Log2(3)), 0.5, 0.5, 0.5}},
		{[]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "b"}, figures{0, 0, 0, 0.5}},
	} {
		if got := measure(c.ids, wanted); got != c.want {
			t.Errorf("%v: %v, want %v", c.ids, got, c.want)
		}
	}
}

// TestKnownItems holds the list to its shape: enough queries, none twice.
func TestKnownItems(t *testing.T) {
	items, err := readItems(knownItems)
	if err != nil {
		t.Fatal(err)
	}
	if len(items) < 120 {
		t.Errorf("%d known items, want 120 at least", len(items))
	}
	seen := map[string]bool{}
	for _, it := range items {
		if seen[it.query] {
			t.Errorf("%s stands twice", it.query)
		}
		seen[it.query] = true
	}
}

// TestKnownSamples looks for the known items that are samples of the project among the samples alone.
func TestKnownSamples(t *testing.T) {
	items, err := readItems(knownItems)
	if err != nil {
		t.Fatal(err)
	}
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	batch, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	engine := memory.New(words)
	if err := engine.Write(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, record := range batch.Put {
		ids[record.Document.ID] = true
	}
	var all []figures
	for i := range items {
		if !ids[items[i].wanted[0]] {
			continue
		}
		answer, err := ask(t.Context(), engine, items[i].query, 20)
		if err != nil {
			t.Fatal(err)
		}
		f := figures{}
		if rank := items[i].rank(answer); rank > 0 {
			f.MRR10 = 1 / float64(rank)
		}
		all = append(all, f)
	}
	if m := mean(all); m.MRR10 < 0.9 {
		t.Errorf("MRR of %d known samples is %.3f, want 0.9", len(all), m.MRR10)
	}
}
