package doctor

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongwen"
)

// Rule finds one thing that is doubtful.
type Rule struct {
	Name    string // for flags and reports
	Chinese string // for people
	Field   string // that is corrected, "" for none
	Example gongwen.Document
	find    func(d *gongwen.Document, today gongwen.Date) (said, bool)
}

// said is what a rule has to say of a document.
type said struct {
	message string
	better  string
}

const (
	longTitle = 80    // characters; the longest titles of real documents have about seventy
	longText  = 3_000 // characters without a heading; a notice may have none, a report has
	// hugeSection is a section, in characters, that is half its document or more.
	hugeSection = 8_000
	lostRunes   = 3 // unreadable characters
)

// Rules is the table of all rules, in the order in which problems are told.
var Rules = []Rule{
	{
		"no-title", "没有标题", "title", gongwen.Document{Title: ""},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			return said{message: "没有标题"}, d.Title == ""
		},
	},
	{
		"long-title", "标题过长", "title", gongwen.Document{Title: strings.Repeat("为深入贯彻落实上级精神，", 10)},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			n := utf8.RuneCountInString(d.Title)
			return said{message: fmt.Sprintf("标题有 %d 字，可能把正文当成了标题", n)}, n > longTitle
		},
	},
	{
		"no-year", "没有年度", "year", gongwen.Document{Title: "青溪区法治政府建设年度报告", Published: "2021-01-20"},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			// A notice or a rule is about no year; a date places it.
			return said{"没有年度", guessYear(d)}, d.Year == 0 && (d.Dated() == "" || yearly.MatchString(d.Title) || yearly.MatchString(d.Kind))
		},
	},
	{
		"year-far", "年度与日期不符", "year", gongwen.Document{Title: "青溪区2020年法治政府建设年度报告", Year: 2002, Published: "2021-01-20"},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			dated := d.Dated().Year()
			s := said{message: fmt.Sprintf("年度是 %d，日期却是 %s", d.Year, d.Dated())}
			if guess := titleYear(d.Title); guess != strconv.Itoa(d.Year) {
				s.better = guess
			}
			return s, d.Year != 0 && dated != 0 && (dated < d.Year-1 || dated > d.Year+2)
		},
	},
	{
		"year-future", "年度在将来", "year", gongwen.Document{Year: 9020},
		func(d *gongwen.Document, today gongwen.Date) (said, bool) {
			return said{message: fmt.Sprintf("年度是 %d，还没有到", d.Year)}, d.Year > today.Year()+1
		},
	},
	{
		"no-date", "没有日期", "published", gongwen.Document{Year: 2020},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			return said{message: "没有发布日期，也没有成文日期"}, d.Dated() == ""
		},
	},
	{
		"published-future", "发布日期在将来", "published", gongwen.Document{Published: "9020-01-20"},
		func(d *gongwen.Document, today gongwen.Date) (said, bool) {
			return said{message: fmt.Sprintf("发布日期 %s 还没有到", d.Published)}, after(d.Published, today)
		},
	},
	{
		"signed-future", "成文日期在将来", "signed", gongwen.Document{Signed: "9020-01"},
		func(d *gongwen.Document, today gongwen.Date) (said, bool) {
			return said{message: fmt.Sprintf("成文日期 %s 还没有到", d.Signed)}, after(d.Signed, today)
		},
	},
	{
		"signed-late", "成文晚于发布", "signed", gongwen.Document{Published: "2021-01-20", Signed: "2021-03-01"},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			return said{message: fmt.Sprintf("成文日期 %s 晚于发布日期 %s", d.Signed, d.Published)}, d.Published != "" && after(d.Signed, d.Published)
		},
	},
	{
		"no-issuer", "没有发文机关", "issuer", gongwen.Document{Source: "青溪区司法局"},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			if body.MatchString(d.Source) {
				return said{"没有发文机关，只有来源 " + d.Source, d.Source}, d.Issuer == ""
			}
			return said{message: "没有发文机关"}, d.Issuer == ""
		},
	},
	{
		"no-sections", "没有章节", "", gongwen.Document{Text: strings.Repeat("全年工作有序推进。", 400)},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			n := utf8.RuneCountInString(d.Text)
			s := said{message: fmt.Sprintf("正文有 %d 字，没有识别出一个章节标题；请检查原文件的标题，或用 gongwen outline 查看", n)}
			return s, n > longText && !hasHeading(d)
		},
	},
	{
		"huge-section", "一节过长", "", gongwen.Document{
			Text: "一、概况\n" + strings.Repeat("全年工作有序推进。", 1000),
			Sections: []gongwen.Section{
				{ID: "1", Heading: "概况", Level: 1, Span: gongwen.Span{End: len("一、概况\n") + 1000*len("全年工作有序推进。")}},
			},
		},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			section, n := hugest(d)
			s := said{message: fmt.Sprintf("“%s”一节有 %d 字，占正文一半以上，可能漏了其中的标题；用 gongwen outline 查看", section, n)}
			return s, hasHeading(d) && n > hugeSection && n*2 > utf8.RuneCountInString(d.Text)
		},
	},
	{
		"lost-characters", "有乱码", "", gongwen.Document{Text: "全年\ufffd\ufffd工作\ufffd\ufffd有序推进。"},
		func(d *gongwen.Document, _ gongwen.Date) (said, bool) {
			n := strings.Count(d.Text, string(utf8.RuneError))
			return said{message: fmt.Sprintf("有 %d 个字无法识别；请把原文件另存为 UTF-8 后重新收录", n)}, n >= lostRunes
		},
	},
}

// after reports whether a date, or the first day that it can mean, comes after another.
func after(date, than gongwen.Date) bool {
	n := min(len(date), len(than))
	return date[:n] > than[:n]
}

var (
	yearly      = regexp.MustCompile(`报告|年报|总结|计划|要点|规划|工作情况|进展情况`)
	yearInTitle = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})\s*年`)
	body        = regexp.MustCompile(`(?:政府|人大|委员会|法院|检察院|部|委|局|厅|办|办公室|院|署|中心|管委会)$`)
)

// titleYear is the only year that a title names, or "".
func titleYear(title string) string {
	years := yearInTitle.FindAllStringSubmatch(title, -1)
	if len(years) != 1 {
		return ""
	}
	return years[0][1]
}

// guessYear is the year that a document is likely about, or "": of a yearly report the one before it was published.
func guessYear(d *gongwen.Document) string {
	if year := titleYear(d.Title); year != "" {
		return year
	}
	year := d.Dated().Year()
	if year == 0 {
		return ""
	}
	if strings.Contains(d.Title, "年度报告") || strings.Contains(d.Kind, "年度报告") {
		year--
	}
	return strconv.Itoa(year)
}

func hasHeading(d *gongwen.Document) bool {
	found := false
	gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) { found = found || s.Name() != "" })
	return found
}

// hugest is the section with the most text of its own, and how many characters that is.
func hugest(d *gongwen.Document) (name string, length int) {
	gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) {
		n := 0
		for _, span := range s.Own() {
			n += utf8.RuneCountInString(span.Cut(d.Text))
		}
		if n > length {
			name, length = s.Name(), n
		}
	})
	return name, length
}
