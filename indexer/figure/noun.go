package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
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
		case p.sums(n):
			n.noun = p.trimmedClause(n)
		case remainders.end(p.folded[ahead.Start:ahead.End]) == ahead.Len() && ahead.Len() > 0 && p.predicate(i).Len() > 0:
			n.noun = p.predicate(i) // 其余213件继续有效
		case p.listedWith(i):
			// One of 3件、5件 without a noun between: it has that of the first.
			n.noun = p.numbers[prev].noun
			if n.unit.text != p.numbers[prev].unit.text && !n.isRate() {
				n.noun = p.object(n.noun) // 组织培训2期、64人次
			}
			if behind.Len() > 0 {
				n.noun, n.nounEnd = behind, behind.End
			}
		case p.bracketed(n).Len() > 0:
			n.noun = p.bracketed(n)
		case behind.Len() > 0 && (n.classifies() && !p.told(ahead, behind) || p.leadsOn(ahead) && !(ahead.Len() > 0 && isVerb(p.folded[behind.Start:behind.End]))):
			n.noun, n.nounEnd = behind, behind.End
		case ahead.Len() > 0 && !n.isRate():
			n.noun = ahead
		case ahead.Len() > 0:
			n.noun = p.subject(n, ahead, prev)
		case p.predicate(i).Len() > 0:
			n.noun = p.predicate(i)
		case prev >= 0:
			n.noun = p.level(p.numbers[prev].noun)
			if prev == i-1 && p.numbers[prev].end == n.start {
				n.noun = p.object(n.noun) // 审结诈骗案件1986件3744人
			}
			if before := p.clauseBefore(n); before.Len() > 0 && before.Start >= p.numbers[prev].end {
				n.noun = before // 产值所占的比重，则由1949年的63.3%下降为39%
			}
		default:
			if n.noun = p.level(p.clauseBefore(n)); n.noun.Len() == 0 && strings.HasSuffix(p.folded[:n.sentence], ";") {
				n.noun = p.nounBefore(i)
			}
		}
	}
	for i := range p.numbers {
		// 即增加了90%以上: what grew was told before.
		if n := &p.numbers[i]; n.refused == "" && p.changesOnly(n.noun) {
			if prev := p.before(i); prev >= 0 {
				n.noun = p.level(p.numbers[prev].noun)
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

// remainders stand for those that are left and name none.
var remainders = endings("其余 其他")

// sums reports whether all that stands before a number in its clause says that it is a sum: 应诉963件、二审341件，合计1304件.
func (p *prose) sums(n *number) bool {
	if n.clause == n.sentence || n.start-n.clause > len("合计为") {
		return false
	}
	clause := strings.TrimSpace(p.folded[n.clause:n.start])
	return clause == "合计" || clause == "累计" || clause == "总计" || clause == "合计为" || clause == "累计达"
}

// trimmedClause is what stands before a number in its clause, without 为 and 达.
func (p *prose) trimmedClause(n *number) gongwen.Span {
	end := n.clause + len(strings.TrimRight(p.folded[n.clause:n.start], "为达 "))
	return gongwen.Span{Start: end - len("合计"), End: end}
}

// changes are verbs of growth and fall that name nothing by themselves.
var changes = endings("增加 增长 增产 上升 提高 提升 下降 降低 减为增长 减产 上涨 回落")

// changesOnly reports whether a noun is a verb of change with its adverbs and names nothing.
func (p *prose) changesOnly(noun gongwen.Span) bool {
	text := p.folded[noun.Start:noun.End]
	cut := changes.end(text)
	return cut > 0 && trimWords(text[:len(text)-cut], changeAdverbs) == ""
}

var changeAdverbs = words("实际 平均 每年 年均 相应地 相应 又 再 就 名义 累计")

// level is a noun without the verb of change that it ends in: 钢产量增长42%，达到8000万吨.
func (p *prose) level(noun gongwen.Span) gongwen.Span {
	if cut := changes.end(p.folded[noun.Start:noun.End]); cut > 0 && noun.Len() > cut+len("产") {
		noun.End -= cut
	}
	return noun
}

// object is a noun without the verb that it begins with, where that leaves something.
func (p *prose) object(noun gongwen.Span) gongwen.Span {
	text := p.folded[noun.Start:noun.End]
	verb := organising.begin(text)
	if verb == 0 || len(text)-verb < len("培训") || noObjects.begin(text[verb:]) > 0 {
		return noun
	}
	noun.Start += verb
	return noun
}

// organising are verbs that only say that something took place or was dealt with.
var organising = beginnings("组织 开展 举办 召开 举行 进行 审结 审理 审查 审核 查办 查处 办理 办结 受理 立案 侦破")

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
		if span := p.wholeOf(n, ahead); span.Len() > 0 {
			return span
		}
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

// wholeOf is what has a share, where the clause names it before 占 and behind that the whole: 索赔人申请占该类案件的61.3%.
func (p *prose) wholeOf(n *number, ahead gongwen.Span) gongwen.Span {
	text := p.folded[ahead.Start:ahead.End]
	at := strings.Index(text, "占")
	if at < len("案件") || endsAny(text, "占", "率", "份额") || hasAnywhere(text[at:], "比重", "比例") || isVerb(text[:at]) || hasAny(text, "在") || strings.HasSuffix(text[:at], "所") || hasAny(text[at:], "占地", "占道", "占补", "占比", "占用", "占有") || endsAny(text[:at], "侵", "抢", "挤", "强") {
		return gongwen.Span{}
	}
	from := p.reach(n.clause, ahead.Start)
	for j := len(p.numbers) - 1; j >= 0; j-- {
		if m := &p.numbers[j]; m.divides() && m.start < ahead.Start && m.end > from {
			from = min(ahead.Start, max(m.end, m.nounEnd))
			break
		}
	}
	from = p.trimLead(from, ahead.Start+at)
	if strings.ContainsAny(p.folded[from:ahead.Start], "的 ") || ahead.Start+at-from > 3*maxNoun {
		from = ahead.Start
	}
	end := from + len(trimWordsBehind(p.folded[from:ahead.Start+at], shareAdverbs))
	if !strings.HasSuffix(p.folded[from:end], "的") { // 说理不充分的占一成: those of a kind
		end = p.trimTail(from, end)
	}
	return gongwen.Span{Start: from, End: end}
}

// shareAdverbs stand before 占.
var shareAdverbs = endings("大约 约 还 也 又 仍然 仍 已 已经 只 仅 则 就 却 便 目前 现在")

// trimWordsBehind cuts the words of a lexicon off the end of a text.
func trimWordsBehind(text string, of lexicon) string {
	for {
		n := of.end(text)
		if n == 0 {
			return text
		}
		text = text[:len(text)-n]
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

// divides reports whether a number parts what stands before it from what stands behind it: figures, dates and times do, but
// not 一 in 一审.
func (n *number) divides() bool {
	return n.refused == "" || n.form == arabic && n.named && n.refused != withLetters && n.refused != criterion || n.named && n.unit.measure >= duration
}

// isDate reports a year, month or day.
func (n *number) isDate() bool {
	return n.refused != "" && (n.form == arabic || n.form == serial) && n.named && slices.Contains([]string{"年", "月", "日"}, n.unit.text)
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
		return n.named && n.unit.measure == bare || !n.named && n.share == "" && n.form == han && n.scaled // 六亿人民
	}
	return isWhole(n.unit) && n.unit.text != "人" && len(n.unit.text) == len("件")
}
