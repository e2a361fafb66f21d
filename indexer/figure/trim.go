package figure

import (
	"strings"
	"unicode/utf8"

	"gongwen"
	chinese "gongwen/indexer/numeral"
)

// trim takes from a stretch before a number what is no part of the noun.
func (p *prose) trim(start, end int) gongwen.Span {
	if start >= end {
		return gongwen.Span{}
	}
	start = p.trimLead(start, end)
	end = p.trimTail(start, end)
	if date := afterDate(p.folded[start:end]); date > 0 {
		start += date
	}
	start = p.trimLead(start, end)
	if start >= end {
		return gongwen.Span{}
	}
	start = p.afterAgent(p.cutAtVerb(start, end), end)
	if rest := strings.TrimPrefix(p.folded[start:end], "的"); len(rest) > len("的") {
		start = end - len(rest)
	}
	if at := strings.LastIndex(p.folded[start:end], "》等"); at >= 0 && end-start-at-len("》等") >= len("法规") {
		start += at + len("》等") // 《供水条例》等地方性法规2部
	}
	return gongwen.Span{Start: start, End: end}
}

func (p *prose) trimTail(start, end int) int {
	for {
		text := strings.TrimRight(p.folded[start:end], " ")
		if endsAny(text, "的占", "的只占", "的仅占", "的只有", "的仅有", "的有") {
			return start + strings.LastIndex(text, "的") + len("的") // those of a kind: 经复议后起诉的只占11.1%
		}
		if bare := strings.TrimRight(text, "0123456789."); bare != text && endsAny(bare, "从", "由") {
			end = start + len(bare) - len("从") // 倍差从1.96缩小至1.81
			continue
		}
		if date := dateTail(text); date > 0 {
			end = start + len(strings.TrimRight(text[:len(text)-date], " "))
			for _, word := range []string{"比", "较", "自", "截至"} {
				if strings.HasSuffix(p.folded[start:end], word) {
					end -= len(word)
				}
			}
			continue
		}
		tail := tails.end(text)
		if tail > 0 && notTails.end(text) > 0 {
			tail = 0
		}
		if end = start + len(text) - tail; tail == 0 {
			return end
		}
	}
}

// notTails end in a word of tails and mean something else.
var notTails = endings("总和 首都 成都 古都 新都 花都 旧都 国都 于都 武都 丰都 江都 许可 认可 不可 人均 户均 亩均 村均 年均 日均 校均 存在 现在 所在 潜在 内在 立即 当即 基本建设 细则 规则 准则 守则 原则 法则 总则 通则 惠及 普及 涉及 遍及 波及 成就 统计 审计 设计 会计 实有 目的 以为 行为 作为 认为 成为 没有 所有 国有 拥有 持有 享有 有的 报到 签到 公共 初中 高中 集中 其中 途中")

func (p *prose) trimLead(start, end int) int {
	for {
		for start < end && (p.folded[start] == ' ' || p.folded[start] == '.') {
			start++
		}
		text := p.folded[start:end]
		if skip := leadOf(text); skip > 0 && (skip < len(text) || !isPlace(text)) {
			start += skip
			continue
		}
		return start
	}
}

// leadOf returns how many bytes of a clause's beginning lead to what is counted.
func leadOf(text string) int {
	if end := dateEnd(text); end > 0 {
		return end
	}
	if strings.HasPrefix(text, "(") {
		if i := strings.IndexByte(text, ')'); i > 0 && i < len(text)-1 && i <= len("(规范化解决争议)") {
			return i + 1
		}
	}
	if i := strings.Index(text, "是"); i > 0 && i <= len("二十") && isHanWord(text[:i]) {
		return i + len("是")
	}
	if hasAny(text, "上年结转", "上年度结转", "上年接转") {
		return 0
	}
	lead := leads.begin(text)
	if notLeads.begin(text) > lead {
		return 0
	}
	return lead
}

// notLeads begin with a word of leads and mean something else.
var notLeads = beginnings(`其他收入 其他支出 其他处理 其他形式 其他方式 其他途径 其他原因 其他情形 三年行动 三年级 五年规划 五年计划 两年期 和美 和谐 和平 相应措施 就业 就医 就学 就诊 就近 使用 则可 主要负责人 主要领导 主要证据 主要污染物 主要指标 主要农作物 主要农产品 主要产品 主要河流 原创 原告 原材料 原料 原因 原油 原煤 原盐 再贷款 近海 现役 又一 后来居上 上年 有关 有效 对外 对口 由于 从业 从事 如期 来电 来函 来文 来信 来访 来自 均衡 新增 新建 新收 新设 新聘 新制 新型 新能源 新生 新媒体 新闻 总额 总数 总量 总值 总体
	总面积 与会 现场 现行 现金 现代 再生 再审 及格 近视 共建 共享 共同 共有 约谈 还款 还贷 还原 另行 已婚 即时 如实 和解 新征 新发 新出 新开 新成立 新评 新注册 新登记 新批 总产 新改 新推 新审`)

// isPlace reports words that lead, but are what is counted where nothing follows: 其中市本级344件.
func isPlace(text string) bool {
	return hasAny(text, "市本级", "全市", "全区", "全县", "全省", "全国", "本级", "上年", "其他")
}

func isHanWord(s string) bool {
	for _, r := range s {
		if chinese.Digit(r) < 0 && r != '十' {
			return false
		}
	}
	return true
}

// dateTail returns how many bytes at the end of a text are a date: 储备2000年底, 总额由1997年的.
func dateTail(text string) int {
	rest := strings.TrimSuffix(text, "的")
	for _, mark := range []string{"年度", "年底", "年末", "年初", "年", "月底", "月末", "月份", "月", "日"} {
		if before, ok := strings.CutSuffix(rest, mark); ok && endsInDigit(before) {
			return len(text) - len(strings.TrimRight(before, dateDigits))
		}
	}
	return 0
}

// afterDate returns where a text goes on behind the last date in it, or 0 where nothing much does.
func afterDate(text string) int {
	for _, mark := range []string{"年", "月", "日"} {
		at := strings.LastIndex(text, mark)
		if at > 0 && endsInDigit(text[:at]) && len(text)-at-len(mark) >= 2*len("案件") {
			return at + len(mark)
		}
	}
	return 0
}

// dateEnd returns the end of the date that a text begins with, or 0: 2021年, 8月份, 截至2021年12月31日.
func dateEnd(text string) int {
	at := 0
	for {
		end := len(text) - len(strings.TrimLeft(text[at:], dateDigits+"到至- "))
		if end == at {
			return at
		}
		rest := text[end:]
		mark := dateMarks.begin(rest)
		if mark == 0 {
			return at
		}
		at = end + mark
	}
}

// dateDigits are those of a date.
const dateDigits = "0123456789〇○零一二三四五六七八九十"

// endsInDigit reports whether a text ends in the digit of a date.
func endsInDigit(text string) bool { return strings.TrimRight(text, dateDigits) != text }

// dateMarks stand behind the numbers of a date.
var dateMarks = beginnings("年度 年末 年底 年内 年全年 年以来 年 月份 月底 月末 月以来 月起 月 日起 日 号")

// cutAtVerb moves the start to the last verb that has an object of two characters or more before the end.
func (p *prose) cutAtVerb(start, end int) int {
	text := p.folded[start:end]
	if endsAny(text, "率", "占比", "比例", "比重") {
		return start
	}
	best, last := 0, -1 // last is where the verb before ends
	for at := 0; at < len(text); {
		strong := verbs.begin(text[at:])
		verb := max(strong, nounVerbs.begin(text[at:]))
		if verb == 0 {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		if compounds.begin(text[at:]) > 0 {
			at += compounds.begin(text[at:])
			continue
		}
		if at > 0 && cutsAt(text, at, verb) && (strong > 0 || at != last && afterNounVerbs.begin(text[at+verb:]) == 0) {
			best = at // but not at 处罚 in 调整处罚幅度
		}
		at += verb
		if strong > 0 {
			last = at
		}
	}
	if at := strings.LastIndex(text, "后"); at > best && len(text)-at > 3*len("后") && afters.end(text[:at+len("后")]) == 0 && !hasAny(text, "经", "因") &&
		befores.begin(text[at:]) == 0 && !isQuoted(text[at:]) {
		best = at + len("后")
	}
	for _, adverb := range inner {
		if at := strings.LastIndex(text, adverb); adverb == "现有" && at > 0 && agents.end(text[:at]) == 0 && bodies.end(text[:at]) == 0 {
			continue // 用于现有企业的资金
		}
		if at := strings.LastIndex(text, adverb); at >= best && len(text)-at-len(adverb) >= len("学法") && !isQuoted(text[at:]) {
			best = at + len(adverb)
		}
	}
	return start + best
}

// afters and befores hold 后 where it parts nothing.
var (
	afters  = endings("灾后 震后 战后 病后 午后 前后 先后 今后 以后 售后 产后 善后 落后 课后 最后 背后 延后 术后 学时 课时 小时 工时 及时 按时 临时 同时")
	befores = beginnings("后备 后勤 后续 后端 后期 后台 后代 后进 后裔 后补 后评估")
)

// inner are adverbs that part who acts from what was done: 县政府常务会议全年学法.
var inner = []string{"现有", "全年", "累计", "先后", "年内", "以来", "当年", "分别", "已经", "合计"}

// bodies end names of those who have something, besides agents.
var bodies = endings("办 市 县 区 省 镇 乡 院 所 系统 单位 企业 全国")

// cutsAt reports whether a verb of so many bytes begins what is told of the things that are counted, and is no part of a
// noun, 政府信息公开申请, or of a list.
func cutsAt(text string, at, verb int) bool {
	rest := text[at+verb:]
	return len(rest) >= len("案件") && noObjects.begin(rest) == 0 && modifiers.end(text[:at]) == 0 && !isQuoted(text[at:])
}

// compounds are nouns that begin with a verb.
var compounds = beginnings("转移支付 增加值 增加额 提供者 招聘信息 招聘公告 招录公告 采购公告 处理设施 处置设施 调处中心 受理中心 监督员 办理结果 审查意见 公开专栏 公开目录")

// noObjects follow a verb that is part of a noun.
var noObjects = beginnings("中心 站 室 所 平台 基地 大厅 设施 的 、 和 及 率 数 人 机关 机构 部门 员 等")

// isQuoted reports whether a text begins inside quotation or title marks: one closes before another opens.
func isQuoted(text string) bool {
	for _, mark := range []struct{ open, close string }{{"“", "”"}, {"《", "》"}} {
		closes, opens := strings.Index(text, mark.close), strings.Index(text, mark.open)
		if closes >= 0 && (opens < 0 || closes < opens) {
			return true
		}
	}
	return false
}

func isVerb(word string) bool {
	return word != "" && (verbs.begin(word) == len(word) || nounVerbs.begin(word) == len(word) || acts.begin(word) == len(word))
}

// hasVerb reports whether a noun before 的 tells what things do: 3个更新超期的单位.
func hasVerb(s string) bool { return verbs.begin(s) > 0 || nounVerbs.begin(s) > 0 }
