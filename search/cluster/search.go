package cluster

import (
	"context"
	"errors"
	"slices"
	"time"

	"gongwen/search"
)

// retries is how often a first page is asked for again on another snapshot, where a node went away with a part of the first.
const retries = 4

// Search implements search.Searcher.
func (e *Engine) Search(ctx context.Context, request search.Request) (*search.Result, error) {
	start := time.Now()
	request, err := request.Normal()
	if err != nil {
		return nil, err
	}
	result, err := e.search(ctx, request)
	for try := 1; try < retries && request.Cursor == "" && isKind(err, kindGone, kindShards, kindUnreachable, kindBusy); try++ {
		e.forget()
		if waited := sleep(ctx, time.Duration(try)*300*time.Millisecond); waited != nil {
			return nil, waited
		}
		result, err = e.search(ctx, request)
	}
	if err != nil {
		if request.Cursor != "" && isKind(err, kindGone, kindShards) {
			return nil, errors.Join(search.ErrCursorExpired, errors.New(err.Error()))
		}
		return nil, err
	}
	result.Took = time.Since(start)
	return result, nil
}

func (e *Engine) search(ctx context.Context, request search.Request) (*search.Result, error) {
	v, position, err := e.kept.Start(request, func() (*view, string, error) {
		v, err := e.newest(ctx)
		if err != nil {
			return nil, "", err
		}
		return v, v.id, nil
	})
	if err != nil {
		return nil, err
	}
	defer v.release()
	resolved := request
	if resolved.Query, err = search.Resolve(request.Query, e.words, v.finder(ctx)); err != nil {
		return nil, err
	}
	run := newEvaluation(v, request, search.Compile(resolved, e.words))
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
		for t, lacking := range run.leftOut {
			if lacking {
				result.LeftOut = append(result.LeftOut, run.plan.Terms[t].String())
			}
		}
	}
	for _, field := range search.FacetFields() {
		result.Facets[field] = search.RankFacet(field, run.counts[field], run.plan.Filters[field], request.Facets)
	}
	if from, to := result.Page(request, position); to > from {
		if result.Hits, err = run.hits(ctx, from, to); err != nil {
			return nil, err
		}
	}
	if result.Next != "" || result.Prev != "" {
		e.kept.Keep(v.id, v)
	}
	if result.Total == 0 {
		if result.Why, err = e.why(ctx, v, resolved); err != nil {
			return nil, err
		}
	}
	return result, nil
}

// hits reads and shows a page.
func (e *evaluation) hits(ctx context.Context, from, to int) ([]search.Hit, error) {
	page, err := e.page(ctx, from, to)
	if err != nil {
		return nil, err
	}
	documents := make([]*search.Prepared, len(page))
	for i := range page {
		documents[i] = page[i].doc
	}
	if err := e.view.addCopies(ctx, documents); err != nil {
		return nil, err
	}
	hits := make([]search.Hit, len(page))
	err = parallel(len(page), func(i int) error {
		hits[i] = e.show(page[i])
		return nil
	})
	return hits, err
}

// addCopies names the other documents that are equal to each.
func (v *view) addCopies(ctx context.Context, documents []*search.Prepared) error {
	own := make([]string, len(documents))
	_ = parallel(len(documents), func(i int) error {
		own[i] = copyKey(documents[i])
		return nil
	})
	keys := slices.DeleteFunc(slices.Clone(own), func(key string) bool { return key == "" })
	if len(keys) == 0 {
		return nil
	}
	const most = 10_000 // more copies than anybody reads of
	a, err := v.search(ctx, object{
		"size": most, "track_total_hits": false, "_source": false, "sort": []object{{fieldID: "asc"}},
		"docvalue_fields": []string{fieldID, fieldCopy},
		"query":           object{"bool": object{"filter": object{"terms": object{fieldCopy: keys}}}},
	})
	if err != nil {
		return err
	}
	byKey := map[string][]string{}
	for i := range a.Hits.Hits {
		key := a.Hits.Hits[i].field(fieldCopy)
		byKey[key] = append(byKey[key], a.Hits.Hits[i].field(fieldID))
	}
	for i, p := range documents {
		var copies []string
		for _, id := range byKey[own[i]] {
			if id != p.Document.ID {
				copies = append(copies, id)
			}
		}
		p.Document.Copies = copies
	}
	return nil
}

// why counts what each part of a query that finds nothing finds by itself.
func (e *Engine) why(ctx context.Context, v *view, request search.Request) ([]search.Found, error) {
	return search.Why(request, e.words, func(part search.Request) (total int, err error) {
		run := newEvaluation(v, part, search.Compile(part, e.words))
		if err := run.weigh(ctx); err != nil { // what is like another is told by weight
			return 0, err
		}
		filters := except(run.filters(accepts, func(search.Field) bool { return true }))
		c := newCounting(and(run.listedDocuments(run.sets()).members, filters))
		c.number("total", everything, nil, func(b bucket) { total = b.Count })
		err = c.carryOut(ctx, v)
		return total, err
	})
}
