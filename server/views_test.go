package server

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gongwen"
	"gongwen/search"
)

// An address reads as the same parameters as the shortest one that they are written as.
func TestParams(t *testing.T) {
	tests := []struct{ query, want string }{
		{"", ""},
		{"q=+", ""},
		{"q=%E6%B3%95+&year_from=&year_to=&unit=document&match=most&size=20", "q=%E6%B3%95+"},
		{"year=2018&year=2018&year=2016..2019&topic=%E6%89%A7%E6%B3%95", "topic=enforcement&year=2018&year=2016..2019"},
		{"sort=newest&size=50&cursor=x&unit=section&match=all", "cursor=x&match=all&size=50&sort=newest&unit=section"},
		{"year_from=2016", "year_from=2016"},
		{"utm_source=x&hit=3&r=7", ""},
	}
	for _, test := range tests {
		p, err := readParams(test.query)
		if err != nil {
			t.Errorf("%s: %v", test.query, err)
		}
		got := p.values().Encode()
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.query, got, test.want)
		}
		again, err := readParams(got)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(p) {
			t.Errorf("%s: read again %v, was %v", got, again, p)
		}
	}
}

func TestOrder(t *testing.T) {
	for _, test := range []struct {
		query, sort string
		want        search.Sort
	}{{"", "", "newest"}, {"法", "", "relevance"}, {"", "relevance", "relevance"}, {"法", "oldest", "oldest"}} {
		p := params{Query: test.query, Sort: search.Sort(test.sort)}
		if got := p.order(); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}

// What changes a search starts it from its first page and leaves the original alone.
func TestChanges(t *testing.T) {
	p := params{Query: "法", Cursor: "x", Filters: []filter{{search.FieldYear, "2018"}, {search.FieldKind, "通知"}}, YearFrom: "2016"}.defaults()
	before := fmt.Sprint(p)
	for want, got := range map[string]params{
		"kind=通知&q=法&year_from=2016":                       p.without(filter{search.FieldYear, "2018"}),
		"kind=通知&q=法&topic=plan&year=2018&year_from=2016":  p.with(search.FieldTopic, "plan"),
		"kind=通知&q=法&year=2018":                            p.withoutYears(),
		"q=法":                                              p.bare(),
		"kind=通知&q=规&year=2018&year_from=2016":             p.asking("规"),
		"kind=通知&q=法&sort=oldest&year=2018&year_from=2016": p.sorted(search.SortOldest),
		"kind=通知&match=all&q=法&year=2018&year_from=2016":   p.strict(),
		"kind=通知&q=法&size=50&year=2018&year_from=2016":     p.sized(50),
		"cursor=y&kind=通知&q=法&year=2018&year_from=2016":    p.at("y"),
	} {
		decoded := strings.NewReplacer("%E6%B3%95", "法", "%E8%A7%84", "规", "%E9%80%9A%E7%9F%A5", "通知").Replace(got.values().Encode())
		if decoded != want {
			t.Errorf("got %s, want %s", decoded, want)
		}
	}
	if fmt.Sprint(p) != before {
		t.Errorf("changed to %v", p)
	}
}

func TestWords(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234"} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %s", n, got)
		}
	}
	for d, want := range map[gongwen.Date]string{"": "", "2019": "2019年", "2019-01": "2019年1月", "2019-01-31": "2019年1月31日", "soon": "soon"} {
		if got := chineseDate(d); got != want {
			t.Errorf("chineseDate(%s) = %s", d, got)
		}
	}
	for _, test := range []struct {
		field       search.Field
		value, want string
	}{
		{search.FieldYear, "2018", "2018 年度"}, {search.FieldYear, "2016..2019", "2016–2019 年度"}, {search.FieldYear, "..2019", "2019 年度及以前"},
		{search.FieldYear, "unknown", "未识别"}, {search.FieldTopic, "plan", "plan"}, {search.FieldTopic, "digital", "科技保障"},
		{search.FieldRole, "plan", "下一步计划"}, {search.FieldRegion, "辽宁省/大连市", "辽宁省 大连市"}, {search.FieldKind, "通知", "通知"},
	} {
		if got := valueName(test.field, test.value, true); got != test.want {
			t.Errorf("%s %s: %s", test.field, test.value, got)
		}
	}
	if got := shorten("一二三四", 3); got != "一二三…" {
		t.Error(got)
	}
	if got := lastRunes("一二三四", 3); got != "…二三四" {
		t.Error(got)
	}
}

func TestArrange(t *testing.T) {
	values := func(list string) []search.FacetValue {
		var all []search.FacetValue
		for i, value := range strings.Fields(list) {
			all = append(all, search.FacetValue{Value: value, Count: 100 - i})
		}
		return all
	}
	for _, test := range []struct {
		field        search.Field
		chosen, list string
		limit        int
		want         string
	}{
		{search.FieldKind, "", "a b c d", 2, "0a 0b"},
		{search.FieldKind, "d", "a b c d", 2, "0d* 0a"},
		{search.FieldKind, "d c b", "a b c d", 2, "0b* 0c* 0d*"},
		{search.FieldYear, "2015", "2015 2018 unknown 2016", 3, "02018 02016 02015*"},
		{search.FieldTopic, "", "digital unknown leadership", 20, "0组织领导 0科技保障 0未识别"},
		{search.FieldRegion, "", "甲省 甲省/丙市 乙省 甲省/丁市 unknown 甲省/丙市/戊区", 8, "0甲省 1丙市 2戊区 1丁市 0乙省 0未识别"},
		{search.FieldRegion, "乙省/己市", "甲省 乙省/己市", 8, "0乙省 己市* 0甲省"},
		{search.FieldRegion, "", "甲省 甲省/丙市/戊区", 8, "0甲省 1丙市 戊区"},
	} {
		p := params{}
		for value := range strings.FieldsSeq(test.chosen) {
			p = p.with(test.field, value)
		}
		var got []string
		for _, v := range arrange(p, test.field, values(test.list), test.limit) {
			name := strings.TrimSuffix(v.Name, " 年度")
			if v.Checked {
				name += "*"
			}
			got = append(got, strconv.Itoa(v.Depth)+name)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%v: got %v", test, got)
		}
	}
}

// layouts writes blocks as "level[anchors]heading|text" with marks in brackets.
func layouts(blocks []block) string {
	pieces := func(all []piece) string {
		var b strings.Builder
		for _, p := range all {
			switch {
			case p.Break:
				b.WriteString("/")
			case p.Mark > 0 && p.First:
				fmt.Fprintf(&b, "{%d:%s}", p.Mark, p.Text)
			case p.Mark > 0:
				fmt.Fprintf(&b, "{%s}", p.Text)
			default:
				b.WriteString(p.Text)
			}
		}
		return b.String()
	}
	var lines []string
	for _, b := range blocks {
		line := ""
		if len(b.Anchors) > 0 {
			line = "#" + strings.Join(b.Anchors, "#") + " "
		}
		if b.Level > 0 {
			line += fmt.Sprintf("h%d %s %s|", b.Level, b.Section, pieces(b.Heading))
		}
		lines = append(lines, line+pieces(b.Text))
	}
	return strings.Join(lines, "\n")
}

func TestLayOut(t *testing.T) {
	section := func(id, label, heading string, text, from string, below ...gongwen.Section) gongwen.Section {
		start := strings.Index(text, from)
		return gongwen.Section{ID: id, Label: label, Heading: heading, Span: gongwen.Span{Start: start, End: len(text)}, Sections: below}
	}
	chapters := "引言\n\n一、总则\n　　（一） 目的。为了法治。\n第二条\n附  则\n（三）长"
	bare := "一段。\n二段。"
	for _, test := range []struct {
		name, text, mark, want string
		sections               []gongwen.Section
	}{
		{"no text", "", "", "", nil},
		{"no sections", bare, "段", "一{1:段}。\n二{2:段}。", nil},
		{
			"headings", chapters, "", "#1 引言\nh2 2 一、总则|\nh3 2.1 　　（一） 目的。|为了法治。\nh2 3 第二条/附  则|\nh3 3.1 （三）长|",
			[]gongwen.Section{
				section("1", "", "", chapters, "引言"),
				section("2", "一、", "总则", chapters, "一、", section("2.1", "（一）", "目的", chapters, "　　（一）")),
				section("3", "第二条", "附则", chapters, "第二条", section("3.1", "（三）", "长", chapters, "（三）")),
			},
		},
		{"mark across heading and text", "一、总则。正文", "则。正", "h2 1 一、总{1:则。}|{正}文", []gongwen.Section{section("1", "一、", "总则", "一、总则。正文", "一")}},
		{"heading not there", bare, "", "#1 一段。\n二段。", []gongwen.Section{section("1", "三、", "别的", bare, "一")}},
		{
			"nameless above", "（一）甲", "", "#1 h2 1.1 （一）甲|",
			[]gongwen.Section{section("1", "", "", "（一）甲", "（", section("1.1", "（一）", "甲", "（一）甲", "（"))},
		},
		{"unlabelled heading", "总则\n正文", "", "h2 1 总则|\n正文", []gongwen.Section{section("1", "", "总则", "总则\n正文", "总")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := &gongwen.Document{Text: test.text, Sections: test.sections}
			if got := layouts(layOut(d, marks(test.text, []string{test.mark}))); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// However sections and marks lie, the pieces join to the text, and each mark begins once.
func FuzzLayOut(f *testing.F) {
	f.Add("一、总则\n（一）目的。为了法治\n", "法", 3, 9)
	f.Add("\n\n　　x", "x", 0, 1)
	f.Fuzz(func(t *testing.T, text, word string, a, b int) {
		text = strings.ToValidUTF8(text, "")
		if a < 0 || b < a || b > len(text) || !utf8.ValidString(word) { // no mark cuts a character
			t.Skip()
		}
		d := outlined(&gongwen.Document{Text: text})
		if b > 0 {
			d.Sections = append(d.Sections, gongwen.Section{ID: "x", Heading: text[a:b], Span: gongwen.Span{Start: a, End: len(text)}})
		}
		if utf8.ValidString(text[a:]) {
			d.Pages = []int{0, a, a} // a page without text, too
		}
		all := marks(text, []string{word})
		var joined strings.Builder
		begun, page := 0, 0
		drop := func(s string) string { return strings.Join(strings.Fields(s), "") }
		for _, block := range layOut(d, all) {
			for _, p := range append(block.Heading, block.Text...) {
				joined.WriteString(p.Text)
				if p.Page > 0 {
					if page++; p.Page != page || drop(joined.String()) != drop(text[:d.Pages[page-1]]) {
						t.Errorf("page %d begins behind %q", p.Page, joined.String())
					}
				}
				if p.First {
					begun++
				}
			}
		}
		if page < len(d.Pages) && strings.TrimSpace(text[a:]) != "" {
			t.Errorf("%d of %d pages begin", page, len(d.Pages))
		}
		if drop(joined.String()) != drop(text) {
			t.Errorf("got  %q\nwant %q", joined.String(), text)
		}
		if strings.TrimSpace(word) == word && !strings.ContainsAny(word, "\n") && begun != len(all) {
			t.Errorf("%d marks, %d begun", len(all), begun)
		}
	})
}

func TestOutline(t *testing.T) {
	d := reports()[0]
	entries := newOutline(d.Sections, marks(d.Text, []string{"行政执法"}), sectionAnchor)
	var lines []string
	var list func(entries []entry, indent string)
	list = func(entries []entry, indent string) {
		for _, e := range entries {
			lines = append(lines, fmt.Sprintf("%s%s %d", indent, e.Name, e.Marks))
			list(e.Entries, indent+"-")
		}
	}
	list(entries, "")
	want := "一、加强组织领导，压实主体责任 1|二、依法全面履行政府职能 1|-（一）深化行政审批制度改革 0|-（二）优化法治化营商环境 1|" +
		"三、推进行政决策科学化、民主化、法治化 0|四、严格规范公正文明执法 2|-（一）全面推行行政执法三项制度 2|-（二）规范行政处罚自由裁量权 0|" +
		"五、依法有效化解社会矛盾纠纷 0|（存在问题） 1|六、下一年工作安排 1|-（一）建设智慧执法平台 1|-（二）挂牌成立行政争议调解中心 0"
	if got := strings.Join(lines, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCitations(t *testing.T) {
	now := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC) // the next day in Beijing
	d := &gongwen.Document{Title: "报告", Issuer: "某局", Published: "2019-01-31", Number: "某发〔2019〕1号", URL: "https://example.org/1"}
	got := strings.Join(citations(d, "http://here/1", now), "\n")
	want := "某局. 报告[EB/OL]. (2019-01-31)[2026-11-24]. https://example.org/1.\n《报告》（某发〔2019〕1号），某局，2019年1月31日，https://example.org/1"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = strings.Join(citations(&gongwen.Document{ID: "x", URL: "file:///etc/passwd"}, "http://here/x", now), "\n")
	want = "（无标题）x[EB/OL]. [2026-11-24]. http://here/x.\n《（无标题）x》，http://here/x"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFollowable(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.org/": true, "http://例.中国/": true, "": false, "javascript:alert(1)": false, "//example.org": false,
		"file:///etc": false, "https:": false, "data:text/html,x": false,
	} {
		if got := followable(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestMatches(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "*": true, `W/"a"`: true, `"a"`: true, `"b", W/"a"`: true, `"b"`: false, `W/"ab"`: false,
	} {
		if got := matches(header, `W/"a"`); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}

func TestFaultView(t *testing.T) {
	p := params{Query: "执法 年度:abc 检查"}.defaults()
	view := newFaultView(p, &search.QueryError{Param: "q", Value: "abc", Offset: strings.Index(p.Query, "abc")})
	if view.Before != "执法 年度:" || view.Part != "abc" || view.After != " 检查" {
		t.Errorf("%+v", view)
	}
	// A place that does not fit the query, for whatever reason, is not shown.
	view = newFaultView(p, &search.QueryError{Param: "q", Value: "abc", Offset: 99})
	if view.Before != "" || view.Part != "abc" || view.After != "" {
		t.Errorf("%+v", view)
	}
}
