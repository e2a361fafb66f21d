package analyzers

import (
	"strings"
	"unicode/utf8"
)

// scales and measures may follow a number and stay with it. A measure is taken once, so that 3个百分点 is 3个|百分点.
const (
	scales   = "十百千万亿"
	measures = "号件次个名人条项份起部家户场宗篇期天元米亩吨岁倍年月日时届批支所处位张册例笔"
)

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isLatin knows folded letters only: lower case.
func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 0xdf && r <= 0x24f && r != 0xf7 }

// scanNumber returns the end of the number, date or Latin word that starts at a digit or letter of folded text, and the
// parts of a date.
func scanNumber(folded string, start int) (int, []Word) {
	end := skip(folded, start, isDigit)
	if end == start || isLatinAt(folded, end) { // a word with letters: wto, 5g, pm2.5
		return scanLatin(folded, start), nil
	}
	if dateEnd, parts := scanDate(folded, start, end); dateEnd > 0 {
		return dateEnd, parts
	}
	for end+1 < len(folded) && (folded[end] == '.' || folded[end] == ',') && isDigit(rune(folded[end+1])) {
		end = skip(folded, end+1, isDigit)
	}
	if strings.HasPrefix(folded[end:], "%") {
		return end + 1, nil
	}
	if strings.HasPrefix(folded[end:], "‰") {
		return end + len("‰"), nil
	}
	end = skip(folded, end, func(r rune) bool { return strings.ContainsRune(scales, r) })
	if r, size := utf8.DecodeRuneInString(folded[end:]); size > 0 && strings.ContainsRune(measures, r) {
		end += size
	}
	return end, nil
}

// scanDate reads 2018年, 2018年12月, 2018年12月4日, 12月4日 and 2018-12-04; end is 0 where none starts here. The digits at
// start end at digitsEnd.
func scanDate(folded string, start, digitsEnd int) (end int, parts []Word) {
	digits := digitsEnd - start
	if digits == 4 && strings.HasPrefix(folded[digitsEnd:], "-") {
		month := skip(folded, digitsEnd+1, isDigit)
		if n := month - digitsEnd - 1; n >= 1 && n <= 2 && strings.HasPrefix(folded[month:], "-") {
			day := skip(folded, month+1, isDigit)
			if n := day - month - 1; n >= 1 && n <= 2 {
				return day, nil
			}
		}
		return 0, nil
	}
	at := start
	for _, step := range []struct {
		least, most int
		units       []string
	}{{2, 4, []string{"年"}}, {1, 2, []string{"月"}}, {1, 2, []string{"日", "号"}}} {
		stop := skip(folded, at, isDigit)
		if n := stop - at; n < step.least || n > step.most {
			if at == start {
				continue // a date may begin with its month
			}
			break
		}
		unit := prefixOf(folded[stop:], step.units)
		if unit == "" {
			if at == start {
				continue
			}
			break
		}
		stop += len(unit)
		parts = append(parts, whole(folded, at, stop))
		at = stop
	}
	if len(parts) < 2 {
		parts = nil
	}
	if at == start {
		return 0, nil
	}
	return at, parts
}

// scanLatin reads a run of letters and digits; a point inside stays (pm2.5).
func scanLatin(folded string, start int) int {
	isWord := func(r rune) bool { return isDigit(r) || isLatin(r) }
	end := skip(folded, start, isWord)
	for strings.HasPrefix(folded[end:], ".") {
		next := skip(folded, end+1, isWord)
		if next == end+1 {
			break
		}
		end = next
	}
	return end
}

func skip(text string, at int, is func(rune) bool) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !is(r) {
			break
		}
		at += size
	}
	return at
}

func isLatinAt(text string, at int) bool {
	r, size := utf8.DecodeRuneInString(text[at:])
	return size > 0 && isLatin(r)
}

func prefixOf(text string, prefixes []string) string {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return prefix
		}
	}
	return ""
}
