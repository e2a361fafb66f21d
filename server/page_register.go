package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"gongwen/search"
)

// list is one of the two lists of the register.
type list struct {
	path   string // of its page, and under apiRoot of its API call
	name   string // 承诺
	unit   string // measure word
	year   string // what its year is called
	facets []registerFacet

	foreign []string // parameters of the register that it has no use for
}

// registerFacet is a facet of a list. One that is no field of a search takes a single value.
type registerFacet struct {
	name  string // of its parameter
	field search.Field
	title string
}

// Legends of facets.
const (
	targetFacet = "目标年度"
	unitFacet   = "单位"
)

var (
	commitmentList = list{
		path: "/commitments", name: "承诺", unit: "项", year: "报告年度",
		facets: []registerFacet{
			{"year", search.FieldYear, "报告年度"}, {"target_year", "", targetFacet}, {"status", "", "后续报告"},
			{"topic", search.FieldTopic, ""}, {"department", search.FieldDepartment, ""}, {"region", search.FieldRegion, ""},
		},
		foreign: notOfCommitments,
	}
	figureList = list{
		path: "/figures", name: "数据", unit: "项", year: "数据年度",
		facets: []registerFacet{
			{"year", search.FieldYear, "数据年度"}, {"unit", "", unitFacet}, {"department", search.FieldDepartment, ""},
			{"region", search.FieldRegion, ""}, {"kind", search.FieldKind, ""},
		},
		foreign: notOfFigures,
	}
)

func (f registerFacet) legend() string {
	if f.title != "" {
		return f.title
	}
	return facetName(f.field)
}

// read reads a question to the list.
func (l list) read(rawQuery string) (registerParams, error) {
	p, err := readRegisterParams(rawQuery)
	if err == nil {
		err = p.lack(l.foreign)
	}
	return p, err
}

// listing is what a list answers, whatever its items are.
type listing struct {
	list                 list
	asked                registerParams
	total, offset, shown int
	next                 string
	facets               map[string][]search.FacetValue
	notices              []search.Notice
	document             string // title of the only document that was asked for
}

// listView is what the pages of both lists have in common.
type listView struct {
	frame
	Fault    *faultView
	Heading  string
	Chosen   []chip
	Clear    string
	Facets   []facetView
	Year     string
	YearFrom string
	YearTo   string
	Remarks  []remark
	Empty    bool
	Ways     []way
	Start    int
	Pager    pager
	Sizes    []option
	Exports  []link
	Printed  string
}

// listFrame fills in what both pages of a list have, also where the address is at fault and l is empty but for its question.
func (s *Server) listFrame(c echo.Context, l listing) listView {
	p := l.asked
	view := listView{
		Heading: l.heading(), Facets: l.facetViews(), Year: l.list.year, YearFrom: p.YearFrom, YearTo: p.YearTo,
		Empty: l.total == 0, Start: l.offset + 1, Pager: l.pager(),
	}
	for _, way := range l.narrowings() {
		c := chip{way.facet, way.name, way.without.link(l.list.path)}
		if way.facet == targetFacet || way.facet == unitFacet { // which alone say too little
			c = chip{"", way.facet + " " + way.name, c.Link}
		}
		view.Chosen = append(view.Chosen, c)
	}
	if len(view.Chosen) > 0 {
		view.Clear = p.bare().link(l.list.path)
	}
	for _, notice := range l.notices {
		view.Remarks = append(view.Remarks, remark{Text: notice.Message})
	}
	if l.total > search.DefaultSize {
		for _, size := range []int{search.DefaultSize, 50, search.MaxSize} {
			view.Sizes = append(view.Sizes, option{Name: strconv.Itoa(size), Link: p.sized(size).link(l.list.path), Current: size == p.Size})
		}
	}
	if l.total > 0 {
		for _, format := range []string{"csv", "xlsx"} {
			whole := p.first()
			whole.Size = search.DefaultSize
			view.Exports = append(view.Exports, link{strings.ToUpper(format), whole.link(apiRoot + l.list.path + "." + format)})
		}
	}
	view.frame = s.frame(l.windowTitle())
	view.Section = l.list.path
	view.API = p.link(apiRoot + l.list.path)
	view.Box = l.box()
	view.Printed = beijing(s.now()).Format("2006年1月2日") + "检索于 " + s.address(c, p.link(l.list.path))
	return view
}

// box is the search box of the list. A new query keeps the document and the page size.
func (l listing) box() box {
	b := box{Query: l.asked.Query, Action: l.list.path, Button: "检索" + l.list.name}
	if l.asked.Document != "" {
		b.Hidden = append(b.Hidden, field{"document", l.asked.Document})
	}
	if l.asked.Size != search.DefaultSize && l.asked.Size > 0 {
		b.Hidden = append(b.Hidden, field{"size", strconv.Itoa(l.asked.Size)})
	}
	return b
}

// subject is what was asked for, as headings name it.
func (l listing) subject() string {
	if l.asked.Query == "" {
		return "全部" + l.list.name
	}
	return subject(l.asked.narrowing())
}

func (l listing) heading() string {
	if l.total == 0 {
		return l.subject() + "：没有找到" + l.list.name
	}
	text := fmt.Sprintf("%s：共 %s %s", l.subject(), count(l.total), l.list.unit)
	if l.asked.Query != "" {
		text += l.list.name
	}
	if l.shown > 0 {
		text += fmt.Sprintf("，第 %s %s", l.span(), l.list.unit)
	}
	return text
}

func (l listing) span() string {
	if l.shown == 1 {
		return count(l.offset + 1)
	}
	return count(l.offset+1) + "–" + count(l.offset+l.shown)
}

func (l listing) windowTitle() string {
	title := "全部" + l.list.name
	if l.asked.Query != "" {
		title = shorten(l.asked.Query, 60) + "（" + l.list.name + "）"
	}
	if l.total == 0 {
		return title + "：没有找到"
	}
	return fmt.Sprintf("%s：第 %s %s，共 %s %s", title, l.span(), l.list.unit, count(l.total), l.list.unit)
}

// pager leads on. A cursor of the register knows no way back but to the first page; the browser does.
func (l listing) pager() pager {
	var view pager
	if l.shown > 0 {
		view.Range = fmt.Sprintf("第 %s %s，共 %s %s", l.span(), l.list.unit, count(l.total), l.list.unit)
	}
	if l.offset > 0 {
		view.First = l.asked.first().link(l.list.path)
	}
	if l.next != "" {
		view.Next = l.asked.at(l.next).link(l.list.path)
	}
	return view
}

// narrowing is a condition that narrows a list, with the question without it.
type narrowing struct {
	facet, name string
	without     registerParams
}

func (l listing) narrowings() []narrowing {
	p := l.asked
	var all []narrowing
	if p.Document != "" {
		all = append(all, narrowing{"文件", cmp.Or(l.document, p.Document), p.of("")})
	}
	for _, facet := range l.list.facets {
		if facet.field == "" {
			if value := p.single(facet.name); value != "" {
				all = append(all, narrowing{facet.legend(), singleName(facet.name, value), p.choosing(facet.name, "")})
			}
			continue
		}
		for _, f := range p.Filters {
			if f.Field == facet.field {
				all = append(all, narrowing{facet.legend(), valueName(f.Field, f.Value, true), p.without(f)})
			}
		}
	}
	for _, f := range p.Filters { // of a field that the list has no facet for
		if !slices.ContainsFunc(l.list.facets, func(facet registerFacet) bool { return facet.field == f.Field }) {
			all = append(all, narrowing{facetName(f.Field), valueName(f.Field, f.Value, true), p.without(f)})
		}
	}
	if p.YearFrom+p.YearTo != "" {
		all = append(all, narrowing{l.list.year, yearRange(p.YearFrom, p.YearTo), p.withoutYears()})
	}
	return all
}

// facetViews prepares the facets for the form beside the list.
func (l listing) facetViews() []facetView {
	var views []facetView
	for _, facet := range l.list.facets {
		values := l.values(facet)
		if len(values) == 0 {
			continue // nothing to choose
		}
		shown := l.arrange(facet, values, cmp.Or(limitOf(facet.field), shownValues))
		view := facetView{Field: facet.name, Name: facet.legend(), Values: shown, Unit: l.list.unit, Single: facet.field == ""}
		if view.Single {
			none := valueView{Name: "不限", Checked: l.asked.single(facet.name) == ""}
			view.Values = append([]valueView{none}, view.Values...)
		}
		if len(values) > len(shown) {
			view.All = "全部 " + count(len(values)) + " 个" + facet.legend()
			view.Link = address(l.list.path+"/facets", withValue(l.asked.first().values(), "facet", facet.name))
		}
		views = append(views, view)
	}
	return views
}

// values are those of a facet that one can choose, and whatever is chosen.
func (l listing) values(facet registerFacet) []search.FacetValue {
	values := l.facets[facet.name]
	if facet.field != "" {
		values = listed(l.asked.narrowing(), facet.field, values)
		if len(values) == 1 && values[0].Value == search.Unknown && !l.asked.narrowing().has(facet.field, search.Unknown) {
			return nil
		}
		return values
	}
	chosen := l.asked.single(facet.name)
	if len(values) == 1 && values[0].Value == search.Unknown && chosen == "" {
		return nil
	}
	values = slices.Clone(values)
	slices.SortStableFunc(values, func(a, b search.FacetValue) int {
		return rank(b.Value == search.Unknown) - rank(a.Value == search.Unknown) // what is not known comes last
	})
	if chosen != "" && !slices.ContainsFunc(values, func(v search.FacetValue) bool { return v.Value == chosen }) {
		values = append(values, search.FacetValue{Value: chosen})
	}
	return values
}

// arrange takes the values that are to be shown; a chosen one never is left out.
func (l listing) arrange(facet registerFacet, values []search.FacetValue, limit int) []valueView {
	if facet.field != "" {
		return arrange(l.asked.narrowing(), facet.field, values, limit)
	}
	chosen := l.asked.single(facet.name)
	if facet.name == "status" {
		values = slices.Clone(values)
		slices.SortStableFunc(values, func(a, b search.FacetValue) int { return statusPlace(a.Value) - statusPlace(b.Value) })
	}
	var views []valueView
	for i, v := range values {
		if limit == 0 || i < limit || v.Value == chosen {
			views = append(views, valueView{
				Value: v.Value, Name: singleName(facet.name, v.Value), Count: count(v.Count), Checked: v.Value == chosen, Zero: v.Count == 0,
			})
		}
	}
	return views
}

// faultyList fills in the page of a list whose address cannot be read.
func (s *Server) faultyList(c echo.Context, l listing, err error) (listView, bool) {
	var fault *search.QueryError
	if !errors.As(err, &fault) {
		return listView{}, false
	}
	view := s.listFrame(c, l)
	view.frame.Title = s.frame("错误：" + fault.Message).Title
	view.Heading, view.Empty = "", false
	view.Fault = newFaultView(l.asked.narrowing(), fault)
	if fault.Param == "q" {
		view.Box.Fault = fault.Message + fault.Hint
		return view, true
	}
	values := l.asked.first().values()
	for _, name := range []string{fault.Param, "year_from", "year_to"} {
		values.Del(name)
	}
	view.Fault.Without = address(l.list.path, values)
	return view, true
}

// explain lists what would have been found without each condition.
func (l listing) explain(ctx context.Context, total func(context.Context, registerParams) (int, error)) ([]way, error) {
	var ways []way
	for i, n := range l.narrowings() {
		if i == maxWays {
			break
		}
		found, err := total(ctx, n.without)
		if err != nil {
			return nil, err
		}
		ways = append(ways, way{"不限" + n.facet + "，去掉", n.name, n.without.link(l.list.path), count(found) + " " + l.list.unit})
	}
	if len(ways) > 1 {
		found, err := total(ctx, l.asked.bare())
		if err != nil {
			return nil, err
		}
		ways = append(ways, way{"去掉", "全部筛选条件", l.asked.bare().link(l.list.path), count(found) + " " + l.list.unit})
	}
	return ways, nil
}

// registerFacetsPage lists all values of a facet of a list.
func (s *Server) registerFacetsPage(kind list, ask func(context.Context, registerParams) (listing, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		query := c.Request().URL.Query()
		p, err := kind.read(c.Request().URL.RawQuery)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(kind.facets, func(f registerFacet) bool { return f.name == query.Get("facet") })
		if at < 0 {
			var names []string
			for _, f := range kind.facets {
				names = append(names, f.name)
			}
			return &search.QueryError{
				Param: "facet", Value: query.Get("facet"), Message: "没有这个分面。", Hint: "facet 可取：" + strings.Join(names, "、") + "。",
			}
		}
		l, err := ask(c.Request().Context(), p.first())
		if err != nil {
			return err
		}
		view := newRegisterFacetsView(l, kind.facets[at], strings.TrimSpace(query.Get("name")))
		view.frame = s.frame(view.Heading)
		view.Section = kind.path
		view.Box = l.box()
		return s.pages.facets.send(c, http.StatusOK, view)
	}
}

func newRegisterFacetsView(l listing, facet registerFacet, named string) facetsView {
	view := facetsView{
		Heading: l.subject() + "：全部" + facet.legend(), Name: facet.legend(), Facet: facet.name, Filter: named,
		Action: l.list.path + "/facets", Unit: l.list.unit, Back: l.asked.link(l.list.path), Hidden: fields(l.asked.values()),
	}
	values := slices.DeleteFunc(slices.Clone(l.values(facet)), func(v search.FacetValue) bool {
		return named != "" && !strings.Contains(valueName(facet.field, v.Value, true), named) && !strings.Contains(v.Value, named)
	})
	view.Values = l.arrange(facet, values, 0)
	for i := range view.Values {
		v := &view.Values[i]
		switch {
		case facet.field == "" && v.Checked:
			v.Link = l.asked.choosing(facet.name, "").link(l.list.path)
		case facet.field == "":
			v.Link = l.asked.choosing(facet.name, v.Value).link(l.list.path)
		case v.Checked:
			v.Link = l.asked.without(filter{facet.field, v.Value}).link(l.list.path)
		default:
			v.Link = l.asked.with(facet.field, v.Value).link(l.list.path)
		}
	}
	return view
}
