package header

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// line is a line of the page in three forms, rune for rune alike.
type line struct {
	raw   string
	plain string // in simplified characters
	key   string // plain with half-width punctuation, digits and blanks
}

func newLine(raw string) line {
	plain := simplify(raw)
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

//go:embed data/simplified.txt
var simplifiedTable string

const firstHan, lastHan = 0x4e00, 0x9fff

// simplified is the table of the analyzers, a copy of whose file lies here because the layers keep the two apart. It is
// made at first use; index 0 is firstHan.
var simplified = sync.OnceValue(func() []rune {
	table := make([]rune, lastHan-firstHan+1)
	for i := range table {
		table[i] = firstHan + rune(i)
	}
	for line := range strings.Lines(simplifiedTable) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		f, _ := utf8.DecodeRuneInString(from)
		t, _ := utf8.DecodeRuneInString(to)
		// Inside this range alone: then both forms have as many bytes, and offsets stay.
		if ok && firstHan <= f && f <= lastHan && firstHan <= t && t <= lastHan {
			table[f-firstHan] = t
		}
	}
	for i, r := range table { // 薴 is 苧 is 苎
		for next := table[r-firstHan]; next != r; next = table[r-firstHan] {
			r = next
		}
		table[i] = r
	}
	return table
})

// simplify writes text in simplified characters, rune for rune and byte for byte.
func simplify(text string) string {
	table := simplified()
	return strings.Map(func(r rune) rune {
		if r >= firstHan && r <= lastHan {
			return table[r-firstHan]
		}
		return r
	}, text)
}

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
