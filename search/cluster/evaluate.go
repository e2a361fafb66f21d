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

// errUnknown is what a query gets with an operator that this engine does not have.
func errUnknown(q search.Query) error {
	return &search.QueryError{
		Param: "q", Value: q.String(), Message: "存放在 OpenSearch 集群上时，还不能用连接符（/s、/p、/n 等）和通配符（*、?）检索。",
		Hint: "请改用词、引号和 AND、OR、NOT。",
	}
}

// known refuses what this engine does not understand: no answer is better than a wrong one.
func known(q search.Query) error {
	of := []search.Query{}
	switch q := q.(type) {
	case nil, search.Run, search.Words, search.Like:
	case search.Where:
		return knownCondition(q.Condition)
	case search.Boosted:
		of = []search.Query{q.Of}
	case search.And:
		of = q.Of
	case search.Or:
		of = q.Of
	case search.Not:
		of = []search.Query{q.Of}
	default:
		return errUnknown(q)
	}
	for _, part := range of {
		if err := known(part); err != nil {
			return err
		}
	}
	return nil
}

// knownCondition refuses wildcards in the words of a title or heading.
func knownCondition(c search.Condition) error {
	filters := search.Compile(search.Request{Filters: []search.Condition{c}}, noWords{}).Filters[c.Field]
	for i := range filters {
		if slices.ContainsFunc(filters[i].Terms(), func(t search.Term) bool { return t.Form() != nil }) {
			return errUnknown(search.Where{Condition: c})
		}
	}
	return nil
}

// noWords takes a text for one word.
type noWords struct{}

func (noWords) Cut(folded string) []analyzers.Word {
	if folded == "" {
		return nil
	}
	return []analyzers.Word{{Text: folded, Start: 0, End: len(folded)}}
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

// weigh counts what holds each term and gram, and what is preferred, and decides whether the answer is relaxed. Filters have
// no part in it.
func (e *evaluation) weigh(ctx context.Context) error {
	if len(e.plan.Terms)+len(e.plan.Preferences) == 0 {
		e.scorer = search.NewScorer(e.plan, nil, 0, 0)
		return nil
	}
	whole, err := e.view.figures(ctx)
	if err != nil {
		return err
	}
	relaxable := e.plan.Relaxable() != nil
	early := relaxable && !hasLike(e.request.Query) // what is like another is known once its words are weighed
	q := questions{aggs: object{}}
	aliased := search.Aliased[query]{Sets: e.sets(), Plan: e.plan}
	for t := range e.plan.Terms {
		q.ask(fmt.Sprint("t", t), aliased.Term(t))
	}
	if e.request.Sort == search.SortRelevance { // only ranking asks
		for g := range e.plan.Grams {
			q.ask(fmt.Sprint("g", g), anywhere(&e.plan.Grams[g].Term))
		}
		for p := range e.plan.Preferences {
			q.ask(fmt.Sprint("p", p), accepts(e.plan.Preferences[p].Filter))
		}
	}
	full := func(map[string]bucket) int { return 0 }
	if early {
		full = e.askFull(&q)
	}
	if e.burst {
		return errComplex
	}
	if onlyTerms(e.request.Query) { // then there is no hit but in the union
		maps.Copy(q.aggs, sectionCount("in", everything, object{
			string(search.FieldTopic): object{"terms": object{"field": fieldTopic, "size": 100, "missing": search.Unknown}},
			string(search.FieldRole):  object{"terms": object{"field": fieldRole, "size": 100, "missing": search.Unknown}},
		}))
	}
	all, err := q.answer(ctx, e.view)
	if err != nil {
		return err
	}
	e.takeClasses(all)
	counts := func(name string, n int) []int {
		found := make([]int, n)
		for i := range found {
			found[i] = all[fmt.Sprint(name, i)].Count
		}
		return found
	}
	e.docs, e.holding, e.gramHolding = whole.docs, counts("t", len(e.plan.Terms)), counts("g", len(e.plan.Grams))
	e.scorer = search.NewScorer(e.plan, e.holding, whole.docs, whole.average)
	e.scorer.WeighGrams(e.gramHolding)
	e.scorer.Prefer(counts("p", len(e.plan.Preferences)))
	if relaxable && !early {
		q = questions{aggs: object{}}
		full = e.askFull(&q)
		if e.burst {
			return errComplex
		}
		if all, err = q.answer(ctx, e.view); err != nil {
			return err
		}
	}
	e.relaxed = relaxable && full(all) < search.RelaxBelow
	return nil
}

// questions are numbers of documents that are asked for at once.
type questions struct {
	union []query // of what is asked for
	aggs  object
}

func (q *questions) ask(name string, of query) {
	q.union = append(q.union, of)
	q.aggs[name] = object{"filter": of.json()}
}

func (q *questions) answer(ctx context.Context, v *view) (map[string]bucket, error) {
	a, err := v.search(ctx, object{"size": 0, "query": or(q.union...).json(), "aggs": q.aggs})
	if err != nil {
		return nil, err
	}
	return a.Aggregations, nil
}

// askFull asks for the number of what holds every word, in the request's unit, and returns how to read it.
func (e *evaluation) askFull(q *questions) func(map[string]bucket) int {
	if e.request.Unit == search.UnitSection {
		p := search.Select(e.plan, e.sectionSets())
		q.union = append(q.union, p.docs())
		return countPieces(q.aggs, "full", p, everything, nil)
	}
	q.ask("full", search.Select(e.plan, e.sets()))
	return func(b map[string]bucket) int { return b["full"].Count }
}

// takeClasses notes the topics and roles that hits may have.
func (e *evaluation) takeClasses(all map[string]bucket) {
	in, ok := all["in"]
	if !ok {
		return
	}
	e.classes = map[search.Field][]string{}
	for _, field := range []search.Field{search.FieldTopic, search.FieldRole} {
		for _, value := range in.Below["these"].Below[string(field)].Buckets {
			e.classes[field] = append(e.classes[field], value.Key)
		}
	}
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

// enough finds what holds enough of the words' weight, as search.Scorer.HoldsEnough says.
func (e *evaluation) enough(terms []int, holds []query) query {
	weights := make([]float64, len(terms))
	for i, t := range terms {
		weights[i] = e.scorer.Weights[t]
	}
	return enough(holds, weights, e.scorer.HoldsEnough)
}

// enough finds what lies in sets whose weights together suffice, which no weight at all does not. A document's score is the
// weight that it holds; it is compared with a number between the heaviest choice of sets that is not enough and the lightest
// that is.
func enough(sets []query, weights []float64, suffices func(held float64) bool) query {
	var some []query
	var weighing []float64
	for i, w := range weights {
		if w > 0 && !sets[i].none() {
			some, weighing = append(some, sets[i]), append(weighing, w)
		}
	}
	border, found := border(weighing, suffices)
	if !found {
		return nothing
	}
	const scale = 1000
	should := make([]object, len(some))
	for i := range some {
		should[i] = constant(some[i], weighing[i]/border*scale)
	}
	return ask(object{"function_score": object{"query": object{"bool": object{"should": should}}, "min_score": scale}})
}

// maxChoices bounds the weights of which every choice is looked at.
const maxChoices = 12

// border is a weight that parts what is enough from what is not; some is false where nothing is enough.
func border(weights []float64, suffices func(held float64) bool) (border float64, some bool) {
	all := 0.0
	for _, w := range weights {
		all += w
	}
	if !suffices(all) {
		return 0, false
	}
	below, above := 0.0, all
	if len(weights) > maxChoices { // to the digit does not matter among so many
		for range 60 {
			if middle := (below + above) / 2; suffices(middle) {
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
		if suffices(held) {
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
		case search.Like:
			return true
		case search.Boosted:
			return only(q.Of)
		case search.And:
			return slices.ContainsFunc(q.Of, only)
		case search.Or:
			return !slices.ContainsFunc(q.Of, func(q search.Query) bool { return !only(q) })
		}
		return false
	}
	return only(rest)
}

// hasLike reports whether a query asks for what is like a document.
func hasLike(q search.Query) bool {
	switch q := q.(type) {
	case search.Like:
		return true
	case search.And:
		return slices.ContainsFunc(q.Of, hasLike)
	case search.Or:
		return slices.ContainsFunc(q.Of, hasLike)
	case search.Not:
		return hasLike(q.Of)
	case search.Boosted:
		return hasLike(q.Of)
	}
	return false
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
