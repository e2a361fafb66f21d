package header

import (
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

var (
	// additions are what titles carry behind them in one place and not in another.
	additions = compile(`\((?:试行|暂行|征求意见稿|草案|送审稿|修订稿|修订|代拟稿|讨论稿|公开征求意见稿|\d{4}年(?:修订|修正|版)?)\)$`)
	alias     = compile(`(?:以下|下)(?:统)?简?称(?:为|:)?$|以下简称[“"]?$|简称[“"]?$`)
	press     = compile(`(?:日报|晚报|时报|周刊|杂志|导报|新闻联播|焦点访谈)$`)
	generic   = compile(`^(?:通知|意见|办法|规定|条例|方案|规划|计划|纲要|报告|细则|决定|规范|规则|制度|要点|公告|公报|实施意见|实施方案|实施细则|行动计划|行动方案|工作方案|管理办法|指导意见|若干意见|工作要点|若干规定|清单|目录|标准|指南|章程|协议|批复|函|请示|法|宪法修正案草案)$`)
	issues    = compile(`(?:印发|发布|公布|下发|颁布)(?:《(.+)》|(.+?))(?:的|文件的)?(?:通知|公告|决定|通告|令|函)?(?:\([^()]*\))?$`)
	// What a title names in 《》 is issued with it after these words; 关于废止《X》的决定 and 《X》解读 only speak of X.
	issuedBefore = compile(`(?:印发|发布|公布|下发|颁布|征求|征集|通过|批准|实施)$`)
	issuedBehind = compile(`^(?:\([^()]*\))?(?:公开)?(?:征求|征集|的公告)`)
	between      = compile(`^ ?(?:\((?:[^()《》。;]{0,12}?[,、:])?|[,、]? ?)$`)
)

// Cites returns what the body refers to: documents by title, by number, or both where a number stands behind a title,
// once each, in the order of first mention. The document's own title and number, the text that it issues itself and
// the short names that it introduces (以下简称《办法》) are none.
func Cites(body string, own Fields) []gongwen.Citation {
	c := citing{byTitle: map[string]int{}, byNumber: map[string]int{}, own: ownTitles(own), number: own.Number, shorts: map[string]bool{}}
	// Numbers are searched in simplified characters (〔2019〕17號), which take as many bytes.
	var numbers []gongwen.FoundNumber
	if endsNumber(body) {
		plain := body
		if utf8.ValidString(body) { // a bad byte would become three
			plain = analyzers.Simplify(body)
		}
		numbers = gongwen.FindDocNumbers(plain)
	}
	titles := titleSpans(body)
	for i, t := range titles {
		if i > 0 && alias.MatchString(narrow(strings.TrimRight(body[max(0, t.Start-60):t.Start], "“\""))) {
			c.shorts[squeeze(inner(body, t))] = true
		}
	}
	for len(titles) > 0 || len(numbers) > 0 {
		if len(titles) == 0 || len(numbers) > 0 && numbers[0].Span.Start < titles[0].Start {
			n := numbers[0]
			numbers = numbers[1:]
			// 国发〔2012〕77号《关于…的决定》 is one citation too.
			if len(titles) > 0 && strings.Trim(body[n.Span.End:titles[0].Start], " ") == "" && titles[0].Start > n.Span.End-1 && titles[0].Start-n.Span.End < 4 {
				c.add(inner(body, titles[0]), n.DocNumber, gongwen.Span{Start: n.Span.Start, End: titles[0].End})
				titles = titles[1:]
				continue
			}
			c.add("", n.DocNumber, n.Span)
			continue
		}
		t := titles[0]
		titles = titles[1:]
		for len(numbers) > 0 && numbers[0].Span.Start < t.End { // a number within a title is a part of it
			numbers = numbers[1:]
		}
		span, number := t, gongwen.DocNumber{}
		if len(numbers) > 0 && numbers[0].Span.Start-t.End < 60 && between.MatchString(narrow(body[t.End:numbers[0].Span.Start])) {
			number = numbers[0].DocNumber
			span.End = closing(body, numbers[0].Span.End)
			numbers = numbers[1:]
		}
		c.add(inner(body, t), number, span)
	}
	return c.found
}

// endsNumber reports whether a 号 stands behind a digit somewhere: a text without one holds no number.
func endsNumber(text string) bool {
	for _, sign := range []string{"号", "號"} {
		for at := 0; ; {
			next := strings.Index(text[at:], sign)
			if next < 0 {
				break
			}
			before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[at:at+next], " \t\u00a0\u3000"))
			if before >= '0' && before <= '9' || before >= '０' && before <= '９' {
				return true
			}
			at += next + len(sign)
		}
	}
	return false
}

// citing collects citations; a later mention of the same document adds what the first did not say.
type citing struct {
	found             []gongwen.Citation
	byTitle, byNumber map[string]int
	own               map[string]bool
	shorts            map[string]bool
	number            string
}

func (c *citing) add(title string, number gongwen.DocNumber, span gongwen.Span) {
	key, text := squeeze(title), ""
	if number.Serial != 0 {
		number.Issuer = analyzers.Simplify(number.Issuer)
		text = number.String()
	}
	if text != "" && text == c.number {
		return
	}
	if title != "" && c.isOwn(key) {
		return
	}
	// A short name or a newspaper is a document only where it has a number.
	if text == "" && (c.shorts[key] || generic.MatchString(key) || press.MatchString(key) || utf8.RuneCountInString(key) < shortestCited) {
		return
	}
	if i, ok := c.byNumber[text]; ok && text != "" {
		if c.found[i].Title == "" && title != "" {
			c.found[i].Title = title
			c.byTitle[key] = i
		}
		return
	}
	if i, ok := c.byTitle[key]; ok && title != "" && (text == "" || c.found[i].Number == "") {
		if text != "" {
			c.found[i].Number = text
			c.byNumber[text] = i
		}
		return
	}
	c.found = append(c.found, gongwen.Citation{Title: title, Number: text, Span: span})
	if title != "" {
		c.byTitle[key] = len(c.found) - 1
	}
	if text != "" {
		c.byNumber[text] = len(c.found) - 1
	}
}

const shortestCited = 2

// isOwn reports whether a title is that of the document or of the text that it issues.
func (c *citing) isOwn(key string) bool {
	return c.own[bareTitle(key)]
}

func bareTitle(key string) string {
	key = analyzers.Simplify(narrow(key))
	for additions.MatchString(key) {
		key = additions.ReplaceAllString(key, "")
	}
	return key
}

// ownTitles are the ways in which a document names itself or what it issues: 关于印发X的通知 issues X.
func ownTitles(own Fields) map[string]bool {
	titles := map[string]bool{}
	if own.Title == "" {
		return titles
	}
	enter := func(title string) {
		if title = bareTitle(squeeze(title)); title != "" {
			titles[title] = true
		}
	}
	enter(own.Title)
	title := narrow(own.Title)
	if at := strings.Index(title, "关于"); at > 0 {
		enter(title[at:])
	}
	for _, t := range titleSpans(title) {
		if issuedBefore.MatchString(title[:t.Start]) || issuedBehind.MatchString(title[t.End:]) {
			enter(inner(title, t))
		}
	}
	if m := issues.FindStringSubmatch(tight(title)); m != nil {
		enter(m[1] + m[2])
		// The text names it with or without its place: 从化区古树保护办法.
		enter(strings.TrimPrefix(m[1]+m[2], own.Issuer))
	}
	return titles
}

// titleSpans returns the outermost 《…》 of a text on one line each.
func titleSpans(text string) []gongwen.Span {
	var spans []gongwen.Span
	for from := 0; ; {
		next := strings.Index(text[from:], "《")
		if next < 0 {
			return spans
		}
		start := from + next
		length, closed := titleSpan(text[start:])
		if closed {
			spans = append(spans, gongwen.Span{Start: start, End: start + length})
		}
		from = start + length
	}
}

// titleSpan returns how far the 《 goes that text begins with: to its 》, or to the end of the line where it is not closed.
func titleSpan(text string) (length int, closed bool) {
	depth := 0
	for at, r := range text {
		switch r {
		case '《':
			depth++
		case '》':
			if depth--; depth == 0 {
				return at + len("》"), true
			}
		case '\n':
			return at, false
		}
	}
	return len(text), false
}

func inner(text string, span gongwen.Span) string {
	return text[span.Start+len("《") : span.End-len("》")]
}

// closing moves an end behind the bracket that closes there.
func closing(text string, end int) int {
	for _, bracket := range []string{"）", ")"} {
		if strings.HasPrefix(text[end:], bracket) {
			return end + len(bracket)
		}
	}
	return end
}
