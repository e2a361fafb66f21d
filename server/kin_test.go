package server

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongwen"
)

// kin are two versions of a text and what the engine says of them.
func kin() (before, after *gongwen.Document) {
	before = outlined(&gongwen.Document{ID: "a/1", Title: "护林办法", Published: "2004-05-01", Status: "已修改", Text: "一、总则\n为了护林。\n禁止放牧。\n罚款五百元。\n完。"})
	after = outlined(&gongwen.Document{
		ID: "b", Title: "护林办法（2018年修正）", Published: "2018-05-01", Text: "一、总则\n为了护林。\n罚款一千元。\n设立奖励。\n完。",
		Addresses: []gongwen.Address{
			{ID: "c", File: "护林.pdf"}, {ID: "d", File: "1.html", URL: "https://portal.example/1", Source: "门户", Published: "2018-05-02"},
		},
	})
	after.Versions = []gongwen.Version{{ID: before.ID, Title: before.Title, Dated: before.Published, Status: before.Status, Likeness: 0.8}}
	before.Versions = []gongwen.Version{{ID: after.ID, Title: after.Title, Dated: after.Published, Likeness: 0.8}}
	return before, after
}

// A reader sees where else a document lies and which versions it has, and compares them; a further address leads to the document.
func TestKin(t *testing.T) {
	before, after := kin()
	s, _ := newTest(t, &fake{documents: []*gongwen.Document{before, after}}, Options{})
	page := open(t, s, documentPath("b"))
	text := page.one(t, "article header").text()
	for _, want := range []string{"其他地址（2）", "护林.pdf", "https://portal.example/1 门户 · 2018年5月2日 · 1.html", "其他版本（1）", "护林办法 2004年5月1日 · 已修改 · 约 80% 相同"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	w := get(s, documentPath("c")+"?q=%E6%8A%A4&hit=1")
	if to := w.Header().Get("Location"); w.Code != http.StatusFound || to != "/documents/b?q=%E6%8A%A4&hit=1" {
		t.Errorf("a further address answers %d, %s", w.Code, to)
	}
	want := "/compare?new=b&old=a%2F1"
	if got := page.named(t, "对照“护林办法”").href(); got != want {
		t.Errorf("compares at %s", got)
	}
	if got := open(t, s, documentPath("a/1")).named(t, "对照“护林办法（2018年修正）”").href(); got != want {
		t.Errorf("the older one compares at %s", got)
	}

	page = open(t, s, want)
	text = page.one(t, "main").text()
	for _, want := range []string{
		"正文修改 1 段，删去 1 段，新增 1 段；3 段相同。", "标题护林办法护林办法（2018年修正）", "发布日期2004年5月1日2018年5月1日", "效力已修改—",
		"2 段相同", "1. 删去 一、总则 旧文 禁止放牧。", "2. 修改 一、总则 旧文 新文 罚款五百一千元。", "3. 新增 一、总则 新文 设立奖励。",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if got := page.all("del")[2].text() + page.all("ins")[1].text(); got != "五百一千" {
		t.Errorf("marked are %s", got)
	}
	for _, a := range page.all("ol.changes a") {
		path, _, _ := strings.Cut(a.href(), "#")
		if mark := open(t, s, path).one(t, "mark#here").text(); !strings.Contains(text, mark[:len("罚款")]) {
			t.Errorf("%s marks %s", a.href(), mark)
		}
	}
	if got := open(t, s, page.named(t, "新旧互换").href()).one(t, "main").text(); !strings.Contains(got, "1. 新增 一、总则 新文 禁止放牧。") {
		t.Error(got)
	}
	if got := open(t, s, "/compare?old=b&new=c").one(t, "main").text(); !strings.Contains(got, "正文没有不同之处（共 5 段）。") {
		t.Error(got)
	}
	for path, want := range map[string]int{"/compare": 400, "/compare?old=b": 400, "/compare?old=b&new=x": 404, "/compare?old=b&old=c&new=b": 400} {
		if w := get(s, path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
	w = get(s, apiRoot+"/compare?old=a%2F1&new=b")
	if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, `{"kind":"deleted","paragraphs":1,"old_start":29,`) ||
		!strings.Contains(body, `"parts":[{"kind":"same","text":"罚款"},{"kind":"deleted","text":"五百"},{"kind":"inserted","text":"一千"},{"kind":"same","text":"元。"}]`) {
		t.Errorf("%d %s", w.Code, body)
	}
}

// Many changes are shown on several pages, each once.
func TestManyChanges(t *testing.T) {
	const n = 2*changesOnPage + 50
	var a, b strings.Builder
	for i := range n {
		fmt.Fprintf(&a, "第%d条 罚款%d元，由主管机关收取。\n", i, i)
		fmt.Fprintf(&b, "第%d条 罚款%d千元，由主管机关收取。\n", i, i)
	}
	s, _ := newTest(t, &fake{documents: []*gongwen.Document{{ID: "a", Text: a.String()}, {ID: "b", Text: b.String()}}}, Options{})
	seen := 0
	path := "/compare?" + url.Values{"old": {"a"}, "new": {"b"}}.Encode()
	for path != "" {
		page := open(t, s, path)
		path = ""
		for _, li := range page.all("ol.changes li") {
			seen++
			if id, _ := li.attr("id"); id != fmt.Sprintf("c%d", seen) {
				t.Fatalf("change %d is %s", seen, id)
			}
		}
		for _, next := range page.all("a[rel=next]") {
			path = next.href()
		}
	}
	if seen != n {
		t.Errorf("%d changes, want %d", seen, n)
	}
}
