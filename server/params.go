package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongwen/search"
)

// maxFilters bounds the filter values of one request; more than anyone ticks, far less than what hurts.
const maxFilters = 200

// params is what the query string of a page or API call asks for, as its author wrote it. Pages and API read the same
// parameters, so the address of a page becomes that of the API call by a change of its path.
type params struct {
	Query    string
	Filters  []filter // in the order of search.FacetFields, each value once
	YearFrom string   // the range that a person types beside the ticked years
	YearTo   string
	Match    search.Match
	Synonyms string      // "" or "false": other names of words are left aside
	Explain  string      // "" or "true": each hit says how its score comes about
	Sort     search.Sort // "" where the address names none
	Unit     search.Unit
	Size     int
	Cursor   string
}

// filter is one value of one facet.
type filter struct {
	Field search.Field
	Value string
}

// readParams reads a query string. Where it is at fault, it returns what could be read besides the *search.QueryError, so
// that a page can show its form as it was filled in.
func readParams(rawQuery string) (params, error) {
	p := params{}.defaults()
	r := newReader(rawQuery)
	p.Query, p.Cursor = r.query(), r.single("cursor")
	p.YearFrom, p.YearTo = strings.TrimSpace(r.single("year_from")), strings.TrimSpace(r.single("year_to"))
	p.Filters = r.filters(search.FacetFields())
	p.Match = choose(search.Match(r.single("match")), "match", r.note, search.MatchMost, search.MatchAll)
	p.Synonyms = choose(r.single("synonyms"), "synonyms", r.note, "", "false", "true")
	if p.Synonyms == "true" {
		p.Synonyms = ""
	}
	p.Explain = choose(r.single("explain"), "explain", r.note, "", "true", "false")
	if p.Explain == "false" {
		p.Explain = ""
	}
	p.Unit = choose(search.Unit(r.single("unit")), "unit", r.note, search.UnitDocument, search.UnitSection)
	if sort := search.Sort(r.single("sort")); sort != "" {
		p.Sort = choose(sort, "sort", r.note, search.SortRelevance, search.SortNewest, search.SortOldest)
	}
	p.Size = r.size(p.Size, search.MaxSize)
	return p, r.fault
}

// choose reads a parameter that names one of a few values, the first of which is its default.
func choose[T ~string](value T, name string, note func(error), allowed ...T) T {
	if value == "" {
		return allowed[0]
	}
	if slices.Contains(allowed, value) {
		return value
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	note(&search.QueryError{
		Param: name, Value: string(value), Message: "参数 " + name + " 没有这个值。", Hint: name + " 可取：" + strings.Join(names, "、") + "。",
	})
	return allowed[0]
}

// order is the sort that applies: without a query every hit is as relevant as the next, so the newest come first.
func (p params) order() search.Sort {
	switch {
	case p.Sort != "":
		return p.Sort
	case p.Query == "":
		return search.SortNewest
	}
	return search.SortRelevance
}

// years is the typed range as a condition's value, or "".
func (p params) years() string {
	if p.YearFrom == "" && p.YearTo == "" {
		return ""
	}
	return p.YearFrom + ".." + p.YearTo
}

// request turns the parameters into a question, with notices on how its query was read.
func (p params) request() (search.Request, []search.Notice, error) {
	request := search.Request{Match: p.Match, Sort: p.order(), Unit: p.Unit, Size: p.Size, Cursor: p.Cursor, NoAliases: p.plain(), Explain: p.Explain != ""}
	query, notices, err := search.Parse(p.Query)
	if err != nil {
		return request, notices, atParam(err, "q")
	}
	request.Query = query
	for _, f := range p.Filters {
		condition, err := search.ParseCondition(f.Field, f.Value)
		if err != nil {
			return request, notices, atParam(err, string(f.Field))
		}
		request.Filters = append(request.Filters, condition)
	}
	if years := p.years(); years != "" {
		condition, err := search.ParseCondition(search.FieldYear, years)
		if err != nil {
			return request, notices, atParam(err, "year_from")
		}
		request.Filters = append(request.Filters, condition)
	}
	return request, notices, nil
}

// values is the shortest query string that reads as p again.
func (p params) values() url.Values {
	values := url.Values{}
	set := func(name, value, byDefault string) {
		if value != byDefault {
			values.Set(name, value)
		}
	}
	set("q", p.Query, "")
	for _, f := range p.Filters {
		values.Add(string(f.Field), f.Value)
	}
	set("year_from", p.YearFrom, "")
	set("year_to", p.YearTo, "")
	set("match", string(p.Match), string(search.MatchMost))
	set("synonyms", p.Synonyms, "")
	set("explain", p.Explain, "")
	set("sort", string(p.Sort), "")
	set("unit", string(p.Unit), string(search.UnitDocument))
	set("size", strconv.Itoa(p.Size), strconv.Itoa(search.DefaultSize))
	set("cursor", p.Cursor, "")
	return values
}

// link is the address of path with these parameters.
func (p params) link(path string) string { return address(path, p.values()) }

// address joins a path and a query string.
func address(path string, values url.Values) string {
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// has reports whether a facet value is chosen.
func (p params) has(field search.Field, value string) bool {
	return slices.Contains(p.Filters, filter{field, value})
}

// narrowed reports whether anything but the query narrows the search.
func (p params) narrowed() bool { return len(p.Filters) > 0 || p.years() != "" }

// first is the same search from its first page.
func (p params) first() params {
	p.Cursor = ""
	return p
}

// at is the same search from the page of a cursor.
func (p params) at(cursor string) params {
	p.Cursor = cursor
	return p
}

// asking is the same search for another query.
func (p params) asking(query string) params {
	p.Query = query
	return p.first()
}

// sorted is the same search in another order.
func (p params) sorted(order search.Sort) params {
	p.Sort = order
	return p.first()
}

// sized is the same search with another number of hits a page.
func (p params) sized(size int) params {
	p.Size = size
	return p.first()
}

// strict is the same search for documents with every word.
func (p params) strict() params {
	p.Match = search.MatchAll
	return p.first()
}

// plain reports whether other names of words are left aside.
func (p params) plain() bool { return p.Synonyms != "" }

// named is the same search with other names, or without.
func (p params) named(others bool) params {
	p.Synonyms = "false"
	if others {
		p.Synonyms = ""
	}
	return p.first()
}

// explained is the same page of hits with how their scores come about, or without.
func (p params) explained(wanted bool) params {
	p.Explain = ""
	if wanted {
		p.Explain = "true"
	}
	return p
}

// with is the same search with a facet value chosen, in the order of search.FacetFields.
func (p params) with(field search.Field, value string) params {
	if p.has(field, value) {
		return p.first()
	}
	p.Filters = append(slices.Clone(p.Filters), filter{field, value})
	order := search.FacetFields()
	slices.SortStableFunc(p.Filters, func(a, b filter) int {
		return slices.Index(order, a.Field) - slices.Index(order, b.Field)
	})
	return p.first()
}

// without is the same search with a facet value no longer chosen.
func (p params) without(f filter) params {
	p.Filters = slices.DeleteFunc(slices.Clone(p.Filters), func(other filter) bool { return other == f })
	return p.first()
}

// withoutYears is the same search without the typed range.
func (p params) withoutYears() params {
	p.YearFrom, p.YearTo = "", ""
	return p.first()
}

// bare is the same search without anything that narrows it.
func (p params) bare() params {
	p.Filters = nil
	return p.withoutYears()
}

// defaults fills in what an empty address means.
func (p params) defaults() params {
	p.Match, p.Unit, p.Size = search.MatchMost, search.UnitDocument, search.DefaultSize
	return p
}
