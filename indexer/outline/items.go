package outline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/indexer/numeral"
)

// marker is the beginning of an item of an enumeration.
type marker struct {
	at    int // offset in the text
	n     int // its number; last stands for 最后
	kind  itemKind
	label string
}

// itemKind is the form of an enumeration; the members of a run share it.
type itemKind int

const (
	itemNone    itemKind = iota
	itemIs               // 一是 二是, 一要 二要
	itemFirst            // 首先 其次 再次 最后
	itemOrdinal          // 第一， 第二，
	itemQi               // 其一， 其二，
	itemCircle           // ① ②
	itemParen            // （一） in running text
	itemRound            // （1）
	itemDigit            // 1. in running text
)

// last is the number of 最后, which follows whatever came before.
const last = 1 << 20

// itemStart reports whether a paragraph begins with an item and so belongs to the enumeration of the one before it.
func itemStart(s string) bool {
	m := readItem(s)
	return m.kind != itemNone && m.kind < itemCircle
}

// readItem reads the marker that s begins with; its kind is itemNone where there is none.
func readItem(s string) marker {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case counts(r):
		n, used := numeral.Label(s)
		next, wide := utf8.DecodeRuneInString(s[used:])
		if n > 0 && n < 30 && wide > 0 && strings.ContainsRune("是要", next) {
			return marker{n: n, kind: itemIs, label: s[:used+wide]}
		}
	case r == '首' || r == '其' || r == '再' || r == '最':
		return readFirst(s)
	case r == '第':
		n, used := numeral.Label(s[size:])
		next, wide := utf8.DecodeRuneInString(s[size+used:])
		if n > 0 && n < 30 && wide > 0 && strings.ContainsRune("，,、：:是", next) {
			label := s[:size+used]
			if next == '是' {
				label += "是"
			}
			return marker{n: n, kind: itemOrdinal, label: label}
		}
	case r >= '①' && r <= '⑳':
		return marker{n: int(r-'①') + 1, kind: itemCircle, label: s[:size]}
	case r == '（' || r == '(':
		switch l := readBracketed(s, ")）"); l.style {
		case styleParen:
			return marker{n: l.n, kind: itemParen, label: s[:l.size]}
		case styleRound:
			return marker{n: l.n, kind: itemRound, label: s[:l.size]}
		}
	case digit(r) >= 0:
		switch l := readDigits(s); {
		case l.loose:
		case l.style == styleDigit:
			return marker{n: l.n, kind: itemDigit, label: s[:l.size]}
		case l.style == styleHalf:
			return marker{n: l.n, kind: itemRound, label: s[:l.size]}
		}
	}
	return marker{}
}

// readFirst reads 首先, 其次, 再次, 最后 and 其一.
func readFirst(s string) marker {
	for i, word := range []string{"首先", "其次", "再次", "最后"} {
		rest, ok := strings.CutPrefix(s, word)
		if !ok {
			continue
		}
		n := i + 1
		if word == "最后" {
			n = last
		}
		next, size := utf8.DecodeRuneInString(rest)
		if size > 0 && strings.ContainsRune("，,是要、：:", next) {
			label := word
			if next == '是' || next == '要' {
				label += string(next)
			}
			return marker{n: n, kind: itemFirst, label: label}
		}
	}
	if rest, ok := strings.CutPrefix(s, "其"); ok {
		n, used := numeral.Label(rest)
		next, size := utf8.DecodeRuneInString(rest[used:])
		if n > 0 && n < 20 && size > 0 && strings.ContainsRune("，,、是：:", next) {
			return marker{n: n, kind: itemQi, label: s[:len("其")+used]}
		}
	}
	return marker{}
}

// findItems finds the runs of items in the own text of a section, which spans names.
func (d *doc) findItems(spans []gongwen.Span) []gongwen.Item {
	var items []gongwen.Item
	for _, span := range spans {
		items = append(items, d.itemsIn(span)...)
	}
	return items
}

func (d *doc) itemsIn(span gongwen.Span) []gongwen.Item {
	marks := d.markers(span)
	var items []gongwen.Item
	used := span.Start // no run begins inside another
	for i := 0; i < len(marks); i++ {
		if marks[i].n != 1 || marks[i].at < used {
			continue
		}
		run := d.runFrom(marks, i)
		if len(run) < 2 {
			continue
		}
		for k, m := range run {
			end := d.paragraphEnd(m.at, span.End)
			if k+1 < len(run) {
				end = run[k+1].at
			}
			end = m.at + len(strings.TrimRightFunc(d.text[m.at:end], blank))
			items = append(items, gongwen.Item{Label: d.original[m.at : m.at+len(m.label)], Span: gongwen.Span{Start: m.at, End: end}})
			used = end
		}
	}
	return items
}

// maxApart is how many bytes may lie between two markers of one run.
const maxApart = 6000

// runFrom follows a run from its first marker: the same kind, counting on.
func (d *doc) runFrom(marks []marker, i int) []marker {
	run := []marker{marks[i]}
	for j := i + 1; j < len(marks); j++ {
		m, before := &marks[j], &run[len(run)-1]
		if m.at-before.at > maxApart {
			break
		}
		if m.kind != before.kind {
			continue
		}
		if m.n == before.n+1 || m.n == last && before.n < last || m.kind == itemFirst && m.n == before.n && m.n > 1 && m.n < last {
			run = append(run, *m)
			continue
		}
		if m.n == 1 || m.kind == itemIs {
			break
		}
	}
	return run
}

// markers lists where items may begin: at the start of a line, or after a mark that ends a clause. Numbers (（一）, 1.)
// must follow a stop or a colon: in 细化为（一）…；（二）… they are part of the sentence, and without the first no run
// begins. In a report they number its sections, or the provision that it quotes, and never items.
func (d *doc) markers(span gongwen.Span) []marker {
	var marks []marker
	before := rune('\n')
	text := d.text[:span.End]
	for i := span.Start; i < span.End; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r < '一' && r != '\n' && blank(r) {
			i += size
			continue
		}
		if endsClause(before) && starts(r) {
			m := readItem(text[i:min(len(text), i+maxMarker)])
			if m.kind > itemCircle && (d.kind != kindOther || strings.ContainsRune("，,、", before) || before == '\n' && d.inTable(i)) {
				m.kind = itemNone
			}
			if m.kind != itemNone {
				m.at = i
				marks = append(marks, m)
				i += len(m.label)
				before = ' '
				continue
			}
		}
		before = r
		i += size
	}
	return marks
}

// endsClause reports a character after which an item may begin.
func endsClause(r rune) bool {
	switch r {
	case '\n', '。', '；', ';', '：', ':', '，', ',', '、', '！', '!', '？', '?':
		return true
	}
	return false
}

// maxMarker is how many bytes are looked at to read a marker.
const maxMarker = 64

// inTable reports whether the line at offset is a row of a table.
func (d *doc) inTable(offset int) bool {
	i, found := slices.BinarySearchFunc(d.lines, offset, func(l line, offset int) int { return l.start - offset })
	if !found {
		i--
	}
	return i >= 0 && d.lines[i].table
}

// starts reports a character with which a marker can begin.
func starts(r rune) bool {
	return counts(r) || digit(r) >= 0 || strings.ContainsRune("首其再最第（(", r) || r >= '①' && r <= '⑳'
}

// paragraphEnd is the end of the paragraph that holds offset: of its line, or of the line in which the sentence ends
// where a copy has broken it.
func (d *doc) paragraphEnd(offset, limit int) int {
	for at := offset; ; {
		i := strings.IndexByte(d.text[at:limit], '\n')
		if i < 0 {
			return limit
		}
		end := at + i
		row := strings.TrimFunc(d.text[at:end], blank)
		if row == "" || strings.ContainsRune("。！？；：!?;:.…", lastRune(row)) || end-offset > maxApart {
			return end
		}
		// The next line carries the sentence on, unless it is blank or begins something of its own.
		next := d.text[end+1 : limit]
		if j := strings.IndexByte(next, '\n'); j >= 0 {
			next = next[:j]
		}
		next = strings.TrimFunc(next, blank)
		if next == "" || readLabel(next).style != styleNone || !longer(next, maxTorn) {
			return end
		}
		at = end + 1
	}
}

// maxTorn is the number of characters up to which a line after an unfinished one is taken for a signature.
const maxTorn = 20
