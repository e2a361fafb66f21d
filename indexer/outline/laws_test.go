package outline

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gongwen"
)

// checkLaws returns what a tree of sections breaks of the laws of an outline, or "".
func checkLaws(text string, sections []gongwen.Section) string {
	if text == "" {
		if len(sections) > 0 {
			return "the empty text has sections"
		}
		return ""
	}
	if len(sections) == 0 {
		return "a text without sections"
	}
	at := 0
	for i := range sections {
		if sections[i].Span.Start != at {
			return fmt.Sprintf("section %s starts at %d, the one before ends at %d", sections[i].ID, sections[i].Span.Start, at)
		}
		at = sections[i].Span.End
	}
	if at != len(text) {
		return fmt.Sprintf("the sections end at %d, the text at %d", at, len(text))
	}
	return checkSections(text, sections, gongwen.Span{Start: 0, End: len(text)}, "", 1)
}

func checkSections(text string, sections []gongwen.Section, within gongwen.Span, prefix string, level int) string {
	at := within.Start
	for i := range sections {
		s := &sections[i]
		switch {
		case s.ID != fmt.Sprint(prefix, i+1):
			return fmt.Sprintf("ID %s, want %s%d", s.ID, prefix, i+1)
		case s.Level != level:
			return fmt.Sprintf("%s has level %d at depth %d", s.ID, s.Level, level)
		case s.Span.Start < at || s.Span.End > within.End || s.Span.Start >= s.Span.End:
			return fmt.Sprintf("%s %v is out of order or of its parent %v", s.ID, s.Span, within)
		case s.Span.Start > 0 && text[s.Span.Start-1] != '\n':
			return fmt.Sprintf("%s starts inside a line", s.ID)
		case s.Span.End < len(text) && text[s.Span.End-1] != '\n':
			return fmt.Sprintf("%s ends inside a line", s.ID)
		case s.Role == "" || s.Topic == "" || s.RoleRule == "" || s.TopicRule == "":
			return fmt.Sprintf("%s has no role, topic or rule", s.ID)
		}
		at = s.Span.End
		if wrong := checkItems(text, s); wrong != "" {
			return wrong
		}
		if wrong := checkSections(text, s.Sections, s.Span, s.ID+".", level+1); wrong != "" {
			return wrong
		}
	}
	return ""
}

func checkItems(text string, s *gongwen.Section) string {
	at := s.Span.Start
	own := s.Own()
	for _, item := range s.Items {
		for len(own) > 1 && own[0].End <= item.Start {
			own = own[1:]
		}
		switch {
		case item.Start < at || item.End > s.Span.End || item.Start >= item.End:
			return fmt.Sprintf("item %v of %s %v is out of order or of its section", item.Span, s.ID, s.Span)
		case !utf8.RuneStart(text[item.Start]) || item.End < len(text) && !utf8.RuneStart(text[item.End]):
			return fmt.Sprintf("item %v of %s cuts a character", item.Span, s.ID)
		case !strings.HasPrefix(item.Cut(text), item.Label) || item.Label == "":
			return fmt.Sprintf("item %q of %s does not begin with its label %q", item.Cut(text), s.ID, item.Label)
		case strings.TrimRightFunc(item.Cut(text), blank) != item.Cut(text):
			return fmt.Sprintf("item %q of %s ends in white space", item.Cut(text), s.ID)
		case len(own) == 0 || item.Start < own[0].Start || item.End > own[0].End:
			return fmt.Sprintf("item %v of %s lies in a child", item.Span, s.ID)
		}
		at = item.End
	}
	return ""
}

func FuzzSplit(f *testing.F) {
	for _, text := range []string{
		"", "\n", " \n\u3000\n", "一、甲\n二、乙", "前言。\n一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n2.己\n二、庚\n",
		"第一章 总则\n第一条 为了甲，制定本法。\n（一）乙；\n（二）丙。\n第二条 丁。\n", "一是甲。二是乙。\n三是丙。\n",
		"1 总则\n1.1 目的\n甲乙丙丁。\n1.2 依据\n甲。\n2 附则\n", "**存在的问题**\n甲乙丙丁。\n下一步，我们将努力。\n",
		"2.5万件\n12345热线\n2021年，\n1.5亿\n", "附件\n\n各位代表！\n同时，我们也清醒认识到，还存在不足：一是甲；二是乙。\n2022年，我们将重点做好：\n首先，甲。\n其次，乙。\n最后，丙。\n",
	} {
		f.Add(text, 2021, 3)
	}
	f.Fuzz(func(t *testing.T, text string, year, start int) {
		if wrong := checkLaws(text, Split(text, year)); wrong != "" {
			t.Error(wrong)
		}
		headings := []Heading{{start, 1}, {start + 7, year % 7}, {len(text) / 2, 2}}
		if wrong := checkLaws(text, SplitHeadings(text, headings, year)); wrong != "" {
			t.Error("with headings: ", wrong)
		}
	})
}

// TestTwice: the same text gives the same sections.
func TestTwice(t *testing.T) {
	const text = "2021年，我局推进工作。\n一、甲\n一是乙。二是丙。\n二、下一步打算\n丁。\n"
	if a, b := fmt.Sprint(Split(text, 2021)), fmt.Sprint(Split(text, 2021)); a != b {
		t.Errorf("two answers:\n%s\n%s", a, b)
	}
}

// TestLinear: the time grows with the size and no faster, whatever the text repeats.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("large texts")
	}
	for name, unit := range map[string]string{
		"sections": "一、甲乙丙\n（一）甲乙丙丁。我区将继续努力，一是甲。二是乙。\n1.戊己庚辛\n（二）同时，我们也清醒地看到，还存在不少问题和差距：一是甲。二是乙。\n",
		"ones":     "1.\n", "items": "一是", "open": "（一", "spaces": "\u3000", "lines": "\n", "stops": "。", "bold": "**甲乙丙丁**\n",
		"cues": "下一步，我们将继续深入推进。\n同时，我们也清醒地看到，还存在不少问题和差距。\n", "torn": "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙一是\n",
		"decimal": "1 总则\n1.1 目的\n1.1.1 甲\n", "articles": "第一条 甲。\n第二条 乙：\n（一）丙；\n（二）丁。\n",
		"below": "1.甲\n（一）乙\n", "short": "甲乙丙\n", "table": "规章\n0\n",
	} {
		text := strings.Repeat(unit, linearSize/len(unit))
		start := time.Now()
		sections := Split(text, 2021)
		took := time.Since(start)
		if wrong := checkLaws(text, sections); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
		t.Logf("%s: %v", name, took)
		// The bound leaves room for a busy machine: what grows with the square takes minutes.
		if took > 20*time.Second {
			t.Errorf("%s: 1 MB took %v", name, took)
		}
	}
}

// linearSize is the size of the texts of TestLinear.
const linearSize = 1 << 20
