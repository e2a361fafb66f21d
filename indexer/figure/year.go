package figure

import (
	"sort"
	"strings"
)

// headingYear is the one year that a heading names, or 0.
func headingYear(heading string) int {
	year := 0
	for at := 0; ; {
		i := strings.Index(heading[at:], "年")
		if i < 0 {
			return year
		}
		end := at + i
		at = end + len("年")
		if end < 4 || !isDigits(heading[end-4:end]) {
			continue
		}
		if end > 4 && strings.ContainsAny(heading[end-5:end-4], "0123456789-") {
			return 0
		}
		found := int(heading[end-4]-'0')*1000 + int(heading[end-3]-'0')*100 + int(heading[end-2]-'0')*10 + int(heading[end-1]-'0')
		if found < 1900 || found > 2100 || year != 0 && found != year {
			return 0
		}
		year = found
	}
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

// yearOf returns the year that number i is about: what its clause names before it, else what its sentence begins with,
// else ofReport.
func (p *prose) yearOf(i int) int {
	n := &p.numbers[i]
	s := p.folded
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
		if hasAny(rest, "结转", "末", "同期", "以来", "度结转", "底") && !strings.HasPrefix(rest, "同期的") || strings.Contains(rest, "比") || strings.Contains(rest, "相比") {
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
	return year
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
	if hasAny(rest, "以来", "前", "之前", "起", "至", "到", "-", "~", "以后", "后", "的", "以前", "开始", "版", "第", "和", "与", "、") || strings.HasPrefix(rest, "底前") ||
		endsAny(before, "自", "从", "对", "比", "较", "与", "于", "同", "(", "将") {
		return false
	}
	if at := strings.IndexAny(rest, "起前"); at >= 0 && at < len("12月31日") {
		return !strings.HasPrefix(rest[at:], "起") && !strings.HasPrefix(rest[at:], "前")
	}
	return true
}
