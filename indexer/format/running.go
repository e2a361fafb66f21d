package format

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text counts as broken into lines of one width, as mail programs and copies from PDF are, where at least fewestFull
// lines, and two in five, end within wrapSlack columns of it, none to speak of goes beyond, and most of them are prose.
const (
	fewestFull    = 8
	wrapSlack     = 3
	shortestWidth = 30
	longestWidth  = 140
)

// running joins the lines of paragraphs that were broken into lines of one width, drops the page numbers between them,
// and draws dates together whose digits were set apart. A text whose lines are paragraphs comes back as it is.
func running(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if width := wrapWidth(text); width > 0 {
		text = unwrapped(text, width)
	}
	if !strings.Contains(text, "1 9 ") && !strings.Contains(text, "2 0 ") {
		return text
	}
	return spacedDate.ReplaceAllStringFunc(text, func(date string) string { return strings.Join(strings.Fields(date), "") })
}

// spacedDate is a year with its digits set apart, and a month and a day behind it: 1 9 9 3 年 1 2 月 3 日.
var spacedDate = regexp.MustCompile(`\b(?:1 9|2 0) \d \d ?年(?: ?\d(?: ?\d)? ?月(?: ?\d(?: ?\d)? ?日)?)?`)

// columnsOf is the width of a line on a terminal: what is Chinese is two wide.
func columnsOf(line string) int {
	n := 0
	for _, r := range line {
		if n++; r >= 0x2e80 {
			n++
		}
	}
	return n
}

// wrapWidth is the width at which the lines of a text were broken, or 0.
func wrapWidth(text string) int {
	var counts [longestWidth + 2]int // of lines by width; the last counts those beyond
	total := 0
	for line := range strings.SplitSeq(text, "\n") {
		if w := columnsOf(strings.TrimRightFunc(line, unicode.IsSpace)); w > 0 {
			counts[min(w, longestWidth+1)]++
			total++
		}
	}
	beyond := 0
	for width := longestWidth; width >= shortestWidth; width-- {
		beyond += counts[width+1]
		if beyond*50 > total {
			return 0
		}
		full := 0
		for w := width - wrapSlack; w <= width; w++ {
			full += counts[w]
		}
		if counts[width] > 0 && full >= fewestFull && full*5 >= total*2 {
			if !isProse(text, width) {
				return 0
			}
			return width
		}
	}
	return 0
}

// isProse reports whether half of the full lines have a comma or a full stop in them, as lines of tables do not.
func isProse(text string, width int) bool {
	full, prose := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimRightFunc(line, unicode.IsSpace); columnsOf(line) >= width-wrapSlack {
			full++
			if strings.ContainsAny(line, "，。；、,") {
				prose++
			}
		}
	}
	return prose*2 >= full
}

var linePageNumber = regexp.MustCompile(`^\s*(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*$`)

// unwrapped joins a full line with the next where that goes on: it is not indented in a text of indented paragraphs; in
// another the full line does not end as a sentence does.
func unwrapped(text string, width int) string {
	all := strings.Split(text, "\n")
	indents := 0
	for _, line := range all {
		if indented(line) && strings.TrimSpace(line) != "" {
			indents++
		}
	}
	marked := indents > 1 && indents*2 < len(all)
	var out strings.Builder
	out.Grow(len(text))
	last := "" // the line before, "" where nothing may be joined to it
	for _, line := range all {
		if linePageNumber.MatchString(line) {
			continue
		}
		if last != "" && strings.TrimSpace(line) != "" && columnsOf(last) >= width-wrapSlack &&
			!indented(line) && (marked || !ends(last)) {
			out.WriteString(between(last, line))
		} else if out.Len() > 0 {
			out.WriteByte('\n')
		}
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		out.WriteString(strings.TrimLeft(line, "\ufeff"))
		last = line
	}
	return out.String()
}

// indented reports whether a line begins with white space of two columns or more.
func indented(line string) bool {
	return strings.HasPrefix(line, "　") || strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t") ||
		strings.HasPrefix(line, "\u00a0\u00a0")
}

// between is what stands between two lines that are joined.
func between(line, next string) string {
	a, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(line, unicode.IsSpace))
	b, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(next, unicode.IsSpace))
	if joins(a, b) || isNumeric(a) && isNumeric(b) {
		return ""
	}
	return " "
}
