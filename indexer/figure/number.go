package figure

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gongwen"
	chinese "gongwen/indexer/numeral"
)

// decimal is an exact number: digits × 10^-scale.
type decimal struct {
	digits int64
	scale  int
}

// maxDigits bounds what is counted: no thing comes in more than a hundred quadrillions, only identifiers do.
const maxDigits = 1e17

// times multiplies by 10^power; ok is false where the number grows beyond all that is counted.
func (d decimal) times(power int) (_ decimal, ok bool) {
	for ; power > 0; power-- {
		if d.scale > 0 {
			d.scale--
			continue
		}
		if d.digits *= 10; d.digits >= maxDigits {
			return d, false
		}
	}
	return d, true
}

func (d decimal) plus(e decimal) (_ decimal, ok bool) {
	for d.scale != e.scale {
		low := &d
		if e.scale < d.scale {
			low = &e
		}
		low.digits *= 10
		low.scale++
		if low.digits >= maxDigits {
			return d, false
		}
	}
	d.digits += e.digits
	return d, d.digits < maxDigits
}

// less compares whole numbers and fractions alike.
func (d decimal) less(e decimal) bool {
	for d.scale < e.scale && d.digits < maxDigits {
		d.digits *= 10
		d.scale++
	}
	for e.scale < d.scale && e.digits < maxDigits {
		e.digits *= 10
		e.scale++
	}
	return d.digits < e.digits
}

func (d decimal) negative() decimal { return decimal{-d.digits, d.scale} }

// Decimal writes the number in its shortest form.
func (d decimal) Decimal() gongwen.Decimal {
	for d.scale > 0 && d.digits%10 == 0 {
		d.digits /= 10
		d.scale--
	}
	sign, digits := "", d.digits
	if digits < 0 {
		sign, digits = "-", -digits
	}
	text := strconv.FormatInt(digits, 10)
	if d.scale == 0 {
		return gongwen.Decimal(sign + text)
	}
	for len(text) <= d.scale {
		text = "0" + text
	}
	return gongwen.Decimal(sign + text[:len(text)-d.scale] + "." + text[len(text)-d.scale:])
}

// form is how a number is written.
type form int

const (
	arabic form = iota
	han         // 一百二十三
	serial      // 二〇二一: digit after digit
	vague       // 三四, 十几, 数百: no number
)

// numeral is a number as read, before anybody asked what it counts.
type numeral struct {
	start, end int // bytes of the folded text, 百分之 included
	value      decimal
	form       form
	share      string // % or ‰ for 百分之 and 千分之
	over       bool   // 余 or 多 stands inside: 20余万
	scaled     bool   // 万 or 亿 stands at its end
	power      int    // that this multiplies by, as a power of ten
}

// readNumeral reads the number that starts at a digit of folded text. ok is false where the digits are no number; end is
// valid all the same. apart allows digits with spaces between them: 1 9 9 3.
func readNumeral(s string, start int, apart bool) (n numeral, ok bool) {
	for prefix, share := range shares {
		if strings.HasPrefix(s[start:], prefix) {
			inner, ok := readPlain(s, start+len(prefix), apart)
			if !ok || inner.form > han {
				return numeral{start: start, end: start + len(prefix), form: vague}, false
			}
			inner.start, inner.share = start, share
			return inner, true
		}
	}
	return readPlain(s, start, apart)
}

var shares = map[string]string{"百分之": "%", "千分之": "‰"}

func readPlain(s string, start int, apart bool) (numeral, bool) {
	if start < len(s) && isDigit(s[start]) {
		return readArabic(s, start, apart)
	}
	return readHan(s, start)
}

// readHan reads 三, 二十, 一百二十三, 三点五, 两万五千, 二〇二一.
func readHan(s string, start int) (numeral, bool) {
	read := chinese.Read(s[start:])
	n := numeral{
		start: start, end: start + read.End, value: decimal{read.Digits, read.Scale}, form: forms[read.Form], over: read.Over,
		scaled: read.Power > 0, power: read.Power,
	}
	return n, read.Form == chinese.Words || read.Form == chinese.Serial
}

// forms are how a number in words may be written; where there is none its end says so.
var forms = map[chinese.Form]form{chinese.None: han, chinese.Words: han, chinese.Serial: serial, chinese.Vague: vague}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// readArabic reads 1234, 1,234, 3.5, 1 9 9 3, each with what multiplies it: 3.5万, 20余万, 1亿2000万.
func readArabic(s string, start int, apart bool) (numeral, bool) {
	n := numeral{start: start}
	total, ok := decimal{}, true
	for at := start; ; {
		part, end, good := readDigits(s, at, apart)
		ok = ok && good
		power, scaleEnd, over := readScales(s, end)
		n.over = n.over || over
		n.scaled, n.power = power >= 4, power
		if part, good = part.times(power); !good {
			ok = false
		}
		if total, good = total.plus(part); !good {
			ok = false
		}
		n.end, at = scaleEnd, scaleEnd
		// 1亿2000万, 2万5千: what follows 亿 or 万 is smaller and is multiplied too.
		if power < 4 || over || at >= len(s) || !isDigit(s[at]) {
			break
		}
		_, next, _ := readDigits(s, at, apart)
		if less, _, _ := readScales(s, next); less < 3 || less >= power {
			break
		}
	}
	n.value = total
	return n, ok
}

// readDigits reads digits with groups of thousands and a fraction, without anything that multiplies them.
func readDigits(s string, start int, apart bool) (d decimal, end int, ok bool) {
	at, digits := start, 0
	ok = true
	take := func() {
		if d.digits >= maxDigits/10 {
			ok = false
		} else {
			d.digits = d.digits*10 + int64(s[at]-'0')
		}
		digits++
		at++
	}
	spaced := apart && isApart(s, start)
	run := func() {
		for at < len(s) {
			switch {
			case isDigit(s[at]):
				take()
			case spaced && s[at] == ' ' && at+1 < len(s) && isDigit(s[at+1]):
				at++
			default:
				return
			}
		}
	}
	run()
	if digits <= 3 && !spaced {
		for isGroup(s, at) {
			at++
			take()
			take()
			take()
		}
	}
	point := at
	if spaced && point < len(s) && s[point] == ' ' {
		point++
	}
	if point+1 < len(s) && s[point] == '.' {
		next := point + 1
		if spaced && s[next] == ' ' {
			next++
		}
		if next < len(s) && isDigit(s[next]) {
			before := digits
			at = next
			run()
			d.scale = digits - before
			if d.scale > 12 {
				ok = false
			}
		}
	}
	return d, at, ok
}

// isApart reports whether digits stand apart from each other: 1 9 9 3, 2 2 .4.
func isApart(s string, at int) bool {
	return at+2 < len(s) && s[at+1] == ' ' && (isDigit(s[at+2]) && (at+3 == len(s) || !isDigit(s[at+3])) || s[at+2] == '.')
}

// isGroup reports whether a comma and three digits stand at the byte: 1,234.
func isGroup(s string, at int) bool {
	return at+3 < len(s) && s[at] == ',' && isDigit(s[at+1]) && isDigit(s[at+2]) && isDigit(s[at+3]) &&
		(at+4 == len(s) || !isDigit(s[at+4]))
}

// readScales reads what multiplies digits: 万, 亿, 万亿, 千万, with 余 or 多 before it.
func readScales(s string, at int) (power, end int, over bool) {
	end = at
	for {
		next := skipSpace(s, end)
		r, size := utf8.DecodeRuneInString(s[next:])
		if !over && (r == '余' || r == '多') {
			after, _ := utf8.DecodeRuneInString(s[next+size:])
			if by := chinese.Power(after); by < 2 || by <= power {
				return power, end, over
			}
			over = true
			next += size
			r, size = utf8.DecodeRuneInString(s[next:])
		}
		by := chinese.Power(r)
		if by == 0 || power+by > 12 || chinese.Unit(s[next:]) {
			return power, end, over
		}
		power += by
		end = next + size
	}
}

func skipSpace(s string, at int) int {
	for at < len(s) && s[at] == ' ' {
		at++
	}
	return at
}

func hasAny(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func endsAny(s string, suffixes ...string) bool {
	for _, p := range suffixes {
		if strings.HasSuffix(s, p) {
			return true
		}
	}
	return false
}
