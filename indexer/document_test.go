package indexer

import (
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongwen"
)

// documentOf is the one document of a file with the given name and content.
func documentOf(t *testing.T, name, content string) gongwen.Document {
	t.Helper()
	folder := writeFiles(t, map[string]string{name: content})
	var documents []gongwen.Document
	for document, err := range newIndexer(t, Options{}).Documents(t.Context(), filepath.Join(folder, name)) {
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, document)
	}
	if len(documents) != 1 {
		t.Fatalf("%d documents", len(documents))
	}
	return documents[0]
}

func TestRecordFields(t *testing.T) {
	for _, test := range []struct {
		name, line string
		want       func(gongwen.Document) bool
	}{
		{"id", `{"id":" 甲/1 ","text":"正文。"}`, func(d gongwen.Document) bool { return d.ID == " 甲/1 " }},
		{"number as id", `{"id":17,"text":"正文。"}`, func(d gongwen.Document) bool { return d.ID == "17" }},
		{"no id", `{"id":null,"text":"正文。"}`, func(d gongwen.Document) bool { return len(d.ID) == 16 }},
		{"year as text", `{"title":"甲","year":"2025","text":"正文。"}`, func(d gongwen.Document) bool { return d.Year == 2025 }},
		{"year as number", `{"title":"甲","year":2025,"text":"正文。"}`, func(d gongwen.Document) bool { return d.Year == 2025 }},
		{"given year wins", `{"title":"2018年度报告","year":2017,"text":"正文。"}`, func(d gongwen.Document) bool { return d.Year == 2017 }},
		{"impossible year", `{"title":"甲","year":"去年","text":"正文。"}`, func(d gongwen.Document) bool { return d.Year == 0 }},
		{"date", `{"title":"甲","date":"2019-1-31","text":"正文。"}`, func(d gongwen.Document) bool { return d.Published == "2019-01-31" }},
		{"published before date", `{"title":"甲","date":"2019-1-31","published":"2020年2月3日","text":"正文。"}`, func(d gongwen.Document) bool { return d.Published == "2020-02-03" }},
		{"date as number", `{"title":"甲","date":20190131,"text":"正文。"}`, func(d gongwen.Document) bool { return d.Published == "2019-01-31" }},
		{"impossible date", `{"title":"甲","date":"2019-02-30","text":"正文。"}`, func(d gongwen.Document) bool { return d.Published == "" }},
		{"signed", `{"title":"甲","signed":"2019/1/2","text":"正文。"}`, func(d gongwen.Document) bool { return d.Signed == "2019-01-02" }},
		{"department", `{"title":"甲","department":"大连市人民政府","text":"正文。"}`, func(d gongwen.Document) bool { return d.Issuer == "大连市人民政府" }},
		{"issuer before department", `{"title":"甲","department":"乙局","issuer":"丙局","text":"正文。"}`, func(d gongwen.Document) bool { return d.Issuer == "丙局" }},
		{"source", `{"title":"甲","source":"解放日报","text":"正文。"}`, func(d gongwen.Document) bool { return d.Source == "解放日报" }},
		{"two sources", `{"title":"甲","source":"人民日报/新华社","text":"正文。"}`, func(d gongwen.Document) bool { return d.Source == "人民日报/新华社" }},
		{"source is a path", `{"title":"甲","source":"其他/人体损伤(2014-01-01).md","text":"正文。"}`, func(d gongwen.Document) bool { return d.Source == "" && d.URL == "" }},
		{"source is a folder", `{"title":"甲","source":"/data/laws/x","text":"正文。"}`, func(d gongwen.Document) bool { return d.Source == "" }},
		{"source is an address", `{"title":"甲","source":"https://zh.wikisource.org/wiki/X","text":"正文。"}`, func(d gongwen.Document) bool { return d.Source == "" && d.URL == "https://zh.wikisource.org/wiki/X" }},
		{"source is a host", `{"title":"甲","source":"www.gov.cn","text":"正文。"}`, func(d gongwen.Document) bool { return d.Source == "" }},
		{"url stays", `{"title":"甲","source":"https://a.example/1","url":"https://b.example/2","text":"正文。"}`, func(d gongwen.Document) bool { return d.URL == "https://b.example/2" }},
		{"region", `{"title":"甲","region":"大连市","text":"正文。"}`, func(d gongwen.Document) bool { return d.Region == "辽宁省/大连市" }},
		{"whole country", `{"title":"甲","region":"全国","text":"正文。"}`, func(d gongwen.Document) bool { return d.Region == "全国" }},
		{"number", `{"title":"甲","number":"国办发[2018]118号","text":"正文。"}`, func(d gongwen.Document) bool { return d.Number == "国办发〔2018〕118号" }},
		{"other number", `{"title":"甲","number":"国务院令第123号","text":"正文。"}`, func(d gongwen.Document) bool { return d.Number == "国务院令第123号" }},
		{"kind and status", `{"title":"甲","kind":"法律","status":"已废止","text":"正文。"}`, func(d gongwen.Document) bool { return d.Kind == "法律" && d.Status == "已废止" }},
		{"unknown fields, empty fields", `{"title":"甲","kind":"","chapter":{"x":[1]},"text":"正文。"}`, func(d gongwen.Document) bool { return d.Title == "甲" && d.Text == "正文。" }},
		{"object as field", `{"title":"甲","kind":{"a":1},"text":"正文。"}`, func(d gongwen.Document) bool { return d.Text == "正文。" }},
		{"title line is no body", `{"title":"关于某事的通知","text":"关于某事的\n 通知\n各单位：\n请执行。"}`, func(d gongwen.Document) bool { return d.Text == "各单位：\n请执行。" }},
		{"short text", `{"title":"某法第九条","text":"（删除）"}`, func(d gongwen.Document) bool { return d.Text == "（删除）" }},
		{"article", `{"title":"某法第一条","text":"第一条　为了规范执法，制定本法。\n\n（一）甲；\n（二）乙。\n"}`, func(d gongwen.Document) bool {
			return strings.HasPrefix(d.Text, "第一条") && strings.HasSuffix(d.Text, "为了规范执法，制定本法。\n（一）甲；\n（二）乙。")
		}},
		{"lines like a header stay", `{"title":"某通知","text":"国办发〔2018〕118号\n各省人民政府：\n请执行。\n2018年3月1日"}`, func(d gongwen.Document) bool {
			return d.Text == "国办发〔2018〕118号\n各省人民政府：\n请执行。\n2018年3月1日"
		}},
		{"signs that are no Markdown", `{"title":"甲","text":"#1 机组和 2*3*4 的 __数据__，见 [1](2)。\n* 注：**如此**。\n- 5 度"}`, func(d gongwen.Document) bool {
			return d.Text == "#1 机组和 2*3*4 的 __数据__，见 [1](2)。\n* 注：**如此**。\n- 5 度"
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if d := documentOf(t, "x.jsonl", test.line); !test.want(d) {
				got, _ := json.Marshal(d)
				t.Errorf("%s\ngave %s", test.line, got)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	folder := writeFiles(t, map[string]string{"x.jsonl": `{"id":"x","title":"甲","date":"2019-02-30","year":"去年","kind":[1],"text":"正文。"}`})
	_, entries := runOver(t, newIndexer(t, Options{}), &fakeWriter{}, folder, RunOptions{})
	notes := strings.Join(entries["x.jsonl:1"].Notes, "；")
	for _, want := range []string{"date “2019-02-30”不是日期", "year “去年”不是年份", "kind 不是文字"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q lack %q", notes, want)
		}
	}
}

func TestReadDate(t *testing.T) {
	for written, want := range map[string]gongwen.Date{
		"2019-1-31": "2019-01-31", "2019/01/31": "2019-01-31", "2019.1.31": "2019-01-31", "20190131": "2019-01-31",
		"2019年1月31日": "2019-01-31", "2019-01-31T08:00:00Z": "2019-01-31", "2019-01-31 08:00": "2019-01-31", "２０１９年１月３１日": "2019-01-31",
		"2019-01": "2019-01", "2019年1月": "2019-01", "2019": "2019", "2019年": "2019", "2020-02-29": "2020-02-29", " 2019-01-31 ": "2019-01-31",
		"2019 年 1 月 31 日": "2019-01-31", "20190131103000": "2019-01-31", "2019-02-29": "", "2019-13-01": "", "2019-00-10": "", "2019-1-0": "",
		"昨天": "", "1548892800": "", "0000-00-00": "", "31/01/2019": "", "20191301": "", "2018525": "",
	} {
		got, ok := readDate(written)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", written, got, ok, want)
		}
	}
}

func TestMarkdownFile(t *testing.T) {
	d := documentOf(t, "a.md", "---\ntitle: \"青溪区行政执法办法\"\ndate: 2020-5-1\nid: never\n---\n# 青溪区行政执法办法\n\n## 第一章 总则\n\n第一条 甲。\n\n## 第二章 附则\n\n第二条 乙。\n")
	if d.Title != "青溪区行政执法办法" || d.Published != "2020-05-01" || d.ID == "never" || d.Text != "第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。" {
		t.Errorf("%+v", d)
	}
	if len(d.Sections) != 2 {
		t.Errorf("%d sections", len(d.Sections))
	}
	checkSections(t, "a.md", &d)
	d = documentOf(t, "b.md", "# 青溪区行政执法办法\n\n## 第一章 总则\n\n第一条 甲。\n")
	if d.Title != "青溪区行政执法办法" || d.Text != "第一章 总则\n第一条 甲。" {
		t.Errorf("%+v", d)
	}
}

// TestLaw: headings of Markdown in a record are its sections.
func TestLaw(t *testing.T) {
	line, err := json.Marshal(map[string]any{"id": "law", "title": "某某法", "department": nil, "text": "# 某某法\n\n（1999年1月1日通过）\n\n<!-- INFO END -->\n\n## 第一章　总则\n\n第一条　为了甲，制定本法。\n\n第二条　乙。\n\n## 第二章　附则\n\n### 第一节　施行\n\n第三条　本法自公布之日起施行。\n"})
	if err != nil {
		t.Fatal(err)
	}
	d := documentOf(t, "law.jsonl", string(line))
	if strings.Contains(d.Text, "#") || strings.HasPrefix(d.Text, "某某法") || !strings.HasPrefix(d.Text, "（1999年1月1日通过）\n第一章") {
		t.Errorf("text %q", d.Text)
	}
	var names []string
	gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) {
		line, _, _ := strings.Cut(s.Span.Cut(d.Text), "\n")
		names = append(names, line)
	})
	for _, want := range []string{"第一章", "第二章", "第一节"} {
		if !slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, want) }) {
			t.Errorf("no section begins with %s: %q", want, names)
		}
	}
	checkSections(t, "law", &d)
}

// TestEveryLineStays: no line of a plain body is lost, whatever is in it, as a record or as a file.
func TestEveryLineStays(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var lines []string
		for range 1 + random.IntN(12) {
			var line strings.Builder
			for range 1 + random.IntN(40) {
				line.WriteRune(rune(0x4e00 + random.IntN(0x5000)))
			}
			lines = append(lines, line.String())
		}
		text := strings.Join(lines, "\n")
		record, err := json.Marshal(map[string]string{"id": "x", "title": "甲的通知", "text": text})
		if err != nil {
			t.Fatal(err)
		}
		d := documentOf(t, "x.jsonl", string(record))
		if d.Text != text {
			t.Fatalf("record %q\ngave %q", text, d.Text)
		}
		checkSections(t, "record", &d)
		d = documentOf(t, "x.txt", text)
		for _, line := range lines {
			if !strings.Contains(d.Title+"\n"+d.Text, line) {
				t.Fatalf("file %q\nlost %q", text, line)
			}
		}
		checkSections(t, "file", &d)
	}
}

func TestPageInRecord(t *testing.T) {
	d := documentOf(t, "x.jsonl", `{"id":"p","title":"2026年上海市政府工作报告","text":"下载\n打印\n全屏\n收藏\n【字号：\n加大\n还原\n减小\n】\n2026年上海市政府工作报告\n来源：解放日报\n时间：2026-02-09\n各位代表：\n现在，我代表上海市人民政府，向大会报告工作，请予审议。\n一、工作回顾\n过去一年，成绩显著，各项任务都已完成，群众满意度继续提高，营商环境不断优化。"}`)
	if !strings.HasPrefix(d.Text, "各位代表：\n") || d.Source != "解放日报" || d.Published != "2026-02-09" {
		t.Errorf("%+v", d)
	}
}
