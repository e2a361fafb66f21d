// Package api is the JSON contract of gongwen: the documents and answers as the HTTP API serves them and as the command
// line prints them with --json. The structs are views; they share nothing with the values they are made of.
package api

import "gongwen"

// Unknown is what role and topic of a section say where no rule decided, and the facet value of documents without one.
const Unknown = "unknown"

// Document is what is known about a document without its text. What is unknown is null.
type Document struct {
	ID         string    `json:"id" doc:"Identifier, unique in the collection and stable across re-indexing."`
	Title      *string   `json:"title" doc:"Title (标题)."`
	Kind       *string   `json:"kind" doc:"Kind of document (类别), for example 法治政府建设年度报告."`
	Year       *int      `json:"year" doc:"Year that the document is about (报告年度), not the year it appeared in."`
	Published  *string   `json:"published" doc:"Date of publication (发布日期), ISO 8601; may be a year or a month only."`
	Signed     *string   `json:"signed" doc:"Date of signature (成文日期), ISO 8601; may be a year or a month only."`
	Source     *string   `json:"source" doc:"Source (来源) as the page says."`
	Issuer     *string   `json:"issuer" doc:"Issuing body (发文机关): the one that signs."`
	Department *string   `json:"department" doc:"Value of the department facet: the issuer, or the source where nobody signs."`
	Region     *string   `json:"region" doc:"Region as a path from the province down, for example 辽宁省/大连市."`
	Number     *string   `json:"number" doc:"Document number (发文字号) in canonical form, for example 大长管办发〔2018〕47号."`
	Status     *string   `json:"status" doc:"Legal status (效力), for example 现行有效, where the document or its page says so."`
	Effective  *string   `json:"effective" doc:"First day in force (施行日期), ISO 8601, where the document or its page says it."`
	Expires    *string   `json:"expires" doc:"Last day in force (失效日期), ISO 8601, where the document or its page says it."`
	URL        *string   `json:"url" doc:"Address of the original."`
	Copies     []string  `json:"copies" nullable:"false" doc:"Identifiers of other documents whose text is equal to this one's."`
	Addresses  []Address `json:"addresses" nullable:"false" doc:"Further places of this document: files that brought no identifier and hold the same."`
}

// Address is a further place of a document.
type Address struct {
	ID        string  `json:"id" doc:"Identifier that leads to the document, too, as long as the place exists."`
	File      *string `json:"file" doc:"Name of the file, without its folder."`
	URL       *string `json:"url" doc:"Address of the original there."`
	Source    *string `json:"source" doc:"Source (来源) as the page there says."`
	Published *string `json:"published" doc:"Date of publication there, ISO 8601."`
}

// Version is another issue of a document's text.
type Version struct {
	ID       string  `json:"id" doc:"Identifier of the other document."`
	Title    *string `json:"title" doc:"Its title."`
	Number   *string `json:"number" doc:"Its document number."`
	Status   *string `json:"status" doc:"Its legal status."`
	Date     *string `json:"date" doc:"Date of its publication, else of its signature, ISO 8601."`
	Likeness float64 `json:"likeness" doc:"About how much of both texts is the same, from 0 to 1: an estimate, good to a tenth."`
}

// FullDocument is a document with its text, outline and citations.
type FullDocument struct {
	Document
	Text      string     `json:"text" doc:"The text that is searched, lines parted by a line feed. Every start and end counts UTF-8 bytes of it."`
	Cites     []string   `json:"cites" nullable:"false" doc:"What the document refers to, once each: a document number where there is one, else a title in 《》."`
	Citations []Citation `json:"citations" nullable:"false" doc:"The same as cites, with title, number and place of the first mention."`
	Versions  []Version  `json:"versions" nullable:"false" doc:"Documents that are nearly the same: other issues of the text, the newest first; 50 at most."`
	Pages     []int      `json:"pages" nullable:"false" doc:"First byte of each page of the paper in text, the first at 0; empty where the file has no pages."`
	Sections  []Section  `json:"sections" nullable:"false" doc:"Outline (章节): the top sections cover the text without gap or overlap."`
}

// Citation is a document that a text refers to.
type Citation struct {
	Title  *string `json:"title" doc:"Title without 《》."`
	Number *string `json:"number" doc:"Document number in canonical form."`
	Start  int     `json:"start" doc:"First byte of the first mention."`
	End    int     `json:"end" doc:"Byte after the first mention."`
}

// Section is a node of a document's outline.
type Section struct {
	ID        string    `json:"id" doc:"Position in the outline, for example 3.1."`
	Label     string    `json:"label" doc:"Number as written, for example （二）; empty where there is none."`
	Heading   string    `json:"heading" doc:"Heading without its label; empty where there is none."`
	Level     int       `json:"level" doc:"Depth in the outline, from 1."`
	Role      string    `json:"role" enum:"results,problems,plan,leader,other,unknown" doc:"What the section does in a report."`
	Topic     string    `json:"topic" enum:"leadership,function,rulemaking,decision,enforcement,oversight,disclosure,dispute,emergency,digital,capacity,other,unknown" doc:"What the section is about."`
	RoleRule  string    `json:"role_rule" doc:"Name of the rule that decided on the role; empty where none did."`
	TopicRule string    `json:"topic_rule" doc:"Name of the rule that decided on the topic; empty where none did."`
	Start     int       `json:"start" doc:"First byte of the section in text."`
	End       int       `json:"end" doc:"Byte after the section in text."`
	Items     []Item    `json:"items" nullable:"false" doc:"Units of enumerations in running text (一是…；二是…)."`
	Sections  []Section `json:"sections" nullable:"false" doc:"Sections inside this one, in order."`
}

// Item is one unit of an enumeration in running text.
type Item struct {
	Label string `json:"label" doc:"As written, for example 一是."`
	Start int    `json:"start" doc:"First byte of the item in text."`
	End   int    `json:"end" doc:"Byte after the item in text."`
}

// NewDocument returns the view of a document without its text.
func NewDocument(d *gongwen.Document) Document {
	return Document{
		ID:         d.ID,
		Title:      known(d.Title),
		Kind:       known(d.Kind),
		Year:       known(d.Year),
		Published:  known(string(d.Published)),
		Signed:     known(string(d.Signed)),
		Source:     known(d.Source),
		Issuer:     known(d.Issuer),
		Department: known(d.Department()),
		Region:     known(d.Region),
		Number:     known(d.Number),
		Status:     known(d.Status),
		Effective:  known(string(d.Effective)),
		Expires:    known(string(d.Expires)),
		URL:        known(d.URL),
		Copies:     append([]string{}, d.Copies...),
		Addresses:  newAddresses(d.Addresses),
	}
}

func newAddresses(addresses []gongwen.Address) []Address {
	views := make([]Address, 0, len(addresses))
	for _, a := range addresses {
		views = append(views, Address{a.ID, known(a.File), known(a.URL), known(a.Source), known(string(a.Published))})
	}
	return views
}

func newVersions(versions []gongwen.Version) []Version {
	views := make([]Version, 0, len(versions))
	for _, v := range versions {
		views = append(views, Version{v.ID, known(v.Title), known(v.Number), known(v.Status), known(string(v.Dated)), v.Likeness})
	}
	return views
}

// NewFullDocument returns the view of a document with everything that belongs to it.
func NewFullDocument(d *gongwen.Document) FullDocument {
	full := FullDocument{
		Document:  NewDocument(d),
		Text:      d.Text,
		Cites:     make([]string, 0, len(d.Cites)),
		Citations: make([]Citation, 0, len(d.Cites)),
		Versions:  newVersions(d.Versions),
		Pages:     append([]int{}, d.Pages...),
		Sections:  newSections(d.Sections),
	}
	for _, c := range d.Cites {
		full.Cites = append(full.Cites, c.String())
		full.Citations = append(full.Citations, Citation{known(c.Title), known(c.Number), c.Span.Start, c.Span.End})
	}
	return full
}

func newSections(sections []gongwen.Section) []Section {
	views := make([]Section, 0, len(sections))
	for i := range sections {
		s := &sections[i]
		view := Section{
			ID:        s.ID,
			Label:     s.Label,
			Heading:   s.Heading,
			Level:     s.Level,
			Role:      named(s.Role),
			Topic:     named(s.Topic),
			RoleRule:  s.RoleRule,
			TopicRule: s.TopicRule,
			Start:     s.Span.Start,
			End:       s.Span.End,
			Items:     make([]Item, 0, len(s.Items)),
			Sections:  newSections(s.Sections),
		}
		for _, item := range s.Items {
			view.Items = append(view.Items, Item{item.Label, item.Start, item.End})
		}
		views = append(views, view)
	}
	return views
}

// known is nil for the zero value, which stands for "unknown" in a Document.
func known[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// named is the value of a role or topic, or Unknown.
func named[T ~string](value T) string {
	if value == "" {
		return Unknown
	}
	return string(value)
}
