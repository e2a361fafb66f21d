package server

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"gongwen"
	"gongwen/register"
	"gongwen/search"
)

// contextRunes is how much of the text stands on either side of a promise.
const contextRunes = 80

// commitmentView is the page of one promise: where it stands, and what later reports say.
type commitmentView struct {
	frame
	Heading   string
	Promise   promiseView
	Section   string
	Context   *snippet // nil where the text is gone
	Follow    []yearView
	Summary   string
	Rules     string
	Citations []string
	Siblings  string // the other promises of the document
}

// yearView is a year of the timeline: a report that followed, or that there is none.
type yearView struct {
	Year     string
	Document link
	Status   string
	Passages []mentionView
	Near     []mentionView // passages that share words, but too few to be about it
	NearName string
}

// mentionView is a passage of a later report.
type mentionView struct {
	Name  string // of its section
	Link  string
	Parts []search.Part
	Why   string
}

func (s *Server) commitmentPage(c echo.Context) error {
	id, err := pathValue(c, "*")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	promise, followUps, later, err := s.options.Register.Commitment(ctx, id)
	if err != nil {
		return noCommitment(err)
	}
	view := commitmentView{Promise: newPromiseView(promise), Rules: promiseRules(promise), Siblings: registerParams{Size: search.DefaultSize}.of(promise.Document.ID).link(commitmentList.path)}
	view.Heading = "承诺：" + shorten(documentTitle(promise.Document), 60)
	reading, err := s.readings(nil).of(ctx, promise.Document.ID)
	if err != nil {
		return err
	}
	if reading != nil && stands(promise.Span, reading.Document.Text) {
		shown := around(reading.Document.Text, promise.Span, contextRunes, true)
		view.Context = &shown
		view.Section = sectionAt(reading.Document, promise.Section)
	}
	for _, f := range followUps {
		year, err := s.yearView(ctx, &f, later[f.Document])
		if err != nil {
			return err
		}
		view.Follow = append(view.Follow, year)
	}
	view.Follow = withGaps(view.Follow, promise.Document.Year)
	view.Summary = summary(followUps)
	view.Citations = []string{promiseCitation(promise, s.address(c, commitmentPath(promise.ID)), s.now())}
	view.frame = s.frame("承诺：" + shorten(promise.Text, 40))
	view.frame.Section = commitmentList.path
	view.Box = listing{list: commitmentList}.box()
	view.API = apiRoot + commitmentPath(promise.ID)
	return s.pages.commitment.send(c, http.StatusOK, view)
}

// yearView shows what a later report says, cut from its text, with the words marked that it shares with the promise.
func (s *Server) yearView(ctx context.Context, f *gongwen.FollowUp, d *gongwen.Document) (yearView, error) {
	view := yearView{Year: yearOf(f.Year), Status: followUpName(f.Status)}
	if d == nil {
		view.Document = link{f.Document, documentPath(f.Document)}
		return view, nil
	}
	view.Document = link{documentTitle(d), documentPath(d.ID)}
	if len(f.Passages) == 0 {
		return view, nil
	}
	for _, m := range f.Passages {
		reading, err := s.readings(anyOf(m.Words)).of(ctx, f.Document)
		if err != nil {
			return view, err
		}
		if reading == nil || !stands(m.Span, reading.Document.Text) {
			continue
		}
		mention := mentionView{
			Name:  sectionAt(reading.Document, m.Section),
			Link:  passageLink(f.Document, m.Span),
			Parts: marked(reading.Document.Text, m.Span, reading.Marks),
			Why:   mentionRule(&m),
		}
		if m.Status == gongwen.StatusNotMentioned {
			view.Near = append(view.Near, mention)
		} else {
			view.Passages = append(view.Passages, mention)
		}
	}
	if n := len(view.Near); n > 0 {
		view.NearName = "用词相近但相符度较低的 " + count(n) + " 处"
	}
	return view, nil
}

// anyOf asks for any of the words, each as it stands.
func anyOf(words []string) search.Query {
	var or search.Or
	for _, word := range words {
		or.Of = append(or.Of, search.Run{Text: word})
	}
	switch len(or.Of) {
	case 0:
		return nil
	case 1:
		return or.Of[0]
	}
	return or
}

// withGaps puts years without a report between those that have one, from the year of the promise on.
func withGaps(all []yearView, from int) []yearView {
	var filled []yearView
	last := from
	for _, y := range all {
		year, err := strconv.Atoi(y.Year)
		if err == nil && last > 0 {
			for gap := last + 1; gap < year && gap-last <= 10; gap++ {
				filled = append(filled, yearView{Year: strconv.Itoa(gap)})
			}
		}
		if err == nil {
			last = year
		}
		filled = append(filled, y)
	}
	return filled
}

// summary says how many later reports say what.
func summary(followUps []gongwen.FollowUp) string {
	if len(followUps) == 0 {
		return "收录的文件中还没有这个机关以后年度的报告。"
	}
	counts := map[gongwen.FollowUpStatus]int{}
	for _, f := range followUps {
		counts[f.Status]++
	}
	text := "以后年度的报告 " + count(len(followUps)) + " 份"
	for _, status := range followUpStatuses() {
		if n := counts[status]; n > 0 {
			text += "，" + followUpName(status) + " " + count(n) + " 份"
		}
	}
	return text + "。程序按用词查找，是否兑现请读者自行判断。"
}

// followUpName is the status of one report.
func followUpName(status gongwen.FollowUpStatus) string {
	switch status {
	case gongwen.StatusReported:
		return "提及"
	case gongwen.StatusNotMentioned:
		return "未提及"
	}
	return statusName(status)
}

func yearOf(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// sectionAt names a section with those above it, "正文" where it is unknown.
func sectionAt(d *gongwen.Document, id string) string {
	path := d.SectionPath(id)
	if len(path) == 0 {
		return "正文"
	}
	var above []string
	for _, s := range path[:len(path)-1] {
		if name := strings.TrimSpace(s.Name()); name != "" {
			above = append(above, name)
		}
	}
	return sectionName(above, path[len(path)-1])
}

// promiseRules names the rules that told what is known of a promise.
func promiseRules(c *register.Commitment) string {
	rules := []string{"识别规则 " + c.Rule}
	if c.Dated != "" {
		rules = append(rules, "目标年度 "+c.Dated)
	}
	if c.Sorted != "" {
		rules = append(rules, "主题 "+c.Sorted)
	}
	return strings.Join(rules, " · ")
}

func mentionRule(m *gongwen.Mention) string {
	why := followUpName(m.Status) + " · 相符词语 " + strings.Join(m.Words, "、") + " · 相符度 " + strconv.FormatFloat(m.Score, 'f', 2, 64)
	if m.Rule != "" {
		why += " · 规则 " + m.Rule
	}
	return why
}

// promiseCitation is a line that one can paste: the words, and where they stand.
func promiseCitation(c *register.Commitment, own string, now time.Time) string {
	name := "《" + documentTitle(c.Document) + "》"
	if c.Document.Number != "" {
		name += "（" + c.Document.Number + "）"
	}
	parts := []string{"“" + c.Text + "”，" + name, c.Document.Department(), chineseDate(c.Document.Dated()), own}
	line := strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "，")
	return line + "（" + beijing(now).Format("2006-01-02") + " 查阅）"
}
