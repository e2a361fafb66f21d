package server

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongwen/search"
)

// reader reads a query string and keeps the first fault in it, so that what is sound can be shown besides.
type reader struct {
	values url.Values
	fault  error // a *search.QueryError, or nil
}

func newReader(rawQuery string) *reader {
	values, err := url.ParseQuery(rawQuery)
	r := &reader{values: values}
	if err != nil {
		r.note(&search.QueryError{
			Param: "query string", Message: "网址中的参数无法读取。", Hint: "参数中的特殊字符（如分号、百分号）须作百分号编码。",
		})
	}
	for name, of := range values {
		for _, value := range of {
			if !utf8.ValidString(value) {
				r.note(&search.QueryError{
					Param: name, Value: strings.ToValidUTF8(value, "�"),
					Message: "参数 " + name + " 不是 UTF-8 编码。", Hint: "请以 UTF-8 编码后再提交（GBK 等编码不受支持）。",
				})
			}
		}
	}
	return r
}

func (r *reader) note(fault error) {
	if r.fault == nil {
		r.fault = fault
	}
}

// single is the value of a parameter that may stand once.
func (r *reader) single(name string) string {
	of := r.values[name]
	if len(of) == 0 {
		return ""
	}
	if len(of) > 1 {
		r.note(&search.QueryError{
			Param: name, Value: of[1], Message: "参数 " + name + " 只能出现一次。", Hint: "请只保留一个 " + name + "。",
		})
	}
	return of[0]
}

// text is a single value without the white space around it.
func (r *reader) text(name string) string {
	return strings.TrimSpace(strings.ToValidUTF8(r.single(name), "�"))
}

// query is the query as typed, since faults are placed in it; white space alone asks for nothing.
func (r *reader) query() string {
	query := strings.ToValidUTF8(r.single("q"), "�")
	if strings.TrimSpace(query) == "" {
		return ""
	}
	return query
}

// filters collects the values of facets, each as the facet lists it where it can be read: 执法 is enforcement. Empty ones
// are fields of a form left blank.
func (r *reader) filters(fields []search.Field) []filter {
	var filters []filter
	for _, field := range fields {
		for _, value := range r.values[string(field)] {
			f := filter{field, strings.TrimSpace(strings.ToValidUTF8(value, "�"))}
			if condition, err := search.ParseCondition(field, f.Value); err == nil {
				f.Value = condition.Value
			}
			if f.Value != "" && !slices.Contains(filters, f) {
				filters = append(filters, f)
			}
		}
	}
	if len(filters) > maxFilters {
		r.note(&search.QueryError{
			Param: string(filters[maxFilters].Field), Value: filters[maxFilters].Value,
			Message: fmt.Sprintf("筛选条件超过 %d 个。", maxFilters), Hint: "请减少筛选条件。",
		})
		filters = filters[:maxFilters]
	}
	return filters
}

// size is the number of items on a page, from 1 to most; byDefault where none is asked for.
func (r *reader) size(byDefault, most int) int {
	size := r.single("size")
	if size == "" {
		return byDefault
	}
	n, err := strconv.Atoi(size)
	if err != nil || n < 1 || n > most {
		r.note(&search.QueryError{
			Param: "size", Value: size, Message: "每页件数须为整数。",
			Hint: fmt.Sprintf("size 可取 1 至 %d；更多的结果请用 cursor 翻页。", most),
		})
		return byDefault
	}
	return n
}
