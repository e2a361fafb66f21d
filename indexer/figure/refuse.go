package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	chinese "gongwen/indexer/numeral"
)

// around is what a rule sees of a number.
type around struct {
	*number
	before   string // the sentence up to the number and its qualifier
	clause   string // the clause up to there
	after    string // the line behind number and unit
	written  string // the digits as written
	planned  bool   // it stands in a plan
	problems bool   // it stands in a part on problems, which often ends in a plan
	line     string // the line up to the number
	vowed    bool   // the line holds words of a vow
	foretold bool   // it holds words of what will be
	next     string // the year that is planned for and 年, or ""
}

// refusal is a rule that tells what is no figure.
type refusal struct {
	name    string
	example string // in which nothing is counted
	refuses func(around) bool
}

// withLetters names the rule of names such as PM2.5, which part nothing.
const withLetters = "name with letters"

// criterion names the rule of numbers that say which things are meant, not how many.
const criterion = "criterion"

// refusals are asked in order; the first that refuses gives its name.
var refusals = []refusal{
	{"vague number", "走访数百家企业、开展十几次检查", func(a around) bool {
		return a.form > han || a.form == han && endsAny(a.before, "数", "几", "若干", "好几") && isHanScale(a.written) ||
			a.form == han && strings.HasSuffix(a.before, "上") && a.value.digits >= 100 ||
			hasAny(a.after, "分之") && a.unit.measure != tenths
	}},
	{"nil", "零距离、零投诉", func(a around) bool { return a.form == han && a.value.digits == 0 }},
	{"ordinal", "第3次会议、排名前10位", func(a around) bool {
		return endsAny(a.before, "第", "排名", "位居", "位列", "名列", "no.") ||
			strings.HasSuffix(a.before, "前") && !endsAny(a.before, "目前", "此前", "之前", "以前", "日前", "当前", "月前", "年前")
	}},
	{"duration", "三年内、5个工作日、8小时", func(a around) bool {
		return a.named && a.unit.measure == duration && !(a.unit.text == "天" && dayCounts.end(a.before) > 0)
	}},
	{"date or number of something", "2021年3月15日、第2号令、18号3楼", func(a around) bool { return a.named && a.unit.measure == moment }},
	{"time of day", "9:30至17时30分", func(a around) bool {
		return a.named && a.unit.text == "分" && endsAny(a.before, "时", "点", ":") ||
			strings.HasPrefix(a.after, ":") && hasDigit(a.after[1:])
	}},
	{withLetters, "PM2.5、5G、G20", func(a around) bool {
		last, _ := utf8.DecodeLastRuneInString(a.before)
		return 'a' <= last && last <= 'z' && a.numeral.start == a.number.start
	}},
	{"ratio", "比例为1:3、1/3、1+N", func(a around) bool {
		return !a.named && (hasAny(a.after, "/", "+n", "+x", "×", "*", "x") || endsAny(a.before, "n+", "/", "×"))
	}},
	{"day by its numbers", "12·4国家宪法日", func(a around) bool {
		return strings.HasSuffix(a.before, "·") || strings.HasPrefix(a.after, "·") && hasDigit(strings.TrimPrefix(a.after, "·"))
	}},
	{"identifier", "电话0990-6620112、代码0012345", func(a around) bool {
		return a.form == arabic && len(a.written) > 1 && a.written[0] == '0' && a.written[1] != '.' && a.written[1] != ' ' ||
			!a.named && !a.scaled && (len(a.written) > 9 || strings.HasSuffix(a.before, "-"))
	}},
	{"one", "一批、一件事、进一步", func(a around) bool {
		one := a.form == han && a.value.digits == 1 && a.value.scale == 0
		return one && a.share == "" && !a.over && a.unit.measure != tenths && !isSingle(a)
	}},
	{"number by its rank", "二期、二次供水", func(a around) bool {
		return a.form == han && a.written == "二" && a.unit.measure != tenths
	}},
	{"word of scale alone", "千家万户、百姓、万人空巷", func(a around) bool {
		return slices.Contains(loneScales, a.written) && (a.qualifier == "" || a.start == a.numeral.start && !a.over)
	}},
	{"name", "三项制度、四个意识、三张清单", func(a around) bool {
		return a.named && a.unit.measure <= digits && a.value.digits < 20 && a.value.scale == 0 && !a.over && isName(a)
	}},
	{"part of the text", "以下三个方面、五项工作", func(a around) bool {
		switch {
		case !a.named || a.value.digits >= 20:
			return false
		case hasAny(a.after, "方面"):
			return true
		case endsAny(a.before, "以下", "如下", "下列", "这", "上述"):
			return true
		case a.form == han && a.unit.text == "类" && hasAny(a.after, "合计", "均"):
			return true
		}
		return a.form == han && a.unit.measure <= digits && hasAny(strings.TrimPrefix(a.after, "的"), ownParts...)
	}},
	{"rhythm", "每季度1次、每年2次", func(a around) bool {
		return a.named && slices.Contains(eventUnits, a.unit.text) && hasRhythm(a.clause)
	}},
	{"rank", "排名前移2位", func(a around) bool {
		return a.unit.text == "位" && endsAny(a.before, "前移", "上升", "提升", "前进", "跃升", "下降", "后移", "进")
	}},
	{"session", "十四届全国人大三次会议", func(a around) bool {
		return a.unit.text == "次" && hasAny(a.after, "会议", "全体会议", "常务会议", "代表大会") &&
			strings.ContainsAny(a.clause, "届") && a.form == han || a.unit.text == "届"
	}},
	{"age", "60岁以上、年满18周岁", func(a around) bool {
		return a.unit.text == "岁" && (hasAny(a.after, "以上", "以下", "及以上", "至") || strings.HasSuffix(a.before, "年满"))
	}},
	{criterion, "单笔20万元以上的、低于70分的", func(a around) bool {
		if a.unit.measure > digits || a.classifies() || a.over {
			return false
		}
		switch a.qualifier {
		case gongwen.QualifierAtLeast, gongwen.QualifierAtMost, gongwen.QualifierUnder, gongwen.QualifierOver:
			after := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(a.after, "以上"), "以下"), "以内")
			return hasAny(after, "的", "至") && !hasAny(after, "的目标", "的预期", "的任务", "的计划")
		}
		return a.named && (hasAny(a.after, "及以上", "及以下") || a.unit.text == "元" && grades.begin(a.after) > 0)
	}},
	{"class", "5A级、三类地区", func(a around) bool {
		return a.form == han && (a.unit.text == "类" && hasAny(a.after, classes...) || a.unit.text == "本" && hasAny(a.after, "以上"))
	}},
	{"size or stage of works", "1000吨级航道、机场三期", func(a around) bool {
		return a.named && a.unit.measure == things && hasAny(a.after, "级") ||
			a.form == han && a.unit.text == "期" && a.value.digits < 10 && works.end(a.before) > 0
	}},
	{"nothing is counted", "版本2.0上线", func(a around) bool {
		return !a.named && a.share == "" && !isBareFigure(a)
	}},
	{"supposed", "如果每件棉纱少用两斤棉花，就可以增产两万件", func(a around) bool {
		return supposed.begin(strings.TrimLeft(a.before, " ")) > 0 || supposed.begin(strings.TrimLeft(a.clause, " ")) > 0
	}},
	{"goal", "2023年底前覆盖率达到90%", isGoal},
}

// dayCounts end nouns of days that are counted: 空气优良天数341天.
var dayCounts = endings("天数 天数为 天数达 天数达到 日数 日数为 日数达")

// supposed begin a sentence that tells what would be.
var supposed = beginnings("如果 假如 假定 假设 倘若 要是 即使 即便 譬如 若按")

// grades follow a sum of money that says which ones are meant: 三千亿元城市, 百亿元级产业.
var grades = beginnings("级 城市 县 县区 镇 强镇 村 企业 产业集群 产业链 园区 集群 俱乐部")

// works are built in stages.
var works = endings("机场 工程 项目 线 园区 基地 医院 水库 电站 改造 隧道 码头 港区 管网 水厂 中心")

// classes are what is divided into ranks that have numbers.
var classes = words("地区 以上 及以上 水质 水体")

// loneScales are words that multiply, without a number that they multiply.
var loneScales = words("百 千 万 亿 千万 亿万 百万 千亿 百亿 万亿")

// ownParts are what a text divides itself into.
var ownParts = []string{"方面", "工作", "重点", "环节", "层面", "维度", "问题", "举措", "措施", "部分", "任务", "关键"}

// names are what a number and a measure word make a name with.
var names = map[string][]string{
	"项": {"制度", "机制", "行动", "改革", "原则", "规定", "纪律", "基本", "保障", "权力", "职责", "功能", "工程", "联动", "监督", "建设"},
	"个": {"大局", "根本性", "超级大国", "意识", "自信", "维护", "确立", "全面", "代表", "坚持", "服从", "必须", "结合", "转变", "阶段", "明确", "表率", "不变", "严禁", "到位", "不",
		"更加", "务必", "统一", "规定", "清单", "一律", "文明", "现代化", "一批", "关键", "带头", "绝不", "只", "有利于", "率先", "走在前", "毫不动摇", "“",
		"全覆盖", "百年", "五年", "一", "轮子", "基本点", "相适应", "能力", "循环", "分开", "倍增", "根本", "时期", "专项行动"},
	"张": {"清单", "网", "图", "表", "牌"},
	"条": {"道路", "红线", "底线", "主线", "控制线", "战线", "禁令", "线", "路线", "例"},
	"次": {"产业", "污染", "供水", "分配", "革命", "创业", "开发"},
	"本": {"账", "台账"},
	"支": {"队伍建设"},
	"种": {"形态", "能力", "意识", "关系"},
	"套": {"班子"},
	"家": {"联"},
	"大": {"攻坚"},
	"部": {"曲", "委"},
	"名": {"一"},
	"类": {"内部事务", "过程性"},
	"件": {"大事", "套"},
	"位": {"一体"},
	"轮": {"车", "驱动"},
	"股": {"势力"},
	"方": {"责任"},
}

// isHanScale reports a number that begins with what multiplies: 十, 百余.
func isHanScale(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return chinese.Power(r) > 0
}

func isName(a around) bool {
	if a.form != han && !strings.HasSuffix(a.before, "执法") {
		return false
	}
	return hasAny(strings.TrimLeft(a.after, " "), names[a.unit.text]...)
}

// eventUnits are measure words of what happens again and again.
var eventUnits = words("次 场 期 轮 批 份")

// rhythms say how often.
var rhythms = []string{"每季度", "每年", "每月", "每周", "每半年", "每两年", "每两个月", "每三年", "每季", "每天", "每日", "一年", "每学期", "每半月"}

// hasRhythm reports whether the clause ends in a word of rhythm with little behind it.
func hasRhythm(clause string) bool {
	for _, word := range rhythms {
		if i := strings.LastIndex(clause, word); i >= 0 {
			rest := clause[i+len(word):]
			return len(rest) <= len("至少组织开展") && !endsAny(rest, "人", "增长", "递增", "增加", "下降", "为")
		}
	}
	return false
}

// isSingle reports whether 一 counts: 新建法治长廊一处 at the end of a clause.
func isSingle(a around) bool {
	if !a.named || !slices.Contains(singleUnits, a.unit.text) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(a.after)
	return strings.ContainsRune("。,;、", r) && singles.end(a.before) > 0
}

// singleUnits are measure words of things that one may be counted of.
var singleUnits = words("期 处 座 所 家 名 件 项 部 起 个 支 套")

// singles end nouns of things that one may be counted of.
var singles = endings("班 培训班 研讨班 长廊 公园 广场 中心 基地 平台 场所 阵地 站 室 馆 案件 企业 单位 人员 示范点 示范区 文件 规章 法规 条例")

// isBareFigure reports whether a number without a unit is counted all the same: 共12, 指数达97.5.
func isBareFigure(a around) bool {
	if a.form == han && a.scaled && !startsStop(a.after) {
		r, _ := utf8.DecodeRuneInString(a.after)
		return analyzers.IsHan(r) && !isHanScale(a.written) && utf8.RuneCountInString(a.written) > 2 // 一百一十二万农民
	}
	if a.form != arabic {
		return false
	}
	if !startsStop(a.after) {
		r, _ := utf8.DecodeRuneInString(a.after)
		return a.scaled && analyzers.IsHan(r) // 1100多万学生
	}
	return a.scaled || beforeBare.end(strings.TrimRight(a.before, " ")) > 0
}

// startsStop reports whether a clause ends here.
func startsStop(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || strings.ContainsRune("。,;、)!?", r)
}

// beforeBare stand before a number that counts without a unit.
var beforeBare = endings("平均分 得分 均分 评分 总分 分数 为 达 达到 共 共计 合计 指数 提高到 提升到 缩小到 缩小至 提高至 提升至 下降至 上升至 增长到 下降到 降至 升至 增至 增加到 减少到 均值")

// promised reports whether a number stands in a commitment.
func (p *prose) promised(n *number) bool {
	if len(p.promises) == 0 {
		return false
	}
	at := p.span(n.start, n.end)
	return slices.ContainsFunc(p.promises, func(c gongwen.Commitment) bool { return c.Span.Start <= at.Start && at.End <= c.Span.End })
}

// compared stand before a year that something is compared with.
var compared = endings("比 较 同 与 为 由 从")

// isLater reports whether the sentence of a number, up to its full stop, names last a year behind that which is planned for, or
// plans for that year.
func (p *prose) isLater(n *number) bool {
	if p.plans == 0 {
		return false
	}
	from := p.reach(0, n.start)
	from += strings.LastIndex(p.folded[from:n.start], "。") + 1
	from = n.start - len(member(p.folded[from:n.start]))
	for i := len(p.dated) - 1; i >= max(0, len(p.dated)-maxBack); i-- {
		m := p.dated[i]
		if m.start >= n.start || compared.end(p.folded[:m.start]) > 0 {
			continue
		}
		if m.start < from || m.year < p.plans {
			return false
		}
		rest := p.folded[m.end:n.start]
		return m.year > p.plans || hasAnywhere(rest, "计划", "将", "要求") && !hasAnywhere(rest, "已", "了")
	}
	return false
}

// opensBefore reports whether the sentence of a number begins with a year that is over, and so tells what was, in a plan too.
func (p *prose) opensBefore(n *number) bool {
	for _, m := range p.dated[:min(len(p.dated), maxBack)] {
		if m.start == n.sentence && m.year < p.years.now && sinceYear.begin(p.folded[m.end:]) == 0 {
			return true
		}
	}
	return false
}

// judge asks the rules whether number i is a figure.
func (p *prose) judge(i int) {
	n := &p.numbers[i]
	if n.refused != "" {
		return
	}
	end := n.unitEnd
	a := around{
		number: n, after: p.folded[end:], written: p.folded[n.numeral.start:n.numeral.end],
		before: p.folded[p.reach(n.sentence, n.start):n.start], clause: p.folded[p.reach(n.clause, n.start):n.start],
		planned: (p.plan || p.promised(n)) && !p.opensBefore(n) || p.isLater(n), problems: p.problems, vowed: p.vowed, foretold: p.foretold, next: inYear(p.plans), line: p.folded[p.reach(0, n.start):n.start],
	}
	if n.listed {
		last := i
		for last+1 < min(len(p.numbers), i+maxBack) && p.numbers[last].listed {
			last++
		}
		a.after = p.folded[p.numbers[last].unitEnd:]
	}
	for _, rule := range refusals {
		if rule.refuses(a) {
			n.refused = rule.name
			return
		}
	}
	n.rule = "counted"
	switch {
	case n.share != "" || n.unit.measure == rates || n.unit.measure == tenths:
		n.rule = "rate"
	case n.unit.text == "元":
		n.rule = "money"
	case n.unit.measure == bare:
		n.rule = "counted without a measure word"
	case !n.named && !startsStop(a.after):
		n.rule = "counted without a measure word"
	case !n.named:
		n.rule = "number alone"
	case n.listed:
		n.rule = "number of a list"
	}
}
