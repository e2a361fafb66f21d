package outline

import (
	"regexp"
	"strconv"
	"strings"

	"gongwen"
)

// roleFound is the role that a heading names and the rule that saw it; mixed says that it names problems and plans.
type roleFound struct {
	role  gongwen.Role
	rule  string
	mixed bool
}

// Kinds of words in a heading; what reads them closely runs only where they are.
const (
	namesHead signals = 1 << iota
	namesDuty
	namesProblem
	namesPlan
	namesOther
	namesResult
)

var headingWords = newSignals(map[signals]string{
	namesHead:    "责任人 负责人 负责同志 主要领导 党政主要 一把手 关键少数 主任 书记 镇长 乡长 校长 局长 区长 县长 市长 厅长 委长 处长 院长 行政首长",
	namesDuty:    "责任人 履行 履职 职责 责任 述法",
	namesProblem: "找不足 问题 不足 差距 短板 困难 薄弱 弱项 挑战 地方 方面 原因",
	namesPlan: "下一 下步 下阶段 明年 来年 今后 未来 打算 计划 安排 思路 设想 展望 部署 方向 改进 整改 解决 应对 任务 总体要求 预期目标 工作重点 重点工作 主要目标 " +
		"对策 意见建议 工作建议 意见 建议 新的一年 新一年 新年度 开局之年 怎么干 目标",
	namesOther:  "其他 说明 报告 名词解释 结束语 附 前言 引言 概述",
	namesResult: "回顾 成效 成绩 成果 主要 情况 总结 过去 特色 亮点 经验",
})

// The order of the tables is the order of the decision: a heading that names the head of the body is about him; problems
// come before plans, because a heading that names both does so in this order.
var (
	leaderHeading = regexp.MustCompile(`第一责任人|(?:主要负责人|主要负责同志|主要领导|党政主要|“?一把手”?|“?关键少数”?|[局区县市厅委处院镇乡校]长|主任|书记|行政首长)[^，,]{0,12}?(?:履行|履职|职责|责任|述法)`)

	problemHeading = regexp.MustCompile(`(?:存在|面临|遇到)的?[^，,。]{0,10}?(?:问题|不足|差距|短板|困难|薄弱|弱项|挑战)|` +
		`^(?:主要|目前|当前|工作|突出|几个|几点|几方面|的)*(?:问题|不足|差距|短板|困难|薄弱环节|弱项)(?:之处)?(?:$|[和与及、以（(])|` +
		`(?:问题|不足|差距|短板|困难|薄弱环节)(?:之处)?(?:[和与及、]|以及)(?:主要|产生|形成)?(?:原因|分析|不足|短板|困难|差距|挑战|问题)|` +
		`(?:需要|有待|亟待|亟需|尚需|还需)[^，,。]{0,10}的(?:地方|方面|问题|短板|困难|不足)|[找查](?:准)?(?:不足|差距|短板|问题)$|(?:原因|问题)分析$|查找的?(?:问题|不足)$|^(?:不足|差距|短板)`)
	// Headings of results may speak of problems too.
	problemResult = regexp.MustCompile(`问题导向|(?:解决|破解|化解|整改|聚焦|回应|处理|攻克|整治|补齐|排查|针对|直面|查摆)[^，,]{0,10}(?:问题|短板|不足|困难|差距)|(?:问题|不足)整改|(?:整改|改进)(?:情况|落实)$|解决.{0,12}问题$`)

	planHeading = regexp.MustCompile(`下一步|下一阶段|下一年|下步|下阶段|明年|来年|今后|未来|打算|` +
		`(?:工作|总体|主要|年度?|建设)(?:的)?(?:主要|工作)?(?:计划|安排|思路|设想|展望)(?:和|与|及|、|$)|工作(?:计划|安排|思路|部署|打算|设想)|努力方向|` +
		`(?:改进|整改|解决|应对)(?:措施|举措|办法|方向|打算|意见|思路)|(?:改进|整改|问题(?:的)?解决|应对)情况|(?:主要|重点|目标|工作)任务|总体要求|预期目标|工作重点|重点工作|主要目标|对策|(?:意见|工作)建议|新的?一年|新年度|怎么干|(?:重点|主要)安排$|奋斗目标|开局之年`)
	// Plans whose carrying out is told are results.
	planResult = regexp.MustCompile(`(?:落实|完成|执行|推进|进展|开展|实施|整改)(?:的)?情况|完成|回顾|成效|成果|取得|年度(?:计划|任务)(?:落实|完成)|总结|未来社区`)

	resultHeading = regexp.MustCompile(`回顾|成效|成绩|成果|主要(?:举措|做法|措施|工作)|工作(?:开展|推进|进展|完成|落实)?情况|总体情况|完成情况|执行情况|基本情况|开展情况|进展情况|推进情况|落实情况|工作总结|过去|特色|亮点|经验`)

	otherHeading = regexp.MustCompile(`其他(?:需要|有关|须|应当)?(?:报告|说明|事项|情况)|需要(?:说明|报告)的(?:其他)?(?:事项|情况)|名词解释|结束语|^附[件录表注：:]|^附[件录表]?$|^前言$|^引言$|^概述$`)
)

// headingRole reads the role from the words of a heading alone; its rule is "" where the heading names none.
func headingRole(heading string) roleFound {
	if heading == "" {
		return roleFound{}
	}
	names := headingWords.signals(heading)
	if names&namesHead != 0 && names&namesDuty != 0 {
		if words := leaderHeading.FindString(heading); words != "" {
			return roleFound{role: gongwen.RoleLeader, rule: "heading:" + words}
		}
	}
	var problem []int
	if names&namesProblem != 0 {
		problem = problemHeading.FindStringIndex(heading)
	}
	if problem != nil && problem[0] > 0 && problemResult.MatchString(heading) && !containsAny(heading, "存在", "需要", "有待", "亟", "需") {
		problem = nil
	}
	var plan []int
	if names&namesPlan != 0 {
		plan = planHeading.FindStringIndex(heading)
	}
	if plan != nil && planResult.MatchString(heading) && problem == nil {
		plan = nil
	}
	switch {
	case problem != nil && plan != nil && problem[0] <= plan[0]:
		return roleFound{gongwen.RoleProblems, "heading:" + heading[problem[0]:problem[1]], true}
	case problem != nil && plan == nil:
		return roleFound{gongwen.RoleProblems, "heading:" + heading[problem[0]:problem[1]], false}
	case plan != nil:
		return roleFound{gongwen.RolePlan, "heading:" + heading[plan[0]:plan[1]], false}
	}
	if names&namesOther == 0 {
	} else if words := otherHeading.FindString(heading); words != "" {
		return roleFound{role: gongwen.RoleOther, rule: "heading:" + words}
	}
	if names&namesResult == 0 {
	} else if words := resultHeading.FindString(heading); words != "" {
		return roleFound{role: gongwen.RoleResults, rule: "heading:" + words}
	}
	return roleFound{}
}

// yearMarks follow a year in a heading.
const yearMarks = "年-—－～~至"

// yearRole reads the role from the year that a heading names: a coming year is a plan, unless what was done is told.
func (d *doc) yearRole(heading string) roleFound {
	first, end := findYear(heading, yearMarks)
	if first == 0 || planResult.MatchString(heading) {
		return roleFound{}
	}
	if d.kind == kindWorkReport && strings.HasPrefix(heading, "今年") {
		return roleFound{role: gongwen.RolePlan, rule: "heading:今年"}
	}
	last := first
	for at := end; ; at += end {
		var y int
		if y, end = findYear(heading[at:], yearMarks); y == 0 {
			break
		}
		last = y
	}
	if d.planYear > 0 && first >= d.planYear && last >= d.planYear {
		return roleFound{role: gongwen.RolePlan, rule: "heading:" + strconv.Itoa(first) + "年"}
	}
	return roleFound{}
}

// role decides the role of a section below parent, which is nil at the top.
func (d *doc) role(n *node, parent *node, reviewed bool) roleFound {
	if d.kind == kindOther {
		return roleFound{role: gongwen.RoleOther, rule: "no report"}
	}
	if n.cue.rule != "" {
		return roleFound{role: n.cue.role, rule: n.cue.rule}
	}
	if n.preamble {
		return d.introduction(d.ownText(n))
	}
	if n.opening {
		if found := d.introduction(d.ownText(n)); found.role == gongwen.RoleOther {
			return found
		}
	}
	found := n.named
	if parent != nil {
		return d.below(n, parent, found)
	}
	if found.rule != "" {
		return found
	}
	if d.kind == kindWorkReport && reviewed && n.heading != "" {
		return roleFound{role: gongwen.RolePlan, rule: "after the review"}
	}
	return roleFound{role: gongwen.RoleResults, rule: "report"}
}

// headingOrYear is the role by the words of a heading, else by its year. 2021年工作安排 in the report for 2021 of a year
// whose plans were for 2021 already says its year; a year that is over makes plans results.
func (d *doc) headingOrYear(heading string) roleFound {
	found := headingRole(heading)
	if found.rule == "" || found.role == gongwen.RoleResults {
		if y := d.yearRole(heading); y.rule != "" {
			return y
		}
	}
	if found.role == gongwen.RolePlan && d.planYear > 0 {
		if y, _ := findYear(heading, yearMarks); y > 0 && y < d.planYear &&
			!strings.Contains(heading, "下一步") && !strings.Contains(heading, "五") && !strings.ContainsAny(heading, "-—－～~至") {
			return roleFound{role: gongwen.RoleResults, rule: "heading:" + strconv.Itoa(y) + "年"}
		}
	}
	return found
}

// below decides for a section with a parent: it inherits what the parent says unless its own heading says more.
func (d *doc) below(n, parent *node, found roleFound) roleFound {
	inherited := roleFound{role: parent.role.role, rule: "inherited"}
	switch parent.role.role {
	case gongwen.RoleLeader, gongwen.RoleOther:
		if parent.preamble {
			break
		}
		return inherited
	case gongwen.RolePlan:
		if found.role == gongwen.RoleProblems && strings.Contains(n.heading, "存在") && !strings.Contains(found.rule, "面临") {
			return found
		}
		return inherited
	case gongwen.RoleProblems:
		if found.role == gongwen.RolePlan && planPart.MatchString(n.heading) {
			return found
		}
		return inherited
	}
	// Below results a heading must say clearly that it leaves them: 完善工作计划 is a result as well.
	switch found.role {
	case gongwen.RoleLeader, gongwen.RoleOther:
		return found
	case gongwen.RoleProblems:
		return found
	case gongwen.RolePlan:
		if planPart.MatchString(n.heading) {
			return found
		}
	}
	return inherited
}

// planPart is what the heading of a part on plans says, where other parts stand beside it.
var planPart = regexp.MustCompile(`下一步|下一阶段|下步|明年|来年|今后(?:的)?(?:工作|打算|努力|五年|计划)|打算|工作(?:计划|安排|思路|打算|设想)|努力方向|(?:改进|整改|解决)(?:措施|举措|办法|方向|打算|情况|思路)|^对策|年[^，,]{0,6}(?:计划|安排|思路|打算|任务)`)

// Kinds of words in the text before the first heading.
const (
	saysBasis signals = 1 << iota
	saysClaim
	saysStrong
	saysYear // 是…之年
)

// basis words name why a report is made and for whom; claims are what an introduction says where it already reports.
var introductionWords = newSignals(map[signals]string{
	saysBasis: "根据 按照 依据 依照 报告 汇报 公告 公布 通报 统计 期限 联系 电话 地址 邮编 网址 下载 疑问 各位代表 审议 提出意见 要求， 要求, 通知 " +
		cross("为", "- 了", "贯彻 深入 认真 进一步 全面 落实"),
	saysClaim:  "一年来 以来 过去一年 过去的一年 全年 " + cross("年", "- 度", "， ,") + " 坚持 推进 取得 成效 坚实 完成 提升 加强 落实 围绕",
	saysStrong: "取得 坚实步伐 扎实推进 稳步推进 全面推进 迈出 再上新台阶 " + cross("年", "， ,"),
	saysYear:   "之年 一年 开局 关键",
})

var isYear = regexp.MustCompile(`是.{0,60}(?:之年|一年|开局|关键)`)

// introduction is the role of the text before the first heading: other where it only names basis and occasion.
func (d *doc) introduction(own string) roleFound {
	for _, sentence := range strings.FieldsFunc(own[:min(len(own), maxOpening)], func(r rune) bool { return strings.ContainsRune("。！；\n", r) }) {
		// The clause of the occasion ends a sentence that may still have reported before.
		if i := strings.Index(sentence, "现将"); i >= 0 {
			sentence = sentence[:i]
		}
		says := introductionWords.signals(sentence)
		basis := says&saysBasis != 0 || says&saysYear != 0 && isYear.MatchString(sentence)
		if basis && !strings.Contains(sentence, "一年来") && !strings.Contains(sentence, "以来，") &&
			!strings.Contains(sentence, "以来,") && (says&saysStrong == 0 || !strongClaim.MatchString(sentence)) {
			continue
		}
		if countHan(sentence) < 12 {
			continue
		}
		if at := introductionWords.find(sentence, says&saysClaim); at >= 0 {
			return roleFound{role: gongwen.RoleResults, rule: "introduction:" + firstRunes(sentence[at:], 2)}
		}
		if strings.ContainsAny(sentence, "%％") {
			return roleFound{role: gongwen.RoleResults, rule: "introduction:%"}
		}
	}
	return roleFound{role: gongwen.RoleOther, rule: "introduction"}
}

var strongClaim = regexp.MustCompile(`取得(?:了)?.{0,12}(?:成效|成绩|进展|成果)|坚实步伐|扎实推进|稳步推进|全面推进.{0,20}(?:建设|行政)|迈出|再上新台阶|(?:年|一年)[，,].{0,40}(?:坚持|认真|深入)`)
