package server

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"gongwen"
	"gongwen/search"
)

// newestDocuments is how many documents the home page lists.
const newestDocuments = 10

// homeView is the home page.
type homeView struct {
	frame
	Samples  []link
	Coverage coverage
	Newest   []documentLine
	All      string
	Lists    []link // of the register
}

// link is a name that leads somewhere.
type link struct{ Name, Link string }

// coverage says what the collection holds.
type coverage struct {
	Documents string
	Years     string // "" where no document has one
	Updated   moment
}

// moment is a date for machines and for people; both "" where there is none.
type moment struct{ Machine, Human string }

// documentLine is a document in a list.
type documentLine struct {
	Title, Link, Department, Number, Year string
	Dated                                 moment
}

func (s *Server) homePage(c echo.Context) error {
	ctx := c.Request().Context()
	status, err := s.searcher.Status(ctx)
	if err != nil {
		return err
	}
	newest, err := s.searcher.Search(ctx, search.Request{Sort: search.SortNewest, Size: newestDocuments})
	if err != nil {
		return err
	}
	view := newHomeView(s.options.Samples, status, newest)
	view.frame = s.frame("")
	view.Box.Inside = true
	if s.options.Register != nil {
		view.Lists = []link{{"承诺与后续报告", commitmentList.path}, {"数据与历年变化", figureList.path}}
	}
	return s.pages.home.send(c, http.StatusOK, view)
}

func newHomeView(samples []string, status search.Status, newest *search.Result) homeView {
	view := homeView{
		Coverage: newCoverage(status),
		All:      params{}.defaults().link("/search"),
	}
	if samples == nil {
		samples = []string{"行政执法", `"法律顾问"`}
	}
	if number := sampleNumber(newest.Hits); number != "" {
		samples = append(append([]string{}, samples...), number)
	}
	for _, sample := range samples {
		view.Samples = append(view.Samples, link{sample, params{}.defaults().asking(sample).link("/search")})
	}
	for _, hit := range newest.Hits {
		view.Newest = append(view.Newest, newDocumentLine(hit.Document))
	}
	return view
}

// sampleNumber is a document number that the collection knows, so that trying it finds something.
func sampleNumber(hits []search.Hit) string {
	for _, hit := range hits {
		if hit.Document.Number != "" {
			return hit.Document.Number
		}
	}
	for _, hit := range hits {
		for _, cited := range hit.Document.Cites {
			if cited.Number != "" && !strings.HasPrefix(cited.Number, "〔") {
				return cited.Number
			}
		}
	}
	return ""
}

func newCoverage(status search.Status) coverage {
	view := coverage{Documents: count(status.Documents)}
	switch status.FirstYear {
	case 0:
	case status.LastYear:
		view.Years = strconv.Itoa(status.FirstYear)
	default:
		view.Years = fmt.Sprintf("%d–%d", status.FirstYear, status.LastYear)
	}
	if !status.Updated.IsZero() {
		updated := beijing(status.Updated)
		view.Updated = moment{updated.Format("2006-01-02T15:04:05-07:00"), updated.Format("2006年1月2日 15:04")}
	}
	return view
}

func newDocumentLine(d *gongwen.Document) documentLine {
	line := documentLine{
		Title:      documentTitle(d),
		Link:       documentPath(d.ID),
		Department: d.Department(),
		Number:     d.Number,
		Dated:      newMoment(d.Dated()),
	}
	if d.Year != 0 {
		line.Year = valueName(search.FieldYear, strconv.Itoa(d.Year), true)
	}
	return line
}

func newMoment(d gongwen.Date) moment {
	if d == "" {
		return moment{}
	}
	return moment{string(d), chineseDate(d)}
}

// documentTitle is the title that a page shows.
func documentTitle(d *gongwen.Document) string {
	if d.Title != "" {
		return d.Title
	}
	return "（无标题）" + d.ID
}
