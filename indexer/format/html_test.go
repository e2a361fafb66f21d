package format

import (
	"fmt"
	"strings"
	"testing"

	"gongwen/indexer/format/sample"
)

func page(t *testing.T, text string) Document {
	t.Helper()
	d, err := readHTML(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const paragraph = "<p>各镇人民政府、街道办事处：现将有关事项通知如下，请认真贯彻执行。</p>"

// TestArticleRules: every rule finds its element, and what follows it is left out.
func TestArticleRules(t *testing.T) {
	for _, rule := range articleRules {
		open, end := fmt.Sprintf(`<div id="%s" class="x %s">`, rule.id, strings.ToUpper(rule.class)), "</div>"
		if rule.tag != 0 {
			open, end = "<"+rule.tag.String()+">", "</"+rule.tag.String()+">"
		}
		d := page(t, "<body><div><a href=/a>甲新闻</a><a href=/b>乙新闻</a></div>"+open+paragraph+end+"<p>版权所有，请勿转载本页的任何内容。</p></body>")
		if d.Text != "各镇人民政府、街道办事处：现将有关事项通知如下，请认真贯彻执行。" {
			t.Errorf("%s: %q", rule.name, d.Text)
		}
	}
}

// TestMetaFields: every meta tag gives its field, in any case; a template's own text gives none.
func TestMetaFields(t *testing.T) {
	for _, m := range metaFields {
		value := "https://qingxi.example/2020-1-2"
		want := map[string]string{"pubdate": "2020-01-02"}[m.name]
		if strings.Contains(m.name, "date") || strings.Contains(m.name, "time") {
			value, want = "2020-01-02-17:08:00", "2020-01-02"
		}
		if want == "" {
			want = value
		}
		for _, attribute := range []string{"name", "property"} {
			d := page(t, fmt.Sprintf(`<head><meta %s="%s" content="%s"></head>%s`, attribute, strings.ToUpper(m.name), value, paragraph))
			if got := *m.to(&d.Fields); got != want {
				t.Errorf("%s: %q, want %q", m.name, got, want)
			}
		}
		d := page(t, fmt.Sprintf(`<head><meta name="%s" content="{$%[1]s}"></head>%s`, m.name, paragraph))
		if got := *m.to(&d.Fields); got != "" {
			t.Errorf("%s: a template gave %q", m.name, got)
		}
	}
}

// TestHTML: what pages do to texts.
func TestHTML(t *testing.T) {
	for _, test := range []struct{ name, page, want string }{
		{"block of a table", `<table><tr><td>索引号：</td><td>1234</td><td>发文机关：</td><td>青溪区政府</td></tr><tr><td colspan=4>` +
			`发文字号：青政发〔2020〕1号</td></tr></table><div id=zoom>` + paragraph + `</div>`,
			"索引号：\t1234\t发文机关：\t青溪区政府\n发文字号：青政发〔2020〕1号\n各镇人民政府、街道办事处：现将有关事项通知如下，请认真贯彻执行。"},
		{"a link as a value", `<p>来源：<a href=/s>青溪区政府网站</a></p><p><a href=1>首页</a>&gt;<a href=2>政务公开</a></p>` + paragraph,
			"来源：青溪区政府网站\n各镇人民政府、街道办事处：现将有关事项通知如下，请认真贯彻执行。"},
		{"files", paragraph + `<p><a href="/a/1.docx">附件1：申请表</a></p><p><a href="P02.pdf?x=1">附件2：目录</a></p>`,
			"各镇人民政府、街道办事处：现将有关事项通知如下，请认真贯彻执行。\n附件1：申请表\n附件2：目录"},
		{"table of layout", `<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr><tr><td><p>第一段。</p><p>第二段。</p></td></tr></table>`,
			"甲\t乙\n第一段。\n第二段。"},
		{"page in one column of cells", `<table><tr><td><a href=1>首页</a>&gt;<a href=2>政务</a></td></tr><tr><td><b>某通知</b></td></tr><tr><td><p>第一段。</p><p>第二段。</p></td></tr></table>`,
			"某通知\n第一段。\n第二段。"},
		{"spans", `<table><tr><th rowspan=2>项目</th><th colspan=2>数量</th></tr><tr><td>一<br>季度</td><td></td></tr></table>`, "项目\t数量\n一 季度"},
		{"hidden", `<p style="display: none">看不见的</p><p hidden>也看不见</p><div class="share">分享</div><p>看得见的<b>字</b><span>句</span></p>`, "看得见的字句"},
		{"breaks", "<p>第一行<br>第二行<br/>\n第三\n  行 use of\n words</p>", "第一行\n第二行\n第三行 use of words"},
		{"entities", "<p>&nbsp;&nbsp;甲&amp;乙&lt;丙&gt;&#12298;丁&#12299;</p>", "甲&乙<丙>《丁》"},
		{"text in what looks like a frame", `<div class="side">` + paragraph + paragraph + `</div>`,
			"各镇人民政府、街道办事处：现将有关事项通知如下，请认真贯彻执行。\n各镇人民政府、街道办事处：现将有关事项通知如下，请认真贯彻执行。"},
		{"form around all", `<form><div>` + paragraph + `</div></form>`, "各镇人民政府、街道办事处：现将有关事项通知如下，请认真贯彻执行。"},
		{"pre", "<pre>第一行\n第二行</pre>", "第一行\n第二行"},
	} {
		if d := page(t, test.page); d.Text != test.want {
			t.Errorf("%s:\n got %q\nwant %q", test.name, d.Text, test.want)
		}
	}
}

// TestHTMLTitle: without a meta tag, the heading that the head names too is the title.
func TestHTMLTitle(t *testing.T) {
	d := page(t, "<title>关于防汛工作的通知 - 青溪区人民政府</title><h1>青溪区人民政府</h1><div class=t>关于防汛工作的通知</div>"+
		"<div id=zoom><h2>一、总体要求</h2>"+paragraph+"<h3>（一）目标</h3>"+paragraph+"</div>")
	if d.Fields.Title != "关于防汛工作的通知" || d.Name != "关于防汛工作的通知" {
		t.Errorf("title %q, name %q", d.Fields.Title, d.Name)
	}
	checkHeadings(t, d)
	if len(d.Headings) != 3 {
		t.Errorf("headings %v", d.Headings)
	}
}

// checkHeadings: headings and pages are where they say, and no line is blank or has white space at its ends.
func checkHeadings(t *testing.T, d Document) {
	t.Helper()
	for _, h := range d.Headings {
		if h.Start > len(d.Text) || !strings.HasPrefix(d.Text[h.Start:]+"\n", h.Line+"\n") {
			t.Errorf("heading %q is not at %d of %q", h.Line, h.Start, d.Text)
		}
	}
	last := 0
	for i, at := range d.Pages {
		if at < last || at > len(d.Text) || i == 0 && at != 0 || at > 0 && at < len(d.Text) && d.Text[at-1] != '\n' {
			t.Errorf("page %d begins at %d of %d", i+1, at, len(d.Text))
		}
		last = at
	}
	for line := range strings.SplitSeq(d.Text, "\n") {
		if (len(d.Headings) > 0 || d.Pages != nil) && (line == "" || strings.TrimSpace(line) != line) {
			t.Errorf("line %q is not clean", line)
		}
	}
}

func TestHTMLNested(t *testing.T) {
	_, err := readHTML(strings.Repeat("<div>", 10000) + "深")
	if err == nil || !strings.Contains(err.Error(), "嵌套过深") {
		t.Errorf("10,000 levels gave %v", err)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(sample.New(2).HTML("utf-8")))
	f.Add([]byte("<table><tr><td>甲<table><tr><td>乙</table><td>丙<h1>丁</h1><pre>戊\n\n己"))
	f.Add([]byte("<meta charset=gbk><title>\xcd\xa8\xd6\xaa_甲</title><a href=a.doc>乙</a>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := parseHTML(t.Context(), nil, data)
		if err == nil {
			checkHeadings(t, d)
		}
	})
}
