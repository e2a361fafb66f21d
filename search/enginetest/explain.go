package enginetest

import (
	"math"
	"testing"

	"gongwen"
	"gongwen/search"
)

// explained: the parts of an explanation sum to the score of their hit, and what a part is made of to the part; nothing else
// of an answer changes by asking for it.
func explained(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	put(t, e,
		gongwen.Document{ID: "x1", Title: "道路交通安全法宣传", Text: "宣传道路交通安全法，即交通法规。"},
		gongwen.Document{ID: "x2", Title: "通知", Number: "安澜政发〔2019〕7号", Text: "学习道交法规定，见安澜政发〔2019〕7号。"})
	queries := []string{"道交法", "道交法 宣传", `"道路交通"`, "安澜政发〔2019〕7号", "年度:2018 行政执法", "行政执法 -复议", "(复议 OR 执法) 监督", "title:法 交通"}
	for range g.rounds(40) {
		queries = append(queries, g.run(docs[g.IntN(len(docs))])+" "+g.run(docs[g.IntN(len(docs))]))
	}
	for _, query := range queries {
		if _, _, err := search.Parse(query); err != nil {
			continue
		}
		for _, unit := range []search.Unit{search.UnitDocument, search.UnitSection} {
			change := func(r *search.Request) { r.Unit, r.Explain = unit, true }
			r := ask(t, e, query, change)
			plain := ask(t, e, query, func(r *search.Request) { r.Unit = unit })
			if plain.Total != r.Total || len(plain.Hits) != len(r.Hits) {
				t.Errorf("%s: %d hits, %d explained", query, plain.Total, r.Total)
			}
			for i, hit := range r.Hits {
				if plain.Hits[i].Document.ID != hit.Document.ID || plain.Hits[i].Explanation != nil {
					t.Errorf("%s: hit %d is another", query, i)
				}
				x := hit.Explanation
				if x == nil {
					if hit.Score != 0 {
						t.Errorf("%s: %s is not explained", query, hit.Document.ID)
					}
					continue
				}
				sum := 0.0
				for _, part := range x.Parts {
					sum += part.Value
					of := 0.0
					for _, term := range part.Of {
						of += term.Value
					}
					if len(part.Of) > 0 && !near(of, part.Value) {
						t.Errorf("%s: %s: %s is %v, its terms sum to %v", query, hit.Document.ID, part.Kind, part.Value, of)
					}
				}
				if !near(sum, hit.Score) {
					t.Errorf("%s, unit %s: %s scores %v, its parts sum to %v: %+v", query, unit, hit.Document.ID, hit.Score, sum, x.Parts)
				}
			}
		}
		if r := ask(t, e, query, func(r *search.Request) { r.Sort, r.Explain = search.SortNewest, true }); len(r.Hits) > 0 && r.Hits[0].Explanation != nil {
			t.Errorf("%s: explained in the order of dates", query)
		}
	}
}

// near allows for sums in another order.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*(1+math.Abs(a)+math.Abs(b)) }
