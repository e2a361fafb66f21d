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
			n.noun = p.level(p.numbers[prev].noun)
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
		return n.named && n.unit.measure == bare
	}
	return isWhole(n.unit) && n.unit.text != "人" && len(n.unit.text) == len("件")
}
