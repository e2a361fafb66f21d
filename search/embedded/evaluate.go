package embedded

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

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

// list is what is listed of a segment: documents, or sections where these are the hits.
type list struct {
	run      *partRun
	part     int // place among the lists
	members  bitset
	full     bitset
	together bitset // documents, or sections where these are listed, with every word in one section
	allowed  bitset // sections that count; nil for all
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
	err := e.eachPart(ctx, func(_ int, p *partRun) {
		p.hits = make([]*hits, len(probes))
		for t, term := range probes {
			if ctx.Err() != nil {
				return
			}
			p.hits[t] = newHits(ctx, p, term)
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

// weighGrams looks for the grams in what is listed, and counts what holds each.
func (e *evaluation) weighGrams(ctx context.Context) error {
	err := e.eachPart(ctx, func(i int, p *partRun) {
		p.grams = make([]*gramHits, len(e.plan.Grams))
		passages := p.passages(&e.lists[i], e.request.Unit == search.UnitSection)
		for g := range p.grams {
			p.grams[g] = newGramHits(p, &e.plan.Grams[g].Term, passages)
		}
	})
	if err != nil {
		return err
	}
	grams := make([]int, len(e.plan.Grams))
	for _, p := range e.parts {
		for g, h := range p.grams {
			grams[g] += h.docs
		}
	}
	e.scorer.WeighGrams(grams)
	return nil
}

// eachPart calls visit for every segment, several at once, unless the context ends before.
func (e *evaluation) eachPart(ctx context.Context, visit func(i int, p *partRun)) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(e.parts)) {
		wait.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(e.parts) {
					return
				}
				visit(i, e.parts[i])
			}
		})
	}
	wait.Wait()
	return ctx.Err()
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

// docFilters returns the fields of filters on documents and what they accept, those of one field joined.
func (e *evaluation) docFilters(p *partRun) map[search.Field]bitset {
	sets := map[search.Field]bitset{}
	for field, filters := range e.plan.Filters {
		if search.IsSectionFacet(field) || field == search.FieldHeading && e.request.Unit == search.UnitSection {
			continue
		}
		set := p.set(p.side.Docs())
		for _, f := range filters {
			set = p.or(set, p.accepted(f))
		}
		sets[field] = set
	}
	return sets
}

// except joins the filters of all fields but one.
func (s *scratch) except(all bitset, filters map[search.Field]bitset, field search.Field) bitset {
	for f, set := range filters {
		if f != field {
			all = s.and(all, set)
		}
	}
	return all
}

// listDocuments lists the documents of a segment and counts them in the facets. Topic and role say which sections count.
func (e *evaluation) listDocuments(p *partRun, s *share) list {
	filters := e.docFilters(p)
	topics, roles := e.plan.Filters[search.FieldTopic], e.plan.Filters[search.FieldRole]
	byTopic, byRole := p.allowed(topics), p.allowed(roles)
	allowed := p.meet(byTopic, byRole)
	sets := e.restricted(p, allowed)
	found := listed(e, sets, nil)
	members := found.members
	if allowed != nil {
		members = p.and(members, p.docsOf(allowed))
	}
	if !e.request.OnlyCount {
		e.countDocuments(p, s, members, filters)
		e.countClasses(p, s, search.FieldTopic, byRole, filters)
		e.countClasses(p, s, search.FieldRole, byTopic, filters)
	}

	members = p.except(members, filters, "")
	s.total += members.count()
	s.full += p.and(found.full, members).count()
	aliased := search.Aliased[bitset]{Sets: sets, Plan: e.plan}
	for _, t := range e.plan.Relaxable() {
		if e.relaxed && !s.leftOut[t] {
			s.leftOut[t] = !p.without(members, aliased.Term(t)).empty()
		}
	}
	l := list{run: p, members: members, full: p.and(found.complete, members), allowed: allowed, together: p.set(p.side.Docs())}
	if len(e.plan.Terms) == 0 {
		l.together = members
	}
	if len(e.plan.Terms) == 0 && allowed == nil && members.same(p.live) {
		s.sections += p.count
	} else {
		s.sections += p.together(p.meet(search.Select(e.plan, sectionSets{p}), allowed), members, l.together)
	}
	s.together += l.together.count()
	return l
}

// restricted are the sets of documents that hold terms in their metadata or in the sections that count.
func (e *evaluation) restricted(p *partRun, allowed bitset) docSets {
	if allowed == nil {
		return e.anywhere(p)
	}
	holds := make([]bitset, len(p.hits))
	for t, h := range p.hits {
		holds[t] = p.or(h.meta, p.docsOf(p.and(h.sections, allowed)))
	}
	return docSets{e, p, holds}
}

// countDocuments counts documents by their values, each facet ignoring its own filter.
func (e *evaluation) countDocuments(p *partRun, s *share, members bitset, filters map[search.Field]bitset) {
	for _, field := range search.FacetFields() {
		if !search.IsSectionFacet(field) {
			e.countColumn(p, s, field, p.except(members, filters, field), nil)
		}
	}
}

// countColumn counts documents, or where sections are given these, by the values of a field of documents.
func (e *evaluation) countColumn(p *partRun, s *share, field search.Field, docs, sections bitset) {
	column, with := columnOf(field)
	c := p.side.Column(column)
	var counts []int
	switch {
	case sections != nil:
		counts = make([]int, len(c.Values))
		sections.each(func(section int) { counts[c.Place(p.side.SectionDoc(section))]++ })
	case docs.same(p.live):
		counts = p.columns[column]
	default:
		counts = countPlaces(c, docs)
	}
	for place, n := range counts {
		if n == 0 {
			continue
		}
		d := with(c.Values[place])
		for _, value := range search.FacetValues(field, &d) {
			s.counts[field][value] += n
		}
	}
}

// countClasses counts the documents that one gets on choosing each topic, or role: others are the sections that pass the
// filter on the other of the two.
func (e *evaluation) countClasses(p *partRun, s *share, field search.Field, others bitset, filters map[search.Field]bitset) {
	values := search.ClassValues(field)
	var most bitset // what holds most words in sections of one class does so in those of all
	if e.relaxed {
		most = listed(e, e.restricted(p, others), nil).members
	}
	some := p.classes[field]
	if others != nil {
		some = p.split(p.meet(p.liveSections(), others), field)
	}
	// Which documents hold a term in a class: in every class those of meta, in theirs the steady ones, else by sections.
	always, holding := make([]bitset, len(p.hits)), make([][]bitset, len(p.hits))
	for t, h := range p.hits {
		if others == nil {
			always[t] = p.or(h.meta, p.and(h.within, p.steady[field]))
			holding[t] = p.split(p.and(h.sections, p.unsteady[field]), field)
		} else {
			always[t] = h.meta
			holding[t] = p.split(p.and(h.sections, others), field)
		}
	}
	var usual bitset // members where no document holds a term by its sections alone
	for class, value := range values {
		if some[class] == nil {
			continue
		}
		members := usual
		if holds, differs := p.ofClass(always, holding, class); differs {
			members = listed(e, docSets{e, p, holds}, p.meet(some[class], most)).members
		} else if usual == nil {
			usual = listed(e, docSets{e, p, always}, most).members
			members = usual
		}
		n := 0
		if len(filters) == 0 {
			n = members.common(some[class])
		} else {
			n = p.except(p.and(members, some[class]), filters, "").count()
		}
		if n > 0 {
			s.counts[field][value] += n
		}
	}
}

// ofClass are the documents that hold each term in a class, and whether these are more than those that always do.
func (s *scratch) ofClass(always []bitset, holding [][]bitset, class int) (holds []bitset, differs bool) {
	holds = slices.Clone(always)
	for t := range holds {
		if docs := holding[t][class]; docs != nil {
			holds[t], differs = s.or(always[t], docs), true
		}
	}
	return holds, differs
}

// listSections lists the sections of a segment and counts them in the facets.
func (e *evaluation) listSections(p *partRun, s *share) list {
	sets := sectionSets{p}
	found := listed(e, sets, nil)
	members := found.members
	filters := map[search.Field]bitset{}
	for field, docs := range e.docFilters(p) {
		filters[field] = p.sectionsOf(docs)
	}
	for _, field := range []search.Field{search.FieldTopic, search.FieldRole} {
		if set := p.allowed(e.plan.Filters[field]); set != nil {
			filters[field] = set
		}
	}
	if headings := e.plan.Filters[search.FieldHeading]; len(headings) > 0 {
		set := p.set(p.side.Sections())
		for _, f := range headings {
			set = p.or(set, p.headings(f, true))
		}
		filters[search.FieldHeading] = set
	}
	for _, field := range search.FacetFields() {
		if e.request.OnlyCount {
			break
		}
		counted := p.except(members, filters, field)
		if !search.IsSectionFacet(field) {
			e.countColumn(p, s, field, nil, counted)
			continue
		}
		values := search.ClassValues(field)
		counted.each(func(section int) {
			if field == search.FieldTopic {
				s.counts[field][values[p.side.Topic(section)]]++
			} else {
				s.counts[field][values[p.side.Role(section)]]++
			}
		})
	}
	members = p.except(members, filters, "")
	full := p.and(found.full, members)
	s.total += members.count()
	s.full += full.count()
	s.sections += full.count()
	s.together += p.docsOf(full).count()
	aliased := search.Aliased[bitset]{Sets: sets, Plan: e.plan}
	for _, t := range e.plan.Relaxable() {
		if e.relaxed && !s.leftOut[t] {
			s.leftOut[t] = !p.without(members, aliased.Term(t)).empty()
		}
	}
	return list{run: p, members: members, full: p.and(found.complete, members), together: full}
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
