package server

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"gongwen"
	"gongwen/register"
	"gongwen/search"
)

// commitmentsView is the page of the register of promises.
type commitmentsView struct {
	listView
	Items []promiseView
}

// promiseView is a promise in the list or at the head of its own page.
type promiseView struct {
	Place    int
	Text     []search.Part
	Link     string // to its own page
	Body     string
	Document link // at the place of the promise
	Years    string
	Due      string
	Goal     string
	Topic    string
	Status   string
}

func (s *Server) commitmentsPage(c echo.Context) error {
	ctx := c.Request().Context()
	p, err := commitmentList.read(c.Request().URL.RawQuery)
	l := listing{list: commitmentList, asked: p}
	var page *register.Page[register.Commitment]
	var request register.Request
	if err == nil {
		request, l.notices, err = p.request()
	}
	if err == nil {
		page, err = s.options.Register.Commitments(ctx, request)
	}
	if err != nil {
		if view, ok := s.faultyList(c, l, err); ok {
			return s.pages.commitments.send(c, newProblem(err).Status, commitmentsView{listView: view})
		}
		return err
	}
	l.total, l.offset, l.shown, l.next, l.facets = page.Total, page.Offset, len(page.Items), page.Next, page.Facets
	if l.document, err = s.titleOf(ctx, p.Document); err != nil {
		return err
	}
	view := commitmentsView{listView: s.listFrame(c, l)}
	if l.total == 0 {
		if view.Ways, err = l.explain(ctx, s.totalCommitments); err != nil {
			return err
		}
	}
	readings := s.readings(request.Query)
	for i, item := range page.Items {
		promise := newPromiseView(&item)
		promise.Place = page.Offset + i + 1
		if request.Query != nil {
			reading, err := readings.of(ctx, item.Document.ID)
			if err != nil {
				return err
			}
			if reading != nil && stands(item.Span, reading.Document.Text) {
				promise.Text = marked(reading.Document.Text, item.Span, reading.Marks)
			}
		}
		view.Items = append(view.Items, promise)
	}
	return s.pages.commitments.send(c, http.StatusOK, view)
}

// titleOf is the title of the document that a list is about, "" where there is none.
func (s *Server) titleOf(ctx context.Context, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	reading, err := s.readings(nil).of(ctx, id)
	if err != nil || reading == nil {
		return "", err
	}
	return documentTitle(reading.Document), nil
}

// commitmentFacets answers with the facets alone.
func (s *Server) commitmentFacets(ctx context.Context, p registerParams) (listing, error) {
	request, _, err := p.request()
	if err != nil {
		return listing{}, err
	}
	request.Size = -1
	page, err := s.options.Register.Commitments(ctx, request)
	if err != nil {
		return listing{}, err
	}
	return listing{list: commitmentList, asked: p, total: page.Total, facets: page.Facets}, nil
}

func (s *Server) totalCommitments(ctx context.Context, p registerParams) (int, error) {
	l, err := s.commitmentFacets(ctx, p)
	return l.total, err
}

func newPromiseView(c *register.Commitment) promiseView {
	view := promiseView{
		Text: []search.Part{{Text: c.Text}}, Link: commitmentPath(c.ID), Body: c.Document.Department(),
		Document: link{documentTitle(c.Document), passageLink(c.Document.ID, c.Span)},
		Years:    promiseYears(c), Status: statusName(c.Status),
	}
	if c.Due != nil {
		view.Due = chineseDate(c.Due.By)
	}
	if c.Goal != nil {
		view.Goal = qualified(c.Goal.Qualifier, exactly(c.Goal.Value), c.Goal.Unit)
	}
	if c.Topic != "" {
		view.Topic = c.Topic.Chinese()
	}
	return view
}

// promiseYears leads from the year of the report to the one that is promised for.
func promiseYears(c *register.Commitment) string {
	year := func(n int, unit, unknown string) string {
		if n == 0 {
			return unknown
		}
		return strconv.Itoa(n) + unit
	}
	return year(c.Document.Year, " 年度报告", "年度不详") + " → " + year(c.Target, " 年", "未写年度")
}

// commitmentPath is the address of a promise's page.
func commitmentPath(id string) string { return "/commitments/" + url.PathEscape(id) }

// qualified writes a number as one says it: about 12 of something.
func qualified(q gongwen.Qualifier, number, unit string) string {
	number += unit
	switch q {
	case gongwen.QualifierAbout:
		return "约 " + number
	case gongwen.QualifierNear:
		return "近 " + number
	case gongwen.QualifierOver:
		return "超过 " + number
	case gongwen.QualifierAtLeast:
		return "不少于 " + number
	case gongwen.QualifierUnder:
		return "不足 " + number
	case gongwen.QualifierAtMost:
		return "不超过 " + number
	}
	return number
}
