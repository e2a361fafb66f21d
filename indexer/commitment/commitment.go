// Package commitment answers: here is a document, what does it promise to do? It cuts the parts on plans, and the plan
// sentences that stand elsewhere, into items, and tells of each by when, how much, on what and with what document.
//
// Useful for: reports, plans and notices of work as the indexer understood them. Not for: laws and norms, whose 应当 binds
// others, and what became of a promise (package followup). Limits: an item without a label is a sentence or what stands
// between two ；; who shall act is not told.
package commitment

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/indexer/header"
	"gongwen/indexer/outline"
	"gongwen/indexer/pattern"
)

// Find returns what the document promises, in the order of the text. Each span cuts the item from d.Text, without its
// label and without white space and punctuation around it, lies in the section that the record names, and overlaps no
// other. The same document gives the same records.
func Find(d *gongwen.Document) []gongwen.Commitment {
	f := finder{d: d, kind: kindOf(d), ordinals: map[string]int{}, headings: map[heading]headed{}}
	if f.kind == promisesNothing {
		return nil
	}
	f.plannedFor, f.yearRule = planYears(d, f.kind)
	f.year = f.plannedFor.to
	f.subject = outline.SubjectOf(d.Title)
	if len(d.Sections) == 0 {
		f.elsewhere(&gongwen.Section{Span: gongwen.Span{End: len(d.Text)}})
	}
	f.readHeadings(d.Sections)
	for i := range d.Sections {
		f.section(&d.Sections[i], nil)
	}
	slices.SortStableFunc(f.found, func(a, b gongwen.Commitment) int { return a.Span.Start - b.Span.Start })
	f.identify()
	return f.found
}

// finder is a document while it is being read.
type finder struct {
	d    *gongwen.Document
	kind kind
	// plannedFor are the years of plans, 0 where nobody knows; year is the one of what names none.
	plannedFor years
	year       int
	yearRule   string
	planned    bool          // the last line said so
	subject    gongwen.Topic // of the whole document, or other
	found      []gongwen.Commitment
	ordinals   map[string]int // of folded texts
	headings   map[heading]headed
	byHeading  map[string]bool // the IDs of sections that hold plans by their headings, whatever their roles
}

// section reads s, whose ancestors are above it from the top down, and what lies below it.
func (f *finder) section(s *gongwen.Section, above []*gongwen.Section) {
	// A line that heads plans may head sections that the outline took for more of the report.
	f.planned = f.planned && s.RoleRule == "report"
	switch {
	case f.planned:
		for _, span := range s.Own() {
			r := newRegion(f.d, span)
			f.below(s, r, unit{end: r.body()})
		}
	case f.plans(s):
		f.plan(s, above)
	case f.kind == isReply, f.kind == promisesPlans && s.Role != gongwen.RoleLeader:
		f.elsewhere(s)
	}
	above = append(above, s)
	for i := range s.Sections {
		f.section(&s.Sections[i], above)
	}
}

// plans reports whether all that the section says is planned.
func (f *finder) plans(s *gongwen.Section) bool {
	switch {
	case f.kind == isPlan:
		return !aside.MatchString(s.Heading)
	case f.kind == isReply, advice.MatchString(s.Heading):
		return false
	case f.byHeading[s.ID]:
		return true
	case s.Role == gongwen.RolePlan:
		// What follows the review in a speech is plans, unless its heading says that it reviews too.
		return s.RoleRule != "after the review" || !strings.HasSuffix(s.Heading, "情况")
	}
	return false
}

// readHeadings looks for parts on plans that the roles miss: one headed by the year of plans (2022年主要目标), and what
// follows plans and is headed as measures.
func (f *finder) readHeadings(sections []gongwen.Section) {
	if f.kind != promisesPlans {
		return
	}
	behind := false // plans
	for i := range sections {
		s := &sections[i]
		told := s.Role != gongwen.RoleResults || toldHeading.MatchString(s.Heading)
		year, _ := strconv.Atoi(clip(s.Heading, len("2022")))
		switch {
		case !told && f.year > 0 && year >= f.year && (year > f.d.Year || f.yearRule == "year:title"), !told && behind && measures.MatchString(s.Heading):
			f.mark(s)
			behind = true
		default:
			behind = s.Role == gongwen.RolePlan
		}
	}
}

// mark makes plans of a section and of those below it that have its role for want of one of their own.
func (f *finder) mark(s *gongwen.Section) {
	if f.byHeading == nil {
		f.byHeading = map[string]bool{}
	}
	f.byHeading[s.ID] = true
	for i := range s.Sections {
		if below := &s.Sections[i]; below.RoleRule == "inherited" {
			f.mark(below)
		}
	}
}

var (
	measures    = pattern.Compile(`^(?:主要|重点|工作|具体|重大|保障)(?:任务|措施|举措|工作|项目|政策)(?:和(?:措施|举措|任务))?$`)
	toldHeading = pattern.Compile(`情况|回顾|成效|成绩|总结|完成|进展`)
)

// advice is how a part is headed that tells others what they should do.
var advice = pattern.Compile(`^对[^,，。年]{0,16}(?:机关|部门|单位|企业|法院|协会|者|人)的(?:意见|对策)?建议|^(?:对策|意见)建议$`)

// bySentenceYear is the rule of what stands in a sentence that begins with its year: 到2030年，甲达到…；乙达到….
const bySentenceYear = "year:of the sentence"

// add enters the unit of r as a commitment of section s.
func (f *finder) add(s *gongwen.Section, above []*gongwen.Section, r *region, u unit) {
	text := r.folded[u.start:u.end]
	c := gongwen.Commitment{Section: s.ID, Span: r.span(u), Rule: u.rule}
	year, rule := f.year, f.yearRule
	headed := above
	if u.rule != byLabel { // else the heading is the item's own
		headed = append(slices.Clip(above), s)
	}
	for _, a := range headed {
		if h := f.headingYear(a.Heading, year); h.year > 0 {
			year, rule = h.year, h.rule
		}
	}
	due := findDue(text, f.plannedFor.from)
	switch {
	case due.year > 0:
		c.Target, c.Dated = due.year, due.rule
	case u.year > 0:
		c.Target, c.Dated = u.year, bySentenceYear
	case year > 0:
		c.Target, c.Dated = year, rule
	}
	if due.by != "" {
		c.Due = &gongwen.Deadline{By: due.by, Span: r.span(unit{start: u.start + due.at.start, end: u.start + due.at.end})}
	}
	if g, ok := findGoal(text); ok {
		c.Goal = &gongwen.Goal{Value: g.value, Unit: g.unit, Qualifier: g.qualifier,
			Span: r.span(unit{start: u.start + g.at.start, end: u.start + g.at.end})}
	}
	c.Topic, c.Sorted = f.topic(c.Span.Cut(f.d.Text), s)
	for _, cited := range header.Cites(c.Span.Cut(f.d.Text), header.Fields{}) {
		cited.Span.Start += c.Span.Start
		cited.Span.End += c.Span.Start
		c.Cites = append(c.Cites, cited)
	}
	f.found = append(f.found, c)
}

// topic reads the topic of an item from its own words; where they leave doubt that of its section counts, and where this says
// nothing that of the document.
func (f *finder) topic(item string, s *gongwen.Section) (gongwen.Topic, string) {
	if s.TopicRule == "disclosure report" {
		return s.Topic, "section" // all that such a report promises is about disclosure
	}
	around := outline.Around{Topic: s.Topic, Subject: f.subject, Economy: f.economy()}
	topic, rule, strong := outline.TopicOf(clip(item, maxRead), around)
	inSection := s.Topic != "" && s.Topic != gongwen.TopicOther && !f.economy() // whose headings speak of the economy
	switch {
	case strong, f.kind == isReply && rule != "":
		return topic, rule
	case f.kind == isReply: // that it answers a proposal says nothing of what is done
		return gongwen.TopicOther, "none"
	case inSection:
		return s.Topic, "section"
	case f.subject != gongwen.TopicOther:
		return f.subject, "title"
	case rule != "":
		return topic, rule
	}
	return gongwen.TopicOther, "none"
}

// economy reports a document on everything that a government or a budget cares for.
func (f *finder) economy() bool {
	return f.d.Kind == workReport || strings.Contains(f.d.Title, "预算") || strings.Contains(f.d.Title, "国民经济")
}

// identify gives each record an ID of its text and its ordinal among equal ones, so that it stays when others come or go.
func (f *finder) identify() {
	for i := range f.found {
		c := &f.found[i]
		text := analyzers.Fold(strings.ReplaceAll(c.Span.Cut(f.d.Text), "\n", ""))
		f.ordinals[text]++
		sum := sha256.Sum256([]byte(text + "\x00" + strconv.Itoa(f.ordinals[text])))
		c.ID = "c" + hex.EncodeToString(sum[:8])
	}
}
