package outline

import "gongwen"

// events lists the lines at which sections begin, with their depth in the tree.
func (d *doc) events() []event {
	var numbers, depths []int
	numbers, depths, d.runsOn = numbered(d.text, d.lines)
	d.accepted = make([]bool, len(d.lines))
	depthOf := make([]int, len(d.lines))
	for k, i := range numbers {
		d.accepted[i] = true
		depthOf[i] = depths[k]
	}
	plainAt := make([]bool, len(d.lines))
	for _, i := range plainHeadings(d.lines, d.accepted) {
		plainAt[i] = true
	}
	var heads []event
	for i := range d.lines {
		if d.accepted[i] || plainAt[i] {
			e := event{line: i, depth: depthOf[i], numbered: d.accepted[i]}
			d.readHeading(&e)
			e.role = d.headingOrYear(e.heading)
			heads = append(heads, e)
		}
	}
	d.placePlain(heads)
	return d.withCues(heads)
}

// withCues adds the parts that only a sentence announces, and the paragraphs of a text without headings.
func (d *doc) withCues(heads []event) []event {
	var all []event
	s := cueState{d: d, heads: heads}
	next := 0
	for i := range d.lines {
		if next < len(heads) && heads[next].line == i {
			all = append(all, s.head(next))
			next++
			continue
		}
		if d.kind == kindOther || d.lines[i].table || !d.beginsParagraph(i, all) {
			continue
		}
		all = s.paragraph(all, i, next)
	}
	// What stands before the first part is not one introduction when no heading divides it.
	if len(all) == 0 || all[0].cue.rule != "" {
		end := len(d.lines)
		if len(all) > 0 {
			end = all[0].line
		}
		return d.paragraphs(0, end, all)
	}
	return all
}

// beginsParagraph reports whether a paragraph begins at line i, which is no heading.
func (d *doc) beginsParagraph(i int, events []event) bool {
	if i == 0 || d.lines[i].gap || d.lines[i-1].ended() || d.lines[i-1].table {
		return true
	}
	return len(events) > 0 && events[len(events)-1].line == i-1
}

// cueState is where reading for cues has come to.
type cueState struct {
	d     *doc
	heads []event
	open  []openHead // the headings that are open
	part  cue        // the part that a cue has opened, if any
	depth int        // of that part
	base  int        // the depth, without cues, of the first number inside it; -1 before one came

	inside  bool // a part is open, by a cue or by a heading without a number
	numbers bool // a numbered heading has been seen
}

// role is the role of the part or heading that is open, as far as words name it.
func (s *cueState) role() gongwen.Role {
	switch {
	case s.part.rule != "":
		return s.part.role
	case len(s.open) > 0:
		return s.open[len(s.open)-1].role.role
	}
	return ""
}

// results reports whether the chapter that is open says that it tells results.
func (s *cueState) results() bool {
	return len(s.open) > 0 && s.open[0].role.role == gongwen.RoleResults && s.open[0].role.rule != ""
}

// openHead is an open heading: its depth, its role and where it stands.
type openHead struct {
	depth int
	role  roleFound
	event int // index in the events
}

// head places heading k: below the part that a cue has opened, or after it.
func (s *cueState) head(k int) event {
	e := s.heads[k]
	top := !e.numbered && e.depth == 0
	// Nothing that is done comes after the plans: headings without a number below their announcement are theirs.
	planned := top && s.part.role == gongwen.RolePlan && e.role.rule == "" && !annex(s.d.lines[e.line].text)
	if s.inside && (!top || planned) {
		switch {
		case s.base < 0 && (s.d.startsHere(e) || !e.numbered):
			s.base = e.depth
			e.depth = s.depth + 1
			return e
		case s.base >= 0 && e.depth >= s.base && (e.depth > 0 || s.base == 0):
			e.depth += s.depth + 1 - s.base
			return e
		}
	}
	// Numbers that start below a heading without one, which is a part of its own, lie below it whatever they are.
	s.part, s.base, s.depth, s.inside = cue{}, -1, 0, top && s.numbers
	s.numbers = s.numbers || e.numbered
	for len(s.open) > 0 && s.open[len(s.open)-1].depth >= e.depth {
		s.open = s.open[:len(s.open)-1]
	}
	s.open = append(s.open, openHead{e.depth, e.role, e.line})
	return e
}

// paragraph adds an event at line i where a cue begins a part; next is the index of the next heading.
func (s *cueState) paragraph(all []event, i, next int) []event {
	d := s.d
	found := d.cueOf(d.lines[i].text)
	if found.rule == "" && s.role() == gongwen.RoleProblems && d.kind != kindWorkReport {
		found = cueAfterProblems(d.lines[i].text)
	}
	if found.rule == "" || found.role == s.part.role {
		return all
	}
	depth := 0
	if d.kind == kindWorkReport && found.role == gongwen.RolePlan && !s.results() {
		return all // what follows the review is plans as it is
	}
	if s.part.rule != "" {
		// A part ends where the next begins; admitting problems once more does not end a plan.
		if found.role == gongwen.RoleProblems {
			return all
		}
		depth = s.depth
	}
	if !s.divides(i, next) {
		return all
	}
	for k := len(s.open) - 1; k >= 0 && s.part.rule == ""; k-- {
		h := s.open[k]
		switch {
		case h.role.mixed && found.role == gongwen.RoleProblems:
			return all // its first half, which has no border before it
		case h.role.mixed:
			depth = h.depth + 1
			if first := h.event + 1; first < i && all[len(all)-1].line == h.event {
				all = append(all, event{line: first, depth: depth, cue: cue{gongwen.RoleProblems, h.role.rule}})
			}
		case h.role.role == found.role, h.role.role == gongwen.RolePlan:
			return all
		default:
			continue
		}
		break
	}
	s.part, s.depth, s.base, s.inside = found, depth, -1, true
	return append(all, event{line: i, depth: depth, cue: found})
}

// divides reports whether a part may begin at line i, before heading next: the chapter is over, because the next number
// belongs to the top or starts a numbering of its own. Where another chapter of results follows, the sentence spoke of
// its own chapter only.
func (s *cueState) divides(i, next int) bool {
	d := s.d
	if next == 0 && len(s.heads) > 0 && s.heads[0].numbered {
		// No heading yet: the numbers may all be those of this part.
		first := s.heads[0].line
		if d.lines[first].label.style > styleHan || first == i+1 && d.lines[i].leadsIn() {
			return true
		}
	}
	below := false // numbers of the part itself have begun
	for k := next; k < min(len(s.heads), next+maxAhead); k++ {
		e := s.heads[k]
		if e.depth > 0 {
			if e.numbered && !below && !d.startsHere(e) {
				return false
			}
			below = below || e.numbered
			continue
		}
		if e.numbered && d.lines[e.line].label.n == 1 && next > 0 {
			return true
		}
		if !e.numbered && e.line == i+1 && d.lines[i].leadsIn() {
			return true // what it announces are these headings
		}
		return d.kind == kindWorkReport || e.role.rule != "" && e.role.role != gongwen.RoleResults
	}
	return true
}

// paragraphs makes each paragraph of lines[from:to] a section and puts them before rest. A paragraph that begins with an
// item belongs to the one before it, an addressee and a line without a stop to the one after it, the signature to the
// last one.
func (d *doc) paragraphs(from, to int, rest []event) []event {
	var events []event
	tail := min(to, signatureStart(d.lines))
	joined := false // the line before belongs to the paragraph after it
	for i := from; i < to; i++ {
		l := &d.lines[i]
		begins := i == from || !joined && d.paragraphBreak(i)
		switch {
		case !begins, i > from && (i >= tail || itemStart(l.text) || l.table):
		default:
			events = append(events, event{line: i, para: true})
		}
		joined = !longer(l.text, maxTorn) && (l.leadsIn() && i == from || !l.ended()) && i < tail
	}
	return append(events, rest...)
}

// paragraphBreak reports whether line i begins another paragraph than line i-1: that one has ended, or it was no line
// that a copy has torn.
func (d *doc) paragraphBreak(i int) bool {
	before := &d.lines[i-1]
	return before.ended() || d.lines[i].gap && !longer(before.text, maxTorn)
}
