package indexer

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gongwen"
)

// datePattern reads year, month and day parted by points, strokes, dashes or 年月日, each part but the year optional, and
// a time of day after it that is of no interest. A time zone is not reckoned with: the day is the one that is written.
var datePattern = regexp.MustCompile(
	`^([12][0-9]{3})(?:\s*(?:年度?|[-/.])(?:\s*([0-9]{1,2})(?:\s*(?:月|[-/.])(?:\s*([0-9]{1,2})\s*日?)?)?)?)?(?:[T\s].*)?$`)

var compactDate = regexp.MustCompile(`^([12][0-9]{3})([0-9]{2})([0-9]{2})(?:[T\s]?[0-9:]{4,8})?$`)

// readDate reads a date in the ways that exports write it: 2019-1-31, 2019/01/31, 2019.1.31, 20190131, 2019年1月31日,
// 2019-01-31T08:00:00Z, and with less known 2019-01, 2019年1月, 2019. ok is false for what is no date, or one that
// was never in a calendar (2019-02-30).
func readDate(written string) (date gongwen.Date, ok bool) {
	written = strings.TrimSpace(narrowDigits(written))
	m := compactDate.FindStringSubmatch(written)
	if m == nil {
		m = datePattern.FindStringSubmatch(written)
	}
	if m == nil {
		return "", false
	}
	if m[2] == "" {
		return gongwen.Date(m[1]), true
	}
	year, _ := strconv.Atoi(m[1]) // digits by the pattern, here and below
	month, _ := strconv.Atoi(m[2])
	if month < 1 || month > 12 {
		return "", false
	}
	if m[3] == "" {
		return gongwen.Date(fmt.Sprintf("%04d-%02d", year, month)), true
	}
	day, _ := strconv.Atoi(m[3])
	// time.Date carries 30 February over into March: a day that comes back changed is none.
	if day < 1 || time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return "", false
	}
	return gongwen.Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day)), true
}

// narrowDigits turns full-width digits, dashes and strokes into ASCII.
func narrowDigits(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '０' <= r && r <= '９':
			return r - '０' + '0'
		case r == '－', r == '—', r == '–':
			return '-'
		case r == '／':
			return '/'
		case r == '．':
			return '.'
		}
		return r
	}, text)
}
