package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/search"
)

// hitView is a document in the list.
type hitView struct {
	Place    int // in the whole list, from 1
	Link     string
	Title    []search.Part
	Line     documentLine
	Status   string
	Marks    string // "" without marks
	Outside  bool   // it was found by its title or metadata only
	Missing  string
	Sections []passage
	More     string
	Why      *explanationView // nil unless asked for
	Kin      []string         // further addresses and versions
	Held     []link           // what the register has of it, where it is a report
}

// passage is a section of a hit.
type passage struct {
	Name    string
	Class   string
	Link    string
	Marks   string
	Page    string   // of the first passage; "" where the file has no pages
	Snippet *snippet // of the best section only
}

// About is what there is to say of the passage beside its name.
func (p passage) About() string {
	marks := ""
	if p.Marks != "" {
		marks = p.Marks + " 处"
	}
	return strings.Join(slices.DeleteFunc([]string{p.Class, marks, p.Page}, func(s string) bool { return s == "" }), " · ")
}

// snippet is a stretch of text with its marks.
type snippet struct {
	Parts         []search.Part
	Before, After bool
}

func newHitView(p params, h *search.Hit, place int) hitView {
	view := hitView{
		Place:  place,
		Line:   newDocumentLine(h.Document),
		Title:  h.Title,
		Status: h.Document.Status,
		Why:    newExplanationView(h),
	}
	if h.Document.Expires != "" {
		view.Status = strings.TrimSpace(view.Status + " 有效期至 " + chineseDate(h.Document.Expires))
	}
	if len(view.Title) == 0 {
		view.Title = []search.Part{{Text: documentTitle(h.Document)}}
	}
	first := 0
	if h.Marks > 0 {
		first = 1
		view.Marks = count(h.Marks)
	}
	if n := len(h.Document.Addresses); n > 0 {
		view.Kin = append(view.Kin, "另有 "+count(n)+" 个地址")
	}
	if h.Versions > 0 {
		view.Kin = append(view.Kin, "另有 "+count(h.Versions)+" 个版本")
	}
	view.Link = documentLink(h.Document.ID, p, first, place)
	view.Outside = p.Query != "" && h.Marks == 0
	if len(h.Missing) > 0 {
		view.Missing = quoted(h.Missing)
	}
	for i := range h.Sections {
		view.Sections = append(view.Sections, newPassage(p, h.Document.ID, &h.Sections[i], place, i == 0))
	}
	if h.More > 0 {
		view.More = "另 " + count(h.More) + " 节"
	}
	return view
}

// inRegister leads to what the register has of a report. A search does not know whether there is anything: that is no
// reason to keep it waiting.
func inRegister(d *gongwen.Document) []link {
	if d.Year == 0 {
		return nil
	}
	of := registerParams{Size: search.DefaultSize}.of(d.ID)
	return []link{{"承诺", of.link(commitmentList.path)}, {"数据", of.link(figureList.path)}}
}

func newPassage(p params, id string, h *search.SectionHit, place int, best bool) passage {
	section := h.Section
	if section == nil {
		section = &gongwen.Section{}
	}
	view := passage{Name: sectionName(h.Path, section), Class: classNames(section)}
	if h.Marks > 0 {
		view.Marks = count(h.Marks)
	}
	mark := 0
	for _, fragment := range h.Fragments {
		if fragment.Mark > 0 {
			mark = fragment.Mark
			break
		}
	}
	view.Link = documentLink(id, p, mark, place)
	if mark == 0 && section.ID != "" {
		values := withValue(openedFrom(p, place), "section", section.ID) // the section may stand on a later part
		view.Link = address(documentPath(id), values) + "#" + sectionAnchor(section.ID)
	}
	if len(h.Fragments) > 0 && h.Fragments[0].Page > 0 {
		view.Page = "第 " + count(h.Fragments[0].Page) + " 页"
	}
	if best && len(h.Fragments) > 0 {
		f := h.Fragments[0]
		view.Snippet = &snippet{f.Parts, f.Cut.Before, f.Cut.After}
	}
	return view
}

// documentPath is the address of a document.
func documentPath(id string) string { return "/documents/" + url.PathEscape(id) }

// documentLink is the address of a document opened from place in a search, at one of its marks where mark is not 0. It
// carries the search along, so that the document can mark its words and lead back.
func documentLink(id string, p params, mark, place int) string {
	values := openedFrom(p, place)
	if mark > 0 {
		values.Set("hit", strconv.Itoa(mark))
		return address(documentPath(id), values) + "#" + markAnchor(mark)
	}
	return address(documentPath(id), values)
}

// markAnchor is the id of a mark on the page.
func markAnchor(mark int) string { return "m" + strconv.Itoa(mark) }
