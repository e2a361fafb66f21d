package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	chinese "gongwen/indexer/numeral"
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
		case p.bracketed(n).Len() > 0:
			n.noun = p.bracketed(n)
		case behind.Len() > 0 && (n.classifies() && !p.told(ahead, behind) || p.leadsOn(ahead)):
			n.noun, n.nounEnd = behind, behind.End
		case ahead.Len() > 0 && !n.isRate():
			n.noun = ahead
		case ahead.Len() > 0:
			n.noun = p.subject(n, ahead, prev)
		case p.predicate(i).Len() > 0:
			n.noun = p.predicate(i)
		case prev >= 0:
			n.noun = p.numbers[prev].noun
			if before := p.clauseBefore(n); before.Len() > 0 && before.Start >= p.numbers[prev].end {
				n.noun = before // 产值所占的比重，则由1949年的63.3%下降为39%
			}
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

// leadsOn reports whether what stands ahead of a number names nothing that could be counted.
func (p *prose) leadsOn(ahead gongwen.Span) bool {
	text := p.folded[ahead.Start:ahead.End]
	return text == "" || isVerb(text) || isPlace(text) || benefits.end(text) > 0
}

// told reports whether what stands behind a number tells something of the noun before it: 执法辅助人员427名管理不规范.
func (p *prose) told(ahead, behind gongwen.Span) bool {
	text := p.folded[behind.Start:behind.End]
	if ahead.Len() < 2*len("件") || p.leadsOn(ahead) || strings.Contains(text, "的") {
		return false
	}
	noun := p.folded[ahead.Start:ahead.End]
	return hasAny(text, "对外", "管理不") || entities.end(noun) > 0 && verbs.begin(noun) == 0 && tellsOf(text)
}

// benefits are verbs whose object follows the number, whatever stands before them: 营养改善计划惠及3600多万农村学生.
var benefits = endings("惠及 覆盖 帮助 解决 带动 支持 服务 资助 救助 补贴 安置 吸纳 奖励 表彰 培训 聘请 选派 组织")

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
	if notPredicates.begin(p.folded[start:]) > 0 {
		return gongwen.Span{}
	}
	end, runes := start, 0
	for end < len(p.folded) && runes < maxNoun {
		r, size := utf8.DecodeRuneInString(p.folded[end:])
		if !analyzers.IsHan(r) && r != '“' && r != '”' || r == '后' || chinese.Begins(r) {
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

// notPredicates go on with the number or compare it, and tell nothing of what is counted.
var notPredicates = beginnings("上升 上涨 下降 下滑 回落 多 少 高 低 增 减 升 降 提 调 缩 扩 到 至 和 与 及 为 占 较 比 同比 环比 用于 以上 以下 左右 的 在 是 共 计 以内 中 后 也 仍 还 又 对 向 或")

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
		for _, word := range []string{"不到", "低于", "高于", "相当于", "仅为", "只有", "仅相当"} {
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

// divides reports whether a number parts what stands before it from what stands behind it: figures, dates and times do, but
// not 一 in 一审.
func (n *number) divides() bool {
	return n.refused == "" || n.form == arabic && n.named && n.refused != withLetters && n.refused != criterion || n.named && n.unit.measure >= duration
}

// isDate reports a year, month or day.
func (n *number) isDate() bool {
	return n.refused != "" && n.form == arabic && n.named && slices.Contains([]string{"年", "月", "日"}, n.unit.text)
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
	if !n.named || n.unit.measure > digits {
		return n.named && n.unit.measure == bare
	}
	return isWhole(n.unit) && n.unit.text != "人" && len(n.unit.text) == len("件")
}

// ahead is the noun before the number: the clause up to it, from the end of the number before, without what only leads
// to it.
func (p *prose) ahead(i int) gongwen.Span {
	n := &p.numbers[i]
	start, end := n.clause, n.start
	for j := i - 1; j >= max(0, i-maxBack) && p.numbers[j].end > n.clause; j-- {
		m := &p.numbers[j]
		if !m.divides() || m.isDate() {
			continue
		}
		from := max(m.end, min(m.nounEnd, end))
		if m.unit.measure == duration { // 五年中, 三年内, 两年来
			for _, word := range []string{"以来", "之内", "内", "中", "来", "间", "里"} {
				if rest, ok := strings.CutPrefix(p.folded[from:end], word); ok && !(word == "中" && protected.begin(word+rest) > 0) {
					from += len(word)
					break
				}
			}
		}
		start = p.reach(from, end)
		if noun := p.headed(n, start, end); noun.Len() > 0 || m.refused == "" {
			return noun
		}
		start, end = n.clause, m.start // 应诉率连续三年达到100%: the time parts nothing
	}
	return p.headed(n, p.reach(start, end), end)
}

// headed is the noun of a stretch before a number: all of it where it describes with 的 those of a kind (与上位法不一致的6件), none
// where it only says when (修订计划时减少为300亿元).
func (p *prose) headed(n *number, start, end int) gongwen.Span {
	noun := p.trim(start, end)
	text := strings.TrimRight(p.folded[start:max(start, end)], " ")
	switch {
	case noun.Len() > 0 && whens.end(p.folded[noun.Start:noun.End]) > 0 && afters.end(p.folded[noun.Start:noun.End]) == 0:
		return gongwen.Span{Start: end, End: end}
	case !n.isRate() && noun.Len() > 0 && strings.HasSuffix(text, "的") && !endsAny(text, "标的", "目的"):
		from := start
		for _, lead := range []string{"其中", "对", "另有", "有", "还有", "连同"} { // in this order
			if strings.HasPrefix(p.folded[from:end], lead) {
				from += len(lead)
			}
		}
		if from < noun.Start && kinds.begin(p.folded[from:end]) > 0 {
			return gongwen.Span{Start: from, End: start + len(text) - len("的")}
		}
	}
	return noun
}

// whens end what only says when.
var whens = endings("后 以后 之后 时 之时 期间 之前")

// kinds begin what describes those of a kind.
var kinds = beginnings("与 属于 上年结转 上年接转 未 不 因 经 由 被 无 没有 单笔 涉及 符合 违反")

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
		if p.numbers[j].divides() {
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
		if !analyzers.IsHan(r) || r == '的' || cuts.begin(s[end:stop]) > 0 || runes > 1 && verbs.begin(s[end:stop]) > 0 && modifiers.end(s[start:end]) == 0 {
			break
		}
		end += size
		runes++
	}
	end = p.besides(start, end, stop)
	if whole := p.entityEnd(n, start, end); whole < end {
		return gongwen.Span{Start: start, End: whole}
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
	return p.trim(start, end-judgements.end(s[start:end]))
}

// judgements end a clause that judges what the next one counts: 非现场执法比例不高，只有12.4%.
var judgements = endings("不高 偏低 较低 过低 不足 偏小 较小 不大 不多 偏少 较少 不够 不强 较高 偏高 较大 过大 明显")

// nameRespectively gives each number of 甲、乙分别为3件、5件 the noun at its place.
func (p *prose) nameRespectively() {
	for i := 0; i < len(p.numbers); i++ {
		first := &p.numbers[i]
		start := p.reach(first.clause, first.start)
		if first.refused != "" || !strings.Contains(p.folded[start:first.start], "分别") {
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
		if i > 0 {
			start = max(start, p.numbers[i-1].end)
		}
		at := strings.Index(p.folded[start:max(start, first.start)], "分别")
		if at < 0 {
			continue
		}
		if done := p.trim(start+at+len("分别"), first.start); done.Len() > len("办理案件") && last == i+1 {
			// 区委书记、区长分别主持研究法治工作5次、8次: who did it is no noun.
			for j := i; j <= last; j++ {
				p.numbers[j].noun, p.numbers[j].placed = done, true
			}
		} else if parts := p.parts(start, start+at); len(parts) == last-i+1 {
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
