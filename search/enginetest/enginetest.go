// Package enginetest is the conformance suite: the laws of a query that every engine must keep, on generated documents
// and queries. The truth is told by strings.Contains and by comparing answers with each other, not by an engine's code.
package enginetest

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
)

// recall: every quoted run is found wherever it stands, nothing else is, and exactly it is marked.
func recall(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	for range g.rounds(300) {
		run := g.run(docs[g.IntN(len(docs))])
		query := search.Run{Text: run}.String()
		equal(t, query, ids(t, e, query), where(docs, func(d gongwen.Document) bool {
			return strings.Contains(d.Text, run) || strings.Contains(d.Title, run)
		}))
		q, _, _ := search.Parse(query)
		d := docs[slices.IndexFunc(docs, func(d gongwen.Document) bool { return strings.Contains(d.Text, run) })]
		reading, err := e.Read(t.Context(), d.ID, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(reading.Marks) != strings.Count(d.Text, run) {
			t.Errorf("%s: %d marks, the run stands %d times", query, len(reading.Marks), strings.Count(d.Text, run))
		}
		for _, mark := range reading.Marks {
			if mark.Cut(d.Text) != run {
				t.Errorf("%s marks %q", query, mark.Cut(d.Text))
			}
		}
	}
}

// algebra: operators are operations on sets.
func algebra(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	all := where(docs, func(gongwen.Document) bool { return true })
	equal(t, "everything", ids(t, e, ""), all)
	for range g.rounds(60) {
		a, b, c := quoted(g), quoted(g), quoted(g)
		inA, inB, inC := ids(t, e, a), ids(t, e, b), ids(t, e, c)
		equal(t, a+" "+b, ids(t, e, a+" "+b), intersect(inA, inB))
		equal(t, a+" OR "+b, ids(t, e, a+" OR "+b), unite(inA, inB))
		equal(t, "-"+a, ids(t, e, "-"+a), subtract(all, inA))
		equal(t, a+" -"+b, ids(t, e, a+" -"+b), subtract(inA, inB))
		equal(t, a+" ("+b+" OR "+c+")", ids(t, e, a+" ("+b+" OR "+c+")"), intersect(inA, unite(inB, inC)))
		equal(t, a+" "+b+" OR "+c, ids(t, e, a+" "+b+" OR "+c), unite(intersect(inA, inB), inC))
		equal(t, "-("+a+" "+b+")", ids(t, e, "-("+a+" "+b+")"), subtract(all, intersect(inA, inB)))
	}
}

func quoted(g generator) string { return search.Run{Text: g.pick(vocabulary)}.String() }

func intersect(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(id string) bool { return !slices.Contains(b, id) })
}

func subtract(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(id string) bool { return slices.Contains(b, id) })
}

func unite(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// facets: a value's count is the total one gets on choosing it alone in its facet, and single-valued facets sum to the
// total; for every kind of query, filter and unit.
func facets(t *testing.T, e search.Engine, g generator, _ []gongwen.Document) {
	for range g.rounds(25) {
		query, filters := g.query(), g.filters()
		for _, unit := range []search.Unit{search.UnitDocument, search.UnitSection} {
			by := func(filters []string) func(*search.Request) {
				return func(r *search.Request) {
					r.Unit = unit
					for _, f := range filters {
						field, value, _ := strings.Cut(f, ":")
						c, err := search.ParseCondition(search.Field(field), strings.Trim(value, `"`))
						if err != nil {
							t.Fatal(err)
						}
						r.Filters = append(r.Filters, c)
					}
				}
			}
			result := ask(t, e, query, by(filters))
			counted := ask(t, e, query, by(filters), func(r *search.Request) { r.Size, r.OnlyCount = -1, true })
			if counted.Total != result.Total || counted.All != result.All || counted.Sections != result.Sections || counted.Together != result.Together {
				t.Errorf("%q %v %s: %d hits, counted alone %d", query, filters, unit, result.Total, counted.Total)
			}
			for field, values := range result.Facets {
				others := slices.DeleteFunc(slices.Clone(filters), func(f string) bool { return strings.HasPrefix(f, string(field)+":") })
				if strings.Contains(query, string(field)+":") {
					continue // the query's own condition would be joined to the chosen value
				}
				sum := 0
				for _, v := range values {
					sum += v.Count
					chosen := ask(t, e, query, by(append(slices.Clone(others), string(field)+":"+v.Value)), func(r *search.Request) { r.Size = -1 })
					if chosen.Total != v.Count {
						t.Errorf("%q %v %s: facet %s says %d for %s, choosing it finds %d", query, filters, unit, field, v.Count, v.Value, chosen.Total)
					}
				}
				single := field != search.FieldRegion && (unit == search.UnitSection || field != search.FieldTopic && field != search.FieldRole)
				if single && len(others) == len(filters) && sum != result.Total {
					t.Errorf("%q %v %s: facet %s sums to %d, total is %d", query, filters, unit, field, sum, result.Total)
				}
			}
			if result.Relaxed && result.All >= search.RelaxBelow {
				t.Errorf("%q is relaxed though %d hold all", query, result.All)
			}
		}
	}
}

// walk: pages of any size list the same hits in the same order, each once.
func walk(t *testing.T, e search.Engine, g generator, _ []gongwen.Document) {
	for range g.rounds(20) {
		query := g.query()
		for _, sort := range []search.Sort{search.SortRelevance, search.SortNewest, search.SortOldest} {
			by := func(r *search.Request) { r.Sort = sort }
			whole := walkAll(t, e, query, search.MaxSize, by)
			equal(t, query, walkAll(t, e, query, 7, by), whole)
			sorted := slices.Sorted(slices.Values(whole))
			if len(slices.Compact(sorted)) != len(whole) {
				t.Errorf("%q lists a document twice", query)
			}
		}
	}
}

// sections: with unit section a hit is a section whose text or heading path holds every word.
func sections(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	for range g.rounds(40) {
		a, b := g.pick(vocabulary), g.pick(vocabulary)
		query := search.Run{Text: a}.String() + " " + search.Run{Text: b}.String()
		var want []string
		for _, d := range docs {
			gongwen.Walk(d.Sections, func(s *gongwen.Section, above []*gongwen.Section) {
				text := s.Name()
				for _, over := range above {
					text += "\n" + over.Name()
				}
				for _, own := range s.Own() {
					text += "\n" + own.Cut(d.Text)
				}
				if strings.Contains(text, a) && strings.Contains(text, b) {
					want = append(want, d.ID+"#"+s.ID)
				}
			})
		}
		unit := func(r *search.Request) { r.Unit = search.UnitSection }
		result := ask(t, e, query, unit)
		var got []string
		for cursor := ""; ; {
			page := ask(t, e, query, unit, func(r *search.Request) { r.Cursor = cursor })
			for _, hit := range page.Hits {
				got = append(got, sectionKey(hit))
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		equal(t, query, got, want)
		if result.Total != len(want) || result.Sections != len(want) {
			t.Errorf("%s: total %d, sections %d, want %d", query, result.Total, result.Sections, len(want))
		}
	}
}

// together: the answer counts the documents with all words in one section, and the sections.
func together(t *testing.T, e search.Engine, g generator, _ []gongwen.Document) {
	for range g.rounds(30) {
		query := quoted(g) + " " + quoted(g)
		bySection := map[string]bool{}
		unit := func(r *search.Request) { r.Unit = search.UnitSection }
		total := 0
		for cursor := ""; ; {
			page := ask(t, e, query, unit, func(r *search.Request) { r.Cursor = cursor })
			for _, hit := range page.Hits {
				bySection[hit.Document.ID] = true
				total++
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if r := ask(t, e, query); r.Together != len(bySection) || r.Sections != total {
			t.Errorf("%s: together %d, sections %d, want %d, %d", query, r.Together, r.Sections, len(bySection), total)
		}
	}
}

// order: dates sort both ways with the unknown last, ties by ID; hits with every word come before the others.
func order(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	dated := map[string]gongwen.Date{}
	for _, d := range docs {
		dated[d.ID] = d.Dated()
	}
	for _, sort := range []search.Sort{search.SortNewest, search.SortOldest} {
		want := slices.Sorted(maps.Keys(dated))
		slices.SortStableFunc(want, func(a, b string) int {
			x, y := dated[a], dated[b]
			switch {
			case x == y:
				return 0
			case x == "" || y != "" && (x < y) == (sort == search.SortNewest):
				return 1
			}
			return -1
		})
		equal(t, string(sort), walkAll(t, e, "", 50, func(r *search.Request) { r.Sort = sort }), want)
	}
	for range g.rounds(20) {
		full := true
		for _, hit := range ask(t, e, g.query()).Hits {
			if !full && len(hit.Missing) == 0 {
				t.Errorf("%s with every word comes after one that lacks some", hit.Document.ID)
			}
			full = len(hit.Missing) == 0
		}
	}
}

// relaxed: too few hits with every word bring those that hold enough, and the answer says so; quotes, + and match=all
// switch it off.
func relaxed(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	put(t, e, gongwen.Document{ID: "x1", Title: "甲", Text: "海绵城市试点与垃圾分类"}, gongwen.Document{ID: "x2", Title: "乙", Text: "海绵城市试点"})
	r := ask(t, e, "海绵城市 试点 垃圾分类")
	if r.Total != 2 || r.All != 1 || !r.Relaxed || r.Hits[0].Document.ID != "x1" {
		t.Errorf("total %d, all %d, relaxed %v: want 2, 1, true and x1 first", r.Total, r.All, r.Relaxed)
	}
	if len(r.LeftOut) == 0 || len(r.Hits[1].Missing) == 0 {
		t.Errorf("left out %v, missing %v: want the words that x2 lacks", r.LeftOut, r.Hits[1].Missing)
	}
	for _, strict := range []string{`海绵城市 试点 "垃圾分类"`, "海绵城市 试点 +垃圾分类"} {
		if r := ask(t, e, strict); r.Total != 1 || r.Relaxed {
			t.Errorf("%s: total %d, relaxed %v, want 1, false", strict, r.Total, r.Relaxed)
		}
	}
	if r := ask(t, e, "海绵城市 试点 垃圾分类", func(r *search.Request) { r.Match = search.MatchAll }); r.Total != 1 {
		t.Errorf("match=all finds %d, want 1", r.Total)
	}
}

// numbers: an unquoted number or Latin word ends where its digits or letters end; a quoted one may stand inside.
func numbers(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	put(t, e, gongwen.Document{ID: "n1", Text: "甲办发〔2017〕1147号，3018年，xwtoy，1981件"}, gongwen.Document{ID: "n2", Text: "乙办发〔2017〕1047号"})
	for query, want := range map[string]bool{
		"147号": false, "47号": false, "18年": false, "wto": false, "81件": false, `"147号"`: true, `"18年"`: true, `"wto"`: true,
		"1147号": true, "3018年": true, "xwtoy": true, "甲办发[2017]1147号": true, "甲办发〔2017〕147号": false,
	} {
		if got := slices.Contains(ids(t, e, query), "n1"); got != want {
			t.Errorf("%s finds n1: %v, want %v", query, got, want)
		}
	}
}

// parts: a dictionary word of five or more characters is also found by its parts within one sentence.
func parts(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	put(t, e, gongwen.Document{ID: "p1", Text: "推行双随机、一公开监管。"}, gongwen.Document{ID: "p2", Text: "涉企行政执法检查计划"})
	if !slices.Contains(ids(t, e, "双随机一公开"), "p1") {
		t.Error("双随机一公开 does not find 双随机、一公开")
	}
	if !slices.Contains(ids(t, e, "涉企检查"), "p2") {
		t.Error("涉企检查 does not find 涉企行政执法检查计划")
	}
	if slices.Contains(ids(t, e, `"涉企检查"`), "p2") {
		t.Error("a quoted 涉企检查 finds 涉企行政执法检查计划")
	}
}

// folding: texts are found however they are typed, and the marks are bytes of the original.
func folding(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	text := "落實權責清單，１２月４日，依　法 行政，國辦發（２０１８）１１８号，推進「放管服」改革\n第二行"
	put(t, e, gongwen.Document{ID: "f1", Text: text})
	for _, query := range []string{
		"权责清单", "權責清單", "12月4日", `"１２月４日"`, `"依法行政"`, "国办发[2018]118号", `"推进“放管服”改革"`, `"依 法　行政"`,
	} {
		q, _, err := search.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(ids(t, e, query), "f1") {
			t.Errorf("%s does not find f1", query)
			continue
		}
		reading, err := e.Read(t.Context(), "f1", q)
		if err != nil {
			t.Fatal(err)
		}
		want := analyzers.FoldQuery(strings.Trim(query, `"`))
		if !slices.ContainsFunc(reading.Marks, func(m gongwen.Span) bool { return analyzers.FoldQuery(m.Cut(text)) == want }) {
			t.Errorf("%s marks none of its places: %v", query, reading.Marks)
		}
	}
	if slices.Contains(ids(t, e, `"改革第二行"`), "f1") {
		t.Error("a run is found across a line break")
	}
}

// zero: an answer without hits says what each part finds by itself.
func zero(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	for query, want := range map[string][]string{
		`"涉企检查检查涉企"`:         {"涉企", "检查"},
		"法律顾问 year:1950":     {"法律顾问", "year:1950"},
		"法律顾问 -法律顾问":         {"法律顾问"},
		`"法律顾问" "没有这样的一句话呀"`: {`"法律顾问"`},
	} {
		nothing(t, e, query, want)
	}
}

// wider: so does one to connectors and wildcards, by steps.
func wider(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	for query, want := range map[string][]string{
		`法律顾问 /1 没有这样的 依法`: {"法律顾问", "没有这样的", "法律顾问 没有这样的", "法律顾问 /p 没有这样的", "依法"},
		`法律*没有这样的`:         {`"法律"`, `"没有这样的"`},
	} {
		nothing(t, e, query, want)
	}
}

// nothing asks what finds nothing, and wants parts of it to be counted.
func nothing(t *testing.T, e search.Engine, query string, want []string) {
	t.Helper()
	r := ask(t, e, query)
	if r.Total != 0 {
		t.Fatalf("%s finds %d", query, r.Total)
	}
	for _, part := range want {
		i := slices.IndexFunc(r.Why, func(f search.Found) bool { return f.Part == part })
		if i < 0 {
			t.Errorf("%s: why %v lacks %s", query, r.Why, part)
			continue
		}
		if alone := ask(t, e, part, func(r *search.Request) { r.Match = search.MatchAll }); alone.Total != r.Why[i].Total {
			t.Errorf("%s: why says %d for %s, which finds %d", query, r.Why[i].Total, part, alone.Total)
		}
	}
}

// faults: impossible requests are refused by a *QueryError that names the parameter.
func faults(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	first := ask(t, e, "", func(r *search.Request) { r.Size = 5 })
	for param, request := range map[string]search.Request{
		"size":   {Size: search.MaxSize + 1},
		"sort":   {Sort: "best"},
		"unit":   {Unit: "page"},
		"match":  {Match: "some"},
		"cursor": {Cursor: "x"},
	} {
		var fault *search.QueryError
		if _, err := e.Search(t.Context(), request); !errors.As(err, &fault) || fault.Param != param {
			t.Errorf("%s: %v", param, err)
		}
	}
	var fault *search.QueryError
	if _, err := e.Search(t.Context(), search.Request{Query: search.Run{Text: "法"}, Cursor: first.Next}); !errors.As(err, &fault) {
		t.Errorf("a cursor of another request: %v", err)
	}
	if _, err := e.Read(t.Context(), "nobody", nil); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("an unknown document: %v", err)
	}
}

// pages: the page that a passage names is the one whose span holds the passage's first mark.
func pages(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	paged, several := 0, 0
	for range g.rounds(60) {
		query := g.query()
		for _, hit := range ask(t, e, query, func(r *search.Request) { r.Size = 20 }).Hits {
			d := docs[slices.IndexFunc(docs, func(d gongwen.Document) bool { return d.ID == hit.Document.ID })]
			parsed, _, _ := search.Parse(query)
			reading, err := e.Read(t.Context(), d.ID, parsed)
			if err != nil {
				t.Fatal(err)
			}
			for _, section := range hit.Sections {
				for _, f := range section.Fragments {
					at := f.Span.Start
					if f.Mark > 0 {
						at = reading.Marks[f.Mark-1].Start
					}
					want := 0
					for _, start := range d.Pages {
						if start <= at {
							want++
						}
					}
					if f.Page != want {
						t.Errorf("%s: a passage at byte %d of %s is said to stand on page %d, want %d", query, at, d.ID, f.Page, want)
					}
					paged += min(want, 1)
					several += min(want, 2) / 2
				}
			}
		}
	}
	if paged == 0 || several == 0 {
		t.Errorf("%d passages on pages, %d not on the first: nothing was tried", paged, several)
	}
}

// copies: equal documents stay documents of their own and name each other.
func copies(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	long := strings.Repeat("年度报告正文。", 30)
	put(t, e, gongwen.Document{ID: "c1", Title: "甲", Text: long}, gongwen.Document{ID: "c2", Title: "乙", Text: long},
		gongwen.Document{ID: "c3", Title: "丙", Text: "本办法自公布之日起施行。"}, gongwen.Document{ID: "c4", Title: "丁", Text: "本办法自公布之日起施行。"})
	for id, want := range map[string][]string{"c1": {"c2"}, "c2": {"c1"}, "c3": nil} {
		reading, err := e.Read(t.Context(), id, nil)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "copies of "+id, reading.Document.Copies, want)
	}
}
