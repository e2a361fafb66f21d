package server

import (
	"context"
	"slices"
	"time"

	"gongwen/search"
	"gongwen/suggest"
)

// way is a search that finds more than the one that found nothing.
type way struct {
	Text  string
	Name  string
	Link  string
	Count string
}

// maxWays bounds what is listed of them.
const maxWays = 16

// variants counts what requests like p find that found few hits: other spellings, and where nothing was found at all, also
// what is left of it.
func (s *Server) variants(ctx context.Context, p params, r *search.Result) ([]search.Variant, error) {
	request, _, err := p.request()
	if err != nil {
		return nil, err
	}
	courtesy, cancel := context.WithTimeout(ctx, variantsTime)
	defer cancel()
	var found []search.Variant
	if search.IsDoubtful(request, r) {
		found, err = search.Respelled(courtesy, s.searcher, request, r, s.correct(request.Query))
	}
	if err == nil && r.Total == 0 {
		var others []search.Variant
		others, err = search.Count(courtesy, s.searcher, search.Variants(request))
		found = append(found, others...)
	}
	if courtesy.Err() != nil && ctx.Err() == nil {
		err = nil // what was found in time
	}
	return found, err
}

// variantsTime bounds what is spent on other requests than the one that was asked.
const variantsTime = 300 * time.Millisecond

// correct returns what one may have meant by a query.
func (s *Server) correct(q search.Query) []search.Query {
	if s.options.Suggester != nil {
		return s.options.Suggester.Correct(q)
	}
	return suggest.Correct(q)
}

// varied is the search for a variant of what p asks.
func (p params) varied(v search.Variant) params {
	if v.Kind != search.VariantUnfilter {
		p.Query = ""
		if v.Request.Query != nil {
			p.Query = v.Request.Query.String()
		}
	}
	var kept []filter
	for i, f := range p.Filters {
		if !slices.Contains(v.Dropped, i) {
			kept = append(kept, f)
		}
	}
	if slices.Contains(v.Dropped, len(p.Filters)) {
		p = p.withoutYears()
	}
	p.Filters, p.Match, p.Unit = kept, v.Request.Match, v.Request.Unit
	return p.first()
}

// wayOf shows a variant.
func wayOf(p params, v search.Variant) way {
	other := p.varied(v)
	w := way{Name: v.Part, Link: other.link(searchPath), Count: count(v.Total) + " " + unitName(other.Unit)}
	switch v.Kind {
	case search.VariantUnfilter:
		switch {
		case len(v.Dropped) > 1:
			w.Text, w.Name = "去掉", "全部筛选条件"
		case v.Dropped[0] < len(p.Filters):
			f := p.Filters[v.Dropped[0]]
			w.Text, w.Name = "不限"+facetName(f.Field)+"，去掉", valueName(f.Field, f.Value, true)
		default:
			w.Text, w.Name = "不限年度范围，去掉", yearRange(p.YearFrom, p.YearTo)
		}
	case search.VariantWithout:
		w.Text = "去掉"
	case search.VariantUnquoted:
		w.Text = "不加引号"
	case search.VariantAny:
		w.Text = "有其一即可"
	case search.VariantLoose:
		w.Text = "放宽匹配"
		if len(v.Dropped) > 0 {
			w.Text += "，不限筛选"
		}
	}
	return w
}

// meant offers other spellings.
func meant(p params, variants []search.Variant) []remark {
	var links []link
	for _, v := range variants {
		if v.Kind == search.VariantSpelling {
			w := wayOf(p, v)
			links = append(links, link{w.Name + "（" + w.Count + "）", w.Link})
		}
	}
	if len(links) == 0 {
		return nil
	}
	return []remark{{"是不是要找：", links}}
}

// explain lists what would have been found: by less than was asked, by each part of the query, in the whole collection.
func (s *Server) explain(ctx context.Context, p params, r *search.Result, variants []search.Variant, view *searchView) error {
	for _, v := range variants {
		if v.Kind != search.VariantSpelling {
			view.Ways = append(view.Ways, wayOf(p, v))
		}
	}
	said, err := p.parts()
	if err != nil {
		return err
	}
	for _, found := range r.Why {
		if len(view.Ways) == maxWays {
			break
		}
		if slices.Contains(said, found.Part) {
			continue
		}
		alone := p.bare().asking(found.Part)
		alone.Unit, alone.Match = search.UnitDocument, search.MatchAll // what Found counts
		view.Ways = append(view.Ways, way{"只找", found.Part, alone.link("/search"), count(found.Total) + " 件"})
	}
	status, err := s.searcher.Status(ctx)
	if err != nil {
		return err
	}
	view.Coverage = newCoverage(status)
	return nil
}

// parts are what the list of ways says already, as Found writes it: the whole query, and each of the filters.
func (p params) parts() ([]string, error) {
	request, _, err := p.request()
	if err != nil {
		return nil, err
	}
	var all []string
	if request.Query != nil {
		all = append(all, request.Query.String())
	}
	for _, condition := range request.Filters {
		all = append(all, condition.String())
	}
	return all, nil
}
