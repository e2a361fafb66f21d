package figure

import (
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
			// One of 3件、5件 without a noun between: it has that of the first.
			n.noun = p.numbers[prev].noun
			if behind.Len() > 0 {
				n.noun, n.nounEnd = behind, behind.End
			}
		case behind.Len() > 0 && (ahead.Len() == 0 || n.classifies() || isVerb(p.folded[ahead.Start:ahead.End])):
			n.noun, n.nounEnd = behind, behind.End
		case ahead.Len() > 0 && !n.isRate():
			n.noun = ahead
		case ahead.Len() > 0:
			n.noun = p.subject(n, ahead, prev)
		case p.predicate(i).Len() > 0:
			n.noun = p.predicate(i)
		case prev >= 0:
			n.noun = p.numbers[prev].noun
		default:
			if n.noun = p.clauseBefore(n); n.noun.Len() == 0 && strings.HasSuffix(p.folded[:n.sentence], ";") {
				n.noun = p.nounBefore(i)
			}
		}
	}
	p.nameRespectively()
	for i := len(p.numbers) - 2; i >= 0; i-- {
		n, next := &p.numbers[i], &p.numbers[i+1]
		if n.listed && n.refused == "" && (n.noun.Len() == 0 || next.nounEnd > 0) {
			n.noun, n.nounEnd = next.noun, 0
		}
	}
}

// predicate is what is told of those that are counted, where a clause begins with the number: 其中5件已办结.
func (p *prose) predicate(i int) gongwen.Span {
	n := &p.numbers[i]
	if n.isRate() || n.listed || !n.named || n.unit.measure == bare || n.unit.text == "元" {
		return gongwen.Span{}
	}
	start := n.end
	for again := true; again; {
		again = false
		for _, word := range []string{"已", "均", "都", "全部"} {
			if strings.HasPrefix(p.folded[start:], word) {
				start, again = start+len(word), true
			}
		}
	}
	if changing := beginnings("增 减 升 降 提 调 缩 扩 到 至 和 与 及 为 占 较 比 同比 环比 用于 以上 以下 左右 的 在 是 共 计 以内 中 后 也 仍 还 又 对 向 或"); changing.begin(p.folded[start:]) > 0 {
		return gongwen.Span{}
	}
	end, runes := start, 0
	for end < len(p.folded) && runes < maxNoun {
		r, size := utf8.DecodeRuneInString(p.folded[end:])
		if !analyzers.IsHan(r) && r != '“' && r != '”' || r == '后' || isHanNumber(r) {
			break
		}
		end += size
		runes++
	}
	if runes < 2 {
		return gongwen.Span{}
	}
	return gongwen.Span{Start: start, End: end}
}

// nounBefore is the noun of the last figure before number i: 受理案件21件；2020年为15件.
func (p *prose) nounBefore(i int) gongwen.Span {
	for j := i - 1; j >= max(0, i-maxBack); j-- {
		if p.numbers[j].refused == "" {
			return p.numbers[j].noun
		}
	}
	return gongwen.Span{}
}

func (n *number) isRate() bool {
	return n.share != "" || n.named && (n.unit.measure == rates || n.unit.measure == tenths)
}

// subject is what a share is told of: the part before 占 or 不到, or, where the clause begins so, what was told of before.
func (p *prose) subject(n *number, ahead gongwen.Span, prev int) gongwen.Span {
	text := p.folded[ahead.Start:ahead.End]
	if prev >= 0 && hasAny(text, "超过", "超出", "高于", "低于") && hasAnywhere(text, "原定", "预期", "确定", "计划", "目标") {
		return p.numbers[prev].noun
	}
	if !hasAny(text, "占", "仅占", "只占", "约占", "不到", "相当于") || hasAny(text, "占地", "占道", "占补", "占比") {
		for _, word := range []string{"不到", "低于", "高于", "相当于"} {
			if at := strings.Index(text, word); at > 0 {
				return gongwen.Span{Start: ahead.Start, End: p.trimTail(ahead.Start, ahead.Start+at)}
			}
		}
		return ahead
	}
	if before := p.clauseBefore(n); prev < 0 || p.numbers[prev].end <= before.Start {
		if before.Len() > 0 {
			return before
		}
		return ahead
	}
	return p.numbers[prev].noun
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

// parts reports whether a number parts what stands before it from what stands behind it: figures, dates and times do, but
// not 一 in 一审.
func (n *number) parts() bool {
	return n.refused == "" || n.form == arabic && n.named && n.refused != withLetters || n.named && n.unit.measure >= duration
}

// isDate reports a year, month or day.
func (n *number) isDate() bool {
	return n.refused != "" && n.form == arabic && n.named && strings.Contains("年月日", n.unit.text)
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
	return n.named && (n.unit.measure <= digits && isWhole(n.unit) && n.unit.text != "人" && len(n.unit.text) == len("件") || n.unit.measure == bare)
}

// ahead is the noun before the number: the clause up to it, from the end of the number before, without what only leads
// to it.
func (p *prose) ahead(i int) gongwen.Span {
	n := &p.numbers[i]
	start, end := n.clause, n.start
	for j := i - 1; j >= max(0, i-maxBack) && p.numbers[j].end > start; j-- {
		if p.numbers[j].parts() && !p.numbers[j].isDate() {
			start = max(p.numbers[j].end, min(p.numbers[j].nounEnd, end))
			break
		}
	}
	start = p.reach(start, end)
	if end <= start {
		return gongwen.Span{}
	}
	return p.trim(start, end)
}

// trim takes from a stretch before a number what is no part of the noun.
func (p *prose) trim(start, end int) gongwen.Span {
	start = p.trimLead(start, end)
	end = p.trimTail(start, end)
	if date := afterDate(p.folded[start:end]); date > 0 {
		start += date
	}
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
		if endsAny(text, "的占", "的只占", "的仅占", "的只有", "的仅有", "的有") {
			return start + strings.LastIndex(text, "的") + len("的") // those of a kind: 经复议后起诉的只占11.1%
		}
		if date := dateTail(text); date > 0 {
			end = start + len(strings.TrimRight(text[:len(text)-date], " "))
			for _, word := range []string{"比", "较", "自", "截至"} {
				if strings.HasSuffix(p.folded[start:end], word) {
					end -= len(word)
				}
			}
			continue
		}
		tail := tails.end(text)
		if tail > 0 && notTails.end(text) > 0 {
			tail = 0
		}
		if end = start + len(text) - tail; tail == 0 {
			return end
		}
	}
}

// notTails end in a word of tails and mean something else.
var notTails = endings("预计 统计 审计 设计 会计 实有 目的 以为 行为 作为 认为 成为 没有 所有 国有 拥有 持有 享有 有的 报到 签到 公共 初中 高中 集中 其中 途中")

func (p *prose) trimLead(start, end int) int {
	for {
		for start < end && (p.folded[start] == ' ' || p.folded[start] == '.') {
			start++
		}
		text := p.folded[start:end]
		if skip := leadOf(text); skip > 0 && (skip < len(text) || !isPlace(text)) {
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
	if hasAny(text, "上年结转", "上年度结转", "上年接转") {
		return 0
	}
	lead := leads.begin(text)
	if lead == len("有") && notLeads.begin(text) > 0 {
		return 0
	}
	return lead
}

// notLeads begin with a word of leads and mean something else.
var notLeads = beginnings(`上年 有关 有效 对外 对口 由于 从业 从事 如期 来信 来访 来自 均衡 新增 新建 新收 新设 新聘 新制 新型 新能源 新生 新媒体 新闻 总额 总数 总量 总值 总体
	总面积 与会 现场 现行 现金 现代 再生 再审 及格 近视 共建 共享 共同 共有 约谈 还款 还贷 还原 另行 已婚 即时 如实 和解 新征 新发 新出 新开 新成立 新评 新注册 新登记 新批 总产 新改 新推 新审`)

// isPlace reports words that lead, but are what is counted where nothing follows: 其中市本级344件.
func isPlace(text string) bool {
	return hasAny(text, "市本级", "全市", "全区", "全县", "全省", "全国", "本级", "上年", "其他")
}

func isHanWord(s string) bool {
	for _, r := range s {
		if hanDigit(r) < 0 && r != '十' {
			return false
		}
	}
	return true
}

// dateTail returns how many bytes at the end of a text are a date: 储备2000年底, 总额由1997年的.
func dateTail(text string) int {
	rest := strings.TrimSuffix(text, "的")
	for _, mark := range []string{"年度", "年底", "年末", "年初", "年", "月底", "月末", "月份", "月", "日"} {
		if before, ok := strings.CutSuffix(rest, mark); ok && before != "" && isDigit(before[len(before)-1]) {
			return len(text) - len(strings.TrimRight(before, "0123456789"))
		}
	}
	return 0
}

// afterDate returns where a text goes on behind the last date in it, or 0 where nothing much does.
func afterDate(text string) int {
	for _, mark := range []string{"年", "月", "日"} {
		at := strings.LastIndex(text, mark)
		if at > 0 && isDigit(text[at-1]) && len(text)-at-len(mark) >= 2*len("案件") {
			return at + len(mark)
		}
	}
	return 0
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
	if endsAny(text, "率", "占比", "比例", "比重") {
		return start
	}
	best, last := 0, -1
	for at := 0; at < len(text); {
		strong := verbs.begin(text[at:])
		verb := max(strong, nounVerbs.begin(text[at:]))
		if verb == 0 {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		if at > 0 && cutsAt(text, at, verb) && (strong > 0 || at != last && afterNounVerbs.begin(text[at+verb:]) == 0) {
			best = at // but not at 处罚 in 调整处罚幅度
		}
		at += verb
		last = at
	}
	for _, adverb := range inner {
		if at := strings.LastIndex(text, adverb); at >= best && len(text)-at-len(adverb) >= len("学法") && !isQuoted(text[at:]) {
			best = at + len(adverb)
		}
	}
	return start + best
}

// inner are adverbs that part who acts from what was done: 县政府常务会议全年学法.
var inner = []string{"全年", "累计", "先后", "年内", "以来", "当年", "分别", "已经", "合计"}

// cutsAt reports whether a verb of so many bytes begins what is told of the things that are counted, and is no part of a
// noun, 政府信息公开申请, or of a list.
func cutsAt(text string, at, verb int) bool {
	rest := text[at+verb:]
	return len(rest) >= len("案件") && !hasAny(rest, "的", "、", "和", "及", "率", "数", "人", "机关", "机构", "部门", "员", "等") && modifiers.end(text[:at]) == 0 && !isQuoted(text[at:])
}

// isQuoted reports whether a text begins inside quotation marks: one closes before another opens.
func isQuoted(text string) bool {
	closes := strings.Index(text, "”")
	opens := strings.Index(text, "“")
	return closes >= 0 && (opens < 0 || closes < opens)
}

func isVerb(word string) bool {
	return word != "" && (verbs.begin(word) == len(word) || nounVerbs.begin(word) == len(word) || acts.begin(word) == len(word))
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
	} else if n.end > n.unitEnd && !n.classifies() || n.share != "" || n.named && n.unit.measure == rates {
		return gongwen.Span{}
	}
	if n.listed {
		return gongwen.Span{}
	}
	if n.unit.measure == bare && n.end == n.unitEnd {
		start = n.unitEnd - len(n.unit.text)
	}
	stop := len(s)
	for j := i + 1; j < min(len(p.numbers), i+maxBack); j++ {
		if p.numbers[j].parts() {
			stop = p.numbers[j].start
			break
		}
	}
	end, runes, of := start, 0, false
	for end < stop && runes < maxNoun {
		r, size := utf8.DecodeRuneInString(s[end:])
		if word := protected.begin(s[end:stop]); word > 0 {
			end += word
			runes += word / len("案")
			continue
		}
		if r == '(' || r == '“' || r == '《' {
			inner := skipMarked(s, end, map[rune]string{'(': ")", '“': "”", '《': "》"}[r], maxBracket)
			if inner == end+size || inner > stop || r == '(' && !isPlainBracket(s[end:inner]) {
				break
			}
			end = inner
			continue
		}
		if r == '的' && end > start && !of && hasVerb(s[start:end]) && p.goesOn(end+size, stop) {
			of = true
			end += size
			continue
		}
		if !analyzers.IsHan(r) || r == '的' || cuts.begin(s[end:stop]) > 0 || runes > 1 && verbs.begin(s[end:stop]) > 0 {
			break
		}
		end += size
		runes++
	}
	if hasVerb(s[start:end]) {
		end = max(end, p.described(start, stop))
	}
	if end > start && tails.end(s[start:end]) == end-start {
		end = start // 12期计3.6万份
	}
	if end == start {
		end = p.described(start, stop)
	}
	return gongwen.Span{Start: start, End: max(start, end)}
}

// described returns the end of a noun that a clause with 的 describes, 21名在执法岗位工作的人员, or 0.
func (p *prose) described(start, stop int) int {
	end, of := start, -1
	for runes := 0; end < stop && runes < maxNoun; runes++ {
		r, size := utf8.DecodeRuneInString(p.folded[end:])
		if !analyzers.IsHan(r) || of >= 0 && cuts.begin(p.folded[end:stop]) > 0 {
			break
		}
		if r == '的' {
			if of >= 0 {
				break
			}
			of = end + size
		}
		end += size
	}
	if of < 0 || end < of+len("人员") {
		return 0
	}
	return end
}

// goesOn reports whether a noun follows 的.
func (p *prose) goesOn(at, stop int) bool {
	if at >= stop {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.folded[at:])
	return analyzers.IsHan(r) && cuts.begin(p.folded[at:stop]) == 0
}

// hasVerb reports whether a noun before 的 tells what things do: 3个更新超期的单位.
func hasVerb(s string) bool { return verbs.begin(s) > 0 || nounVerbs.begin(s) > 0 }

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
				p.numbers[i+j].noun, p.numbers[i+j].placed = part, true
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
