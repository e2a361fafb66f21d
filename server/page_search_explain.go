package server

import (
	"fmt"
	"strconv"
	"strings"

	"gongwen/search"
)

// explanationView says how the score of a hit comes about, a row for each part of it.
type explanationView struct {
	Score string
	Note  string
	Rows  []explainedRow
}

type explainedRow struct {
	Part  string // where a part begins
	What  string
	Value string
	Whole bool // the row of a part, not of what it is made of
}

// explainedNames are what readers call the parts of a score.
var explainedNames = map[search.ExplainedKind]string{
	search.ExplainSection: "最佳章节", search.ExplainOthers: "其他章节", search.ExplainTitle: "标题", search.ExplainNumber: "文号", search.ExplainTogether: "全部词在同一节",
	search.ExplainPrefer: "优先条件",
}

func newExplanationView(h *search.Hit) *explanationView {
	x := h.Explanation
	if x == nil {
		return nil
	}
	view := &explanationView{Score: score(h.Score)}
	if x.Standing != 1 {
		view.Note = "文件种类系数 " + strconv.FormatFloat(x.Standing, 'f', 2, 64) + "，已乘入各项。"
	}
	for _, part := range x.Parts {
		row := explainedRow{Part: explainedNames[part.Kind], Value: score(part.Value), Whole: true}
		if part.Kind == search.ExplainSection {
			row.What = fmt.Sprintf("%d 字，平均 %.0f 字", part.Length, x.Average)
		}
		view.Rows = append(view.Rows, row)
		for _, term := range part.Of {
			view.Rows = append(view.Rows, explainedRow{What: explainedTerm(term), Value: score(term.Value)})
		}
	}
	return view
}

// explainedTerm is a term in words.
func explainedTerm(t search.ExplainedTerm) string {
	text := "“" + t.Term + "”"
	switch t.What {
	case search.ExplainHeading:
		text = "小标题含" + text
	case search.ExplainGram:
		text = "相邻两字" + text
	}
	if len(t.Names) > 0 {
		text += "（别名" + strings.Join(t.Names, "、") + "）"
	}
	if t.Count > 0 {
		text += " " + strconv.FormatFloat(t.Count, 'f', -1, 64) + " 处"
	}
	return text + "，权重 " + strconv.FormatFloat(t.Weight, 'f', 2, 64)
}

func score(value float64) string { return strconv.FormatFloat(value, 'f', 3, 64) }
