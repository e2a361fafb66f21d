package figure

import (
	"strings"
	"unicode/utf8"

	"gongwen"
)

// nameRespectively gives each number of 甲、乙分别为3件、5件 the noun at its place.
func (p *prose) nameRespectively() {
	for i := 0; i < len(p.numbers); i++ {
		first := &p.numbers[i]
		start := p.reach(first.clause, first.start)
		if first.refused != "" {
			continue
		}
		if mark, ok := p.gap(i); ok && mark == "+" {
			i = p.nameSum(i)
			continue
		}
		if !strings.Contains(p.folded[start:first.start], "分别") {
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
		} else if parts := p.members(first, start, start+at); len(parts) == last-i+1 {
			if end := parts[len(parts)-1]; parts[0].Len()*2 <= end.Len() && heads.end(p.folded[end.Start:end.End]) > 0 {
				// 城镇和农村居民人均可支配收入: the head belongs to all of them.
				for j := range parts {
					parts[j] = gongwen.Span{Start: parts[0].Start, End: end.End}
				}
			}
			for j, part := range parts {
				p.numbers[i+j].noun, p.numbers[i+j].placed = part, true
			}
		}
		i = last
	}
}

// nameSum gives each number of 一审、二审、再审案件29+13+2件 the noun at its place, and returns the place of the last one.
func (p *prose) nameSum(i int) int {
	last := i
	for last+1 < len(p.numbers) && p.numbers[last+1].refused == "" {
		if mark, ok := p.gap(last); !ok || mark != "+" {
			break
		}
		last++
	}
	first := &p.numbers[i]
	start := p.reach(first.clause, first.start)
	for j := i - 1; j >= max(0, i-maxBack) && p.numbers[j].end > start; j-- {
		if p.numbers[j].divides() {
			start = p.numbers[j].end
		}
	}
	parts := p.parts(start, p.trimTail(start, first.start))
	if len(parts) != last-i+1 {
		return last
	}
	text := p.folded[parts[0].Start:parts[0].End]
	if at := strings.LastIndex(text, "的"); at >= 0 && at+len("的") < len(text) {
		parts[0].Start += at + len("的")
	} else {
		parts[0].Start = parts[0].End - len(strings.TrimPrefix(text, "以"))
	}
	for j, part := range parts {
		p.numbers[i+j].noun, p.numbers[i+j].placed = part, true
	}
	return last
}

// joins reports whether a character between members of a list is no part of a word: 普及率, 和美乡村.
func joins(before, after string) bool {
	return notJoined.end(before) == 0 && notLeads.begin(after) == 0
}

var notJoined = endings("普及 惠及 涉及 波及 遍及 共和 总和 饱和 中和 调和 参与 给与")

// heads end nouns whose other members may lack them.
var heads = endings("收入 余额 产值 增加值 总额 产量 价格 人数 支出 面积 投资")

// members are the members of a list before 分别, or of the clause before where only a time stands there: 甲和乙，2000年分别达到….
func (p *prose) members(n *number, start, end int) []gongwen.Span {
	if p.trim(start, end).Len() == 0 && start == n.clause {
		if before := p.clauseBefore(n); before.Len() > 0 {
			return p.parts(before.Start, before.End)
		}
	}
	parts := p.parts(start, end)
	if len(parts) > 1 {
		if noun := p.object(p.trim(parts[0].Start, parts[0].End)); noun.Len() > 0 {
			parts[0] = noun // 审查文件、合同分别为41件、58件
		}
	}
	return parts
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
		if (r == '、' || r == '和' || r == '与' || r == '及') && at > from && joins(p.folded[from:at+size], p.folded[at:end]) {
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
