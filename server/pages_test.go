package server

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gongwen"
	"gongwen/search"
)

// A person comes, searches, narrows, opens a hit, goes from mark to mark and back, and removes a filter: by links and
// forms alone, and each number agrees with the one before.
func TestStory(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{Notice: "示例"})
	home := open(t, s, "/")
	if got := home.one(t, "p.coverage").text(); got != "收录文件 27 件，报告年度 2017–2019，更新于 2026年11月24日 09:02。" {
		t.Error(got)
	}
	if got := len(home.all("ol.lines li")); got != newestDocuments {
		t.Errorf("%d newest documents", got)
	}
	for _, sample := range home.all("p.samples a") {
		if open(t, s, sample.href()).one(t, "h1").text() == "" {
			t.Error("a sample without an answer")
		}
	}

	results := open(t, s, "/search?q="+url.QueryEscape("行政执法"))
	if got := results.one(t, "h1").text(); got != "“行政执法”：共 27 件，第 1–20 件" {
		t.Error(got)
	}
	if got := results.one(t, "title").text(); !strings.HasPrefix(got, "行政执法：第 1–20 件，共 27 件") {
		t.Error(got)
	}
	second := open(t, s, results.named(t, "下一页").href())
	if got := second.one(t, "h1").text(); got != "“行政执法”：共 27 件，第 21–27 件" {
		t.Error(got)
	}
	if start, _ := second.one(t, "ol.hits").attr("start"); start != "21" || len(second.all("li#r27")) != 1 {
		t.Error("the list does not start at 21")
	}
	open(t, s, second.named(t, "上一页").href())
	open(t, s, second.one(t, "nav.pager").named(t, "首页").href())

	// Each count beside a facet value is the total one gets on choosing it alone.
	for _, input := range results.all("details.filters input[type=checkbox]") {
		name, _ := input.attr("name")
		value, _ := input.attr("value")
		label := node{input.Parent}
		want := strings.Fields(label.one(t, "span.count").text())[0]
		page := open(t, s, "/search?"+url.Values{"q": {"行政执法"}, name: {value}, "year_from": {""}, "unit": {"document"}}.Encode())
		if got := page.one(t, "h1").text(); !strings.Contains(got, "共 "+want+" 件") {
			t.Errorf("%s=%s: %s beside it, then %s", name, value, want, got)
		}
		if len(page.all("input[checked]")) != 3 {
			t.Errorf("%s=%s is not ticked", name, value)
		}
	}

	narrowed := open(t, s, "/search?"+url.Values{"q": {"行政执法"}, "year_from": {"2018"}, "year_to": {"2019"}, "region": {"云川省"}, "topic": {"执法"}}.Encode())
	if got := narrowed.one(t, "h1").text(); got != "“行政执法”：共 10 件，第 1–10 件" {
		t.Error(got)
	}
	if got := narrowed.one(t, "summary").text(); got != "筛选（已选 3）" {
		t.Error(got)
	}
	chips := narrowed.all("div.chosen a")
	if len(chips) != 4 || chips[0].text() != "移除条件 主题 行政执法 ×" || chips[2].text() != "移除条件 年度 2018–2019 年度 ×" {
		t.Errorf("chips %v", chips[0].text())
	}
	if got := open(t, s, chips[2].href()).one(t, "h1").text(); got != "“行政执法”：共 15 件，第 1–15 件" {
		t.Error(got)
	}
	if got := open(t, s, narrowed.named(t, "全部清除").href()).one(t, "h1").text(); !strings.Contains(got, "共 27 件") {
		t.Error(got)
	}

	first := narrowed.all("ol.hits > li a")
	if len(first) == 0 {
		first = narrowed.all("ol.hits li h2 a")
	}
	link := first[0].href()
	if !strings.HasSuffix(link, "#m1") || !strings.Contains(link, "hit=1") {
		t.Error(link)
	}
	document := open(t, s, strings.TrimSuffix(link, "#m1"))
	if got := document.one(t, "nav.bar span").text(); got != "“行政执法” 第 1／6 处" {
		t.Error(got)
	}
	for i := 2; i <= 6; i++ {
		next := document.named(t, "下一处").href()
		path, fragment, _ := strings.Cut(next, "#")
		document = open(t, s, path)
		if got := document.one(t, "mark#"+fragment).text(); got != "行政执法" {
			t.Errorf("%s: %s", next, got)
		}
	}
	if strings.Contains(document.one(t, "nav.bar").text(), "下一处") {
		t.Error("a mark after the last")
	}
	back := document.named(t, "返回结果").href()
	path, fragment, _ := strings.Cut(back, "#")
	if page := open(t, s, path); len(page.all("li#"+fragment)) != 1 || page.one(t, "h1").text() != narrowed.one(t, "h1").text() {
		t.Errorf("%s leads elsewhere", back)
	}
	if plain := open(t, s, document.named(t, "清除标记").href()); len(plain.all("mark")) != 0 {
		t.Error("marks that were cleared")
	}
}

func TestNothingFound(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	page := open(t, s, "/search?"+url.Values{"q": {"涉企 飞碟"}, "year": {"2018"}, "region": {"海东省"}}.Encode())
	if got := page.one(t, "h1").text(); got != "“涉企 飞碟”：没有找到" {
		t.Error(got)
	}
	var ways []string
	for _, li := range page.all("div.ways li") {
		ways = append(ways, li.text())
	}
	want := "去掉 飞碟：3 件|有其一即可 涉企 OR 飞碟：3 件|只找 涉企：27 件|只找 飞碟：0 件"
	if got := strings.Join(ways, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	empty, _ := newTest(t, &fake{}, Options{})
	if got := open(t, empty, "/search").one(t, "h1").text(); got != "全部文件：没有找到" {
		t.Error(got)
	}
	open(t, empty, "/")
}

func TestFaultyQuery(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	w := get(s, "/search?q="+url.QueryEscape("执法 年度:abc 检查"))
	page := checkPage(t, w)
	if w.Code != 400 || page.one(t, "h1").text() != "无法理解检索式" || !strings.HasPrefix(page.one(t, "title").text(), "错误：") {
		t.Errorf("%d %s", w.Code, page.one(t, "h1").text())
	}
	if got := page.one(t, "p.asked").text(); got != "执法 年度:abc 检查" {
		t.Error(got)
	}
	if got := page.one(t, "p.asked mark").text(); !strings.Contains(got, "abc") {
		t.Error(got)
	}
	described, _ := page.one(t, "input#q").attr("aria-describedby")
	if page.one(t, "p#"+described).text() == "" {
		t.Error("nothing said at the field")
	}

	page = checkPage(t, get(s, "/search?q=法&year=abc&topic=plan..&region=云川省"))
	if got := page.one(t, "p.asked").text(); got != "年度：abc" {
		t.Error(got)
	}
	if got := page.named(t, "去掉这个条件再检索").href(); strings.Contains(got, "abc") || !strings.Contains(got, "region=") {
		t.Error(got)
	}
}

func TestNumber(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	page := open(t, s, "/search?q="+url.QueryEscape("青溪政发[2018]3号"))
	remark := page.all("p.remark")
	if len(remark) == 0 || !strings.HasPrefix(remark[len(remark)-1].text(), "检索词是发文字号 青溪政发〔2018〕3号：1 件。") {
		t.Fatal(page.one(t, "main").text())
	}
	if got := page.named(t, "直接打开").href(); got != documentPath("青溪-2017") {
		t.Error(got)
	}
}

func TestFacetsPage(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	results := open(t, s, "/search?q=法&year=2018")
	link := results.named(t, "全部 9 个机关").href()
	page := open(t, s, link)
	if got := len(page.all("ul.values li")); got != 9 {
		t.Errorf("%d values", got)
	}
	for _, li := range page.all("ul.values li") {
		if li.one(t, "span.count").text() != "1 件" {
			t.Error(li.text())
		}
	}
	narrowed := open(t, s, link+"&name="+url.QueryEscape("县"))
	if got := len(narrowed.all("ul.values li")); got != 3 {
		t.Errorf("%d values with 县", got)
	}
	chosen := open(t, s, page.all("ul.values a")[0].href())
	if !strings.Contains(chosen.one(t, "h1").text(), "共 1 件") || len(chosen.all("div.chosen a")) != 3 {
		t.Error(chosen.one(t, "h1").text())
	}
	regions := open(t, s, "/search/facets?facet=region")
	var names []string
	for _, li := range regions.all("ul.values li") {
		class, _ := li.attr("class")
		names = append(names, class[len("depth"):]+li.one(t, "a").text())
	}
	want := "0云川省 1安澜市 2临岚县 2青溪区 1北雁市 2雁河区 1岚平市 1朔原市 2朔原县 0海东省 1沧屿市 1白桦市 1苍城市 0未识别"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The text on the page is the text of the document, byte for byte, whatever is marked.
func TestDocumentText(t *testing.T) {
	d := reports()[0]
	s, _ := newTest(t, &fake{documents: []*gongwen.Document{d}}, Options{})
	page := open(t, s, documentPath(d.ID)+"?q="+url.QueryEscape("行政")+"&hit=2")
	var b strings.Builder
	article := page.one(t, "article.text")
	for n := range article.Descendants() {
		if n.Type != html.TextNode || within1(n, "header") || within1(n, "a") {
			continue
		}
		b.WriteString(n.Data)
	}
	got, want := strings.ReplaceAll(b.String(), "\n", ""), strings.ReplaceAll(d.Text, "\n", "")
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := page.one(t, "h2#s-3").text(); got != "二、依法全面履行政府职能§" {
		t.Error(got)
	}
	if got := page.one(t, "div.runin h3[id=s-3.1]").text(); got != "（一）深化行政审批制度改革。§" {
		t.Error(got)
	}
	if got := page.one(t, "nav.outline").text(); !strings.Contains(got, "（存在问题）") {
		t.Error(got)
	}
	for _, a := range page.all("nav.outline a") {
		if id := strings.TrimPrefix(a.href(), "#"); len(page.all("[id="+id+"]")) != 1 {
			t.Errorf("the outline leads to %s", a.href())
		}
	}
	for _, p := range page.all("p.select") {
		if !strings.Contains(p.text(), d.Title) || !strings.Contains(p.text(), d.URL) {
			t.Error(p.text())
		}
	}
	if got := page.one(t, "section.cites").text(); !strings.Contains(got, "青溪政办发〔2017〕17号") {
		t.Error(got)
	}
	// A query that cannot be read is no reason to withhold the document.
	if got := open(t, s, documentPath(d.ID)+"?q=year:abc").one(t, "p.remark").text(); !strings.Contains(got, "检索式有误") {
		t.Error(got)
	}
}

func within1(n *html.Node, name string) bool {
	for a := range n.Ancestors() {
		if a.Data == name {
			return true
		}
	}
	return false
}

// Whatever a document, a query or a facet value holds, no page becomes anything but text.
func TestHostile(t *testing.T) {
	d := hostile()
	s, _ := newTest(t, &fake{documents: []*gongwen.Document{d}}, Options{Notice: d.Title, Samples: []string{d.Title}})
	attack := url.QueryEscape(d.Title)
	for _, path := range []string{
		"/", "/search", "/search?q=" + attack, `/search?q="` + attack, "/search?q=alert", "/search?department=" + attack + "&kind=" + attack,
		"/search?q=" + attack + "&year=" + attack, "/search?sort=" + attack, "/search?year_from=" + attack, "/search?cursor=expired&q=" + attack,
		"/search/facets?facet=region", "/search/facets?facet=" + attack, "/search/facets?facet=kind&name=" + attack,
		comparePath + "?old=" + url.QueryEscape(d.ID) + "&new=" + url.QueryEscape(d.ID), comparePath + "?old=" + attack + "&new=", comparePath,
		documentPath(d.ID), documentPath(d.ID) + "?q=alert&hit=1&r=" + attack, documentPath(d.ID) + "?q=year:" + attack,
		"/documents/" + url.PathEscape(d.Title), "/" + url.PathEscape(d.Title), "/help",
	} {
		w := get(s, path)
		root := checkPage(t, w)
		for _, bold := range root.all("b") {
			t.Errorf("%s: markup came through: %s", path, bold.text())
		}
		if strings.Contains(w.Body.String(), "ZgotmplZ") {
			t.Errorf("%s: a link had to be taken out", path)
		}
	}
	page := open(t, s, documentPath(d.ID))
	if len(page.all("dl dd a")) != 0 {
		t.Error("a script as a link")
	}
}

// Every template bears a view with nothing in it; New tried that. This tries what is left: everything at once.
func TestFullViews(t *testing.T) {
	s, _ := newTest(t, &fake{documents: append(reports(), hostile())}, Options{Notice: "示例"})
	result, err := s.searcher.Search(t.Context(), search.Request{Query: search.Words{Text: "行政"}})
	if err != nil {
		t.Fatal(err)
	}
	result.Relaxed, result.LeftOut, result.All, result.Together = true, []string{"飞碟"}, 3, 2
	result.Words = []string{"行政", "飞碟"}
	result.Notices = []search.Notice{{Code: "open", Message: "引号没有关上。"}}
	result.Hits[0].Missing, result.Hits[0].Marks = []string{"飞碟"}, 0
	result.Hits[1].Title = nil
	result.Hits[1].Sections[0].Section = nil
	p := params{Query: "行政 飞碟", YearFrom: "2016", Filters: []filter{{search.FieldYear, "2016..2019"}, {search.FieldRole, "unknown"}}}.defaults()
	view := newSearchView(p, result)
	view.frame = s.frame(windowTitle(p, result))
	view.Box = newBox(p)
	w := httptest.NewRecorder()
	if err := s.pages.search.write(w, view); err != nil {
		t.Fatal(err)
	}
	root := checkPage(t, w)
	text := root.one(t, "main").text()
	for _, want := range []string{
		"引号没有关上。", "含全部词的只有 3 件，因此也列出含大部分词的，其中有的不含“飞碟”。 只看含全部词的", "按“行政”“飞碟”检索；2 件的全部词在同一节，另有 1 件未在同一节。",
		"正文以外命中", "不含“飞碟”", "2016–2019 年度", "2016 年度及以后", "未识别", "另 ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	for _, input := range root.all("input[value=2016..2019]") {
		if _, checked := input.attr("checked"); !checked {
			t.Error("the chosen range is not ticked")
		}
	}
}

// Every example of the help page is a query that can be read.
func TestHelp(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	open(t, s, "/help")
	for _, group := range syntax() {
		for _, e := range group.Examples {
			query, notices, err := search.Parse(e.Query)
			if err != nil || len(notices) > 0 || query == nil {
				t.Errorf("%s: %v %v", e.Query, notices, err)
			}
			if _, isWords := query.(search.Words); isWords && group.Name == "字段" {
				t.Errorf("%s is read as text", e.Query)
			}
		}
	}
}
