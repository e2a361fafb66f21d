package header

import (
	"strings"
	"unicode/utf8"

	"gongwen/analyzers"
)

// line is a line of the page, or a text of several, in three forms, rune for rune alike.
type line struct {
	raw   string
	plain string // in simplified characters
	key   string // plain with half-width punctuation, digits and blanks
}

func newLine(raw string) line {
	plain := analyzers.Simplify(raw)
	return line{raw: raw, plain: plain, key: narrow(plain)}
}

// split parts a text at its line breaks, which are the same in its three forms.
func (l line) split() []line {
	lines := make([]line, 0, 1+strings.Count(l.raw, "\n"))
	for more := true; more; {
		var next, rest line
		next.raw, rest.raw, more = strings.Cut(l.raw, "\n")
		next.plain, rest.plain, _ = strings.Cut(l.plain, "\n")
		next.key, rest.key, _ = strings.Cut(l.key, "\n")
		lines = append(lines, next)
		l = rest
	}
	return lines
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
	return mapMarks(text, func(r rune) rune {
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
	})
}

// mapMarks is strings.Map for a function that leaves Han characters and printable ASCII alone, of which nearly all of a
// text is: it is not asked about them.
func mapMarks(text string, change func(rune) rune) string {
	var changed []byte
	same := 0 // where the text begins that is not in changed yet
	for at := 0; at < len(text); {
		c := text[at]
		if c >= ' ' && c < 0x7f {
			at++
			continue
		}
		if c >= 0xe4 && c <= 0xec && at+2 < len(text) && text[at+1]&0xc0 == 0x80 && text[at+2]&0xc0 == 0x80 { // U+4000 to U+CFFF
			at += 3
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		to := change(r)
		if to != r || r == utf8.RuneError && size == 1 {
			if changed == nil {
				changed = make([]byte, 0, len(text)+utf8.UTFMax)
			}
			changed = append(changed, text[same:at]...)
			if to >= 0 {
				changed = utf8.AppendRune(changed, to)
			}
			same = at + size
		}
		at += size
	}
	if changed == nil {
		return text
	}
	return string(append(changed, text[same:]...))
}

// tight drops the blanks.
func tight(text string) string {
	if strings.IndexByte(text, ' ') < 0 && !strings.Contains(text, "\u3000") && !strings.Contains(text, "\u00a0") {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == 0x3000 || r == 0xa0 {
			return -1
		}
		return r
	}, text)
}
