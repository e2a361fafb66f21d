package server

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/register"
	"gongwen/search"
	"gongwen/series"
)

// sampleReport is the ID of a report among the sample documents.
const sampleReport = "石桥区2021年法治政府建设年度报告"

// landing is the text of the passage on which a link into a document lands.
func landing(t *testing.T, s *Server, link string) string {
	t.Helper()
	path, fragment, _ := strings.Cut(link, "#")
	if fragment != passageAnchor {
		t.Fatalf("%s leads to no passage", link)
	}
	page := open(t, s, path)
	if len(page.all("mark#"+fragment)) != 1 {
		t.Fatalf("%s: nothing is marked", link)
	}
	var text []string
	for _, mark := range page.all("mark") {
		text = append(text, mark.text())
	}
	return squeeze(strings.Join(text, ""))
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }

// A person comes to the register, narrows it, opens a promise and reads on in the reports that followed.
func TestCommitmentsStory(t *testing.T) {
	s, c := registered(t)
	home := open(t, s, "/")
	list := open(t, s, home.named(t, "承诺与后续报告").href())
	whole, err := c.register.Commitments(t.Context(), register.Request{Size: register.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := list.one(t, "h1").text(), fmt.Sprintf("全部承诺：共 %d 项，第 1–20 项", whole.Total); got != want {
		t.Errorf("got %s, want %s", got, want)
	}

	// The walk shows every promise once.
	seen := map[string]bool{}
	for page := list; ; {
		for _, a := range page.all("ol.promises h2 a") {
			if seen[a.href()] {
				t.Errorf("%s twice", a.href())
			}
			seen[a.href()] = true
		}
		next := page.all("nav.pager a[rel=next]")
		if len(next) == 0 {
			break
		}
		page = open(t, s, next[0].href())
		open(t, s, page.one(t, "nav.pager").named(t, "首页").href())
	}
	if len(seen) != whole.Total {
		t.Errorf("%d promises on the way, %d in all", len(seen), whole.Total)
	}

	// Each count beside a facet value is the total one gets on choosing it.
	checkCounts(t, s, list, commitmentList)

	narrowed := open(t, s, "/commitments?"+url.Values{"q": {"执法"}, "status": {"reported"}, "region": {"云川省/安澜市/石桥区"}, "year_from": {"2018"}}.Encode())
	if got := narrowed.one(t, "summary").text(); got != "筛选（已选 3）" {
		t.Error(got)
	}
	for _, status := range narrowed.all("span.status") {
		if status.text() != "后续报告提及" {
			t.Error(status.text())
		}
	}
	for _, item := range narrowed.all("ol.promises h2") {
		if !slices.ContainsFunc(item.all("mark"), func(m node) bool { return strings.Contains(m.text(), "执法") }) {
			t.Errorf("nothing is marked in %s", item.text())
		}
	}
	if got := open(t, s, narrowed.named(t, "全部清除").href()).one(t, "[name=q]"); func() string { v, _ := got.attr("value"); return v }() != "执法" {
		t.Error("clearing the conditions lost the query")
	}
	for _, a := range narrowed.all("p.source a") {
		landing(t, s, a.href())
	}

	// What one downloads is what is listed.
	var asked url.Values
	for _, a := range narrowed.all("p.orders a") {
		address, err := url.Parse(a.href())
		if err != nil {
			t.Fatal(err)
		}
		if w := get(s, a.href()); w.Code != 200 {
			t.Errorf("%s: %d", a.href(), w.Code)
		}
		asked = address.Query()
	}
	rows := file(t, s, "/commitments.csv?"+asked.Encode())
	if got := narrowed.one(t, "h1").text(); !strings.Contains(got, fmt.Sprintf("共 %d 项", len(rows)-1)) {
		t.Errorf("%d rows of %s", len(rows)-1, got)
	}
	for _, page := range []node{narrowed, open(t, s, narrowed.all("ol.promises h2 a")[0].href())} {
		if w := get(s, page.named(t, "本页数据（JSON）").href()); w.Code != 200 {
			t.Errorf("the page's data: %d", w.Code)
		}
	}
}

// checkCounts chooses every value of every facet alone.
func checkCounts(t *testing.T, s *Server, page node, kind list) {
	t.Helper()
	inputs := slices.Concat(page.all("details.filters input[type=checkbox]"), page.all("details.filters input[type=radio]"))
	if len(inputs) < 20 {
		t.Errorf("%d values to choose", len(inputs))
	}
	for _, input := range inputs {
		name, _ := input.attr("name")
		value, _ := input.attr("value")
		if value == "" {
			if _, checked := input.attr("checked"); !checked {
				t.Errorf("%s is restricted", name)
			}
			continue
		}
		want := strings.Fields(node{input.Parent}.one(t, "span.count").text())[0]
		chosen := open(t, s, kind.path+"?"+url.Values{name: {value}, "year_from": {""}}.Encode())
		if got := chosen.one(t, "h1").text(); !strings.Contains(got, "共 "+want+" "+kind.unit) {
			t.Errorf("%s=%s: %s beside it, then %s", name, value, want, got)
		}
		if len(chosen.all("div.chosen a")) != 2 {
			t.Errorf("%s=%s is not shown as chosen", name, value)
		}
	}
}

// Every link of every timeline lands on the passage that is shown beside it, and a year without a report is a row.
func TestTimelines(t *testing.T) {
	s, c := registered(t)
	whole, err := c.register.Commitments(t.Context(), register.Request{Size: register.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	landed, gaps := 0, 0
	for i := range whole.Items {
		item := &whole.Items[i]
		page := open(t, s, commitmentPath(item.ID))
		if got := page.all("blockquote")[0].one(t, "mark"); squeeze(got.text()) != squeeze(item.Text) {
			t.Errorf("%s shows %s", item.Text, got.text())
		}
		if got := landing(t, s, page.one(t, "dl.known").all("a")[0].href()); got != squeeze(item.Text) {
			t.Errorf("%s lands on %s", item.Text, got)
		}
		if i%7 != 0 { // the rest is alike
			continue
		}
		for _, mention := range page.all("ol.timeline li ul li") {
			shown := squeeze(mention.one(t, "blockquote").text())
			if got := landing(t, s, mention.one(t, "p.where a").href()); got != shown {
				t.Errorf("%s lands on %s", shown, got)
			}
			if len(mention.all("mark")) == 0 {
				t.Errorf("no word is marked in %s", shown)
			}
			landed++
		}
		gaps += len(page.all("ol.timeline li.gap"))
		for _, year := range page.all("ol.timeline h3") {
			if text := year.text(); !strings.Contains(text, "提及") && !strings.Contains(text, "再次承诺") {
				t.Error(text)
			}
		}
		if text := page.one(t, "p.select").text(); !strings.Contains(squeeze(text), squeeze(item.Text)) || !strings.Contains(text, "/commitments/") {
			t.Error(text)
		}
		if !strings.Contains(page.all("p.rules")[0].text(), item.Rule) {
			t.Error("the rule is not named")
		}
	}
	if landed == 0 {
		t.Error("no passage at all")
	}
	t.Logf("%d passages, %d years without a report", landed, gaps)
}

func TestGaps(t *testing.T) {
	row := func(year, status string) yearView { return yearView{Year: year, Status: status} }
	var got []string
	for _, y := range withGaps([]yearView{row("2020", "x"), row("2020", "x"), row("2023", "x"), row("", "x")}, 2018) {
		got = append(got, y.Year+y.Status)
	}
	if want := "2019 2020x 2020x 2021 2022 2023x x"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestFiguresStory(t *testing.T) {
	s, _ := registered(t)
	figures := open(t, s, open(t, s, "/").named(t, "数据与历年变化").href())
	checkCounts(t, s, figures, figureList)
	if len(figures.all("svg")) != 0 {
		t.Error("charts of everything")
	}
	for _, row := range open(t, s, "/figures?size=100&document="+url.QueryEscape(sampleReport)).all("table.figures tbody tr") {
		a := row.all("td.n")[0].one(t, "a")
		if got := landing(t, s, a.href()); got != squeeze(a.text()) {
			t.Errorf("%s lands on %s", a.text(), got)
		}
	}
	units := open(t, s, figures.one(t, "p.all").all("a")[0].href())
	if got := len(units.all("ul.values li")); got <= shownValues {
		t.Errorf("%d units", got)
	}
	for _, a := range units.all("ul.values a")[:3] {
		open(t, s, a.href())
	}
	document := open(t, s, documentPath(sampleReport))
	for _, kind := range []list{commitmentList, figureList} {
		var at node
		for _, a := range document.one(t, "p.held").all("a") {
			if strings.Contains(a.text(), kind.name) {
				at = a
			}
		}
		n := strings.Fields(at.text())[1]
		page := open(t, s, at.href())
		if got := page.one(t, "h1").text(); !strings.Contains(got, "共 "+n+" 项") || !strings.HasPrefix(at.href(), kind.path) {
			t.Errorf("%s leads to %s", at.text(), got)
		}
		if got := page.one(t, "div.chosen").all("a")[0].text(); !strings.Contains(got, "文件") {
			t.Error(got)
		}
	}
	hit := open(t, s, "/search?q="+url.QueryEscape("行政复议")).all("span.held")
	if len(hit) == 0 || len(hit[0].all("a")) != 2 {
		t.Fatal("a hit does not lead to the register")
	}
	open(t, s, hit[0].all("a")[0].href())
}

// A chart and its table say the same: every point is a value of the table and the other way round, a gap is a gap in both,
// and values that differ stand side by side.
func TestCharts(t *testing.T) {
	s, _ := registered(t)
	page := open(t, s, "/figures?q="+url.QueryEscape("行政复议"))
	sections := page.all("section.series")
	if len(sections) == 0 {
		t.Fatal("no chart")
	}
	gaps, conflicts := 0, 0
	for _, section := range sections {
		var drawn, written []string
		for _, a := range section.one(t, "figure").all("svg a") {
			drawn = append(drawn, a.href())
			if label, _ := a.attr("aria-label"); !strings.Contains(label, " 年：") {
				t.Errorf("a point is called %q", label)
			}
		}
		for _, cell := range section.all("td") {
			for _, a := range cell.all("a") {
				if !strings.HasPrefix(a.text(), "又见") {
					written = append(written, a.href())
				}
				landing(t, s, a.href())
			}
			if len(cell.all("a")) == 0 {
				gaps++
				if cell.text() != "无数据" {
					t.Errorf("a gap reads %q", cell.text())
				}
			}
			if len(cell.all("span.differ")) > 0 {
				conflicts++
				if len(cell.all("a")) < 2 {
					t.Error("a conflict of one value")
				}
			}
		}
		slices.Sort(drawn)
		slices.Sort(written)
		if !slices.Equal(drawn, written) {
			t.Errorf("%s: drawn %v, written %v", section.one(t, "h2").text(), drawn, written)
		}
		svg := section.all("svg")[0]
		for _, name := range []string{"title", "desc"} {
			if got := svg.all(name); len(got) == 0 || got[0].text() == "" {
				t.Errorf("a picture without %s", name)
			}
		}
		for _, name := range []string{"aria-labelledby", "aria-describedby"} {
			if id, _ := svg.attr(name); len(page.all("[id="+id+"]")) != 1 {
				t.Errorf("%s=%s", name, id)
			}
		}
	}
	if gaps == 0 || conflicts == 0 {
		t.Errorf("%d gaps, %d conflicts: the samples have both", gaps, conflicts)
	}
}

// Where an address points at no passage, the document is shown and says so; a passage of a long document opens its part.
func TestPassage(t *testing.T) {
	d := longDocument(9)
	at := strings.LastIndex(d.Text, "条款3")
	s, _ := newTest(t, &fake{documents: []*gongwen.Document{d}}, Options{})
	span := gongwen.Span{Start: at, End: at + len("条款3。行政机关")}
	if got := landing(t, s, passageLink(d.ID, span)); got != span.Cut(d.Text) {
		t.Error(got)
	}
	lines := gongwen.Span{Start: strings.Index(d.Text, "总则之1"), End: strings.Index(d.Text, "条款0。行政")}
	if got := landing(t, s, passageLink(d.ID, lines)); got != squeeze(lines.Cut(d.Text)) {
		t.Error(got)
	}
	for _, query := range []string{"start=1&end=2", "start=5&end=5", "start=9&end=3", "start=-3&end=9", "start=0&end=99999999", "start=x&end=y", "start=0&end=99999999999999999999"} {
		page := open(t, s, documentPath(d.ID)+"?"+query)
		if got := page.one(t, "p.remark").text(); !strings.Contains(got, "不在正文中") || len(page.all("mark")) != 0 {
			t.Errorf("%s: %s", query, got)
		}
	}
	if page := open(t, s, documentPath(d.ID)+"?start=3"); len(page.all("p.remark")) != 0 {
		t.Error("half a passage")
	}
}

func TestRegisterFaults(t *testing.T) {
	s, _ := registered(t)
	for _, test := range []struct{ query, heading, asked string }{
		{"q=" + url.QueryEscape("执法 年度:abc"), "无法理解检索式", "执法 年度:abc"},
		{"year=abc", "无法理解检索条件", "年度：abc"},
		{"cursor=abc", "无法理解检索条件", "翻页位置：abc"},
		{"size=0", "无法理解检索条件", "每页件数：0"},
		{"year_from=2020&year_to=2018", "无法理解检索条件", "年度范围：2020..2018"},
	} {
		for _, kind := range []list{commitmentList, figureList} {
			w := get(s, kind.path+"?"+test.query)
			page := checkPage(t, w)
			if w.Code != 400 || page.one(t, "h1").text() != test.heading || page.one(t, "p.asked").text() != test.asked {
				t.Errorf("%s?%s: %d %s %s", kind.path, test.query, w.Code, page.one(t, "h1").text(), page.one(t, "p.asked").text())
			}
		}
	}
	for _, query := range []string{"target_year=soon", "status=kept"} {
		if w := get(s, "/commitments?"+query); w.Code != 400 {
			t.Errorf("%s: %d", query, w.Code)
		}
	}
	for path, want := range map[string]int{"/commitments/nothing": 404, "/commitments/a~c1": 404, "/commitments/facets": 400, "/figures/facets?facet=topic": 400, "/figures/x": 404} {
		w := get(s, path)
		checkPage(t, w)
		if w.Code != want {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	zero := open(t, s, "/commitments?"+url.Values{"q": {"飞碟"}, "target_year": {"2021"}, "document": {sampleReport}}.Encode())
	if got := zero.one(t, "div.ways").text(); !strings.Contains(got, "不限目标年度，去掉 2021 年：0 项") || !strings.Contains(got, "不限文件") {
		t.Error(got)
	}
	// Without a register there is nothing of it on any page.
	bare, _ := newTest(t, &fake{documents: reports()}, Options{})
	for _, path := range []string{"/", "/search", documentPath("青溪-2019")} {
		if w := get(bare, path); strings.Contains(w.Body.String(), "/commitments") || strings.Contains(w.Body.String(), "/figures") {
			t.Errorf("%s leads to a register", path)
		}
	}
	if w := get(bare, "/commitments"); w.Code != 404 {
		t.Errorf("%d", w.Code)
	}
}

// villains is a register every value of which tries to be markup.
type villains struct{ document *gongwen.Document }

func (v villains) commitment() register.Commitment {
	attack := v.document.Title
	return register.Commitment{
		ID: attack, Document: v.document, Status: gongwen.FollowUpStatus(attack),
		Commitment: gongwen.Commitment{
			ID: attack, Section: "1", Span: gongwen.Span{Start: 0, End: 9}, Text: attack, Topic: gongwen.Topic(attack), Rule: attack, Dated: attack, Sorted: attack,
			Due: &gongwen.Deadline{By: gongwen.Date(attack)}, Goal: &gongwen.Goal{Value: "1", Unit: attack},
		},
	}
}

func (v villains) figure() gongwen.Figure {
	attack := v.document.Title
	return gongwen.Figure{
		Span: gongwen.Span{Start: 0, End: 9}, Text: attack, Value: "1", Unit: attack, Noun: attack, Row: attack, Column: attack, Year: 2020,
		Qualifier: gongwen.Qualifier(attack), Change: &gongwen.Change{Basis: attack, Value: "-1", Unit: attack}, Rule: attack,
	}
}

func (v villains) facets() map[string][]search.FacetValue {
	all := map[string][]search.FacetValue{}
	for _, kind := range []list{commitmentList, figureList} {
		for _, f := range kind.facets {
			all[f.name] = []search.FacetValue{{Value: v.document.Title, Count: 1}, {Value: "2020", Count: 1}}
		}
	}
	return all
}

func (v villains) Commitments(context.Context, register.Request) (*register.Page[register.Commitment], error) {
	return &register.Page[register.Commitment]{Total: 30, Items: []register.Commitment{v.commitment()}, Next: v.document.Title, Facets: v.facets()}, nil
}

func (v villains) Commitment(context.Context, string) (*register.Commitment, []gongwen.FollowUp, map[string]*gongwen.Document, error) {
	c, attack := v.commitment(), v.document.Title
	followUps := []gongwen.FollowUp{
		{Document: v.document.ID, Year: 2022, Status: gongwen.StatusReported, Passages: []gongwen.Mention{
			{Section: "1", Span: gongwen.Span{Start: 0, End: 9}, Words: []string{attack}, Rule: attack, Status: gongwen.StatusReported},
			{Section: attack, Span: gongwen.Span{Start: 0, End: 9}, Words: []string{"alert"}, Status: gongwen.StatusNotMentioned},
		}},
		{Document: attack, Status: gongwen.FollowUpStatus(attack)},
	}
	return &c, followUps, map[string]*gongwen.Document{v.document.ID: v.document}, nil
}

func (v villains) Figures(context.Context, register.Request) (*register.Page[register.Figure], error) {
	return &register.Page[register.Figure]{Total: 30, Items: []register.Figure{{Figure: v.figure(), ID: "x", Document: v.document}}, Facets: v.facets()}, nil
}

func (v villains) Series(context.Context, register.Request) ([]series.Series, error) {
	attack := v.document.Title
	value := series.Value{Value: "1", Sources: []series.Source{{Document: v.document.ID, Body: attack, Figure: v.figure()}, {Document: attack, Figure: v.figure()}}}
	huge := series.Value{Value: gongwen.Decimal("1" + strings.Repeat("0", 400)), Sources: value.Sources}
	return []series.Series{{
		Body: attack, Noun: attack, Unit: attack, Spellings: []series.Spelling{{Noun: attack, Unit: attack, Rules: []string{attack}}, {}},
		Points: []series.Point{{Year: 2018, Values: []series.Value{value, huge}, Conflict: true}, {Year: 2019}, {Year: 2020, Values: []series.Value{value}}},
	}}, nil
}

func (v villains) AllCommitments(context.Context, register.Request) (iter.Seq[register.Commitment], int, error) {
	return slices.Values([]register.Commitment{v.commitment()}), 1, nil
}

func (v villains) AllFigures(context.Context, register.Request) (iter.Seq[register.Figure], int, error) {
	return slices.Values([]register.Figure{{Figure: v.figure(), ID: "x", Document: v.document}}), 1, nil
}

// Whatever a promise, a figure or an address holds, no page becomes anything but text.
func TestHostileRegister(t *testing.T) {
	d := hostile()
	s, _ := newTest(t, &fake{documents: []*gongwen.Document{d}}, Options{Register: villains{d}})
	attack := url.QueryEscape(d.Title)
	for _, path := range []string{
		"/commitments", "/commitments?q=" + attack, "/commitments?q=alert&document=" + attack + "&unit=" + attack + "&kind=" + attack,
		"/commitments?target_year=" + attack, "/commitments?status=" + attack, "/commitments/" + url.PathEscape(d.Title),
		"/commitments?document=" + url.QueryEscape(d.ID), "/commitments/facets?facet=department&name=" + attack, "/commitments/facets?facet=region",
		"/figures?q=alert&unit=" + attack, "/figures?department=" + attack, "/figures/facets?facet=unit&q=" + attack, "/figures?cursor=" + attack,
		documentPath(d.ID) + "?start=0&end=9", documentPath(d.ID) + "?start=" + attack + "&end=" + attack,
	} {
		w := get(s, path)
		root := checkPage(t, w)
		for _, bold := range root.all("b") {
			if strings.Contains(bold.text(), "alert") || func() bool { _, ok := bold.attr("onclick"); return ok }() {
				t.Errorf("%s: markup came through: %s", path, bold.text())
			}
		}
		if strings.Contains(w.Body.String(), "ZgotmplZ") {
			t.Errorf("%s: a link had to be taken out", path)
		}
	}
	if page := open(t, s, "/figures?q=alert"); len(page.all("svg a")) != 2 {
		t.Errorf("%d points; what is too large for a picture stands in the table", len(page.all("svg a")))
	}
}
