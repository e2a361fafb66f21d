package embedded

import (
	"context"
	"iter"

	"gongwen/search"
)

// evaluation carries out one plan on one view: sets of documents and of sections, segment by segment.
type evaluation struct {
	view    *view
	request search.Request
	plan    *search.Plan
	parts   []*partRun
	scorer  search.Scorer
	relaxed bool

	scratch *scratch
	share          // of all segments
	lists   []list // by segment
}

// share is what a segment adds to the answer.
type share struct {
	total, full        int
	sections, together int
	leftOut            []bool // by term: whether some listed hit lacks it
	counts             map[search.Field]map[string]int
}

func newShare(terms int) share {
	s := share{leftOut: make([]bool, terms), counts: map[search.Field]map[string]int{}}
	for _, field := range search.FacetFields() {
		s.counts[field] = map[string]int{}
	}
	return s
}

func (s *share) add(other *share) {
	s.total += other.total
	s.full += other.full
	s.sections += other.sections
	s.together += other.together
	for t, lacks := range other.leftOut {
		s.leftOut[t] = s.leftOut[t] || lacks
	}
	for field, counts := range other.counts {
		for value, n := range counts {
			s.counts[field][value] += n
		}
	}
}

func newEvaluation(v *view, request search.Request, plan *search.Plan) *evaluation {
	e := &evaluation{view: v, request: request, plan: plan, scratch: newScratch(), share: newShare(len(plan.Terms)), lists: make([]list, len(v.parts))}
	for _, p := range v.parts {
		e.parts = append(e.parts, &partRun{part: p, scratch: e.scratch, plan: plan, filters: map[search.Condition]bitset{}})
	}
	return e
}

// run finds every hit and counts every facet.
func (e *evaluation) run(ctx context.Context) error {
	probes := e.plan.Probes()
	for _, p := range e.parts {
		p.hits = make([]*hits, len(probes))
	}
	err := divide(ctx, len(e.parts)*len(probes), func(tasks iter.Seq[int]) {
		for task := range tasks {
			p, t := e.parts[task/len(probes)], task%len(probes)
			p.hits[t] = newHits(ctx, p, probes[t])
		}
	})
	if err != nil {
		return err
	}
	e.weigh()
	e.decide()
	shares := make([]share, len(e.parts))
	err = e.eachPart(ctx, func(i int, p *partRun) {
		shares[i] = newShare(len(e.plan.Terms))
		if e.request.Unit == search.UnitSection {
			e.lists[i] = e.listSections(p, &shares[i])
		} else {
			e.lists[i] = e.listDocuments(p, &shares[i])
		}
		e.lists[i].part = i
	})
	for i := range shares {
		e.add(&shares[i])
	}
	return err
}

// weigh counts what holds each term.
func (e *evaluation) weigh() {
	terms := make([]int, len(e.plan.Terms))
	for _, p := range e.parts {
		aliased := search.Aliased[bitset]{Sets: e.anywhere(p), Plan: e.plan}
		for t := range terms {
			terms[t] += aliased.Term(t).count()
		}
	}
	e.scorer = search.NewScorer(e.plan, terms, e.view.docs, e.view.average)
	e.prefer()
}

// decide says whether the answer is relaxed. Filters have no part in it, so that choosing a facet value never changes
// what counts as a hit, and its count is the total one gets.
func (e *evaluation) decide() {
	if e.plan.Relaxable() == nil {
		return
	}
	full := 0
	for _, p := range e.parts {
		if e.request.Unit == search.UnitSection {
			full += search.Select(e.plan, sectionSets{p}).count()
		} else {
			full += search.Select(e.plan, e.anywhere(p)).count()
		}
	}
	e.relaxed = full < search.RelaxBelow
}

// anywhere are the sets of documents that hold terms wherever it be.
func (e *evaluation) anywhere(p *partRun) docSets {
	holds := make([]bitset, len(p.hits))
	for t, h := range p.hits {
		holds[t] = h.anywhere
	}
	return docSets{e, p, holds}
}

// selection is what is listed, filters aside, and of it what holds every word: itself, or in a relaxed answer also by
// aliases.
type selection struct{ members, full, complete bitset }

// listed selects among what lies within a set; nil is no bound.
func listed[S search.Sets[bitset]](e *evaluation, sets S, within bitset) selection {
	full := search.Select(e.plan, sets)
	if !e.relaxed {
		return selection{full, full, full}
	}
	complete := e.scratch.or(full, search.SelectAliased(e.plan, sets))
	members := e.scratch.clone(complete)
	rest := e.scratch.without(search.SelectRest(e.plan, sets), complete)
	aliased := search.Aliased[bitset]{Sets: sets, Plan: e.plan}
	var terms []int
	var holds []bitset
	for _, t := range e.plan.Relaxable() {
		terms, holds = append(terms, t), append(holds, aliased.Term(t))
	}
	e.addEnough(members, e.scratch.meet(rest, within), terms, holds)
	return selection{members, full, complete}
}

// addEnough adds to the members those of the rest that hold enough of the words.
func (e *evaluation) addEnough(members, rest bitset, terms []int, holds []bitset) {
	for at, candidates := range rest {
		some := uint64(0)
		for _, set := range holds {
			some |= set[at]
		}
		for candidates &= some; candidates != 0; candidates &= candidates - 1 {
			bit := candidates & -candidates
			held := 0.0
			for n, t := range terms {
				if holds[n][at]&bit != 0 {
					held += e.scorer.Weights[t]
				}
			}
			if e.scorer.HoldsEnough(held) {
				members[at] |= bit
			}
		}
	}
}

// words returns terms as they are shown.
func (e *evaluation) words(lacks func(term int) bool) []string {
	var shown []string
	for t := range e.plan.Terms {
		if lacks(t) {
			shown = append(shown, e.plan.Terms[t].String())
		}
	}
	return shown
}
