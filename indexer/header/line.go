package header

import (
	"strings"
	"unicode/utf8"

	"gongwen/analyzers"
)

// line is a line of the page in three forms, rune for rune alike.
type line struct {
	raw   string
	plain string // in simplified characters
	key   string // plain with half-width punctuation, digits and blanks
}

func newLine(raw string) line {
	plain := analyzers.Simplify(raw)
	return line{raw: raw, plain: plain, key: narrow(plain)}
}

// from returns what stands in another form of the line at the bytes [start, end) of the key.
func (l line) from(form string, start, end int) string {
	skip, take := utf8.RuneCountInString(l.key[:start]), utf8.RuneCountInString(l.key[start:end])
	for at := range form {
		if skip == 0 {
			form = form[at:]
			break
		}
		skip--
	}
	if skip > 0 {
		return ""
	}
	for at := range form {
		if take == 0 {
			return form[:at]
		}
		take--
	}
	return form
}

func (l line) runes() int { return utf8.RuneCountInString(l.key) }

// narrow makes ASCII of wide forms and one kind of blank of all, rune for rune.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xfee0
		case r == 0x3000 || r == 0xa0 || r == '\t' || (r >= 0x2000 && r <= 0x200a):
			return ' '
		case r == '│' || r == '┃' || r == '¦':
			return '|'
		case r == '○' || r == '◯':
			return '〇'
		case r == '∶' || r == '︰':
			return ':'
		}
		return r
	}, text)
}

// tight drops the blanks.
func tight(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == 0x3000 || r == 0xa0 {
			return -1
		}
		return r
	}, text)
}
