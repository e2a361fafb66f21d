package server

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen"
)

// block is one line of a document's text as a page shows it: a heading, a paragraph, or both where a heading runs on
// into its paragraph. Joined, the pieces of all blocks are the text, blank lines aside: nothing is repaired.
type block struct {
	Anchors []string // ids of the sections that begin here, the outermost first; the heading's own is not among them
	Section string   // id of the section whose heading this is
	Level   int      // 2 to 5; 0 without a heading
	Here    string   // what its permalink needs before the anchor
	Heading []piece
	Text    []piece
	Flush   bool // the line brings its own indent along, so that the page adds none
}

// piece is a stretch of text, in a mark or not.
type piece struct {
	Text  string
	Mark  int  // ordinal of the mark, from 1; 0 for none
	First bool // where the mark begins; it may go on in a further piece, because a mark never crosses an element
	Here  bool // the mark is the passage that the address points at
	Break bool // a line break inside a heading, in place of text
	Page  int  // a page of the paper begins here, from 1; in place of text
}

// Anchor is the id of the mark that begins here.
func (p piece) Anchor() string {
	if p.Here {
		return passageAnchor
	}
	return markAnchor(p.Mark)
}

// pageAnchor is the id of the place where a page of the paper begins.
func pageAnchor(page int) string { return "p" + strconv.Itoa(page) }

// PageAnchor is the id of the page that begins here.
func (p piece) PageAnchor() string { return pageAnchor(p.Page) }

// sectionAnchor is the id of a section on the page.
func sectionAnchor(id string) string { return "s-" + id }

// layOut cuts a document's text into blocks.
func layOut(d *gongwen.Document, marks []gongwen.Span) []block {
	type opening struct {
		section *gongwen.Section
		level   int
	}
	var openings []opening
	headed := map[string]bool{} // sections whose heading stands in the text; only they deepen the levels below
	gongwen.Walk(d.Sections, func(s *gongwen.Section, ancestors []*gongwen.Section) {
		level := 2
		for _, above := range ancestors {
			if headed[above.ID] {
				level++
			}
		}
		if _, ok := matchHeading(d.Text, skipSpace(d.Text, s.Span.Start), s); ok {
			headed[s.ID] = true
		}
		openings = append(openings, opening{s, min(level, 5)})
	})
	slices.SortStableFunc(openings, func(a, b opening) int { return a.section.Span.Start - b.section.Span.Start })

	pages := paged{text: d.Text, pages: d.Pages, marks: marks}
	var blocks []block
	for start := 0; start < len(d.Text); {
		end := lineEnd(d.Text, start)
		first := skipSpace(d.Text, start)
		if first >= end {
			start = end + 1
			continue
		}
		b := block{}
		heading := start // where the heading ends
		for len(openings) > 0 && openings[0].section.Span.Start <= first {
			o := openings[0]
			openings = openings[1:]
			if at, ok := matchHeading(d.Text, first, o.section); ok && b.Level == 0 {
				b.Section, b.Level, heading = o.section.ID, o.level, at
				continue
			}
			b.Anchors = append(b.Anchors, o.section.ID)
		}
		if b.Level > 0 {
			end = max(end, lineEnd(d.Text, heading)) // a number may stand on a line of its own, its heading on the next
			if rest := skipClosing(d.Text, heading, end); skipSpace(d.Text, rest) >= end {
				heading = end
			} else {
				heading = rest
			}
			b.Heading = pages.cut(start, heading)
		}
		if heading < end {
			b.Text = pages.cut(heading, end)
		}
		b.Flush = strings.Contains(d.Text[start:first], "\u3000") // HTML drops other white space
		blocks = append(blocks, b)
		start = end + 1
	}
	return blocks
}

// matchHeading reports where the label and heading of a section end if they stand at start. White space is skipped on
// both sides: the outline may have been cleaned of it where the text is not.
func matchHeading(text string, start int, s *gongwen.Section) (int, bool) {
	name, at := s.Name(), start
	matched := false
	for _, want := range name {
		if unicode.IsSpace(want) {
			continue
		}
		at = skipSpace(text, at)
		got, size := utf8.DecodeRuneInString(text[at:])
		if got != want || size == 0 {
			return 0, false
		}
		at += size
		matched = true
	}
	return at, matched
}

// skipSpace returns the place of the first character from start that is no white space, or the end of text.
func skipSpace(text string, start int) int {
	for i, r := range text[start:] {
		if !unicode.IsSpace(r) {
			return start + i
		}
	}
	return len(text)
}

// skipClosing passes the punctuation that ends a heading.
func skipClosing(text string, start, end int) int {
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:])
		if !strings.ContainsRune("。：:；;．.、，,）)", r) {
			break
		}
		start += size
	}
	return start
}

// lineEnd returns the place of the line break that ends the line of start, or the end of text.
func lineEnd(text string, start int) int {
	if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
		return start + i
	}
	return len(text)
}

// paged cuts a text from its beginning to its end and says where pages begin.
type paged struct {
	text  string
	pages []int
	marks []gongwen.Span
	next  int // the page that begins next, from 0
}

func (p *paged) cut(start, end int) []piece {
	var pieces []piece
	for ; p.next < len(p.pages) && p.pages[p.next] < end; p.next++ {
		at := max(start, p.pages[p.next]) // one that begins in a blank line begins with the next
		pieces = append(pieces, cut(p.text, start, at, p.marks)...)
		pieces = append(pieces, piece{Page: p.next + 1})
		start = at
	}
	return append(pieces, cut(p.text, start, end, p.marks)...)
}

// cut divides text[start:end] at the borders of the marks and at line breaks.
func cut(text string, start, end int, marks []gongwen.Span) []piece {
	var pieces []piece
	add := func(from, to, mark int, first bool) {
		for i, line := range strings.Split(text[from:to], "\n") {
			if i > 0 {
				pieces = append(pieces, piece{Break: true})
			}
			if line != "" {
				pieces = append(pieces, piece{Text: line, Mark: mark, First: first})
				first = false
			}
		}
	}
	at := start
	next, _ := slices.BinarySearchFunc(marks, start, func(m gongwen.Span, start int) int {
		if m.End <= start {
			return -1
		}
		return 1
	})
	for ; next < len(marks) && marks[next].Start < end; next++ {
		from, to := max(marks[next].Start, start), min(marks[next].End, end)
		add(at, from, 0, false)
		add(from, to, next+1, marks[next].Start >= start)
		at = to
	}
	add(at, end, 0, false)
	return pieces
}
