package cluster

import (
	"strings"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
)

// accepts finds the documents that a filter accepts, as search.Filter.Accepts does.
func accepts(f search.Filter) query {
	switch f.Field {
	case search.FieldYear:
		return ranged(fieldYear, f.Value)
	case search.FieldPublished:
		return ranged(fieldPublished, f.Value)
	case search.FieldEffective:
		return ranged(fieldEffective, f.Value)
	case search.FieldExpires:
		return ranged(fieldExpires, f.Value)
	case search.FieldID:
		return exactly(fieldID, f.Value)
	case search.FieldDepartment:
		if f.Exact {
			return whole(fieldDepartment, f.Value)
		}
		text := analyzers.FoldQuery(f.Value)
		return or(contains(fieldDepartment+folded, text), contains(fieldSource+folded, text))
	case search.FieldKind:
		return named(fieldKind, f)
	case search.FieldStatus:
		return named(fieldStatus, f)
	case search.FieldRegion:
		if f.Value == search.Unknown {
			return not(exists(fieldPlaces))
		}
		return exactly(fieldPlaces, search.FoldRegion(f.Value))
	case search.FieldNumber:
		return numbered(fieldNumbers, fieldNumber, f.Value)
	case search.FieldCites:
		return or(numbered(fieldCiteds, fieldCited, f.Value), run(fieldCitedTitle, analyzers.FoldQuery(f.Value), false))
	case search.FieldTitle:
		var all []query
		for i := range f.Terms() {
			all = append(all, holds(fieldTitle, &f.Terms()[i]))
		}
		if len(all) == 0 {
			return nothing
		}
		return and(all...)
	case search.FieldHeading, search.FieldTopic, search.FieldRole:
		return nested(acceptsSection(f))
	}
	return nothing
}

// acceptsSection finds the sections that a filter on topic, role or heading accepts. A heading also accepts what lies below.
func acceptsSection(f search.Filter) query {
	switch f.Field {
	case search.FieldTopic:
		return classed(fieldTopic, f.Value)
	case search.FieldRole:
		return classed(fieldRole, f.Value)
	case search.FieldHeading:
		return holdsAll(fieldHeads, f.Terms())
	}
	return everything
}

// classed finds the sections of a topic or role.
func classed(field, value string) query {
	if value == search.Unknown {
		return not(exists(field))
	}
	return exactly(field, value)
}

// ranged finds years or dates. A date that is known less exactly than a bound counts by what is known.
func ranged(field, value string) query {
	if value == search.Unknown {
		return not(exists(field))
	}
	from, to, isRange := strings.Cut(value, "..")
	if !isRange {
		to = from
	}
	all := []query{exists(field)}
	if from != "" {
		later := []query{ask(object{"range": object{field: object{"gte": from}}})}
		for i := range from {
			if from[i] == '-' {
				later = append(later, exactly(field, from[:i]))
			}
		}
		all = append(all, or(later...))
	}
	if to != "" {
		all = append(all, or(ask(object{"range": object{field: object{"lte": to}}}), ask(object{"prefix": object{field: object{"value": to}}})))
	}
	return and(all...)
}

func named(field string, f search.Filter) query {
	if f.Exact {
		return whole(field, f.Value)
	}
	return contains(field+folded, analyzers.FoldQuery(f.Value))
}

// whole finds a value however it is written, or documents without one.
func whole(field, value string) query {
	found := or(exactly(field, value), exactly(field+folded, analyzers.Fold(value)))
	if value == search.Unknown {
		return or(not(exists(field)), found)
	}
	return found
}

// numbered finds a document number; what is none is looked for inside numbers as a whole.
func numbered(wholes, field, value string) query {
	if pattern, ok := gongwen.ParseDocNumber(value); ok {
		return exactly(wholes, pattern.String())
	}
	return run(field, analyzers.FoldQuery(value), true)
}
