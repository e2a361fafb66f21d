package outline

import (
	"regexp"
	"strings"
)

// kind is what sort of document a text is, as far as its sections depend on it.
type kind int

const (
	kindReport     kind = iota
	kindWorkReport      // 政府工作报告: the year in its title is the year of its plans
	kindDisclosure      // 政府信息公开工作年度报告
	kindOther           // law, notice, measures: no report
)

// doc is a text while it is being split.
type doc struct {
	text     string // folded: what the rules read
	original string // what readers see; offsets are the same in both
	lines    []line
	kind     kind
	year     int // that the report is about, or 0
	planYear int // that its plans are for, or 0
	accepted []bool
	runsOn   [styleCount]bool // styles whose numbers run on across the parents
}

// maxOpening is how many bytes at the beginning tell what a document is.
const maxOpening = 3000

// Kinds of words that tell what a document is.
const (
	saysWork signals = 1 << iota
	saysDisclosure
	saysReport
	saysNotice
	saysNow // 现就…通知
)

var openingWords = newSignals(map[signals]string{
	saysWork:       "向大会 各位代表 审议",
	saysDisclosure: "信息公开",
	saysReport:     cross("报告 汇报 公告 公布 通报 总结 公开", "如下") + " 情况报告 情况的报告 年度报告 一年来 今年以来 过去一年 过去的一年 本报告",
	saysNotice: "印发给你们 印发给妳们 现印发 现予印发 现予以印发 遵照执行 贯彻执行 组织实施 认真执行 通知如下 决定如下 公告如下 通告如下 特制定 征求意见稿 作出如下 " +
		"决定： 决定: 现决定 予以废止 " + cross("提出 制定", "如 以", "下", "- 实施", "意见 方案 决定 规定") + " " +
		cross("制定 修订", "本", "办法 制度 预案 方案 细则 条例 法 规则 意见 通知 规定"),
	saysNow: "现就",
})

var (
	workReport = regexp.MustCompile(`向大会(?:作|报告)?(?:政府)?(?:工作|报告)|各位代表[：，！:,!]|审议.{0,24}政协`)
	disclosure = regexp.MustCompile(`政府信息公开(?:工作)?年度报告|信息公开(?:工作)?年(?:度)?报|《中华人民共和国政府信息公开条例》.{0,80}(?:报告|编制|要求)`)
	reviewed   = regexp.MustCompile(`(20[0-9]{2}|19[0-9]{2})年(?:度)?[^。\n]{0,16}?(?:回顾|工作情况|工作总结|主要工作|工作成效|主要成效|取得|进展|工作开展|完成情况)`)
)

// noticeAt is the offset at which a text says that it orders or announces something, or -1.
func noticeAt(opening string, says signals) int {
	at := -1
	if says&saysNotice != 0 {
		at = openingWords.find(opening, saysNotice)
	}
	for from := 0; says&saysNow != 0; {
		i := strings.Index(opening[from:], "现就")
		if i < 0 || at >= 0 && from+i > at {
			break
		}
		from += i + len("现就")
		if strings.Contains(firstRunes(opening[from:], 42), "通知") {
			return from
		}
	}
	return at
}

// newDoc reads what the document is and which year its plans are for.
func newDoc(text string, lines []line, year int) *doc {
	d := &doc{text: text, lines: lines, year: year}
	opening := text[:min(len(text), maxOpening)]
	d.kind = kindOf(opening, lines, year)
	if d.kind == kindWorkReport && d.year == 0 {
		d.year = workYear(lines)
	}
	if d.year == 0 && d.kind != kindOther {
		d.year = mainYear(opening)
	}
	switch {
	case d.year == 0:
	case d.kind == kindWorkReport && !d.plansFor(d.year+1):
		d.planYear = d.year
	default:
		d.planYear = d.year + 1
	}
	return d
}

// plansFor reports whether a heading names plans for a year: courts and procuratorates call the report on 2024, given in 2025,
// that of 2024.
func (d *doc) plansFor(year int) bool {
	for i := range d.lines {
		heading := d.lines[i].text
		if len(heading) > maxPlanHeading || !planPart.MatchString(heading) {
			continue
		}
		if y, _ := findYear(heading, "年"); y == year {
			return true
		}
	}
	return false
}

// maxPlanHeading is how long in bytes a line may be to be taken for the heading of plans.
const maxPlanHeading = 90

func kindOf(opening string, lines []line, year int) kind {
	articles, chapters := 0, 0
	for i := range lines {
		switch lines[i].label.style {
		case styleArticle:
			articles++
		case styleChapter:
			chapters++
		}
	}
	if articles > 0 && articles+chapters >= 3 { // reports have chapters too
		return kindOther
	}
	head := opening[:min(len(opening), 900)]
	says := openingWords.signals(opening)
	if says&saysWork != 0 && workReport.MatchString(head) && !strings.Contains(head, "公开条例") {
		return kindWorkReport
	}
	if says&saysDisclosure != 0 && disclosure.MatchString(opening) || standardChapters(lines) >= 3 {
		return kindDisclosure
	}
	said, notice := openingWords.find(opening, says&saysReport), noticeAt(opening, says)
	parts := (said < 0 || notice >= 0 && notice < said) && reportParts(lines)
	switch {
	case parts, said >= 0 && (notice < 0 || said <= notice), year > 0 && said < 0 && notice < 0:
		return kindReport
	case notice >= 0:
		return kindOther
	}
	if y, _ := findYear(head, "年"); y > 0 && (strings.Contains(head, "我") || strings.Contains(head, "全")) {
		return kindReport
	}
	return kindOther
}

// standardChapters counts the chapters that the form for disclosure reports prescribes.
func standardChapters(lines []line) int {
	n := 0
	for i := range lines {
		if lines[i].label.style != styleHan {
			continue
		}
		rest := lines[i].text[lines[i].label.size:]
		for _, chapter := range []string{"总体情况", "主动公开政府信息情况", "收到和处理", "政府信息公开行政复议", "存在的主要问题及改进", "其他需要报告"} {
			if strings.HasPrefix(rest, chapter) {
				n++
			}
		}
	}
	return n
}

// reportParts reports whether a heading or a paragraph names problems or plans, as only reports do.
func reportParts(lines []line) bool {
	for i := range lines {
		l := &lines[i]
		rest := l.text[l.label.size:]
		if longer(rest, maxPlain) {
			first, _ := firstSentence(rest)
			says := cueWords.signals(first)
			if words, _ := admits(first, says); words != "" || says&cueTime != 0 && planTime(first) != "" {
				return true
			}
			continue
		}
		if l.label.style != styleNone {
			if role := headingRole(rest); role.rule != "" && (role.mixed || strings.Contains(rest, "存在") || strings.Contains(rest, "下一步")) {
				return true
			}
		}
	}
	return false
}

// mainYear is the year of which the opening speaks first.
func mainYear(opening string) int {
	if y, _ := findYear(opening, "年"); y == 0 {
		return 0
	}
	if m := reviewed.FindStringSubmatch(opening); m != nil {
		return yearOf(m[1])
	}
	y, _ := findYear(opening, "年")
	return y
}

// workYear is the year of a work report: the one after the year that its first heading reviews.
func workYear(lines []line) int {
	for i := range lines {
		l := &lines[i]
		if l.label.style == styleNone || longer(l.text, maxHeading) {
			continue
		}
		if y, _ := findYear(l.text, "年"); y > 0 {
			if strings.Contains(l.text, "回顾") {
				return y + 1
			}
			return y
		}
	}
	return 0
}
