package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
)

// risers and fallers are the verbs of a change, before a number that says by how much.
var (
	risers  = words("多出 增长 增加 上升 提高 提升 上涨 上浮 增 升 净增 净增加 扩大 多 增多 增幅达 增幅为 增速达 增速为 涨幅达 涨幅为 递增 增幅 增速 涨幅 攀升 上调 增收 新增 高 多罚 多收 多办")
	fallers = words("下降 减少 降低 减 降 回落 下滑 少 压减 压缩 缩短 缩减 下浮 降幅达 降幅为 降幅 减幅达 下跌 萎缩 减退 下调 精简 负增长 减少了 低 收窄 少罚 少收 少办 减收")
)

// notVerbs end in a verb of one character and are none of change.
var notVerbs = endings("不少 至少 最少 最多 不多 许多 最高 最低 不高 不低 提高 降低")

// adverbs stand between the basis of a change and its verb.
var adverbs = words("均 又 再 分别 平均 累计 大幅 净 同步 各 共 约 近 明显 显著 实际 总体 也 还 已 略 略有 小幅 翻倍 名义 约为 , 、 相比 相比, 则")

// joinChanges finds numbers that say by how much another figure changed, and joins them to it; what a change has no
// level for stays a figure of its own.
func (p *prose) joinChanges() {
	for i := 0; i < len(p.numbers); i++ {
		n := &p.numbers[i]
		if n.refused != "" || n.joined {
			continue
		}
		c, ok := p.changeOf(i)
		if !ok {
			continue
		}
		last := i // of 分别增长3%、5%
		if c.each {
			for last+1 < len(p.numbers) && p.numbers[last+1].refused == "" {
				if _, ok := p.gap(last); !ok {
					break
				}
				last++
			}
		}
		targets := p.targets(i, last-i+1, c)
		if targets == nil {
			for last+1 < len(p.numbers) && p.listedWith(last+1) && p.numbers[last+1].refused == "" {
				last++
			}
			for j := i; j <= last; j++ {
				p.numbers[j].rule = "growth"
				if !p.numbers[j].placed {
					if noun := p.growing(c); noun.Len() > 0 || j == 0 {
						p.numbers[j].noun = noun
					}
				}
			}
			i = last
			continue
		}
		for j := i; j <= last; j++ {
			m, target := &p.numbers[j], &p.numbers[targets[j-i]]
			value, name := m.measured()
			if c.falls {
				value = value.negative()
			}
			start := c.start
			if j > i {
				start = m.start
			}
			m.joined = true
			if target.change != nil {
				continue // 减少216件、下降17.9%: the first is told
			}
			basis := strings.TrimSpace(p.cut(c.start, c.basisEnd))
			target.change = &gongwen.Change{Basis: basis, Value: value.Decimal(), Unit: name, Span: p.span(start, m.end)}
		}
		i = last
	}
}

func (p *prose) cut(start, end int) string {
	if start >= end {
		return ""
	}
	span := p.span(start, end)
	return p.source[span.Start-p.at : span.End-p.at]
}

// changing is the wording of a change before its number.
type changing struct {
	start, basisEnd int // the basis, empty where there is none; start is that of the verb then
	verb            int
	subject         int // where the stretch before the basis begins
	falls, each     bool
}

// changeOf reads the verb and the basis before number i.
func (p *prose) changeOf(i int) (changing, bool) {
	n := &p.numbers[i]
	s := p.folded
	from := n.clause
	for j := i - 1; j >= max(0, i-maxBack) && p.numbers[j].end > from; j-- {
		if p.numbers[j].refused == "" || p.numbers[j].divides() && p.numbers[j].unit.measure < duration {
			from = max(from, p.numbers[j].end)
		}
	}
	from = p.reach(from, n.start)
	if n.start <= from {
		return changing{}, false
	}
	text := strings.TrimRight(s[from:n.start], " ")
	text = strings.TrimSuffix(text, "了")
	text = trimWords(text, []string{"约", "近", "达", "达到", "超"})
	verb, falls := "", false
	for _, v := range risers {
		if len(v) > len(verb) && strings.HasSuffix(text, v) {
			verb = v
		}
	}
	for _, v := range fallers {
		if len(v) > len(verb) && strings.HasSuffix(text, v) {
			verb, falls = v, true
		}
	}
	if verb == "" || notVerbs.end(text) > 0 && utf8.RuneCountInString(verb) == 1 {
		return changing{}, false
	}
	c := changing{verb: from + len(text) - len(verb), subject: from, falls: falls}
	left := text[:len(text)-len(verb)]
	c.each = strings.HasSuffix(left, "分别")
	left = trimWords(left, adverbs)
	c.start, c.basisEnd = c.verb, c.verb
	if at := basisOf(left); at >= 0 {
		c.start, c.basisEnd = from+at, from+len(left)
	} else if strings.TrimSpace(left) == "" && from == n.clause {
		// 与上年相比，增长5%: the basis is the clause before, or the number that it names stands there.
		if at, end := p.basisClause(n); at >= 0 {
			c.start, c.basisEnd, c.subject = at, end, at
		}
	} else if left == "" && from > n.clause {
		// 比2021年的24件增加2件: the number before belongs to the basis.
		prev := p.before(i)
		if prev >= 0 {
			head := s[p.numbers[prev].clause:p.numbers[prev].start]
			if at := basisOf(head); at >= 0 && p.numbers[prev].end == from {
				c.start, c.basisEnd, c.subject = p.numbers[prev].clause+at, p.numbers[prev].start, p.numbers[prev].clause
				if trimmed := strings.TrimSuffix(s[c.start:c.basisEnd], "的"); trimmed != "" {
					c.basisEnd = c.start + len(trimmed)
				}
			}
		}
	}
	switch verb {
	case "增幅", "增速", "涨幅", "降幅":
		if strings.TrimSpace(left) != "" {
			return changing{}, false // 地区生产总值增速6.5% is a rate of its own
		}
	}
	// Verbs that also tell what was done need a basis: 新增12家, 压缩30个, 减少审批12项 are counts.
	if verb == "净增" && c.start == c.verb && left == "" {
		prev := p.before(i) // 保有量711家、净增128家: beside its level it tells a change
		if prev >= 0 && !p.numbers[prev].isRate() && p.numbers[prev].unit.text == n.unit.text &&
			strings.Trim(s[p.numbers[prev].end:n.start], ",、 ") == verb {
			return c, true
		}
	}
	isAmount := !n.isRate() && n.unit.text != "倍"
	if c.start == c.verb && (needsBasis(verb) || isAmount && strings.TrimSpace(left) != "") {
		return changing{}, false
	}
	return c, true
}

func needsBasis(verb string) bool { return slices.Contains(comparing, verb) }

// comparing are verbs that tell a change only where the text says against what.
var comparing = words("少罚 少收 少办 减收 多罚 多收 多办 新增 压减 压缩 缩短 缩减 精简 多 少 增 减 升 降 高 低 扩大 增收 净增 净增加")

func trimWords(text string, list []string) string {
	for {
		text = strings.TrimRight(text, " ")
		cut := 0
		for _, w := range list {
			if len(w) > cut && strings.HasSuffix(text, w) {
				cut = len(w)
			}
		}
		if cut == 0 {
			return text
		}
		text = text[:len(text)-cut]
	}
}

// basisOf returns where a basis begins that ends the text, or -1.
func basisOf(text string) int {
	best := -1
	for _, word := range []string{"同比", "环比", "年均", "按可比价格", "按可比价"} {
		if strings.HasSuffix(text, word) {
			best = len(text) - len(word)
		}
	}
	for _, word := range []string{"比", "较", "与", "同"} {
		at := strings.LastIndex(text, word)
		if at < 0 || at < best && best >= 0 {
			continue
		}
		rest := text[at+len(word):]
		if best >= 0 || utf8.RuneCountInString(rest) > 16 || rest == "" || !isTime(rest) {
			continue
		}
		if word == "比" && endsAny(text[:at], "占", "可", "同", "环", "对", "相", "评") {
			continue
		}
		best = at
	}
	return best
}

// isTime reports whether a text names a time or what is compared with.
func isTime(s string) bool {
	return hasAnywhere(s, times...)
}

// times are words of a time that a change is told against.
var times = words("时期 五” 清理前 原定 原计划 上一版 上版 上届 原来 年 月 同期 上期 期初 季度 改革前 此前 以往 过去 前期 之前 修改前 修订前")

// basisClause returns the clause before a number's where that is a basis and nothing else: 与上年相比，.
func (p *prose) basisClause(n *number) (start, end int) {
	end = n.clause
	text := strings.TrimRight(p.folded[n.sentence:end], ", ")
	if !strings.HasSuffix(text, "相比") && !strings.HasSuffix(text, "同比") {
		return -1, -1
	}
	at := max(strings.LastIndex(text, ","), strings.LastIndex(text, ";")) + 1
	for _, word := range []string{"与", "同", "较", "比"} {
		if strings.HasPrefix(strings.TrimSpace(text[at:]), word) {
			return n.sentence + at, n.sentence + len(text)
		}
	}
	return -1, -1
}

// targets returns the figures that a change of so many numbers belongs to: the last ones before it in its sentence, where
// nothing else is named between.
func (p *prose) targets(i, count int, c changing) []int {
	subject := ""
	if c.subject < c.start {
		subject = p.folded[p.trimLead(c.subject, c.start):c.start]
	}
	subject = strings.Trim(subject, " ,、()")
	subject = trimWords(subject, adverbs)
	var all []int
	for j := i - 1; j >= max(0, i-maxBack) && len(all) < count && p.numbers[j].sentence == p.numbers[i].sentence; j-- {
		m := &p.numbers[j]
		if m.refused != "" || m.joined || m.start >= c.start && m.end <= p.numbers[i].start && c.start < c.verb {
			continue
		}
		if m.rule == "growth" {
			break
		}
		if count == 1 && m.isRate() && p.numbers[i].isShare() && p.ofOther(j) {
			continue // 48亿元，为预算的101%，比上年下降3.7%
		}
		all = append([]int{j}, all...)
	}
	if len(all) != count || subject != "" && !p.sameSubject(subject, all) {
		return nil
	}
	return all
}

// isShare reports a unit of %, in which no difference of shares is told.
func (n *number) isShare() bool {
	return n.share == "%" || n.named && n.unit.text == "%"
}

// ofOther reports whether share j tells how another figure before it in the sentence stands to a whole.
func (p *prose) ofOther(j int) bool {
	before := p.before(j)
	if before < 0 || p.numbers[before].isRate() {
		return false
	}
	n := &p.numbers[j]
	return hasAny(p.folded[n.clause:n.start], "为", "占", "完成", "是", "达到", "相当于")
}

// sameSubject reports whether the subject of a change is what the figure before it counts.
func (p *prose) sameSubject(subject string, targets []int) bool {
	if len(targets) != 1 {
		return false
	}
	n := &p.numbers[targets[0]]
	noun := p.folded[n.noun.Start:n.noun.End]
	switch subject {
	case "数量", "总量", "总数":
		return noun != ""
	}
	return noun != "" && (strings.HasSuffix(noun, subject) || subject == "占比" && strings.Contains(noun, "占"))
}

// growing is the noun of a change without a level: its subject, with the verb where nothing stands between.
func (p *prose) growing(c changing) gongwen.Span {
	end := c.start
	if c.subject >= end {
		return gongwen.Span{}
	}
	span := p.trim(c.subject, end)
	if span.Len() > 0 && c.start == c.verb {
		for _, list := range [][]string{risers, fallers} {
			longest := 0
			for _, v := range list {
				if strings.HasPrefix(p.folded[c.verb:], v) && len(v) > longest {
					longest = len(v)
				}
			}
			if longest > 0 && span.End == c.verb {
				span.End = c.verb + longest
				break
			}
		}
	}
	return span
}
