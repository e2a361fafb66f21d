package server

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"gongwen"
	"gongwen/api"
	"gongwen/compare"
	"gongwen/search"
)

// compareView is the page that shows what differs between two documents.
type compareView struct {
	frame
	Old, New link
	Swap     string // the same with old and new exchanged
	Facts    []factChange
	Summary  string
	Changes  []changeView
	From     int // of the first change on the page, from 1
	Previous string
	Next     string
}

// factChange is a field in which two documents differ.
type factChange struct{ Name, Old, New string }

// changeView is a stretch of the texts that differs, or one that does not.
type changeView struct {
	Same    string // how many paragraphs are the same; then the rest is empty
	Number  int
	What    string // 修改, 删去 or 新增
	Section string // the heading above it
	Parts   []compare.Part
	Old     string // where it stands in the old document; "" where it does not
	New     string
}

// changesOnPage is how many changes a page shows: more than one reads, and few enough for a browser.
const changesOnPage = 200

// compared reads the two documents that the address names.
func (s *Server) compared(ctx context.Context, rawQuery string) (before, after *gongwen.Document, err error) {
	r := newReader(rawQuery)
	ids := [2]string{r.single("old"), r.single("new")}
	if r.fault != nil {
		return nil, nil, r.fault
	}
	var read [2]*gongwen.Document
	for i, id := range ids {
		if id == "" {
			name := []string{"old", "new"}[i]
			return nil, nil, &search.QueryError{Param: name, Message: "没有说明对照哪两件文件。", Hint: "old 和 new 各写一个文件编号。"}
		}
		reading, err := s.searcher.Read(ctx, id, nil)
		if err != nil {
			return nil, nil, err
		}
		read[i] = reading.Document
	}
	return read[0], read[1], nil
}

func (s *Server) comparePage(c echo.Context) error {
	before, after, err := s.compared(c.Request().Context(), c.Request().URL.RawQuery)
	if err != nil {
		return err
	}
	from, _ := strconv.Atoi(c.QueryParam("from"))
	view := newCompareView(before, after, max(1, from))
	view.frame = s.frame("版本对照：" + documentTitle(after))
	view.frame.Section = searchPath
	view.API = address(apiRoot+comparePath, url.Values{"old": {before.ID}, "new": {after.ID}})
	return s.pages.compare.send(c, http.StatusOK, view)
}

type compareInput struct {
	input
	Old string `query:"old" required:"true" doc:"Identifier of the one document, most often the older version."`
	New string `query:"new" required:"true" doc:"Identifier of the other one."`
}

func (s *Server) compareAPI(ctx context.Context, in *compareInput) (api.Comparison, error) {
	before, after, err := s.compared(ctx, in.query())
	if err != nil {
		return api.Comparison{}, err
	}
	return api.NewComparison(before, after, compare.Texts(before.Text, after.Text)), nil
}

// newCompareView shows the changes from a number on, which counts from 1.
func newCompareView(before, after *gongwen.Document, from int) compareView {
	at := func(old, fresh string, from int) string {
		values := url.Values{"old": {old}, "new": {fresh}}
		if from > 1 {
			values.Set("from", strconv.Itoa(from))
		}
		return address(comparePath, values)
	}
	view := compareView{
		Old:   link{documentTitle(before), documentPath(before.ID)},
		New:   link{documentTitle(after), documentPath(after.ID)},
		Swap:  at(after.ID, before.ID, 1),
		Facts: factChanges(before, after),
		From:  from,
	}
	counts := map[compare.Kind]int{}
	number, same := 0, 0
	rest := func() {
		if same > 0 && number >= from-1 && number < from-1+changesOnPage {
			view.Changes = append(view.Changes, changeView{Same: count(same)})
		}
		same = 0
	}
	for _, b := range compare.Texts(before.Text, after.Text) {
		counts[b.Kind]++
		if b.Kind == compare.Same {
			same++
			continue
		}
		rest()
		if number++; number >= from && number < from+changesOnPage {
			view.Changes = append(view.Changes, newChangeView(before, after, &b, number))
		}
	}
	rest()
	if from > 1 {
		view.Previous = at(before.ID, after.ID, max(1, from-changesOnPage))
	}
	if from+changesOnPage <= number {
		view.Next = at(before.ID, after.ID, from+changesOnPage)
	}
	view.Summary = comparisonSummary(counts)
	return view
}

func newChangeView(before, after *gongwen.Document, b *compare.Block, number int) changeView {
	view := changeView{Number: number, Parts: b.Parts}
	if b.Kind != compare.Inserted {
		view.Old = passageLink(before.ID, b.Old)
	}
	if b.Kind != compare.Deleted {
		view.New = passageLink(after.ID, b.New)
	}
	view.Section = headingAt(after, b.New.Start)
	switch b.Kind {
	case compare.Deleted:
		view.What, view.Section = "删去", headingAt(before, b.Old.Start)
		view.Parts = []compare.Part{{Kind: compare.Deleted, Text: b.Old.Cut(before.Text)}}
	case compare.Inserted:
		view.What = "新增"
		view.Parts = []compare.Part{{Kind: compare.Inserted, Text: b.New.Cut(after.Text)}}
	default:
		view.What = "修改"
	}
	return view
}

// headingAt is the heading of the section, with those above it, in which a byte of a document stands, unless it stands in
// the heading itself.
func headingAt(d *gongwen.Document, offset int) string {
	var names []string
	for sections := d.Sections; sections != nil; {
		var below []gongwen.Section
		for i := range sections {
			if s := &sections[i]; s.Span.Contains(offset) {
				if name := strings.TrimSpace(s.Name()); name != "" && skipSpace(d.Text, s.Span.Start) != offset {
					names = append(names, shorten(name, maxOutlineRunes))
				}
				below = s.Sections
				break
			}
		}
		sections = below
	}
	return strings.Join(names, " › ")
}

func comparisonSummary(counts map[compare.Kind]int) string {
	if counts[compare.Changed]+counts[compare.Deleted]+counts[compare.Inserted] == 0 {
		return "正文没有不同之处（共 " + count(counts[compare.Same]) + " 段）。"
	}
	return "正文修改 " + count(counts[compare.Changed]) + " 段，删去 " + count(counts[compare.Deleted]) + " 段，新增 " +
		count(counts[compare.Inserted]) + " 段；" + count(counts[compare.Same]) + " 段相同。"
}

// factChanges lists the fields in which two documents differ.
func factChanges(before, after *gongwen.Document) []factChange {
	type values struct{ old, fresh string }
	found := map[string]*values{}
	var names []string
	add := func(d *gongwen.Document, set func(*values, string)) {
		title := fact{Name: "标题", Value: d.Title}
		for _, f := range append([]fact{title}, facts(d, "")...) {
			if found[f.Name] == nil {
				found[f.Name] = &values{}
				names = append(names, f.Name)
			}
			value := f.Value
			if f.Dated.Machine != "" {
				value = chineseDate(gongwen.Date(f.Dated.Machine))
			}
			set(found[f.Name], value)
		}
	}
	add(before, func(v *values, s string) { v.old = s })
	add(after, func(v *values, s string) { v.fresh = s })
	var changes []factChange
	for _, name := range names {
		if v := found[name]; v.old != v.fresh {
			changes = append(changes, factChange{name, v.old, v.fresh})
		}
	}
	return changes
}
