package memory

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
)

// document is a record with its text folded for looking through, made at first use.
type document struct {
	search.Record
	once  sync.Once
	title string
	meta  string // title and the other metadata in which words are looked for, a line each
	units []unit
}

// unit is a section's own text: what lies in none of its children.
type unit struct {
	section *gongwen.Section
	above   []*gongwen.Section
	own     []gongwen.Span
	text    string // folded
	heads   string // folded names of the section and those above it, a line each
	length  int    // of text in runes
}

// prepare folds the document; it is safe to call often.
func (d *document) prepare() {
	d.once.Do(func() {
		doc := &d.Document
		d.title = analyzers.Fold(doc.Title)
		year := ""
		if doc.Year != 0 {
			year = fmt.Sprintf("%d年度", doc.Year)
		}
		d.meta = analyzers.Fold(strings.Join([]string{doc.Title, doc.Issuer, doc.Source, doc.Region, doc.Number, year}, "\n"))
		gongwen.Walk(doc.Sections, func(s *gongwen.Section, above []*gongwen.Section) {
			d.add(doc.Text, s, above, s.Own())
		})
		if len(d.units) == 0 && doc.Text != "" { // a document that nobody split
			whole := gongwen.Span{Start: 0, End: len(doc.Text)}
			d.add(doc.Text, &gongwen.Section{ID: "1", Level: 1, Span: whole}, nil, []gongwen.Span{whole})
		}
	})
}

func (d *document) add(text string, s *gongwen.Section, above []*gongwen.Section, own []gongwen.Span) {
	var b strings.Builder
	for i, span := range own {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(span.Cut(text))
	}
	names := make([]string, 0, len(above)+1)
	for _, a := range above {
		names = append(names, a.Name())
	}
	folded := analyzers.Fold(b.String())
	d.units = append(d.units, unit{
		section: s,
		above:   append([]*gongwen.Section(nil), above...),
		own:     own,
		text:    folded,
		heads:   analyzers.Fold(strings.Join(append(names, s.Name()), "\n")),
		length:  utf8.RuneCountInString(folded),
	})
}

// metaHolds reports whether what stands beside the text holds the term: a quoted run is looked for in the title only.
func (d *document) metaHolds(term *search.Term) bool {
	if term.Quoted {
		return term.Holds(d.title)
	}
	return term.Holds(d.meta)
}

func (d *document) holds(term *search.Term) bool {
	if d.metaHolds(term) {
		return true
	}
	for i := range d.units {
		if term.Holds(d.units[i].text) {
			return true
		}
	}
	return false
}

// holds reports whether the section's text or heading path holds the term.
func (u *unit) holds(term *search.Term) bool {
	return term.Holds(u.text) || term.Holds(u.heads)
}
