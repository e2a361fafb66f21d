package cluster

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gongwen"
	"gongwen/search"
	"gongwen/search/enginetest"
	"gongwen/search/memory"
)

// compare asks both engines the same and wants the same answer, to the last fragment.
func compare(t *testing.T, got, want search.Searcher, request search.Request) {
	t.Helper()
	g, err := got.Search(t.Context(), request)
	if err != nil {
		t.Fatalf("%v %s: %v", request.Query, request.Unit, err)
	}
	w, err := want.Search(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	g.Took, w.Took = 0, 0
	for i := range w.Hits {
		w.Hits[i].Versions = 0 // this engine does not look for them
	}
	if (g.Next == "") != (w.Next == "") {
		t.Errorf("next %q, want %q", g.Next, w.Next)
	}
	g.Next, w.Next = "", ""
	if diff := cmp.Diff(w, g, cmpopts.EquateApprox(1e-9, 0), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%v %v %s %s: -memory +cluster\n%s", request.Query, request.Filters, request.Unit, request.Sort, diff)
	}
}

// writeBoth gives both engines the same.
func writeBoth(t *testing.T, batch search.Batch, engines ...search.Writer) {
	t.Helper()
	for _, engine := range engines {
		if err := engine.Write(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSameAnswersAsTheOracle runs generated changes and queries on both engines. As long as an answer is one block, the
// order of its hits is the same, too.
func TestSameAnswersAsTheOracle(t *testing.T) {
	e, oracle := open(t, testOptions(t, addresses(t))), memory.New(testWords(t))
	w := enginetest.NewWorkload(11, lacking()...)
	for range 10 {
		writeBoth(t, w.Batch(), e, oracle)
		for range 10 {
			compare(t, e, oracle, w.Request(t))
		}
		known, err := e.Known(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want, err := oracle.Known(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, known); diff != "" {
			t.Fatal(diff)
		}
		for id := range want {
			got, err := e.Read(t.Context(), id, nil)
			if err != nil {
				t.Fatal(err)
			}
			original, err := oracle.Read(t.Context(), id, nil)
			if err != nil {
				t.Fatal(err)
			}
			original.Document.Versions = nil
			if diff := cmp.Diff(original, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatal(diff)
			}
			break // one a round, another each time
		}
	}
	var exported []string
	if err := e.Export(t.Context(), func(r search.Record) error { exported = append(exported, r.Document.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	known, _ := oracle.Known(t.Context())
	if !slices.IsSorted(exported) || len(exported) != len(known) {
		t.Errorf("exported %d documents of %d, sorted %v", len(exported), len(known), slices.IsSorted(exported))
	}
}

// TestWalkOverManyBlocks lists more than a block holds: totals, facets and the set of hits are the oracle's, each hit comes
// once, and by date the order is the oracle's as well.
func TestWalkOverManyBlocks(t *testing.T) {
	e, oracle := open(t, testOptions(t, addresses(t))), memory.New(testWords(t))
	w := enginetest.NewWorkload(5, lacking()...)
	var batch search.Batch
	for range 60 {
		batch.Put = append(batch.Put, w.Batch().Put...)
	}
	writeBoth(t, batch, e, oracle)
	walk := func(engine search.Searcher, request search.Request) (hits []string, first *search.Result) {
		for {
			r, err := engine.Search(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = r
			}
			for _, hit := range r.Hits {
				key := hit.Document.ID
				if request.Unit == search.UnitSection {
					key += "#" + hit.Sections[0].Section.ID
				}
				hits = append(hits, key)
			}
			if request.Cursor = r.Next; request.Cursor == "" {
				return hits, first
			}
		}
	}
	for _, query := range []string{"行政", "行政 复议 法律顾问 大连 诉讼 培训", `"的"`, "涉企检查 -5g"} {
		for _, unit := range []search.Unit{search.UnitDocument, search.UnitSection} {
			for _, sort := range []search.Sort{search.SortRelevance, search.SortOldest} {
				q, _, err := search.Parse(query)
				if err != nil {
					t.Fatal(err)
				}
				request := search.Request{Query: q, Unit: unit, Sort: sort, Size: 37, Facets: -1}
				got, first := walk(e, request)
				want, of := walk(oracle, request)
				if first.Total != of.Total || len(got) != first.Total {
					t.Errorf("%s %s %s: total %d, walked %d, want %d", query, unit, sort, first.Total, len(got), of.Total)
				}
				if diff := cmp.Diff(of.Facets, first.Facets); diff != "" {
					t.Errorf("%s %s: %s", query, unit, diff)
				}
				if sort == search.SortRelevance {
					slices.Sort(got)
					slices.Sort(want)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s %s %s: other hits than the oracle's", query, unit, sort)
				}
			}
		}
	}
}

// script is what invented texts are made of: whatever folding and cutting treat in a way of its own.
var script = []string{
	"行政", "复议", "法", "人", "人人", "一", "〇", "○", "①", "47", "147号", "2018年", "１２月", "3.5%", "1,234.5", "wto", "WTO", "xwto", "5G", "é", "ß", "Ａ",
	"。", "，", "、", "；", "：", "？", "！", "…", "—", "－", "“", "”", "「", "」", "（", "）", "〔", "〕", "《", "》", ".", ",", "!", "?", "*", "\\", "\"", "'", "/",
	" ", "　", "\t", "權責", "臺灣", "𠮷", "𡈽", "😀", "\uE000", "\uFDD0", "\uFDD1", "\uFDD2", "\uFDD3", "é", "ﬁ", "㎡", "№", "·", "・",
}

func invented(random *rand.Rand) string {
	var b strings.Builder
	for range 1 + random.IntN(6) {
		for range random.IntN(25) {
			b.WriteString(script[random.IntN(len(script))])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// bare is what two writings of one run share, told without the code that is tested: no white space, lower case.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// TestRecall is the law of recall: every run of 1 to 40 characters that occurs in a text, drawn as it is written there, is
// found by its quoted query, and in the same documents as the oracle finds it in.
func TestRecall(t *testing.T) {
	e, oracle := open(t, testOptions(t, addresses(t))), memory.New(testWords(t))
	random := rand.New(rand.NewPCG(2018, 47))
	var batch search.Batch
	for i := range 150 {
		batch.Put = append(batch.Put, search.Record{Document: gongwen.Document{
			ID: fmt.Sprint("r", i), Title: strings.ReplaceAll(invented(random), "\n", ""), Text: invented(random),
		}})
	}
	writeBoth(t, batch, e, oracle)
	for n := 0; n < 500; {
		d := &batch.Put[random.IntN(len(batch.Put))].Document
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
		got, want := idsOf(t, e, run), idsOf(t, oracle, run)
		if !slices.Equal(got, want) {
			t.Errorf("%q: found in %v, want %v", run, got, want)
		}
		if !slices.Contains(got, d.ID) {
			t.Errorf("%q of %s is not found", run, d.ID)
		}
	}
}

func idsOf(t *testing.T, e search.Searcher, run string) []string {
	t.Helper()
	var ids []string
	request := search.Request{Query: search.Run{Text: run}, Size: search.MaxSize, Sort: search.SortNewest}
	for {
		r, err := e.Search(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range r.Hits {
			ids = append(ids, hit.Document.ID)
		}
		if request.Cursor = r.Next; request.Cursor == "" {
			return ids
		}
	}
}

// TestRebuild fills a collection beside the one that serves: who searches sees the one or the other, whole.
func TestRebuild(t *testing.T) {
	o := testOptions(t, addresses(t))
	e := open(t, o)
	document := func(id, text string) search.Batch {
		return search.Batch{Put: []search.Record{{Document: gongwen.Document{ID: id, Text: text}}}}
	}
	writeBoth(t, document("old", "鼎新"), e)
	holds := func(want string) {
		t.Helper()
		if got := idsOf(t, e, "鼎新"); !slices.Equal(got, []string{want}) {
			t.Errorf("the collection holds %v, want %s", got, want)
		}
	}
	err := e.Rebuild(t.Context(), func(next search.Engine) error {
		if err := next.Write(t.Context(), document("new", "鼎新")); err != nil {
			return err
		}
		holds("old")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	holds("new")
	failed := errors.New("no disk")
	if err := e.Rebuild(t.Context(), func(search.Engine) error { return failed }); err == nil {
		t.Error("a rebuild that fails reports nothing")
	}
	holds("new")
	var indexes []struct {
		Index string `json:"index"`
	}
	err = e.client.do(t.Context(), "GET", "/_cat/indices/"+o.Index+"-*?format=json", nil, &indexes)
	if err != nil || len(indexes) != 1 {
		t.Errorf("%v, %v: want one index", indexes, err)
	}
}

// TestFacetOfManyValues counts a facet with more values than one answer of the cluster holds.
func TestFacetOfManyValues(t *testing.T) {
	e, oracle := open(t, testOptions(t, addresses(t))), memory.New(testWords(t))
	var batch search.Batch
	for i := range facetValues + 300 {
		d := gongwen.Document{ID: fmt.Sprint("m", i), Text: "鼎新"}
		if i%7 > 0 {
			d.Issuer = fmt.Sprintf("第%d局", i-i%2)
		}
		batch.Put = append(batch.Put, search.Record{Document: d})
	}
	writeBoth(t, batch, e, oracle)
	for _, unit := range []search.Unit{search.UnitDocument, search.UnitSection} {
		compare(t, e, oracle, search.Request{Query: search.Run{Text: "鼎"}, Unit: unit, Sort: search.SortNewest, Facets: -1})
	}
}

// TestOddQueries asks what generated queries seldom do: conditions inside OR, NOT alone, words that are none.
func TestOddQueries(t *testing.T) {
	e, oracle := open(t, testOptions(t, addresses(t))), memory.New(testWords(t))
	w := enginetest.NewWorkload(3, lacking()...)
	var batch search.Batch
	for range 12 {
		batch.Put = append(batch.Put, w.Batch().Put...)
	}
	writeBoth(t, batch, e, oracle)
	for _, query := range []string{
		"行政 OR year:2018", "， -行政", "-行政 -复议", `-(行政 OR year:2017)`, `(行政 OR -复议) 法律`, "（复议 OR role:plan） -诉讼", `"，"`, "。 (行政 OR kind:通知)",
		"行政 OR -复议 OR heading:法治", "行政执法三项制度 优化服务", "刑诉法", "甲政发〔2016〕47号", "number:47号", `title:工作报告 heading:"行政"`,
	} {
		q, _, err := search.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		for _, unit := range []search.Unit{search.UnitDocument, search.UnitSection} {
			compare(t, e, oracle, search.Request{Query: q, Unit: unit, Facets: -1, Size: 5})
			compare(t, e, oracle, search.Request{
				Query: q, Unit: unit, Facets: -1, Size: 5, Match: search.MatchAll,
				Filters: []search.Condition{{Field: search.FieldTopic, Value: "leadership"}},
			})
		}
	}
}

// TestLimits asks what is long and deep: an answer, or a fault that tells its author what to do, and never anything else.
func TestLimits(t *testing.T) {
	e, oracle := open(t, testOptions(t, addresses(t))), memory.New(testWords(t))
	long := strings.Repeat("依法行政推进法治政府建设", 200)
	writeBoth(t, search.Batch{Put: []search.Record{{Document: gongwen.Document{ID: "l1", Text: long}}}}, e, oracle)
	runes := []rune(long)
	deep := `"法"`
	for i := range search.MaxQueryDepth - 1 {
		deep = "(" + deep + []string{" 政)", " OR 府)"}[i%2]
	}
	queries := map[string]string{
		"a run of 500":   `"` + string(runes[:500]) + `"`,
		"a run of 1900":  `"` + string(runes[:1900]) + `"`,
		"1900 unquoted":  string(runes[:1900]),
		"150 words":      strings.TrimSpace(strings.Repeat("法治 政府 建设 推进 依法 ", 30)),
		"100 in OR":      strings.TrimSuffix(strings.Repeat(`"法治政府" OR `, 100), " OR "),
		"deep":           deep,
		"many NOT in OR": `-"法" OR -"治" OR -"政" OR -"府" OR -"建" OR -"设" OR -"推"`,
	}
	for name, query := range queries {
		q, _, err := search.Parse(query)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, unit := range []search.Unit{search.UnitDocument, search.UnitSection} {
			request := search.Request{Query: q, Unit: unit}
			start := time.Now()
			got, err := e.Search(t.Context(), request)
			t.Logf("%s, %s: %v", name, unit, time.Since(start).Round(time.Millisecond))
			var fault *search.QueryError
			if errors.As(err, &fault) && fault.Hint != "" {
				t.Logf("%s, %s: %s", name, unit, fault.Message)
				continue
			}
			if err != nil {
				t.Errorf("%s, %s: %v", name, unit, err)
				continue
			}
			want, err := oracle.Search(t.Context(), request)
			if err != nil || got.Total != want.Total {
				t.Errorf("%s, %s: %d hits, want %d, %v", name, unit, got.Total, want.Total, err)
			}
		}
	}
}

// later is a kind of query that this engine knows nothing of.
type later struct{ search.Query }

// TestUnknownQueriesAreRefused: no answer is better than a wrong one.
func TestUnknownQueriesAreRefused(t *testing.T) {
	run := search.Run{Text: "法"}
	for _, q := range []search.Query{later{run}, search.Not{Of: later{run}}, search.And{Of: []search.Query{run, later{run}}}} {
		var fault *search.QueryError
		if err := known(q); !errors.As(err, &fault) {
			t.Errorf("%v: %v, want a fault", q, err)
		}
	}
}
