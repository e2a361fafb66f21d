package server

import (
	"net/url"
	"strconv"

	"gongwen"
	"gongwen/register"
	"gongwen/search"
)

// registerParams is what the query string of a page or API call on the register asks for, as its author wrote it.
type registerParams struct {
	Query    string
	Filters  []filter // in the order of registerFields, each value once
	YearFrom string   // the range that a person types beside the ticked years
	YearTo   string
	Document string
	Target   string // commitments: the target year as register.ParseTarget reads it
	Status   gongwen.FollowUpStatus
	Unit     string // figures: as the item has it, or search.Unknown for none
	Size     int
	Cursor   string
}

// registerFields are the fields of a search by which the register is narrowed.
func registerFields() []search.Field {
	return []search.Field{search.FieldYear, search.FieldTopic, search.FieldDepartment, search.FieldRegion, search.FieldKind}
}

// followUpStatuses are the values of the parameter status.
func followUpStatuses() []gongwen.FollowUpStatus { return register.Statuses() }

// readRegisterParams reads a query string. Where it is at fault, it returns what could be read besides the
// *search.QueryError.
func readRegisterParams(rawQuery string) (registerParams, error) {
	r := newReader(rawQuery)
	p := registerParams{
		Query:    r.query(),
		Filters:  r.filters(registerFields()),
		YearFrom: r.text("year_from"),
		YearTo:   r.text("year_to"),
		Document: r.text("document"),
		Target:   r.text("target_year"),
		Unit:     r.text("unit"),
		Size:     r.size(search.DefaultSize, register.MaxSize),
		Cursor:   r.single("cursor"),
	}
	if condition, err := search.ParseCondition(search.FieldYear, p.Target); err == nil {
		p.Target = condition.Value // 2021年 is 2021
	}
	if status := gongwen.FollowUpStatus(r.text("status")); status != "" && choose(status, "status", r.note, followUpStatuses()...) == status {
		p.Status = status
	}
	return p, r.fault
}

// narrowing is the part of the parameters that a search has too.
func (p registerParams) narrowing() params {
	return params{Query: p.Query, Filters: p.Filters, YearFrom: p.YearFrom, YearTo: p.YearTo}.defaults()
}

// request turns the parameters into a question to the register, with notices on how its query was read.
func (p registerParams) request() (register.Request, []search.Notice, error) {
	narrowing, notices, err := p.narrowing().request()
	request := register.Request{
		Query: narrowing.Query, Filters: narrowing.Filters,
		Document: p.Document, Status: p.Status, Unit: p.Unit, Size: p.Size, Cursor: p.Cursor,
	}
	if err != nil {
		return request, notices, err
	}
	request.Target, err = register.ParseTarget(p.Target)
	return request, notices, err
}

// lack reports a parameter that is given although the list has no use for it.
func (p registerParams) lack(foreign []string) error {
	values := p.values()
	for _, name := range foreign {
		if values.Has(name) {
			return &search.QueryError{
				Param: name, Value: values.Get(name), Message: "这个列表没有 " + name + " 这项条件。", Hint: "请去掉 " + name + "。",
			}
		}
	}
	return nil
}

// values is the shortest query string that reads as p again.
func (p registerParams) values() url.Values {
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
	set("document", p.Document, "")
	set("target_year", p.Target, "")
	set("status", string(p.Status), "")
	set("unit", p.Unit, "")
	set("size", strconv.Itoa(p.Size), strconv.Itoa(search.DefaultSize))
	set("cursor", p.Cursor, "")
	return values
}

// link is the address of path with these parameters.
func (p registerParams) link(path string) string { return address(path, p.values()) }
