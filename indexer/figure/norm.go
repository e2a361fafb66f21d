package figure

import (
	"slices"
	"strings"

	"gongwen"
	chinese "gongwen/indexer/numeral"
)

// normKinds are the kinds (类别) whose documents set norms: their numbers are limits, fines and articles.
var normKinds = []string{
	"法律", "行政法规", "地方性法规", "司法解释", "规范性文件", "部门规章", "地方政府规章", "规章", "宪法", "民法典", "刑法",
	"宪法相关法", "民法商法", "行政法", "经济法", "社会法", "诉讼与非诉讼程序法",
}

// reportKinds are the kinds that tell what was done, whatever they quote.
var reportKinds = []string{"法治政府建设年度报告", workReport, "政府信息公开年度报告"}

// setsNorms reports whether a document sets norms and so counts nothing: by its kind, by a title that ends in 第N条 (an
// article kept by itself), or by a text that is divided into articles.
func setsNorms(d *gongwen.Document) bool {
	if slices.Contains(reportKinds, d.Kind) {
		return false
	}
	if slices.Contains(normKinds, d.Kind) || strings.HasPrefix(d.Kind, "法律/") {
		return true
	}
	return isArticle(lastLine(d.Title)) || isArticle(d.Text) || strings.Contains(d.Text, "第一条") && articles(d.Text) > 2
}

// isArticle reports whether a text begins with 第N条, or a title ends with it.
func isArticle(s string) bool {
	s = strings.TrimLeft(s, " 　\t\n")
	rest, ok := strings.CutPrefix(s, "第")
	if !ok {
		return false
	}
	number, _, ok := strings.Cut(rest[:min(len(rest), 30)], "条")
	return ok && (isHanNumeral(number) || isDigits(number))
}

// lastLine is what a title says from its last 第 on.
func lastLine(title string) string {
	at := strings.LastIndex(title, "第")
	if at < 0 || !strings.HasSuffix(title, "条") {
		return ""
	}
	return title[at:]
}

func isHanNumeral(s string) bool {
	for _, r := range s {
		if !chinese.Begins(r) {
			return false
		}
	}
	return s != ""
}

// articles counts the first lines of a text that begin with 第N条, three at most.
func articles(text string) int {
	count := 0
	for line := range strings.Lines(text) {
		if isArticle(line[:min(len(line), 60)]) {
			if count++; count > 2 {
				break
			}
		}
	}
	return count
}
