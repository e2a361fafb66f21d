package figure

import (
	"strings"
	"unicode/utf8"
)

// hanDigit returns the value of a digit written as a word, or -1.
func hanDigit(r rune) int64 {
	switch r {
	case '〇', '零':
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

// isHanNumber reports whether a number in words may begin with r.
func isHanNumber(r rune) bool {
	if r < 0x3007 {
		return false
	}
	_, scale := scaleWords[r]
	return scale || hanDigit(r) >= 0
}

// hanReader adds up a number in words.
type hanReader struct {
	total, wan, section int64 // what lies above 亿, above 万, and below
	digit               int64 // that nothing multiplied yet, or -1
	run                 int   // digits in a row, 零 among them
	last, low           int64 // what multiplied the digit before, and what in this section
	wrong               bool
}

// waiting is what the last digit stands for when nothing multiplies it: 五 in 两万五 is five thousand.
func (h *hanReader) waiting() int64 {
	switch {
	case h.digit <= 0:
		return 0
	case h.run == 1 && h.last >= 100:
		return h.digit * h.last / 10
	}
	return h.digit
}

// scale multiplies what was read by a power of ten.
func (h *hanReader) scale(power int) {
	by := pow10(power)
	switch power {
	case 4, 8:
		h.section += h.waiting()
		if h.section == 0 && h.wan == 0 && h.total == 0 {
			h.section = 1
		}
		if power == 4 {
			h.wrong = h.wrong || h.wan > 0 && h.section > 0
			h.wan = (h.wan + h.section) * by
		} else {
			h.wrong = h.wrong || h.total > 0
			h.total, h.wan = (h.wan+h.section)*by, 0
		}
		h.section, h.low = 0, pow10(4)
		if h.total+h.wan >= maxDigits/pow10(4) { // no more can be counted
			h.wrong, h.total, h.wan = true, 0, 0
		}
	default:
		h.wrong = h.wrong || by >= h.low || h.digit < 0 && h.section > 0
		h.section += max(h.digit, 1) * by
		h.low = by
	}
	h.last, h.digit, h.run = by, -1, 0
}

// readHan reads 三, 二十, 一百二十三, 三点五, 两万五千, 二〇二一.
func readHan(s string, start int) (numeral, bool) {
	n := numeral{start: start, end: start, form: han}
	h := hanReader{digit: -1, last: 1, low: pow10(4)}
	for at := start; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if (r == '余' || r == '多') && n.end > start && !n.over {
			// 二十余万: only where a greater scale follows.
			rest := s[at+size:]
			if after, _ := utf8.DecodeRuneInString(rest); (after == '万' || after == '亿') && !isMeasureAfter(rest, after) {
				n.over = true
				at += size
				continue
			}
		}
		if v := hanDigit(r); v >= 0 {
			if h.digit > 0 || h.digit == 0 && h.run > 1 {
				return readSerial(s, start)
			}
			h.digit = v
			h.run++
		} else {
			power := scaleWords[r]
			if power == 0 || isMeasureAfter(s[at:], r) {
				break
			}
			h.scale(power)
			if power >= 4 {
				n.scaled, n.power = true, power
			}
		}
		at += size
		n.end = at
	}
	n.value = decimal{h.total + h.wan + h.section + h.waiting(), 0}
	if h.wrong {
		n.form = vague
	}
	if n.form == han && strings.HasPrefix(s[n.end:], "点") {
		n = readPoint(s, n)
	}
	return n, n.form == han
}

func pow10(n int) int64 {
	by := int64(1)
	for range n {
		by *= 10
	}
	return by
}

// readPoint reads the fraction of 三点五, and what multiplies it.
func readPoint(s string, whole numeral) numeral {
	n, digits := whole, 0
	for at := whole.end + len("点"); at < len(s) && digits < 6; {
		r, size := utf8.DecodeRuneInString(s[at:])
		v := hanDigit(r)
		if v < 0 || r == '两' {
			break
		}
		n.value.digits, n.value.scale = n.value.digits*10+v, n.value.scale+1
		at += size
		n.end = at
		digits++
	}
	if digits == 0 || whole.value.digits > 1e9 {
		return whole
	}
	if power, end, _ := readScales(s, n.end); power > 0 {
		n.value, _ = n.value.times(power)
		n.end = end
	}
	return n
}

// readSerial reads digit after digit, as years are written; anything else of the kind is vague: 三四个.
func readSerial(s string, start int) (numeral, bool) {
	n := numeral{start: start, form: serial}
	at, digits := start, 0
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		v := hanDigit(r)
		if v < 0 && scaleWords[r] == 0 {
			break
		}
		if v < 0 || r == '两' || digits > 12 {
			n.form = vague
		} else {
			n.value.digits = n.value.digits*10 + v
			digits++
		}
		at += size
	}
	n.end = at
	if digits < 3 {
		n.form = vague
	}
	return n, n.form == serial
}
