package cluster

import (
	"cmp"
	"slices"
	"strings"

	"gongwen"
	"gongwen/search"
)

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
	hit.together = len(e.plan.Terms) == 0
	for u := range p.Passages {
		section := p.Passages[u].Section
		if !search.AnySection(topics, section) || !search.AnySection(roles, section) {
			continue
		}
		hit.together = hit.together || e.plan.Accepts(test{e.plan, p, units[u], whole.anywhere})
		if len(topics)+len(roles) > 0 {
			for t, holds := range units[u] {
				whole.holds[t] = whole.holds[t] || holds
			}
		}
	}
	hit.full, hit.missing = e.complete(whole), e.lacks(whole)
	if e.ranked() {
		hit.score = e.scorer.Document(p, hit.together)
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
		hit := entry{doc: p, unit: u, full: complete, missing: e.lacks(t), together: e.plan.Accepts(t)}
		if e.ranked() {
			hit.score = e.scorer.Section(p, &p.Passages[u], hit.together)
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
		accepted := func(s *gongwen.Section) bool { return search.AnySection(filters, s) }
		if field != search.FieldHeading || !slices.ContainsFunc(u.Above, accepted) {
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
	if c := search.CompareDates(a.doc.Document.Dated(), b.doc.Document.Dated(), e.request.Sort); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.doc.Document.ID, b.doc.Document.ID), a.unit-b.unit)
}

// show makes a hit of an entry.
func (e *evaluation) show(found entry) search.Hit {
	var passage *search.Passage
	if found.unit >= 0 {
		passage = &found.doc.Passages[found.unit]
	}
	hit := e.scorer.Show(e.scorer.Exhibit(found.doc, passage), e.request.Unit)
	hit.Score, hit.Missing = found.score, found.missing
	if e.request.Explain && e.request.Sort == search.SortRelevance {
		hit.Explanation = e.scorer.Explain(found.doc, passage, found.together)
	}
	return hit
}
