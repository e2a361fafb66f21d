package api

import (
	"gongwen"
	"gongwen/register"
	"gongwen/search"
)

// Commitments is a page of the register of commitments. Every number in it is exact and of one state of the collection.
type Commitments struct {
	Total   int          `json:"total" doc:"Commitments in the whole list."`
	Offset  int          `json:"offset" doc:"Place of the first item of this page in the whole list, from 0."`
	Next    *string      `json:"next" doc:"Cursor of the following page; null at the end."`
	Notices []Notice     `json:"notices" nullable:"false" doc:"Remarks on how the query was read."`
	Items   []Commitment `json:"items" nullable:"false" doc:"The commitments of this page: of the newest documents first, in the order of their text."`
	Facets  Facets       `json:"facets" doc:"Values and counts by facet: year, target_year, topic, status, department, region; the most frequent ones."`
}

// Commitment is one thing that a document promises to do.
type Commitment struct {
	ID            string    `json:"id" doc:"Identifier, unique in the collection and stable as long as the document says the same."`
	Document      string    `json:"document" doc:"Identifier of the document that promises."`
	DocumentTitle *string   `json:"document_title" doc:"Title of that document."`
	Published     *string   `json:"published" doc:"Date of its publication, ISO 8601; may be a year or a month only."`
	Section       string    `json:"section" doc:"Identifier of the section that holds it; empty where the document has none."`
	Text          string    `json:"text" doc:"What is promised, exactly as the document's text has it."`
	Start         int       `json:"start" doc:"First byte of text in the document's text."`
	End           int       `json:"end" doc:"Byte after text in the document's text."`
	Year          *int      `json:"year" doc:"Year that the document is about."`
	TargetYear    *int      `json:"target_year" doc:"Year for which it is promised."`
	Topic         string    `json:"topic" enum:"leadership,function,rulemaking,decision,enforcement,oversight,disclosure,dispute,emergency,digital,capacity,other,unknown" doc:"What it is about."`
	Deadline      *Deadline `json:"deadline" doc:"The time by which it is promised; null where the text names none."`
	Target        *Goal     `json:"target" doc:"The number that is promised; null where the text names none."`
	Department    *string   `json:"department" doc:"The body that promises: issuer of the document, or its source where nobody signs."`
	Region        *string   `json:"region" doc:"Region of the document as a path."`
	Status        string    `json:"status" enum:"reported,repeated,not_mentioned,no_later_report" doc:"What later documents of the body say of it, taken together. Whether it was kept is for the reader to judge."`
	Cites         []string  `json:"cites" nullable:"false" doc:"Documents that it refers to: a document number where there is one, else a title in 《》."`
	Rule          string    `json:"rule" doc:"Name of the rule that found it."`
	TargetRule    string    `json:"target_rule" doc:"Name of the rule that told the target year; empty where none did."`
	TopicRule     string    `json:"topic_rule" doc:"Name of the rule that told the topic; empty where none did."`
}

// Deadline is the time by which something is promised.
type Deadline struct {
	By    string `json:"by" doc:"The last day, ISO 8601; a month or a year where the text says no more."`
	Text  string `json:"text" doc:"As written, for example 2022年6月底前."`
	Start int    `json:"start" doc:"First byte of it in the document's text."`
	End   int    `json:"end" doc:"Byte after it in the document's text."`
}

// Goal is a number that is promised.
type Goal struct {
	Value     gongwen.Decimal `json:"value" doc:"The exact value, 万 and 亿 multiplied out, money in 元."`
	Unit      string          `json:"unit" doc:"Unit as written; empty where there is none."`
	Qualifier *string         `json:"qualifier" enum:"about,near,over,atleast,under,atmost" doc:"How near the value is to what is meant; null where it is exact."`
	Text      string          `json:"text" doc:"As written: the number with its qualifier and unit."`
	Start     int             `json:"start" doc:"First byte of it in the document's text."`
	End       int             `json:"end" doc:"Byte after it in the document's text."`
}

// FollowedCommitment is a commitment with what later documents say of it.
type FollowedCommitment struct {
	Commitment
	Followups []Followup `json:"followups" nullable:"false" doc:"What each later document of the same body says of it, in order of year."`
}

// FollowedCommitments is a page of the register of commitments, each with what later documents say of it.
type FollowedCommitments struct {
	Commitments
	Items []FollowedCommitment `json:"items" nullable:"false" doc:"The commitments of this page."`
}

// Followup is what one later document says of a commitment.
type Followup struct {
	Document      string    `json:"document" doc:"Identifier of the later document."`
	DocumentTitle *string   `json:"document_title" doc:"Title of that document."`
	Published     *string   `json:"published" doc:"Date of its publication, ISO 8601; may be a year or a month only."`
	Department    *string   `json:"department" doc:"The body as that document names it."`
	Year          *int      `json:"year" doc:"Year that the later document is about."`
	Status        string    `json:"status" enum:"reported,repeated,not_mentioned" doc:"What the document says of the commitment, as far as its words tell."`
	Passages      []Passage `json:"passages" nullable:"false" doc:"Passages that speak of the commitment, the best first."`
}

// Passage is a stretch of a later document that speaks of a commitment.
type Passage struct {
	Text    string   `json:"text" doc:"The passage, exactly as the later document's text has it."`
	Start   int      `json:"start" doc:"First byte of text in the later document's text."`
	End     int      `json:"end" doc:"Byte after text in the later document's text."`
	Section string   `json:"section" doc:"Identifier of the section that holds it; empty where the document has none."`
	Score   float64  `json:"score" doc:"From 0 to 1: how much of the commitment's weight the passage's words make up."`
	Words   []string `json:"words" nullable:"false" doc:"Words that both hold, those that tell most first."`
	Status  string   `json:"status" enum:"reported,repeated" doc:"What this passage says of the commitment."`
	Rule    string   `json:"rule" doc:"Name of the rule that decided on the status."`
}

// NewCommitments returns the view of a page, with the notices on how its query was read.
func NewCommitments(page *register.Page[register.Commitment], notices []search.Notice) Commitments {
	view := Commitments{
		Total: page.Total, Offset: page.Offset, Next: known(page.Next), Notices: newNotices(notices),
		Items: make([]Commitment, 0, len(page.Items)), Facets: newRegisterFacets(page.Facets),
	}
	for i := range page.Items {
		view.Items = append(view.Items, NewCommitment(&page.Items[i]))
	}
	return view
}

// NewCommitment returns the view of a commitment.
func NewCommitment(c *register.Commitment) Commitment {
	view := Commitment{
		ID:            c.ID,
		Document:      c.Document.ID,
		DocumentTitle: known(c.Document.Title),
		Published:     known(string(c.Document.Published)),
		Section:       c.Section,
		Text:          c.Text,
		Start:         c.Span.Start,
		End:           c.Span.End,
		Year:          known(c.Document.Year),
		TargetYear:    known(c.Target),
		Topic:         named(c.Topic),
		Department:    known(c.Document.Department()),
		Region:        known(c.Document.Region),
		Status:        string(c.Status),
		Cites:         make([]string, 0, len(c.Cites)),
		Rule:          c.Rule,
		TargetRule:    c.Dated,
		TopicRule:     c.Sorted,
	}
	for _, cited := range c.Cites {
		view.Cites = append(view.Cites, cited.String())
	}
	if c.Due != nil {
		view.Deadline = &Deadline{By: string(c.Due.By), Text: within(c, c.Due.Span), Start: c.Due.Span.Start, End: c.Due.Span.End}
	}
	if c.Goal != nil {
		view.Target = &Goal{
			Value: c.Goal.Value, Unit: c.Goal.Unit, Qualifier: known(string(c.Goal.Qualifier)),
			Text: within(c, c.Goal.Span), Start: c.Goal.Span.Start, End: c.Goal.Span.End,
		}
	}
	return view
}

// within cuts a part of a commitment out of its text; "" for a span that is no part of it.
func within(c *register.Commitment, span gongwen.Span) string {
	if span.Start < c.Span.Start || span.End > c.Span.End || span.End < span.Start || len(c.Text) != c.Span.End-c.Span.Start {
		return ""
	}
	return gongwen.Span{Start: span.Start - c.Span.Start, End: span.End - c.Span.Start}.Cut(c.Text)
}

// NewFollowedCommitment returns the view of a commitment with its follow-ups. later holds the documents of all follow-ups
// by ID, with their texts where there are passages to cut.
func NewFollowedCommitment(c *register.Commitment, followUps []gongwen.FollowUp, later map[string]*gongwen.Document) FollowedCommitment {
	view := FollowedCommitment{NewCommitment(c), make([]Followup, 0, len(followUps))}
	for _, f := range followUps {
		d := later[f.Document]
		if d == nil {
			d = &gongwen.Document{ID: f.Document}
		}
		followup := Followup{
			Document: f.Document, DocumentTitle: known(d.Title), Published: known(string(d.Published)), Department: known(d.Department()),
			Year: known(f.Year), Status: string(f.Status), Passages: make([]Passage, 0, len(f.Passages)),
		}
		for _, m := range f.Passages {
			if m.Status == gongwen.StatusNotMentioned {
				continue // it shares words with the commitment, but too few to speak of it
			}
			passage := Passage{
				Start: m.Span.Start, End: m.Span.End, Section: m.Section, Score: m.Score,
				Words: append([]string{}, m.Words...), Status: string(m.Status), Rule: m.Rule,
			}
			if m.Span.Start >= 0 && m.Span.Start <= m.Span.End && m.Span.End <= len(d.Text) {
				passage.Text = m.Span.Cut(d.Text)
			}
			followup.Passages = append(followup.Passages, passage)
		}
		view.Followups = append(view.Followups, followup)
	}
	return view
}

func newNotices(notices []search.Notice) []Notice {
	views := make([]Notice, 0, len(notices))
	for _, notice := range notices {
		views = append(views, Notice(notice))
	}
	return views
}

// maxRegisterFacet is the most values of a facet of the register.
const maxRegisterFacet = 200

func newRegisterFacets(facets map[string][]search.FacetValue) Facets {
	view := make(Facets, len(facets))
	for name, values := range facets {
		values = values[:min(len(values), maxRegisterFacet)]
		view[name] = make([]FacetValue, 0, len(values))
		for _, value := range values {
			view[name] = append(view[name], FacetValue(value))
		}
	}
	return view
}
