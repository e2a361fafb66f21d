package api

import (
	"gongwen"
	"gongwen/register"
	"gongwen/search"
	"gongwen/series"
)

// Figures is a page of the figures of a collection. Every number in it is exact and of one state of the collection.
type Figures struct {
	Total   int      `json:"total" doc:"Figures in the whole list."`
	Offset  int      `json:"offset" doc:"Place of the first item of this page in the whole list, from 0."`
	Next    *string  `json:"next" doc:"Cursor of the following page; null at the end."`
	Notices []Notice `json:"notices" nullable:"false" doc:"Remarks on how the query was read."`
	Items   []Figure `json:"items" nullable:"false" doc:"The figures of this page: of the newest documents first, in the order of their text."`
	Facets  Facets   `json:"facets" doc:"Values and counts by facet: year, unit, department, region, kind; the most frequent ones."`
}

// Figure is one counted number of a document.
type Figure struct {
	ID            string          `json:"id" doc:"Identifier, unique in the collection."`
	Document      string          `json:"document" doc:"Identifier of the document that gives it."`
	DocumentTitle *string         `json:"document_title" doc:"Title of that document."`
	Published     *string         `json:"published" doc:"Date of its publication, ISO 8601; may be a year or a month only."`
	Section       string          `json:"section" doc:"Identifier of the section that holds it; empty where the document has none."`
	Text          string          `json:"text" doc:"The number with its qualifier and unit, exactly as the document's text has it."`
	Start         int             `json:"start" doc:"First byte of text in the document's text."`
	End           int             `json:"end" doc:"Byte after text in the document's text."`
	Value         gongwen.Decimal `json:"value" doc:"The exact value, 万 and 亿 multiplied out, money in 元. Digits beyond those of a double are kept."`
	Unit          string          `json:"unit" doc:"Unit as written and folded, for example 件, 元, %; empty where the text has none."`
	Noun          *string         `json:"noun" doc:"What is counted, as it stands in the text."`
	Row           *string         `json:"row" doc:"In a table: the heading of its row."`
	Column        *string         `json:"column" doc:"In a table: the heading of its column."`
	Qualifier     *string         `json:"qualifier" enum:"about,near,over,atleast,under,atmost" doc:"How near the value is to the true one; null where it is exact."`
	Change        *Change         `json:"change" doc:"What the text says of its change against another time; null where it says nothing."`
	Year          *int            `json:"year" doc:"Year that the figure is about, which need not be that of the document."`
	Department    *string         `json:"department" doc:"Issuer of the document, or its source where nobody signs."`
	Region        *string         `json:"region" doc:"Region of the document as a path."`
	Rule          string          `json:"rule" doc:"Name of the rule that found it."`
}

// Change is what a text says of the change of a figure.
type Change struct {
	Basis string          `json:"basis" doc:"Against what, as written: 同比, 比上年; empty where the text does not say."`
	Value gongwen.Decimal `json:"value" doc:"The change; below zero where the figure fell."`
	Unit  string          `json:"unit" doc:"% for a rate, 百分点 for a difference of rates, else the unit of an amount."`
	Start int             `json:"start" doc:"First byte of it in the document's text."`
	End   int             `json:"end" doc:"Byte after it in the document's text."`
}

// NewFigures returns the view of a page, with the notices on how its query was read.
func NewFigures(page *register.Page[register.Figure], notices []search.Notice) Figures {
	view := Figures{
		Total: page.Total, Offset: page.Offset, Next: known(page.Next), Notices: newNotices(notices),
		Items: make([]Figure, 0, len(page.Items)), Facets: newRegisterFacets(page.Facets),
	}
	for i := range page.Items {
		view.Items = append(view.Items, NewFigure(&page.Items[i]))
	}
	return view
}

// NewFigure returns the view of a figure.
func NewFigure(f *register.Figure) Figure {
	view := Figure{
		ID:            f.ID,
		Document:      f.Document.ID,
		DocumentTitle: known(f.Document.Title),
		Published:     known(string(f.Document.Published)),
		Section:       f.Section,
		Text:          f.Text,
		Start:         f.Span.Start,
		End:           f.Span.End,
		Value:         f.Value,
		Unit:          f.Unit,
		Noun:          known(f.Noun),
		Row:           known(f.Row),
		Column:        known(f.Column),
		Qualifier:     known(string(f.Qualifier)),
		Year:          known(f.Year),
		Department:    known(f.Document.Department()),
		Region:        known(f.Document.Region),
		Rule:          f.Rule,
	}
	if c := f.Change; c != nil {
		view.Change = &Change{Basis: c.Basis, Value: c.Value, Unit: c.Unit, Start: c.Span.Start, End: c.Span.End}
	}
	return view
}

// SeriesAnswer is a page of the figures joined over the years.
type SeriesAnswer struct {
	Total   int      `json:"total" doc:"Series in the whole list."`
	Rows    int      `json:"rows" doc:"Rows of the whole list as a table: one a source of a value, one a gap."`
	Offset  int      `json:"offset" doc:"Place of the first series of this page in the whole list, from 0."`
	Next    *string  `json:"next" doc:"Cursor of the following page; null at the end."`
	Notices []Notice `json:"notices" nullable:"false" doc:"Remarks on how the query was read."`
	Series  []Series `json:"series" nullable:"false" doc:"The series of this page: by body, the longest first."`
}

// Series is one thing counted by one body over the years.
type Series struct {
	Body      *string    `json:"body" doc:"The body that counts, by its newest name."`
	Noun      string     `json:"noun" doc:"What is counted, as the rules leave it."`
	Unit      string     `json:"unit" doc:"Unit, as the rules leave it."`
	Spellings []Spelling `json:"spellings" nullable:"false" doc:"What was taken for it, as the documents have it, the most frequent first."`
	Points    []Point    `json:"points" nullable:"false" doc:"One a year, from the first to the last that is told."`
}

// Spelling is a wording that was taken for a series.
type Spelling struct {
	Noun  string   `json:"noun" doc:"What is counted, as written."`
	Unit  string   `json:"unit" doc:"Unit as written."`
	Count int      `json:"count" doc:"Figures with this wording."`
	Rules []string `json:"rules" nullable:"false" doc:"Names of the rules that joined it to the series."`
}

// Point is what is told of one year.
type Point struct {
	Year     int     `json:"year" doc:"The year."`
	Gap      bool    `json:"gap" doc:"Nobody tells this year, which is no zero."`
	Conflict bool    `json:"conflict" doc:"Two documents have no value in common."`
	Values   []Value `json:"values" nullable:"false" doc:"Different values, those told by most first; empty for a gap."`
}

// Value is a value of a point with everything that tells it.
type Value struct {
	Value   gongwen.Decimal `json:"value" doc:"The exact value."`
	Sources []Source        `json:"sources" nullable:"false" doc:"The places that tell it."`
}

// Source is a place that tells a value.
type Source struct {
	Document      string  `json:"document" doc:"Identifier of the document."`
	DocumentTitle *string `json:"document_title" doc:"Title of the document."`
	Published     *string `json:"published" doc:"Date of its publication, ISO 8601; may be a year or a month only."`
	Section       string  `json:"section" doc:"Identifier of the section; empty where the document has none."`
	Text          string  `json:"text" doc:"The number with its qualifier and unit, exactly as the document's text has it."`
	Start         int     `json:"start" doc:"First byte of text in the document's text."`
	End           int     `json:"end" doc:"Byte after text in the document's text."`
	Noun          *string `json:"noun" doc:"What is counted, as it stands in the text."`
	Qualifier     *string `json:"qualifier" enum:"about,near,over,atleast,under,atmost" doc:"How near the value is to the true one; null where it is exact."`
}

// NewSeries returns the view of a series. documents holds those of its sources, by ID; of others only the ID is told.
func NewSeries(s *series.Series, documents map[string]*gongwen.Document) Series {
	view := Series{
		Body: known(s.Body), Noun: s.Noun, Unit: s.Unit,
		Spellings: make([]Spelling, 0, len(s.Spellings)), Points: make([]Point, 0, len(s.Points)),
	}
	for _, w := range s.Spellings {
		view.Spellings = append(view.Spellings, Spelling{w.Noun, w.Unit, w.Count, append([]string{}, w.Rules...)})
	}
	for _, p := range s.Points {
		point := Point{Year: p.Year, Gap: p.Gap(), Conflict: p.Conflict, Values: make([]Value, 0, len(p.Values))}
		for _, v := range p.Values {
			value := Value{Value: v.Value, Sources: make([]Source, 0, len(v.Sources))}
			for i := range v.Sources {
				value.Sources = append(value.Sources, newSource(&v.Sources[i], documents[v.Sources[i].Document]))
			}
			point.Values = append(point.Values, value)
		}
		view.Points = append(view.Points, point)
	}
	return view
}

func newSource(s *series.Source, d *gongwen.Document) Source {
	if d == nil {
		d = &gongwen.Document{}
	}
	f := &s.Figure
	return Source{
		Document: s.Document, DocumentTitle: known(d.Title), Published: known(string(d.Published)), Section: f.Section,
		Text: f.Text, Start: f.Span.Start, End: f.Span.End, Noun: known(f.Noun), Qualifier: known(string(f.Qualifier)),
	}
}

// NewSeriesAnswer returns the view of the series from one place to before another of the whole list.
func NewSeriesAnswer(
	all []series.Series, from, to int, next string, documents map[string]*gongwen.Document, notices []search.Notice,
) SeriesAnswer {
	view := SeriesAnswer{
		Total: len(all), Offset: from, Next: known(next), Notices: newNotices(notices), Series: make([]Series, 0, to-from),
	}
	for i := range all {
		view.Rows += rows(&all[i])
	}
	for i := range all[from:to] {
		view.Series = append(view.Series, NewSeries(&all[from+i], documents))
	}
	return view
}

// rows is how many rows Table of a series has.
func rows(s *series.Series) int {
	n := 0
	for _, p := range s.Points {
		if p.Gap() {
			n++
		}
		for _, v := range p.Values {
			n += len(v.Sources)
		}
	}
	return n
}
