package format

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

func TestMarkdown(t *testing.T) {
	page := "---\nlayout: law\n---\n# 某办法\n\n<!-- INFO END -->\n\n## 第一章 总则 ##\n\n第一条 为了**规范**执法，根据[某法](https://x.example/a)和`代码`制定。\n第二行\n\n" +
		"###第二节\n\n1. 第一项\n2. 第二项\n\n- 甲 &amp; 乙\n  - [x] 丙\n\n| 条文 | 罪名 |\n|---|:--:|\n| 第一条 | **甲罪**<br>乙罪 | 多出的 |\n\n> 引文\n\n    缩进的一段\n\n***\n\n" +
		"国发[2018](50)号，长5*宽3*高2，<甲方>，麦角酸\\*，**关于“通知”。**请照办。\n\n![图](a.png)\n\n```\n# 不是标题\n```\n\n<div align=\"center\">\n附件\n</div>\n"
	source := recordText(page)
	want := []string{
		"某办法", "第一章 总则", "第一条 为了规范执法，根据某法和代码制定。", "第二行", "第二节", "1. 第一项", "2. 第二项", "甲 & 乙", "丙", "条文 罪名",
		"第一条 甲罪 乙罪 多出的", "引文", "缩进的一段", "国发[2018](50)号，长5*宽3*高2，<甲方>，麦角酸*，关于“通知”。请照办。", "图", "# 不是标题", "附件",
	}
	if got := strings.Split(source.Text, "\n"); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", source.Text, strings.Join(want, "\n"))
	}
	var headings []string
	for _, m := range source.Headings {
		headings = append(headings, strings.Repeat("#", m.Level)+m.Line)
		if !strings.HasPrefix(source.Text[m.Start:], m.Line+"\n") {
			t.Errorf("heading %q is not at %d", m.Line, m.Start)
		}
	}
	if want := []string{"#某办法", "##第一章 总则", "###第二节"}; !slices.Equal(headings, want) {
		t.Errorf("headings %v, want %v", headings, want)
	}
}

// TestMarkdownLong: a paragraph of any length and kind is read in time, and whole.
func TestMarkdownLong(t *testing.T) {
	for _, unit := range []string{"_甲*", "![甲](", "[甲](<乙", "**甲 ", "| 甲 |\n", "甲*乙\n", "`甲``", "[", "<a "} {
		page := "# 题\n\n" + strings.Repeat(unit, 30000)
		started := time.Now()
		s := markdownText(page)
		if hanOf(s.Text) != hanOf(page) && !strings.Contains(unit, "`") {
			t.Errorf("%q: %d characters became %d", unit, len(page), len(s.Text))
		}
		if took := time.Since(started); took > 20*time.Second {
			t.Errorf("%q took %v", unit, took)
		}
		if strings.HasPrefix(unit, "|") && strings.Contains(s.Text, "|") {
			t.Errorf("%q: borders in text", unit)
		}
	}
}

// FuzzMarkdown: no text brings the reader down, headings are where they say, and no Han character is lost of a text
// without tags, links and code, which may hide some.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{
		"# 一\n\n正文\n\n## 二\n\n    缩进\n\n|甲|乙|\n|--|--|\n|一|二|三|\n", "甲\n===\n乙\n---\n", "> > # 引\n>> - 甲\n\t丙", "# *一***二__\n\\# 三\n* * *\n***", "#\t一\r\n\r\n二\r三",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, page string) {
		if !utf8.ValidString(page) {
			return
		}
		s := markdownText(page)
		for _, m := range s.Headings {
			if !strings.HasPrefix(s.Text[m.Start:]+"\n", m.Line+"\n") {
				t.Errorf("heading %q is not at %d of %q", m.Line, m.Start, s.Text)
			}
		}
		if !strings.ContainsAny(page, "<]&`~") && hanOf(s.Text) != hanOf(page) {
			t.Errorf("%q\nbecame %q", page, s.Text)
		}
	})
}

// hanOf is the letters of a text in order.
func hanOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return r
		}
		return -1
	}, text)
}
