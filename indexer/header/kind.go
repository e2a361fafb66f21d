package header

import (
	"strings"
)

// The kinds (类别) that a document can be of. They are values that readers choose from, so each page gets one of them.
const (
	kindRuleOfLaw   = "法治政府建设年度报告"
	kindWorkReport  = "政府工作报告"
	kindDisclosure  = "政府信息公开年度报告"
	kindNotice      = "通知"
	kindNormative   = "规范性文件"
	kindOther       = "其他"
	kindLaw         = "法律"
	kindRegulation  = "行政法规"
	kindLocal       = "地方性法规"
	kindInterpreted = "司法解释"
)

var (
	aboutDocument = compile(`(?:解读|图解|问答|说明|新闻发布会)(?:\([^()]*\))?$|^【[^】]*解读】|^(?:一图读懂|一图看懂|图解|图说|解读|(?:文字|图片|视频|动漫|专家|部门|政策)解读)`)
	reportEnd     = compile(`(?:报告书?|年报|总结|汇报)(?:\([^()]*\))*$`)
	ruleOfLaw     = compile(`法治政府|依法行政|法治建设|依法治[市县区省州]`)
	disclosure    = compile(`信息公开`)
	workReport    = compile(`政府工作(?:的)?报告`)
	rules         = compile(`(?:办法|规定|细则|规则|规范|准则|基准|实施意见|制度|规程|标准)(?:\([^()]*\))*$`)
	opinion       = compile(`意见(?:\([^()]*\))*$`)
	lawEnd        = compile(`^中华人民共和国.*(?:法|法典|修正案(?:\([^()]*\))?|宪法)(?:\([^()]*\))*$|^全国人民代表大会.*(?:决定|决议)$`)
	regulationEnd = compile(`条例(?:\([^()]*\))*$`)
	courtTitle    = compile(`^最高人民(?:法院|检察院)`)
	simpleKinds   = compile(`(通知|通告|公告|公报|决定|决议|批复|复函|函|命令|令|纪要|通报|公示|议案)(?:\([^()]*\))*$`)
	issuedText    = compile(`印发给你们|印发你们|现予印发|现印发|予以印发|转发给你们|请(?:认真)?(?:遵照|贯彻|组织)(?:执行|实施)`)
	ruleNumber    = compile(`规(?:发|字)?〔`)
	disclosed     = compile(`主动公开政府信息|收到和处理.*信息公开申请|收到和处理申请`)
)

// outlook is what a report's title adds on the next year: 2019年工作总结和2020年工作计划 is about 2019.
var outlook = compile(`((?:总结|报告|情况))(?:和|及|暨|以及|、)(?:(?:19|20)\d\d年|下一年|下一步|明年).{0,16}(?:计划|打算|要点|安排|思路|重点)$`)

func withoutOutlook(title string) string { return outlook.ReplaceAllString(title, "$1") }

// kindOf tells the kind by the title, and by the text where the title is lost.
func (p *page) kindOf(number string) string {
	title := withoutOutlook(tight(narrow(p.title)))
	if title == "" {
		return p.kindOfText()
	}
	switch {
	case aboutDocument.MatchString(title):
		return kindOther
	case reportEnd.MatchString(title) && disclosure.MatchString(title):
		return kindDisclosure
	case workReport.MatchString(title) && reportEnd.MatchString(title):
		return kindWorkReport
	case ruleOfLaw.MatchString(title) && (reportEnd.MatchString(title) || yearOfTitle(title) != 0 && strings.HasSuffix(title, "情况")):
		return kindRuleOfLaw
	case courtTitle.MatchString(title) && !strings.HasSuffix(title, "通知"):
		return kindInterpreted
	case lawEnd.MatchString(title):
		return kindLaw
	case regulationEnd.MatchString(title) && !aboutWord.MatchString(title), p.lawmaker() != "" && ruleEnd.MatchString(title):
		if kind := p.lawmaker(); kind != "" {
			return kind
		}
		if localTitle.MatchString(title) {
			return kindLocal
		}
		return kindRegulation
	case ruleNumber.MatchString(number), rules.MatchString(title), p.ranked("规范性文件"):
		return kindNormative
	case opinion.MatchString(title):
		if number != "" {
			return kindNormative
		}
		return "意见"
	}
	if m := simpleKinds.FindStringSubmatch(title); m != nil {
		switch m[1] {
		case "复函":
			return "函"
		case "令", "命令":
			return "命令"
		}
		return m[1]
	}
	return kindOther
}

var (
	ruleEnd    = compile(`(?:条例|办法|规定|规则|细则|章程)(?:\([^()]*\))*$`)
	localTitle = compile(`省|市|自治区|自治州|自治县|特区|新区`)
	byCongress = compile(`人民代表大会`)
	byNational = compile(`全国人民代表大会|届全国人大`)
	byCouncil  = compile(`国务院.{0,24}(?:令|会议)|国务院.{0,6}(?:发布|公布|批准)`)
)

// lawmaker tells by the lines on how a rule came about who made it: the State Council, a congress, or "" for others.
func (p *page) lawmaker() string {
	for _, l := range p.lines[:min(len(p.lines), p.first+6)] {
		switch {
		case !isHistory(l.key):
		case byCouncil.MatchString(l.key):
			return kindRegulation
		case byNational.MatchString(l.key):
			return kindLaw
		case byCongress.MatchString(l.key):
			return kindLocal
		}
	}
	return ""
}

// kindOfText tells the kind of a text without a title.
func (p *page) kindOfText() string {
	title := tight(narrow(p.inText()))
	text := p.opening(8)
	switch {
	case disclosure.MatchString(title) && reportEnd.MatchString(title):
		return kindDisclosure
	case ruleOfLaw.MatchString(title) && reportEnd.MatchString(title):
		return kindRuleOfLaw
	case p.ranked("规范性文件"):
		return kindNormative
	case issuedText.MatchString(text):
		return kindNotice
	case strings.HasPrefix(text, "各位代表"):
		return kindWorkReport
	}
	for _, l := range p.lines[p.first:min(p.end, p.first+40)] {
		if disclosed.MatchString(l.key) {
			return kindDisclosure
		}
	}
	return kindOther
}

// ranked reports whether a label tells that the document is of a legal rank.
func (p *page) ranked(word string) bool {
	for _, e := range p.entries {
		if e.field == rankField && strings.Contains(e.value.key, word) {
			return true
		}
	}
	return false
}

// longestOpening is how many bytes of one of the first lines are looked at: those of a page that lost its line breaks
// go on with the whole text.
const longestOpening = 6000

// opening joins the first lines of the body.
func (p *page) opening(lines int) string {
	var b strings.Builder
	for _, l := range p.lines[p.first:min(p.end, p.first+lines)] {
		b.WriteString(head(l.key, longestOpening))
		b.WriteByte('\n')
	}
	return b.String()
}

// announced is the title of a report that its first sentence names, from 将 on: 现将某某报告予以公布.
var announced = compile(`^将(.{4,60}?(?:报告|年报))(?:\(以下简称[^)]*\))?(?:情况)?(?:予以|向社会|公布|公开|发布|如下|报告)`)

// titleInText returns the name by which the first sentences present the document, or "".
func (p *page) titleInText() string {
	for _, l := range p.lines[p.first:min(p.end, p.first+4)] {
		text := head(l.key, longestOpening)
		for at := strings.Index(text, "将"); at >= 0; {
			text = text[at:]
			if m := announced.FindStringSubmatch(text); m != nil {
				return m[1]
			}
			if at = strings.Index(text[len("将"):], "将"); at >= 0 {
				at += len("将")
			}
		}
	}
	return ""
}

// KindOther is the kind of what no rule knows.
const KindOther = kindOther
