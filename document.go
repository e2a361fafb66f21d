// Package gongwen holds the vocabulary that every other package speaks: documents, their sections, spans, document
// numbers and the two axes that classify a section. It imports the standard library only and nothing of the project.
package gongwen

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Document is one administrative document (公文) as the indexer understood it. Empty strings and a zero Year mean
// "unknown". Text is what is served and searched: cleaned of page furniture and header lines, lines parted by "\n".
type Document struct {
	ID        string `json:"id"`
	Title     string `json:"title,omitempty"`     // 标题
	Kind      string `json:"kind,omitempty"`      // 类别, for example 法治政府建设年度报告
	Year      int    `json:"year,omitempty"`      // the year that the document is about, not the one it appeared in
	Published Date   `json:"published,omitempty"` // 发布日期
	Signed    Date   `json:"signed,omitempty"`    // 成文日期
	Source    string `json:"source,omitempty"`    // 来源, as the page says
	Issuer    string `json:"issuer,omitempty"`    // 发文机关: the body that signs
	Region    string `json:"region,omitempty"`    // a path such as 辽宁省/大连市
	Number    string `json:"number,omitempty"`    // 发文字号 in canonical form
	Status    string `json:"status,omitempty"`    // 现行有效, 已废止 …, where the text or the page says so
	Effective Date   `json:"effective,omitempty"` // 施行日期, the first day in force, where it is said
	Expires   Date   `json:"expires,omitempty"`   // 失效日期, the last day in force, where it is said
	URL       string `json:"url,omitempty"`

	// Cites names what the document refers to, once each, in order of first appearance. Its own number is not there.
	Cites []Citation `json:"cites,omitempty"`
	// Copies are the IDs of documents whose text is equal to this one's, and that stay documents of their own.
	Copies []string `json:"copies,omitempty"`
	// Addresses are the places where this document lies besides its own: files that brought no ID and hold the same.
	Addresses []Address `json:"addresses,omitempty"`
	// Versions are documents that are nearly the same: other issues of one text. They are known of a document that was read
	// alone.
	Versions []Version `json:"versions,omitempty"`

	Text     string    `json:"text"`
	Sections []Section `json:"sections,omitempty"`
	// Pages are the bytes of Text at which the pages of the paper begin, in order, the first at 0; nil where the file
	// had none.
	Pages []int `json:"pages,omitempty"`

	// Figures and Commitments are what was found in the text, in its order.
	Figures     []Figure     `json:"figures,omitempty"`
	Commitments []Commitment `json:"commitments,omitempty"`
}

// Address is a further place of a document. ID leads to the document like its own, as long as the place exists.
type Address struct {
	ID        string `json:"id"`
	File      string `json:"file,omitempty"` // name of the file, without its folder
	URL       string `json:"url,omitempty"`
	Source    string `json:"source,omitempty"`
	Published Date   `json:"published,omitempty"`
}

// Version is another issue of a document's text.
type Version struct {
	ID       string  `json:"id"`
	Title    string  `json:"title,omitempty"`
	Number   string  `json:"number,omitempty"`
	Status   string  `json:"status,omitempty"`
	Dated    Date    `json:"dated,omitempty"`
	Likeness float64 `json:"likeness"` // about how much of both texts is the same, from 0 to 1
}

// Page is the number, from 1, of the page on which a byte of the text stands, or 0 where pages are not known.
func (d *Document) Page(offset int) int {
	page, _ := slices.BinarySearch(d.Pages, offset+1) // how many begin at or before the byte
	return page
}

// Department is the value of the department facet: the issuer, or the source where nobody signs.
func (d *Document) Department() string {
	if d.Issuer != "" {
		return d.Issuer
	}
	return d.Source
}

// Dated is the date by which documents are sorted: published, else signed, else "".
func (d *Document) Dated() Date {
	if d.Published != "" {
		return d.Published
	}
	return d.Signed
}

// Span is a range of bytes [Start, End) of a Document's Text, both on rune boundaries.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Cut returns the bytes of text that the span names.
func (s Span) Cut(text string) string { return text[s.Start:s.End] }

// Contains reports whether the span holds the byte at offset.
func (s Span) Contains(offset int) bool { return s.Start <= offset && offset < s.End }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Section (章节) is a node of a document's outline. The spans of the top sections cover the text without gap or overlap;
// the children of a section lie inside it, in order, without overlap. The bytes of a section that lie in no child are
// the section's own, so each byte of the text belongs to exactly one section: the deepest one that contains it.
// Borders fall only at line breaks; a line's break belongs to the section of the line.
type Section struct {
	ID      string `json:"id"`                // position in the tree: "3", "3.1"
	Label   string `json:"label,omitempty"`   // 一、 （二） 3. as written, or ""
	Heading string `json:"heading,omitempty"` // the heading without its label, or ""
	Level   int    `json:"level"`             // depth in the tree, from 1
	Role    Role   `json:"role,omitempty"`
	Topic   Topic  `json:"topic,omitempty"`
	// RoleRule and TopicRule name the rule that decided, so that a reader can see why.
	RoleRule  string    `json:"role_rule,omitempty"`
	TopicRule string    `json:"topic_rule,omitempty"`
	Span      Span      `json:"span"`
	Items     []Item    `json:"items,omitempty"`
	Sections  []Section `json:"sections,omitempty"`
}

// Own returns the spans of the section that lie in none of its children, in order.
func (s *Section) Own() []Span {
	var own []Span
	start := s.Span.Start
	for _, child := range s.Sections {
		if child.Span.Start > start {
			own = append(own, Span{start, child.Span.Start})
		}
		start = child.Span.End
	}
	if start < s.Span.End {
		own = append(own, Span{start, s.Span.End})
	}
	return own
}

// Name is the label and heading as one reads them, or "" for a section without either.
func (s *Section) Name() string { return s.Label + s.Heading }

// Item is one unit of an enumeration in running text (一是…；二是…).
type Item struct {
	Label string `json:"label"`
	Span
}

// Citation is a document that the text refers to: by title, by document number, or both.
type Citation struct {
	Title  string `json:"title,omitempty"`  // without 《》
	Number string `json:"number,omitempty"` // in canonical form
	Span   Span   `json:"span"`             // of the first mention
}

// String is the number where there is one, else the title in 《》.
func (c Citation) String() string {
	if c.Number != "" {
		return c.Number
	}
	return "《" + c.Title + "》"
}

// MaxDepth is how deep sections may lie in sections: far more than any numbering has.
const MaxDepth = 64

// Walk calls visit for every section of the tree in reading order, with the sections above it from the top down. The
// slice of ancestors is valid during the call only.
func Walk(sections []Section, visit func(s *Section, ancestors []*Section)) {
	walk(sections, nil, visit)
}

func walk(sections []Section, ancestors []*Section, visit func(*Section, []*Section)) {
	for i := range sections {
		visit(&sections[i], ancestors)
		walk(sections[i].Sections, append(ancestors, &sections[i]), visit)
	}
}

// SectionPath returns the sections from the top down to the one with the given ID, or nil.
func (d *Document) SectionPath(id string) []*Section {
	var path []*Section
	Walk(d.Sections, func(s *Section, ancestors []*Section) {
		if s.ID == id && path == nil {
			path = append(slices.Clone(ancestors), s)
		}
	})
	return path
}

// Date is an ISO 8601 calendar date, "2019-01-31", or a shorter prefix of one where no more is known ("2019-01",
// "2019"). The empty Date is unknown. Dates compare as strings.
type Date string

// Year returns the four digits of the year as a number, or 0.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	year := 0
	for _, r := range d[:4] {
		if r < '0' || r > '9' {
			return 0
		}
		year = year*10 + int(r-'0')
	}
	return year
}

// RegionWithin reports whether the region path is place or lies below it.
func RegionWithin(path, place string) bool {
	return path == place || strings.HasPrefix(path, place+"/")
}

// Validate reports what is wrong with a document's outline: every byte of the text must belong to a section, as Section
// says. A document without sections is valid.
func (d *Document) Validate() error {
	if d.ID == "" {
		return errors.New("validate document: no ID")
	}
	if !utf8.ValidString(d.Text) {
		return fmt.Errorf("validate document %s: its text is not UTF-8", d.ID)
	}
	if err := d.validateFacts(); err != nil {
		return err
	}
	if len(d.Sections) == 0 {
		return nil
	}
	at := 0
	for i := range d.Sections {
		if d.Sections[i].Span.Start != at {
			return fmt.Errorf("validate document %s: no section holds byte %d of its text", d.ID, at)
		}
		at = d.Sections[i].Span.End
	}
	if at != len(d.Text) {
		return fmt.Errorf("validate document %s: its sections end at byte %d of %d", d.ID, at, len(d.Text))
	}
	var err error
	Walk(d.Sections, func(s *Section, above []*Section) {
		if len(above) >= MaxDepth {
			err = fmt.Errorf("validate document %s: section %s lies in more than %d others", d.ID, s.ID, MaxDepth)
		}
		last := s.Span.Start
		for _, child := range s.Sections {
			if child.Span.Start < last || child.Span.End < child.Span.Start || child.Span.End > s.Span.End {
				err = fmt.Errorf("validate document %s: section %s lies outside section %s", d.ID, child.ID, s.ID)
			}
			last = child.Span.End
		}
	})
	return err
}

// validateFacts reports a figure or commitment that does not stand in the text.
func (d *Document) validateFacts() error {
	stands := func(s Span) bool {
		start := func(at int) bool { return at == len(d.Text) || utf8.RuneStart(d.Text[at]) }
		return 0 <= s.Start && s.Start <= s.End && s.End <= len(d.Text) && start(s.Start) && start(s.End)
	}
	for i := range d.Figures {
		if f := &d.Figures[i]; !stands(f.Span) || f.Span.Cut(d.Text) != f.Text || f.Change != nil && !stands(f.Change.Span) || !f.Value.Valid() {
			return fmt.Errorf("validate document %s: figure %d does not stand in its text", d.ID, i)
		}
	}
	for i := range d.Commitments {
		c := &d.Commitments[i]
		if !stands(c.Span) || c.Span.Cut(d.Text) != c.Text || c.Due != nil && !stands(c.Due.Span) || c.Goal != nil && !(stands(c.Goal.Span) && c.Goal.Value.Valid()) {
			return fmt.Errorf("validate document %s: commitment %s does not stand in its text", d.ID, c.ID)
		}
	}
	return nil
}
