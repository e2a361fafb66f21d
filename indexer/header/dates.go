package header

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gongwen"
)

const (
	hanDigits = `〇零OＯo0一二三四五六七八九`
	hanNumber = `[〇零一二三四五六七八九十廿卅]{1,3}`
)

// Dates are searched in keys: digits are ASCII there, and ○ is 〇 already.
var (
	dateDigits = compile(`([12]\d{3}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?: ?日)?`)
	dateHan    = compile(`([一二][` + hanDigits + `]{3}) ?年 ?(` + hanNumber + `) ?月 ?(` + hanNumber + `) ?日?`)
	dateMonth  = compile(`([12]\d{3}) ?年 ?(\d{1,2}) ?月`)
	dateSolid  = compile(`^([12]\d{3})(\d{2})(\d{2})$`)
	clockTime  = `(?: *[T ]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?`
	dateAlone  = compile(`^[(\[【]? ?(?:` + dateDigits.String() + clockTime + `|` + dateHan.String() + `|` + dateMonth.String() + `) ?[)\]】]?$`)
	monthAlone = compile(`^[(\[【]? ?` + dateMonth.String() + ` ?[)\]】]?$`)
	damaged    = compile(`^((?:19|20)\d\d)(\d{2,4})$`)
)

// dateIn returns the first date in key, and where it stands.
func dateIn(key string) (date gongwen.Date, start, end int) {
	best := -1
	for _, pattern := range []*pattern{dateDigits, dateHan} {
		for _, m := range pattern.FindAllStringSubmatchIndex(key, -1) {
			d := newDate(key[m[2]:m[3]], key[m[4]:m[5]], key[m[6]:m[7]])
			if d != "" && (best < 0 || m[0] < best) {
				best, date, start, end = m[0], d, m[0], m[1]
			}
		}
	}
	if best >= 0 {
		return date, start, end
	}
	if m := dateSolid.FindStringSubmatch(strings.TrimSpace(key)); m != nil {
		return newDate(m[1], m[2], m[3]), 0, len(key)
	}
	return "", 0, 0
}

// endsAsDate reports whether a text ends as a date can, damaged or not. Most lines don't.
func endsAsDate(key string) bool {
	last, _ := utf8.DecodeLastRuneInString(key)
	switch last {
	case '日', '月', ')', ']', '】', ' ', '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '廿', '卅':
		return true
	}
	return last >= '0' && last <= '9'
}

// dateLine returns the date of a line that holds a date and nothing else; a month without a day counts too.
func dateLine(key string) gongwen.Date {
	if !endsAsDate(key) || !dateAlone.MatchString(key) {
		return ""
	}
	if d, _, _ := dateIn(key); d != "" {
		return d
	}
	if m := monthAlone.FindStringSubmatch(key); m != nil {
		if d := newDate(m[1], m[2], "1"); d != "" {
			return d[:7]
		}
	}
	return ""
}

// damagedDate reads a signature date that lost its 年, 月 and 日: 2019620 is the twentieth of June. Where the digits can be
// parted in two ways (2021111) the date is unknown; isDate still tells that one stood there.
func damagedDate(key string) (date gongwen.Date, isDate bool) {
	if strings.Trim(key, "0123456789 ") != "" {
		return "", false
	}
	m := damaged.FindStringSubmatch(tight(key))
	if m == nil {
		return "", false
	}
	for cut := 1; cut < len(m[2]); cut++ {
		month, day := m[2][:cut], m[2][cut:]
		if len(month) > 2 || len(day) > 2 || (month[0] == '0' || day[0] == '0') && len(m[2]) < 4 {
			continue
		}
		if d := newDate(m[1], month, day); d != "" {
			if date != "" {
				return "", true
			}
			date = d
		}
	}
	return date, date != ""
}

// newDate makes a date of a year, month and day in Arabic or Han digits, or "" if there is no such day.
func newDate(year, month, day string) gongwen.Date {
	y, m, d := digits(year), hanCount(month), hanCount(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1900 || y > 2100 || t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return ""
	}
	return gongwen.Date(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
}

// digitOf is the value of a digit, also of the letters that stand for 〇 in copies; -1 for anything else.
func digitOf(r rune) int {
	switch r {
	case '〇', '零', 'O', 'o', 'Ｏ', '○':
		return 0
	}
	if r >= '0' && r <= '9' {
		return int(r - '0')
	}
	for i, han := range []rune("一二三四五六七八九") {
		if r == han {
			return i + 1
		}
	}
	return -1
}

// digits reads digits one by one: 二〇一九 is 2019.
func digits(text string) int {
	n := 0
	for _, r := range text {
		d := digitOf(r)
		if d < 0 {
			return 0
		}
		n = n*10 + d
	}
	return n
}

// hanCount reads a number below 100: 12, 十二, 二十, 廿一, 三十一.
func hanCount(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	text = strings.NewReplacer("廿", "二十", "卅", "三十").Replace(text)
	tens, ones, ok := strings.Cut(text, "十")
	if !ok {
		return digits(text)
	}
	n := 10
	if tens != "" {
		n = digits(tens) * 10
	}
	return n + digits(ones)
}
