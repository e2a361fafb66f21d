package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a line of the text that is not blank. A blank line belongs to the section of the line before it, so only the
// start of a line is ever needed to cut.
type line struct {
	start int    // of the physical line, white space included
	at    int    // of text
	text  string // without white space at its ends and without the marks of bold type
	bold  bool   // the whole line is bold: **…**
	mark  int    // bytes of the 【heading】 that it begins with, 0 for none
	gap   bool   // a blank line stands before it
	table bool   // a row or a cell of a table that was flattened to lines
	label label  // the number that it begins with, if any
	known int    // the level of a heading that the caller knows, or 0
}

// scan cuts text into its lines and reads what each begins with.
func scan(text string) []line {
	var lines []line
	gap := false
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		left := strings.TrimLeftFunc(text[start:end], blank)
		body := strings.TrimRightFunc(left, blank)
		if body == "" {
			gap = true
		} else {
			l := line{start: start, at: end - len(left), text: body, gap: gap}
			if inner, ok := strings.CutPrefix(body, "**"); ok && strings.Contains(inner, "**") {
				l.bold = strings.HasSuffix(inner, "**")
				l.text = strings.TrimSuffix(inner, "**")
				l.at += len("**")
			}
			l.label = readLabel(l.text)
			if l.label.style == styleNone {
				l.mark = markedHeading(l.text)
			}
			lines = append(lines, l)
			gap = false
		}
		start = end
	}
	markTables(lines)
	unmarkSingle(lines)
	return lines
}

// maxMarked is the number of characters of a heading in 【】.
const maxMarked = 20

// markedHeading returns how many bytes at the beginning of s are a heading in 【】, or 0.
func markedHeading(s string) int {
	inner, ok := strings.CutPrefix(s, "【")
	if !ok {
		return 0
	}
	end := strings.Index(inner, "】")
	if end < 0 || longer(inner[:end], maxMarked) || countHan(inner[:end]) < 2 || strings.ContainsAny(inner[:end], "：:") {
		return 0
	}
	return len("【") + end + len("】")
}

// unmarkSingle takes their marks from lines of a text that has only one such: it is a remark of the page.
func unmarkSingle(lines []line) {
	marked := 0
	for i := range lines {
		if lines[i].mark > 0 {
			marked++
		}
	}
	for i := range lines {
		if marked < 2 {
			lines[i].mark = 0
		}
	}
}

// blank reports white space in the wide sense of web pages, where characters without width stand for nothing too.
func blank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\ufeff', '\u2060':
		return true
	}
	return unicode.IsSpace(r)
}

// lastRune is the last character of s that carries meaning: a closing quotation mark or bracket after a full stop
// does not hide the stop.
func lastRune(s string) rune {
	r, size := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune("”’」』）)》】\"", r) {
		before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
		if strings.ContainsRune("。！？；", before) {
			return before
		}
	}
	return r
}

// ended reports whether the line ends where a sentence, a clause of a list or a lead-in ends.
func (l *line) ended() bool { return strings.ContainsRune("。！？；：!?;:.…", lastRune(l.text)) }

// leadsIn reports whether the line announces what follows it.
func (l *line) leadsIn() bool { return strings.ContainsRune("：:", lastRune(l.text)) }

// longer reports whether s has more than n characters; it looks at no more of them than it must.
func longer(s string, n int) bool {
	if len(s) <= n {
		return false
	}
	if len(s) > n*utf8.UTFMax {
		return true
	}
	return utf8.RuneCountInString(s) > n
}

// firstRunes is the beginning of s, n characters at most.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// isHan reports a Chinese character.
func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// countHan counts the Chinese characters in s.
func countHan(s string) int {
	n := 0
	for _, r := range s {
		if isHan(r) {
			n++
		}
	}
	return n
}
