package figure

import (
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	chinese "gongwen/indexer/numeral"
)

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
	if end > start && (tails.end(s[start:end]) == end-start || s[start:end] == "属" || s[start:end] == "系") {
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

// predicate is what is told of those that are counted, where a clause begins with the number: 其中5件已办结.
func (p *prose) predicate(i int) gongwen.Span {
	n := &p.numbers[i]
	if n.isRate() || n.listed || !n.named || n.unit.measure == bare || n.unit.text == "元" {
		return gongwen.Span{}
	}
	start := n.end
	for again := true; again; {
		again = false
		for _, word := range []string{"已", "均", "都", "全部", "属于", "属", "系"} {
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
