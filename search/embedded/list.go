package embedded

import (
	"slices"

	"gongwen/search"
)

// list is what is listed of a segment: documents, or sections where these are the hits.
type list struct {
	run      *partRun
	part     int // place among the lists
	members  bitset
	full     bitset
	together bitset // documents, or sections where these are listed, with every word in one section
	allowed  bitset // sections that count; nil for all
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
