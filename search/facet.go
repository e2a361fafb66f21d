package search

import (
	"slices"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/analyzers"
)

// FacetText is the facet value of a text: itself, or "unknown" where it is empty.
func FacetText(value string) string {
	if value == "" {
		return Unknown
	}
	return value
}

// FacetValues returns the values under which a document counts in a facet of documents: one, but for region, which
// lists every level.
func FacetValues(field Field, d *gongwen.Document) []string {
	switch field {
	case FieldYear:
		return []string{FacetText(yearText(d.Year))}
	case FieldDepartment:
		return []string{FacetText(d.Department())}
	case FieldKind:
		return []string{FacetText(d.Kind)}
	case FieldStatus:
		return []string{FacetText(d.Status)}
	case FieldRegion:
		if d.Region == "" {
			return []string{Unknown}
		}
		var values []string
		for i, r := range d.Region {
			if r == '/' {
				values = append(values, d.Region[:i])
			}
		}
		return append(values, d.Region)
	}
	return nil
}

// IsSectionFacet reports whether a facet's values belong to sections.
func IsSectionFacet(field Field) bool { return field == FieldTopic || field == FieldRole }

// ClassValues are the facet values of topic or role: unknown, then gongwen.Topics or gongwen.Roles in their order.
func ClassValues(field Field) []string {
	values := []string{Unknown}
	if field == FieldTopic {
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

// RankFacet sorts the counted values of a facet as they are shown, chosen ones always kept, and cuts the list to limit
// values: negative for all.
func RankFacet(field Field, counts map[string]int, chosen []Filter, limit int) []FacetValue {
	for _, filter := range chosen {
		if from, to := bounds(filter.Value); from == to && field != FieldRegion {
			if _, ok := counts[filter.Value]; !ok && (filter.Exact || field == FieldYear || IsSectionFacet(field)) {
				counts[filter.Value] = 0
			}
		}
	}
	values := make([]FacetValue, 0, len(counts))
	for value, count := range counts {
		values = append(values, FacetValue{value, count})
	}
	slices.SortFunc(values, func(a, b FacetValue) int { return compareFacetValues(field, a, b) })
	if limit < 0 || len(values) <= limit {
		return values
	}
	kept := values[:limit:limit]
	for _, value := range values[limit:] {
		if slices.ContainsFunc(chosen, func(f Filter) bool { return f.Value == value.Value }) {
			kept = append(kept, value)
		}
	}
	return kept
}

// compareFacetValues orders years newest first, topics and roles as the outlines do, the rest by count; unknown is last.
func compareFacetValues(field Field, a, b FacetValue) int {
	if (a.Value == Unknown) != (b.Value == Unknown) {
		if a.Value == Unknown {
			return 1
		}
		return -1
	}
	switch field {
	case FieldYear:
		return strings.Compare(b.Value, a.Value)
	case FieldTopic:
		return slices.Index(gongwen.Topics(), gongwen.Topic(a.Value)) - slices.Index(gongwen.Topics(), gongwen.Topic(b.Value))
	case FieldRole:
		return slices.Index(gongwen.Roles(), gongwen.Role(a.Value)) - slices.Index(gongwen.Roles(), gongwen.Role(b.Value))
	}
	if a.Count != b.Count {
		return b.Count - a.Count
	}
	return strings.Compare(a.Value, b.Value)
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// sameNumber reports whether a document number is the one that is asked for; what is no document number is looked for
// inside it as a whole, so that 47号 is not in 147号.
func sameNumber(number, asked string) bool {
	if number == "" {
		return false
	}
	if pattern, ok := gongwen.ParseDocNumber(asked); ok {
		n, ok := gongwen.ParseDocNumber(number)
		return ok && n.Matches(pattern)
	}
	folded := analyzers.FoldQuery(asked)
	whole := Term{literals: []string{folded}}
	return folded != "" && whole.Holds(analyzers.Fold(number))
}

// withinRegion reports whether a region path is the asked place or lies below it.
func withinRegion(path, asked string) bool {
	return slices.Contains(RegionNames(path), FoldRegion(asked))
}

// FoldRegion is the form of a place that is asked for in which RegionNames lists it.
func FoldRegion(asked string) string { return strings.ReplaceAll(analyzers.Fold(asked), "/", "") }

// RegionNames are the places that a region path is or lies in, in every way to ask for them: as a path from any level
// (辽宁省/大连市, 大连市/中山区), here without slashes, and with names that may lack their last character (大连).
func RegionNames(path string) []string {
	names := strings.Split(analyzers.Fold(path), "/")
	var all []string
	for from := range names {
		whole, short := "", ""
		for _, name := range names[from:] {
			whole += name
			short += shortName(name)
			all = append(all, whole)
			if short != whole {
				all = append(all, short)
			}
		}
	}
	return all
}

func shortName(name string) string {
	for _, suffix := range []string{"特别行政区", "自治区", "自治州", "自治县", "省", "市", "区", "县", "州", "盟", "旗"} {
		if short, ok := strings.CutSuffix(name, suffix); ok && len(short) >= 2*len("字") {
			return short
		}
	}
	return name
}
