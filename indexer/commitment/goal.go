package commitment

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/indexer/numeral"
	"gongwen/indexer/pattern"
)

// goal is a number that an item promises.
type goal struct {
	value     gongwen.Decimal
	unit      string
	qualifier gongwen.Qualifier
	at        unit
}

// goalUnits are the measures of what is promised; times are none, except hours of lessons.
const goalUnits = `成|卷|分|个百分点|百分点|%|‰|平方公里|平方千米|平方米|立方米|公里|千米|万亩|亩|公顷|吨|千瓦时|千瓦|亿元|万元|元|人次|户次|家次|人|名|位|个|家|户|件|项|次|批|篇|种|处|座|所|场|期|轮|支|条|辆|台|套|部|份|张|间|类|宗|起|例|册|幅|块|株|头|只|艘|架|门|课时|学时|路|倍|斤|公斤|担|石|公方|立方|岁|镇|村|街道|乡|县`

var (
	// goalAhead stands before a number, and goalPattern is what follows it.
	goalAhead   = strings.Fields("不少于 不低于 至少 不得少于 不得低于 不超过 不高于 不多于 至多 控制在 低于 少于 超过 突破 高于 约 近 接近")
	goalPattern = regexp.MustCompile(`^((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|百分之[一二三四五六七八九十百零]+(?:点[一二三四五六七八九零〇]+)?|[一二两三四五六七八九十百千][一二两三四五六七八九十百千万亿零]*)(百|千|万|亿|万亿)?(余|多)?(` +
		goalUnits + `)?(以上|以下|以内|左右|及以上|之内)?`)
	// reach is how a sentence leads to the number that is its goal.
	reach = pattern.Compile(`(?:达到?|达成|提高到|提升到|提升至|提高至|增加到|增至|增加至|扩大到|扩大至|上升到|保持在|稳定在|控制在|降到|降至|下降到|降低到|压缩到|压缩至|压减到|压减|下降|降低|减少|增长|增加|提高|提升|新增|新建|建成|建设|培育|培养|完成|实现|总数达到|总数|接入|选聘|聘请|配齐|配备|引进|选派|录入|为|是)(?:到|至|了)?$`)
	// noGoal precedes numbers that say how often, or what there is already.
	noGoal = pattern.Compile(`(?:第|每[^,]{0,6}|剩余(?:的)?|余下(?:的)?|其余|现有(?:的)?|原有(?:的)?|[^标]的|“|“[^”]*|《[^》]*|[(][^()]*|满|低于|-|年|月|最|一|不超过)$`)
	// atLeast stands before the verb: 至少落实1名.
	atLeast   = pattern.Compile(`至少[^,。\d]{1,5}$`)
	timeAfter = pattern.Compile(`^(?:年|月|日|天|周|小时|分钟|个?工作日|季度|个月|个小时|时|分(?:[^数以]|$)|级|五”|号|条热线|[-－])`)
)

// findGoal reads the number that the item promises: a rate before an amount, what is said to be reached before what merely
// stands there, and where all is equal the last of rates and the first of amounts.
func findGoal(text string) (goal, bool) {
	if !strings.ContainsAny(text, "0123456789") && !strings.ContainsAny(text, "二两三四五六七八九十百千") {
		return goal{}, false
	}
	masked := mask(clip(text, maxRead))
	var best goal
	weight := 0
	for at := 0; at < len(masked); {
		c, size := next(masked[at:])
		if !isGoalDigit(c) || !measured(masked[at:]) {
			at += size
			continue
		}
		m := goalPattern.FindStringSubmatchIndex(masked[at:])
		if m == nil {
			at += size
			continue
		}
		g, w := readGoal(masked, at, m)
		if w > weight || w == weight && w >= rateWeight {
			best, weight = g, w
		}
		at += m[1]
	}
	return best, weight > 0
}

// isGoalDigit reports what a number begins with.
func isGoalDigit(c rune) bool {
	if c < firstHan {
		return '0' <= c && c <= '9'
	}
	switch c {
	case '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千':
		return true
	}
	return false
}

// isGoalScale reports what may stand between the beginning of a number and its measure.
func isGoalScale(c rune) bool {
	switch c {
	case '.', ',', '万', '亿', '余', '多', '零':
		return true
	}
	return isGoalDigit(c)
}

// measured reports whether a measure may follow the number that s begins with. Most words with 一 end here.
func measured(s string) bool {
	if strings.HasPrefix(s, "百分之") {
		return true
	}
	rest := strings.TrimLeftFunc(s, isGoalScale)
	c, _ := next(rest)
	return rest != "" && strings.ContainsRune(goalMeasures, c)
}

// goalMeasures begin the measures of goalUnits, those of 千瓦 and 千米 with what is left behind 千.
var goalMeasures = func() string {
	all := "瓦米"
	for _, unit := range strings.Split(goalUnits, "|") {
		all += runesOf(unit, 1)
	}
	return all
}()

const rateWeight = 8

// written is a number as it is written: what stands ahead of it, its digits and scale, its measure and what stands behind.
type written struct {
	ahead, digits, scale, more, measure, behind string
	before, after                               string // the text before it and behind its digits
	rest                                        string // the text behind all of it
	arabic, share                               bool
}

// readGoal reads a match of goalPattern at offset at and weighs it; no weight says that it is no goal.
func readGoal(s string, at int, m []int) (goal, int) {
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[at+m[2*i] : at+m[2*i+1]]
	}
	start, end := at, at+m[1]
	for _, word := range goalAhead {
		if strings.HasSuffix(s[:at], word) {
			start = min(start, at-len(word))
		}
	}
	w := written{s[start:at], part(1), part(2), part(3), part(4), part(5), tail(s[:start], maxBefore), s[at+m[3]:], s[end:], false, false}
	w.arabic = w.digits[0] >= '0' && w.digits[0] <= '9'
	w.share = strings.HasPrefix(w.digits, "百分之")
	if !w.promised() {
		return goal{}, 0
	}
	g := goal{at: unit{start: start, end: end}}
	g.value, g.unit = w.value()
	if g.value == "" {
		return goal{}, 0
	}
	if c, size := next(w.rest); w.measure == "成" && (c == '半' || numeral.Digit(c) > 0) {
		g.at.end += size
	}
	if places[w.measure] { // 8镇: what is counted has no measure
		g.at.end -= len(w.measure)
	}
	if w.ahead == "控制在" { // it is the verb: 控制在5%以内
		g.at.start += len(w.ahead)
		w.before, w.ahead = tail(s[:g.at.start], maxBefore), ""
	}
	g.qualifier = qualifier(w.ahead, w.more, w.behind)
	weight := 1
	if g.unit == "%" || g.unit == "百分点" || g.unit == "‰" {
		weight = rateWeight
	}
	if reach.MatchString(w.before) {
		weight += 4
	}
	if g.qualifier != "" || w.ahead == "" && atLeast.MatchString(w.before) {
		weight += 3
	}
	return g, weight
}

var (
	notTenths = pattern.Compile(`^(?:立|功|为|果|效|员|本|都|品|长|绩|套|年)`)
	// standing and placed are around the number of those places in which something shall be: 在县城和4个中心镇建设….
	standing = pattern.Compile(`(?:^|[,。;])在[^,。;]{0,8}$`)
	placed   = pattern.Compile(`^[^,。;]{0,4}(?:镇|乡|街道|村|社区|县|区|市)`)
	// places count without a measure.
	places = map[string]bool{"镇": true, "村": true, "街道": true, "乡": true, "县": true}
	// bodies are counted by 个 and make no names with it.
	bodies = pattern.Compile(`^(?:新|小型|大型|中型)?(?:企业|工厂|县|乡|镇|村|社区|公社|农场|车间|项目|水库|电站|示范点|示范村)`)
	// named are measures with which Chinese numerals make names: 三项制度, 五个方面.
	named = map[string]bool{"项": true, "类": true, "个": true, "部": true}
)

// promised reports whether the number may be a goal: it has a measure, is no time, no name, no rhythm and no count of what
// there is.
func (w *written) promised() bool {
	switch {
	case w.measure == "" && !w.share, w.measure != "分" && timeAfter.MatchString(w.after), strings.HasSuffix(w.before, "第"):
		return false
	case w.ahead == "" && noGoal.MatchString(w.before):
		return false
	case w.measure == "分" && (w.ahead == "" || strings.HasPrefix(w.rest, "之")), w.measure == "成" && (w.arabic || w.digits == "一" || notTenths.MatchString(w.rest)):
		return false
	case standing.MatchString(w.before) && placed.MatchString(w.after), w.behind != "" && w.ahead == "" && w.measure != "%" && strings.HasPrefix(w.rest, "的"):
		return false // what is there already, and which ones are meant
	case w.arabic || w.share:
		return true
	case w.digits == "一" && (w.ahead != "" || atLeast.MatchString(w.before)):
		return true
	case w.digits == "一", places[w.measure], w.measure == "期":
		return false
	}
	return !named[w.measure] || w.measure == "个" && bodies.MatchString(w.rest) || w.ahead != "" || w.behind != "" || w.digits+w.measure == "两项"
}

// value is the number multiplied out and its unit; the value is "" where it cannot be read.
func (w *written) value() (gongwen.Decimal, string) {
	digits := strings.ReplaceAll(w.digits, ",", "")
	if !w.arabic {
		digits = strings.TrimPrefix(digits, "百分之")
		n := numeral.Read(digits)
		if n.End != len(digits) || n.Form != numeral.Words && n.Form != numeral.Serial {
			return "", ""
		}
		digits = strconv.FormatInt(n.Digits, 10) + "e-" + strconv.Itoa(n.Scale)
	}
	scale, measure := w.scale, w.measure
	switch {
	case w.share:
		scale, measure = "", "%"
	case measure == "成":
		digits, measure = w.tenths(digits), "%"
	case measure == "个百分点":
		measure = "百分点"
	case measure == "万亩", measure == "万元", measure == "亿元":
		first := runesOf(measure, 1)
		scale, measure = scale+first, measure[len(first):]
	case places[measure]:
		measure = ""
	}
	value := decimal(digits, scale)
	if !value.Valid() {
		return "", ""
	}
	return value, measure
}

// tenths makes hundredths of tenths: of 九成 in 九成半 95.
func (w *written) tenths(digits string) string {
	n, ok := new(big.Rat).SetString(digits)
	if !ok {
		return ""
	}
	n.Mul(n, big.NewRat(10, 1))
	if c, _ := next(w.rest); c == '半' {
		n.Add(n, big.NewRat(5, 1))
	} else if d := numeral.Digit(c); d > 0 {
		n.Add(n, big.NewRat(int64(d), 1))
	}
	return n.FloatString(2)
}

// runesOf is the first n characters of s.
func runesOf(s string, n int) string {
	end := 0
	for range n {
		_, size := next(s[end:])
		end += size
	}
	return s[:end]
}

// qualifiers are what the words around a number say of it.
var qualifiers = map[string]gongwen.Qualifier{
	"约": gongwen.QualifierAbout, "左右": gongwen.QualifierAbout, "近": gongwen.QualifierNear, "接近": gongwen.QualifierNear,
	"不少于": gongwen.QualifierAtLeast, "不低于": gongwen.QualifierAtLeast, "至少": gongwen.QualifierAtLeast, "不得少于": gongwen.QualifierAtLeast,
	"不得低于": gongwen.QualifierAtLeast, "以上": gongwen.QualifierAtLeast, "及以上": gongwen.QualifierAtLeast,
	"不超过": gongwen.QualifierAtMost, "不高于": gongwen.QualifierAtMost, "不多于": gongwen.QualifierAtMost, "至多": gongwen.QualifierAtMost,
	"以下": gongwen.QualifierAtMost, "以内": gongwen.QualifierAtMost, "之内": gongwen.QualifierAtMost,
	"低于": gongwen.QualifierUnder, "少于": gongwen.QualifierUnder,
	"超过": gongwen.QualifierOver, "突破": gongwen.QualifierOver, "高于": gongwen.QualifierOver, "余": gongwen.QualifierOver, "多": gongwen.QualifierOver,
}

// qualifier is what the first of the words says that says anything.
func qualifier(words ...string) gongwen.Qualifier {
	for _, w := range words {
		if q := qualifiers[w]; q != "" {
			return q
		}
	}
	return ""
}

// decimal is the number written in digits times its scale, in its shortest form.
func decimal(digits, scale string) gongwen.Decimal {
	n, ok := new(big.Rat).SetString(digits)
	if !ok || len(digits) > 24 {
		return ""
	}
	for _, c := range scale {
		n.Mul(n, big.NewRat(map[rune]int64{'百': 100, '千': 1000, '万': 1e4, '亿': 1e8}[c], 1))
	}
	text := n.FloatString(12)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	return gongwen.Decimal(text)
}
