package cluster

import (
	"context"
	"maps"
	"slices"
	"unicode/utf8"

	"gongwen/search"
)

// evaluation carries out one plan on one view.
type evaluation struct {
	view    *view
	request search.Request
	plan    *search.Plan
	probes  []*search.Term
	scorer  search.Scorer
	relaxed bool
	burst   bool // the query has too many pieces

	docs        int   // in the view
	holding     []int // by term: the documents that hold it, itself or by an alias
	gramHolding []int // by gram

	classes map[search.Field][]string // that sections of hits may have, of topic and role; nil for any

	total, full        int
	sections, together int
	leftOut            []bool // by term
	counts             map[search.Field]map[string]int
	tiers              []tier // what is listed, one after the other
}

func newEvaluation(v *view, request search.Request, plan *search.Plan) *evaluation {
	e := &evaluation{
		view: v, request: request, plan: plan, probes: plan.Probes(), leftOut: make([]bool, len(plan.Terms)),
		counts: map[search.Field]map[string]int{},
	}
	for _, field := range search.FacetFields() {
		e.counts[field] = map[string]int{}
	}
	return e
}

// errComplex is what a query gets that has no form in the cluster's language.
var errComplex = &search.QueryError{
	Param: "q", Message: "按章节检索时，这个检索式里的“非”太多，集群无法处理。", Hint: "请减少 OR 里的 NOT，或改为按文件检索。",
}

// mostPairs bounds the characters of all that is looked for. The cluster keeps some kilobytes for each pair of them, in each of the
// filters of a question, so that a pasted page would take more memory than a small node has.
const mostPairs = 600

// pairs counts the pairs of characters that the plan looks for one after the other.
func (e *evaluation) pairs() int {
	n := 0
	for _, t := range e.probes {
		for _, literal := range t.Literals() {
			if runes := utf8.RuneCountInString(literal); runes > 2 { // shorter ones are looked up, whatever stands beside
				n += runes - 1
			}
		}
	}
	return n
}

// run finds every hit and counts every facet.
func (e *evaluation) run(ctx context.Context) error {
	if err := known(e.request.Query); err != nil {
		return err
	}
	for _, c := range e.request.Filters {
		if err := knownCondition(c); err != nil {
			return err
		}
	}
	if e.pairs() > mostPairs {
		return errLong
	}
	if err := e.weigh(ctx); err != nil {
		return err
	}
	var c *counting
	if e.request.Unit == search.UnitSection {
		c = e.countSections()
	} else {
		c = e.countDocuments()
	}
	if e.burst {
		return errComplex
	}
	return c.carryOut(ctx, e.view)
}

// sets are the documents that hold terms, of which only some sections may count.
func (e *evaluation) sets(which ...query) docSets {
	if len(which) == 0 {
		return docSets{probes: e.probes}
	}
	return docSets{e.probes, true, and(which...)}
}

func (e *evaluation) sectionSets() sectionSets { return sectionSets{e.probes, &e.burst} }

// selection is what is listed, filters aside, and of it what holds every word: itself, or in a relaxed answer also by aliases.
type selection[S any] struct{ members, full, complete S }

// listed selects among what a plan finds. enough finds what holds enough of the words, given the sets of each.
func listed[S any](e *evaluation, sets search.Sets[S], enough func(terms []int, holds []S) S) selection[S] {
	full := search.Select(e.plan, sets)
	if !e.relaxed {
		return selection[S]{full, full, full}
	}
	complete := sets.Or(full, search.SelectAliased(e.plan, sets))
	aliased := search.Aliased[S]{Sets: sets, Plan: e.plan}
	var terms []int
	var holds []S
	for _, t := range e.plan.Relaxable() {
		terms, holds = append(terms, t), append(holds, aliased.Term(t))
	}
	rest := sets.And(search.SelectRest(e.plan, sets), enough(terms, holds))
	return selection[S]{sets.Or(complete, rest), full, complete}
}

func (e *evaluation) listedDocuments(sets docSets) selection[query] {
	return listed(e, search.Sets[query](sets), e.enough)
}

func (e *evaluation) listedSections() selection[pieces] {
	return listed(e, search.Sets[pieces](e.sectionSets()), func(terms []int, holds []pieces) pieces {
		some := make([]query, len(holds))
		for i, h := range holds {
			some[i] = h[0].section // a term is asked of sections alone
		}
		return ofSections(e.enough(terms, some))
	})
}

// filters are what the filters of each field accept, those of one field joined.
func (e *evaluation) filters(accepts func(search.Filter) query, fields func(search.Field) bool) map[search.Field]query {
	all := map[search.Field]query{}
	for field, filters := range e.plan.Filters {
		if !fields(field) {
			continue
		}
		some := make([]query, len(filters))
		for i, f := range filters {
			some[i] = accepts(f)
		}
		all[field] = or(some...)
	}
	return all
}

// except joins the filters of all fields but those.
func except(filters map[search.Field]query, fields ...search.Field) query {
	all := everything
	for _, field := range slices.Sorted(maps.Keys(filters)) {
		if !slices.Contains(fields, field) {
			all = and(all, filters[field])
		}
	}
	return all
}

// allowed are the sections that the filters on one of topic and role let count; everything where there are none.
func (e *evaluation) allowed(field search.Field) query {
	if len(e.plan.Filters[field]) == 0 {
		return everything
	}
	var some []query
	for _, f := range e.plan.Filters[field] {
		some = append(some, acceptsSection(f))
	}
	return or(some...)
}

// classValues are the facet values of topic or role that hits may have.
func (e *evaluation) classValues(field search.Field) []string {
	if e.classes != nil {
		return e.classes[field]
	}
	return search.ClassValues(field)
}
