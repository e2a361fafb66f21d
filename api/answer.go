package api

import (
	"gongwen"
	"gongwen/search"
)

// Answer is what a search found. Every number in it is exact and comes from one state of the collection.
type Answer struct {
	Total    int       `json:"total" doc:"Hits in the whole list, in the unit that was asked for."`
	All      int       `json:"all" doc:"How many of them hold every word of the query; less than total only if relaxed."`
	Sections int       `json:"sections" doc:"Sections that hold every word in their text or heading path."`
	Together int       `json:"together" doc:"Documents that have every word in one section."`
	Relaxed  bool      `json:"relaxed" doc:"True where few documents hold every word, so that those that hold enough of them are listed too."`
	LeftOut  []string  `json:"left_out" nullable:"false" doc:"Words that some listed hit lacks."`
	Why      []Found   `json:"why" nullable:"false" doc:"Where nothing was found: what each part of the query finds by itself."`
	Variants []Variant `json:"variants" nullable:"false" doc:"Where no hit holds every word: other requests that find more."`
	Also     []Also    `json:"also" nullable:"false" doc:"Other names that were looked for beside words of the query; synonyms=false leaves them aside."`
	Words    []string  `json:"words" nullable:"false" doc:"The parts into which the query was cut, as they were looked for."`
	Notices  []Notice  `json:"notices" nullable:"false" doc:"Remarks on how the query was read."`
	TookMS   int64     `json:"took_ms" doc:"Time that the search took, in milliseconds."`
	Offset   int       `json:"offset" doc:"Place of the first hit of this page in the whole list, from 0."`
	Next     *string   `json:"next" doc:"Cursor of the following page; null at the end."`
	Previous *string   `json:"previous" doc:"Cursor of the page before; null at the start."`
	Hits     []Hit     `json:"hits" nullable:"false" doc:"The hits of this page."`
	Facets   Facets    `json:"facets" doc:"Values and counts by facet: year, topic, role, department, region, kind, status."`
}

// Facets are the values of each facet by its name. Every facet is present, if only with an empty list.
type Facets map[string][]FacetValue

// FacetValue is a value of a facet.
type FacetValue struct {
	Value string `json:"value" doc:"The value as the parameter of the same name takes it; unknown for documents or sections without one."`
	Count int    `json:"count" doc:"The total that one gets on choosing this value alone in its facet, all other filters kept."`
}

// FacetAnswer is every value of every facet of a search.
type FacetAnswer struct {
	Total  int    `json:"total" doc:"Hits that the query and filters have, in the unit that was asked for."`
	Facets Facets `json:"facets" doc:"All values and counts by facet: year, topic, role, department, region, kind, status."`
}

// Found says how many documents one part of a query finds by itself.
type Found struct {
	Part  string `json:"part" doc:"The part, as one would type it as a query."`
	Total int    `json:"total" doc:"Documents that it finds by itself, without the rest of the query and the filters."`
}

// Variant is another request and what it finds.
type Variant struct {
	Kind       string `json:"kind" enum:"spelling,without,unfilter,unquoted,any,loose" doc:"spelling: a word that one may have meant; without: a part of the query left out; unfilter: filters taken off; unquoted: quotation marks taken off; any: any of the parts; loose: words may be lacking."`
	Part       string `json:"part" doc:"What was left out or taken off, or the whole query where it is another."`
	Total      int    `json:"total" doc:"The total that this request has."`
	Parameters string `json:"parameters" doc:"Its query string, for this path and for the page /search; empty on the command line."`
}

// NewVariants returns the view of variants; parameters writes their query strings.
func NewVariants(variants []search.Variant, parameters func(search.Variant) string) []Variant {
	views := make([]Variant, 0, len(variants))
	for _, v := range variants {
		views = append(views, Variant{string(v.Kind), v.Part, v.Total, parameters(v)})
	}
	return views
}

// Also says that other names were looked for beside a word of the query.
type Also struct {
	Of    string   `json:"of" doc:"The word."`
	Names []string `json:"names" nullable:"false" doc:"Its other names."`
}

// Notice is a remark on how a query was read.
type Notice struct {
	Code    string `json:"code" doc:"Stable name, for programs."`
	Message string `json:"message" doc:"Chinese sentence, for people."`
}

// Part is a piece of text. The parts of a list join to the text without a change.
type Part struct {
	Text  string `json:"text" doc:"The piece, plain text."`
	Match bool   `json:"match" doc:"Whether the query marks it."`
}

// Hit is a document with the sections of it that match best.
type Hit struct {
	Document   Document        `json:"document" doc:"The document."`
	TitleParts []Part          `json:"title_parts" nullable:"false" doc:"The title in parts; empty where it is unknown."`
	Score      float64         `json:"score" doc:"Relevance; comparable within one answer only."`
	Explained  []ExplainedPart `json:"explanation" nullable:"false" doc:"With explain=true, in the order of relevance: the parts of the score, which sum to it; else empty."`
	Missing    []string        `json:"missing" nullable:"false" doc:"Words of the query that the document lacks."`
	Marks      int             `json:"marks" doc:"Places that the query marks in the text."`
	Versions   int             `json:"versions" doc:"How many documents are versions of it: other issues of nearly the same text, which are hits of their own."`
	More       int             `json:"more" doc:"Further sections with marks, beyond those listed."`
	Sections   []SectionHit    `json:"sections" nullable:"false" doc:"The best sections, the best first; exactly one with unit=section."`
}

// SectionHit is a section of a hit with the passages that matched.
type SectionHit struct {
	ID        string     `json:"id" doc:"Position in the outline, for example 3.1."`
	Label     string     `json:"label" doc:"Number as written; empty where there is none."`
	Heading   string     `json:"heading" doc:"Heading without its label; empty where there is none."`
	Path      []string   `json:"path" nullable:"false" doc:"Labels and headings of the sections above it, from the top."`
	Role      string     `json:"role" enum:"results,problems,plan,leader,other,unknown" doc:"What the section does in a report."`
	Topic     string     `json:"topic" enum:"leadership,function,rulemaking,decision,enforcement,oversight,disclosure,dispute,emergency,digital,capacity,other,unknown" doc:"What the section is about."`
	Marks     int        `json:"marks" doc:"Places marked in the section's own text."`
	Fragments []Fragment `json:"fragments" nullable:"false" doc:"Passages of the section's text."`
}

// Fragment is a passage of a document's text, unchanged except that a line break becomes a space.
type Fragment struct {
	Parts []Part `json:"parts" nullable:"false" doc:"The passage in parts."`
	Start int    `json:"start" doc:"First byte of the passage in the document's text."`
	End   int    `json:"end" doc:"Byte after the passage in the document's text."`
	Mark  int    `json:"mark" doc:"Ordinal, from 1, of the passage's first mark among those of the document; 0 without a mark."`
	Page  *int   `json:"page" doc:"Page of the paper, from 1, on which the passage's first mark begins, or the passage where it has none; null where the file has no pages."`
}

// NewAnswer returns the view of a result.
func NewAnswer(r *search.Result) Answer {
	answer := Answer{
		Total:    r.Total,
		All:      r.All,
		Sections: r.Sections,
		Together: r.Together,
		Relaxed:  r.Relaxed,
		LeftOut:  append([]string{}, r.LeftOut...),
		Why:      make([]Found, 0, len(r.Why)),
		Words:    append([]string{}, r.Words...),
		Variants: []Variant{},
		Also:     make([]Also, 0, len(r.Also)),
		Notices:  make([]Notice, 0, len(r.Notices)),
		TookMS:   r.Took.Milliseconds(),
		Offset:   r.Offset,
		Next:     known(r.Next),
		Previous: known(r.Prev),
		Hits:     make([]Hit, 0, len(r.Hits)),
		Facets:   newFacets(r.Facets),
	}
	for _, found := range r.Why {
		answer.Why = append(answer.Why, Found(found))
	}
	for _, also := range r.Also {
		answer.Also = append(answer.Also, Also(also))
	}
	for _, notice := range r.Notices {
		answer.Notices = append(answer.Notices, Notice(notice))
	}
	for i := range r.Hits {
		answer.Hits = append(answer.Hits, newHit(&r.Hits[i]))
	}
	return answer
}

// NewFacetAnswer returns the view of a result that was asked for its facets only.
func NewFacetAnswer(r *search.Result) FacetAnswer {
	return FacetAnswer{Total: r.Total, Facets: newFacets(r.Facets)}
}

func newFacets(facets map[search.Field][]search.FacetValue) Facets {
	view := make(Facets, len(facets))
	for _, field := range search.FacetFields() {
		values := make([]FacetValue, 0, len(facets[field]))
		for _, value := range facets[field] {
			values = append(values, FacetValue(value))
		}
		view[string(field)] = values
	}
	return view
}

func newHit(h *search.Hit) Hit {
	hit := Hit{
		Document:   NewDocument(h.Document),
		TitleParts: newParts(h.Title),
		Score:      h.Score,
		Explained:  newExplanation(h.Explanation),
		Missing:    append([]string{}, h.Missing...),
		Marks:      h.Marks,
		Versions:   h.Versions,
		More:       h.More,
		Sections:   make([]SectionHit, 0, len(h.Sections)),
	}
	for i := range h.Sections {
		hit.Sections = append(hit.Sections, newSectionHit(&h.Sections[i]))
	}
	return hit
}

func newSectionHit(h *search.SectionHit) SectionHit {
	section := h.Section
	if section == nil {
		section = &gongwen.Section{}
	}
	hit := SectionHit{
		ID:        section.ID,
		Label:     section.Label,
		Heading:   section.Heading,
		Path:      append([]string{}, h.Path...),
		Role:      named(section.Role),
		Topic:     named(section.Topic),
		Marks:     h.Marks,
		Fragments: make([]Fragment, 0, len(h.Fragments)),
	}
	for _, fragment := range h.Fragments {
		hit.Fragments = append(hit.Fragments, Fragment{
			Parts: newParts(fragment.Parts),
			Start: fragment.Span.Start,
			End:   fragment.Span.End,
			Mark:  fragment.Mark,
			Page:  known(fragment.Page),
		})
	}
	return hit
}

func newParts(parts []search.Part) []Part {
	views := make([]Part, 0, len(parts))
	for _, part := range parts {
		views = append(views, Part(part))
	}
	return views
}
