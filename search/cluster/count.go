package cluster

import (
	"context"
	"encoding/json"
	"fmt"

	"gongwen/search"
)

// counting is a request for numbers, and what becomes of them.
type counting struct {
	query query
	aggs  object
	take  []func(map[string]bucket)
	more  []facet // whose values may be more than one answer holds
}

func newCounting(q query) *counting { return &counting{query: q, aggs: object{}} }

// number asks for how many documents q finds; below are aggregations in it.
func (c *counting) number(name string, q query, below object, take func(bucket)) {
	agg := object{"filter": q.json()}
	if len(below) > 0 {
		agg["aggs"] = below
	}
	c.aggs[name] = agg
	c.take = append(c.take, func(all map[string]bucket) { take(all[name]) })
}

// facet is a field whose values are counted within what within finds, in documents or in those of their sections.
type facet struct {
	name   string
	column string
	within query
	inside *query // sections; nil counts documents
	add    func(value string, n int)
}

// Values of a facet that one answer, and one page of further ones, hold.
const (
	facetValues = 2_000
	facetPage   = 5_000
)

// values asks for the numbers of every value of a field.
func (c *counting) values(f facet) {
	c.aggs[f.name] = object{
		"filter": f.within.json(),
		"aggs":   object{"values": f.below(object{"terms": object{"field": f.column, "size": facetValues, "missing": search.Unknown}})},
	}
	at := len(c.more)
	c.more = append(c.more, facet{})
	c.take = append(c.take, func(all map[string]bucket) {
		values := all[f.name].Below["values"]
		if values.Other > 0 {
			c.more[at] = f // counted again, page by page
			return
		}
		f.take(values.Buckets)
	})
}

// below adds the count of sections to the values of a field, where they are asked for.
func (f facet) below(values object) object {
	if f.inside != nil {
		values["aggs"] = sectionCount("in", *f.inside, nil)
	}
	return values
}

func (f facet) take(values []bucket) {
	for _, v := range values {
		n := v.Count
		if f.inside != nil {
			n = v.Below["in"].Below["these"].Count
		}
		if n > 0 {
			f.add(v.Key, n)
		}
	}
}

// page counts the values page by page, which is exact however many there are.
func (f facet) page(ctx context.Context, v *view) error {
	source := object{"value": object{"terms": object{"field": f.column, "missing_bucket": true}}}
	var after json.RawMessage
	for {
		composite := object{"size": facetPage, "sources": []object{source}}
		if after != nil {
			composite["after"] = after
		}
		a, err := v.search(ctx, object{
			"size": 0, "query": f.within.json(), "aggs": object{"values": f.below(object{"composite": composite})},
		})
		if err != nil {
			return err
		}
		values := a.Aggregations["values"]
		for i := range values.Buckets {
			if values.Buckets[i].Key == "" {
				values.Buckets[i].Key = search.Unknown
			}
		}
		f.take(values.Buckets)
		if after = values.After; after == nil {
			return nil
		}
	}
}

// carryOut asks for all numbers at once.
func (c *counting) carryOut(ctx context.Context, v *view) error {
	a, err := v.search(ctx, object{"size": 0, "query": c.query.json(), "aggs": c.aggs})
	if err != nil {
		return err
	}
	for _, take := range c.take {
		take(a.Aggregations)
	}
	for _, f := range c.more {
		if f.name != "" {
			if err := f.page(ctx, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// sectionCount counts sections of the documents around it.
func sectionCount(name string, these query, below object) object {
	filter := object{"filter": these.json()}
	if len(below) > 0 {
		filter["aggs"] = below
	}
	return object{name: object{"nested": object{"path": fieldSections}, "aggs": object{"these": filter}}}
}

// countPieces adds aggregations that count the sections of pieces in documents that within finds, and returns how to read them.
func countPieces(aggs object, name string, p pieces, within query, inside func(query) query) func(map[string]bucket) int {
	for i, a := range p {
		section := a.section
		if inside != nil {
			section = inside(section)
		}
		aggs[fmt.Sprint(name, i)] = object{"filter": and(a.doc, within).json(), "aggs": sectionCount("in", section, nil)}
	}
	return func(all map[string]bucket) int {
		n := 0
		for i := range p {
			n += all[fmt.Sprint(name, i)].Below["in"].Below["these"].Count
		}
		return n
	}
}

// documentColumns are the columns of the facets of documents.
var documentColumns = map[search.Field]string{
	search.FieldYear: fieldYear, search.FieldDepartment: fieldDepartment, search.FieldRegion: fieldLevels, search.FieldKind: fieldKind,
	search.FieldStatus: fieldStatus,
}

func (e *evaluation) adder(field search.Field) func(string, int) {
	return func(value string, n int) { e.counts[field][value] += n }
}

// countDocuments asks for the numbers of an answer whose hits are documents. Topic and role say which sections count.
func (e *evaluation) countDocuments() *counting {
	filters := e.filters(accepts, func(f search.Field) bool { return !search.IsSectionFacet(f) })
	byTopic, byRole := e.allowed(search.FieldTopic), e.allowed(search.FieldRole)
	allowed := and(byTopic, byRole)
	sets := e.sets()
	if !allowed.every {
		sets = e.sets(allowed)
	}
	found := e.listedDocuments(sets)
	some := everything
	if !allowed.every {
		some = nested(allowed)
	}
	members := and(found.members, some)
	everyFilter := except(filters)

	// Whatever sections count, a hit is found where all do, their headings included.
	broad := e.listedDocuments(e.sets(everything)).members
	c := newCounting(and(or(broad, found.members), except(filters, search.FacetFields()...)))

	hits := and(members, everyFilter)
	passages := search.Select(e.plan, e.sectionSets())
	inside := func(section query) query { return and(section, allowed) }
	below := object{"full": object{"filter": found.full.json()}}
	sections := countPieces(below, "s", passages, everything, inside)
	together := everything
	if len(e.plan.Terms) > 0 {
		together = passages.and(ofSections(allowed)).docs()
	}
	below["together"] = object{"filter": together.json()}
	aliased := search.Aliased[query]{Sets: sets, Plan: e.plan}
	if e.relaxed {
		for _, t := range e.plan.Relaxable() {
			below[fmt.Sprint("lacks", t)] = object{"filter": not(aliased.Term(t)).json()}
		}
	}
	c.number("total", hits, below, func(b bucket) {
		e.total, e.full = b.Count, b.Below["full"].Count
		e.sections, e.together = sections(b.Below), b.Below["together"].Count
		e.takeLeftOut(b.Below)
	})
	for field, column := range documentColumns {
		c.values(facet{name: string(field), column: column, within: and(members, except(filters, field)), add: e.adder(field)})
	}
	e.countClasses(c, search.FieldTopic, fieldTopic, byRole, everyFilter)
	e.countClasses(c, search.FieldRole, fieldRole, byTopic, everyFilter)

	e.tiers = []tier{{documents: hits, complete: true}}
	if e.relaxed && e.request.Sort == search.SortRelevance {
		e.tiers = []tier{{documents: and(hits, found.complete), complete: true}, {documents: and(hits, not(found.complete))}}
	}
	return c
}

func (e *evaluation) takeLeftOut(below map[string]bucket) {
	for _, t := range e.plan.Relaxable() {
		e.leftOut[t] = below[fmt.Sprint("lacks", t)].Count > 0
	}
}

// countClasses asks how many documents one gets on choosing each topic, or role: others are the sections that pass the filter
// on the other of the two.
func (e *evaluation) countClasses(c *counting, field search.Field, column string, others, filters query) {
	if len(e.plan.Terms) == 0 { // then it does not matter where words stand
		members := e.listedDocuments(e.sets()).members
		c.number(string(field), and(members, filters), sectionCount("in", others, object{"values": object{
			"terms": object{"field": column, "size": 100, "missing": search.Unknown},
			"aggs":  object{"documents": object{"reverse_nested": object{}}},
		}}), func(b bucket) {
			for _, v := range b.Below["in"].Below["these"].Below["values"].Buckets {
				e.counts[field][v.Key] += v.Below["documents"].Count
			}
		})
		return
	}
	for i, value := range e.classValues(field) {
		which := and(others, classed(column, value))
		members := e.listedDocuments(e.sets(which)).members
		c.number(fmt.Sprint(field, i), and(nested(which), members, filters), nil, func(b bucket) {
			if b.Count > 0 {
				e.counts[field][value] += b.Count
			}
		})
	}
}

// countSections asks for the numbers of an answer whose hits are sections.
func (e *evaluation) countSections() *counting {
	outer := e.filters(accepts, func(f search.Field) bool { return !search.IsSectionFacet(f) && f != search.FieldHeading })
	inner := e.filters(acceptsSection, func(f search.Field) bool { return search.IsSectionFacet(f) || f == search.FieldHeading })
	found := e.listedSections()
	c := newCounting(and(found.members.docs(), except(outer, search.FacetFields()...)))

	docs, sections := except(outer), except(inner)
	inside := func(q query) query { return and(q, sections) }
	lacks := object{}
	if e.relaxed {
		aliased := search.Aliased[pieces]{Sets: e.sectionSets(), Plan: e.plan}
		for _, t := range e.plan.Relaxable() {
			lacks[fmt.Sprint("lacks", t)] = object{"filter": not(aliased.Term(t)[0].section).json()}
		}
	}
	for i, p := range found.members {
		c.number(fmt.Sprint("total", i), and(p.doc, docs), sectionCount("in", inside(p.section), lacks), func(b bucket) {
			these := b.Below["in"].Below["these"]
			e.total += these.Count
			for _, t := range e.plan.Relaxable() {
				e.leftOut[t] = e.leftOut[t] || these.Below[fmt.Sprint("lacks", t)].Count > 0
			}
		})
	}
	full := countPieces(c.aggs, "full", found.full, docs, inside)
	c.take = append(c.take, func(all map[string]bucket) { e.full, e.sections = full(all), full(all) })
	filtered := func(p pieces) query { return and(p.and(ofSections(sections)).docs(), docs) }
	c.number("together", filtered(found.full), nil, func(b bucket) { e.together = b.Count })

	for i, p := range found.members {
		for field, column := range documentColumns {
			these := inside(p.section)
			c.values(facet{
				name: fmt.Sprint(field, i), column: column, within: and(p.doc, nested(these), except(outer, field)), inside: &these,
				add: e.adder(field),
			})
		}
		for field, column := range map[search.Field]string{search.FieldTopic: fieldTopic, search.FieldRole: fieldRole} {
			values := object{"values": object{"terms": object{"field": column, "size": 100, "missing": search.Unknown}}}
			counted := sectionCount("in", and(p.section, except(inner, field)), values)
			c.number(fmt.Sprint(field, i), and(p.doc, docs), counted, func(b bucket) {
				for _, v := range b.Below["in"].Below["these"].Below["values"].Buckets {
					e.counts[field][v.Key] += v.Count
				}
			})
		}
	}
	e.tiers = []tier{{documents: filtered(found.members), complete: true}}
	if e.relaxed && e.request.Sort == search.SortRelevance {
		sets := e.sectionSets()
		e.tiers = []tier{
			{documents: filtered(found.complete), complete: true},
			{documents: filtered(sets.And(found.members, sets.Not(found.complete)))},
		}
	}
	return c
}
