package figure

import (
	"slices"
	"strconv"
	"strings"

	"gongwen/indexer/pattern"
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
	if a.foretold && isForetold(a.before) {
		return true
	}
	if !a.vowed {
		return false
	}
	sentence := a.before
	if a.problems {
		sentence = member(a.line)
		if endsProblems(sentence) {
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

// future follow 将 where it says what will be; where it stands for 把 a noun follows.
var future = beginnings(`等于 等於 由 达 达到 有 比 要 会 增加 增长 增至 增到 上升 提高到 为 是 可 开垦 建成 建设 修建 兴建 修筑 生产 制造 供应 发放 开工 完成 投入 举办 超过 扩大 下降 减少 分别 继续 进一步 新增 新建 培养 招收 拨出 用于 占 由去年 建立 近 于`)

// notFuture follow 将 where it stands for 把 all the same.
var notFuture = beginnings("有关 建设 投入产出 生产经营 可能 用于 建设用地 是否 为期 新建项目 于")

// isForetold reports whether a sentence tells, up to a number, what will be: 拖拉机站将增加到275个, 计划增产5%.
func isForetold(sentence string) bool {
	for rest := sentence; ; {
		_, after, found := strings.Cut(rest, "将")
		if !found {
			break
		}
		if future.begin(after) > 0 && notFuture.begin(after) == 0 && !hasAnywhere(strings.TrimPrefix(after, "由"), "由", "从", "纳入", "列入", "移送", "转为", "已") {
			return true
		}
		rest = after
	}
	for _, word := range foretelling {
		if i := strings.LastIndex(sentence, word); i >= 0 && !strings.Contains(sentence[i:], "已") {
			return true
		}
	}
	return false
}

// foretelling are words with which a plan or a hope is told outside of a part on plans.
var foretelling = words("计划规定 规划规定 草案规定 计划要求 即将 可望 有望 可以达到 计划增长 计划增加 计划生产 要达到 要增加 要增长 要完成 要扩大 要提高到 要降低到 要减少 要超过 要发展到 要有 要保持在 要控制在 要求达到 将要 要求每年 要求增长 要求递增 准备增加 计划提高 计划降低 计划下降 计划减少 计划为 安排为 则可以 则可 可达到 可减少 可以减少 可以增产 可以节约 可以增加 可以供应 计划新 计划达到 计划增 计划完成 计划修 计划比 计划建")

func hasAnywhere(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// vowWords and foretoldWords find a word of a vow, or of what will be, in a line.
var (
	vowWords      = anyWord(vows, plansBehindProblems)
	foretoldWords = anyWord(foretelling, []string{"将"})
)

func anyWord(lists ...[]string) *pattern.Pattern {
	return pattern.Compile(strings.Join(slices.Concat(lists...), "|"))
}

// isVowed reports whether a line holds a word that makes goals of its numbers.
func isVowed(line, next string) bool {
	return vowWords.MatchString(line) || next != "" && strings.Contains(line, next)
}

// plansBehindProblems begin a plan at the end of what a text says of problems.
var plansBehindProblems = []string{"改进措施", "下一步", "明年", "下年度", "今后"}

// endsProblems reports whether a text on problems turned to a plan; what was planned a year ago is none.
func endsProblems(text string) bool {
	for _, word := range plansBehindProblems {
		for rest := text; ; {
			before, after, found := strings.Cut(rest, word)
			if !found {
				break
			}
			if !strings.HasSuffix(before, "结转") && !endsAny(before, "上年度", "上年", "上一年度", "去年", "前期", "以往") {
				return true
			}
			rest = after
		}
	}
	return false
}

// member is the end of a line from the last member of an enumeration on, 二是…: what the one before it plans is its own.
func member(line string) string {
	for at := strings.LastIndex(line, "是"); at > 0; at = strings.LastIndex(line[:at], "是") {
		label := strings.TrimRight(line[:at], "一二三四五六七八九十")
		if label != line[:at] && endsAny(label, ";", "。", ",", ":") {
			return line[len(label):]
		}
	}
	return line
}

// isReported reports whether a vow is told of as one of before: 超过年初确定的目标, 确保了.
func isReported(sentence string, at int, vow string) bool {
	rest := sentence[at+len(vow):]
	switch vow {
	case "确保":
		// What was ensured is a fact in a report on what was done.
		return true
	case "拟":
		return endsAny(sentence[:at], "模", "虚", "草", "代", "起") || hasAny(rest, "定", "制", "订", "稿", "修改", "废止")
	case "争取":
		return hasAny(rest, "到", "了", "上级", "中央", "省级") || hasAnywhere(rest, "资金", "助学金", "经费", "补助", "支持", "专项", "债券")
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
