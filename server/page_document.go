package server

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"gongwen"
	"gongwen/search"
)

// documentView is the page of one document.
type documentView struct {
	frame
	Heading   []search.Part
	Facts     []fact
	Original  string // address of the original, if it is one that can be followed
	Citations []string
	Copies    []link
	Addresses []addressView
	Versions  []versionView
	Outline   []entry
	Bar       *matchBar
	Unmarked  string // the document without the passage marked that the address points at
	Remark    string // why nothing is marked although a query was given
	Blocks    []block
	Parts     *partBar
	Hit       int // the mark that was jumped to
	Cites     []cited
	Citing    string // search for documents that cite this one; "" without a number
	Similar   string // search for documents like this one
	Held      []link // what the register has of it
}

// fact is a line of what is known about a document.
type fact struct {
	Name, Value string
	Dated       moment // in place of Value
	Whole       bool   // a number that must not be broken across lines
	Note        string // what the date means today
}

// cited is a document that the text refers to.
type cited struct {
	Name   string
	Own    string // search for it
	Citing string // search for others that refer to it
}

// matchBar leads from mark to mark.
type matchBar struct {
	Subject  string
	Total    string
	Current  string // "" before the first jump
	Previous string
	Next     string
	Clear    string
	Back     string
}

func (s *Server) documentPage(c echo.Context) error {
	id, err := pathValue(c, "*")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	// A fault in the parameters of a document's address is no reason to withhold the document.
	p, _ := readParams(c.Request().URL.RawQuery)
	query, _, parseError := search.Parse(p.Query)
	if parseError != nil {
		query = nil
	}
	if query != nil && (p.plain() || p.Match == search.MatchAll) {
		query = search.Plainly(query)
	}
	reading, err := s.searcher.Read(ctx, id, query)
	var fault *search.QueryError
	if errors.As(err, &fault) {
		parseError = err
		reading, err = s.searcher.Read(ctx, id, nil)
	}
	if err != nil {
		return err
	}
	if own := reading.Document.ID; own != id { // one that it is one with
		target := *c.Request().URL
		target.Path, target.RawPath = "", ""
		return c.Redirect(http.StatusFound, documentPath(own)+target.String())
	}
	view := newDocumentView(p, reading, at(c.Request().URL.Query()), s.address(c, documentPath(id)), s.now())
	view.frame = s.frame(documentTitle(reading.Document))
	view.frame.Section = searchPath
	view.Box = newBox(params{Query: p.Query}.defaults())
	view.API = apiRoot + documentPath(id)
	if s.options.Register != nil {
		view.Held = held(reading.Document)
	}
	if errors.As(parseError, &fault) {
		view.Remark = "检索式有误，正文未作标记：" + fault.Message
	}
	return s.pages.document.send(c, http.StatusOK, view)
}

// position is where in a document and in a list of hits a reader stands: a mark and a place, from 1, 0 for nowhere; a
// part or a section of a long document; a passage, which is then all that is marked.
type position struct {
	Hit, Place    int
	Part, Section string
	Passage       *gongwen.Span // nil where the address names none
}

// at reads a position from an address; what is no number is nowhere.
func at(query url.Values) position {
	number := func(name string) int {
		n, err := strconv.Atoi(query.Get(name))
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	where := position{Hit: number("hit"), Place: number("r"), Part: query.Get("part"), Section: query.Get("section")}
	if query.Has("start") && query.Has("end") {
		start, startErr := strconv.Atoi(query.Get("start"))
		end, endErr := strconv.Atoi(query.Get("end"))
		if startErr != nil || endErr != nil {
			start, end = 0, 0 // no passage that stands
		}
		where.Passage = &gongwen.Span{Start: start, End: end}
	}
	return where
}

// newDocumentView prepares a document for the page. own is the page's absolute address, now the time of retrieval.
func newDocumentView(p params, r *search.Reading, where position, own string, now time.Time) documentView {
	d := r.Document
	view := documentView{
		Heading:   r.Title,
		Facts:     facts(d, gongwen.Date(beijing(now).Format(time.DateOnly))),
		Citations: citations(d, own, now),
	}
	all, counted := r.Marks, r.Marks
	if where.Passage != nil {
		all, counted, where.Hit, p = nil, nil, 0, params{}.defaults()
		view.Remark = "所指的一段不在正文中：文件可能已经更新。"
		if stands(*where.Passage, d.Text) {
			all, where.Hit = []gongwen.Span{*where.Passage}, 1
			view.Remark, view.Unmarked = "", documentPath(d.ID)
		}
	}
	parts := partition(layOut(d, all))
	found := locate(parts)
	part := found.choose(where, len(parts))
	view.Blocks = slices.Concat(parts...)
	if part > 0 {
		view.Blocks = parts[part-1]
		raise(view.Blocks)
		for i := range view.Blocks {
			view.Blocks[i].Here = "?part=" + strconv.Itoa(part)
		}
	}
	if view.Unmarked != "" {
		pointAt(view.Blocks)
	}
	view.Parts = newPartBar(p, d.ID, part, len(parts), where.Place)
	view.Outline = newOutline(d.Sections, counted, func(id string) string {
		anchor := "#" + sectionAnchor(id)
		if part == 0 || found.sections[id] == part {
			return anchor
		}
		return address(documentPath(d.ID), withValue(openedFrom(p, where.Place), "part", strconv.Itoa(found.sections[id]))) + anchor
	})
	if part > 0 {
		prune(view.Outline)
	}
	if len(view.Heading) == 0 {
		view.Heading = []search.Part{{Text: documentTitle(d)}}
	}
	if followable(d.URL) {
		view.Original = d.URL
	}
	for _, id := range d.Copies {
		view.Copies = append(view.Copies, link{id, documentPath(id)})
	}
	view.Addresses, view.Versions = newAddressViews(d), newVersionViews(d)
	for _, c := range d.Cites {
		view.Cites = append(view.Cites, newCited(c))
	}
	view.Similar = params{}.defaults().asking(search.Like{ID: d.ID}.String()).link("/search")
	if d.Number != "" {
		view.Citing = fieldSearch(search.FieldCites, d.Number)
	}
	if where.Hit <= len(all) {
		view.Hit = where.Hit
	}
	if p.Query != "" {
		view.Bar = newMatchBar(p, d.ID, len(r.Marks), view.Hit, where.Place)
		if len(r.Marks) == 0 {
			view.Remark = "正文中没有可标记之处：检索词只见于标题、机关等信息，或没有检索词。"
		}
	}
	return view
}

func newMatchBar(p params, id string, total, current, place int) *matchBar {
	bar := &matchBar{Subject: shorten(p.Query, 24), Total: count(total), Clear: documentPath(id), Back: p.link("/search")}
	if place > 0 {
		bar.Back += "#r" + strconv.Itoa(place)
	}
	if current > 0 {
		bar.Current = count(current)
	}
	if current > 1 {
		bar.Previous = documentLink(id, p, current-1, place)
	}
	if current < total {
		bar.Next = documentLink(id, p, current+1, place)
	}
	return bar
}

// facts lists what is known, in the order in which a printed document has it.
func facts(d *gongwen.Document, today gongwen.Date) []fact {
	var all []fact
	add := func(name, value string, whole bool) {
		if value != "" {
			all = append(all, fact{Name: name, Value: value, Whole: whole})
		}
	}
	date := func(name string, d gongwen.Date, note string) {
		if d != "" {
			all = append(all, fact{Name: name, Dated: newMoment(d), Note: note})
		}
	}
	add("发文字号", d.Number, len([]rune(d.Number)) <= 20)
	add("发文机关", d.Issuer, false)
	add("来源", d.Source, false)
	date("成文日期", d.Signed, "")
	date("发布日期", d.Published, "")
	if d.Year != 0 {
		add("报告年度", strconv.Itoa(d.Year), false)
	}
	add("类别", d.Kind, false)
	add("地区", strings.ReplaceAll(d.Region, "/", " "), false)
	add("效力", d.Status, false)
	date("施行日期", d.Effective, said(d.Effective > today, "（尚未施行）"))
	date("有效期至", d.Expires, said(len(d.Expires) == len(today) && d.Expires < today, "（已过）"))
	if n := len(d.Pages); n > 0 {
		add("页数", count(n)+" 页", false)
	}
	return all
}

// said is a text where it holds.
func said(holds bool, text string) string {
	if holds {
		return text
	}
	return ""
}

// citations are lines that one can paste: a reference after GB/T 7714 for an electronic document, and one as official
// letters name their like.
func citations(d *gongwen.Document, own string, now time.Time) []string {
	address := own
	if followable(d.URL) {
		address = d.URL
	}
	title := documentTitle(d)
	reference := ""
	if d.Department() != "" {
		reference = d.Department() + ". "
	}
	reference += title + "[EB/OL]. "
	if d.Dated() != "" {
		reference += "(" + string(d.Dated()) + ")"
	}
	reference += "[" + beijing(now).Format("2006-01-02") + "]. " + address + "."

	name := "《" + title + "》"
	if d.Number != "" {
		name += "（" + d.Number + "）"
	}
	official := slices.DeleteFunc([]string{name, d.Department(), chineseDate(d.Dated()), address}, func(s string) bool { return s == "" })
	return []string{reference, strings.Join(official, "，")}
}

func newCited(c gongwen.Citation) cited {
	view := cited{Name: c.String()}
	if c.Title != "" && c.Number != "" {
		view.Name = "《" + c.Title + "》" + c.Number
	}
	if c.Number != "" {
		view.Own = fieldSearch(search.FieldNumber, c.Number)
		view.Citing = fieldSearch(search.FieldCites, c.Number)
		return view
	}
	view.Own = fieldSearch(search.FieldTitle, c.Title)
	view.Citing = fieldSearch(search.FieldCites, c.Title)
	return view
}

// fieldSearch is the address of a search by one field.
func fieldSearch(field search.Field, value string) string {
	query := search.Condition{Field: field, Value: value, Exact: field == search.FieldNumber}.String()
	return params{}.defaults().asking(query).link("/search")
}

// followable reports whether an address that came with a document may be a link: only the web, never a script or a file.
func followable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// address makes a path absolute.
func (s *Server) address(c echo.Context, path string) string {
	if s.options.BaseURL != "" {
		return s.options.BaseURL + path
	}
	return c.Scheme() + "://" + c.Request().Host + path
}

// held leads to the promises and figures of a document.
func held(d *gongwen.Document) []link {
	var all []link
	of := registerParams{Size: search.DefaultSize}.of(d.ID)
	if n := len(d.Commitments); n > 0 {
		all = append(all, link{"本文承诺 " + count(n) + " 项", of.link(commitmentList.path)})
	}
	if n := len(d.Figures); n > 0 {
		all = append(all, link{"本文数据 " + count(n) + " 项", of.link(figureList.path)})
	}
	return all
}

// pointAt says of all marks that they are the passage that the address points at.
func pointAt(blocks []block) {
	for i := range blocks {
		for _, pieces := range [][]piece{blocks[i].Heading, blocks[i].Text} {
			for j := range pieces {
				pieces[j].Here = pieces[j].Mark > 0
			}
		}
	}
}
