package outline

import (
	"strings"
	"unicode/utf8"

	"gongwen/indexer/numeral"
)

// style is a way of numbering. The order of the constants is the order in which the standard for official documents and
// the rules for drafting laws nest them; a document may skip any of them.
type style int

const (
	styleNone    style = iota
	stylePart          // 第一部分
	styleBook          // 第一编
	styleChapter       // 第一章
	styleSub           // 第一节
	styleArticle       // 第一条
	styleSquare        // 【一】 〔一〕 [一]
	styleHan           // 一、 一. 一，
	styleOrdinal       // 第一、 where it stands as a heading
	styleParen         // （一） (一)、 ㈠
	styleDigit         // 1. 1、
	styleDecimal       // 1.1 and deeper
	styleRound         // （1） ⑴
	styleHalf          // 1）
	styleCircle        // ①
	styleCount
)

// label is the number at the beginning of a line, as written.
type label struct {
	style style
	n     int // its number, from 1
	size  int // bytes of the label, with the white space after it
	text  string
	path  []int // of a decimal label: 1.2 is {1, 2}
	loose bool  // only white space parts it from the heading: 1 总则, 一 总则
}

// readLabel reads the label that s begins with; its style is styleNone where there is none. What looks like a label and
// is a quantity (2.5万件), a date (2021年) or a telephone number (12345热线) has none.
func readLabel(s string) label {
	r, size := utf8.DecodeRuneInString(s)
	var l label
	switch {
	case r == '第':
		l = readOrdinal(s)
	case r == '(' || r == '（':
		l = readBracketed(s, ")）")
	case r == '【' || r == '〔' || r == '[' || r == '［':
		l = readBracketed(s, "】〕]］")
	case r >= '①' && r <= '⑳':
		l = label{style: styleCircle, n: int(r-'①') + 1, size: size}
	case r >= '⑴' && r <= '⒇':
		l = label{style: styleRound, n: int(r-'⑴') + 1, size: size}
	case r >= '⒈' && r <= '⒛':
		l = label{style: styleDigit, n: int(r-'⒈') + 1, size: size}
	case r >= '㈠' && r <= '㈩':
		l = label{style: styleParen, n: int(r-'㈠') + 1, size: size}
	case digit(r) >= 0:
		l = readDigits(s)
	case counts(r):
		l = readHan(s)
	}
	if l.style == styleNone {
		return label{}
	}
	// A stop after the bracket is part of the label: （一）、
	if l.style == styleParen || l.style == styleRound || l.style == styleHalf || l.style == styleCircle {
		if r, size := utf8.DecodeRuneInString(s[l.size:]); strings.ContainsRune("、.．", r) && size > 0 {
			l.size += size
		}
		// 第十条第（三）项, cut by a line break, refers to a provision and begins none.
		if reference(s[l.size:]) {
			return label{}
		}
	}
	l.text = strings.TrimRightFunc(s[:l.size], blank)
	l.size = len(s) - len(strings.TrimLeftFunc(s[l.size:], blank))
	return l
}

// reference reports whether s, which follows a bracketed number, makes it the number of a provision or of a list that a
// sentence speaks of: （三）项, （一）、（二）.
func reference(s string) bool {
	for _, unit := range []string{"项", "款"} {
		if after, ok := strings.CutPrefix(s, unit); ok {
			return !strings.HasPrefix(after, "目") && !strings.HasPrefix(after, "项")
		}
	}
	r, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("、，,和至或及", r) || size == 0 {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[size:])
	return strings.ContainsRune("、，,（(第", r) || strings.ContainsRune("（(第", next)
}

// readOrdinal reads 第一部分, 第一章, 第一条 and 第一、.
func readOrdinal(s string) label {
	n, size := readNumber(s[len("第"):])
	if n == 0 {
		return label{}
	}
	size += len("第")
	rest := s[size:]
	for _, unit := range []struct {
		name  string
		style style
	}{
		{"部分", stylePart}, {"篇", stylePart}, {"编", styleBook}, {"編", styleBook}, {"章", styleChapter},
		{"节", styleSub}, {"節", styleSub}, {"条", styleArticle}, {"條", styleArticle},
	} {
		if after, ok := strings.CutPrefix(rest, unit.name); ok {
			return ordinalUnit(s, label{style: unit.style, n: n, size: size + len(unit.name)}, after)
		}
	}
	if r, wide := utf8.DecodeRuneInString(rest); strings.ContainsRune("、，,：:", r) && wide > 0 {
		return label{style: styleOrdinal, n: n, size: size + wide}
	}
	return label{}
}

// ordinalUnit tells the beginning of a unit from a reference to it (第三条第二款规定…, 第一节课).
func ordinalUnit(s string, l label, after string) label {
	if l.style == styleArticle {
		if inserted, ok := strings.CutPrefix(after, "之"); ok { // 第一百二十条之一
			if n, size := readNumber(inserted); n > 0 {
				after = inserted[size:]
				l.size = len(s) - len(after)
			}
		}
	}
	r, size := utf8.DecodeRuneInString(after)
	switch {
	case size == 0 || blank(r):
	case strings.ContainsRune("：:、.．【（(", r):
		if strings.ContainsRune("：:、.．", r) {
			l.size += size
		}
	case strings.ContainsRune("第的至到和与及或，,。；中课款项规所", r):
		return label{}
	}
	trimmed := strings.TrimLeftFunc(after, blank)
	for _, reference := range []string{"第", "规定", "所称", "的规定", "至第"} {
		if strings.HasPrefix(trimmed, reference) && l.style == styleArticle {
			return label{}
		}
	}
	return l
}

// readBracketed reads （一）, (1) and 【一】; closing lists the brackets that may close it.
func readBracketed(s, closing string) label {
	_, open := utf8.DecodeRuneInString(s)
	inner := strings.TrimLeftFunc(s[open:], blank)
	n, size := readNumber(inner)
	if n == 0 {
		return label{}
	}
	rest := strings.TrimLeftFunc(inner[size:], blank)
	r, wide := utf8.DecodeRuneInString(rest)
	if wide == 0 || !strings.ContainsRune(closing, r) {
		return label{}
	}
	first, _ := utf8.DecodeRuneInString(inner)
	l := label{n: n, size: len(s) - len(rest) + wide}
	switch {
	case closing != ")）":
		if n > 99 { // 〔2018〕47号 is a document number
			return label{}
		}
		l.style = styleSquare
	case digit(first) >= 0:
		l.style = styleRound
	default:
		l.style = styleParen
	}
	if n > 199 {
		return label{}
	}
	return l
}

// readDigits reads 1. 1、 1） 1.1 and "1 总则".
func readDigits(s string) label {
	n, size := readArabic(s)
	if n == 0 || n > 199 {
		return label{}
	}
	rest := s[size:]
	r, wide := utf8.DecodeRuneInString(rest)
	switch {
	case wide == 0:
		return label{}
	case strings.ContainsRune("、", r):
		return digitLabel(s, n, size+wide)
	case strings.ContainsRune(")）", r):
		return label{style: styleHalf, n: n, size: size + wide}
	case r == '.' || r == '．':
		return readDotted(s, n, size, wide)
	case strings.ContainsRune(",，", r):
		// 1,250 and "1，" : only the second is a label, and only where a Chinese character follows.
		next, _ := utf8.DecodeRuneInString(rest[wide:])
		if isHan(next) {
			return digitLabel(s, n, size+wide)
		}
	case blank(r):
		next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(rest, blank))
		if isHan(next) && !quantity(strings.TrimLeftFunc(rest, blank)) {
			l := digitLabel(s, n, size+wide)
			l.loose = true
			return l
		}
	}
	return label{}
}

// digitLabel is a label of digits that ends after size bytes, unless an enumeration goes on there (1、2号楼).
func digitLabel(s string, n, size int) label {
	if after, _ := readArabic(s[size:]); after > 0 && after == n+1 {
		return label{}
	}
	return label{style: styleDigit, n: n, size: size}
}

// readDotted reads what follows the first dot: another number makes it a decimal label (1.1) or a quantity (1.5亿).
func readDotted(s string, n, size, wide int) label {
	path := []int{n}
	end := size
	for {
		r, dot := utf8.DecodeRuneInString(s[end:])
		if r != '.' && r != '．' {
			break
		}
		next, digits := readArabic(s[end+dot:])
		if digits == 0 {
			if len(path) == 1 {
				return label{style: styleDigit, n: n, size: size + wide}
			}
			end += dot // 1.1.
			break
		}
		// 1.2021年 and 1.12345热线 are a label and a sentence that begins with a number of its own.
		if len(path) == 1 && digits >= 3 {
			return label{style: styleDigit, n: n, size: size + wide}
		}
		path = append(path, next)
		end += dot + digits
	}
	rest := s[end:]
	r, width := utf8.DecodeRuneInString(rest)
	if width == 0 || len(path) > 4 || path[len(path)-1] == 0 || quantity(strings.TrimLeftFunc(rest, blank)) {
		return label{}
	}
	if r == '、' {
		end += width
	} else if !isHan(r) && !blank(r) && r != '“' && r != '《' {
		return label{}
	}
	return label{style: styleDecimal, n: path[len(path)-1], size: end, path: path}
}

// quantity reports whether s, which follows a number, makes that number a quantity or a date.
func quantity(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return true
	}
	return strings.ContainsRune("万亿千百十余多%％‰°倍元吨米公平亩个件名人次户家年月日时点分秒号项套台辆条张份期批起例位届周天岁页层公里克升度", r)
}

// readHan reads 一、 and its variants; 一是 and 一要 are no labels of a line but of an item.
func readHan(s string) label {
	n, size := readNumber(s)
	if n == 0 || n > 99 {
		return label{}
	}
	rest := s[size:]
	r, wide := utf8.DecodeRuneInString(rest)
	after := rest[wide:]
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case wide == 0: // the number has the line for itself
		return label{style: styleHan, n: n, size: size, loose: true}
	case strings.ContainsRune("、.．﹑､", r):
		// 一、二季度 and 二、三产业 go on to count; 一、三大攻坚战 is a heading, and the numbering will tell.
		if m, used := readNumber(after); m == n+1 {
			if r, _ := utf8.DecodeRuneInString(after[used:]); !strings.ContainsRune("大个项", r) {
				return label{}
			}
		}
		return label{style: styleHan, n: n, size: size + wide}
	case strings.ContainsRune(")）", r):
		return label{style: styleParen, n: n, size: size + wide}
	case strings.ContainsRune("，,：:", r):
		if isHan(next) || next == '“' {
			return label{style: styleHan, n: n, size: size + wide}
		}
	case blank(r):
		trimmed := strings.TrimLeftFunc(rest, blank)
		if next, _ := utf8.DecodeRuneInString(trimmed); isHan(next) && !quantity(trimmed) {
			return label{style: styleHan, n: n, size: size + wide, loose: true}
		}
	}
	return label{}
}

// readNumber reads a number in Chinese or Arabic digits, with its size in bytes; 0 where there is none.
func readNumber(s string) (n, size int) {
	if n, size = readArabic(s); n > 0 {
		return n, size
	}
	return numeral.Label(s)
}

// readArabic reads up to five digits, half or full width; a longer run of digits is no number of a section.
func readArabic(s string) (n, size int) {
	for i, r := range s {
		d := digit(r)
		if d < 0 {
			return n, i
		}
		n = n*10 + d
		if n > 99999 {
			return 0, 0
		}
		size = i + utf8.RuneLen(r)
	}
	return n, size
}

// digit is the value of an Arabic digit of either width, or -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

// counts reports whether a label in words may begin with r.
func counts(r rune) bool { return r == '十' || r != '两' && numeral.Digit(r) > 0 }
