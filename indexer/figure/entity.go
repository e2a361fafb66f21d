package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// entities end names of what acts or is acted on as a whole: behind one of them begins what is told of it.
var entities = endings(`股室 科室 处室 企业 部门 单位 机构 机关 乡镇 镇街 街道 社区 派出所 司法所 监管所 税务所 城市 省份 县区 县市 园区 开发区 学校 医院 法院 检察院 大队 中队 支队 公司 协会 商会
	商户 村庄 行政村 合作社 委员会 管委会 居委会 村委会 文件 事项 业务 案件 人员 干部 民警 律师 公证员 仲裁员 调解员 负责人 当事人 申请人 代表 委员 执法队 服务站 工作站 家庭 农户 院校 高校 集团 网站 工厂 工地
	点位 窗口 中心 执法办案管理中心 市场 小区 景区 医疗机构 银行 课题 路段 隐患 群众 居民 农民 职工 老人 儿童 学生 游客 基金 超级大国 国家 县(区) 县(市、区) 镇(街道) 乡镇(街道) 县(市) 镇(街) 乡(镇)`)

// papers are counted by 个 as those that act are, but bear no names in quotation marks behind them.
var papers = endings("事项 业务 文件 案件")

// organisations end the names of some, so that what stands before is no name: 律师事务所.
var organisations = endings("所 社 会 行 店 厂 院 馆 场 园 校 站 基地 户 局 部 室 队")

// agents end names of those who do what is counted, where it stands before the number: 县司法局抽查案卷84宗.
var agents = endings(`县政府 区政府 市政府 省政府 镇政府 乡政府 政府及部门 管委会 委员会 大队 支队 中队 部门 法院 检察院 派出所 司法所 法律顾问 律师 书记 县长 区长 市长 镇长 乡长 局长 主任 局 厅 办公室 街道 公安机关
	税务机关 行政机关 司法机关 公众号 视频号 厂 执法队 人社 财政 示范区 高新区 开发区 商会 协会`)

// notAgents end in a word of agents and mean something else.
var notAgents = endings("跨部门 各部门 相关部门 有关部门 格局 布局 结局 邮局 大厅 客厅 餐厅 省部级部门")

// predicates begin what is told of an entity, besides the verbs at which nouns are cut.
var predicates = beginnings(`享受 中 一审 二审 带头 全年 承担 保留 存在 整合 尚 均 先后 全年 因 前置 听证 未 已 无 没有 具备 具有 设有 共有 支出 营业收入 参与 使用 推行 达标 到 实行 在 从 作为 成为 举行 述法 应诉 率先 被 先 管理不 不 办案
	脱贫 摘帽 出列 上市 入围 登记 实现 主营 年产 年均 产值 营收 利润 全部 都 也 同时 分别 按 就 共享 派驻 建立 获批 通过 持续 自愿 申请 签字 联合 进行 缴 交`)

// shortActs are verbs of one character that begin what an agent does.
var shortActs = beginnings("审 办 讲 查 建 抓 缴 罚 派 接 收 发 获 抽")

// passives begin names of those to whom something is done.
var passives = beginnings("被告 被执行人 被侵权 被申请人 被害人 被征 被监护 被投诉 被保险 被处罚人 被复议")

// tellsOf reports whether a text begins with a verb or another word that tells what an entity does or is.
func tellsOf(text string) bool {
	if passives.begin(text) > 0 {
		return false
	}
	if predicates.begin(text) > 0 || strings.Contains(text, "了") && !hasAny(text, "了") {
		return true
	}
	if v := nounVerbs.begin(text); v > 0 && verbs.begin(text) == 0 {
		return afterNounVerbs.begin(text[v:]) == 0 && text[v:] != ""
	}
	v := max(verbs.begin(text), acts.begin(text))
	return v > 0 && noObjects.begin(text[v:]) == 0
}

// rounds are measure words of what happens, so that an entity behind them is a part of its name.
var rounds = words("次 场 期 轮 批")

// entityEnd returns where the entity ends with which the noun behind number n begins: 29个部门 of 29个部门保留行政职权3874项. Of
// organisations counted by 家 all that follows is told of them; else what follows must tell something.
func (p *prose) entityEnd(n *number, start, end int) int {
	text := p.folded[start:end]
	if slices.Contains(rounds, n.unit.text) {
		return end // 两轮文件清理
	}
	for at := range text {
		if at == 0 || entities.end(text[:at]) == 0 {
			continue
		}
		rest := text[at:]
		if r, _ := utf8.DecodeRuneInString(rest); r == '“' || r == '”' {
			if r == '“' && (n.unit.text == "项" || n.unit.text == "件" || papers.end(text[:at]) > 0) {
				return start + at
			}
			continue
		}
		if hasAny(rest, "中") && !tellsOf(rest[len("中"):]) && entities.end(text) > 0 {
			continue // 企业中心
		}
		if n.unit.text == "个" && staff.begin(rest) == len(rest) || p.properties(end) && settlements.end(text[:at]) > 0 && modifiers.end(text[:at]) == 0 {
			return start + at
		}
		if rest != "中" && utf8.RuneCountInString(rest) < 2 || entities.end(text) > 0 && !tellsOf(rest) {
			continue
		}
		if n.unit.text == "家" && organisations.end(text) == 0 && !hasAny(rest, "家", "主", "法人", "及", "和", "职工", "员工", "的") || tellsOf(rest) {
			return start + at
		}
	}
	return end
}

// staff are persons of a body, who are not counted by 个: 5个股室负责人.
var staff = beginnings("负责人 主要负责人 分管负责人 领导 主要领导 分管领导 工作人员")

// settlements end names of places, of which what follows may be a property: 211个行政村集体经济收入全部超过10万元.
var settlements = endings("行政村 村 社区 乡镇 街道 县区 县 镇 村庄 园区 企业")

// properties reports whether what is told behind a noun tells how great something is.
func (p *prose) properties(end int) bool {
	return hasAny(strings.TrimPrefix(p.folded[end:], "全部"), "均超过", "超过", "均达到", "达到", "均突破", "突破", "不足", "低于", "高于")
}

// afterAgent returns where what was done begins behind the name of who did it, or start.
func (p *prose) afterAgent(start, end int) int {
	text := p.folded[start:end]
	if endsAny(text, "率", "占比", "比例", "比重") {
		return start
	}
	for at := range text {
		if at == 0 || agents.end(text[:at]) == 0 || notAgents.end(text[:at]) > 0 || isQuoted(text[at:]) {
			continue
		}
		rest := text[at:]
		long := utf8.RuneCountInString(rest)
		if hasAny(rest, "支出", "收入") && agents.end(text[:at]) == len("财政") {
			continue // 财政支出
		}
		if long >= 2 && tellsOf(rest) || long >= 3 && shortActs.begin(rest) > 0 && entities.end(text) == 0 {
			return start + at
		}
	}
	return start
}

// bracketed is the noun of a number that stands alone in brackets, 征地拆迁(5宗)、信息公开(3宗): the member of the list before
// them.
func (p *prose) bracketed(n *number) gongwen.Span {
	open := n.start - 1
	if open < 0 || p.folded[open] != '(' || n.end >= len(p.folded) || p.folded[n.end] != ')' {
		return gongwen.Span{}
	}
	start, runes := open, 0
	for start > n.sentence && runes < maxNoun {
		r, size := utf8.DecodeLastRuneInString(p.folded[:start])
		if !analyzers.IsHan(r) && r != '“' && r != '”' {
			break
		}
		start -= size
		runes++
	}
	if at := strings.LastIndex(p.folded[start:open], "在"); at >= 0 && open-start-at > len("在案件") {
		start += at + len("在")
	}
	noun := p.trim(start, open)
	for _, word := range []string{"超过", "高于", "低于", "多于", "少于"} {
		if strings.HasPrefix(p.folded[noun.Start:noun.End], word) {
			noun.Start += len(word)
		}
	}
	return noun
}

// alike are places that stand beside each other before or behind one number: 8个街道、镇.
var alike = beginnings("街道 镇 乡 乡镇 县 区 市 村 社区 园区 开发区 州 旗")

// besides returns where a list of places ends that goes on behind the first one.
func (p *prose) besides(start, end, stop int) int {
	if start == end || alike.begin(p.folded[start:end]) != end-start {
		return end
	}
	for strings.HasPrefix(p.folded[end:stop], "、") || strings.HasPrefix(p.folded[end:stop], "和") {
		next := end + len("、")
		size := alike.begin(p.folded[next:stop])
		if size == 0 {
			break
		}
		end = next + size
	}
	return end
}
