package cluster

import (
	"cmp"
	"context"
	"encoding/json"
	"runtime"
	"slices"
	"sync"

	"gongwen/search"
)

// tier is a part of what is listed: first what holds every word, then the rest.
type tier struct {
	documents query // that it lists, or of which it lists sections
	complete  bool
}

// Documents are put in order block by block. The cluster's own score, which is close to ours, says in which block a document
// comes; inside a block it is ours to the digit. So a short answer, which is one block, is in the same order in every
// engine. Of a long one less is read at once, since reading is what takes longest.
const (
	shortAnswer = 100 // hits, and documents of its block
	longBlock   = 50
)

// block is where one begins in the list of hits.
type block struct {
	tier   int
	after  []json.RawMessage // the place in the cluster's order; nil for the beginning of the tier
	offset int               // of its first hit
}

// trail is where a walk came by, so that its next page needs not begin at the start.
type trail struct {
	mu     sync.Mutex
	blocks []block // in order of their offsets
}

// maxTrail bounds what a walk remembers; of a longer one the places between are found again from the nearest.
const maxTrail = 100_000

func (t *trail) before(offset int) block {
	t.mu.Lock()
	defer t.mu.Unlock()
	i, _ := slices.BinarySearchFunc(t.blocks, offset+1, func(b block, offset int) int { return b.offset - offset })
	return t.blocks[max(0, i-1)]
}

func (t *trail) add(b block) {
	t.mu.Lock()
	defer t.mu.Unlock()
	i, known := slices.BinarySearchFunc(t.blocks, b.offset, func(b block, offset int) int { return b.offset - offset })
	if !known && len(t.blocks) < maxTrail {
		t.blocks = slices.Insert(t.blocks, i, b)
	}
}

func (v *view) trail(request search.Request) *trail {
	v.mu.Lock()
	defer v.mu.Unlock()
	key := request.Hash()
	if v.trails[key] == nil {
		v.trails[key] = &trail{blocks: []block{{}}}
	}
	return v.trails[key]
}

// entry is a hit before it is shown.
type entry struct {
	doc  *search.Prepared
	unit int // of a hit that is a section, else -1
	full bool
	// together says that one section holds every word.
	together bool
	score    float64
	missing  []string
}

// page returns the hits [from, to) of the list.
func (e *evaluation) page(ctx context.Context, from, to int) ([]entry, error) {
	t := e.view.trail(e.request)
	at := t.before(from)
	var page []entry
	for at.tier < len(e.tiers) && at.offset < to {
		size := shortAnswer
		if e.total > shortAnswer {
			size = longBlock
		}
		if !e.ranked() && e.request.Unit == search.UnitDocument {
			size = min(max(to-at.offset, 1), 1000) // in the cluster's order: no more than what is shown
		}
		docs, after, err := e.fetch(ctx, at, size)
		if err != nil {
			return nil, err
		}
		entries := e.entries(docs, e.tiers[at.tier])
		for i := range entries {
			if place := at.offset + i; place >= from && place < to {
				page = append(page, entries[i])
			}
		}
		next := block{at.tier, after, at.offset + len(entries)}
		if len(docs) < size {
			next = block{tier: at.tier + 1, offset: next.offset}
		}
		if next.tier < len(e.tiers) && next.offset > at.offset {
			t.add(next)
		}
		at = next
	}
	return page, nil
}

// ranked reports whether hits are put in order by score.
func (e *evaluation) ranked() bool {
	return e.request.Sort == search.SortRelevance && len(e.plan.Terms)+len(e.plan.Preferences) > 0
}

// fetch reads documents of a tier in the cluster's order, and returns the place behind them.
func (e *evaluation) fetch(ctx context.Context, at block, size int) ([]*search.Prepared, []json.RawMessage, error) {
	newest := "desc"
	if e.request.Sort == search.SortOldest {
		newest = "asc"
	}
	order := []object{{fieldUndated: "asc"}, {fieldDated: newest}, {fieldID: "asc"}}
	wanted := e.tiers[at.tier].documents
	dsl := object{"bool": object{"filter": wanted.json()}}
	if e.ranked() {
		order = append([]object{{"_score": "desc"}}, order...)
		dsl = e.ranking(wanted)
	}
	// The source as it lies there: to choose fields of it, the cluster would read and write all of it.
	body := object{
		"query": dsl, "sort": order, "size": size, "track_total_hits": false,
	}
	if at.after != nil {
		body["search_after"] = at.after
	}
	a, err := e.view.search(ctx, body)
	if err != nil {
		return nil, nil, err
	}
	docs := make([]*search.Prepared, len(a.Hits.Hits))
	err = parallel(len(docs), func(i int) error {
		a.Hits.Hits[i].Source.Facts = ""
		record, err := a.Hits.Hits[i].Source.decode()
		docs[i] = search.Prepare(&record.Document)
		return err
	})
	if err != nil || len(docs) == 0 {
		return nil, nil, err
	}
	return docs, a.Hits.Hits[len(docs)-1].Sort, nil
}

// parallel calls do for every number below n, from as many goroutines as there are processors.
func parallel(n int, do func(i int) error) error {
	var mu sync.Mutex
	var first error
	next := 0
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n {
					return
				}
				if err := do(i); err != nil {
					mu.Lock()
					first = cmp.Or(first, err)
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return first
}

// ranking lets the cluster score documents nearly as search.Scorer does: by the best section that counts, by the title, and by
// whether one section holds every word.
func (e *evaluation) ranking(wanted query) object {
	counting := and(e.allowed(search.FieldTopic), e.allowed(search.FieldRole))
	var section, document []object
	total := 0.0
	add := func(t *search.Term, weight, share float64) {
		for _, literal := range t.Literals() {
			section = append(section, scored(fieldText, literal, !t.Quoted, share))
			document = append(document, scored(fieldTitle, literal, !t.Quoted, share))
		}
		if weight > 0 {
			section = append(section, constant(holds(fieldHeads, t), weight))
		}
	}
	for t := range e.plan.Terms {
		term := &e.plan.Terms[t]
		if e.scorer.Weights[t] == 0 || !e.plan.Positive(t) {
			continue
		}
		total += e.scorer.Weights[t]
		// The cluster weighs a term by its own count of what holds it; ours says how much of that counts.
		share := e.scorer.Word(t, 1, int(e.scorer.Average)) / e.inverse(e.holding[t])
		add(term, e.scorer.Heading(t), share)
		for _, a := range e.plan.Aliased(t) {
			add(&e.plan.Aliases[a].Term, 0, search.AliasShare*share)
		}
		document = append(document, constant(run(fieldNumber, term.Text, true), 5*e.scorer.Weights[t]))
	}
	for g := range e.plan.Grams {
		if e.scorer.Grams[g] > 0 {
			add(&e.plan.Grams[g].Term, 0, e.scorer.Grams[g]/e.inverse(e.gramHolding[g]))
		}
	}
	for p := range e.plan.Preferences {
		lift := e.scorer.Preferred(func(of int) bool { return of == p })
		document = append(document, constant(accepts(e.plan.Preferences[p].Filter), lift))
	}
	full := search.Select(e.plan, e.sectionSets()).and(ofSections(counting)).docs()
	document = append(document, constant(full, total/2), object{"nested": object{
		"path": fieldSections, "score_mode": "max",
		"query": object{"bool": object{"should": section, "filter": counting.json()}},
	}})
	return object{"bool": object{"filter": wanted.json(), "should": document}}
}

// inverse is the weight of what so many documents hold.
func (e *evaluation) inverse(holding int) float64 { return max(search.Weight(holding, e.docs), 1e-6) }

func constant(q query, score float64) object {
	return object{"constant_score": object{"filter": q.json(), "boost": score}}
}
