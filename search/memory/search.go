package memory

import (
	"context"
	"time"

	"gongwen/search"
)

// Search implements search.Searcher.
func (e *Engine) Search(ctx context.Context, request search.Request) (*search.Result, error) {
	start := time.Now()
	request, err := request.Normal()
	if err != nil {
		return nil, err
	}
	s, position, err := e.kept.Start(request, func() (*snapshot, string, error) {
		s := e.snapshot()
		return s, s.id, nil
	})
	if err != nil {
		return nil, err
	}
	s.prepare()
	if request.Query, err = search.Resolve(request.Query, e.words, s.document); err != nil {
		return nil, err
	}
	run := &evaluation{snapshot: s, request: request, plan: search.Compile(request, e.words)}
	if err := run.run(ctx); err != nil {
		return nil, err
	}
	result := &search.Result{
		Total: run.total, All: run.full, Sections: run.sections, Together: run.together,
		Relaxed: run.relaxed && run.full < run.total,
		Words:   run.plan.Words(),
		Also:    run.plan.Also(),
		Facets:  map[search.Field][]search.FacetValue{},
	}
	if result.Relaxed {
		result.LeftOut = run.terms(run.missing)
	}
	if request.OnlyCount {
		result.Took = time.Since(start)
		return result, nil
	}
	for _, field := range search.FacetFields() {
		result.Facets[field] = search.RankFacet(field, run.counts[field], run.plan.Filters[field], request.Facets)
	}
	from, to := result.Page(request, position)
	for _, hit := range run.entries[from:to] {
		result.Hits = append(result.Hits, run.show(hit))
	}
	if result.Next != "" || result.Prev != "" {
		e.kept.Keep(s.id, s)
	}
	if result.Total == 0 {
		if result.Why, err = e.why(ctx, s, request); err != nil {
			return nil, err
		}
	}
	result.Took = time.Since(start)
	return result, nil
}

// why counts what each part of a query that finds nothing finds by itself.
func (e *Engine) why(ctx context.Context, s *snapshot, request search.Request) ([]search.Found, error) {
	return search.Why(request, e.words, func(part search.Request) (int, error) {
		run := &evaluation{snapshot: s, request: part, plan: search.Compile(part, e.words)}
		err := run.run(ctx)
		return run.total, err
	})
}
