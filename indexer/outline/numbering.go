package outline

import "strings"

// numbering decides which labels of a document number its sections. A label counts when the labels of its style run
// 1, 2, 3, whether they start again below each parent or run on through the document; a stray one is text.
type numbering struct {
	lines []line
	text  string
	// confirmed says of a line whether the next number of its style follows before the style starts again.
	confirmed []bool
	// settled says of a style that it has run at least 1, 2 somewhere in the document.
	settled [styleCount]bool
	last    [styleCount]int // the last number that was accepted in a style, wherever it stood
	open    []level
	runsOn  [styleCount]bool // styles that did not start again below another parent
}

// level is an open level of the numbering: its style and the number that it has reached.
type level struct {
	style style
	n     int
	line  int
	known int // of a heading that the caller knows
}

// numbered returns the indexes of the lines whose labels number a section, in order, the depth of each, and which styles
// run on across their parents.
func numbered(text string, lines []line) (accepted, depths []int, runsOn [styleCount]bool) {
	c := numbering{lines: lines, text: text, confirmed: make([]bool, len(lines))}
	c.drop()
	c.lists()
	c.confirm()
	for i := range lines {
		if c.accept(i) {
			accepted = append(accepted, i)
			depths = append(depths, len(c.open)-1)
		}
	}
	return accepted, depths, c.runsOn
}

// drop takes their labels from lines that cannot be headings: rows of tables and lines of a table of contents.
func (c *numbering) drop() {
	for i := range c.lines {
		l := &c.lines[i]
		if l.label.style == styleNone || l.known > 0 {
			continue
		}
		rest := l.text[l.label.size:]
		switch {
		case l.table, strings.Contains(rest, "……") && digit(lastRune(rest)) >= 0, strings.Contains(rest, "....."):
			l.label = label{}
		case l.label.loose && longer(rest, maxLoose):
			l.label = label{}
		case l.label.style == styleOrdinal && !c.ordinalHeading(i):
			l.label = label{}
		}
	}
}

// maxLoose is the number of characters of a heading that only white space parts from its number.
const maxLoose = 40

// ordinalHeading reports whether 第一、 begins a heading and not an item: a short line without a full stop, with the
// next one after it.
func (c *numbering) ordinalHeading(i int) bool {
	l := &c.lines[i]
	return !longer(l.text, maxHeading) && !l.ended() && i+1 < len(c.lines) && longer(c.lines[i+1].text, maxHeading)
}

// confirm fills in confirmed and settled.
func (c *numbering) confirm() {
	// next[s][n] would be the nearest line below with number n of style s; a start of the style clears it.
	next := make([]map[int]int, styleCount)
	for i := len(c.lines) - 1; i >= 0; i-- {
		l := &c.lines[i].label
		if l.style == styleNone {
			continue
		}
		if next[l.style] == nil {
			next[l.style] = make(map[int]int)
		}
		_, ok := next[l.style][l.n+1]
		c.confirmed[i] = ok
		if ok && l.n == 1 {
			c.settled[l.style] = true
		}
		if l.n == 1 {
			clear(next[l.style])
		}
		next[l.style][l.n] = i
	}
}

// lists takes their labels from runs of lines that are the items of one sentence: it ends in a colon or goes on into them,
// and each line but the last ends in a semicolon and holds no full stop.
func (c *numbering) lists() {
	for i := 1; i < len(c.lines); i++ {
		first := &c.lines[i].label
		if first.style == styleNone || first.n != 1 || c.lines[i].known > 0 || !c.lines[i-1].goesOn() {
			continue
		}
		end := i
		for end+1 < len(c.lines) && strings.ContainsRune("；;", lastRune(c.lines[end].text)) &&
			!strings.Contains(c.lines[end].text, "。") &&
			c.lines[end+1].label.style == first.style && c.lines[end+1].label.n == c.lines[end].label.n+1 {
			end++
		}
		if end == i {
			continue
		}
		for j := i; j <= end; j++ {
			c.lines[j].label = label{}
		}
		i = end
	}
}

// goesOn reports whether the sentence of a line goes on into a list below it.
func (l *line) goesOn() bool {
	return l.leadsIn() || l.label.style == styleNone && !l.ended() && strings.ContainsAny(l.text, "，,。")
}

// accept decides on line i and, where it is a heading, opens its level.
func (c *numbering) accept(i int) bool {
	l := &c.lines[i]
	if l.known > 0 {
		for len(c.open) > 0 && (c.open[len(c.open)-1].known == 0 || c.open[len(c.open)-1].known >= l.known) {
			c.open = c.open[:len(c.open)-1]
		}
		c.push(i)
		return true
	}
	if l.label.style == styleNone {
		return false
	}
	if d := c.depth(l.label.style); d >= 0 {
		return c.continues(i, d)
	}
	return c.begins(i)
}

// depth is the position of a style among the open levels, or -1.
func (c *numbering) depth(s style) int {
	for d := len(c.open) - 1; d >= 0; d-- {
		if c.open[d].known > 0 {
			return -1
		}
		if c.open[d].style == s {
			return d
		}
	}
	return -1
}

// continues decides on a label whose style is open at depth d.
func (c *numbering) continues(i, d int) bool {
	l := &c.lines[i].label
	reached := c.open[d].n
	ok := false
	switch {
	case l.style == styleDecimal:
		ok = c.decimal(i)
		if ok {
			return true
		}
	case l.n == reached+1:
		ok = true
	case l.style == styleArticle:
		ok = l.n > reached && l.n <= reached+3 || l.n == reached || l.n == 1 && c.confirmed[i]
	case l.n == 1:
		ok = c.confirmed[i] || c.settled[l.style] && d > 0 && c.heading(i)
	case l.n == reached || l.n == reached+2:
		// A number that was typed twice or left out, as happens in copies.
		ok = c.settled[l.style] && c.heading(i)
	}
	if ok {
		c.open = c.open[:d]
		c.push(i)
	}
	return ok
}

// begins decides on a label whose style is not open.
func (c *numbering) begins(i int) bool {
	l := &c.lines[i].label
	switch {
	case l.style == styleDecimal:
		return c.decimal(i)
	case len(c.open) > 0 && c.open[len(c.open)-1].style == styleArticle && l.style > styleArticle:
		// What an article counts are its own items.
		return false
	case l.n == 1 && c.confirmed[i]:
	case l.n == 1 && l.style == styleArticle:
	case l.n == 1 && c.settled[l.style] && c.heading(i):
	case l.n > 1 && l.n == c.last[l.style]+1:
		c.runsOn[l.style] = true
	case l.style == styleArticle && l.n > c.last[l.style] && l.n <= c.last[l.style]+3 && c.last[l.style] > 0:
	case l.n == 2 && c.firstInside(i): // （一） stands in the line of its parent
	default:
		return false
	}
	if l.loose && !c.looseRun(i) {
		return false
	}
	for len(c.open) > 0 && !c.under(c.open[len(c.open)-1], i) {
		c.open = c.open[:len(c.open)-1]
	}
	c.push(i)
	return true
}

// under reports whether line i opens a level below the given one. The order of the styles decides, unless the document
// itself shows another: the upper numbering goes on after the lower one has run.
func (c *numbering) under(upper level, i int) bool {
	l := &c.lines[i].label
	if upper.known > 0 || upper.style < l.style {
		return true
	}
	if l.n != 1 || upper.style <= styleArticle || l.style <= styleArticle {
		return false
	}
	// Only near lines are looked at, to stay linear; a section has rarely more.
	for j := i + 1; j < len(c.lines) && j < i+maxAhead; j++ {
		if c.lines[j].label.style == upper.style {
			return c.lines[j].label.n == upper.n+1
		}
	}
	return false
}

// maxAhead is how many lines numbering looks ahead for the continuation of a level.
const maxAhead = 200

func (c *numbering) push(i int) {
	l := &c.lines[i]
	c.open = append(c.open, level{style: l.label.style, n: l.label.n, line: i, known: l.known})
	if l.known == 0 {
		c.last[l.label.style] = l.label.n
	}
}

// decimal decides on 1.1: its parent 1 is open, and its own number follows the last one under that parent.
func (c *numbering) decimal(i int) bool {
	path := c.lines[i].label.path
	depth := -1
	for d := range c.open {
		o := &c.open[d]
		if o.style == styleDigit && len(path) == 2 && o.n == path[0] {
			depth = d
		}
		if o.style == styleDecimal {
			p := c.lines[o.line].label.path
			if len(p) == len(path)-1 && equal(p, path[:len(p)]) {
				depth = d
			}
		}
	}
	if depth < 0 {
		return false
	}
	n := path[len(path)-1]
	reached := 0
	if depth+1 < len(c.open) && c.open[depth+1].style == styleDecimal {
		reached = c.open[depth+1].n
	}
	if n != reached+1 && n != reached+2 {
		return false
	}
	c.open = c.open[:depth+1]
	c.push(i)
	return true
}

// heading reports whether line i looks like a heading and not like a sentence that begins with a number.
func (c *numbering) heading(i int) bool {
	return headingOf(c.lines[i].text[c.lines[i].label.size:]) != ""
}

// looseRun reports whether "1 总则" begins a run of headings: its line is short and ends without a stop.
func (c *numbering) looseRun(i int) bool {
	l := &c.lines[i]
	return !l.ended() && (i+1 == len(c.lines) || !c.lines[i+1].table)
}

// firstInside reports whether number 1 of the style of line i stands inside the section that is open, as it does where a
// copy has lost a line break: 一、总体情况（一）主动公开.
func (c *numbering) firstInside(i int) bool {
	if len(c.open) == 0 {
		return false
	}
	from := c.lines[c.open[len(c.open)-1].line].start
	own := c.text[max(from, c.lines[i].start-maxInside):c.lines[i].start]
	switch c.lines[i].label.style {
	case styleParen:
		return strings.Contains(own, "（一）") || strings.Contains(own, "(一)")
	case styleDigit:
		return strings.Contains(own, "。1.") || strings.Contains(own, "。1、") || strings.Contains(own, "：1.") ||
			strings.Contains(own, "）1.")
	}
	return false
}

// maxInside is how many bytes of a section firstInside looks at.
const maxInside = 8 << 10

func equal(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}
