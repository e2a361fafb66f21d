package commitment

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen/indexer/numeral"
)

// labelKind is the form of a label; the members of an enumeration share it.
type labelKind int

const (
	labelNone    labelKind = iota
	labelIs                // 一是 二是, 一要 二要
	labelFirst             // 首先 其次 再次 最后
	labelOrdinal           // 第一, 第二,
	labelQi                // 其一, 其二,
	labelCircle            // ① ②
	labelParen             // (一)
	labelRound             // (1) 1)
	labelHan               // 一、
	labelDigit             // 1. 1、
	labelBullet            // ——, ● at the beginning of a line
)

// label is the beginning of a member of an enumeration.
type label struct {
	kind labelKind
	n    int
	at   int // where it begins
	text int // where what it labels begins
}

// lastOf is the number of 最后, which follows whatever came before.
const lastOf = 1 << 20

// readLabel reads the label that the folded text s begins with.
func readLabel(s string) label {
	c, size := utf8.DecodeRuneInString(s)
	var l label
	switch {
	case strings.ContainsRune("一二三四五六七八九十", c) && size > 0:
		n, used := numeral.Label(s)
		l = label{n: n, text: used}
		switch {
		case hasAny(s[used:], "是", "要"):
			l.kind, l.text = labelIs, used+len("是")
		case hasAny(s[used:], "、"), hasAny(s[used:], ".") && !hasAny(s[used:], "..."):
			l.kind, l.text = labelHan, used+len(stopAt(s[used:]))
		}
	case hasAny(s, "首先", "其次", "再次", "最后") && hasAny(s[len("首先"):], ",", "是", "要", "、", ":"):
		n := map[string]int{"首先": 1, "其次": 2, "再次": 3, "最后": lastOf}[s[:len("首先")]]
		l = label{kind: labelFirst, n: n, text: len("首先") + len(stopAt(s[len("首先"):]))}
	case c == '第' || c == '其':
		n, used := numeral.Label(s[size:])
		used += size
		if n > 0 && hasAny(s[used:], ",", "、", ":", "是") {
			l = label{kind: labelOrdinal, n: n, text: used + len(stopAt(s[used:]))}
			if c == '其' {
				l.kind = labelQi
			}
		}
	case c >= '①' && c <= '⑳':
		l = label{kind: labelCircle, n: int(c-'①') + 1, text: size}
	case c >= '㈠' && c <= '㈩':
		l = label{kind: labelParen, n: int(c-'㈠') + 1, text: size}
	case c >= '⑴' && c <= '⒇':
		l = label{kind: labelRound, n: int(c-'⑴') + 1, text: size}
	case c == '(':
		inner := strings.TrimLeft(s[1:], " ")
		n, used := numeral.Label(inner)
		kind := labelParen
		if n == 0 {
			n, used = readDigits(inner)
			kind = labelRound
		}
		if rest := strings.TrimLeft(inner[used:], " "); n > 0 && n < 100 && strings.HasPrefix(rest, ")") {
			l = label{kind: kind, n: n, text: len(s) - len(rest) + 1}
		}
	case c >= '0' && c <= '9':
		l = readDigitLabel(s)
	case strings.HasPrefix(s, "--"):
		l = label{kind: labelBullet, n: 1, text: len(s) - len(strings.TrimLeft(s, "- "))}
	case strings.ContainsRune("●■◆★▲◎○□◇☆•", c) && size > 1:
		l = label{kind: labelBullet, n: 1, text: size}
	}
	if l.kind == labelNone || l.n == 0 || l.n > 99 && l.n != lastOf && l.kind != labelBullet {
		return label{}
	}
	if l.kind == labelParen || l.kind == labelRound || l.kind == labelCircle {
		l.text += len(stopAt(s[l.text:]))
	}
	return l
}

// readDigitLabel reads 1. 1、 and 1), but no quantity (1.5万) and no date (2021年).
func readDigitLabel(s string) label {
	n, used := readDigits(s)
	rest := s[used:]
	switch {
	case used == 0 || used > 2 || rest == "":
	case rest[0] == ')':
		return label{kind: labelRound, n: n, text: used + 1}
	case hasAny(rest, "、"):
		return label{kind: labelDigit, n: n, text: used + len("、")}
	case rest[0] == '.':
		// 1.5万 is a quantity; 1.2024年底前 is a label and a year.
		if _, digits := readDigits(rest[1:]); digits == 0 || digits == 4 {
			return label{kind: labelDigit, n: n, text: used + 1}
		}
	}
	return label{}
}

// readDigits reads a number of up to five digits and how many they are.
func readDigits(s string) (n, used int) {
	for used < len(s) && used < 5 && s[used] >= '0' && s[used] <= '9' {
		n = n*10 + int(s[used]-'0')
		used++
	}
	return n, used
}

// stopAt is the mark that parts a label from its text, or "".
func stopAt(s string) string {
	for _, stop := range []string{"、", ".", ",", ":", "是", "要"} {
		if strings.HasPrefix(s, stop) {
			return stop
		}
	}
	return ""
}

func hasAny(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

// labels lists the members of enumerations in folded[start:end]: at least two of a kind that count on, or the label of
// the section itself, with which the region then begins.
func (r *region) labels(own bool, start, end int) []label {
	var marks []label
	bullets := 0
	before := '\n'
	for i := start; i < end; {
		c, size := utf8.DecodeRuneInString(r.folded[i:])
		if c == ' ' {
			i++
			continue
		}
		if before < firstHan && strings.ContainsRune("\n。;:!?,、", before) {
			l := readLabel(r.folded[i:min(end, i+maxLabel)])
			loose := before == ',' || before == '、'
			if l.kind == labelBullet {
				if before != '\n' {
					l.kind = labelNone
				}
				bullets++
				l.n = bullets
			}
			if l.kind != labelNone && (!loose || l.kind == labelIs || l.kind == labelFirst) {
				l.at, l.text = i, i+l.text
				marks = append(marks, l)
				i = l.text
				before = ' '
				continue
			}
		}
		before = c
		i += size
	}
	return counted(marks, own)
}

// maxLabel is how many bytes are looked at to read a label.
const maxLabel = 48

// counted keeps those marks that belong to a run of at least two; own says that a first mark at the beginning is the
// section's label, with which a run may begin at any number.
func counted(marks []label, own bool) []label {
	keep := make([]bool, len(marks))
	for i, first := range marks {
		if keep[i] || first.n != 1 && !(own && first.at == 0) {
			continue
		}
		run, last := []int{i}, first
		for j := i + 1; j < len(marks); j++ {
			m := marks[j]
			if m.kind != first.kind || keep[j] {
				continue
			}
			if m.n == last.n+1 || m.n == lastOf && last.n < lastOf {
				run, last = append(run, j), m
			} else if m.n == 1 {
				break
			}
		}
		if len(run) > 1 || own && first.at == 0 {
			for _, k := range run {
				keep[k] = true
			}
		}
	}
	var kept []label
	for i, m := range marks {
		if keep[i] {
			kept = append(kept, m)
		}
	}
	return kept
}
