package enginetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/search"
)

// The laws of documents that are the same, or nearly so.

// paragraphs makes a text of numbered paragraphs, most of them told apart by their number alone, so that nothing else is like it.
func paragraphs(name string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("第%d条 %[2]s第%[3]d项事务由%[2]s机关依照%[2]s规定%[3]d办理%[2]s手续，期限%[1]d日。", i+1, name, i*i+7)
	}
	return all
}

func backwards(text string) string {
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes)
}

func unnamed(d gongwen.Document, path string) search.Record {
	return search.Record{Document: d, Origin: search.Origin{Path: path, Unnamed: true}}
}

func write(t *testing.T, e search.Writer, batch search.Batch) {
	t.Helper()
	if err := e.Write(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, e search.Searcher, id string) *gongwen.Document {
	t.Helper()
	reading, err := e.Read(t.Context(), id, nil)
	if err != nil {
		t.Fatalf("read %s: %v", id, err)
	}
	return reading.Document
}

func addressIDs(d *gongwen.Document) []string {
	var ids []string
	for _, a := range d.Addresses {
		ids = append(ids, a.ID)
	}
	slices.Sort(ids)
	return ids
}

// oneDocument: documents that brought no ID and hold the same are one, however they are typed and in whatever order they
// come, unless what is known of them contradicts; it is found once, under any of their IDs, and what becomes of one
// becomes of it.
func oneDocument(t *testing.T, e search.Engine, _ generator, docs []gongwen.Document) {
	lines := paragraphs("渔业", 12)
	text := strings.Join(lines, "\n")
	a := gongwen.Document{ID: "a", Title: "渔业办法", Text: text, Issuer: "甲市渔业局", URL: "https://a.example/1", Published: "2019-03-01"}
	b := gongwen.Document{ID: "b", Title: "渔业办法", Text: strings.Join(lines, " \n　　"), Source: "门户网站"}
	c := gongwen.Document{ID: "c", Title: "渔业办法_门户", Text: strings.ReplaceAll(text, "，", ","), Issuer: "甲市渔业局", Kind: "办法", Source: "门户网站", Region: "云川省"}
	other := gongwen.Document{ID: "d", Title: "渔业办法", Text: text}
	others := 0 // documents of these that are different by now
	is := func(what, main string, addresses, copies []string) {
		t.Helper()
		for _, id := range append([]string{main}, addresses...) {
			d := read(t, e, id)
			if d.ID != main {
				t.Errorf("%s: %s leads to %s, want %s", what, id, d.ID, main)
			}
			equal(t, what+": addresses of "+id, addressIDs(d), addresses)
			equal(t, what+": copies of "+id, d.Copies, copies)
		}
		found := append([]string{main}, copies...)
		slices.Sort(found)
		equal(t, what+": hits", ids(t, e, `"渔业第7项"`), found)
		result := ask(t, e, "")
		status, err := e.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if want := len(docs) + len(found) + others; result.Total != want || status.Documents != want {
			t.Errorf("%s: %d documents, the status says %d, want %d", what, result.Total, status.Documents, want)
		}
	}
	write(t, e, search.Batch{Put: []search.Record{unnamed(b, "/x/b.html")}})
	is("alone", "b", nil, nil)
	write(t, e, search.Batch{Put: []search.Record{unnamed(a, "/x/a.pdf")}})
	is("the better known one is the main one", "a", []string{"b"}, nil)
	write(t, e, search.Batch{Put: []search.Record{unnamed(c, "/x/c.docx"), {Document: other, Origin: search.Origin{Path: "/x/d.jsonl"}}}})
	is("one with an ID of its own stays", "c", []string{"a", "b"}, []string{"d"})
	equal(t, "copies of d", read(t, e, "d").Copies, []string{"c"})
	for _, address := range read(t, e, "c").Addresses {
		if want := map[string]gongwen.Address{
			"a": {ID: "a", File: "a.pdf", URL: "https://a.example/1", Published: "2019-03-01"},
			"b": {ID: "b", File: "b.html", Source: "门户网站"},
		}[address.ID]; address != want {
			t.Errorf("address %+v, want %+v", address, want)
		}
	}
	known, err := e.Known(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	exported := map[string]bool{}
	if err := e.Export(t.Context(), func(r search.Record) error {
		exported[r.Document.ID] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		if !exported[id] || known[id].Path == "" {
			t.Errorf("%s is not known any more, or not exported", id)
		}
	}
	write(t, e, search.Batch{Delete: []string{"c"}})
	is("the main one is deleted", "a", []string{"b"}, []string{"d"})
	changed := a
	changed.Text = strings.Replace(text, "渔业第7项", "渔业第5项", 1)
	write(t, e, search.Batch{Put: []search.Record{unnamed(changed, "/x/a.pdf")}, Delete: []string{"d"}})
	others = 1
	is("one has changed", "b", nil, nil)
	if d := read(t, e, "a"); d.ID != "a" || len(d.Addresses) != 0 {
		t.Errorf("the changed one is %s with %v", d.ID, d.Addresses)
	}
	b.Issuer, others = "乙市渔业局", 0
	write(t, e, search.Batch{Put: []search.Record{unnamed(a, "/x/a.pdf"), unnamed(b, "/x/b.html")}})
	is("they contradict", "a", nil, []string{"b"})
	equal(t, "copies of the other", read(t, e, "b").Copies, []string{"a"})
}

// versions: documents that are nearly the same name each other, with how alike they are; those of other bodies, other years of
// a report, and what is alike in phrases only do not.
func versions(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	text := func(name string, change func([]string) []string) string {
		return strings.Join(change(paragraphs(name, 30)), "\n")
	}
	same := func(lines []string) []string { return lines }
	amended := func(lines []string) []string {
		lines = slices.Delete(lines, 3, 6)
		lines[10] = "第十一条 另行规定，由县级以上主管部门会同有关单位提出方案。"
		return append(lines, "第三十一条 本办法由市主管机关负责解释。")
	}
	put(t, e,
		gongwen.Document{ID: "v1", Title: "渔业管理办法", Year: 2004, Published: "2004-05-01", Status: "已修改", Text: text("渔业", same)},
		gongwen.Document{ID: "v2", Title: "渔业管理办法（2018年修正）", Year: 2018, Published: "2018-05-01", Number: "甲政发〔2018〕3号", Text: text("渔业", amended)},
		gongwen.Document{ID: "other-body", Title: "渔业管理办法", Issuer: "乙市渔业局", Text: text("渔业", amended)},
		gongwen.Document{ID: "first-body", Title: "渔业管理办法", Issuer: "甲市渔业局", Text: text("渔业", func(l []string) []string { return l[2:] })},
		gongwen.Document{ID: "far", Title: "渔业管理办法", Text: backwards(text("渔业", same))},
		gongwen.Document{ID: "r1", Title: "甲市报告", Kind: "年度报告", Year: 2018, Text: text("牧业", same)},
		gongwen.Document{ID: "r2", Title: "甲市报告", Kind: "年度报告", Year: 2019, Text: text("牧业", amended)},
	)
	// A rule that was written anew is still the rule of its title.
	anew := append(paragraphs("水产", 24), paragraphs("渔业", 30)[:10]...)
	put(t, e, gongwen.Document{ID: "v3", Title: "水产养殖管理办法（试行）", Text: text("水产", same)},
		gongwen.Document{ID: "v4", Title: "水产养殖管理办法", Text: strings.Join(append(anew[:14:14], paragraphs("远洋", 30)...), "\n")})
	of := func(id string) []string {
		var names []string
		for _, v := range read(t, e, id).Versions {
			names = append(names, v.ID)
			if v.Likeness <= 0 || v.Likeness > 1 {
				t.Errorf("%s is %v like %s", v.ID, v.Likeness, id)
			}
		}
		return names
	}
	if v := read(t, e, "v1").Versions; len(v) == 0 || v[0].ID != "v2" || v[0].Number != "甲政发〔2018〕3号" || v[0].Dated != "2018-05-01" ||
		v[0].Title != "渔业管理办法（2018年修正）" || v[0].Likeness < 0.5 {
		t.Errorf("versions of v1: %+v", v)
	}
	if !slices.Contains(of("v2"), "v1") || slices.Contains(of("v2"), "v2") {
		t.Errorf("versions of v2: %v", of("v2"))
	}
	equal(t, "versions of v3", of("v3"), []string{"v4"})
	equal(t, "versions of v4", of("v4"), []string{"v3"})
	for _, id := range []string{"far", "r1", "r2"} {
		equal(t, "versions of "+id, of(id), nil)
	}
	for _, hit := range ask(t, e, `"项事务由"`).Hits {
		if n := len(of(hit.Document.ID)); hit.Versions != n || hit.Document.Versions != nil {
			t.Errorf("the hit %s says %d versions, there are %d", hit.Document.ID, hit.Versions, n)
		}
	}
	if related := search.AreVersions(&search.Kin{Issuer: "甲局"}, &search.Kin{Issuer: "乙局"}, 1); related {
		t.Error("documents of two bodies are versions")
	}
	write(t, e, search.Batch{Delete: []string{"v1", "first-body", "other-body"}})
	equal(t, "versions after deletion", of("v2"), nil)
}
