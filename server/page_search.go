package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"gongwen"
	"gongwen/search"
)

// searchView is the page of results, of nothing found, and of a query at fault.
type searchView struct {
	frame
	Fault    *faultView
	Heading  string
	Chosen   []chip
	Clear    string // removes whatever narrows
	Facets   []facetView
	YearFrom string
	YearTo   string
	Units    []option
	Matches  []option
	Remarks  []remark
	Orders   []option
	Unit     string
	Start    int
	Hits     []hitView
	Pager    pager
	Sizes    []option
	Explain  link  // shows or hides how scores come about
	Ways     []way // out of an empty answer
	Empty    bool
	Coverage coverage
	Printed  string // what paper must say besides: when and where this was found
}

// chip is a chosen condition that can be taken away.
type chip struct{ Facet, Name, Link string }

// option is one of a few choices.
type option struct {
	Value, Name, Link string
	Current           bool
}

// remark is a sentence about how the query was read, with links.
type remark struct {
	Text  string
	Links []link
}

// pager leads through the pages of an answer; what is not there is "".
type pager struct{ First, Previous, Next, Range string }

func (s *Server) searchPage(c echo.Context) error {
	ctx := c.Request().Context()
	p, err := readParams(c.Request().URL.RawQuery)
	var result *search.Result
	if err == nil {
		result, err = s.ask(ctx, p, everyFacet)
	}
	var fault *search.QueryError
	if errors.As(err, &fault) {
		return s.pages.search.send(c, newProblem(err).Status, s.faultySearch(p, fault))
	}
	if err != nil {
		return err
	}
	view := newSearchView(p, result)
	if s.options.Register != nil {
		for i := range result.Hits {
			view.Hits[i].Held = inRegister(result.Hits[i].Document)
		}
	}
	view.frame = s.frame(windowTitle(p, result))
	view.frame.Section = searchPath
	view.Box = newBox(p)
	view.API = p.link(apiRoot + "/search")
	view.Printed = beijing(s.now()).Format("2006年1月2日") + "检索于 " + s.address(c, p.link("/search"))
	if number, ok := gongwen.ParseDocNumber(p.Query); ok {
		view.Remarks = append(view.Remarks, s.numberRemark(ctx, p, number))
	}
	variants, err := s.variants(ctx, p, result)
	if err != nil {
		return err
	}
	view.Remarks = append(meant(p, variants), view.Remarks...)
	if result.Total == 0 {
		if err := s.explain(ctx, p, result, variants, &view); err != nil {
			return err
		}
	}
	return s.pages.search.send(c, http.StatusOK, view)
}

// everyFacet asks for all values, so that the page knows how many there are.
func everyFacet(request *search.Request) { request.Facets = -1 }

// newSearchView prepares an answer for the page.
func newSearchView(p params, r *search.Result) searchView {
	view := searchView{
		Heading:  heading(p, r),
		Chosen:   chips(p),
		Facets:   newFacets(p, r.Facets),
		YearFrom: p.YearFrom,
		YearTo:   p.YearTo,
		Units: []option{
			{Value: string(search.UnitDocument), Name: "文件（件）", Current: p.Unit != search.UnitSection},
			{Value: string(search.UnitSection), Name: "章节（节）", Current: p.Unit == search.UnitSection},
		},
		Matches: []option{
			{Value: string(search.MatchMost), Name: "不足时放宽", Current: p.Match != search.MatchAll},
			{Value: string(search.MatchAll), Name: "须含全部词", Current: p.Match == search.MatchAll},
		},
		Remarks: remarks(p, r),
		Unit:    unitName(p.Unit),
		Start:   r.Offset + 1,
		Pager:   newPager(p, r),
		Empty:   r.Total == 0,
	}
	if p.narrowed() {
		view.Clear = p.bare().link("/search")
	}
	if r.Total > 0 {
		for _, order := range []search.Sort{search.SortRelevance, search.SortNewest, search.SortOldest} {
			view.Orders = append(view.Orders, option{
				Name: orderName(order), Link: p.sorted(order).link("/search"), Current: order == p.order(),
			})
		}
	}
	if len(r.Hits) > 0 && p.order() == search.SortRelevance && len(r.Words) > 0 {
		view.Explain = link{"为什么这样排", p.explained(true).link(searchPath)}
		if p.Explain != "" {
			view.Explain = link{"不显示排序依据", p.explained(false).link(searchPath)}
		}
	}
	if r.Total > search.DefaultSize {
		for _, size := range []int{search.DefaultSize, 50, search.MaxSize} {
			view.Sizes = append(view.Sizes, option{Name: strconv.Itoa(size), Link: p.sized(size).link("/search"), Current: size == p.Size})
		}
	}
	for i := range r.Hits {
		view.Hits = append(view.Hits, newHitView(p, &r.Hits[i], r.Offset+i+1))
	}
	return view
}

// subject is what was asked for, as headings name it: in quotation marks, unless it brings some along.
func subject(p params) string {
	switch {
	case p.Query == "":
		return "全部文件"
	case strings.ContainsAny(p.Query, `"“”「」『』`):
		return shorten(p.Query, 60)
	}
	return "“" + shorten(p.Query, 60) + "”"
}

func heading(p params, r *search.Result) string {
	unit := unitName(p.Unit)
	if r.Total == 0 {
		return subject(p) + "：没有找到"
	}
	text := fmt.Sprintf("%s：共 %s %s", subject(p), count(r.Total), unit)
	if len(r.Hits) > 0 {
		text += fmt.Sprintf("，第 %s %s", span(r), unit)
	}
	return text
}

// span is the range of places that a page of hits fills.
func span(r *search.Result) string {
	first, last := r.Offset+1, r.Offset+len(r.Hits)
	if first == last {
		return count(first)
	}
	return count(first) + "–" + count(last)
}

// windowTitle begins with the query, since that is what tells one open page from another.
func windowTitle(p params, r *search.Result) string {
	title := "全部文件"
	if p.Query != "" {
		title = shorten(p.Query, 60)
	}
	if r.Total == 0 {
		return title + "：没有找到"
	}
	return fmt.Sprintf("%s：第 %s %s，共 %s %s", title, span(r), unitName(p.Unit), count(r.Total), unitName(p.Unit))
}

// chips are the conditions that narrow a search, each with the search without it.
func chips(p params) []chip {
	var all []chip
	for _, f := range p.Filters {
		all = append(all, chip{facetName(f.Field), valueName(f.Field, f.Value, true), p.without(f).link("/search")})
	}
	if p.years() != "" {
		all = append(all, chip{facetName(search.FieldYear), yearRange(p.YearFrom, p.YearTo), p.withoutYears().link("/search")})
	}
	return all
}

// remarks say what the reader of an answer should know about it, the most surprising first.
func remarks(p params, r *search.Result) []remark {
	var all []remark
	for _, notice := range r.Notices {
		all = append(all, remark{Text: notice.Message})
	}
	all = append(all, namesRemark(p, r)...)
	if r.Total == 0 {
		if len(r.Words) > 1 {
			all = append(all, remark{Text: "检索式读作" + quoted(r.Words) + "。"})
		}
		return all
	}
	if r.Relaxed {
		text := fmt.Sprintf("含全部词的只有 %s %s，因此也列出含大部分词的", count(r.All), unitName(p.Unit))
		if len(r.LeftOut) > 0 {
			text += "，其中有的不含" + quoted(r.LeftOut)
		}
		all = append(all, remark{text + "。", []link{{"只看含全部词的", p.strict().link("/search")}}})
	}
	if len(r.Words) > 1 {
		text := "按" + quoted(r.Words) + "检索"
		if apart := r.All - r.Together; p.Unit == search.UnitDocument && apart > 0 && r.Together > 0 {
			text += fmt.Sprintf("；%s 件的全部词在同一节，另有 %s 件未在同一节", count(r.Together), count(apart))
		}
		all = append(all, remark{Text: text + "。"})
	}
	return all
}

// quoted lists words, each in quotation marks.
func quoted(words []string) string { return "“" + strings.Join(words, "”“") + "”" }

func newPager(p params, r *search.Result) pager {
	view := pager{}
	if len(r.Hits) > 0 {
		view.Range = fmt.Sprintf("第 %s %s，共 %s %s", span(r), unitName(p.Unit), count(r.Total), unitName(p.Unit))
	}
	if r.Offset > 0 {
		view.First = p.first().link("/search")
	}
	if r.Prev != "" {
		view.Previous = p.at(r.Prev).link("/search")
	}
	if r.Next != "" {
		view.Next = p.at(r.Next).link("/search")
	}
	return view
}

// numberRemark says how many documents have the number that the query is, and opens it where there is one.
func (s *Server) numberRemark(ctx context.Context, p params, number gongwen.DocNumber) remark {
	condition := search.Condition{Field: search.FieldNumber, Value: number.String(), Exact: true}
	own := p.bare().asking(condition.String())
	condition.Field = search.FieldCites
	citing := p.bare().asking(condition.String())
	view := remark{
		Text:  "检索词是发文字号 " + number.String() + "。",
		Links: []link{{"只看这个字号的文件", own.link("/search")}, {"引用它的文件", citing.link("/search")}},
	}
	// The count is a courtesy: without it the links still lead there.
	if found, err := s.ask(ctx, own, func(r *search.Request) { r.Size = 1 }); err == nil {
		if found.Total == 1 && len(found.Hits) == 1 {
			view.Links[0] = link{"直接打开", documentPath(found.Hits[0].Document.ID)}
		}
		view.Text = fmt.Sprintf("检索词是发文字号 %s：%s 件。", number.String(), count(found.Total))
		if found.Total == 0 {
			view.Links = view.Links[1:]
		}
	}
	return view
}
