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

// readHan reads 三, 二十, 一百二十三, 三点五, 两万五千, 二〇二一.
func readHan(s string, start int) (numeral, bool) {
	n := numeral{start: start, end: start, form: han}
	var total, section, digit int64 = 0, 0, -1
	run, zero := 0, false // digits in a row; whether 零 stood before the last
	last := int64(1)      // what multiplied the digit before: 五 in 两万五 is five thousand
	for at := start; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if (r == '余' || r == '多') && n.end > start && !n.over {
			// 二十余万: only where a greater scale follows.
			if after, _ := utf8.DecodeRuneInString(s[at+size:]); (after == '万' || after == '亿') && !isMeasureAfter(s[at+size:], after) {
				n.over = true
				at += size
				continue
			}
		}
		if v := hanDigit(r); v >= 0 {
			if digit > 0 && !zero || digit == 0 && run > 1 {
				return readSerial(s, start)
			}
			zero = v == 0
			digit = v
			run++
			at += size
			n.end = at
			continue
		}
		power, known := scaleWords[r]
		if !known || isMeasureAfter(s[at:], r) {
			break
		}
		by := pow10(power)
		switch {
		case power < 4:
			if digit < 0 && (section > 0 || at > start && n.over) {
				n.form = vague // 十百
			}
			if digit <= 0 {
				digit = 1
			}
			section += digit * by
		default:
			if digit > 0 {
				section += digit
			}
			if section == 0 && total == 0 {
				section = 1
			}
			if total += section; total >= maxDigits/by {
				n.form = vague
				total = 0
			}
			total *= by
			section = 0
			n.scaled, n.power = true, power
		}
		last, digit, run, zero = by, -1, 0, false
		at += size
		n.end = at
	}
	if digit > 0 {
		if run == 1 && last >= 100 { // 两万五, 三百二
			digit *= last / 10
		}
		section += digit
	}
	n.value = decimal{total + section, 0}
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
