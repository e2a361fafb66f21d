package server

import (
	"context"
	"slices"

	"gongwen/search"
)

// way is a search that finds more than the one that found nothing.
type way struct {
	Text  string
	Name  string
	Link  string
	Count string
}

// maxWays bounds the searches that explain an empty answer.
const maxWays = 8

// explain lists what would have been found: without each condition, by each part of the query, in the whole collection.
func (s *Server) explain(ctx context.Context, p params, r *search.Result, view *searchView) error {
	add := func(text, name string, other params) error {
		found, err := s.ask(ctx, other, func(request *search.Request) { request.Size = -1 })
		if err != nil {
			return err
		}
		view.Ways = append(view.Ways, way{text, name, other.link("/search"), count(found.Total) + " " + unitName(p.Unit)})
		return nil
	}
	for i, f := range p.Filters {
		if i == maxWays {
			break
		}
		if err := add("不限"+facetName(f.Field)+"，去掉", valueName(f.Field, f.Value, true), p.without(f)); err != nil {
			return err
		}
	}
	if p.years() != "" {
		if err := add("不限年度范围，去掉", yearRange(p.YearFrom, p.YearTo), p.withoutYears()); err != nil {
			return err
		}
	}
	if len(view.Chosen) > 1 {
		if err := add("去掉", "全部筛选条件", p.bare()); err != nil {
			return err
		}
	}
	said, err := p.parts()
	if err != nil {
		return err
	}
	for _, found := range r.Why {
		if len(view.Ways) == 2*maxWays {
			break
		}
		if slices.Contains(said, found.Part) {
			continue
		}
		alone := p.bare().asking(found.Part)
		alone.Unit = search.UnitDocument // what Found counts
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
