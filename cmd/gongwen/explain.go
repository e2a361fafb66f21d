package main

import (
	"fmt"
	"strconv"
	"strings"

	"gongwen/search"
)

// explain shows how the score of a hit comes about, where that was asked for.
func (a *app) explain(s *screen, h *search.Hit) {
	x := h.Explanation
	if x == nil {
		return
	}
	line := a.say(scoreLine, h.Score)
	if x.Standing != 1 {
		line += a.say(standingPart, x.Standing)
	}
	s.put(indent, piece{text: line})
	for _, part := range x.Parts {
		name := a.say(explainedNames[part.Kind])
		if part.Kind == search.ExplainSection {
			name += a.say(lengthPart, part.Length, x.Average)
		}
		s.put(indent+2, piece{text: fmt.Sprintf("%8.3f  %s", part.Value, name)})
		for _, term := range part.Of {
			s.put(indent+4, piece{fmt.Sprintf("%8.3f  %s", term.Value, a.explained(term)), faint})
		}
	}
}

// explained is a term in words.
func (a *app) explained(t search.ExplainedTerm) string {
	text := visible(t.Term)
	switch t.What {
	case search.ExplainHeading:
		text = a.say(headingPart, text)
	case search.ExplainGram:
		text = a.say(gramPart, text)
	}
	if len(t.Names) > 0 {
		text += a.say(namesPart, strings.Join(t.Names, "、"))
	}
	if t.Count > 0 {
		text += a.say(placesPart, strconv.FormatFloat(t.Count, 'f', -1, 64))
	}
	return text + a.say(weightPart, t.Weight)
}

// Messages on scores.
var (
	flagExplain    = text{"说明每条结果的得分", "say how the score of each hit comes about"}
	scoreLine      = text{"得分 %.3f", "score %.3f"}
	standingPart   = text{"（文件种类系数 %.2f，已乘入各项）", " (the kind of document counts %.2f, in every value)"}
	lengthPart     = text{"：%d 字，平均 %.0f 字", ": %d characters, %.0f on average"}
	headingPart    = text{"小标题含 %s", "%s in a heading"}
	gramPart       = text{"相邻两字 %s", "%s side by side"}
	namesPart      = text{"（别名 %s）", " (as %s)"}
	placesPart     = text{" %s 处", ", %s places"}
	weightPart     = text{"，权重 %.2f", ", weight %.2f"}
	explainedNames = map[search.ExplainedKind]text{
		search.ExplainSection: {"最佳章节", "best section"}, search.ExplainOthers: {"其他章节", "other sections"},
		search.ExplainTitle: {"标题", "title"}, search.ExplainNumber: {"文号", "own number"},
		search.ExplainTogether: {"全部词在同一节", "every word in one section"},
		search.ExplainPrefer:   {"优先条件", "preferred conditions"},
	}
)
