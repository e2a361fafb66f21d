package followup

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// Reading is a document cut into passages, to be followed or to follow from, as often as one likes.
type Reading struct {
	document *gongwen.Document
	passages []passage
	holds    map[string][]int // in which passages a term stands
}

// passage is a sentence of a document, or a part of one between semicolons.
type passage struct {
	section *gongwen.Section
	span    gongwen.Span
	folded  string
	terms   map[string]bool
	field   map[string]bool // the terms that stand in names of fields only
	around  map[string]bool // terms of the headings above it
	numbers map[string]bool // 68个, 90%
	units   map[string]bool
	plans   bool
	rule    string // that says so
}

// frequencies counts in how many passages each word stands.
type frequencies map[string]int

const passagesCounted = "" // under no word

func (f frequencies) add(r *Reading) {
	for _, p := range r.passages {
		f[passagesCounted]++
		for t := range p.terms {
			f[t]++
		}
	}
}

// weight of a word is the rarer it is in the documents of the body the greater: what stands in every report tells nothing.
func (f frequencies) weight(word string) float64 {
	n := float64(f[passagesCounted])
	return math.Log(1+(n+1)/(float64(f[word])+0.5)) / math.Log(1+(n+1)/0.5)
}

// Read cuts a document into passages.
func (f *Finder) Read(report Report) *Reading {
	d := report.Document
	r := &Reading{document: d, holds: map[string][]int{}}
	visit := func(s *gongwen.Section, above []*gongwen.Section) {
		around := map[string]bool{}
		for _, a := range append(above[:len(above):len(above)], s) {
			if utf8.RuneCountInString(a.Heading) <= maxHeading {
				for _, t := range f.terms(analyzers.Fold(a.Heading)) {
					around[t.text] = true
				}
			}
		}
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
func (f *Finder) cut(r *Reading, report Report, s *gongwen.Section, own gongwen.Span, around map[string]bool) {
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
		p := passage{section: s, span: span, folded: trimmed, around: around,
			terms: map[string]bool{}, field: map[string]bool{}}
		p.numbers, p.units = quantities(trimmed)
		for _, t := range f.terms(trimmed) {
			p.field[t.text] = !t.plain && (p.field[t.text] || !p.terms[t.text])
			p.terms[t.text] = true
		}
		p.plans, p.rule = plans(report, &p)
		for t := range p.terms {
			r.holds[t] = append(r.holds[t], len(r.passages))
		}
		r.passages = append(r.passages, p)
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
