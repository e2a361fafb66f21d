package figure

import (
	"strconv"
	"strings"
)

func inYear(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year) + "年"
}

// facts stand before a number of a plan that states what is so already: 剩余的12个村.
var facts = endings("剩余 剩余的 剩下 剩下的 其余 其余的 余下 余下的 现有 现有的 已有 已有的 原有 原有的 原定 尚未完成的 未完成的 已建成的 已建成 " +
	"上年的 上年度的 去年的 目前的 已完成 已完成的 已 下剩")

// vows say that what follows in the sentence shall be.
var vows = []string{"明年", "下一步", "下一年度", "来年", "力争", "争取", "确保", "拟", "下年度"}

// isGoal reports whether a number is of what shall be.
func isGoal(a around) bool {
	if facts.end(a.before) > 0 {
		return false
	}
	if strings.HasSuffix(a.before, "在") && hasAny(a.after, "镇", "乡", "街道", "村", "社区", "县", "区", "市") {
		return false // 在8个镇设立窗口: they are there already
	}
	if a.planned {
		return !isPast(a.before)
	}
	if !a.vowed {
		return false
	}
	sentence := a.before
	if a.problems {
		sentence = a.line
		if hasAnywhere(strings.ReplaceAll(sentence, "结转下年度", ""), plansBehindProblems...) {
			return true
		}
	}
	for _, vow := range vows {
		if i := strings.LastIndex(sentence, vow); i >= 0 && !isReported(sentence, i, vow) {
			return true
		}
	}
	if a.next != "" {
		if i := strings.LastIndex(sentence, a.next); i >= 0 {
			rest := sentence[i+len(a.next):]
			return a.problems || !strings.Contains(rest, "已") && !hasAny(rest, "预算", "计划数")
		}
	}
	return false
}

func hasAnywhere(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// isVowed reports whether a line holds a word that makes goals of its numbers.
func isVowed(line, next string) bool {
	return hasAnywhere(line, vows...) || hasAnywhere(line, plansBehindProblems...) || next != "" && strings.Contains(line, next)
}

// plansBehindProblems begin a plan at the end of what a text says of problems.
var plansBehindProblems = []string{"改进措施", "下一步", "明年", "下年度", "今后"}

// isReported reports whether a vow is told of as one of before: 超过年初确定的目标, 确保了.
func isReported(sentence string, at int, vow string) bool {
	rest := sentence[at+len(vow):]
	switch vow {
	case "确保":
		// What was ensured is a fact in a report on what was done.
		return true
	case "拟":
		return endsAny(sentence[:at], "模", "虚", "草") || hasAny(rest, "定", "制")
	case "争取":
		return hasAny(rest, "到", "了", "资金", "上级", "中央", "省级")
	}
	return vow == "下年度" && strings.HasSuffix(sentence[:at], "结转") || strings.Contains(rest, "已") || strings.Contains(rest, "完成了")
}

// isPast reports whether the sentence of a plan tells of what was done up to now.
func isPast(before string) bool {
	if clause, ok := strings.CutSuffix(before, "的"); ok {
		at := strings.LastIndexAny(clause, ",:;。")
		return hasAnywhere(clause[at+1:], "未", "没有", "不足", "不符合", "尚", "已")
	}
	return endsAny(before, "已完成", "已建成", "已达", "已达到") || strings.Contains(before, "截至目前")
}
