// Package header answers one question: here is a text as copied from a government page, what document is it and where
// does its body begin? It reads what the text says of itself and guesses nothing that stands nowhere.
package header

import (
	"strings"
	"sync"

	"gongwen"
	"gongwen/indexer/gazetteer"
)

// Fields are what a page says of the document on it. What it does not say stays zero.
type Fields struct {
	Title, Kind       string
	Year              int          // the year that the document is about
	Published, Signed gongwen.Date // 发布日期, 成文日期
	Source            string       // 来源, as the page says
	Issuer            string       // 发文机关, several parted by 、
	Region            string       // a path of the gazetteer
	Number            string       // 发文字号 in canonical form
	Status            string       // 现行有效, 已修改, 已废止 …
	Effective         gongwen.Date // 施行日期: the first day in force
	Expires           gongwen.Date // 失效日期: the last one
}

// Read parses a whole page text. url may be "". It returns what the text says of itself, and the body: cleaned text
// without navigation, header lines and page footer, lines parted by "\n". Title, issuer and number are in simplified
// characters, the body and the source as they stand.
func Read(page, url string, places *gazetteer.Gazetteer) (fields Fields, body string) {
	p := newPage(page)
	p.findBody()
	p.readBlock()
	p.findTitle()
	p.findHeaderEnd()
	p.findSignature()

	fields.Title = p.title
	fields.Status = p.statusOf()
	fields.Effective, fields.Expires = p.datesOf()
	fields.Number = p.numberOf()
	fields.Kind = p.kindOf(fields.Number)
	fields.Year = p.yearOf(fields.Kind)
	fields.Signed = p.signedOf()
	fields.Published = p.publishedOf(fields.Signed)
	fields.Source = p.sourceOf()
	issuer := p.issuerOf(fields.Kind)
	fields.Region = p.regionOf(issuer, url, places)
	fields.Issuer = p.complete(issuer, fields.Kind, fields.Region)
	for _, piece := range []*string{&fields.Title, &fields.Source, &fields.Issuer, &fields.Region} {
		*piece = strings.Clone(*piece) // a piece of the page would hold all of it in memory
	}
	return fields, p.body()
}

// page is a text under inspection. The lines [0, first) are the header, [first, end) the body, the rest page footer.
type page struct {
	text       string // the keys of all lines
	lines      []line
	looks      []*look // by line, as far as asked for
	start      int     // the first line that can only be body
	first, end int
	entries    []entry // labelled values of the header and the footer, in order
	isMeta     []bool  // by line: holds labelled values only
	isTitle    []bool  // by line: part or copy of the title
	title      string
	titleMark  string // a status that stood before or behind the title
	signature  signature
	inText     func() string // titleInText, looked for once
}

func newPage(text string) *page {
	whole := newLine(Clean(stripMarkup(text)))
	var lines []line
	if whole.raw != "" {
		lines = whole.split()
	}
	p := &page{text: whole.key, lines: lines, isMeta: make([]bool, len(lines)), isTitle: make([]bool, len(lines))}
	p.inText = sync.OnceValue(p.titleInText)
	return p
}

// header returns the lines that may belong to the header.
func (p *page) header() []line { return p.lines[:p.start] }

// body joins the lines of the body and, of the header, how a rule came about, which is text wherever it stands. A page on which nothing looks like a body is one as a whole.
func (p *page) body() string {
	if p.first >= p.end {
		p.first, p.end = 0, len(p.lines)
	}
	raw := make([]string, 0, p.end)
	for i, l := range p.lines[:p.end] {
		if i >= p.first || isHistory(l.key) {
			raw = append(raw, l.raw)
		}
	}
	return strings.Join(raw, "\n")
}
