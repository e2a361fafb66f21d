package main

import (
	"fmt"
	"strings"

	"gongwen"
	"gongwen/search"
)

// registerFacets sums up the whole list.
func (a *app) registerFacets(s *screen, facets map[string][]search.FacetValue, names []string) {
	width := 0
	for _, name := range names {
		width = max(width, columns(a.facetName(name)))
	}
	s.blank()
	s.put(0, piece{a.say(facetsTitle), strong})
	for _, name := range names {
		values := facets[name]
		if len(values) == 0 || len(values) == 1 && values[0].Value == search.Unknown {
			continue
		}
		var shown []string
		for i, value := range values {
			if i == shownFacets {
				shown = append(shown, a.say(moreValues, len(values)-i))
				break
			}
			shown = append(shown, fmt.Sprintf("%s %d", visible(a.facetValue(name, value.Value)), value.Count))
		}
		s.hang(2, width+4, piece{fill(a.facetName(name), width+2), faint}, piece{text: strings.Join(shown, " · ")})
	}
}

// facetName is a facet of the register as people read it.
func (a *app) facetName(name string) string {
	switch name {
	case "target_year":
		return a.say(facetTarget)
	case "status":
		return a.say(facetStatus)
	case "unit":
		return a.say(facetUnit)
	}
	return a.fieldName(search.Field(name))
}

// facetValue is a value of a facet of the register as people read it. In English it is the value that a flag takes.
func (a *app) facetValue(name, value string) string {
	if name == "status" {
		if a.lang != chinese {
			return value
		}
		return a.say(statusNames[gongwen.FollowUpStatus(value)])
	}
	if name == "unit" && value == search.Unknown && a.lang == chinese {
		return a.say(noUnit)
	}
	return a.valueName(search.Field(name), value)
}

// statusNames are the statuses of follow-ups as people read them.
var statusNames = map[gongwen.FollowUpStatus]text{
	gongwen.StatusReported:     statusReported,
	gongwen.StatusRepeated:     statusRepeated,
	gongwen.StatusNotMentioned: statusNotMentioned,
	gongwen.StatusNoLater:      statusNoLater,
}

// qualifierNames say of a number how near it is.
var qualifierNames = map[gongwen.Qualifier]text{
	gongwen.QualifierAbout:   valueAbout,
	gongwen.QualifierNear:    valueNear,
	gongwen.QualifierOver:    valueOver,
	gongwen.QualifierAtLeast: valueAtLeast,
	gongwen.QualifierUnder:   valueUnder,
	gongwen.QualifierAtMost:  valueAtMost,
}
