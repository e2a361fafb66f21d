package header

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean normalises a text that is known to be a body: one kind of line break, no byte order mark, zero-width or control
// characters, no white space at the ends of a line and no blank lines. It drops no line that holds anything else, and
// Clean(Clean(s)) equals Clean(s).
func Clean(text string) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, string(utf8.RuneError))
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = mapMarks(text, func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r == '\t':
			return ' '
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	})
	var b strings.Builder
	b.Grow(len(text))
	for l := range strings.SplitSeq(text, "\n") {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l)
	}
	return b.String()
}

var (
	markupSign  = compile(`(?i)</(?:p|div|span|td|li|h[1-6])>|<br ?/?>`)
	markupBreak = compile(`(?i)</(?:p|div|tr|li|h[1-6]|table|section)\s*>|<br\b[^<>]*>`)
	markupTag   = compile(`(?i)</?(?:p|br|div|span|strong|b|i|u|em|a|img|font|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6]|section|center|style|o:p)\b[^<>]*>`)
)

// stripMarkup removes what is left of HTML in a text copied from a page's source.
func stripMarkup(text string) string {
	if !strings.Contains(text, "<") || !markupSign.MatchString(text) {
		return text
	}
	text = markupBreak.ReplaceAllString(text, "\n")
	text = markupTag.ReplaceAllString(text, "")
	return html.UnescapeString(text)
}
