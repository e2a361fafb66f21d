package cluster

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
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

// known refuses what this engine does not understand: no answer is better than a wrong one.
func known(q search.Query) error {
	of := []search.Query{}
	switch q := q.(type) {
	case nil, search.Run, search.Words, search.Where:
	case search.And:
		of = q.Of
	case search.Or:
		of = q.Of
	case search.Not:
		of = []search.Query{q.Of}
	default:
		return &search.QueryError{
			Param: "q", Value: q.String(), Message: "OpenSearch 引擎还不支持这种检索式。", Hint: "请改用词、引号和 AND、OR、NOT，或使用内置引擎。",
		}
	}
	for _, part := range of {
		if err := known(part); err != nil {
			return err
		}
	}
	return nil
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

// weigh counts what holds each term and gram, and decides whether the answer is relaxed. Filters have no part in it.
func (e *evaluation) weigh(ctx context.Context) error {
	if len(e.plan.Terms) == 0 {
		e.scorer = search.NewScorer(e.plan, nil, nil, 0, 0)
		return nil
	}
	relaxable := e.plan.Relaxable() != nil
	whole, err := e.view.figures(ctx)
	if err != nil {
		return err
	}
	aggs := object{}
	sets := e.sets()
	aliased := search.Aliased[query]{Sets: sets, Plan: e.plan}
	var union []query
	ask := func(name string, q query) {
		union = append(union, q)
		aggs[name] = object{"filter": q.json()}
	}
	for t := range e.plan.Terms {
		ask(fmt.Sprint("t", t), aliased.Term(t))
	}
	for g := range e.plan.Grams {
		if e.request.Sort != search.SortRelevance {
			break // only ranking asks
		}
		ask(fmt.Sprint("g", g), anywhere(&e.plan.Grams[g].Term))
	}
	full := func(b map[string]bucket) int { return b["full"].Count }
	if relaxable {
		if e.request.Unit == search.UnitSection {
			p := search.Select(e.plan, e.sectionSets())
			full = countPieces(aggs, "full", p, everything, nil)
			union = append(union, p.docs())
		} else {
			ask("full", search.Select(e.plan, sets))
		}
	}
	if e.burst {
		return errComplex
	}
	if onlyTerms(e.request.Query) { // then there is no hit but in the union
		maps.Copy(aggs, sectionCount("in", everything, object{
			string(search.FieldTopic): object{"terms": object{"field": fieldTopic, "size": 100, "missing": search.Unknown}},
			string(search.FieldRole):  object{"terms": object{"field": fieldRole, "size": 100, "missing": search.Unknown}},
		}))
	}
	a, err := e.view.search(ctx, object{"size": 0, "query": or(union...).json(), "aggs": aggs})
	if err != nil {
		return err
	}
	if in, ok := a.Aggregations["in"]; ok {
		e.classes = map[search.Field][]string{}
		for _, field := range []search.Field{search.FieldTopic, search.FieldRole} {
			for _, value := range in.Below["these"].Below[string(field)].Buckets {
				e.classes[field] = append(e.classes[field], value.Key)
			}
		}
	}
	terms, grams := make([]int, len(e.plan.Terms)), make([]int, len(e.plan.Grams))
	for t := range terms {
		terms[t] = a.Aggregations[fmt.Sprint("t", t)].Count
	}
	for g := range grams {
		grams[g] = a.Aggregations[fmt.Sprint("g", g)].Count
	}
	e.docs, e.holding, e.gramHolding = whole.docs, terms, grams
	e.scorer = search.NewScorer(e.plan, terms, grams, whole.docs, whole.average)
	e.relaxed = relaxable && full(a.Aggregations) < search.RelaxBelow
	return nil
}

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

// enough finds what holds enough of the words' weight, as search.Scorer.HoldsEnough says. A document's score is the weight
// that it holds; it is compared with a number between the heaviest choice of words that is not enough and the lightest that
// is.
func (e *evaluation) enough(terms []int, holds []query) query {
	var weights []float64
	var functions []object
	for i, t := range terms {
		if w := e.scorer.Weights[t]; w > 0 && !holds[i].none() {
			weights = append(weights, w)
			functions = append(functions, object{"filter": holds[i].json()})
		}
	}
	border, some := e.border(weights)
	if !some {
		return nothing
	}
	const scale = 1000 // so that what holds no word, which scores 1, is far below
	for i := range functions {
		functions[i]["weight"] = weights[i] / border * scale
	}
	return ask(object{"function_score": object{
		"query": or(holds...).json(), "functions": functions, "score_mode": "sum", "boost_mode": "replace", "min_score": scale,
	}})
}

// maxChoices bounds the words of which every choice is looked at.
const maxChoices = 12

// border is a weight that parts what is enough from what is not; some is false where nothing is enough.
func (e *evaluation) border(weights []float64) (border float64, some bool) {
	all := 0.0
	for _, w := range weights {
		all += w
	}
	if !e.scorer.HoldsEnough(all) {
		return 0, false
	}
	below, above := 0.0, all
	if len(weights) > maxChoices { // to the digit does not matter among so many
		for range 60 {
			if middle := (below + above) / 2; e.scorer.HoldsEnough(middle) {
				above = middle
			} else {
				below = middle
			}
		}
		return above, true
	}
	for choice := range 1 << len(weights) {
		held := 0.0
		for i, w := range weights {
			if choice&(1<<i) != 0 {
				held += w
			}
		}
		if e.scorer.HoldsEnough(held) {
			above = min(above, held)
		} else {
			below = max(below, held)
		}
	}
	return (below + above) / 2, true
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
	others := []search.Field{search.FieldPublished, search.FieldNumber, search.FieldCites, search.FieldTitle, search.FieldHeading}
	for _, field := range append(search.FacetFields(), others...) {
		if q, ok := filters[field]; ok && !slices.Contains(fields, field) {
			all = and(all, q)
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

// onlyTerms reports whether everything that a query finds holds a term of it: it has no NOT, and conditions as filters only.
func onlyTerms(q search.Query) bool {
	rest, _ := search.SplitConditions(q)
	var only func(search.Query) bool
	only = func(q search.Query) bool {
		switch q := q.(type) {
		case search.Run:
			return analyzers.FoldQuery(q.Text) != ""
		case search.Words: // what is punctuation alone is no word
			return strings.ContainsFunc(analyzers.FoldQuery(q.Text), func(r rune) bool {
				return unicode.IsLetter(r) || unicode.IsNumber(r)
			})
		case search.And:
			return slices.ContainsFunc(q.Of, only)
		case search.Or:
			return !slices.ContainsFunc(q.Of, func(q search.Query) bool { return !only(q) })
		}
		return false
	}
	return only(rest)
}

// classValues are the facet values of topic or role that hits may have.
func (e *evaluation) classValues(field search.Field) []string {
	if e.classes != nil {
		return e.classes[field]
	}
	values := []string{search.Unknown}
	if field == search.FieldTopic {
		for _, topic := range gongwen.Topics() {
			values = append(values, string(topic))
		}
		return values
	}
	for _, role := range gongwen.Roles() {
		values = append(values, string(role))
	}
	return values
}
