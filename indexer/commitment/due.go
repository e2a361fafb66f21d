package commitment

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/indexer/numeral"
	"gongwen/indexer/pattern"
)

// due is by when an item shall be done.
type due struct {
	by   gongwen.Date // "" where the text names no time
	at   unit         // of the words, in the item
	year int          // the target, or 0
	rule string
}

// timing is a rule of times: what it looks like, and the last day, month or year of it. Year is that of plans.
type timing struct {
	rule
	deadline bool // else it tells the year only
	read     func(m []string, year int) gongwen.Date
}

const (
	yearPart  = `([12]\d{3}|[一二][九〇○零][〇○零一二三四五六七八九]{2})年`
	monthPart = `(\d{1,2}|十?[一二三四五六七八九十])月`
	before    = `(?:之前|以前|前)`
	count     = `(\d{1,2}|[一二两三四五六七八九十])`
)

// timings are the ways to say when. Where two stand at one place the first counts; of the times of an item the last does.
var timings = []timing{
	{row("by day", yearPart+monthPart+`(\d{1,2})日(?:`+before+`|止|起)`, "2024年6月30日前"), true, func(m []string, _ int) gongwen.Date {
		return day(number(m[1]), number(m[2]), number(m[3]))
	}},
	{row("by month", yearPart+monthPart+`(?:份)?(?:月)?(?:(?:底|末|中旬|上旬|下旬)`+before+`?|`+before+`|起)`, "2022年6月底前"), true, func(m []string, _ int) gongwen.Date {
		return month(number(m[1]), number(m[2]))
	}},
	{row("in month", yearPart+monthPart, "2024年9月完成"), true, func(m []string, _ int) gongwen.Date {
		return month(number(m[1]), number(m[2]))
	}},
	{row("by part of a year", yearPart+`(上半年|下半年|年中|第?[一二三四]季度)(?:末|底|内)?`+before+`?`, "2023年上半年"), true, func(m []string, _ int) gongwen.Date {
		return month(number(m[1]), lastMonth(m[2]))
	}},
	{row("by year", yearPart+`年?(?:(?:底|末)(?:`+before+`)?|(?:以|之)?内|`+before+`)`, "2022年底前"), true, func(m []string, _ int) gongwen.Date {
		return wholeYear(number(m[1]))
	}},
	{row("until year", `(?:^|[^年日\d])(?:到|至)(?P<t>`+yearPart+`(?:底|末)?)`, "到2025年"), true, func(m []string, _ int) gongwen.Date {
		return wholeYear(number(m[1]))
	}},
	{row("by day of the year", `(?:^|[^年\d])(?P<t>`+monthPart+`(\d{1,2})日(?:`+before+`|止|起))`, "6月1日前"), true, func(m []string, year int) gongwen.Date {
		return day(year, number(m[1]), number(m[2]))
	}},
	{row("by month of the year", `(?:^|[^年\d个每])(?P<t>(?:今年|明年|来年|明春)?`+monthPart+`(?:份)?(?:(?:底|末|中旬|上旬|下旬)`+before+`?|`+before+`))`, "6月底前"), true, func(m []string, year int) gongwen.Date {
		return month(year, number(m[1]))
	}},
	{row("in month of the year", `(?:^|[,;。\n])(?P<t>`+monthPart+`(?:份|上旬|中旬|下旬)?)(?:[^\d日底末前-]|$)`, "10月主体封顶"), true, func(m []string, year int) gongwen.Date {
		return month(year, number(m[1]))
	}},
	{row("by part of the year", `(?:^|[^每年])(?P<t>(?:今年|明年|来年|全年)?(上半年|下半年|第?[一二三四]季度)(?:末|底|内)?`+before+`?)`, "三季度前"), true, func(m []string, year int) gongwen.Date {
		return month(year, lastMonth(m[1]))
	}},
	{row("within the year", `(?P<t>(?:今年|明年|来年|本年度?|全年|当年)(?:年?(?:底|末)(?:`+before+`)?|(?:以|之)?内))|(?:^|[^年\d一二两三四五六七八九十半周每往历近逐去上])(?P<t>年(?:内|(?:底|末)(?:`+before+`)?))`, "年底前"), true, func(_ []string, year int) gongwen.Date {
		return wholeYear(year)
	}},
	{row("within years", `(?:^|[^每近第前过去\d])(?P<t>用?`+count+`(?:至`+count+`|到`+count+`)?年(?:之内|以?内|时间))`, "三年内"), true, within},
	{row("coming years", `(?:今后|未来|接下来)(?:的)?`+count+`年`, "未来三年"), true, within},
	{row("half a year", `半年(?:之内|以?内|时间)`, "半年内"), true, func(_ []string, year int) gongwen.Date {
		return month(year, 6)
	}},
	{row("five-year plan", `“?十([三四五六七])五”?(?:规划)?(?:期?末|期间|时期|期内)`, "“十四五”末"), true, func(m []string, _ int) gongwen.Date {
		return wholeYear(2000 + 5*(number(m[1])+1))
	}},
	{row("hoped year", `(?:力争|争取|确保|计划|预计)(?:在|于|到)?(?P<t>`+yearPart+`)`, "力争2025年通过验收"), true, func(m []string, year int) gongwen.Date {
		if number(m[1]) <= year {
			return "" // it only says for which year the plan is
		}
		return wholeYear(number(m[1]))
	}},
	{row("range of years", yearPart+`?(?:-|至|到)`+yearPart, "2024年至2026年"), false, func(m []string, _ int) gongwen.Date {
		return wholeYear(number(m[2]))
	}},
	{row("year", yearPart, "2023年实现"), false, func(m []string, _ int) gongwen.Date {
		return wholeYear(number(m[1]))
	}},
}

func within(m []string, year int) gongwen.Date {
	n := 0
	for _, s := range m[1:] {
		n = max(n, number(s))
	}
	if year == 0 || n == 0 {
		return ""
	}
	return wholeYear(year + n - 1)
}

// unless are what follows or precedes words of time that tell no time of the item.
var (
	unlessAfter  = pattern.Compile(`^(?:不得|不能|禁止|未|没有|以来|的(?:预期|承诺|目标)|版|规划)`)
	unlessBefore = pattern.Compile(`(?:^|,)[^,]{0,4}为$|上年|去年|自$|从$|原定$|截至$|每$|连续$`)
)

// findDue reads the times in an item, of which the latest counts: the item is done when all of it is. Year is the year of
// plans, or 0; times before it are not its own.
func findDue(text string, year int) due {
	if !timed(text) {
		return due{}
	}
	masked := mask(clip(text, maxRead))
	var best, bare due
	var used []bool
	years, months := yearMarks.MatchString(masked), monthMarks.MatchString(masked)
	for i := range timings {
		t := &timings[i]
		if !years && strings.Contains(t.pattern.String(), yearPart) || !months && strings.Contains(t.pattern.String(), monthPart) {
			continue // most items name neither, and to look for words is cheaper than to match
		}
		for _, m := range t.pattern.FindAllStringSubmatchIndex(masked, -1) {
			start, end := t.words(m)
			if used == nil {
				used = make([]bool, len(masked)+1)
			}
			if used[start] || used[end-1] {
				continue
			}
			for k := start; k < end; k++ {
				used[k] = true
			}
			from := strings.HasSuffix(masked[:end], "起") // 自7月1日起: since when it is done
			if unlessAfter.MatchString(masked[end:]) || !from && unlessBefore.MatchString(tail(masked[:start], maxBefore)) {
				continue
			}
			by := t.read(t.groups(masked, m), year)
			y := by.Year()
			if by == "" || y == 0 || year > 0 && (y < year || y > year+maxAhead) {
				continue
			}
			found := due{by, unit{start: start, end: end}, y, "year:" + t.name}
			switch {
			case !t.deadline && y > bare.year:
				bare = found
			case t.deadline && lastDay(by) > lastDay(best.by):
				best = found
			}
		}
	}
	if best.by == "" {
		bare.by = ""
		return bare
	}
	return best
}

// timed reports whether a text may speak of a time; most items do not.
func timed(text string) bool {
	return slices.ContainsFunc(timeWords, func(w string) bool { return strings.Contains(text, w) })
}

var (
	timeWords = []string{"年", "月", "季度", "五”"}
	// yearMarks and monthMarks end what yearPart and monthPart fit.
	yearMarks  = pattern.Compile(`0年|1年|2年|3年|4年|5年|6年|7年|8年|9年|〇年|○年|零年|一年|二年|三年|四年|五年|六年|七年|八年|九年`)
	monthMarks = pattern.Compile(`0月|1月|2月|3月|4月|5月|6月|7月|8月|9月|一月|二月|三月|四月|五月|六月|七月|八月|九月|十月`)
)

// What is read of an item, and what of the words before a number: bytes.
const (
	maxRead   = 6000
	maxBefore = 90
)

// clip is the beginning of s, of at most n bytes.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// tail is the end of s, of at most n bytes.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	at := len(s) - n
	for !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

// maxAhead is how many years ahead a promise may lie.
const maxAhead = 30

// words are the bytes of a match that tell the time: those of the group t, where the rule looks at more than them.
func (t *timing) words(m []int) (start, end int) {
	for i, name := range t.pattern.SubexpNames() {
		if name == "t" && m[2*i] >= 0 {
			return m[2*i], m[2*i+1]
		}
	}
	return m[0], m[1]
}

// groups are the whole match and the numbers in it.
func (t *timing) groups(s string, m []int) []string {
	var all []string
	for i, name := range t.pattern.SubexpNames() {
		switch {
		case name == "t":
		case m[2*i] < 0:
			all = append(all, "")
		default:
			all = append(all, s[m[2*i]:m[2*i+1]])
		}
	}
	return all
}

// mask hides titles in 《》, whose years are those of other documents.
func mask(text string) string {
	if !strings.Contains(text, "《") {
		return text
	}
	b := []byte(text)
	for from := 0; ; {
		i := strings.Index(text[from:], "《")
		if i < 0 {
			return string(b)
		}
		i += from
		j := strings.Index(text[i:], "》")
		if j < 0 {
			return string(b)
		}
		for k := i; k < i+j; k++ {
			b[k] = '#'
		}
		from = i + j
	}
}

// heading is a heading above plans for a year, and headed the year that it names, or 0, with the rule that read it.
type (
	heading struct {
		text    string
		planned int
	}
	headed struct {
		year int
		rule string
	}
)

// headingYear reads the year from the heading of a part on plans: 2023年工作安排, 今后五年的目标. Planned is the year of the
// plans above it. All items of a part ask for the same, so that what was read is kept.
func (f *finder) headingYear(text string, planned int) headed {
	if text == "" || longer(text, maxHeading) {
		return headed{}
	}
	key := heading{text, planned}
	known, ok := f.headings[key]
	if !ok {
		d := findDue(text, planned)
		if d.year > f.d.Year && d.year >= planned && f.d.Year > 0 {
			known = headed{d.year, "heading:" + strings.TrimPrefix(d.rule, "year:")}
		}
		f.headings[key] = known
	}
	return known
}

// number reads a number of digits or words, or 0.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n, _ := numeral.Count(s)
	return n
}

func lastMonth(part string) int {
	switch strings.TrimPrefix(part, "第") {
	case "一季度":
		return 3
	case "上半年", "年中", "二季度":
		return 6
	case "三季度":
		return 9
	}
	return 12
}

func wholeYear(y int) gongwen.Date {
	if y == 0 {
		return ""
	}
	return gongwen.Date(fmt.Sprintf("%04d", y))
}

func month(y, m int) gongwen.Date {
	if y == 0 || m < 1 || m > 12 {
		return ""
	}
	return gongwen.Date(fmt.Sprintf("%04d-%02d", y, m))
}

func day(y, m, d int) gongwen.Date {
	if y == 0 || m < 1 || m > 12 || d < 1 || d > 31 {
		return ""
	}
	return gongwen.Date(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
}

// lastDay is a date that compares as the last day of d.
func lastDay(d gongwen.Date) string {
	switch len(d) {
	case 0:
		return ""
	case len("2006"):
		return string(d) + "-12-31"
	case len("2006-01"):
		return string(d) + "-31"
	}
	return string(d)
}
