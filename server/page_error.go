package server

import (
	"github.com/labstack/echo/v4"
)

// errorView is the page of a request that failed.
type errorView struct {
	frame
	Heading   string
	Detail    string
	Hint      string
	RequestID string // "" where it would help nobody
	Again     link   // what to do instead
}

// errorPage tells a person what went wrong, in words and without blame.
func (s *Server) errorPage(c echo.Context, p *problem) error {
	asked, _ := readParams(c.Request().URL.RawQuery) // whatever of it can be read
	view := newErrorView(p, asked)
	view.frame = s.frame(p.Title)
	view.Box = newBox(params{Query: asked.Query}.defaults())
	return s.pages.fault.send(c, p.Status, view)
}

func newErrorView(p *problem, asked params) errorView {
	view := errorView{Heading: p.Title, Detail: p.Detail, Hint: p.Hint, Again: link{"回到首页", "/"}}
	if p.Status >= 500 {
		view.RequestID = p.RequestID
	}
	if asked.Cursor != "" {
		view.Hint = "可以从第一页重新检索。"
		view.Again = link{"从第一页重新检索", asked.first().link("/search")}
	}
	return view
}
