package outline

import (
	"strconv"
	"strings"

	"gongwen"
)

// event is a line at which a section begins.
type event struct {
	line     int
	depth    int
	numbered bool // its label counts
	label    string
	heading  string
	headAt   int       // offset of the heading
	role     roleFound // that the heading names
	cue      cue
	para     bool // a paragraph of a report without headings
}

// node is a section while the tree is being built.
type node struct {
	start, end int
	label      string // folded, as is heading
	heading    string
	labelAt    int       // offset of the label in the text
	headingAt  int       // offset of the heading
	named      roleFound // the role that the heading names
	cue        cue
	preamble   bool
	opening    bool // the first paragraph of a text without headings
	role       roleFound
	topic      topicFound
	children   []*node
}

// build nests the events and returns the top sections, which cover the text.
func (d *doc) build(events []event) []*node {
	root := &node{end: len(d.text)}
	path := []*node{root}
	if len(events) == 0 || d.lines[events[0].line].start > 0 && events[0].line > 0 {
		root.children = append(root.children, &node{end: len(d.text), preamble: true})
	}
	for _, e := range events {
		depth := min(e.depth, len(path)-1)
		n := d.nodeOf(e)
		if e.line == 0 && len(root.children) == 0 {
			n.start = 0 // blank lines before the first one
		}
		for _, closed := range path[depth+1:] {
			closed.end = n.start
		}
		parent := path[depth]
		if k := len(parent.children); k > 0 && parent.children[k-1].preamble {
			parent.children[k-1].end = n.start
		}
		parent.children = append(parent.children, n)
		path = append(path[:depth+1], n)
	}
	for _, open := range path {
		open.end = len(d.text)
	}
	return root.children
}

func (d *doc) nodeOf(e event) *node {
	return &node{
		start: d.lines[e.line].start, label: e.label, heading: e.heading, labelAt: d.lines[e.line].at,
		headingAt: e.headAt, named: e.role, cue: e.cue, opening: e.para && e.line == 0,
	}
}

// readHeading reads the label and the heading of the line at which e stands.
func (d *doc) readHeading(e *event) {
	e.headAt = d.lines[e.line].at
	e.label, e.heading = d.headingAt(e)
}

func (d *doc) headingAt(e *event) (label, heading string) {
	l := &d.lines[e.line]
	if l.mark > 0 && !e.numbered {
		e.headAt += len("【")
		return "", l.text[len("【") : l.mark-len("】")]
	}
	if !e.numbered {
		return "", strings.TrimRight(l.text, "：:。")
	}
	label = l.label.text
	rest := l.text[l.label.size:]
	e.headAt += l.label.size
	switch {
	case l.label.style == styleArticle:
		return label, ""
	case l.known > 0:
		return label, rest
	case rest == "" && e.line+1 < len(d.lines):
		// The heading of a label that has its line for itself stands on the next one.
		if next := &d.lines[e.line+1]; !next.ended() && !longer(next.text, maxHeading) && next.label.style == styleNone {
			e.headAt = next.at
			return label, next.text
		}
		return label, ""
	}
	return label, headingOf(rest)
}

// ownText is the text of a section without that of its children.
func (d *doc) ownText(n *node) string {
	spans := n.own()
	if len(spans) == 1 {
		return spans[0].Cut(d.text)
	}
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Cut(d.text))
	}
	return b.String()
}

// own lists the spans of a section that lie in none of its children.
func (n *node) own() []gongwen.Span {
	var own []gongwen.Span
	start := n.start
	for _, c := range n.children {
		if c.start > start {
			own = append(own, gongwen.Span{Start: start, End: c.start})
		}
		start = c.end
	}
	if start < n.end {
		own = append(own, gongwen.Span{Start: start, End: n.end})
	}
	return own
}

// classify decides the role and topic of nodes and of what is below them.
func (d *doc) classify(nodes []*node, parent *node) {
	reviewed := false
	for _, n := range nodes {
		n.role = d.role(n, parent, reviewed)
		n.topic = d.topic(n, parent)
		reviewed = reviewed || n.heading != "" && n.role.role == gongwen.RoleResults && strings.HasPrefix(n.role.rule, "heading:")
		d.classify(n.children, n)
	}
}

// sections turns nodes into the sections of the document.
func (d *doc) sections(nodes []*node, prefix string, depth int) []gongwen.Section {
	if len(nodes) == 0 {
		return nil
	}
	sections := make([]gongwen.Section, len(nodes))
	for i, n := range nodes {
		id := prefix + strconv.Itoa(i+1)
		sections[i] = gongwen.Section{
			ID: id, Label: d.original[n.labelAt : n.labelAt+len(n.label)],
			Heading: d.original[n.headingAt : n.headingAt+len(n.heading)], Level: depth,
			Role: n.role.role, RoleRule: n.role.rule, Topic: n.topic.topic, TopicRule: n.topic.rule,
			Span:     gongwen.Span{Start: n.start, End: n.end},
			Items:    d.findItems(n.own()),
			Sections: d.sections(n.children, id+".", depth+1),
		}
	}
	return sections
}
