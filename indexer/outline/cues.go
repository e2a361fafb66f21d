package outline

import (
	"regexp"
	"strconv"
	"strings"

	"gongwen"
)

// cue is what the beginning of a paragraph announces where no heading does: a part on problems or on next year.
type cue struct {
	role gongwen.Role
	rule string
}

// maxCue is the number of characters of a paragraph's first sentence in which a cue is looked for.
const maxCue = 130

// Problems that a government admits of itself: a verb of having or seeing, and the problems as its object.
var (
	problemWords = regexp.MustCompile(`问题|不足|差距|短板|薄弱|困难|弱项|挑战|不够|有待`)
	problemHave  = regexp.MustCompile(`(?:存在|还有|仍有|尚有|也有|面临|有着|看到|认识到|意识到|发现)[^。；：]{0,60}?` +
		`(?:问题|不足|差距|短板|薄弱|困难|弱项|挑战)`)
	// problemSober alone is enough: what one sees soberly beside the success are its limits.
	problemSober = regexp.MustCompile(`^(?:但|但是|同时|与此同时|(?:在)?(?:肯定|看到|总结|取得|充分)[^。]{0,30}的同时|在(?:充分)?肯定成绩[^。]{0,20})[，,]?[^。，,：:]{0,20}(?:清醒|清楚|冷静|客观)(?:地|的)?(?:认识|看|意识)到`)
	// problemNamed is a heading that runs into its paragraph.
	problemNamed = regexp.MustCompile(`^(?:目前|当前|工作中)?(?:存在)?(?:的)?(?:主要|突出)?(?:问题|不足|短板|差距)(?:之处)?(?:[和与及、](?:问题|不足|短板|差距|困难|原因))*(?:主要)?(?:有|是|如下)?[：:]`)
	problemTurn  = regexp.MustCompile(`^(?:.{0,60}?)(?:清醒|清楚|深刻|客观|冷静|充分)(?:地|的)?(?:认识|看|意识)到|` +
		`^.{0,80}?(?:仍|还|也|依然|尚|但|离|与|同|和).{0,40}?(?:不小的?差距|一定的?差距|较大的?差距|有(?:待|差距)|差距(?:较大|明显|不小|很大|还(?:较|很)?大))|` +
		`^(?:虽然|尽管|但|但是|同时|不过|然而|应当看到|应该看到|必须看到|也要看到|在(?:肯定|看到|总结|取得)|` +
		`对照|对标|面对|回顾|总体|总的|从总体|当前|目前|此外|另外|与此同时|我们|我[区县市局省委厅办镇乡院处]|(?:\d{4}年(?:度)?|一年来|今年|过去一年).{0,30}?(?:虽|但))` +
		`|^(?:工作|主要|当前|目前)?.{0,12}?(?:存在|仍有|还有|尚有)`)
	// What is found, put right or answered is a result and no admission.
	problemSolved = regexp.MustCompile(`(?:针对|围绕|聚焦|解决|整改|化解|破解|查摆|排查|查找|反馈|处理|纠正|督促|研究|协调|通报|督办|梳理|查处|攻克|着力|切实|及时|发现)` +
		`[^。；]{0,24}?(?:问题|不足|差距|短板|困难|薄弱|弱项)|问题导向|(?:问题|困难)[^。，；]{0,6}(?:得到|有效|已|全部)`)
	problemAdmit = regexp.MustCompile(`(?:仍|还|依然|依旧|尚|也)[^。；：]{0,16}?(?:存在|有|面临|需)|清醒|不容忽视|主要(?:是|有|表现|体现)|以下(?:问题|不足)`)
)

// What begins a part on next year.
var (
	planWords = regexp.MustCompile(`将|要|思路|目标|下一|下步|明年|来年|今后|打算|计划|新的一年|接下来|重点|展望|拟|努力|继续`)
	planFirst = regexp.MustCompile(`^(?:在|对于|关于)?(?:下一步|下一阶段|下一年|下步|下阶段|明年|来年|今后|接下来|新的一年|新年度|展望|未来[一三五]年|下一个年度)`)
	planWill  = regexp.MustCompile(`(?:将|要)(?:继续|以|从|在|按|按照|重点|着力|着重|坚持|进一步|深入|紧紧|紧扣|全面|认真|围绕|切实|努力|把|持续|扎实|严格|不断|` +
		`突出|抓|做|加|聚焦|牢|立足|主动|积极|针对|采取|大力|充分|严|强化|结合|贯彻|根据|对|推|全力|着眼|更加|统筹|始终|通过|牢固)|` +
		`(?:着力|重点|着重|主要|突出|扎实|集中)(?:从|在|做好|抓好|抓|推进|围绕|开展|完成)|(?:计划|打算|拟)(?:从|在|做好|开展|推进|抓)|打算|的(?:总体)?(?:思路|目标)是`)
	planShall  = regexp.MustCompile(`将|[，,][^，,]{0,12}要|目标|思路|计划|打算|重点`)
	planAnswer = regexp.MustCompile(`^(?:针对|对于|为解决|为此|对此|面对)(?:.{0,24}?(?:问题|不足|差距|短板|情况|困难))?[，,](?:.{0,40}?)(?:将|要|下一步|下步|今后|拟)`)
	planYearAt = regexp.MustCompile(`^(?:展望)?([12２][0-9０-９]{3}|二[〇○零O0][一二三四五六七八九〇○零]{2})年(?:度)?(?:[，,、：:]|是|我|全|将|要|政|工|的|区|县|市|省|局)`)
)

// vocatives stand before the first sentence of a speech.
var vocatives = []string{"各位代表！", "各位代表!", "各位代表，", "各位代表,", "各位代表：", "同志们！", "同志们："}

// firstSentence is where a cue can stand: the beginning of the paragraph up to its first stop.
func firstSentence(s string) string {
	for _, v := range vocatives {
		s = strings.TrimPrefix(s, v)
	}
	s = firstRunes(s, maxCue)
	if i := strings.IndexAny(s, "。！？"); i >= 0 {
		s = s[:i]
	}
	return s
}

// cueOf reads the cue at the beginning of a paragraph, if there is one.
func (d *doc) cueOf(s string) cue {
	if itemStart(s) {
		return cue{}
	}
	first := firstSentence(s)
	if words := planOpening(first, d.planYear); words != "" {
		// 2022年，我区法治政府建设虽取得成绩，但仍存在…问题 speaks of the past.
		if !(problemAdmit.MatchString(first) && problemHave.MatchString(first) && !planFirst.MatchString(first)) {
			return cue{gongwen.RolePlan, "cue:" + words}
		}
	}
	if words := problemOpening(first); words != "" {
		return cue{gongwen.RoleProblems, "cue:" + words}
	}
	return cue{}
}

// planWe is how a paragraph turns to plans without saying when: after problems that is enough.
var planWe = regexp.MustCompile(`^(?:我[区县市局省委厅办镇乡院处旗州盟]|我们|全[区县市局省镇乡])[^，,。]{0,8}(?:将|要)`)

// planNamed is how the answer to problems begins that have just been told.
var planNamed = regexp.MustCompile(`^(?:主要)?(?:改进|整改|解决|应对|工作|努力)(?:的)?(?:措施|举措|办法|方向|打算|情况|计划|建议|思路)(?:方面|如下|是|有)?[：:，,]|` +
	`^针对(?:上述|以上|这些|存在的?|前述|此类)[^，,。]{0,16}(?:问题|不足|短板|情况|困难)[，,]`)

// cueAfterProblems reads a cue that counts only after problems.
func cueAfterProblems(s string) cue {
	first := firstSentence(s)
	if words := planNamed.FindString(first); words != "" {
		return cue{gongwen.RolePlan, "cue:" + words}
	}
	if words := planWe.FindString(first); words != "" && planWill.MatchString(first) {
		return cue{gongwen.RolePlan, "cue:" + words}
	}
	return cue{}
}

// problemOpening returns the words by which a first sentence admits problems, or "".
func problemOpening(first string) string {
	for _, alone := range []*regexp.Regexp{problemSober, problemNamed} {
		if words := alone.FindString(first); words != "" {
			return words
		}
	}
	// A colon ends what can be the announcement; what follows is the list of problems.
	if i := strings.IndexAny(first, "：:"); i >= 0 {
		first = first[:i]
	}
	if !problemWords.MatchString(first) {
		return ""
	}
	turn := problemTurn.FindString(first)
	if turn == "" {
		return ""
	}
	have := problemHave.FindString(first)
	if have == "" && !strings.Contains(turn, "差距") && !strings.Contains(turn, "有待") && !strings.Contains(first, "不够") {
		return ""
	}
	if problemSolved.MatchString(first) && !problemAdmit.MatchString(first) {
		return ""
	}
	if !problemAdmit.MatchString(first) && !strings.Contains(first, "存在") && !strings.Contains(turn, "差距") {
		return ""
	}
	if have == "" {
		have = problemWords.FindString(first)
	}
	return firstRunes(have, 16)
}

// planOpening returns the words by which a first sentence turns to what will be done, or "". planYear is the year that
// the plans are for, or 0.
func planOpening(first string, planYear int) string {
	if !planWords.MatchString(first) {
		return ""
	}
	if words := planFirst.FindString(first); words != "" {
		return words
	}
	if m := planYearAt.FindStringSubmatch(first); m != nil && planYear > 0 {
		if y := yearOf(m[1]); y >= planYear && y < planYear+3 {
			for _, will := range []*regexp.Regexp{planWill, planShall} {
				if words := will.FindString(first); words != "" {
					return m[1] + "年…" + words
				}
			}
		}
	}
	if planAnswer.MatchString(first) {
		return "针对…将"
	}
	return ""
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
			b.WriteString(strconv.Itoa(hanDigit(r)))
		}
	}
	y, err := strconv.Atoi(b.String())
	if err != nil {
		return 0
	}
	return y
}
