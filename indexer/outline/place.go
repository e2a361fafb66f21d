package outline

import (
	"regexp"
	"unicode/utf8"

	"gongwen"
)

// placePlain gives headings without a number their depth. Where they come before every number they are the upper level,
// and numbers that start again below them lie below; else they lie below the numbered section in which they stand,
// unless they name a part of the report of their own (存在的问题).
func (d *doc) placePlain(heads []event) {
	first := -1
	for k := range heads {
		if heads[k].numbered {
			first = k
			break
		}
	}
	p := placer{d: d, heads: heads, chapters: first == 0}
	p.learn(0)
	if first != 0 && len(heads) > 0 {
		d.plainAbove(&p, first)
		return
	}
	open, top := 0, 0 // depth of the numbered section that is open, and its chapter
	for k := range heads {
		e := &heads[k]
		if e.numbered {
			open = e.depth
			if e.depth == 0 {
				top = k
			}
			p.reset(k + 1)
			continue
		}
		if annex(d.lines[e.line].text) || d.leavesChapter(heads, top, k) || d.restarts(heads, k) {
			open = -1
			p.reset(k)
		}
		e.depth = open + 1 + p.place(k)
	}
}

// leavesChapter reports whether the heading k without a number begins a part of the report beside the chapter top in
// which it stands.
func (d *doc) leavesChapter(heads []event, top, k int) bool {
	e, chapter := &heads[k], &heads[top]
	switch {
	case chapter.role.mixed, !part(e.role) && e.role.role != gongwen.RoleOther, e.role.rule == "":
		return false
	case e.role.role == chapter.role.role && e.role.role != gongwen.RoleOther, k == top+1 && e.line == chapter.line+1:
		return false // a part of its chapter
	}
	return d.ends(heads, k)
}

// part reports a role that makes a section a part of the report beside its chapters.
func part(r roleFound) bool {
	return r.role == gongwen.RoleProblems || r.role == gongwen.RolePlan || r.role == gongwen.RoleLeader
}

// ends reports whether the chapter before heads[k] is over there: no numbering below the top goes on after it.
func (d *doc) ends(heads []event, k int) bool {
	for _, e := range heads[k+1 : min(len(heads), k+1+maxAhead)] {
		if e.numbered {
			return e.depth == 0 || d.startsHere(e)
		}
	}
	return true
}

// startsHere reports whether the number of e may begin the numbering of a new part: it is the first, or its numbers run
// on through the whole document.
func (d *doc) startsHere(e event) bool {
	l := &d.lines[e.line].label
	return e.numbered && (l.n == 1 || d.runsOn[l.style])
}

// restarts reports whether the top numbering starts again right after heads[k], as in what a notice passes on.
func (d *doc) restarts(heads []event, k int) bool {
	if k+1 == len(heads) {
		return false
	}
	next := heads[k+1]
	return next.numbered && next.depth == 0 && d.lines[next.line].label.n == 1
}

// plainAbove places headings of which the first comes before every number; first is the index of the first number or -1.
func (d *doc) plainAbove(p *placer, first int) {
	heads := p.heads
	nested := true // whether numbers lie below the headings without one
	if first >= 0 && d.lines[heads[first].line].label.style <= styleHan {
		starts := 0
		for k := 1; k < len(heads); k++ {
			if heads[k].numbered && heads[k].depth == 0 && d.lines[heads[k].line].label.n == 1 && !heads[k-1].numbered {
				starts++
			}
		}
		above := heads[first-1].role
		nested = starts > 1 || above.rule != "" && above.role != gongwen.RoleOther
	}
	open := 0
	for k := range heads {
		e := &heads[k]
		switch {
		case !e.numbered:
			e.depth = p.place(k)
			open = e.depth + 1
		case nested:
			e.depth += open
		}
	}
}

// placer nests headings without a number among themselves. One that has another directly below it is an upper one. Of
// those that follow, the ones shaped like it are upper ones too, and those shaped like the lower ones lie below it.
type placer struct {
	d            *doc
	heads        []event
	chapters     bool // numbers part them
	upper, lower shape
	base         int  // depth of upper headings: 1 inside a part
	holds        bool // an upper heading with others below it is open
	under        int  // depth of what lies below the last heading that is not in 【】
}

// shape sums up what headings of a level look like.
type shape struct{ n, size, commas, gaps int }

func (s *shape) add(o shape) {
	s.n++
	s.size += o.size
	s.commas += min(1, o.commas)
	s.gaps += o.gaps
}

// What a difference in a comma or a blank line weighs against a character of length.
const (
	commaWeight = 5
	gapWeight   = 8
	// lowerBias is how much nearer to the upper headings one must be that follows lower ones.
	lowerBias = 0.5
)

// distance tells how unlike o is to the headings of the level.
func (s *shape) distance(o shape) float64 {
	n := float64(s.n)
	abs := func(x float64) float64 { return max(x, -x) }
	return abs(float64(o.size)-float64(s.size)/n) + commaWeight*abs(float64(min(1, o.commas))-float64(s.commas)/n) +
		gapWeight*abs(float64(o.gaps)-float64(s.gaps)/n)
}

func (p *placer) shapeOf(k int) shape {
	l := &p.d.lines[p.heads[k].line]
	o := shape{n: 1, size: utf8.RuneCountInString(l.text)}
	for _, r := range l.text {
		if r == '，' || r == ',' {
			o.commas++
		}
	}
	if l.gap {
		o.gaps = 1
	}
	return o
}

// above reports whether heading k has another one without a number directly below it.
func (p *placer) above(k int) bool {
	return k >= 0 && k+1 < len(p.heads) && !p.heads[k].numbered && !p.heads[k+1].numbered && p.heads[k+1].line == p.heads[k].line+1
}

// learn collects the shapes of the headings from k on whose level is clear, up to the next part.
func (p *placer) learn(k int) {
	p.upper, p.lower = shape{}, shape{}
	sure := true // no heading with others below it has come yet
	for ; k < len(p.heads) && !(p.heads[k].numbered && p.chapters) && !p.isPart(k); k++ {
		switch {
		case p.heads[k].numbered:
		case p.above(k):
			p.upper.add(p.shapeOf(k))
			sure = false
		case p.above(k - 1):
			p.lower.add(p.shapeOf(k))
		case sure:
			p.upper.add(p.shapeOf(k))
		}
	}
}

// isPart reports whether heading k names a part of the report, which holds or ends what came before it.
func (p *placer) isPart(k int) bool {
	e := &p.heads[k]
	if part(e.role) || e.role.rule != "" && e.role.role == gongwen.RoleOther || annex(p.d.lines[e.line].text) {
		return true
	}
	if e.role.rule == "" || !p.above(k) && !review.MatchString(e.heading) {
		return false
	}
	_, strong := p.d.headingTopic(e.heading, gongwen.TopicOther)
	return !strong || general(&node{heading: e.heading, role: e.role}, nil) && (k == 0 || p.heads[k-1].numbered)
}

// review names the part of a report that tells what was done.
var review = regexp.MustCompile(`回顾|^(?:20[0-9]{2}年度?|法治政府建设|依法行政|主要|年度|的)*(?:工作)?(?:开展|推进|完成)?(?:工作|举措|做法|成效|情况|总结)(?:和|及|与)?(?:主要)?(?:成效|情况|总结)?$`)

// reset begins a part or a chapter, whose headings are those from k on.
func (p *placer) reset(k int) {
	p.base, p.holds, p.under = 0, false, 0
	p.learn(k)
}

// place returns the depth of heading k below the numbered section in which it stands.
func (p *placer) place(k int) int {
	if p.d.lines[p.heads[k].line].mark > 0 {
		return p.under
	}
	depth := p.plain(k)
	p.under = depth + 1
	return depth
}

// plain is place for a heading that is not in 【】.
func (p *placer) plain(k int) int {
	if p.isPart(k) {
		p.reset(k + 1)
		role := p.heads[k].role.role
		if p.above(k) || role == gongwen.RolePlan || role == gongwen.RoleProblems || role == gongwen.RoleResults {
			p.base = 1
		}
		return 0
	}
	switch {
	case p.above(k):
		p.holds = true
		return p.base
	case p.holds && p.above(k-1):
		return p.base + 1
	case !p.holds:
		return p.base
	}
	o := p.shapeOf(k)
	if p.lower.n == 0 || p.upper.n > 0 && p.upper.distance(o)+lowerBias < p.lower.distance(o) {
		p.holds = false
		return p.base
	}
	return p.base + 1
}
