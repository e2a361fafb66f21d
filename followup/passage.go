package followup

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// Reading is a document cut into passages, to be followed or to follow from, as often as one likes. It never changes.
type Reading struct {
	document *gongwen.Document
	passages []passage
	numbers  map[string]int32 // of the terms of passages and headings, in the order in which they appear
	holds    [][]int32        // by number: the passages that hold the term, in order
}

// passage is a sentence of a document, or a part of one between semicolons.
type passage struct {
	section *gongwen.Section
	span    gongwen.Span
	folded  string
	terms   []standingTerm // once each
	marks   []mark         // in order of place
	around  []int32        // numbers of the terms of the headings above it
	amounts []string       // 68个, 90%; sorted, as units
	units   []string
	plans   bool
	rule    string // that says so
}

// standing says where a term stands that a passage may share with a promise.
type standing uint8

const (
	nowhere standing = iota
	above            // in a heading above the passage
	inName           // in the passage, in names of fields only
	inText
)

type standingTerm struct {
	number int32
	standing
}

// mark is a place, in bytes of a passage's folded text, at which the characters of one of its terms stand, also across
// words.
type mark struct{ at, term int32 }

// number of a term in the reading, which is given now if the term is new.
func (r *Reading) number(term string) int32 {
	n, ok := r.numbers[term]
	if !ok {
		n = int32(len(r.holds))
		r.numbers[term] = n
		r.holds = append(r.holds, nil)
	}
	return n
}

// holding are the passages that hold a term.
func (r *Reading) holding(term string) []int32 {
	if n, ok := r.numbers[term]; ok {
		return r.holds[n]
	}
	return nil
}

// add adds a passage with its terms.
func (r *Reading) add(p passage, terms []term) {
	here := int32(len(r.passages))
	place := make(map[int32]int, len(terms)) // of a term in the passage's
	p.terms = make([]standingTerm, 0, len(terms))
	p.marks = make([]mark, 0, len(terms))
	for _, t := range terms {
		n := r.number(t.text)
		i, ok := place[n]
		if !ok {
			i = len(p.terms)
			place[n] = i
			p.terms = append(p.terms, standingTerm{n, inName})
			r.holds[n] = append(r.holds[n], here)
		}
		if t.plain {
			p.terms[i].standing = inText
		}
	}
	mark := func(at int, text string) {
		if n, ok := r.numbers[text]; ok && len(r.holds[n]) > 0 && r.holds[n][len(r.holds[n])-1] == here {
			p.marks = append(p.marks, mark{int32(at), n})
		}
	}
	end := 0 // of a Latin word
	for i := range p.folded {
		mark(i, runes(p.folded[i:], 2))
		if i >= end {
			end = i + len(latin(p.folded[i:]))
		}
		if i < end && end-i <= maxPromise { // no promise has a longer one
			mark(i, p.folded[i:end])
		}
	}
	r.passages = append(r.passages, p)
}

// Read cuts a document into passages.
func (f *Finder) Read(report Report) *Reading {
	d := report.Document
	r := &Reading{document: d, numbers: map[string]int32{}}
	var headings [][]int32 // numbers of the terms of a section's heading, from the top down to the section visited
	visit := func(s *gongwen.Section, above []*gongwen.Section) {
		var heading []int32
		if utf8.RuneCountInString(s.Heading) <= maxHeading {
			for _, t := range f.terms(analyzers.Fold(s.Heading)) {
				heading = append(heading, r.number(t.text))
			}
		}
		headings = append(headings[:len(above)], heading)
		around := slices.Concat(headings...)
		for _, own := range s.Own() {
			f.cut(r, report, s, own, around)
		}
	}
	if len(d.Sections) == 0 {
		visit(&gongwen.Section{Span: gongwen.Span{End: len(d.Text)}}, nil)
	}
	gongwen.Walk(d.Sections, visit)
	return r
}

const maxHeading = 40

// cut adds the passages of a stretch of text.
func (f *Finder) cut(r *Reading, report Report, s *gongwen.Section, own gongwen.Span, around []int32) {
	folded, back := analyzers.FoldMap(own.Cut(report.Document.Text))
	for start := 0; start < len(folded); {
		end, next := stop(folded, start)
		text := folded[start:end]
		trimmed := strings.TrimLeft(text, " ,、:")
		at := start + len(text) - len(trimmed)
		trimmed = strings.TrimRight(trimmed, " ,、:")
		start = next
		if utf8.RuneCountInString(trimmed) < minPassage || tableRow.MatchString(trimmed) {
			continue
		}
		from, to := back.Original(at, at+len(trimmed))
		span := gongwen.Span{Start: own.Start + from, End: own.Start + to}
		p := passage{section: s, span: span, folded: trimmed, around: around}
		p.amounts, p.units = quantities(trimmed)
		p.plans, p.rule = plans(report, &p)
		r.add(p, f.terms(trimmed))
	}
}

const minPassage = 6

// tableRow is a row of a flattened table.
var tableRow = regexp.MustCompile(`(?: -?[\d.,%/-]+){3}`)

// stop returns where the passage that starts at start ends, and where the next one starts.
func stop(folded string, start int) (end, next int) {
	depth := 0
	for i, c := range folded[start:] {
		switch {
		case c == '\n':
			return start + i, start + i + 1
		case strings.ContainsRune("(“《", c):
			depth++
		case strings.ContainsRune(")”》", c):
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune("。;!?", c):
			return start + i, start + i + utf8.RuneLen(c)
		}
	}
	return len(folded), len(folded)
}

// willDo is how a sentence outside of plans promises.
var willDo = regexp.MustCompile(`(?:^|,)(?:下一步|下步|下阶段|明年|来年|今后|接下来)|(?:^|,)[^,]{0,14}(?:\d{4}年)?(?:将|拟|力争|计划|打算)(?:于|在|进一步|继续|重点|着力|按|通过|建|开|完)`)

// plans reports whether a passage promises, and the rule that says so.
func plans(report Report, p *passage) (bool, string) {
	for i := range report.Promises {
		c := &report.Promises[i]
		if c.Span.Start < p.span.End && p.span.Start < c.Span.End {
			return true, "promise"
		}
	}
	switch {
	case p.section.Role == gongwen.RolePlan:
		return true, "plan part"
	case report.Promises == nil && willDo.MatchString(p.folded):
		return true, "plan sentence"
	}
	return false, "text"
}
