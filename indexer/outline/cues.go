package outline

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/indexer/numeral"
)

// cue is what the beginning of a paragraph announces where no heading does: a part on problems or on next year.
type cue struct {
	role gongwen.Role
	rule string
}

// maxCue is the number of characters of a paragraph's first sentence in which a cue is looked for.
const maxCue = 130

// vocatives stand before the first sentence of a speech.
var vocatives = []string{"各位代表", "同志们"}

// firstSentence is where a cue can stand: the beginning of the paragraph up to its first stop. Rest follows it.
func firstSentence(s string) (first, rest string) {
	for _, v := range vocatives {
		if after, ok := strings.CutPrefix(s, v); ok {
			s = strings.TrimLeft(after, "！!，,：: ")
		}
	}
	n := 0
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= utf8.RuneSelf && !utf8.RuneStart(b) {
			continue
		}
		if n++; n > maxCue {
			return s[:i], ""
		}
		if b != 0xe3 && b != 0xef { // the first bytes of 。 and of ！？
			continue
		}
		for _, stop := range []string{"。", "！", "？"} {
			if strings.HasPrefix(s[i:], stop) {
				return s[:i], s[i+len(stop):]
			}
		}
	}
	return s, ""
}

// Kinds of words in the first sentence of a paragraph.
const (
	cueProblem signals = 1 << iota
	cueSober
	cueSee
	cueMainly
	cueOurs
	cueExists
	cueYet
	cueMany
	cueGap
	cueFound
	cueTime // of plans, where the sentence begins with it
	cueYear
	cueShall
	cueAnswer
	cueNext
	cuePeriod
	cueActs
)

var cueWords = newSignals(map[signals]string{
	cueProblem: "欠账 尽如人意 不够好 不到位 问题 不足 差距 短板 薄弱 困难 弱项 挑战 缺憾 欠缺 不尽 不够 不强 有待 亟待",
	cueSober:   "清醒 清楚地 冷静 客观地 深知 深刻认识到 充分认识到",
	cueSee:     "看到 认识到 意识到 感到 自知",
	cueMainly:  "主要是 主要表现 主要体现 表现在 体现在 主要有 主要存在 集中在",
	cueOurs:    "我局 我区 我们 我市 我县 我省 我镇 我委 我厅 全市 全县 全区 全省 全局 工作 法治政府建设 依法行政 法治建设",
	cueExists:  "存在 面临 暴露",
	cueYet:     "还 仍 依然 依旧 尚 也 离 距",
	cueMany:    "尽如人意 不够好 一些 一定 不少 不小 诸多 较多 许多 很多 若干 以下 如下 几 突出 部分 较大 很大 不容忽视 亟待解决 两 二 三 四 五 六 存在的",
	cueGap:     "差距",
	cueFound: "针对 围绕 聚焦 解决 整改 化解 破解 查摆 排查 反馈 纠正 督促 研究 协调 通报 督办 梳理 查处 攻克 检查 抽查 巡查 自查 对存在 问题导向 " +
		"已 全部 及时 立即 限期 责令 逐项 逐一 得到 依法处",
	cueTime:   "下 明年 来年 今后 接下来 新 展望 未来 面向 站在 后续",
	cueYear:   "年",
	cueShall:  "将 要 目标 思路 计划 打算 拟 重点 着力 着重 继续 围绕 抓好 做好 力争 确保 重心 从以下 着手 展开 概括 以下 进一步 努力 全力 坚持 推进 聚焦 突出",
	cueAnswer: "针对 对于 为解决 为改进 为切实改进 面对 为此 对此 鉴于此",
	cueNext:   "下一步 下步 今后 下一年 明年 来年",
	cuePeriod: "时期 期间",
	cueActs:   "出台 开展 推动 落实 组织 办理 帮助 实施 选派 印发 建立 制定 举办 召开 攻坚",
})

// cueOf reads the cue at the beginning of a paragraph, if there is one.
func (d *doc) cueOf(s string) cue {
	if itemStart(s) {
		return cue{}
	}
	first, rest := firstSentence(s)
	says := cueWords.signals(first)
	problem, admitted := admits(first, says)
	plan := d.planOpening(first, rest, says)
	// 2022年，我区法治政府建设虽取得成绩，但仍存在…问题 speaks of the past.
	if plan != "" && (admitted < surely || planTime(first) != "") {
		return cue{gongwen.RolePlan, "cue:" + plan}
	}
	if problem == "" && rest != "" {
		// 成绩来之不易，问题不容回避。我们清醒地认识到，…
		second, _ := firstSentence(rest)
		if says := cueWords.signals(second); says&cueProblem != 0 && (transition(first) || says&cueSober != 0 && soberly.MatchString(second)) {
			problem, _ = admits(second, says)
		}
	}
	if problem != "" {
		return cue{gongwen.RoleProblems, "cue:" + problem}
	}
	return cue{}
}

// soberly is how a second sentence begins that says by itself that the first one has led over to problems.
var soberly = regexp.MustCompile(`^(?:但|但是|同时)?[，,]?(?:我们)?(?:也|还)?(?:要|应|应当|必须)?(?:十分)?清醒`)

// transition reports a sentence that only leads over from the successes to what is wanting.
func transition(first string) bool {
	return first != "" && !longer(first, maxTransition) && !strings.ContainsAny(first, "0123456789") &&
		containsAny(first, "成绩", "自满", "不易", "回顾", "肯定", "进步", "问题", "差距", "不足", "困难", "清醒")
}

const maxTransition = 45

// Weights of the words by which a sentence admits problems; what reaches enough does.
const (
	enough = 4
	surely = 5
)

var (
	// problemNamed is a heading that runs into its paragraph.
	problemNamed = regexp.MustCompile(`^(?:目前|当前|工作中)?(?:主要)?(?:存在)?(?:的)?(?:主要|突出)?(?:问题|不足|短板|差距)(?:之处)?(?:[和与及、](?:问题|不足|短板|差距|困难|原因))*(?:主要)?(?:有|是|如下|表现在|体现在)?[：:]`)
	// problemYet is an adverb of what is still so, with its verb.
	problemYet = regexp.MustCompile(`(?:还|仍|依然|依旧|尚|也|离|距)[^。；：]{0,16}?(?:存在|有|面临|需|暴露)`)
	// problemMany is how an admission counts its object.
	problemMany = regexp.MustCompile(`(?:一些|一定的?|不少的?|不小的?|诸多|较多|许多|很多|若干|以下|如下|几个|几方面|几点|几项|突出|部分|较大的?|很大的?|不容忽视的?|亟待解决的?|[两二三四五六]个?(?:方面|点|项|大)的?)[^。；：，,]{0,16}?(?:问题|不足|差距|短板|薄弱|困难|弱项|挑战|缺憾|欠缺|欠账|地方)|不尽如人意|做得还?不够好|存在的(?:主要|突出)?(?:问题|不足|差距|短板|困难)`)
	// problemGap is a distance to what should be.
	problemGap = regexp.MustCompile(`(?:与|和|离|距|同|比|对照|对标).{0,40}?(?:有.{0,6}差距|差距)`)
	// problemDone is what happened to problems that were found: those are results.
	problemDone = regexp.MustCompile(`已(?:经)?(?:全部|全面|基本|整改|解决|督促|责令|移送)|全部(?:整改|解决|完成|销号|办结)|(?:及时|立即|限期|督促|责令|逐项|逐一)(?:[^，。]{0,6})(?:整改|改正|解决|销号|处置)|得到(?:有效)?(?:解决|化解)|下发整改|整改到位|依法(?:处理|处置|查处)`)
	// problemOthers is how problems of others, or solved ones, are spoken of.
	problemOthers = regexp.MustCompile(`(?:针对|围绕|聚焦|解决|整改|化解|破解|查摆|排查|反馈|纠正|督促|研究|协调|通报|督办|梳理|查处|攻克|检查|抽查|巡查|自查|对存在)[^。；]{0,24}?(?:问题|不足|差距|短板|困难|薄弱|弱项|挑战)|问题导向`)
	problemCount  = regexp.MustCompile(`[0-9０-９]+(?:余)?(?:个|件|家|处|起|条|次|项|户|人|名|万|亿|宗|份|笔)`)
	problemActs   = regexp.MustCompile(`[，,](?:我[局区市县委厅办镇]|并|及时|积极|先后|共|全力)?[^，,]{0,8}?(?:出台|开展|推动|落实|组织|办理|帮助|实施|选派|印发|建立|制定|举办|召开|攻坚)`)
)

// problemTurns begin sentences that turn from the successes to what is wanting.
var problemTurns = []string{
	"虽", "尽管", "但", "同时", "与此同时", "当然", "不过", "然而", "此外", "另外", "不容忽视", "需要", "正视", "盘点", "梳理", "目前", "当前", "回顾", "总结", "肯定", "在肯定", "在看到",
	"在总结", "在充分", "在取得", "取得", "看到", "对照", "对标", "反思", "审视", "查找", "受", "由于", "从", "总", "存在", "应", "必须", "也要", "与", "距", "面对",
}

// admits weighs whether a sentence admits problems, and returns the words that say so and their weight; the words are ""
// where it does not.
func admits(first string, says signals) (words string, weight int) {
	if says&cueProblem == 0 {
		return "", 0
	}
	if words := problemNamed.FindString(first); words != "" {
		return words, surely
	}
	// A colon ends what can be the announcement; what follows is the list of problems.
	announced := false
	if i := indexAny(first, "：", ":"); i >= 0 {
		first, announced = first[:i], true
		says = cueWords.signals(first)
	}
	if says&cueSober != 0 {
		words, weight = "清醒", 3
	} else if i := cueWords.find(first, says&cueSee); i >= 0 {
		words, weight = first[i:i+len("看到")], 2
	}
	for _, sign := range []struct {
		needs   signals
		pattern *regexp.Regexp
	}{{cueYet, problemYet}, {cueMany, problemMany}, {cueGap, problemGap}} {
		if says&sign.needs == 0 {
			continue
		}
		if m := sign.pattern.FindString(first); m != "" {
			words = m
			weight += 2
		}
	}
	if words == "" && !announced {
		return "", 0
	}
	if announced || says&cueMainly != 0 {
		weight++
	}
	for _, turn := range problemTurns {
		if strings.HasPrefix(first, turn) {
			weight++
			break
		}
	}
	if says&cueOurs != 0 {
		weight++
	}
	if says&cueExists != 0 {
		weight++
	}
	if weight < enough {
		return "", weight
	}
	if says&cueFound != 0 && problemOthers.MatchString(first) {
		weight -= 3
	}
	if says&cueFound != 0 && problemDone.MatchString(first) {
		weight -= 3
	}
	if problemCount.MatchString(first) {
		weight -= 2
	}
	if says&cueActs != 0 && problemActs.MatchString(first) && !containsAny(first, "但", "仍", "还") {
		weight -= 3
	}
	if weight < enough {
		return "", weight
	}
	return firstRunes(words, 16), weight
}

var (
	planFirst = regexp.MustCompile(`^(?:在|对于|关于|做好|进入|围绕|为做好|立足)?(?:下一步|下一阶段|下一(?:个)?年|下步|下阶段|下个(?:年度|阶段)|明年|来年|今后|接下来|新的一年|新年度|展望|未来[一三五几]年|未来一段|面向未来[，,]|站在新的?(?:历史)?起点|新(?:的)?征程上?[，,]|后续[，,工])`)
	planWill  = regexp.MustCompile(`(?:将|要)(?:继续|以|从|在|按|按照|重点|着力|着重|坚持|进一步|深入|紧紧|紧扣|全面|认真|围绕|切实|努力|把|持续|扎实|严格|不断|` +
		`突出|抓|做|加|聚焦|牢|立足|主动|积极|针对|采取|大力|充分|严|强化|结合|贯彻|根据|对|推|全力|着眼|更加|统筹|始终|通过|牢固)|打算|计划|拟`)
	planAnswer = regexp.MustCompile(`^(?:针对|对于|为解决|为(?:切实)?改进|面对)(?:上述|以上|这些|存在的?|前述|此类|工作中)|^(?:为此|对此|鉴于此)[，,]`)
	planYearAt = regexp.MustCompile(`^(?:展望|进入|在|到)?([12２][0-9０-９]{3}|二[〇○零O0][一二三四五六七八九〇○零]{2})年(?:度|里)?(?:[，,、：:]|是|为|我|全|将|要|政|工|的|区|县|市|省|局|法|依)`)
	planYearOf = regexp.MustCompile(`^(?:为?做好|围绕|关于|针对|按照)[^，,。]{0,12}?([12２][0-9０-９]{3})年[^，,。]{0,12}?工作`)
	planIsYear = regexp.MustCompile(`^[^。，,]{0,4}年(?:度)?[，,]?(?:是|为|作为)[^。]*(?:之年|[一二三四五六]年|开局|起步|收官|元年|关键期|周年|年份)`)
	planPeriod = regexp.MustCompile(`^“?十[四五六七]五”?(?:时期|期间)[，,].{0,20}(?:将|要)`)
)

// planTime returns the words by which a sentence names the time to come without a year, or "".
func planTime(first string) string {
	if !containsAny(first[:min(len(first), maxPlanTime)], "下", "明年", "来年", "今后", "接下来", "新", "展望", "未来", "后续") {
		return ""
	}
	return planFirst.FindString(first)
}

// maxPlanTime is how many bytes at the beginning of a sentence can hold when.
const maxPlanTime = 30

// planOpening returns the words by which a paragraph turns to what will be done, or "". Its first sentence may only say
// what the coming year is.
func (d *doc) planOpening(first, rest string, says signals) string {
	if says&cueTime != 0 {
		if words := planTime(first); words != "" {
			return words
		}
	}
	if d.planYear > 0 && says&cueYear != 0 && strings.Contains(first[:min(len(first), maxPlanYear)], "年") {
		if words := d.planYearWords(first, rest, says); words != "" {
			return words
		}
	}
	switch {
	case says&cuePeriod != 0 && d.year > 0 && planPeriod.MatchString(first):
		return planPeriod.FindString(first)
	case says&cueAnswer == 0:
		return ""
	case d.kind != kindWorkReport && planAnswer.MatchString(first) && (says&cueNext != 0 || planWill.MatchString(first)):
		return planAnswer.FindString(first)
	case says&cueNext != 0 && (strings.HasPrefix(first, "针对") || strings.HasPrefix(first, "为解决")):
		return first[cueWords.find(first, cueNext):][:len("下步")]
	}
	return ""
}

// maxPlanYear is how many bytes at the beginning of a sentence can hold the year of plans.
const maxPlanYear = 60

func (d *doc) planYearWords(first, rest string, says signals) string {
	coming := func(year string) bool {
		y := yearOf(year)
		return y >= d.planYear && y < d.planYear+3
	}
	if m := planYearAt.FindStringSubmatch(first); m != nil && coming(m[1]) {
		if at := cueWords.find(first, says&cueShall); at >= 0 {
			return m[1] + "年…" + firstRunes(first[at:], 2)
		}
		if planIsYear.MatchString(first) {
			return m[1] + "年是…"
		}
		if next, _ := firstSentence(rest); next != "" && planWill.MatchString(next) {
			return m[1] + "年…" + planWill.FindString(next)
		}
	}
	if m := planYearOf.FindStringSubmatch(first); m != nil && coming(m[1]) && containsAny(first, "将", "要", "拟", "计划", "突出", "重点") {
		return m[1] + "年…工作"
	}
	return ""
}

// planWe is how a paragraph turns to plans without saying when: after problems that is enough.
var planWe = regexp.MustCompile(`^(?:我[区县市局省委厅办镇乡院处旗州盟]|我们|全[区县市局省镇乡])[^，,。]{0,8}(?:将|要)`)

// planNamed is how the answer to problems begins that have just been told.
var planNamed = regexp.MustCompile(`^(?:主要)?(?:改进|整改|解决|应对|工作|努力)(?:的)?(?:措施|举措|办法|方向|打算|情况|计划|建议|思路)(?:方面|如下|是|有)?[：:，,]|` +
	`^针对(?:上述|以上|这些|存在的?|前述|此类)[^，,。]{0,16}(?:问题|不足|短板|情况|困难)[，,]`)

// cueAfterProblems reads a cue that counts only after problems.
func cueAfterProblems(s string) cue {
	first, _ := firstSentence(s)
	if words := planNamed.FindString(first); words != "" {
		return cue{gongwen.RolePlan, "cue:" + words}
	}
	if words := planWe.FindString(first); words != "" && planWill.MatchString(first) {
		return cue{gongwen.RolePlan, "cue:" + words}
	}
	return cue{}
}

func containsAny(s string, words ...string) bool { return indexAny(s, words...) >= 0 }

// indexAny is the offset of the first of words that s contains, or -1.
func indexAny(s string, words ...string) int {
	for _, word := range words {
		if i := strings.Index(s, word); i >= 0 {
			return i
		}
	}
	return -1
}

// yearOf reads a year in Arabic or Chinese digits.
func yearOf(s string) int {
	var b strings.Builder
	for _, r := range s {
		switch {
		case digit(r) >= 0:
			b.WriteString(strconv.Itoa(digit(r)))
		case strings.ContainsRune("〇○零O", r):
			b.WriteByte('0')
		default:
			b.WriteString(strconv.Itoa(max(0, numeral.Digit(r))))
		}
	}
	y, err := strconv.Atoi(b.String())
	if err != nil {
		return 0
	}
	return y
}
