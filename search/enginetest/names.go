package enginetest

import (
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/search"
)

// otherNames: other names are told, marked like the words that they stand for, and can be left aside; quotes, + and match=all
// look for none.
func otherNames(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	put(t, e,
		gongwen.Document{ID: "o1", Title: "道路交通安全法宣传", Text: "宣传道路交通安全法，即交通法规。"},
		gongwen.Document{ID: "o2", Title: "改革", Text: "学习道交法规定。"})
	r := ask(t, e, "道交法")
	if want := []search.Also{{Of: "道交法", Names: []string{"交通法", "道路交通安全法"}}}; len(r.Also) != 1 || r.Also[0].Of != want[0].Of ||
		!slices.Equal(r.Also[0].Names, want[0].Names) {
		t.Errorf("道交法: also %v, want %v", r.Also, want)
	}
	for _, hit := range r.Hits {
		q, _, err := search.Parse("道交法")
		if err != nil {
			t.Fatal(err)
		}
		reading, err := e.Read(t.Context(), hit.Document.ID, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(reading.Marks) != hit.Marks {
			t.Errorf("%s: %d marks in the hit, %d in the document", hit.Document.ID, hit.Marks, len(reading.Marks))
		}
		if hit.Document.ID != "o1" {
			continue
		}
		var marked []string
		for _, part := range slices.Concat(hit.Title, hit.Sections[0].Fragments[0].Parts) {
			if part.Match {
				marked = append(marked, part.Text)
			}
		}
		if got := strings.Join(marked, " "); got != "道路交通安全法 道路交通安全法 交通法" || hit.Marks != 2 {
			t.Errorf("o1: %s are marked, %d places", got, hit.Marks)
		}
	}
	plain := func(r *search.Request) { r.NoAliases = true }
	for _, change := range []func(*search.Request){plain, func(r *search.Request) { r.Match = search.MatchAll }} {
		r := ask(t, e, "道交法", change)
		if r.All != 1 || r.Hits[0].Document.ID != "o2" || len(r.Also) > 0 || r.Hits[0].Marks != 1 {
			t.Errorf("道交法 by itself: %d hits, also %v", r.Total, r.Also)
		}
	}
	for _, strict := range []string{`"道交法"`, "+道交法", `道交法 "规定"`} {
		if r := ask(t, e, strict); len(r.Also) > 0 || r.Total != 1 {
			t.Errorf("%s: %d hits, also %v", strict, r.Total, r.Also)
		}
	}
	for _, sort := range []search.Sort{search.SortNewest, search.SortOldest} {
		with := walkAll(t, e, "道交法", 1, func(r *search.Request) { r.Sort = sort })
		if len(with) != 2 {
			t.Errorf("%s: %v", sort, with)
		}
	}
}
