package embedded

import (
	"context"
	"errors"
	"iter"
	"slices"
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
	v, position, err := e.kept.Start(request, func() (*view, string, error) {
		v, err := e.acquire()
		if err != nil {
			return nil, "", err
		}
		return v, v.id, nil
	})
	if err != nil {
		return nil, err
	}
	defer v.release()
	if request.Query, err = search.Resolve(request.Query, e.words, v.document); err != nil {
		return nil, err
	}
	run := newEvaluation(v, request, search.Compile(request, e.words))
	defer run.scratch.release()
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
		result.LeftOut = run.words(func(t int) bool { return run.leftOut[t] })
	}
	if request.OnlyCount {
		result.Took = time.Since(start)
		return result, nil
	}
	for _, field := range search.FacetFields() {
		result.Facets[field] = search.RankFacet(field, run.counts[field], run.plan.Filters[field], request.Facets)
	}
	if from, to := result.Page(request, position); to > from {
		first, err := run.top(ctx, to)
		if err != nil {
			return nil, err
		}
		if result.Hits, err = run.showAll(first[from:]); err != nil {
			return nil, err
		}
	}
	if result.Next != "" || result.Prev != "" {
		e.kept.Keep(v.id, v)
	}
	if result.Total == 0 {
		if result.Why, err = e.why(ctx, v, request); err != nil {
			return nil, err
		}
	}
	result.Took = time.Since(start)
	return result, nil
}

// why counts what each part of a query that finds nothing finds by itself.
func (e *Engine) why(ctx context.Context, v *view, request search.Request) ([]search.Found, error) {
	return search.Why(request, e.words, func(part search.Request) (int, error) {
		part.OnlyCount = true
		run := newEvaluation(v, part, search.Compile(part, e.words))
		defer run.scratch.release()
		err := run.run(ctx)
		return run.total, err
	})
}

// showAll makes hits of entries, several at once: a long document takes as long as all the rest.
func (e *evaluation) showAll(found []entry) ([]search.Hit, error) {
	hits := make([]search.Hit, len(found))
	errs := make([]error, len(found))
	err := divide(context.Background(), len(found), func(tasks iter.Seq[int]) {
		for i := range tasks {
			hits[i], errs[i] = e.show(&found[i])
		}
	})
	return hits, errors.Join(append(errs, err)...)
}

// show makes a hit of an entry.
func (e *evaluation) show(found *entry) (search.Hit, error) {
	l := &e.lists[found.part]
	x, err := e.exhibit(l, found)
	if err != nil {
		return search.Hit{}, err
	}
	hit := e.scorer.Show(x, e.request.Unit)
	hit.Score = found.score
	hit.Versions = len(e.view.versions(spot{l.run.part, int(found.doc)}))
	if e.request.Explain && e.request.Sort == search.SortRelevance {
		if hit.Explanation, err = e.explain(l, found); err != nil {
			return search.Hit{}, err
		}
	}
	hit.Missing = e.words(func(t int) bool { return slices.Contains(e.plan.Relaxable(), t) && e.lacks(l, found, t) })
	return hit, nil
}

// lacks reports whether a hit holds neither a term nor an alias of it in the part that counts.
func (e *evaluation) lacks(l *list, hit *entry, term int) bool {
	return !e.holds(l, hit, term) && !slices.ContainsFunc(e.plan.Aliased(term), func(alias int) bool {
		return e.holds(l, hit, len(e.plan.Terms)+alias)
	})
}

// holds reports whether a hit holds a probe of the plan in the part that counts.
func (e *evaluation) holds(l *list, hit *entry, probe int) bool {
	h, doc := l.run.hits[probe], int(hit.doc)
	switch {
	case hit.section >= 0:
		return h.sections.has(int(hit.section))
	case l.allowed == nil:
		return h.anywhere.has(doc)
	case h.meta.has(doc):
		return true
	}
	from, to := l.run.side.DocSections(doc)
	for section := from; section < to; section++ {
		if l.allowed.has(section) && h.sections.has(section) {
			return true
		}
	}
	return false
}
