package figure

import (
	"strings"
	"unicode/utf8"

	"gongwen"
)

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
	case noun.Len() > 0 && start > n.sentence && whens.end(p.folded[noun.Start:noun.End]) > 0 && afters.end(p.folded[noun.Start:noun.End]) == 0:
		return gongwen.Span{Start: end, End: end}
	case noun.Len() > 0 && noun.Len() <= len("高于全国平均水平") && start > n.sentence && bases.begin(p.folded[noun.Start:noun.End]) > 0:
		return gongwen.Span{Start: end, End: end} // 比原计划超过4%: of what the clause before tells
	case !n.isRate() && noun.Len() > 0 && strings.HasSuffix(text, "的") && !endsAny(text, "标的", "目的"):
		from := start
		for _, lead := range []string{"其中", "对", "另有", "有", "还有", "连同"} { // in this order
			if strings.HasPrefix(p.folded[from:end], lead) {
				from += len(lead)
			}
		}
		if from < noun.Start && (kinds.begin(p.folded[from:end]) > 0 || strings.Contains(p.folded[from:noun.Start], "后") && noun.Start-from < maxBracket/3) {
			return gongwen.Span{Start: from, End: start + len(text) - len("的")}
		}
	}
	return noun
}

// bases begin what only says against what.
var bases = beginnings("高于全 快于全 低于全 高于预期 高于目标 高出全 比全 比原 比预算 比计划 比预期 比去年 比上年 比同期 比规定 较上年 较去年 较原")

// whens end what only says when.
var whens = endings("后 以后 之后 时 之时 期间 之前")

// kinds begin what describes those of a kind.
var kinds = beginnings("与 属于 上年结转 上年接转 未 不 因 经 由 被 无 没有 单笔 涉及 符合 违反")

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
