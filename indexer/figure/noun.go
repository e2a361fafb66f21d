package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// maxBack is how many numbers, and maxReach how many bytes, before a number are looked at: with more, a text that goes on
// without a stop would take time by the square of its length.
const (
	maxBack  = 16
	maxReach = 600
)

// reach returns start, or the first character behind it from which end is within reach.
func (p *prose) reach(start, end int) int {
	if end-start <= maxReach {
		return min(start, end)
	}
	start = end - maxReach
	for !utf8.RuneStart(p.folded[start]) {
		start++
	}
	return start
}

// name finds what each number counts.
func (p *prose) name() {
	for i := range p.numbers {
		n := &p.numbers[i]
		if n.refused != "" {
			continue
		}
		prev := p.before(i)
		behind := p.behind(i)
		ahead := p.ahead(i)
		switch {
		case p.listedWith(i):
			// One of 3件、5件 without a noun between: it has that of the first, or its own of 分别.
			n.noun = p.numbers[prev].noun
			if behind.Len() > 0 {
				n.noun, n.nounEnd = behind, behind.End
			}
		case behind.Len() > 0 && (ahead.Len() == 0 || n.classifies() || isVerb(p.folded[ahead.Start:ahead.End])):
			n.noun, n.nounEnd = behind, behind.End
		case ahead.Len() > 0:
			n.noun = ahead
		case prev >= 0 && p.numbers[prev].sentence == n.sentence && p.numbers[prev].refused == "":
			n.noun = p.numbers[prev].noun
		default:
			n.noun = p.clauseBefore(n)
		}
	}
	p.nameRespectively()
	for i := len(p.numbers) - 1; i >= 0; i-- {
		n := &p.numbers[i]
		if n.listed && n.refused == "" && n.noun.Len() == 0 && i+1 < len(p.numbers) {
			n.noun = p.numbers[i+1].noun
		}
	}
}

// before returns the number before i in its sentence that is a figure, or -1.
func (p *prose) before(i int) int {
	for j := i - 1; j >= max(0, i-maxBack) && p.numbers[j].sentence == p.numbers[i].sentence; j-- {
		if p.numbers[j].refused == "" {
			return j
		}
	}
	return -1
}

// listedWith reports whether number i follows the one before it with nothing but a mark of a list between.
func (p *prose) listedWith(i int) bool {
	if i == 0 || p.numbers[i-1].refused != "" {
		return false
	}
	_, ok := p.gap(i - 1)
	return ok && p.numbers[i-1].nounEnd == 0
}

// classifies reports whether the unit is a measure word that stands before a noun: 3件案件, but not 3元.
func (n *number) classifies() bool {
	return n.named && n.unit.measure <= digits && isWhole(n.unit) && !strings.Contains("人人次件次户次家次场次批次", n.unit.text) || n.unit.measure == bare
}

// ahead is the noun before the number: the clause up to it, from the end of the number before, without what only leads
// to it.
func (p *prose) ahead(i int) gongwen.Span {
	n := &p.numbers[i]
	start, end := n.clause, n.start
	if i > 0 && p.numbers[i-1].end > start {
		start = max(p.numbers[i-1].end, min(p.numbers[i-1].nounEnd, end))
	}
	start = p.reach(start, end)
	if end <= start {
		return gongwen.Span{}
	}
	return p.trim(start, end)
}

// trim takes from a stretch before a number what is no part of the noun.
func (p *prose) trim(start, end int) gongwen.Span {
	end = p.trimTail(start, end)
	start = p.trimLead(start, end)
	if start >= end {
		return gongwen.Span{}
	}
	start = p.cutAtVerb(start, end)
	return gongwen.Span{Start: start, End: end}
}

func (p *prose) trimTail(start, end int) int {
	for {
		text := strings.TrimRight(p.folded[start:end], " ")
		longest := 0
		for _, tail := range tails {
			if len(tail) > longest && strings.HasSuffix(text, tail) && !endsAny(text, "目的", "以为", "行为", "作为", "认为", "成为", "没有", "所有", "国有", "拥有", "持有", "享有", "有的", "报到", "签到") {
				longest = len(tail)
			}
		}
		if end = start + len(text) - longest; longest == 0 {
			return end
		}
	}
}

func (p *prose) trimLead(start, end int) int {
	for {
		for start < end && (p.folded[start] == ' ' || p.folded[start] == '.') {
			start++
		}
		text := p.folded[start:end]
		if skip := leadOf(text); skip > 0 {
			start += skip
			continue
		}
		return start
	}
}

// leadOf returns how many bytes of a clause's beginning lead to what is counted.
func leadOf(text string) int {
	if end := dateEnd(text); end > 0 {
		return end
	}
	if strings.HasPrefix(text, "(") {
		if i := strings.IndexByte(text, ')'); i > 0 && i < len(text)-1 && i <= len("(二十一)") {
			return i + 1
		}
	}
	if i := strings.Index(text, "是"); i > 0 && i <= len("二十") && isHanWord(text[:i]) {
		return i + len("是")
	}
	if hasAny(text, "上年结转", "上年度结转") {
		return 0
	}
	longest := 0
	for _, lead := range leads {
		if len(lead) > longest && strings.HasPrefix(text, lead) {
			longest = len(lead)
		}
	}
	if longest == len("有") && hasAny(text, "有关", "有效", "对外", "对口", "由于", "从业", "从事", "如期", "来信", "来访", "来自", "均衡", "新增", "新建", "新收", "新设", "新聘", "新制", "新型", "新能源", "新生", "新媒体", "新闻",
		"总额", "总数", "总量", "总值", "总体", "总面积", "与会", "现场", "现行", "现金", "现代", "再生", "再审", "及格", "近视", "共建", "共享", "共同", "共有", "约谈", "还款", "还贷", "还原", "另行", "已婚", "即时", "如实", "和解", "新征", "新发", "新出", "新开", "新成立", "新评", "新注册", "新登记", "新批", "总产", "新改", "新推", "新审") {
		return 0
	}
	return longest
}

func isHanWord(s string) bool {
	for _, r := range s {
		if hanDigit(r) < 0 && r != '十' {
			return false
		}
	}
	return true
}

// dateEnd returns the end of the date that a text begins with, or 0: 2021年, 8月份, 截至2021年12月31日.
func dateEnd(text string) int {
	at := 0
	for {
		end := at
		for end < len(text) && (isDigit(text[end]) || text[end] == '-' || text[end] == ' ') {
			end++
		}
		if end == at {
			return at
		}
		rest := text[end:]
		mark := ""
		for _, m := range []string{"年度", "年末", "年底", "年内", "年全年", "年以来", "年", "月份", "月底", "月末", "月以来", "月起", "月", "日起", "日", "号"} {
			if strings.HasPrefix(rest, m) {
				mark = m
				break
			}
		}
		if mark == "" {
			return at
		}
		at = end + len(mark)
	}
}

// cutAtVerb moves the start to the last verb that has an object of two characters or more before the end.
func (p *prose) cutAtVerb(start, end int) int {
	text := p.folded[start:end]
	best := 0
	for _, v := range verbs {
		at := strings.LastIndex(text, v)
		if at > best && len(text)-at-len(v) >= len("案件") && !strings.HasPrefix(text[at+len(v):], "的") && !isModifier(text, at) && !isQuoted(text[at:]) {
			best = at
		}
	}
	// 主动公开 and not 公开: the longer verb that holds the one found.
	for _, v := range verbs {
		if at := strings.LastIndex(text, v); at >= 0 && at < best && at+len(v) > best {
			best = at
		}
	}
	return start + best
}

// isQuoted reports whether a text begins inside quotation marks: one closes before another opens.
func isQuoted(text string) bool {
	closes := strings.Index(text, "”")
	opens := strings.Index(text, "“")
	return closes >= 0 && (opens < 0 || closes < opens)
}

// isModifier reports whether the verb at a byte stands inside a noun: 的受理案件 or 政府信息公开申请.
func isModifier(text string, at int) bool {
	return endsAny(text[:at], "行政", "信息", "政府", "政务", "刑事", "民事", "社会", "人民", "合法性", "专业", "基层", "公共", "应急", "法律", "执法", "环境", "安全", "质量", "综合", "公平竞争", "双随机")
}

func isVerb(word string) bool {
	return slices.Contains(verbs, word) || slices.Contains(nounVerbs, word)
}

func endsWithVerb(text string) bool {
	return endsAny(text, verbs...) || endsAny(text, nounVerbs...)
}

// maxNoun is how many characters a noun behind a number has at most.
const maxNoun = 24

// behind is the noun that follows number and unit, or the empty span.
func (p *prose) behind(i int) gongwen.Span {
	n := &p.numbers[i]
	s := p.folded
	start := n.end
	if strings.HasPrefix(s[start:], "的") {
		start += len("的")
	} else if n.end > n.unitEnd && !n.classifies() || n.share != "" || n.named && n.unit.measure == rates || n.unit.measure == tenths {
		return gongwen.Span{}
	}
	if n.listed {
		return gongwen.Span{}
	}
	if n.unit.measure == bare && n.end == n.unitEnd {
		start = n.unitEnd - len(n.unit.text)
	}
	stop := len(s)
	if i+1 < len(p.numbers) {
		stop = p.numbers[i+1].start
	}
	end, runes := start, 0
	for end < stop && runes < maxNoun {
		r, size := utf8.DecodeRuneInString(s[end:])
		if r == '(' || r == '“' || r == '《' {
			inner := skipMarked(s, end, map[rune]string{'(': ")", '“': "”", '《': "》"}[r], maxBracket)
			if inner == end+size || inner > stop || r == '(' && !isPlainBracket(s[end:inner]) {
				break
			}
			end = inner
			continue
		}
		if !analyzers.IsHan(r) || end > start && r == '的' || startsCut(s[end:stop]) {
			break
		}
		end += size
		runes++
	}
	if end == start {
		return gongwen.Span{}
	}
	return gongwen.Span{Start: start, End: end}
}

func startsCut(s string) bool {
	for _, c := range cuts {
		if strings.HasPrefix(s, c) {
			return true
		}
	}
	return false
}

// clauseBefore is the end of the clause before the number's, where that clause holds nothing of its own.
func (p *prose) clauseBefore(n *number) gongwen.Span {
	s := p.folded
	end := n.clause
	for end > n.sentence {
		r, size := utf8.DecodeLastRuneInString(s[n.sentence:end])
		if r != ',' && r != ':' && r != '(' && r != ' ' {
			break
		}
		end -= size
	}
	start := n.sentence
	for at := end; at > start && end-at < maxBracket; {
		r, size := utf8.DecodeLastRuneInString(s[start:at])
		if r == ',' || r == ':' {
			start = at
			break
		}
		at -= size
	}
	if end-start > 3*maxNoun || end <= start {
		return gongwen.Span{}
	}
	return p.trim(start, end)
}

// nameRespectively gives each number of 甲、乙分别为3件、5件 the noun at its place.
func (p *prose) nameRespectively() {
	for i := 0; i < len(p.numbers); i++ {
		first := &p.numbers[i]
		if first.refused != "" || !strings.Contains(p.folded[p.reach(first.clause, first.start):max(first.clause, first.start)], "分别") {
			continue
		}
		last := i
		for last+1 < len(p.numbers) {
			if _, ok := p.gap(last); !ok || p.numbers[last+1].refused != "" {
				break
			}
			last++
		}
		if last == i {
			continue
		}
		start := p.reach(first.clause, first.start)
		if i > 0 {
			start = max(start, p.numbers[i-1].end)
		}
		at := strings.Index(p.folded[start:max(start, first.start)], "分别")
		if at < 0 {
			continue
		}
		if parts := p.parts(start, start+at); len(parts) == last-i+1 {
			for j, part := range parts {
				p.numbers[i+j].noun = part
			}
		}
		i = last
	}
}

// parts cuts an enumeration into its members.
func (p *prose) parts(start, end int) []gongwen.Span {
	start = p.trimLead(start, end)
	var parts []gongwen.Span
	from := start
	for at := start; at < end; {
		r, size := utf8.DecodeRuneInString(p.folded[at:])
		if r == '(' {
			at = skipMarked(p.folded, at, ")", maxBracket)
			continue
		}
		if (r == '、' || r == '和' || r == '与' || r == '及') && at > from {
			parts = append(parts, gongwen.Span{Start: from, End: at})
			from = at + size
		}
		at += size
	}
	if from < end {
		parts = append(parts, gongwen.Span{Start: from, End: p.trimTail(from, end)})
	}
	return parts
}
