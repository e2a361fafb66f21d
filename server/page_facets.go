package server

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"gongwen/search"
)

// facetsView is the page with all values of one facet.
type facetsView struct {
	frame
	Heading string
	Name    string
	Facet   string
	Action  string  // where the form leads
	Filter  string  // what the names must contain
	Hidden  []field // the search that the filter form carries along
	Values  []valueView
	Unit    string
	Back    string
}

func (s *Server) facetsPage(c echo.Context) error {
	query := c.Request().URL.Query()
	p, err := readParams(c.Request().URL.RawQuery)
	if err != nil {
		return err
	}
	facet, err := readFacet(query)
	if err != nil {
		return err
	}
	result, err := s.ask(c.Request().Context(), p.first(), allFacets)
	if err != nil {
		return err
	}
	view := newFacetsView(p.first(), facet, strings.TrimSpace(query.Get("name")), result)
	view.frame = s.frame(view.Heading)
	view.Box = newBox(p)
	view.API = p.first().link(apiRoot + "/facets")
	return s.pages.facets.send(c, http.StatusOK, view)
}

// readFacet is the facet that the address names.
func readFacet(query url.Values) (search.Field, error) {
	facet := search.Field(query.Get("facet"))
	if slices.Contains(search.FacetFields(), facet) {
		return facet, nil
	}
	names := make([]string, 0, len(search.FacetFields()))
	for _, f := range search.FacetFields() {
		names = append(names, string(f))
	}
	return "", &search.QueryError{
		Param: "facet", Value: string(facet), Message: "没有这个分面。", Hint: "facet 可取：" + strings.Join(names, "、") + "。",
	}
}

// newFacetsView lists the values whose names contain what was typed.
func newFacetsView(p params, facet search.Field, named string, r *search.Result) facetsView {
	view := facetsView{
		Heading: subject(p) + "：全部" + facetName(facet),
		Name:    facetName(facet),
		Facet:   string(facet),
		Action:  searchPath + "/facets",
		Filter:  named,
		Unit:    unitName(p.Unit),
		Back:    p.link("/search"),
	}
	view.Hidden = fields(p.values())
	all := listed(p, facet, r.Facets[facet])
	if named != "" {
		all = slices.DeleteFunc(all, func(v search.FacetValue) bool {
			return !strings.Contains(valueName(facet, v.Value, true), named) && !strings.Contains(v.Value, named)
		})
	}
	view.Values = arrange(p, facet, all, 0)
	for i := range view.Values {
		v := &view.Values[i]
		if v.Checked {
			v.Link = p.without(filter{facet, v.Value}).link("/search")
		} else {
			v.Link = p.with(facet, v.Value).link("/search")
		}
	}
	return view
}

// fields are the parameters of an address as a form carries them.
func fields(values url.Values) []field {
	var all []field
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			all = append(all, field{name, value})
		}
	}
	return all
}
