package commitment

import (
	"strings"

	"gongwen"
	"gongwen/indexer/header"
	"gongwen/indexer/pattern"
)

// kind is what a document is, as far as it promises.
type kind int

const (
	promisesNothing kind = iota
	promisesPlans        // a report: it has a part on plans, or a sentence here and there
	isPlan               // a plan: all of it is promised
	isReply              // a letter that answers proposals: facts, and what is done about each
)

// binding are the kinds (类别) of documents that bind others and promise nothing.
var binding = map[string]bool{"法律": true, "行政法规": true, "地方性法规": true, "司法解释": true, "命令": true, "决议": true, "批复": true, "函": true}

var (
	reportTitle = pattern.Compile(`(?:报告|总结|汇报|年报|情况)(?:的?(?:公告|通告|通报|公示|公报|函))?(?:[（(][^（）()]*[）)])?$`)
	planTitle   = pattern.Compile(`(?:工作要点|工作计划|(?:重点)?工作安排|重点任务(?:分工)?(?:方案)?|行动计划|年度计划|普法(?:依法治理)?规划|工作思路)(?:[（(][^（）()]*[）)])?》?(?:的通知)?(?:[（(][^（）()]*[）)])?$`)
	// reviewTitle is that of a plan with a report before it: 2023年工作总结和2024年工作安排.
	reviewTitle = pattern.Compile(`(?:总结|情况|回顾|汇报)(?:及其?|和|与|暨|以及|、)`)
	// replyTitle is that of letters which answer what deputies or people propose.
	replyTitle = pattern.Compile(`(?:提案|建议|议案|意见|来信)[^《》]{0,16}(?:答复|复函|回复|答复意见|办理意见)(?:的?函)?(?:[（(][^（）()]*[）)])?$`)
	// aside is what the parts of a plan are headed that hold no task.
	aside = pattern.Compile(`总体要求|指导思想|基本原则|工作原则|组织领导|组织实施|组织保障|实施保障|保障措施|工作要求|附则|总则|适用范围|有关要求|(?:发展|工作)(?:基础|环境|形势|现状)|面临的?形势|现状$|基本情况|主要成效`)
	// article heads a section of a norm, and ends the title of a record that is one.
	articleTitle = pattern.Compile(`第[一二三四五六七八九十百千零〇0-9]+[条條]$`)
	article      = pattern.Compile(`^第[一二三四五六七八九十百千零〇0-9０-９]+[条條]`)
)

// kindOf tells what the document promises by its kind, its title and the roles of its sections. It looks at no text, so
// that laws cost nothing.
func kindOf(d *gongwen.Document) kind {
	if replyTitle.MatchString(strings.TrimSpace(d.Title)) {
		return isReply
	}
	if binding[d.Kind] || articleTitle.MatchString(d.Title) || hasArticle(d.Sections) {
		return promisesNothing
	}
	switch title := strings.TrimSpace(d.Title); {
	case strings.HasSuffix(d.Kind, "报告"), reportTitle.MatchString(title):
		return promisesPlans
	case planTitle.MatchString(title) && !reviewTitle.MatchString(title):
		return isPlan
	case isPeriod(title) && hasPlan(d.Sections):
		return isPlan
	case planTitle.MatchString(title), hasPlan(d.Sections):
		return promisesPlans
	}
	return promisesNothing
}

func isPeriod(title string) bool {
	_, to := header.Period(title)
	return to > 0
}

// hasArticle reports whether one of the first sections, or of those below them, is an article.
func hasArticle(sections []gongwen.Section) bool {
	for i := range sections[:min(len(sections), maxLooked)] {
		s := &sections[i]
		if article.MatchString(s.Label) || hasArticle(s.Sections) {
			return true
		}
	}
	return false
}

// maxLooked is how many sections of a parent are looked at for articles.
const maxLooked = 12

func hasPlan(sections []gongwen.Section) bool {
	for i := range sections {
		if sections[i].Role == gongwen.RolePlan || hasPlan(sections[i].Sections) {
			return true
		}
	}
	return false
}

// workReport is the kind of the reports that are given in the year that they plan for.
const workReport = "政府工作报告"

// outlook is how a title names the year of the plans behind that of the report: 2022年预算执行情况和2023年预算草案的报告.
var outlook = pattern.Compile(`([12]\d{3})年(?:度)?[^年]{0,8}(?:计划|草案|安排|要点|打算|思路|任务)`)

// halfYear is what a title says of a report whose plans are for the rest of its year.
var halfYear = pattern.Compile(`上半年|半年度?(?:工作)?(?:总结|报告|情况)|下半年`)

// years are the first and the last one of what is planned; most plans are for one.
type years struct{ from, to int }

// planYears is planYear for plans of several years too: what they name no year of is for their last.
func planYears(d *gongwen.Document, k kind) (years, string) {
	if from, to := header.Period(d.Title); k == isPlan && to > 0 {
		return years{from, to}, "year:period"
	}
	y, rule := planYear(d, k)
	return years{y, y}, rule
}

// planYear is the year that the document's plans are for unless they say otherwise, and the rule that says so.
func planYear(d *gongwen.Document, k kind) (int, string) {
	switch {
	case d.Year == 0:
		// Plans are made at the beginning of their year.
		if y := d.Dated().Year(); y > 0 {
			return y, "year:dated"
		}
		return 0, ""
	case k != isPlan && titleYear(d.Title) >= d.Year:
		return titleYear(d.Title), "year:title"
	case d.Kind == workReport, strings.Contains(d.Title, workReport):
		return d.Year, "year:work report"
	case k == isReply && d.Dated().Year() > 0:
		return d.Dated().Year(), "year:dated"
	case k == isPlan, halfYear.MatchString(d.Title):
		return d.Year, "year:plan"
	}
	return d.Year + 1, "year:next"
}

// titleYear is the year of the plans that a title names besides the year of the report, or 0.
func titleYear(title string) int {
	all := outlook.FindAllStringSubmatch(title, -1)
	if len(all) == 0 || strings.Count(title, "年") < 2 {
		return 0
	}
	return number(all[len(all)-1][1])
}
