package enginetest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
)

// The laws of connectors, wildcards and boosts. The truth is told by looking at every pair of places in every line.

// han are the words of the vocabulary that neither digits nor letters end.
var han = slices.DeleteFunc(slices.Clone(vocabulary), func(word string) bool { return strings.ContainsAny(word, "0123456789abcdefghijklmnopqrstuvwxyz") })

// relation says whether two places, in characters, of a line stand as a connector asks.
type relation func(line []rune, a, b [2]int) bool

// relations are connectors, and what they mean.
func (g generator) relation() (connector string, holds relation) {
	n := 1 + g.IntN(15)
	apart := func(a, b [2]int) bool { return a[1] <= b[0] || b[1] <= a[0] }
	sentence := func(line []rune, a, b [2]int) bool {
		return apart(a, b) && !strings.ContainsAny(string(line[min(a[0], b[0]):max(a[1], b[1])-1]), "。！？")
	}
	near := func(_ []rune, a, b [2]int) bool { return apart(a, b) && max(a[0], b[0])-min(a[1], b[1]) <= n }
	paragraph := func(_ []rune, a, b [2]int) bool { return apart(a, b) }
	ordered := func(holds relation) relation {
		return func(line []rune, a, b [2]int) bool { return a[1] <= b[0] && holds(line, a, b) }
	}
	switch g.IntN(6) {
	case 0:
		return "/s", sentence
	case 1:
		return "/p", paragraph
	case 2:
		return ">s", ordered(sentence)
	case 3:
		return ">p", ordered(paragraph)
	case 4:
		return fmt.Sprintf(">%d", n), ordered(near)
	}
	return fmt.Sprintf("/%d", n), near
}

// joined returns the spans of the places of two words in a text that a connector joins, those that overlap as one.
func joined(text, a, b string, holds relation) []gongwen.Span {
	var spans []gongwen.Span
	start := 0
	for line := range strings.Lines(text) {
		runes := []rune(line)
		inA, inB := placesOf(runes, []rune(a)), placesOf(runes, []rune(b))
		add := func(at [2]int) {
			from := start + len(string(runes[:at[0]]))
			spans = append(spans, gongwen.Span{Start: from, End: from + len(string(runes[at[0]:at[1]]))})
		}
		for _, x := range inA {
			for _, y := range inB {
				if holds(runes, x, y) {
					add(x)
					add(y)
				}
			}
		}
		start += len(line)
	}
	return united(spans)
}

// united are spans in order, those that overlap as one.
func united(spans []gongwen.Span) []gongwen.Span {
	slices.SortFunc(spans, func(a, b gongwen.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var all []gongwen.Span
	for _, s := range spans {
		if n := len(all); n > 0 && s.Start < all[n-1].End {
			all[n-1].End = max(all[n-1].End, s.End)
			continue
		}
		all = append(all, s)
	}
	return all
}

func placesOf(line, word []rune) [][2]int {
	var places [][2]int
	for i := 0; i+len(word) <= len(line); i++ {
		if string(line[i:i+len(word)]) == string(word) {
			places = append(places, [2]int{i, i + len(word)})
		}
	}
	return places
}

// connectors: what is found and marked are the places that stand as near as is asked.
func connectors(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	found := 0
	for range 150 {
		a, b := g.pick(han), g.pick(han)
		connector, holds := g.relation()
		query := a + " " + connector + " " + b
		want := where(docs, func(d gongwen.Document) bool {
			return len(joined(d.Text, a, b, holds))+len(joined(d.Title, a, b, holds)) > 0
		})
		equal(t, query, ids(t, e, query), want)
		found += len(want)
		for _, id := range want[:min(3, len(want))] {
			d := docs[slices.IndexFunc(docs, func(d gongwen.Document) bool { return d.ID == id })]
			marksOf(t, e, d, query, joined(d.Text, a, b, holds))
		}
	}
	if found < 1000 {
		t.Errorf("%d hits in all: the documents hold too little", found)
	}
}

func marksOf(t *testing.T, e search.Engine, d gongwen.Document, query string, want []gongwen.Span) {
	t.Helper()
	q, _, err := search.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	reading, err := e.Read(t.Context(), d.ID, q)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(reading.Marks, want) {
		t.Errorf("%s marks %v of %s, want %v", query, reading.Marks, d.ID, want)
	}
}

// nearer: what is nearer together is found by whatever asks for less.
func nearer(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	inside := func(narrow, wide string) {
		t.Helper()
		if outside := subtract(ids(t, e, narrow), ids(t, e, wide)); len(outside) > 0 {
			t.Errorf("%s finds %v, %s does not", narrow, outside, wide)
		}
	}
	for range 40 {
		a, b, c := g.pick(vocabulary), quoted(g), g.pick(vocabulary)
		inside(a+" /p "+b, a+" "+b)
		inside(a+" /s "+b, a+" /p "+b)
		inside(a+" >s "+b, a+" /s "+b)
		inside(a+" >p "+b, a+" /p "+b)
		n := 1 + g.IntN(20)
		inside(fmt.Sprintf("%s /%d %s", a, n, b), fmt.Sprintf("%s /%d %s", a, n+1+g.IntN(5), b))
		inside(fmt.Sprintf("%s >%d %s", a, n, b), fmt.Sprintf("%s /%d %s", a, n, b))
		inside(fmt.Sprintf("%s /%d %s", a, n, b), a+" /p "+b)
		inside(a+" /s "+b+" /p "+c, a+" /s "+b)
		equal(t, a+" /s "+b, ids(t, e, a+" /s "+b), ids(t, e, b+" /s "+a))
		equal(t, a+" /s "+b+" or ordered", ids(t, e, a+" /s "+b), unite(ids(t, e, a+" >s "+b), ids(t, e, b+" >s "+a)))
		either := a + " /s (" + b + " OR " + c + ")"
		equal(t, either, ids(t, e, either), unite(ids(t, e, a+" /s "+b), ids(t, e, a+" /s "+c)))
		all := where(docs, func(gongwen.Document) bool { return true })
		equal(t, "-("+a+" /s "+b+")", ids(t, e, "-("+a+" /s "+b+")"), subtract(all, ids(t, e, a+" /s "+b)))
	}
}

// wildcards: * and ? stand for so many characters that part no clauses, in text and metadata.
func wildcards(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	gap := "[^" + regexp.QuoteMeta(search.WildBorders) + ` \n]`
	found := 0
	for range 150 {
		a, b := g.pick(han), g.pick(han)
		wild := g.pick([]string{"*", "?", "??", "*?"})
		least, most := strings.Count(wild, "?"), strings.Count(wild, "?")+search.MaxGap*strings.Count(wild, "*")
		pattern := regexp.MustCompile(fmt.Sprintf("%s%s{%d,%d}%s", a, gap, least, most, b))
		want := where(docs, func(d gongwen.Document) bool {
			return pattern.MatchString(analyzers.Fold(strings.Join([]string{d.Text, d.Title, d.Issuer, d.Source, d.Region, d.Number}, "\n")))
		})
		query := a + wild + b
		equal(t, query, ids(t, e, query), want)
		found += len(want)
	}
	if found < 400 {
		t.Errorf("%d hits in all: the documents hold too little", found)
	}
	put(t, e, gongwen.Document{ID: "w1", Text: "提起行政公益诉讼，行政处罚，民事诉讼。\n第一行政"}, gongwen.Document{ID: "w2", Text: "诉讼编号wtox，147号"})
	for query, want := range map[string][]string{
		`行政*诉讼 公益`: {"w1"}, "行政??诉讼": {"w1"}, "wto*": {"w2"}, "wto*号": nil, "14*号": {"w2"}, "4*号": nil, "*47号": {"w2"},
	} {
		got := slices.DeleteFunc(ids(t, e, query), func(id string) bool { return id != "w1" && id != "w2" })
		equal(t, query, got, want)
	}
	d := gongwen.Document{ID: "w1", Text: "提起行政公益诉讼，行政处罚，民事诉讼。\n第一行政"}
	at := strings.Index(d.Text, "行政公益诉讼")
	marksOf(t, e, d, "行政*诉讼", []gongwen.Span{{Start: at, End: at + len("行政公益诉讼")}})
}

// boosts: they change the order alone, and a condition that is boosted lifts what it accepts.
func boosts(t *testing.T, e search.Engine, g generator, _ []gongwen.Document) {
	for range g.rounds(20) {
		a, b := quoted(g), quoted(g)
		equal(t, a, ids(t, e, a+"^3 "+b), ids(t, e, a+" "+b))
		equal(t, a, ids(t, e, a+" year:2017^3 title:工作^2"), ids(t, e, a))
	}
	put(t, e,
		gongwen.Document{ID: "b1", Title: "甲", Text: "海绵城市，垃圾分类。", Year: 2018},
		gongwen.Document{ID: "b2", Title: "乙", Text: "海绵城市，海绵城市，垃圾分类。", Year: 2019})
	for query, want := range map[string]string{
		"“海绵城市”": "b2", "“海绵城市” year:2018^5": "b1", "“海绵城市” title:甲^5": "b1", "year:2018^5 title:甲^5 title:工作": "",
	} {
		if r := ask(t, e, query); want != "" && r.Hits[0].Document.ID != want {
			t.Errorf("%s: %s first, want %s", query, r.Hits[0].Document.ID, want)
		}
	}
	put(t, e,
		gongwen.Document{ID: "b3", Title: "丙", Text: "甲壳乙壳甲壳。"},
		gongwen.Document{ID: "b4", Title: "丁", Text: "甲壳乙壳乙壳。"})
	for query, want := range map[string]string{"“甲壳”^3 “乙壳”": "b3", "“甲壳” “乙壳”^3": "b4"} {
		if r := ask(t, e, query); r.Total != 2 || r.Hits[0].Document.ID != want {
			t.Errorf("%s: %s first of %d, want %s", query, r.Hits[0].Document.ID, r.Total, want)
		}
	}
}

// likes: what shares most of a document's words is like it, the document itself is not; an unknown one is a fault.
func likes(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	text := "海绵城市建设试点工作方案。推进雨水调蓄设施和排水管网改造，建设下沉式绿地。"
	put(t, e, gongwen.Document{ID: "l1", Title: "海绵城市方案", Text: text},
		gongwen.Document{ID: "l2", Title: "另一个方案", Text: "各区应当推进雨水调蓄设施和排水管网改造，海绵城市建设试点中建设下沉式绿地。"},
		gongwen.Document{ID: "l3", Title: "通知", Text: "海绵城市。"})
	equal(t, "like:l1", ids(t, e, "like:l1"), []string{"l2"})
	equal(t, "like:l1 方案", ids(t, e, "like:l1 +方案"), []string{"l2"})
	equal(t, "-like:l1", intersect(ids(t, e, "-like:l1"), []string{"l1", "l2", "l3"}), []string{"l1", "l3"})
	for range g.rounds(10) {
		d := docs[g.IntN(len(docs))]
		if found := ids(t, e, search.Like{ID: d.ID}.String()); slices.Contains(found, d.ID) {
			t.Errorf("%s is like itself", d.ID)
		}
	}
	var fault *search.QueryError
	if _, err := e.Search(t.Context(), search.Request{Query: search.Like{ID: "nobody"}}); !errors.As(err, &fault) || fault.Value != "nobody" {
		t.Errorf("like an unknown document: %v", err)
	}
}

// citations: a search for what refers to a title or number finds exactly that, through changes.
func citations(t *testing.T, e search.Engine, g generator, docs []gongwen.Document) {
	for round := range 2 {
		for query, cited := range map[string]func(c gongwen.Citation) bool{
			"cites:《法治条例》":         func(c gongwen.Citation) bool { return strings.Contains(c.Title, "法治条例") },
			"cites:条例":             func(c gongwen.Citation) bool { return strings.Contains(c.Title, "条例") },
			"引用:甲政发〔2016〕47号":      func(c gongwen.Citation) bool { return c.Number == "甲政发〔2016〕47号" },
			"cites:甲政发〔2016〕1047号": func(gongwen.Citation) bool { return false },
		} {
			want := where(docs, func(d gongwen.Document) bool { return slices.ContainsFunc(d.Cites, cited) })
			equal(t, query, ids(t, e, query), want)
			if len(want) == 0 && !strings.Contains(query, "1047") {
				t.Errorf("round %d: nothing cites what %s asks for", round, query)
			}
		}
		for range 20 {
			i := g.IntN(len(docs))
			docs[i] = g.document(docs[i].ID)
			put(t, e, docs[i])
		}
	}
}
