// Package outline answers: here is a report's text, what are its sections? It reads the numbering, the headings without
// a number and the sentences that announce problems and plans, and classifies each section by role and topic.
//
// Useful for: the text of one document, cleaned of page furniture and header lines. Not for: finding where the text
// begins on a page, or Markdown (whose headings SplitHeadings takes as known). Limits: borders fall at line breaks only,
// so a heading that runs into its paragraph is a section with it, and problems and plans in one paragraph stay together.
package outline

import (
	"slices"

	"gongwen"
	"gongwen/analyzers"
)

// Heading is a line that is known to be a heading, as in Markdown: Start is an offset in its line, Level counts from 1.
type Heading struct {
	Start int
	Level int
}

// Split returns the sections of text, whose lines are parted by "\n". Year is the year that the document is about (of a
// government work report: the year in its title), or 0 if nobody knows. The top sections cover the text without gap or
// overlap; a text without content has one section, the empty text none.
func Split(text string, year int) []gongwen.Section {
	return SplitHeadings(text, nil, year)
}

// SplitHeadings is Split for a text in which some headings are known. They are sections; what lies below them is found
// by the same rules as ever. A heading at an offset without a line that holds anything is ignored.
func SplitHeadings(text string, headings []Heading, year int) []gongwen.Section {
	if text == "" {
		return nil
	}
	folded := analyzers.Simplify(text)
	lines := scan(folded)
	markKnown(lines, headings)
	d := newDoc(folded, lines, year)
	d.original = text
	nodes := d.build(d.events())
	d.classify(nodes, nil)
	return d.sections(nodes, "", 1)
}

// markKnown notes the level of the known headings at their lines.
func markKnown(lines []line, headings []Heading) {
	for _, h := range headings {
		i, found := slices.BinarySearchFunc(lines, h.Start, func(l line, start int) int { return l.start - start })
		if !found {
			i--
		}
		if i >= 0 && i < len(lines) && h.Start < lines[i].at+len(lines[i].text) {
			lines[i].known = max(1, h.Level)
			lines[i].table = false
		}
	}
}
