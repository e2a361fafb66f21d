package commitment

import (
	"strings"
	"unicode/utf8"

	"gongwen/indexer/pattern"
)

// rule is a row of a table: its name, what it looks like in folded text, and an example.
type rule struct {
	name    string
	pattern *pattern.Pattern
	example string
}

// table is a list of rules of which the first that fits counts.
type table struct {
	rules []rule
	set   *pattern.Set
}

func newTable(rules ...rule) table {
	patterns := make([]*pattern.Pattern, len(rules))
	for i, r := range rules {
		patterns[i] = r.pattern
	}
	return table{rules, pattern.NewSet(patterns...)}
}

// first returns the name of the first rule that s fits, or "".
func first(t table, s string) string {
	if i := t.set.First(s); i >= 0 {
		return t.rules[i].name
	}
	return ""
}

func row(name, expression, example string) rule {
	return rule{name, pattern.Compile(expression), example}
}

// when is how a clause names the time of plans.
const when = `(?:在)?(?:展望)?(?:下一步|下一阶段|下步|下阶段|下一年度?|明年|来年|今年|今后(?:一段时期|一个时期|[一二三五]年)?|接下来|新的一年|新一年|新年度|(?:展望)?(?:未来|新的一年)|未来[一三五]年|(?:展望|进入|到)?[12]\d{3}年(?:度)?|“?十[三四五六七]五”?(?:时期|期间))(?:的?工作)?(?:中|里|,|上)?,?`

// whole are units that promise nothing as a whole.
var whole = newTable(
	row("closing", `^(?:特此|专此|现)?(?:报告|汇报|总结|说明)(?:如上|完毕)?$|^以上(?:报告|汇报|是|情况)|^特此|^专此|^谢谢|^附件|^(?:此件|本报告)|^责任编辑|^信息来源|^(?:名词解释|注释?):|^本(?:公示|报告|公告|总结)|负责解释$`, "特此报告"),
	row("call", `^各位(?:代表|委员)|^(?:朋友|同志)们|^让我们|蓝图已经?(?:绘就|绘成)|团结在以.*周围|^我们(?:坚信|相信)`, "让我们更加紧密地团结起来,奋力谱写新篇章"),
	row("in force", `自[^,]*(?:日|公布)起(?:施行|实施|执行)|同时废止$`, "本修正案自2021年3月1日起施行"),
	row("issued", `现(?:予)?(?:以)?印发|(?:制定|编制)(?:了)?本(?:规划|计划|方案|要点|纲要|办法|意见)$|请[^,]{0,8}(?:组织实施|遵照执行|贯彻执行|贯彻落实)$`, "现印发给你们,请认真组织实施"),
	row("fragment", `^[》)”]|《$`, "》第五条第一项,本作品"),
	row("reference", `^(?:详见|具体见|见)附[件表]|^[^,]{0,12}清单(?:已|随)[^,]*$`, "十件实事清单随报告附后"),
)

// opinion are pieces without a label that say what is so or ought to be, and announce no act; what is said to be done in a
// later clause is announced all the same (demanded).
var opinion = newTable(
	row("what the year is", `^`+when+`?[^,]{0,16}(?:是|为|作为|系|恰逢|适逢|正值)[^,;]*(?:之年|一年|开局|起步|收官|关键期|关键时期|元年|周年|年份|[龙马羊猴鸡]年)`, "2020年是“十三五”规划收官之年"),
	row("overall", `(?:总体|总的|指导)(?:要求|思想|思路|目标|考虑)(?:是|为)?[:,]|工作的?(?:总体)?(?:思路|要求)是|(?:^|,)做好[^,]{0,8}工作,(?:必须|要|应)|^(?:提出|实现)?(?:以上|上述)(?:这些)?(?:预期)?目标`, "工作的总体要求是:坚持稳中求进"),
	row("ought", `^(?:仍|还|尚|有待|亟待|亟需|离|距)|(?:仍需|还需|有待|亟待|亟需|尚需)(?:进一步)?[^,]{0,8}$|(?:存在|面临)[^,]*(?:问题|不足|短板|差距|困难)$|来之不易|很不容易|^[^,]{2,12}不足(?:,|$)|有(?:许多|大量|不少)[^,]{0,8}要做$|任务(?:十分|非常|仍然)?(?:繁重|艰巨)|意义(?:重大|深远)`, "基层力量仍需加强"),
	row("before", `^(?:去年|上年|上一年|\d{4}年)?(?:报告)?(?:所)?(?:提出|确定|承诺|明确)的.*(?:已|完成)`, "去年提出的任务已全部完成"),
	row("foretold", `^(?:世界|全球|国际)[^,]{0,8}(?:将|会|仍|依然|更加)|必将|终将|势必|就会|将(?:都)?是[^,]*(?:问题|趋势|时期)$|有可能|将会(?:[^同商]|$)|将使|一定(?:能|会)|可以预期|不要多久`, "中华民族大家庭必将更加幸福安康"),
	row("judged", `^[^,]*(?:既是|是一[项个种]|就是要?|不仅是|是[^,\d]{0,20}(?:任务|关键|基础|保障|资源|要求|途径|使命|责任|根本|前提|大事|大计))[^,\d]*$|是一项[^,]*(?:任务|工程)|,(?:这)?(?:也|既|就|都|不仅|正)?(?:是|事关|关系|关乎|直接关系|对[^,]{2,20}(?:具有|有着))[^,]*$`, "人才是第一资源"),
	row("state", `(?:仍|仍然|正|依然)?处于[^,]*(?:时期|阶段|机遇期|水平)$|(?:担负|肩负|意味|充满|包含|包括|有)着|前景[^,]{0,4}(?:广阔|光明)|^(?:发展中国家|发达国家|世界经济|国际形势)[^,]*$|没有(?:变|改变)(?:,|$)|(?:根基|支撑|关键|核心|根本|潜力|出路|希望)在[^,]*$|(?:总体|基本|持续|运行)(?:平稳|向好|稳定|可控)$|^(?:从[^,]{1,12}(?:看|说|讲|来看|来说),|从根本上(?:看|说|讲)|总的(?:来)?看|综合[^,]{0,8}(?:看|判断)|纵观|综观|放眼)|在(?:很大|一定|相当)程度上`, "我国发展仍处于重要战略机遇期"),
	row("stance", `^(?:我们|我国|中国|中国政府|中国人民|中国政府和人民|我国政府|政府|各国)*(?:衷心|真诚|坚决|热切|高度|一贯|历来|始终|永远|都|也|更|完全|将一如既往地)*(?:愿|主张|反对|希望|寄希望|呼吁|一贯|历来|坚信|相信|深信|认为|赞赏|感谢|支持(?:联合国|各国)|(?:有|满怀)(?:坚定的?)?(?:决心|信心|能力))|充满(?:必胜的?)?信心$|目标与[^,]*(?:衔接|匹配|适应)(?:,|$)|(?:^|,)(?:我们|中国)?在任何(?:时候|情况)`, "中国人民愿同各国人民一道,建设和谐世界"),
)

// told are pieces without a label that tell what has happened or how things are; one that demands something in any of its
// clauses does not.
var told = newTable(
	row("told", `[^为除不临]了(?:[^解结然断却]|$)|有所[^,要应]{2,4}$|(?:^|,)[^,对把将为在从使按凡经]{0,12}(?:已|曾)(?:经)?[^,的]{2,}(?:,|$)`, "对政府工作提出了新的更高要求"),
	row("lasting", `[^沿本随朝向接跟围试]着[^力眼重手陆实]|(?:根本|关键|目的|原因|出路|意义|优势)[^,]{0,4},?(?:就)?在于|^(?:这|那)(?:种|些|个|样|一|就|是|次)|实际上(?:是|就是)`, "长期存在着忽视质量的错误"),
	row("supposed", `^(?:但是?,?|因此,?|而|可见,?)?(?:由于|因为|尽管|虽然|只要|只有|如果|假如|不管|无论|实践|历史|事实|经验)[^,]*,|,(?:就|才|便|从而|也)?(?:可以|能够|足以)[^,]*$|^[^,]{2,24},(?:这)?(?:就|更)?(?:有利于|不利于|有助于|既能)`, "只要上下一心,就能战胜困难"),
	row("found", `(?:只能|只会|就)是[^,]{1,12}的(?:,|$)|是[^,]{0,8}(?:必要|正确|错误|不对|重要|光荣|有利|可能|必然|不够|一致|清楚)的$`, "适当放宽是完全必要的"),
	row("said", `^据[^,]{2,},|^(?:他|她|[^,]{1,3}(?:总理|主席|同志))(?:在[^,]{2,12}时)?(?:还|又|也|最后)?(?:说|指出|表示|强调|认为|谈到|回顾|宣布)`, "他说,近几年军队工作前进了一步"),
	row("done", `^(?:最近|到(?:现在|目前)为止|目前|当前|现在|截至|截止|过去|近年来|一年来|今年以来|多年来|几年来|这些年来?|[一二两三四五六七八九十\d]+年(?:多)?来|建国以来|解放以来|长期以来|[^,]{2,16}以来)|(?:已经|已)(?:完成|建成|启动|印发|形成|实现|全部|明确)|(?:^|,)[^,推促争力让使]*取得(?:了)?(?:明显|显著|积极|较好|重要|新|新的重要|新的)?[^,]{0,6}(?:成效|进展|成绩)$`, "目前已完成12处"),
)

// demanded is how a clause says that something must or shall be done.
var demanded = pattern.Compile(`(?:^|,)(?:我们|因此|所以|政府|各级政府|国家|同时|一定|今年|还|也|就|都|我国)*(?:要|必须|务必|应当|应该|力争|争取|确保|将)[^求是]|(?:^|,)[^,]{2,24}[^主只需重首想紧不是](?:要|必须|将|应当|应该|应)(?:[^求点素害案是,一]|一(?:定|律))`)

// principles stand before a colon and name what guides the work, not what it does.
var principles = newTable(
	row("principle", `(?:总体|总的|指导|基本)(?:要求|思想|思路|原则|考虑)(?:是|为|有)?$|工作的?(?:总体)?(?:思路|要求)(?:是|为)$`, "2024年政府工作的总体要求是"),
)

// leads announce items and are none. They are looked for in the last clause.
var leads = newTable(
	row("lead:following", `(?:以下|如下|下列)[^,]{0,16}$`, "重点做好以下工作"),
	row("lead:count", `^[^“]*(?:做好|抓好|抓|推进|开展|完成|办好|落实|从|在|聚焦|突出|实施|主攻|干好|围绕)(?:好)?[^,]{0,6}(?:[一二两三四五六七八九十]|\d|几)(?:个|项|件|大|点|篇|条)*(?:方面|方向|层面|环节|重点|工作|任务|大?事情?|文章|举措|措施|问题|能力|提升|行动|维度)[^,]{0,10}$`, "重点抓好三件大事"),
	row("lead:parts", `从[^,]{0,12}(?:方面|方向|层面)[^,]{0,8}$|(?:几|[一二两三四五六七八九十])个(?:方面|方向)(?:的)?(?:工作)?[^,]{0,6}$`, "将从三个方向发力"),
	row("lead:work", `^(?:重点|主要|着力|突出|着重|认真|扎实)?(?:做好|抓好|开展)(?:的)?(?:主要|重点)?工作(?:有|是|为)?$|^(?:主要|具体|重点)(?:工作|措施|任务|举措)(?:有|是|为|如下)?$`, "主要措施有"),
)

// vows are clauses that name a principle, a purpose or a hope and no act.
var vows = newTable(
	row("vow:time", `^`+when+`$|^(?:同时|此外|另外|为此|对此|总之|通过努力|一年来|新征程上|工作中)$`, "2021年"),
	row("vow:hold", `^(?:要|将|必须|始终|继续|我们|全面|牢牢)*(?:坚持|沿着|坚定(?:[^不]|不移走|不移沿)|牢记|秉持|遵循|践行|牢固树立|树牢|树立|弘扬|发扬|锚定|紧扣|紧紧围绕|紧盯|瞄准|聚焦|围绕|立足|着眼|对标|对照|针对|随着|面对|抢抓|抓住|牢牢把握|准确把握|把握)[^,]*$|^(?:要|将|必须|始终|继续|我们)*(?:按照|根据|依据|遵照|结合|顺应)[^,]*(?:要求|部署|原则|精神|思路|目标|总要求|方针|规定|实际|要点|意见|》|规划|任务|趋势|变化|情况|职责|指示|安排|条例|办法)(?:,|$)`, "坚持问题导向"),
	row("vow:by", `以[^,]*(?:为|作为)[^,]{0,4}(?:指导|统领|引领|抓手|契机|牵引|目标|主线|核心|中心|导向|根本|遵循|重点|动力|突破口|载体|基础|起点|总?目标|主题|龙头|依托|保障|落脚点|出发点|支撑)[^,]*$|以[^,]{2,40}(?:为指引|武装|指引)[^,]*$|^以(?:更|最|只争)[^,]*$`, "以习近平法治思想为指导"),
	row("vow:learn", `(?:学习|贯彻|贯彻落实|落实|领会|学深|悟透|践行)[^,]*(?:思想|精神|重要论述|决策部署|工作部署|战略部署|部署要求|安排部署|会议要求|系列讲话|大政方针|重要指示|工作要求)[^,]{0,4}$`, "深入学习贯彻党的二十大精神"),
	row("vow:stand", `政治站位|四个意识|四个自信|两个维护|两个确立|政治判断力|坚强领导下|正确领导下|领导下$|思想认识|使命感|责任感|紧迫感|求真务实|真抓实干|再接再厉|不忘初心|奋发有为|开拓创新|锐意进取|攻坚克难|勇于担当|担当作为|永葆|笃信|笃行|赶考|忠诚|战略定力|必胜信心|斗争精神|敢于亮剑|挺身而出|迎难而上|踔厉|勇毅|砥砺|不懈(?:奋斗|努力)|昂扬|新发展理念`, "进一步提高政治站位"),
	row("vow:purpose", `^(?:从而|以|并|努力|积极|切实|更好地?)*为[^,]{2,50}(?:提供|奠定|打下|作出|做出|营造|贡献|夯实|打好|创造|增添|注入|保驾护航)[^,]*$`, "为全区高质量发展提供有力保障"),
	row("vow:hope", `(?:新局面|新篇章|新台阶|新水平|新成效|新突破|新步伐|新进展|新高度|新的(?:更大)?(?:成效|成绩|突破|进展|贡献|水平|台阶)|更大贡献|更高水平|更大成效|献礼|而(?:努力)?奋斗|(?:新|更大|坚实|更加坚实)的?步伐|同频共振|实现新的?跨越|再上[^,]{0,4}台阶|走在前列|底色|金名片|良好氛围|浓厚氛围)[^,]{0,6}$|(?:开创|谱写|续写|再创|迈向|奋力|书写|写好)[^,]*(?:局面|篇章|辉煌|佳绩|答卷|征程|新天地)[^,]*$|^(?:努力|奋力|加快)*建设(?:更高水平的)?[^,]{2,8}、[^,]{2,8}(?:、[^,]{1,8})?$|(?:让|使)[^,]{2,16}(?:更有保障|更加可靠|更可持续|更加幸福|更有(?:温度|尊严)|满意)$`, "努力开创法治政府建设新局面"),
	row("vow:team", `^(?:要|将|必须|努力|着力|全力)*(?:锻造|锤炼)[^,]{0,10}(?:队伍|铁军|干部)$|^(?:我们|一定|必须|要|始终)*(?:鼓足干劲|力争上游|反对保守|戒骄戒躁|艰苦奋斗|团结一致|同心同德|齐心协力)[^,]{0,6}$`, "锻造过硬队伍"),
	row("vow:general", `^(?:`+when+`)?(?:我[^,]{1,4}|[^,]{0,10}[局委办厅府区县市省镇乡])?(?:将|要|力争|努力|确保)?(?:继续|不断|进一步|持续|全面|深入|扎实|切实|有效|有力|大力|努力|着力|加快|稳步|更好)*(?:推进|推动|加强|提升|提高|深化|做好|抓好|加快|促进|增强|推动|推进)(?:我[^,]{1,3}|全[^,]{1,3}|各项?|新时代|本[^,]{1,3})*(?:的)?(?:法治(?:政府)?(?:部门)?建设|依法行政|法治建设|法治政府|全面依法治[^,]{1,3}|政府信息公开|政务公开|信息公开|法治化|行政机关依法行政|依法治[^,]{1,3})(?:各项|整体|的)?(?:工作|水平|能力|进程|质量|质效|步伐)*(?:[^,]{0,4}(?:走深走实|落地见效|落实落细|提质增效|迈上|向纵深发展|再上))?[^,]{0,6}$`, "持续提升法治建设水平"),
)

// who is who shall do it: 砚河市市场监督管理局将.
var who = pattern.Compile(`^[^,]{0,24}?(?:将|要)`)

// colon returns the offset of the colon in s before which stands a lead, or -1.
func colon(s string) int {
	depth := 0
	for i, c := range s {
		switch {
		case c == '(' || c == '“' || c == '《':
			depth++
		case c == ')' || c == '”' || c == '》':
			depth--
		case c == ':' && depth == 0:
			if longer(s[:i], maxLead) {
				return -1
			}
			return i
		}
	}
	return -1
}

const maxLead = 90

// manyVows is how many vows in a long sentence make it one, where they are more than half of its clauses.
const manyVows = 4

// nothingPromised returns the name of the rule by which the unit is no item, or "". Strict is for pieces without a label.
func nothingPromised(text string, strict bool) string {
	if name := first(whole, text); name != "" {
		return name
	}
	if strict {
		if name := stated(text); name != "" {
			return name
		}
	}
	clauses := strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == '。' || c == ';' || c == '\n' })
	if len(clauses) == 0 {
		return "empty"
	}
	if strict {
		if name := first(leads, clauses[len(clauses)-1]); name != "" {
			return name
		}
	}
	if !strict && len(clauses) > 1 {
		return "" // a label makes it an item, and it says more than a principle
	}
	name, held := "", 0
	for _, clause := range clauses {
		found := first(vows, clause)
		if m := who.FindStringIndex(clause); found == "" && m != nil {
			found = first(vows, clause[m[1]:])
		}
		if found == "" {
			continue
		}
		held++
		if name == "" || name == "vow:time" {
			name = found
		}
	}
	ends := first(vows, clauses[len(clauses)-1]) != ""
	if held < len(clauses) && (held < manyVows || held*2 <= len(clauses)) && !(strict && ends && held >= manyVows-1 && held*2 > len(clauses)) {
		return ""
	}
	if !strict && name != "vow:hope" && name != "vow:purpose" && name != "vow:time" {
		return ""
	}
	return name
}

// stated returns the name of the rule by which a piece says what is, was or will be, and not what shall be done.
func stated(text string) string {
	if name := first(told, text); name != "" && !demanded.MatchString(text) {
		return name
	}
	for i, at := range opinion.set.Matches(text) {
		if at[1] == len(text) || !demanded.MatchString(text[at[1]:]) {
			return opinion.rules[i].name
		}
	}
	return ""
}

// verbs are acts with which a clause begins that promises something.
const verbs = `动工 购置 添置 开挖 疏浚 铺设 架设 开辟 开垦 抢修 修筑 超额 选育 引种 盘清 攻坚 提质 扩面 兜牢 兜住 分区 分型 前瞻 承办 全链条 全领域 全周期 一体 常态化 扩容 引育 大范围 开工 扛牢 共建 持之以恒 驰而不息 扩招 增开 加装 新开 新设 新办 组建 组织 筹办 承接 申建 争创 协助 ` +
	`推进 推动 推行 推广 推出 加快 加强 加大 加力 加紧 开展 建立 建设 建成 建好 健全 完善 制定 制订 出台 修订 修改 编制 编写 编印 编发 起草 研究 实施 落实 执行 组织 举办 召开 开设 开通 开发 开放 ` +
	`深化 强化 优化 细化 量化 固化 美化 亮化 绿化 净化 激发 提高 提升 提供 提请 提前 扩大 扩展 扩建 拓展 拓宽 增加 增强 增设 增配 增派 新增 新建 改建 改造 改革 改善 改进 改扩建 完成 实现 确保 保证 保障 保持 保护 ` +
	`支持 扶持 帮助 帮扶 鼓励 引导 引进 吸引 培育 培养 培训 壮大 做强 做大 做优 做好 做实 做精 做细 抓好 抓实 抓住 抓紧 打造 打好 打击 打通 严格 严肃 严厉 严控 严查 严禁 严守 规范 整治 整合 整改 治理 清理 清查 清除 取消 减少 ` +
	`减轻 降低 压减 压缩 压实 控制 防范 防止 防治 化解 处置 处理 解决 办好 办理 启动 启用 上线 投入 投放 投运 设立 设置 设计 配备 配齐 配强 充实 选派 选聘 选拔 选调 选树 聘请 聘任 招聘 招录 签订 签署 发布 公布 公开 发行 发放 发挥 发展 ` +
	`兑现 清偿 普及 宣传 宣讲 弘扬 营造 维护 巩固 稳定 稳妥 稳住 促进 促使 统筹 统一 协调 协同 配合 会同 联合 探索 试点 试行 创建 创新 创办 争取 争创 力争 努力 创造 扎实 全面 深入 大力 积极 大幅 大面积 全方位 全过程 成片 整县 迭代 搞好 搞活 赋予 振兴 重视 高度 顺应 注重 布局 强调 建强 配强 盘活 牵头 力推 推开 用活 增进 加密 加固 增发 减征 缓解 持续 稳步 切实 认真 着力 有序 有效 ` +
	`坚决 坚持 继续 进一步 不断 重点 突出 围绕 狠抓 紧抓 用好 用足 管好 管住 守住 守牢 守护 筑牢 夯实 补齐 补建 补强 织密 盘活 挖掘 释放 激活 畅通 疏通 破除 破解 消除 遏制 查处 查办 惩治 追究 问责 考核 评估 评选 评查 督促 督导 督察 督办 检查 ` +
	`监督 监管 监测 审查 审核 审计 审批 调整 调解 调查 理顺 厘清 明确 界定 划定 区分 分类 分级 分步 分批 逐步 逐项 构建 搭建 筹建 续建 重建 恢复 修复 更新 更换 升级 转变 转型 移交 移送 下放 下沉 承接 衔接 对接 接入 接受 接续 融合 融入 拓宽 丰富 ` +
	`安排 部署 谋划 谋求 拟订 拟定 论证 申报 申请 获批 落地 供给 供应 购买 采购 免除 免费 减免 缓解 缩小 缩短 放宽 放开 简化 精简 合并 撤销 撤并 归并 关停 淘汰 退出 限制 禁止 杜绝 坚守 践行 履行 树立 倡导 号召 动员 表彰 奖励 激励 补贴 补助 资助 救助 关爱 关心 ` +
	`收购 储备 收储 种植 播种 生产 增产 发掘 勘探 兴建 兴修 修建 修缮 扭转 改变 克服 纠正 贯彻 学习 运用 应用 利用 使用 采用 采取 采集 归集 共享 互通 打破 跟踪 回访 走访 听取 邀请 吸纳 吸收 依法 依托 依规 引入 导入 录入 让 使 把 将 对 与 向 为 从 按 在 由 给 每 ` +
	`有计划 加以 进行 给予 予以 参与 参加 主动 自觉 尊重 妥善 妥当 合理 科学 精准 精细 高效 高质量 高标准 高水平 因地制宜 综合 集中 分层 多渠道 多方 多措并举 千方百计 毫不 加倍 尽快 尽早 尽量 按时 及时 适时 适当 适度 平稳 长期 全力 奋力 合力 聚力 聚焦 紧盯 紧扣 牢牢 牢固 广泛 普遍 充分 更加 更好 更多 切忌 ` +
	`完备 整顿 整修 轮训 代建 试种 试办 兴办 合办 开办 停办 续签 评定 认定 确定 确立 确认 制止 警惕 监控 预警 预防 排查 摸排 排除 演练 救援 抢险 防控 防御 拆除 拆迁 安置 迁建 搬迁 复垦 造林 植树 养护 运营 经营 销售 进口 出口 扩种 轮作 休耕`

var verbOf = func() map[string]bool {
	all := map[string]bool{}
	for _, v := range strings.Fields(verbs) {
		all[v] = true
	}
	return all
}()

// counts begin numbers.
const counts = `(?:[\d二两三四五六七八九十百千]|一[十百千万亿]|百分之)`

// modal is how a clause says that it promises, and a target without a verb of its own.
var modal = pattern.Compile(`(?:^|[^主只需重首想紧])要[^求点素害,]|将|拟|力争|争取|确保|计划(?:于|在|用|新|投|建|开|安排|引|选|培)|打算|必须|^(?:` + when + `)?[^,]{2,24}(?:增长|达到|达|控制在|降低|下降|提高|扩大到|增加到|保持在|左右|以上|以内|不低于|不少于)[^,]*` + counts + `|^[^,]{2,24}\d[^,]{0,6}(?:左右|以上|以内|以下)$|^(?:力争)?到[12]\d{3}年$|不(?:超过|低于|少于|高于)[^,]{0,4}` + counts + `|^[^,]{2,24}(?:突破|超过|净增|新增|新认定|新签)[^,]{0,8}` + counts + `|(?:基本同步|增长同步|基本平衡|基本稳定|合理区间|全覆盖|下达(?:的)?(?:任务|目标))$|^[^,]{2,16}(?:涨幅|增幅|增速|降幅|率|强度)[^,]{0,4}\d[\d.]*%?$|^(?:净增|新认定|新签|新植|新改建|新改扩建|改扩建|新打造)`)

var opening = pattern.Compile(`^(?:` + when + `|(?:全年|年内|每年|每季度|每半年|每月|每周|上半年|下半年|同时|此外|另外|并|并且|还|我们|政府|国家|中央财政|各级政府|各地区?|各级|各部门|各有关部门|要|将|也)+)+,?`)

// acts reports whether one of the clauses of the text begins with an act or says that something shall be done.
func acts(text string) bool {
	for clause := range strings.SplitSeq(text, ",") {
		if beginsWithAct(clause) || modal.MatchString(clause) {
			return true
		}
	}
	return false
}

// beginsWithAct reports whether the clause begins with a verb, time and subject apart.
func beginsWithAct(clause string) bool {
	clause = clause[len(opening.FindString(clause)):]
	for n := 1; n <= 4; n++ {
		end := 0
		for range n {
			_, size := next(clause[end:])
			end += size
		}
		if verbOf[clause[:end]] {
			return true
		}
	}
	return false
}

func next(s string) (rune, int) { return utf8.DecodeRuneInString(s) }

// others is how a notice tells those whom it is sent to what to do.
var others = pattern.Compile(`^各[^,。]{0,16}(?:要|应|须|负责)`)

// othersDo reports whether all that the sentences of a plan say is for others to do.
func othersDo(text string) bool {
	sentences := strings.FieldsFunc(text, func(c rune) bool { return c == '。' || c == '\n' })
	return others.MatchString(sentences[len(sentences)-1])
}

// closing is a line behind the text: a phrase of the form, a signature, a date, the furniture of a page.
var closing = pattern.Compile(`^(?:特此|专此)[^。]{0,8}。?$|^(?:以上|上述)(?:报告|汇报|情况|总结|如有|是)[^。]{0,12}。?$|^\(?此件|^附件|^(?:信息)?来源|^责任?编辑|^(?:上|下)一篇|^(?:打印|关闭)|^[12二]\d{0,3}[^,。]{0,8}年.{1,6}月.{1,4}日$|^谢谢.{0,6}$`)
