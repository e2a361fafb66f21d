package server

import (
	"slices"

	"gongwen"
	"gongwen/search"
)

// first is the same question from its first page.
func (p registerParams) first() registerParams {
	p.Cursor = ""
	return p
}

// at is the same question from the page of a cursor.
func (p registerParams) at(cursor string) registerParams {
	p.Cursor = cursor
	return p
}

// sized is the same question with another number of items a page.
func (p registerParams) sized(size int) registerParams {
	p.Size = size
	return p.first()
}

// of is the same question about another document only, "" for all.
func (p registerParams) of(document string) registerParams {
	p.Document = document
	return p.first()
}

// with is the same question with a facet value chosen.
func (p registerParams) with(field search.Field, value string) registerParams {
	p.Filters = p.narrowing().with(field, value).Filters
	return p.first()
}

// without is the same question with a facet value no longer chosen.
func (p registerParams) without(f filter) registerParams {
	p.Filters = p.narrowing().without(f).Filters
	return p.first()
}

// withoutYears is the same question without the typed range.
func (p registerParams) withoutYears() registerParams {
	p.YearFrom, p.YearTo = "", ""
	return p.first()
}

// bare is the same query without anything that narrows it.
func (p registerParams) bare() registerParams {
	return registerParams{Query: p.Query, Size: p.Size}
}

// single is the value of a parameter that takes one, "" where none is chosen.
func (p registerParams) single(name string) string {
	switch name {
	case "target_year":
		return p.Target
	case "status":
		return string(p.Status)
	case "unit":
		return p.Unit
	}
	return ""
}

// choosing is the same question with another value of a parameter that takes one, "" for none.
func (p registerParams) choosing(name, value string) registerParams {
	switch name {
	case "target_year":
		p.Target = value
	case "status":
		p.Status = gongwen.FollowUpStatus(value)
	case "unit":
		p.Unit = value
	}
	return p.first()
}

// singleName is what readers see of such a value.
func singleName(name, value string) string {
	switch {
	case value == search.Unknown && name == "unit":
		return "无单位"
	case value == search.Unknown:
		return "未写明"
	}
	switch name {
	case "target_year":
		return value + " 年"
	case "status":
		return statusName(gongwen.FollowUpStatus(value))
	}
	return value
}

// statusName tells what later reports say, without judging.
func statusName(status gongwen.FollowUpStatus) string {
	switch status {
	case gongwen.StatusReported:
		return "后续报告提及"
	case gongwen.StatusRepeated:
		return "再次承诺"
	case gongwen.StatusNotMentioned:
		return "后续未提及"
	case gongwen.StatusNoLater:
		return "暂无后续报告"
	}
	return string(status)
}

func statusPlace(status string) int {
	return slices.Index(followUpStatuses(), gongwen.FollowUpStatus(status))
}
