package search

import "slices"

// Sets is what an engine that works on sets of documents, or of sections, lends to a plan: the sets of what holds a term
// and of what a filter accepts, and how to combine them. S is immutable to the plan.
type Sets[S any] interface {
	Term(term int) S     // what holds the term in the part that counts
	Anywhere(term int) S // what holds it in the document as a whole: what a NOT asks
	Where(f Filter) S
	All() S
	And(a, b S) S
	Or(a, b S) S
	Not(a S) S
	// Enough returns what lies in sets that weigh at least so much together.
	Enough(sets []S, weights []float64, least float64) S
}

// Select returns the set of what passes the whole query without its filters: Plan.Accepts for all at once.
func Select[S any](p *Plan, sets Sets[S]) S { return selectAll(p, sets, nil) }

// SelectRest is Select with every relaxable term taken to be held.
func SelectRest[S any](p *Plan, sets Sets[S]) S { return selectAll(p, sets, p.relaxable) }

func selectAll[S any](p *Plan, sets Sets[S], given []int) S {
	return selectNode(andNode(p.conjuncts), sets, given, false)
}

func selectNode[S any](n node, sets Sets[S], given []int, anywhere bool) S {
	switch n := n.(type) {
	case termNode:
		if anywhere {
			return sets.Anywhere(int(n))
		}
		if slices.Contains(given, int(n)) {
			return sets.All()
		}
		return sets.Term(int(n))
	case whereNode:
		return sets.Where(n.filter)
	case likeNode:
		weights, least := n.weights()
		holds := make([]S, len(n.terms))
		for i, term := range n.terms {
			holds[i] = selectNode(termNode(term), sets, given, anywhere)
		}
		return sets.Enough(holds, weights, least)
	case notNode:
		return sets.Not(selectNode(n.of, sets, given, true))
	case andNode:
		all := sets.All()
		for _, of := range n {
			all = sets.And(all, selectNode(of, sets, given, anywhere))
		}
		return all
	case orNode:
		some := selectNode(n[0], sets, given, anywhere)
		for _, of := range n[1:] {
			some = sets.Or(some, selectNode(of, sets, given, anywhere))
		}
		return some
	}
	return sets.All()
}

// SelectAliased is Select with aliases taken for the terms that they stand for. Their sets are those of Term behind the
// terms of the plan.
func SelectAliased[S any](p *Plan, sets Sets[S]) S {
	return selectAll(p, Sets[S](Aliased[S]{sets, p}), nil)
}

// Aliased are sets in which a term is held also by its aliases.
type Aliased[S any] struct {
	Sets[S]
	Plan *Plan
}

// Term returns what holds the term or an alias of it.
func (a Aliased[S]) Term(term int) S {
	set := a.Sets.Term(term)
	for _, alias := range a.Plan.Aliased(term) {
		set = a.Or(set, a.Sets.Term(len(a.Plan.Terms)+alias))
	}
	return set
}
