package cluster

import (
	"context"
	"fmt"
	"maps"

	"gongwen/search"
)

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
