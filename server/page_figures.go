package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"gongwen"
	"gongwen/register"
)

// figureRunes is how much of its line stands on either side of a figure.
const figureRunes = 18

// figuresView is the page of figures: a table, and charts where it is narrow enough.
type figuresView struct {
	listView
	Rows   []figureRow
	Charts []chartView
}

// figureRow is a figure in the table.
type figureRow struct {
	Place       int
	Noun        string // what is counted; in a table its row and column
	Written     string
	Link        string // to the passage
	Value, Unit string
	Year        string
	Change      string
	Body        string
	Document    link
	Passage     *snippet
}

func (s *Server) figuresPage(c echo.Context) error {
	ctx := c.Request().Context()
	p, err := figureList.read(c.Request().URL.RawQuery)
	l := listing{list: figureList, asked: p}
	var page *register.Page[register.Figure]
	var request register.Request
	if err == nil {
		request, l.notices, err = p.request()
	}
	if err == nil {
		page, err = s.options.Register.Figures(ctx, request)
	}
	if err != nil {
		if view, ok := s.faultyList(c, l, err); ok {
			return s.pages.figures.send(c, newProblem(err).Status, figuresView{listView: view})
		}
		return err
	}
	l.total, l.offset, l.shown, l.next, l.facets = page.Total, page.Offset, len(page.Items), page.Next, page.Facets
	if l.document, err = s.titleOf(ctx, p.Document); err != nil {
		return err
	}
	view := figuresView{listView: s.listFrame(c, l)}
	if l.total == 0 {
		if view.Ways, err = l.explain(ctx, s.totalFigures); err != nil {
			return err
		}
	}
	readings := s.readings(nil)
	for i := range page.Items {
		row := newFigureRow(&page.Items[i])
		row.Place = page.Offset + i + 1
		reading, err := readings.of(ctx, page.Items[i].Document.ID)
		if err != nil {
			return err
		}
		if span := page.Items[i].Span; reading != nil && stands(span, reading.Document.Text) {
			shown := around(reading.Document.Text, span, figureRunes, false)
			row.Passage = &shown
		}
		view.Rows = append(view.Rows, row)
	}
	if charted(p, page) {
		if err := s.addCharts(ctx, request, &view); err != nil {
			return err
		}
	}
	return s.pages.figures.send(c, http.StatusOK, view)
}

// maxJoined is how many figures are joined to series for a page at most.
const maxJoined = 3000

// charted reports whether a question is narrow enough for charts, and its first page is shown.
func charted(p registerParams, page *register.Page[register.Figure]) bool {
	narrow := p.Query != "" || p.Document != "" || p.narrowing().narrowed()
	return narrow && page.Offset == 0 && page.Total > 1 && page.Total <= maxJoined
}

// addCharts draws what can be followed over the years.
func (s *Server) addCharts(ctx context.Context, request register.Request, view *figuresView) error {
	request.Size, request.Cursor = 0, ""
	all, documents, err := s.series(ctx, request)
	if err != nil {
		return err
	}
	charts := newCharts(all)
	if len(charts) > maxCharts {
		view.Remarks = append(view.Remarks, remark{
			Text: "这些数据可连成 " + count(len(charts)) + " 组历年序列，下面画出年份最多的 " + count(maxCharts) + " 组；加上所数之物（如“行政复议”）或机关，可看其余各组。",
		})
		charts = charts[:maxCharts]
	}
	for i := range charts {
		view.Charts = append(view.Charts, newChartView(i+1, &charts[i], documents))
	}
	return nil
}

func (s *Server) figureFacets(ctx context.Context, p registerParams) (listing, error) {
	request, _, err := p.request()
	if err != nil {
		return listing{}, err
	}
	request.Size = -1
	page, err := s.options.Register.Figures(ctx, request)
	if err != nil {
		return listing{}, err
	}
	return listing{list: figureList, asked: p, total: page.Total, facets: page.Facets}, nil
}

func (s *Server) totalFigures(ctx context.Context, p registerParams) (int, error) {
	l, err := s.figureFacets(ctx, p)
	return l.total, err
}

func newFigureRow(f *register.Figure) figureRow {
	row := figureRow{
		Noun: counted(&f.Figure), Written: f.Text, Link: passageLink(f.Document.ID, f.Span),
		Value: exactly(f.Value), Unit: f.Unit, Year: yearOf(f.Year), Body: f.Document.Department(),
		Document: link{documentTitle(f.Document), documentPath(f.Document.ID)},
	}
	if f.Qualifier != "" {
		row.Value = qualified(f.Qualifier, row.Value, "")
	}
	if f.Change != nil {
		row.Change = changed(f.Change)
	}
	return row
}

// counted is what a figure counts, as people read it.
func counted(f *gongwen.Figure) string {
	var heads []string
	for _, head := range []string{f.Row, f.Column} {
		if head != "" {
			heads = append(heads, head)
		}
	}
	switch {
	case len(heads) > 0:
		return strings.Join(heads, " × ")
	case f.Noun == "":
		return "（未写明）"
	}
	return f.Noun
}

// exactly writes a number digit by digit, with a comma between thousands.
func exactly(d gongwen.Decimal) string {
	whole, rest, fraction := strings.Cut(string(d), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction {
		whole += "." + rest
	}
	return sign + whole
}

// changed says how a figure changed, as the text has it.
func changed(c *gongwen.Change) string {
	number, direction := string(c.Value), "增 "
	if strings.HasPrefix(number, "-") {
		number, direction = number[1:], "减 "
	}
	return c.Basis + direction + exactly(gongwen.Decimal(number)) + c.Unit
}
