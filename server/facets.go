package server

import (
	"net/url"
	"slices"
	"strings"

	"gongwen"
	"gongwen/search"
)

// shownValues is how many values of a facet stand beside the hits; the rest is a page of its own.
const shownValues = 8

// facetView is a facet beside the hits.
type facetView struct {
	Field  string
	Name   string
	Values []valueView
	All    string // "全部 213 个机关", where not all are shown
	Link   string // to all of them
	Unit   string // what is counted
	Single bool   // only one value can be chosen
}

// valueView is a value that can be ticked.
type valueView struct {
	Value   string
	Name    string
	Count   string
	Depth   int // of a region below the topmost one shown, at most 3
	Checked bool
	Zero    bool
	Link    string // to the search with this value chosen; only on the page of all values
}

// newFacets prepares the facets of a result for the form beside its hits.
func newFacets(p params, facets map[search.Field][]search.FacetValue) []facetView {
	var views []facetView
	for _, field := range search.FacetFields() {
		values := listed(p, field, facets[field])
		if len(values) == 0 || len(values) == 1 && values[0].Value == search.Unknown && !p.has(field, search.Unknown) {
			continue // nothing to choose
		}
		shown := arrange(p, field, values, limitOf(field))
		view := facetView{Field: string(field), Name: facetName(field), Values: shown, Unit: unitName(p.Unit)}
		if len(values) > len(shown) {
			view.All = "全部 " + count(len(values)) + " 个" + facetName(field)
			view.Link = address("/search/facets", withValue(p.first().values(), "facet", string(field)))
		}
		views = append(views, view)
	}
	return views
}

// limitOf is how many values of a facet are shown. The fixed lists of topics and roles are short and read as wholes.
func limitOf(field search.Field) int {
	if field == search.FieldTopic || field == search.FieldRole {
		return 20
	}
	return shownValues
}

// uncounted is the count of a chosen value that the result does not list: a range of years, or a region as one types it.
const uncounted = -1

// listed is what a result says of a facet, and whatever is chosen besides: a chosen value never vanishes.
func listed(p params, field search.Field, values []search.FacetValue) []search.FacetValue {
	values = slices.Clone(values)
	for _, f := range p.Filters {
		if f.Field == field && !slices.ContainsFunc(values, func(v search.FacetValue) bool { return v.Value == f.Value }) {
			values = append(values, search.FacetValue{Value: f.Value, Count: uncounted})
		}
	}
	return values
}

// arrange takes the values that are to be shown, chosen ones before all others, and puts them into the order in which
// people read them: years from the newest, topics and roles as reports have them, regions as a tree, the rest as ranked.
func arrange(p params, field search.Field, values []search.FacetValue, limit int) []valueView {
	values = slices.Clone(values)
	if field == search.FieldYear {
		slices.SortStableFunc(values, newestFirst)
	}
	slices.SortStableFunc(values, func(a, b search.FacetValue) int {
		return rank(p.has(field, a.Value)) - rank(p.has(field, b.Value))
	})
	chosen := len(slices.DeleteFunc(slices.Clone(values), func(v search.FacetValue) bool { return !p.has(field, v.Value) }))
	if limit > 0 && len(values) > limit {
		values = values[:max(limit, chosen)]
	}
	switch field {
	case search.FieldYear:
		slices.SortStableFunc(values, newestFirst)
	case search.FieldTopic, search.FieldRole:
		order := fixedOrder(field)
		slices.SortStableFunc(values, func(a, b search.FacetValue) int { return place(order, a.Value) - place(order, b.Value) })
	case search.FieldRegion:
		values = asTree(values)
	}
	views := make([]valueView, 0, len(values))
	for _, v := range values {
		view := valueView{Value: v.Value, Name: valueName(field, v.Value, false), Checked: p.has(field, v.Value), Zero: v.Count == 0}
		if v.Count != uncounted {
			view.Count = count(v.Count)
		}
		views = append(views, view)
	}
	if field == search.FieldRegion {
		nest(views)
	}
	return views
}

func rank(chosen bool) int {
	if chosen {
		return 0
	}
	return 1
}

// newestFirst compares years; unknown ones come after all others.
func newestFirst(a, b search.FacetValue) int {
	if (a.Value == search.Unknown) != (b.Value == search.Unknown) {
		return rank(b.Value == search.Unknown) - rank(a.Value == search.Unknown)
	}
	return strings.Compare(b.Value, a.Value)
}

// fixedOrder is the order of topics or roles that every report follows.
func fixedOrder(field search.Field) []string {
	var order []string
	if field == search.FieldTopic {
		for _, topic := range gongwen.Topics() {
			order = append(order, string(topic))
		}
		return order
	}
	for _, role := range gongwen.Roles() {
		order = append(order, string(role))
	}
	return order
}

// place is the position of a value in an order; what is not in it comes last.
func place(order []string, value string) int {
	if i := slices.Index(order, value); i >= 0 {
		return i
	}
	return len(order)
}

// asTree puts every region before those below it and keeps the rank among siblings.
func asTree(values []search.FacetValue) []search.FacetValue {
	var tree []search.FacetValue
	var add func(prefix string)
	taken := make([]bool, len(values))
	add = func(prefix string) {
		for i, v := range values {
			if taken[i] || !strings.HasPrefix(v.Value, prefix) || hasParent(values, taken, v.Value) {
				continue
			}
			taken[i] = true
			tree = append(tree, v)
			add(v.Value + "/")
		}
	}
	add("")
	return tree
}

// hasParent reports whether a region above value is still to be placed.
func hasParent(values []search.FacetValue, taken []bool, value string) bool {
	for i, v := range values {
		if !taken[i] && strings.HasPrefix(value, v.Value+"/") {
			return true
		}
	}
	return false
}

// nest says how deep each region of a tree lies below those that are shown, and names regions whose parent is not shown
// by their whole path.
func nest(views []valueView) {
	var open []string
	for i := range views {
		v := &views[i]
		for len(open) > 0 && !strings.HasPrefix(v.Value, open[len(open)-1]+"/") {
			open = open[:len(open)-1]
		}
		v.Depth = min(len(open), 3)
		if len(open) == 0 {
			v.Name = valueName(search.FieldRegion, v.Value, true)
		} else {
			v.Name = strings.ReplaceAll(v.Value[len(open[len(open)-1])+1:], "/", " ")
		}
		open = append(open, v.Value)
	}
}

// withValue adds a parameter to a query string.
func withValue(values url.Values, name, value string) url.Values {
	values.Set(name, value)
	return values
}
