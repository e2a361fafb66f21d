package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// Prepared is a document folded for looking through, in the parts that the laws of a query name.
type Prepared struct {
	Document *gongwen.Document
	Title    string    // folded
	Meta     string    // folded: title and the other metadata in which words are looked for, a line each
	Passages []Passage // in reading order of their sections
}

// Passage is a section's own text: what lies in none of its children.
type Passage struct {
	Section *gongwen.Section
	Above   []*gongwen.Section
	Own     []gongwen.Span
	Text    string // folded
	Heads   string // folded names of the sections above and of the section, a line each
	Length  int    // of Text in runes
}

// WholeSection stands for the sections of a document that nobody split, whose text has so many bytes.
func WholeSection(size int) *gongwen.Section {
	return &gongwen.Section{ID: "1", Level: 1, Span: gongwen.Span{Start: 0, End: size}}
}

// Prepare folds a document.
func Prepare(d *gongwen.Document) *Prepared {
	p := &Prepared{Document: d, Title: analyzers.Fold(d.Title)}
	year := ""
	if d.Year != 0 {
		year = fmt.Sprintf("%d年度", d.Year)
	}
	p.Meta = analyzers.Fold(strings.Join([]string{d.Title, d.Issuer, d.Source, d.Region, d.Number, year}, "\n"))
	gongwen.Walk(d.Sections, func(s *gongwen.Section, above []*gongwen.Section) {
		p.add(s, above, s.Own())
	})
	if len(p.Passages) == 0 && d.Text != "" {
		whole := WholeSection(len(d.Text))
		p.add(whole, nil, whole.Own())
	}
	return p
}

func (p *Prepared) add(s *gongwen.Section, above []*gongwen.Section, own []gongwen.Span) {
	cut := make([]string, len(own))
	for i, span := range own {
		cut[i] = span.Cut(p.Document.Text)
	}
	names := make([]string, 0, len(above)+1)
	for _, a := range above {
		names = append(names, a.Name())
	}
	text := analyzers.Fold(strings.Join(cut, "\n"))
	p.Passages = append(p.Passages, Passage{
		Section: s,
		Above:   slices.Clone(above),
		Own:     own,
		Text:    text,
		Heads:   analyzers.Fold(strings.Join(append(names, s.Name()), "\n")),
		Length:  utf8.RuneCountInString(text),
	})
}

// MetaHolds reports whether what stands beside the text holds the term: a quoted run is looked for in the title only.
func (p *Prepared) MetaHolds(term *Term) bool {
	if term.Quoted {
		return term.Holds(p.Title)
	}
	return term.Holds(p.Meta)
}

// Holds reports whether the document holds the term anywhere.
func (p *Prepared) Holds(term *Term) bool {
	if p.MetaHolds(term) {
		return true
	}
	for i := range p.Passages {
		if term.Holds(p.Passages[i].Text) {
			return true
		}
	}
	return false
}

// Holds reports whether the section's text or heading path holds the term.
func (u *Passage) Holds(term *Term) bool {
	return term.Holds(u.Text) || term.Holds(u.Heads)
}
