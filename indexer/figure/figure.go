// Package figure finds the figures (数据) of a document: numbers of things, money, measures and shares that its text states
// as facts. It reads running text clause by clause and tables cell by cell.
package figure

import (
	"sort"
	"strings"

	"gongwen"
	"gongwen/indexer/header"
)

// Find returns the figures of a document in the order of their spans, which do not overlap. A document that sets norms
// has none, and what a plan promises is none: goals belong to commitments. Where the document's commitments were found before,
// they tell which numbers outside of plans are promised.
func Find(d *gongwen.Document) []gongwen.Figure {
	if setsNorms(d) {
		return nil
	}
	return find(d)
}

// find is Find for any document.
func find(d *gongwen.Document) []gongwen.Figure {
	f := finder{document: d, places: places(d)}
	f.periodFrom, _ = header.Period(d.Title)
	all := lines(d.Text)
	for i := 0; i < len(all); {
		n, isTable := block(all[i:])
		if isTable {
			readTable(d.Text, all[i:i+n], f.add, f.line)
		} else {
			for _, l := range all[i : i+n] {
				f.line(l.Span)
			}
		}
		i += n
	}
	return f.figures
}

// finder goes through a document line by line.
type finder struct {
	document *gongwen.Document
	places   []place // the sections' own spans, in order
	figures  []gongwen.Figure

	periodFrom int // the first year of the plan for years that the document is, or 0
}

func (f *finder) line(span gongwen.Span) {
	line := span.Cut(f.document.Text)
	if !mayCount(line) {
		return
	}
	at := f.place(span.Start)
	p := newProse(line, span.Start)
	p.promises = f.promisesIn(span)
	p.years, p.plan, p.problems, p.plans = f.yearsOf(&at), at.plan, at.problems, f.plans()
	for _, found := range p.find() {
		f.add(found)
	}
}

// promisesIn are the commitments that touch a line.
func (f *finder) promisesIn(line gongwen.Span) []gongwen.Commitment {
	all := f.document.Commitments // in order, without overlap
	first := sort.Search(len(all), func(i int) bool { return all[i].Span.End > line.Start })
	last := first
	for last < len(all) && all[last].Span.Start < line.End {
		last++
	}
	return all[first:last]
}

// add keeps a figure, in its section and with the year of that where it has none of its own.
func (f *finder) add(found gongwen.Figure) {
	at := f.place(found.Span.Start)
	found.Section = at.id
	if found.Year == ofReport {
		found.Year = f.yearsOf(&at).report
	}
	f.figures = append(f.figures, found)
}

// ofReport stands for the year of the report until a figure is kept; 0 is a year that nobody knows.
const ofReport = -1

// years are the years that words of a text mean.
type years struct {
	report int // of what it reports
	now    int // 今年
}

// workReport is the kind of reports that are given early in the year of their title, on the one before.
const workReport = "政府工作报告"

func (f *finder) yearsOf(at *place) years {
	if f.periodFrom > 0 { // such a plan tells what was before it
		return years{report: f.periodFrom - 1, now: f.periodFrom}
	}
	y := years{report: f.document.Year, now: f.document.Year}
	if y.now == 0 && endsAny(f.document.Title, "答复", "复函", "回复") { // a letter tells of the year in which it is written
		y.now = f.document.Dated().Year()
		y.report = y.now
	}
	if y.now > 0 && (f.document.Kind == workReport || reportsBefore(f.document.Title, y.now)) {
		y.report--
	}
	if at.year > 0 && !at.plan && (y.report == 0 || at.year <= y.now) {
		y.report = at.year
	}
	return y
}

// reportsBefore reports whether a title names the year before as well: 2022年预算执行情况和2023年预算草案.
func reportsBefore(title string, year int) bool {
	before := strings.Index(title, inYear(year-1))
	return before >= 0 && strings.Index(title, inYear(year)) > before
}

// plans is the year that the document plans for, or 0.
func (f *finder) plans() int {
	if f.document.Year == 0 || f.document.Kind == workReport || reportsBefore(f.document.Title, f.document.Year) {
		return f.document.Year
	}
	return f.document.Year + 1
}

// place is a part of the text that belongs to one section.
type place struct {
	gongwen.Span
	id       string
	plan     bool
	problems bool
	year     int // that the headings above it name, or 0
}

// places returns the sections' own spans in order.
func places(d *gongwen.Document) []place {
	var all []place
	add := func(s *gongwen.Section, start, end, year int) {
		all = append(all, place{gongwen.Span{Start: start, End: end}, s.ID, isPlan(s), s.Role == gongwen.RoleProblems, year})
	}
	var walk func(sections []gongwen.Section, year int)
	walk = func(sections []gongwen.Section, year int) {
		for i := range sections {
			s := &sections[i]
			own := headingYear(s.Heading)
			if own == 0 {
				own = year
			}
			next := s.Span.Start
			for j := range s.Sections {
				if child := s.Sections[j].Span; child.Start > next {
					add(s, next, child.Start, own)
				}
				walk(s.Sections[j:j+1], own)
				next = s.Sections[j].Span.End
			}
			if next < s.Span.End {
				add(s, next, s.Span.End, own)
			}
		}
	}
	walk(d.Sections, 0)
	return all
}

// isPlan reports whether a section promises; what is headed as a state of things tells facts, whatever part it stands in.
func isPlan(s *gongwen.Section) bool {
	return s.Role == gongwen.RolePlan && !endsAny(s.Heading, "情况", "成效", "回顾", "进展")
}

// place returns the part that holds the byte at offset.
func (f *finder) place(offset int) place {
	i := sort.Search(len(f.places), func(i int) bool { return f.places[i].End > offset })
	if i < len(f.places) && f.places[i].Contains(offset) {
		return f.places[i]
	}
	return place{}
}
