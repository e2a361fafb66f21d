package register

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"gongwen"
	"gongwen/search"
	"gongwen/series"
)

func figureFacets(request Request) []facet {
	return []facet{
		{name: "year", field: search.FieldYear}, {name: "unit", asked: request.Unit},
		{name: "department", field: search.FieldDepartment}, {name: "region", field: search.FieldRegion}, {name: "kind", field: search.FieldKind},
	}
}

// Figures lists figures: those of the newest reports first, in the order of their text.
func (r *Register) Figures(ctx context.Context, request Request) (*Page[Figure], error) {
	l, err := r.figures(ctx, request)
	if err != nil {
		return nil, err
	}
	found, offset, next, err := l.page()
	if err != nil {
		return nil, err
	}
	page := &Page[Figure]{Total: len(l.found), Offset: offset, Items: []Figure{}, Next: next, Facets: l.ranked()}
	for _, i := range found {
		page.Items = append(page.Items, newFigure(i))
	}
	return page, nil
}

// AllFigures returns the whole list that Figures cuts into pages, of one state of the collection, and its length. Size and
// cursor of the request are of no account.
func (r *Register) AllFigures(ctx context.Context, request Request) (iter.Seq[Figure], int, error) {
	l, err := r.figures(ctx, request)
	if err != nil {
		return nil, 0, err
	}
	return func(yield func(Figure) bool) {
		for _, i := range l.found {
			if !yield(newFigure(i)) {
				return
			}
		}
	}, len(l.found), nil
}

func newFigure(i *item) Figure {
	f := i.document.Figures[i.place]
	return Figure{f, fmt.Sprintf("%s%sf%d", i.document.ID, idMark, f.Span.Start), i.document}
}

// figures lists what a request asks for. A year is that of the figure, which need not be that of its document.
func (r *Register) figures(ctx context.Context, request Request) (*listing, error) {
	s, err := r.current(ctx)
	if err != nil {
		return nil, err
	}
	l := r.newListing(request, figureFacets(request))
	for _, d := range s.documents {
		for place := range d.Figures {
			f := &d.Figures[place]
			l.add(&item{
				document: d, place: place, year: f.Year, text: strings.Join([]string{f.Noun, f.Row, f.Column, f.Text}, "\n"),
				facets: []string{yearText(f.Year), f.Unit, d.Department(), d.Region, d.Kind},
			})
		}
	}
	return l, nil
}

// Series joins the figures that a request asks for, over the years and by body. Its page is of no account.
func (r *Register) Series(ctx context.Context, request Request) ([]series.Series, error) {
	l, err := r.figures(ctx, request)
	if err != nil {
		return nil, err
	}
	sources := make([]series.Source, 0, len(l.found))
	for _, i := range l.found {
		sources = append(sources, series.Source{
			Document: i.document.ID, Body: r.body(i.document), Figure: i.document.Figures[i.place],
		})
	}
	return series.Join(sources), nil
}

func (r *Register) body(d *gongwen.Document) string { return r.bodies.Name(d.Department()) }
