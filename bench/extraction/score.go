package main

import (
	"fmt"
	"slices"
	"strings"

	"gongwen"
)

// score counts one field: how many values were found, how many stand in the labels, how many of those were right.
type score struct {
	name                   string
	found, labelled, right int
}

func (s *score) precision() float64 { return share(s.right, s.found) }
func (s *score) recall() float64    { return share(s.right, s.labelled) }

func (s *score) f1() float64 {
	p, r := s.precision(), s.recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(part, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(part) / float64(of)
}

// sheet collects the scores of a set, in the order in which they are printed, and what went wrong.
type sheet struct {
	scores  []*score
	misses  []miss
	swapped int // follow-ups of the control
	told    int // of these, the ones that say reported
	control bool
}

// miss is one thing that was not found, or found wrongly.
type miss struct{ report, field, kind, text string }

// The rows of the table.
const (
	rowCommitment    = "commitment"
	rowTarget        = "– target year"
	rowTopic         = "– topic"
	rowDeadline      = "– deadline"
	rowGoal          = "– goal"
	rowText          = "figure in running text"
	rowTextBoth      = "– value and unit"
	rowNoun          = "– noun"
	rowQualifier     = "– qualifier"
	rowChange        = "– change"
	rowYear          = "– year"
	rowCell          = "cell of a table"
	rowCellBoth      = "– value and unit of cells"
	rowRow           = "– row"
	rowColumn        = "– column"
	rowFigure        = "any figure"
	rowFigureBoth    = "– value and unit of any"
	rowStatus        = "follow-up status"
	rowReported      = "– reported"
	rowRepeated      = "– repeated"
	rowNotMentioned  = "– not_mentioned"
	rowNoLater       = "– no_later_report"
	rowFirstPassage  = "– first passage"
	rowBothRemark    = "value and unit"
	kindMissed       = "missed"
	kindNone         = "is none"
	kindWrong        = "wrong"
	contextOfMiss    = 15 // characters
	longestShownMiss = 90
)

func newSheet() *sheet { return &sheet{} }

func (s *sheet) row(name string) *score {
	for _, row := range s.scores {
		if row.name == name {
			return row
		}
	}
	row := &score{name: name}
	s.scores = append(s.scores, row)
	return row
}

// field counts a field of a pair: whether a value was found, whether one is labelled, whether they are equal.
func (s *sheet) field(r *report, name string, found, labelled, equal bool, text string) {
	row := s.row(name)
	if found {
		row.found++
	}
	if labelled {
		row.labelled++
	}
	if found && labelled && equal {
		row.right++
	} else if found || labelled {
		s.note(r, name, kindWrong, text)
	}
}

func (s *sheet) note(r *report, field, kind, text string) {
	field = strings.TrimPrefix(field, "– ")
	s.misses = append(s.misses, miss{r.document.ID, field, kind, text})
}

// measure runs the extractors on a report and counts.
func (s *sheet) measure(r *report, e extractors, all []*report) {
	if e.Commitments != nil {
		s.commitments(r, e, all)
	}
	if e.Figures != nil {
		s.figures(r, e.Figures.Figures(r.document))
	}
}

func (s *sheet) figures(r *report, found []gongwen.Figure) {
	for _, name := range []string{
		rowText, rowTextBoth, rowNoun, rowQualifier, rowChange, rowYear, rowCell, rowCellBoth, rowRow, rowColumn,
		rowFigure, rowFigureBoth,
	} {
		s.row(name)
	}
	spans, labels := make([]gongwen.Span, len(found)), make([]gongwen.Span, len(r.figures))
	for i := range found {
		spans[i] = found[i].Span
	}
	for i := range r.figures {
		labels[i] = r.figures[i].span
	}
	foundAt, labelAt := map[int]int{}, map[int]int{}
	for _, p := range pairs(spans, labels) {
		foundAt[p.found], labelAt[p.label] = p.label, p.found
	}
	cells := r.cells()
	for i := range found {
		at, paired := foundAt[i]
		if paired && r.figures[at].optional {
			continue
		}
		whole, both := rowText, rowTextBoth
		if paired && r.figures[at].cell || !paired && cells.Contains(spans[i].Start) {
			whole, both = rowCell, rowCellBoth
		}
		for _, name := range []string{whole, both, rowFigure, rowFigureBoth} {
			s.row(name).found++
		}
		if !paired {
			s.note(r, whole, kindNone, r.around(spans[i]))
			continue
		}
		s.figure(r, &found[i], &r.figures[at], whole, both)
	}
	for i := range r.figures {
		label := &r.figures[i]
		if label.optional {
			continue
		}
		whole, both := rowText, rowTextBoth
		if label.cell {
			whole, both = rowCell, rowCellBoth
		}
		for _, name := range []string{whole, both, rowFigure, rowFigureBoth} {
			s.row(name).labelled++
		}
		if _, paired := labelAt[i]; !paired {
			s.note(r, whole, kindMissed, r.around(label.span))
		}
	}
}

// figure judges the fields of a pair.
func (s *sheet) figure(r *report, f *gongwen.Figure, label *figureLabel, whole, both string) {
	s.row(whole).right++
	s.row(rowFigure).right++
	around := r.around(f.Span)
	if f.Value == label.value && sameUnit(f.Unit, label.units) {
		s.row(both).right++
		s.row(rowFigureBoth).right++
	} else {
		s.note(r, rowBothRemark, kindWrong, fmt.Sprintf("%s: found %s %s, labelled %s %s", around, f.Value, f.Unit, label.value,
			label.units[0]))
	}
	if label.year >= 0 {
		s.field(r, rowYear, f.Year != 0, label.year != 0, f.Year == label.year,
			fmt.Sprintf("%s: found %d, labelled %d", around, f.Year, label.year))
	}
	if label.cell {
		s.field(r, rowRow, f.Row != "", true, sameRow(f.Row, label.row), fmt.Sprintf("%s: found %q, labelled %q", around, f.Row, label.row))
		s.field(r, rowColumn, f.Column != "", true, sameColumn(f.Column, label.column),
			fmt.Sprintf("%s: found %q, labelled %q", around, f.Column, label.column))
		return
	}
	s.field(r, rowNoun, f.Noun != "", len(label.nouns) > 0, sameNoun(f.Noun, label.nouns),
		fmt.Sprintf("%s: found %q, labelled %q", around, f.Noun, label.nouns))
	s.field(r, rowQualifier, f.Qualifier != "", label.qualifier != "", f.Qualifier == label.qualifier,
		fmt.Sprintf("%s: found %q, labelled %q", around, f.Qualifier, label.qualifier))
	shown, equal := "none", false
	if f.Change != nil {
		shown = fmt.Sprintf("%s %s %s", f.Change.Basis, f.Change.Value, f.Change.Unit)
		equal = slices.ContainsFunc(label.changes, func(c changeLabel) bool {
			return f.Change.Value == c.value && sameUnit(f.Change.Unit, []string{c.unit}) && loose(f.Change.Basis) == loose(c.basis)
		})
	}
	labelled := "none"
	if len(label.changes) > 0 {
		labelled = fmt.Sprintf("%s %s %s", label.changes[0].basis, label.changes[0].value, label.changes[0].unit)
	}
	s.field(r, rowChange, f.Change != nil, len(label.changes) > 0, equal,
		fmt.Sprintf("%s: found %s, labelled %s", around, shown, labelled))
}

// cells is the span from the first to the last labelled cell of the report's tables.
func (r *report) cells() gongwen.Span {
	var all gongwen.Span
	for i := range r.figures {
		if f := &r.figures[i]; f.cell {
			if all.End == 0 {
				all.Start = f.span.Start
			}
			all.End = f.span.End
		}
	}
	return all
}

// around shows a span with some of the text before and after it, on one line.
func (r *report) around(span gongwen.Span) string {
	before, after := []rune(r.document.Text[:span.Start]), []rune(r.document.Text[span.End:])
	before = before[max(0, len(before)-contextOfMiss):]
	after = after[:min(len(after), contextOfMiss)]
	return oneLine(string(before)) + "【" + oneLine(span.Cut(r.document.Text)) + "】" + oneLine(string(after))
}

func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > longestShownMiss {
		return string(runes[:longestShownMiss/2]) + "…" + string(runes[len(runes)-longestShownMiss/2:])
	}
	return text
}
