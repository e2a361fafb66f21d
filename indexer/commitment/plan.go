package commitment

import (
	"slices"
	"strings"

	"gongwen"
	"gongwen/indexer/pattern"
)

// plan finds the items in the own text of a section that holds plans.
func (f *finder) plan(s *gongwen.Section, above []*gongwen.Section) {
	below := len(above) > 0 && f.plans(above[len(above)-1]) || f.kind == isPlan && s.Label != ""
	for i, span := range s.Own() {
		r := newRegion(f.d, span)
		end := r.body()
		head := 0
		if i == 0 {
			head = r.heading(s)
		}
		if len(s.Sections) > 0 {
			// What stands above labelled parts leads to them; in a speech it may be a page of its own.
			if f.d.Kind == workReport && i == 0 {
				f.sentences(s, above, r, head, end)
			}
			continue
		}
		marks := r.labels(below && i == 0, 0, end)
		inner := marks
		if len(inner) > 0 && inner[0].at == 0 && s.Label != "" {
			inner = inner[1:]
		}
		switch {
		case len(inner) > 0 && (len(marks) > len(inner) && marks[0].kind == inner[0].kind && below):
			f.labelled(s, above, r, marks, end)
		case len(inner) > 0:
			f.unlabelled(s, above, r, head, r.line(inner[0].at), true)
			f.labelled(s, above, r, inner, end)
		case below && i == 0 && f.d.Kind != workReport && r.small(head, end):
			rest := f.turned(r, end)
			f.enter(s, above, r, unit{start: r.afterLabel(s), end: rest, rule: byLabel}, false)
			f.unlabelled(s, above, r, rest, end, false)
		default:
			f.unlabelled(s, above, r, head, end, false)
		}
	}
}

// heading returns where the text below the heading of s begins, with which the region begins.
func (r *region) heading(s *gongwen.Section) int {
	if s.Label == "" && s.Heading == "" {
		return 0
	}
	line := r.folded
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	if !ends(line) && !longer(line, maxHeading) {
		return len(line)
	}
	// It runs into its paragraph. A line that is one sentence is its heading and its text.
	if i := strings.Index(line, "。"); i >= 0 && i+len("。") < len(line) {
		return i + len("。")
	}
	if i := strings.IndexByte(line, ':'); i >= 0 && i+1 < len(line) && !longer(line[:i], maxHeading) {
		return i + 1
	}
	if ends(line) && strings.HasSuffix(line, ":") {
		return len(line)
	}
	return r.afterLabel(s)
}

const maxHeading = 60

// afterLabel returns where the text of s begins behind its label.
func (r *region) afterLabel(s *gongwen.Section) int {
	if s.Label == "" {
		return 0
	}
	if l := readLabel(r.folded); l.kind != labelNone {
		return l.text
	}
	// 第一节, 【一】: as many characters as the label has, white space apart.
	rest := r.folded
	for range []rune(strings.Join(strings.Fields(s.Label), "")) {
		_, size := next(rest)
		rest = rest[size:]
	}
	return len(r.folded) - len(rest)
}

// line returns where the line begins that holds offset at.
func (r *region) line(at int) int { return strings.LastIndexByte(r.folded[:at], '\n') + 1 }

// A labelled part is one item, unless it is as long as a chapter: then its sentences are.
const (
	maxUnit       = 420 // characters
	maxParagraphs = 2   // below the heading
)

// small reports whether folded[head:end] is the text of one item.
func (r *region) small(head, end int) bool {
	text := strings.Trim(r.folded[head:max(head, end)], " \n")
	paragraphs := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			paragraphs++
		}
	}
	return !longer(text, maxUnit) && paragraphs <= maxParagraphs
}

// turned returns where below the first line of a labelled part a paragraph begins that is none of the part's, since it names
// its own time (明年,…还将…) or says what others shall do; or end.
func (f *finder) turned(r *region, end int) int {
	line := strings.IndexByte(r.folded[:end], '\n')
	if line < 0 {
		return end
	}
	heading := !ends(r.folded[:line]) // and what stands below it is its text
	for i, p := range r.pieces(line, end, "") {
		text := r.folded[p.start:p.end]
		if !heading && first(cues, f.named(text)) != "" || (!heading || i > 0) && others.MatchString(text) {
			return p.start
		}
	}
	return end
}

// labelled enters the members of enumerations; those that hold others are none, nor is what leads to these.
func (f *finder) labelled(s *gongwen.Section, above []*gongwen.Section, r *region, marks []label, end int) {
	paragraph := 0 // where the one ends that the last mark stood in
	for i, m := range marks {
		stop, last := end, true
		if i+1 < len(marks) {
			next := marks[i+1]
			stop = next.at
			last = next.kind != m.kind || next.n <= m.n
			beside := !strings.Contains(r.folded[m.text:max(m.text, stop)], "\n")
			if next.n == 1 && next.kind != m.kind && (beside || follows(marks[i+1:], m)) {
				continue // it holds the enumeration that begins next
			}
		}
		u := unit{start: m.text, end: stop, rule: byItem}
		rest := stop
		if last {
			if m.text >= paragraph {
				paragraph = r.paragraph(m.text)
			}
			rest = min(stop, paragraph)
			u.end = rest
			if terse(r, marks[:i], m) {
				if j := strings.Index(r.folded[u.start:u.end], "。"); j >= 0 {
					u.end = u.start + j
				}
			}
		}
		f.enter(s, above, r, u, false)
		if rest < stop {
			f.unlabelled(s, above, r, rest, stop, i+1 < len(marks))
		}
	}
}

// follows reports whether the enumeration of m goes on in marks, as far as an enumeration within it may reach.
func follows(marks []label, m label) bool {
	return slices.ContainsFunc(marks[:min(len(marks), maxInner)], func(o label) bool { return o.kind == m.kind && o.n == m.n+1 })
}

const maxInner = 100

// terse reports whether the members before m of its enumeration hold no full stop, so that what follows one in the last
// of them is no part of it.
func terse(r *region, before []label, m label) bool {
	next, found := m.at, false
	for i := len(before) - 1; i >= 0 && before[i].kind == m.kind; i-- {
		if strings.Contains(r.folded[before[i].text:next], "。") {
			return false
		}
		next, found = before[i].at, true
	}
	return found
}

// unlabelled enters what has no label: short paragraphs with a title sentence of their own, else what stands between stops.
// Leads says that an enumeration follows.
func (f *finder) unlabelled(s *gongwen.Section, above []*gongwen.Section, r *region, start, end int, leads bool) {
	if start >= end {
		return
	}
	for _, p := range r.pieces(start, end, "") {
		switch title := r.title(p); {
		case title == 0 || leads:
		case r.small(p.start+title, p.end) && strings.Count(r.folded[p.start+title:p.end], "。") < maxSentences:
			p.rule = byTitle
			f.enter(s, above, r, p, true)
			continue
		default: // the title of many sentences is a heading
			p.start += title
		}
		f.sentences(s, above, r, p.start, p.end)
	}
}

// title is where the first sentence of a paragraph ends, if it is short and the title of the others: 完善信用体系。出台….
func (r *region) title(p unit) int {
	title, rest, found := strings.Cut(r.folded[p.start:p.end], "。")
	if !found || rest == "" || longer(title, maxTitle) || strings.ContainsAny(title, ",;:0123456789") || !beginsWithAct(title) {
		return 0
	}
	return len(title) + len("。")
}

const (
	maxTitle     = 22
	maxSentences = 3
)

// sentences enters each sentence, or part of one between semicolons, that promises an act.
func (f *finder) sentences(s *gongwen.Section, above []*gongwen.Section, r *region, start, end int) {
	all := r.pieces(start, end, "。;!?")
	past := false // the paragraph told of years that are over
	for len(all) > 0 {
		n := 1 // that stand in one sentence
		for n < len(all) && strings.HasPrefix(r.folded[all[n-1].end:], ";") {
			n++
		}
		sentence := r.folded[all[0].start:all[n-1].end]
		past = pastYears.MatchString(sentence) || past && !demanded.MatchString(sentence) && !beginsWithAct(sentence)
		if !past && !f.looksBack(sentence) {
			year := f.opens(sentence)
			for _, u := range all[:n] {
				u.year = year
				f.piece(s, above, r, u)
			}
		}
		all = all[n:]
	}
}

// pastYears begin what a paragraph tells of years that are over.
var pastYears = pattern.Compile(`^(?:这|过去的?|刚刚过去的|回顾)[一二三四五六七八九十\d]*(?:年|个五年),|^[一二三四五六七八九十\d]+年来,|^(?:“?十[一二三四五]五”?)(?:时期|期间)以来,`)

// looksBack reports whether a sentence begins with a year before that of plans and demands nothing: it tells what was.
func (f *finder) looksBack(sentence string) bool {
	m := yearsAhead.FindStringSubmatch(sentence)
	switch {
	case m == nil || f.plannedFor.from == 0:
		return false
	case m[1] != "" && number(m[1]) >= f.plannedFor.from:
		return false
	}
	return !demanded.MatchString(sentence)
}

// yearsAhead is a time with which a sentence begins, untilAhead one by which something shall be.
var (
	yearsAhead = pattern.Compile(`^(?:截至)?(?:` + yearPart + `(?:底|末)?|去年|上年|上一年),?`)
	untilAhead = pattern.Compile(`^(?:力争|争取|确保)?(?:到|至)` + yearPart + `(?:底|末)?,`)
)

// opens returns the year by which a sentence begins with saying that all of it shall be, or 0.
func (f *finder) opens(sentence string) int {
	m := untilAhead.FindStringSubmatch(sentence)
	if m == nil || f.plannedFor.from == 0 {
		return 0
	}
	if year := number(m[1]); year >= f.plannedFor.from && year <= f.plannedFor.from+maxAhead {
		return year
	}
	return 0
}

// piece enters a piece without the lead that stands before its colon.
func (f *finder) piece(s *gongwen.Section, above []*gongwen.Section, r *region, u unit) {
	u.rule = bySentence
	if i := colon(r.folded[u.start:u.end]); i >= 0 {
		if first(principles, r.folded[u.start:u.start+i]) != "" {
			return
		}
		u.start += i + 1
		u.rule = byLead
	}
	if strings.HasPrefix(r.folded[u.end:], ":") { // what it leads to has labels of its own
		return
	}
	f.enter(s, above, r, u, true)
}

// enter adds the unit where it promises an act. Strict says that it has no label that makes it an item.
func (f *finder) enter(s *gongwen.Section, above []*gongwen.Section, r *region, u unit, strict bool) {
	if u.start >= u.end {
		return
	}
	u = r.trim(u)
	if u.start >= u.end {
		return
	}
	text := r.folded[u.start:u.end]
	if !longer(text, minItem-1) || nothingPromised(text, strict) != "" {
		return
	}
	if strict && f.d.Kind == workReport && !acts(text) || f.kind == isPlan && othersDo(text) {
		return
	}
	f.add(s, above, r, u)
}

// minItem is the least number of characters of an item.
const minItem = 4
