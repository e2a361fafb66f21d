package memory

import (
	"context"
	"slices"
	"strings"

	"gongwen"
	"gongwen/search"
)

// evaluation carries out one plan on one snapshot.
type evaluation struct {
	snapshot *snapshot
	request  search.Request
	plan     *search.Plan
	probes   []*search.Term
	held     []bits // by document: the probes that it holds anywhere, and behind them the grams
	scorer   search.Scorer
	relaxed  bool

	total, full        int
	sections, together int
	missing            bits // terms that some listed hit lacks
	counts             map[search.Field]map[string]int
	entries            []entry
}

// entry is a hit before it is shown.
type entry struct {
	doc      *document
	unit     int  // of a hit that is a section, else -1
	full     bool // itself or by aliases
	score    float64
	missing  bits
	together bool
}

// bits is a set of terms.
type bits []uint64

func newBits(n int) bits      { return make(bits, (n+63)/64) }
func (b bits) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bits) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bits) join(others bits) {
	for i := range others {
		b[i] |= others[i]
	}
}

// docTest asks what a document holds anywhere.
type docTest struct {
	e   *evaluation
	doc int
}

func (t docTest) Holds(term int) bool          { return t.e.held[t.doc].has(term) }
func (t docTest) Anywhere(term int) bool       { return t.e.held[t.doc].has(term) }
func (t docTest) Accepts(f search.Filter) bool { return f.Accepts(&t.e.snapshot.docs[t.doc].Document) }

// partTest asks what a part of a document holds.
type partTest struct {
	docTest
	holds bits
}

func (t partTest) Holds(term int) bool { return t.holds.has(term) }

// run finds every hit and counts every facet.
func (e *evaluation) run(ctx context.Context) error {
	s := e.snapshot
	e.probes = e.plan.Probes()
	looked := e.probes
	for g := range e.plan.Grams {
		looked = append(looked, &e.plan.Grams[g].Term)
	}
	e.held = make([]bits, len(s.docs))
	e.missing = newBits(len(e.plan.Terms))
	e.counts = map[search.Field]map[string]int{}
	for _, field := range search.FacetFields() {
		e.counts[field] = map[string]int{}
	}
	parallel(s.docs, func(i int, d *document) {
		e.held[i] = newBits(len(looked))
		for t, term := range looked {
			if ctx.Err() != nil {
				return
			}
			if d.prepared.Holds(term) {
				e.held[i].set(t)
			}
		}
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	e.weigh()
	e.decide()
	for i, d := range s.docs {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !e.accepts(docTest{e, i}) {
			continue
		}
		if e.request.Unit == search.UnitSection {
			e.addSections(i, d)
		} else {
			e.addDocument(i, d)
		}
	}
	e.sort()
	return nil
}

func (e *evaluation) weigh() {
	terms, grams := make([]int, len(e.plan.Terms)), make([]int, len(e.plan.Grams))
	for i, held := range e.held {
		for t := range terms {
			if e.plan.HoldsAliased(docTest{e, i}, t) {
				terms[t]++
			}
		}
		for g := range grams {
			if held.has(len(e.probes) + g) {
				grams[g]++
			}
		}
	}
	e.scorer = search.NewScorer(e.plan, terms, len(e.snapshot.docs), e.snapshot.average)
	e.scorer.WeighGrams(grams)
	preferred := make([]int, len(e.plan.Preferences))
	for _, d := range e.snapshot.docs {
		for i, preference := range e.plan.Preferences {
			if preference.Accepts(&d.Document) {
				preferred[i]++
			}
		}
	}
	e.scorer.Prefer(preferred)
}

// decide says whether the answer is relaxed. Filters have no part in it, so that choosing a facet value never changes
// what counts as a hit, and its count is the total one gets.
func (e *evaluation) decide() {
	if e.plan.Relaxable() == nil {
		return
	}
	full := 0
	for i, d := range e.snapshot.docs {
		if !e.plan.Accepts(docTest{e, i}) {
			continue
		}
		if e.request.Unit == search.UnitDocument {
			full++
		} else {
			for u := range d.prepared.Passages {
				if e.plan.Accepts(partTest{docTest{e, i}, e.unitHolds(d, u)}) {
					full++
				}
			}
		}
		if full >= search.RelaxBelow {
			return
		}
	}
	e.relaxed = true
}

// accepts reports whether what the test looks at is listed, filters aside.
func (e *evaluation) accepts(t search.Test) bool {
	if e.plan.Accepts(t) {
		return true
	}
	if !e.relaxed {
		return false
	}
	if e.plan.AcceptsAliased(t) {
		return true
	}
	if !e.plan.AcceptsRest(t) {
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

// unitHolds returns the terms that a section's text or heading path holds.
func (e *evaluation) unitHolds(d *document, u int) bits {
	holds := newBits(len(e.probes))
	for t, term := range e.probes {
		if d.prepared.Passages[u].Holds(term) {
			holds.set(t)
		}
	}
	return holds
}

// failing returns the fields among fields whose filters the document does not pass.
func (e *evaluation) failing(d *document) []search.Field {
	var fields []search.Field
	for field, filters := range e.plan.Filters {
		if search.IsSectionFacet(field) || field == search.FieldHeading && e.request.Unit == search.UnitSection {
			continue
		}
		if !slices.ContainsFunc(filters, func(f search.Filter) bool { return f.Accepts(&d.Document) }) {
			fields = append(fields, field)
		}
	}
	return fields
}

// addDocument lists a document and counts it in the facets. Topic and role say which sections count.
func (e *evaluation) addDocument(i int, d *document) {
	failing := e.failing(d)
	if len(failing) > 1 || len(failing) == 1 && e.counts[failing[0]] == nil {
		return
	}
	meta := newBits(len(e.probes))
	for t, term := range e.probes {
		if d.prepared.MetaHolds(term) {
			meta.set(t)
		}
	}
	units := make([]bits, len(d.prepared.Passages))
	for u := range d.prepared.Passages {
		units[u] = e.unitHolds(d, u)
	}
	topics, roles := e.plan.Filters[search.FieldTopic], e.plan.Filters[search.FieldRole]
	part := func(topics, roles []search.Filter) (partTest, bool) {
		if len(topics) == 0 && len(roles) == 0 {
			return partTest{docTest{e, i}, e.held[i]}, true
		}
		holds, some := slices.Clone(meta), false
		for u := range d.prepared.Passages {
			if search.AnySection(topics, d.prepared.Passages[u].Section) && search.AnySection(roles, d.prepared.Passages[u].Section) {
				holds.join(units[u])
				some = true
			}
		}
		return partTest{docTest{e, i}, holds}, some
	}
	test, some := part(topics, roles)
	listed := some && e.accepts(test)
	if len(failing) == 0 {
		for field, others := range map[search.Field][]search.Filter{search.FieldTopic: roles, search.FieldRole: topics} {
			for _, value := range sectionValues(field, d) {
				one := []search.Filter{{Condition: search.Condition{Field: field, Value: value}}}
				test, some := part(one, others)
				if field == search.FieldRole {
					test, some = part(others, one)
				}
				if some && e.accepts(test) {
					e.counts[field][value]++
				}
			}
		}
	}
	if !listed {
		return
	}
	for _, field := range search.FacetFields() {
		if search.IsSectionFacet(field) || len(failing) == 1 && failing[0] != field {
			continue
		}
		for _, value := range search.FacetValues(field, &d.Document) {
			e.counts[field][value]++
		}
	}
	if len(failing) > 0 {
		return
	}
	e.total++
	hit := entry{doc: d, unit: -1, full: e.complete(test), missing: e.lacks(test)}
	for u := range d.prepared.Passages {
		if search.AnySection(topics, d.prepared.Passages[u].Section) && search.AnySection(roles, d.prepared.Passages[u].Section) &&
			e.plan.Accepts(partTest{docTest{e, i}, units[u]}) {
			e.sections++
			hit.together = true
		}
	}
	if len(e.plan.Terms) == 0 {
		hit.together = true // nothing is asked that could stand apart
	}
	if hit.together {
		e.together++
	}
	if e.plan.Accepts(test) {
		e.full++
	}
	e.missing.join(hit.missing)
	if e.request.Sort == search.SortRelevance {
		hit.score = e.scorer.Document(d.prepared, hit.together)
	}
	e.entries = append(e.entries, hit)
}

// addSections lists the sections of a document and counts them in the facets.
func (e *evaluation) addSections(i int, d *document) {
	outer := e.failing(d)
	if len(outer) > 1 {
		return
	}
	found := false
	for u := range d.prepared.Passages {
		test := partTest{docTest{e, i}, e.unitHolds(d, u)}
		if !e.accepts(test) {
			continue
		}
		failing := slices.Clone(outer)
		for _, field := range []search.Field{search.FieldTopic, search.FieldRole, search.FieldHeading} {
			if filters := e.plan.Filters[field]; len(filters) > 0 && !search.AnySection(filters, d.prepared.Passages[u].Section) &&
				(field != search.FieldHeading || !anyAbove(filters, d.prepared.Passages[u].Above)) {
				failing = append(failing, field)
			}
		}
		if len(failing) > 1 || len(failing) == 1 && e.counts[failing[0]] == nil {
			continue
		}
		for _, field := range search.FacetFields() {
			if len(failing) == 1 && failing[0] != field {
				continue
			}
			values := search.FacetValues(field, &d.Document)
			if search.IsSectionFacet(field) {
				values = []string{sectionValue(field, d.prepared.Passages[u].Section)}
			}
			for _, value := range values {
				e.counts[field][value]++
			}
		}
		if len(failing) > 0 {
			continue
		}
		hit := entry{doc: d, unit: u, full: e.complete(test), missing: e.lacks(test)}
		e.total++
		if e.plan.Accepts(test) {
			e.full++
			e.sections++
			hit.together = true
			if !found {
				found = true
				e.together++
			}
		}
		e.missing.join(hit.missing)
		if e.request.Sort == search.SortRelevance {
			hit.score = e.scorer.Section(d.prepared, &d.prepared.Passages[u], hit.together)
		}
		e.entries = append(e.entries, hit)
	}
}

// complete reports whether a hit comes before those that lack a word: in a relaxed answer aliases will do.
func (e *evaluation) complete(t search.Test) bool {
	return e.plan.Accepts(t) || e.relaxed && e.plan.AcceptsAliased(t)
}

// lacks returns the relaxable terms that are not held, nor by an alias.
func (e *evaluation) lacks(test search.Test) bits {
	missing := newBits(len(e.plan.Terms))
	for _, t := range e.plan.Relaxable() {
		if !e.plan.HoldsAliased(test, t) {
			missing.set(t)
		}
	}
	return missing
}

func anyAbove(filters []search.Filter, above []*gongwen.Section) bool {
	return slices.ContainsFunc(above, func(s *gongwen.Section) bool { return search.AnySection(filters, s) })
}

func sectionValue(field search.Field, s *gongwen.Section) string {
	if field == search.FieldTopic {
		return search.FacetText(string(s.Topic))
	}
	return search.FacetText(string(s.Role))
}

func sectionValues(field search.Field, d *document) []string {
	var values []string
	for u := range d.prepared.Passages {
		if value := sectionValue(field, d.prepared.Passages[u].Section); !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}

// sort puts the hits in order; equal ones are ordered by ID, then by section.
func (e *evaluation) sort() {
	slices.SortFunc(e.entries, func(a, b entry) int {
		if e.request.Sort == search.SortRelevance {
			if a.full != b.full {
				if a.full {
					return -1
				}
				return 1
			}
			if a.score != b.score {
				if a.score > b.score {
					return -1
				}
				return 1
			}
		}
		if c := search.CompareDates(a.doc.Document.Dated(), b.doc.Document.Dated(), e.request.Sort); c != 0 {
			return c
		}
		if c := strings.Compare(a.doc.Document.ID, b.doc.Document.ID); c != 0 {
			return c
		}
		return a.unit - b.unit
	})
}

// show makes a hit of an entry.
func (e *evaluation) show(found entry) search.Hit {
	prepared := *found.doc.prepared
	document := e.snapshot.relate(found.doc)
	prepared.Document = &document
	var passage *search.Passage
	if found.unit >= 0 {
		passage = &prepared.Passages[found.unit]
	}
	hit := e.scorer.Show(e.scorer.Exhibit(&prepared, passage), e.request.Unit)
	hit.Score = found.score
	hit.Versions = len(e.snapshot.versions(found.doc))
	if e.request.Explain && e.request.Sort == search.SortRelevance {
		hit.Explanation = e.scorer.Explain(&prepared, passage, found.together)
	}
	hit.Missing = e.terms(found.missing)
	return hit
}

// terms returns the terms of a set as they are shown.
func (e *evaluation) terms(set bits) []string {
	var shown []string
	for t := range e.plan.Terms {
		if set.has(t) {
			shown = append(shown, e.plan.Terms[t].String())
		}
	}
	return shown
}
