// Package numeral answers: which number do Chinese words write here? 三, 二十一, 一百零五, 两万五, 三点五亿, 二〇二一.
//
// Useful for: labels, dates and figures. Not for: Arabic digits, or what is counted. Limits: numbers below 10^17; 廿 and 卅
// and the forms of cheques (壹, 贰) are not read.
package numeral

import (
	"strings"
	"unicode/utf8"
)

// Form is how a number is written.
type Form int

// The forms; None is where no number is.
const (
	None   Form = iota
	Words       // 一百二十三
	Serial      // 二〇二一: digit after digit, three at least
	Vague       // 三四, 一百百, more than can be counted: no number
)

// Number is a number as read: Digits × 10^-Scale.
type Number struct {
	Digits int64
	Scale  int
	End    int // byte behind it
	Form   Form
	Over   bool // 余 or 多 stands inside: 二十余万
	Power  int  // of ten, by which its end multiplies where that is 万 or 亿; else 0
}

// maxCounted bounds what is counted.
const maxCounted = 1e17

// Digit returns the value of a digit written as a word, or -1.
func Digit(r rune) int {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

// Power returns the power of ten by which a word multiplies: 1 for 十 to 8 for 亿, or 0.
func Power(r rune) int {
	switch r {
	case '十':
		return 1
	case '百':
		return 2
	case '千':
		return 3
	case '万':
		return 4
	case '亿':
		return 8
	}
	return 0
}

// Begins reports whether a number may begin with r.
func Begins(r rune) bool { return r >= '〇' && (Digit(r) >= 0 || Power(r) > 0) || r == '○' }

// Label reads the whole number that a label may hold, one to some thousands: 三, 二十一, 一百零五, 一〇五. n is 0 where s begins with
// none.
func Label(s string) (n, size int) {
	r, _ := utf8.DecodeRuneInString(s)
	if r != '十' && Digit(r) <= 0 || r == '两' {
		return 0, 0
	}
	read := Whole(s)
	if read.Power > 0 || read.End > maxLabel*len("一") {
		return 0, 0
	}
	return int(read.Digits), read.End
}

// maxLabel is how many characters the number of a label has at most.
const maxLabel = 9

// Count reads all of s as a whole number; ok is false where it is none.
func Count(s string) (n int, ok bool) {
	read := Whole(s)
	if read.End != len(s) || read.Form != Words && read.Form != Serial {
		return 0, false
	}
	return int(read.Digits), true
}

// Read reads the number that s begins with, its fraction included. Form is None and End 0 where it begins with none.
func Read(s string) Number {
	n := Whole(s)
	if n.Form == Words && strings.HasPrefix(s[n.End:], "点") {
		return point(s, n)
	}
	return n
}

// Whole is Read without a fraction.
func Whole(s string) Number {
	n := Number{}
	if strings.HasPrefix(s, "万一") {
		return n // in case
	}
	w := words{digit: -1, last: 1, low: pow10(4)}
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if (r == '余' || r == '多') && n.End > 0 && !n.Over {
			// 二十余万: only where a greater scale follows.
			rest := s[at+size:]
			if after, _ := utf8.DecodeRuneInString(rest); (after == '万' || after == '亿') && !Unit(rest) {
				n.Over = true
				at += size
				continue
			}
		}
		if v := Digit(r); v >= 0 {
			if w.digit > 0 || w.digit == 0 && w.run > 1 {
				return serial(s)
			}
			w.digit = int64(v)
			w.run++
		} else {
			power := Power(r)
			if power == 0 || Unit(s[at:]) {
				break
			}
			w.scale(power)
			if power >= 4 {
				n.Power = power
			}
		}
		at += size
		n.End = at
	}
	if n.End == 0 {
		return Number{}
	}
	n.Digits, n.Form = w.total+w.wan+w.section+w.waiting(), Words
	if w.wrong {
		n.Form = Vague
	}
	return n
}

// words adds up a number in words.
type words struct {
	total, wan, section int64 // what lies above 亿, above 万, and below
	digit               int64 // that nothing multiplied yet, or -1
	run                 int   // digits in a row, 零 among them
	last, low           int64 // what multiplied the digit before, and what in this section
	wrong               bool
}

// waiting is what the last digit stands for when nothing multiplies it: 五 in 两万五 is five thousand.
func (w *words) waiting() int64 {
	switch {
	case w.digit <= 0:
		return 0
	case w.run == 1 && w.last >= 100:
		return w.digit * w.last / 10
	}
	return w.digit
}

// scale multiplies what was read by a power of ten.
func (w *words) scale(power int) {
	by := pow10(power)
	switch power {
	case 4, 8:
		if w.last >= pow10(4) { // 一亿一万: the scale is the digit's own
			w.section += max(w.digit, 0)
		} else {
			w.section += w.waiting()
		}
		if w.section == 0 && w.wan == 0 && w.total == 0 {
			w.section = 1
		}
		if power == 4 {
			w.wrong = w.wrong || w.wan > 0 && w.section > 0
			w.wan = (w.wan + w.section) * by
		} else {
			w.wrong = w.wrong || w.total > 0
			w.total, w.wan = (w.wan+w.section)*by, 0
		}
		w.section, w.low = 0, pow10(4)
		if w.wrong || w.total+w.wan >= maxCounted/pow10(4) { // no more can be counted
			w.wrong, w.total, w.wan = true, 0, 0
		}
	default:
		w.wrong = w.wrong || by >= w.low || w.digit < 0 && w.section > 0
		w.section += max(w.digit, 1) * by
		w.low = by
	}
	w.last, w.digit, w.run = by, -1, 0
}

// point reads the fraction of 三点五, and what multiplies it.
func point(s string, whole Number) Number {
	n, digits := whole, 0
	for at := whole.End + len("点"); at < len(s) && digits < 6; {
		r, size := utf8.DecodeRuneInString(s[at:])
		v := Digit(r)
		if v < 0 || r == '两' {
			break
		}
		n.Digits, n.Scale = n.Digits*10+int64(v), n.Scale+1
		at += size
		n.End = at
		digits++
	}
	if digits == 0 || whole.Digits > 1e9 {
		return whole
	}
	for power := 0; power < 8; {
		r, size := utf8.DecodeRuneInString(s[n.End:])
		by := Power(r)
		if by == 0 || power+by > 12 || Unit(s[n.End:]) || n.Digits*pow10(by) >= maxCounted {
			break
		}
		power += by
		n.End += size
		n.Power = by
		n.Scale -= by
	}
	if n.Scale < 0 {
		n.Digits, n.Scale = n.Digits*pow10(-n.Scale), 0
	}
	if n.Power < 4 {
		n.Power = 0
	}
	return n
}

// serial reads digit after digit, as years are written; anything else of the kind is vague: 三四个.
func serial(s string) Number {
	n := Number{Form: Serial}
	digits := 0
	for n.End < len(s) {
		r, size := utf8.DecodeRuneInString(s[n.End:])
		v := Digit(r)
		if v < 0 && Power(r) == 0 {
			break
		}
		if v < 0 || r == '两' || digits > 12 {
			n.Form = Vague
		} else {
			n.Digits = n.Digits*10 + int64(v)
			digits++
		}
		n.End += size
	}
	if digits < 3 {
		n.Form = Vague
	}
	return n
}

// Unit reports whether a word of scale that s begins with is the beginning of a unit or of another word: 千瓦, 百分点, 十分.
func Unit(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[size:])
	return strings.ContainsRune(notScales[r], next) && next != utf8.RuneError
}

// notScales are the characters that make another word of a word of scale.
var notScales = map[rune]string{'千': "瓦米克伏卡赫帕焦", '百': "分日姓强帕", '万': "能事象", '十': "分字足"}

func pow10(n int) int64 {
	by := int64(1)
	for range n {
		by *= 10
	}
	return by
}
