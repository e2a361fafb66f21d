package server

import (
	"gongwen/search"
)

// faultView says what is wrong with a query and shows where.
type faultView struct {
	Message, Hint       string
	Name                string // of the parameter, where it is not the query
	Before, Part, After string
	Without             string // link to the search without the parameter at fault
}

// faultySearch is the page of a query that cannot be read: the form as it was filled in, and what is wrong.
func (s *Server) faultySearch(p params, fault *search.QueryError) searchView {
	view := newSearchView(p, &search.Result{})
	view.frame = s.frame("错误：" + fault.Message)
	view.Box = newBox(p)
	view.Heading, view.Empty = "", false
	view.Fault = newFaultView(p, fault)
	if fault.Param == "q" {
		view.Box.Fault = fault.Message + fault.Hint
	}
	return view
}

// newFaultView shows where in the query its fault lies.
func newFaultView(p params, fault *search.QueryError) *faultView {
	view := &faultView{Message: fault.Message, Hint: fault.Hint}
	if fault.Param == "q" {
		end := fault.Offset + len(fault.Value)
		if fault.Offset >= 0 && end <= len(p.Query) && p.Query[fault.Offset:end] == fault.Value {
			view.Before, view.Part, view.After = p.Query[:fault.Offset], fault.Value, p.Query[end:]
		} else {
			view.Part = fault.Value
		}
		view.Before, view.After = lastRunes(view.Before, 40), shorten(view.After, 40)
		view.Part = shorten(view.Part, 80)
		return view
	}
	view.Name, view.Part = parameterName(fault.Param), shorten(fault.Value, 80)
	values := p.first().values()
	for _, name := range []string{fault.Param, "year_from", "year_to"} {
		values.Del(name)
	}
	view.Without = address("/search", values)
	return view
}

// lastRunes cuts text to its last characters and shows that it did.
func lastRunes(text string, runes int) string {
	all := []rune(text)
	if len(all) <= runes {
		return text
	}
	return "…" + string(all[len(all)-runes:])
}

// parameterName is what readers call a parameter.
func parameterName(param string) string {
	for _, f := range search.FacetFields() {
		if string(f) == param {
			return facetName(f)
		}
	}
	switch param {
	case "year_from", "year_to":
		return "年度范围"
	case "size":
		return "每页件数"
	case "sort":
		return "排序"
	case "cursor":
		return "翻页位置"
	case "unit":
		return "计数单位"
	case "match":
		return "匹配方式"
	}
	return param
}
