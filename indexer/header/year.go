package header

import (
	"strconv"
	"strings"
)

var (
	titleYear   = compile(`((?:19|20)\d\d)(?:年度?|[-—–~至](?:20)?\d\d年)`)
	titleRange  = compile(`((?:19|20)\d\d)年?[-—–~至]+((?:19|20)\d\d)年?`)
	hanYear     = compile(`([一二][〇零一二三四五六七八九OＯ]{3})年`)
	periodText  = compile(`(?:期限|时间|数据|统计|自|从|为).{0,8}?((?:19|20)\d\d)年1月1日.{0,3}?(?:至|到|起至|-|—)`)
	reportedOn  = compile(`现?将.{0,20}?((?:19|20)\d\d)年度?.{0,30}?(?:报告|情况|工作)`)
	yearOpening = compile(`^((?:19|20)\d\d)年度?[,，是]`)
	meetingYear = compile(`((?:19|20)\d\d)年\d{1,2}月\d{1,2}日.*上`)
)

// yearOf is the year that the document is about: the one in its title (the last of several), else, for a report, the
// period that it reports on. The year of publication says nothing about it.
func (p *page) yearOf(kind string) int {
	title := withoutOutlook(tight(narrow(p.title)))
	if y := yearOfTitle(title); y != 0 {
		return y
	}
	if kind != kindRuleOfLaw && kind != kindDisclosure && kind != kindWorkReport {
		return 0
	}
	if y := yearOfTitle(tight(narrow(p.inText()))); y != 0 {
		return y
	}
	if kind == kindWorkReport {
		for _, l := range p.lines[:p.first] {
			if m := meetingYear.FindStringSubmatch(l.key); m != nil && subtitle.MatchString(l.key) {
				return digits(m[1])
			}
		}
		return 0
	}
	text := p.opening(4)
	for _, pattern := range []*pattern{periodText, reportedOn, yearOpening} {
		if m := pattern.FindStringSubmatch(text); m != nil {
			return digits(m[1])
		}
	}
	for _, l := range p.lines[p.first:min(p.end, p.first+4)] {
		if m := yearOpening.FindStringSubmatch(l.key); m != nil {
			return digits(m[1])
		}
	}
	return 0
}

// yearOfTitle returns the last year that a title names; the year of a document number is none.
func yearOfTitle(title string) int {
	found := findNumbers(title)
	for i := len(found) - 1; i >= 0; i-- {
		title = title[:found[i].Span.Start] + title[found[i].Span.End:]
	}
	title = fullDate.ReplaceAllString(title, "")
	if m := titleRange.FindStringSubmatch(title); m != nil {
		return digits(m[2])
	}
	if all := titleYear.FindAllStringSubmatch(title, -1); len(all) > 0 {
		y, _ := strconv.Atoi(all[len(all)-1][1])
		return y
	}
	if m := hanYear.FindStringSubmatch(title); m != nil && strings.Contains(title, "年") {
		return digits(m[1])
	}
	return 0
}

// fullDate is a date with its day: (2018年3月5日通过) tells no year that the text is about.
var fullDate = compile(`(?:19|20)\d\d年\d{1,2}月\d{1,2}日`)
