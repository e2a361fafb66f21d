package cluster

import (
	"cmp"
	"context"
	"encoding/json"
	"runtime"
	"slices"
	"strings"
	"sync"

	"gongwen"
	"gongwen/search"
)

// tier is a part of what is listed: first what holds every word, then the rest.
type tier struct {
	documents query // that it lists, or of which it lists sections
	complete  bool
}

// Documents are put in order block by block. The cluster's own score, which is close to ours, says in which block a document comes;
// inside a block it is ours to the digit. So a short answer, which is one block, is in the same order in every engine. Of a long one
// less is read at once, since reading is what takes longest.
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
	doc     *search.Prepared
	unit    int // of a hit that is a section, else -1
	full    bool
	score   float64
	missing []string
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
	return e.request.Sort == search.SortRelevance && len(e.plan.Terms) > 0
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

// test asks a document, or a section of it, what it holds.
type test struct {
	plan     *search.Plan
	doc      *search.Prepared
	holds    []bool // by probe, in the part that counts
	anywhere []bool
}

func (t test) Holds(term int) bool          { return t.holds[term] }
func (t test) Anywhere(term int) bool       { return t.anywhere[term] }
func (t test) Accepts(f search.Filter) bool { return f.Accepts(t.doc.Document) }

// entries are the hits of some documents, in order.
func (e *evaluation) entries(docs []*search.Prepared, tier tier) []entry {
	lists := make([][]entry, len(docs))
	_ = parallel(len(docs), func(i int) error {
		lists[i] = e.entriesOf(docs[i], tier)
		return nil
	})
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, e.compare)
	return all
}

// entriesOf are the hits of one document: itself, or its sections that belong to the tier.
func (e *evaluation) entriesOf(p *search.Prepared, tier tier) []entry {
	n := len(e.probes)
	whole := test{e.plan, p, make([]bool, n), make([]bool, n)}
	meta := make([]bool, n)
	units := make([][]bool, len(p.Passages))
	for t, term := range e.probes {
		meta[t] = p.MetaHolds(term)
		whole.anywhere[t] = p.Holds(term)
	}
	for u := range p.Passages {
		units[u] = make([]bool, n)
		for t, term := range e.probes {
			units[u][t] = p.Passages[u].Holds(term)
		}
	}
	if e.request.Unit == search.UnitSection {
		return e.sectionsOf(whole, units, tier)
	}
	topics, roles := e.plan.Filters[search.FieldTopic], e.plan.Filters[search.FieldRole]
	copy(whole.holds, whole.anywhere)
	if len(topics)+len(roles) > 0 {
		copy(whole.holds, meta)
	}
	hit := entry{doc: p, unit: -1}
	together := len(e.plan.Terms) == 0
	for u := range p.Passages {
		section := p.Passages[u].Section
		if !search.AnySection(topics, section) || !search.AnySection(roles, section) {
			continue
		}
		together = together || e.plan.Accepts(test{e.plan, p, units[u], whole.anywhere})
		if len(topics)+len(roles) > 0 {
			for t, holds := range units[u] {
				whole.holds[t] = whole.holds[t] || holds
			}
		}
	}
	hit.full, hit.missing = e.complete(whole), e.lacks(whole)
	if e.ranked() {
		hit.score = e.scorer.Document(p, together)
	}
	return []entry{hit}
}

func (e *evaluation) sectionsOf(whole test, units [][]bool, tier tier) []entry {
	var hits []entry
	p := whole.doc
	for u := range p.Passages {
		t := test{e.plan, p, units[u], whole.anywhere}
		complete := e.complete(t)
		if !complete && !e.holdsEnough(t) || len(e.tiers) > 1 && complete != tier.complete || !e.passes(&p.Passages[u]) {
			continue
		}
		hit := entry{doc: p, unit: u, full: complete, missing: e.lacks(t)}
		if e.ranked() {
			hit.score = e.scorer.Section(p, &p.Passages[u], e.plan.Accepts(t))
		}
		hits = append(hits, hit)
	}
	return hits
}

// passes reports whether the filters accept a section.
func (e *evaluation) passes(u *search.Passage) bool {
	for _, field := range []search.Field{search.FieldTopic, search.FieldRole, search.FieldHeading} {
		filters := e.plan.Filters[field]
		if search.AnySection(filters, u.Section) {
			continue
		}
		if field != search.FieldHeading || !slices.ContainsFunc(u.Above, func(s *gongwen.Section) bool { return search.AnySection(filters, s) }) {
			return false
		}
	}
	return true
}

// complete reports whether a hit comes before those that lack a word: in a relaxed answer aliases will do.
func (e *evaluation) complete(t search.Test) bool {
	return e.plan.Accepts(t) || e.relaxed && e.plan.AcceptsAliased(t)
}

// holdsEnough reports whether a relaxed answer lists what lacks words.
func (e *evaluation) holdsEnough(t search.Test) bool {
	if !e.relaxed || !e.plan.AcceptsRest(t) {
		return false
	}
	held := 0.0
	for _, term := range e.plan.Relaxable() {
		if e.plan.HoldsAliased(t, term) {
			held += e.scorer.Weights[term]
		}
	}
	return e.scorer.HoldsEnough(held)
}

// lacks returns the relaxable words that are not held, nor by an alias.
func (e *evaluation) lacks(t search.Test) []string {
	var missing []string
	for _, term := range e.plan.Relaxable() {
		if !e.plan.HoldsAliased(t, term) {
			missing = append(missing, e.plan.Terms[term].String())
		}
	}
	return missing
}

// compare puts hits in order; equal ones are ordered by date, then by ID, then by section.
func (e *evaluation) compare(a, b entry) int {
	if e.request.Sort == search.SortRelevance {
		if a.full != b.full {
			if a.full {
				return -1
			}
			return 1
		}
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
	}
	if c := compareDates(a.doc.Document.Dated(), b.doc.Document.Dated(), e.request.Sort); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.doc.Document.ID, b.doc.Document.ID), a.unit-b.unit)
}

// compareDates puts unknown dates last in every order; hits of equal relevance are newest first.
func compareDates(a, b gongwen.Date, order search.Sort) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	case order == search.SortOldest:
		return strings.Compare(string(a), string(b))
	}
	return strings.Compare(string(b), string(a))
}

// show makes a hit of an entry.
func (e *evaluation) show(found entry) search.Hit {
	var passage *search.Passage
	if found.unit >= 0 {
		passage = &found.doc.Passages[found.unit]
	}
	hit := e.scorer.Show(e.scorer.Exhibit(found.doc, passage), e.request.Unit)
	hit.Score, hit.Missing = found.score, found.missing
	return hit
}
