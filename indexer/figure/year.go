package figure

import (
	"sort"
	"strings"
	"unicode/utf8"

	chinese "gongwen/indexer/numeral"
)

// headingYear is the year that a heading begins with and tells of, or 0: 2021年工作情况, but not 2016—2020年.
func headingYear(heading string) int {
	heading = strings.TrimSpace(heading)
	if len(heading) < 4 || !isDigits(heading[:4]) || !hasAny(heading[4:], "年") && heading[4:] != "" {
		return 0
	}
	year := int(heading[0]-'0')*1000 + int(heading[1]-'0')*100 + int(heading[2]-'0')*10 + int(heading[3]-'0')
	if year < 1900 || year > 2100 {
		return 0
	}
	return year
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// wordYears are words for a year, by how far it lies from the one that is 今年.
var wordYears = []struct {
	word  string
	shift int
}{{"前年", -2}, {"去年", -1}, {"上年度", -1}, {"上年", -1}, {"上一年度", -1}, {"上一年", -1}, {"今年", 0}}

// notOfYear follow a word for a year where the number is of another.
var notOfYear = beginnings("结转 接转 末 同期 以来 度结转 底")

// sinceYear follow a year from which or up to which something was done.
var sinceYear = beginnings("以来 前 之前 起 至 到 - ~ 以后 后 的 以前 开始 版 第 和 与 、 底前")

// aboutYear stand before a year that only something spoken of is of.
var aboutYear = endings("自 从 对 比 较 与 于 同 ( 将")

// yearOf returns the year that number i is about: what its clause names before it, else what its sentence begins with,
// else ofReport.
func (p *prose) yearOf(i int) int {
	n := &p.numbers[i]
	s := p.folded
	if p.listedWith(i) && n.noun == p.numbers[i-1].noun {
		return p.numbers[i-1].year
	}
	best, year := -1, ofReport
	first := sort.Search(len(p.dated), func(i int) bool { return p.dated[i].start >= n.start })
	for _, m := range p.dated[max(0, first-maxBack):first] {
		sameClause := m.start >= n.clause
		opens := m.start >= n.sentence && m.start <= n.sentence+len("截至到")+len("　　") && isOpening(s[n.sentence:m.start])
		if !sameClause && !opens || m.end > n.start {
			continue
		}
		if p.tells(m, n, sameClause) {
			best, year = m.start, m.year
		}
	}
	if p.years.now == 0 {
		return year
	}
	from := p.reach(n.clause, n.start)
	clause := s[from:n.start]
	for _, w := range wordYears {
		at := strings.LastIndex(clause, w.word)
		if at < 0 || from+at <= best {
			continue
		}
		rest := clause[at+len(w.word):]
		if notOfYear.begin(rest) > 0 && !strings.HasPrefix(rest, "同期的") || strings.Contains(rest, "比") {
			continue
		}
		before := clause[:at]
		if w.shift < 0 && !hasAny(rest, "的") && rest != "" && endsAny(before, "比", "较", "与", "同", "超过", "超") {
			continue // 比上年增加3件 says nothing of the year that the number is about
		}
		if len(rest) > len("的") && w.shift < 0 && !strings.HasPrefix(rest, "全") && endsAny(before, "对", "自", "从", "由") {
			continue
		}
		best, year = from+at, p.years.now+w.shift
	}
	if year != ofReport {
		return year
	}
	if p.isEarlier(i) {
		n.rule = Earlier
		if p.years.report > 0 && !strings.HasSuffix(p.folded[p.reach(n.clause, n.start):n.start], "年初的") {
			if base := planBase(p.folded[p.reach(n.sentence, n.start):n.start]); base > 0 {
				return base
			}
			return p.years.report - 1
		}
	}
	if n.rule == Earlier || best >= 0 {
		return year
	}
	return p.opened(n)
}

// opened is the year before this one that the sentence of a number, up to its full stop, begins with, where none of its parts
// between semicolons names another: 2023年完成83万人次;拨付补贴560万元.
func (p *prose) opened(n *number) int {
	from := p.reach(0, n.start)
	at := strings.LastIndexAny(p.folded[from:n.start], "。!?\n")
	if at < 0 && from > 0 {
		return ofReport
	}
	_, size := utf8.DecodeRuneInString(p.folded[from+max(0, at):])
	from += at + 1
	if at >= 0 {
		from += size - 1
	}
	if from >= n.sentence { // of the part itself it is known
		return ofReport
	}
	year := ofReport
	for j := range p.dated {
		m := &p.dated[j]
		switch {
		case m.start < from || m.start >= n.start || compared.end(p.folded[:m.start]) > 0:
		case year == ofReport && strings.TrimSpace(p.folded[from:m.start]) == "" && m.year < p.years.now && sinceYear.begin(p.folded[m.end:]) == 0 && !hasAny(p.folded[m.end:], "结转"):
			year = m.year
		default:
			return ofReport
		}
	}
	if year != ofReport && hasAnywhere(p.folded[from:n.start], "今年", "去年", "上年", "目前", "现有", "截至") {
		return ofReport
	}
	return year
}

// Earlier is the rule of figures that tell what was before a change, 由28名增至35名: as a rule of the year before.
const Earlier = "earlier level"

// planBase is the year before the five years that a sentence is about: “十四五”时期,经济总量由168亿元增加到232亿元.
func planBase(sentence string) int {
	for _, mark := range []string{"五”时期", "五时期", "五”期间", "五期间"} {
		if before, _, found := strings.Cut(sentence, mark); found && strings.Contains(before, "十") {
			r, _ := utf8.DecodeLastRuneInString(before)
			if n := chinese.Digit(r); n > 0 {
				return 2000 + 5*n
			}
		}
	}
	return 0
}

// formerly stand between 由 and what was before.
var formerly = words("原来的 原来 原 过去的 以前的 此前的 平均 年初的")

// isEarlier reports whether number i is what changed to the next one.
func (p *prose) isEarlier(i int) bool {
	n := &p.numbers[i]
	before := trimWords(p.folded[p.reach(n.clause, n.start):n.start], formerly)
	if at := strings.LastIndex(before, "由原"); at >= 0 && len(before)-at < maxReach/10 && strings.HasSuffix(before, "的") {
		before = before[:at+len("由")]
	}
	if !endsAny(before, "由", "从", "自") || i+1 >= len(p.numbers) {
		return false
	}
	next := &p.numbers[i+1]
	if next.refused != "" || next.sentence != n.sentence || next.start <= n.end {
		return false
	}
	return endsAny(p.folded[n.end:next.start], "至", "到", "为", "成")
}

func isOpening(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || s == "截至" || s == "到" || s == "截止" || s == "在"
}

// tells reports whether the year that is mentioned before a number is the number's: not where only something of that
// year is spoken of, as in 对2010年以来的文件进行清理.
func (p *prose) tells(m mention, n *number, sameClause bool) bool {
	before, rest := p.folded[m.clause:m.start], p.folded[m.end:n.start]
	rest = strings.TrimSpace(strings.TrimPrefix(rest, "度"))
	if p.years.now > 0 && m.year > p.years.now {
		return false
	}
	switch rest {
	case "", "的", "为", "是", "有", "全年", "共", "达":
		return true
	}
	if !sameClause && hasAny(rest, ",") {
		return !endsAny(before, "自", "从", "对", "比", "较", "与", "于")
	}
	if strings.Contains(rest, "的") && strings.ContainsAny(rest, "0123456789") {
		return false
	}
	if sinceYear.begin(rest) > 0 || aboutYear.end(before) > 0 {
		return false
	}
	if at := strings.IndexAny(rest, "起前"); at >= 0 && at < len("12月31日") {
		return !strings.HasPrefix(rest[at:], "起") && !strings.HasPrefix(rest[at:], "前")
	}
	return true
}
