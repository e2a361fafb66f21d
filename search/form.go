package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// Form is what a term looks for that is more than a run: one operand with wildcards, or operands joined by connectors.
type Form struct {
	Operands [][]Pattern // each stands where any of its patterns does
	By       []Connector // between the operands
}

// Pattern is a run with gaps. It stands at its shortest places: of two places of which one holds the other, the shorter.
type Pattern struct {
	Pieces []string // folded, none empty
	Gaps   []Gap    // between the pieces
	// Front and Back say that digits or letters may go on before and after it; otherwise a number or Latin word ends where
	// its digits or letters end.
	Front, Back bool
}

// Gap is how many characters lie between two pieces.
type Gap struct{ Least, Most int }

// newForm makes a form of a Wild or Near; nil where there is nothing to look for.
func newForm(q Query) *Form {
	f := &Form{}
	operands := []Query{q}
	if near, ok := q.(Near); ok {
		operands, f.By = near.Of, near.By
	}
	for _, of := range operands {
		patterns := newPatterns(of)
		if len(patterns) == 0 {
			return nil
		}
		f.Operands = append(f.Operands, patterns)
	}
	return f
}

// newPatterns are the patterns of an operand, any of which will do. Beside a connector, an unquoted word is what is typed.
func newPatterns(q Query) []Pattern {
	switch q := q.(type) {
	case Run:
		if text := analyzers.FoldQuery(q.Text); text != "" {
			return []Pattern{{Pieces: []string{text}, Front: true, Back: true}}
		}
	case Words:
		text := analyzers.FoldQuery(strings.TrimFunc(q.Text, func(r rune) bool { return !isWordRune(r) }))
		if text == "" {
			return nil
		}
		var patterns []Pattern
		word := newWord(analyzers.Word{Text: text}, false)
		for _, literal := range word.literals {
			patterns = append(patterns, Pattern{Pieces: []string{literal}})
		}
		return patterns
	case Wild:
		if pattern := newWildPattern(q.Text); len(pattern.Pieces) > 0 {
			return []Pattern{pattern}
		}
	case Or:
		var patterns []Pattern
		for _, of := range q.Of {
			patterns = append(patterns, newPatterns(of)...)
		}
		return patterns
	}
	return nil
}

// runes is how many characters of a title the form covers: those of the first pattern of each operand.
func (f *Form) runes() int {
	n := 0
	for _, patterns := range f.Operands {
		for _, piece := range patterns[0].Pieces {
			n += utf8.RuneCountInString(piece)
		}
	}
	return n
}

// Place is where a pattern stands in a text. A form is told by From, To, Line and Sentence how places lie to each other; what
// they count from does not matter.
type Place struct {
	Start, End int // in the units of the text
	From, To   int // in characters
	Line       int
	Sentence   int // -1 where the place reaches over the end of one
}

// Spans returns where the form stands in folded text: the places of operands that take part, in order, each once.
func (f *Form) Spans(text string) []gongwen.Span {
	places := make([][]Place, len(f.Operands))
	for i, patterns := range f.Operands {
		for j := range patterns {
			places[i] = append(places[i], patterns[j].places(text)...)
		}
		if len(places[i]) == 0 {
			return nil
		}
		if len(patterns) > 1 {
			OrderPlaces(places[i])
		}
	}
	if len(f.By) > 0 {
		locate(text, places)
	}
	return f.Join(places, nil)
}

// OrderPlaces puts the places of several patterns in order.
func OrderPlaces(places []Place) {
	slices.SortFunc(places, func(a, b Place) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
}

// Join appends the spans of the places that take part, in order, each once. places are those of the operands, each list in
// order, and are changed.
func (f *Form) Join(places [][]Place, spans []gongwen.Span) []gongwen.Span {
	for i, by := range f.By {
		places[i+1] = by.joined(places[i+1], places[i], true, !by.Ordered)
	}
	for i := len(f.By) - 1; i >= 0; i-- {
		places[i] = f.By[i].joined(places[i], places[i+1], !f.By[i].Ordered, true)
	}
	for _, of := range places {
		for _, p := range of {
			spans = append(spans, gongwen.Span{Start: p.Start, End: p.End})
		}
	}
	if len(spans) < 2 || len(places) == 1 && len(f.Operands[0]) == 1 {
		return spans
	}
	slices.SortFunc(spans, func(a, b gongwen.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return slices.Compact(spans)
}

// joined returns the places that the connector joins with one of the others, which lies before or after it as is allowed.
// Both lists are ordered by start. It is enough to look at the nearest on either side: where that is in another line or
// sentence, so is what lies beyond.
func (c Connector) joined(places, others []Place, before, after bool) []Place {
	if c.Scope == ScopeSentence && slices.ContainsFunc(others, Place.broken) {
		others = slices.DeleteFunc(slices.Clone(others), Place.broken)
	}
	byEnd := others
	if ends := func(a, b Place) int { return a.To - b.To }; before && !slices.IsSortedFunc(others, ends) {
		byEnd = slices.Clone(others)
		slices.SortStableFunc(byEnd, ends)
	}
	kept := places[:0]
	ended, begun := 0, 0 // how many of the others end before a place, and begin before it ends
	for _, p := range places {
		found := false
		if before {
			for ended < len(byEnd) && byEnd[ended].To <= p.From {
				ended++
			}
			found = ended > 0 && c.near(byEnd[ended-1], p)
		}
		if after && !found {
			for begun > 0 && others[begun-1].From >= p.To {
				begun-- // a shorter place after a longer one
			}
			for begun < len(others) && others[begun].From < p.To {
				begun++
			}
			found = begun < len(others) && c.near(p, others[begun])
		}
		if found {
			kept = append(kept, p)
		}
	}
	return kept
}

func (p Place) broken() bool { return p.Sentence < 0 }

// near reports whether a place and another one behind it are as near as the connector asks.
func (c Connector) near(first, second Place) bool {
	switch c.Scope {
	case ScopeSentence:
		return first.Sentence >= 0 && first.Sentence == second.Sentence
	case ScopeParagraph:
		return first.Line == second.Line
	}
	return first.Line == second.Line && second.From-first.To <= c.Within
}

// sentenceEnds are the folded marks that end a sentence, beside the line break.
const sentenceEnds = "。!?"

// locate fills in where places lie in the text.
func locate(text string, places [][]Place) {
	next := make([]int, len(places))
	at, from, line, sentence := 0, 0, 0, 0
	for {
		first := -1 // the operand whose next place comes first
		for i := range places {
			if next[i] < len(places[i]) && (first < 0 || places[i][next[i]].Start < places[first][next[first]].Start) {
				first = i
			}
		}
		if first < 0 {
			return
		}
		p := &places[first][next[first]]
		next[first]++
		for _, r := range text[at:max(at, p.Start)] {
			from++
			switch {
			case r == '\n':
				line++
				sentence++
			case strings.ContainsRune(sentenceEnds, r):
				sentence++
			}
		}
		at = max(at, p.Start)
		found := text[p.Start:p.End]
		_, last := utf8.DecodeLastRuneInString(found)
		p.From, p.To, p.Line, p.Sentence = from, from+utf8.RuneCountInString(found), line, sentence
		if strings.ContainsAny(found[:len(found)-last], sentenceEnds) {
			p.Sentence = -1
		}
	}
}

// places returns where the pattern stands in folded text, by start.
func (p *Pattern) places(text string) []Place {
	var all []Place
	first := p.Pieces[0]
	for from := 0; ; {
		at := strings.Index(text[from:], first)
		if at < 0 {
			break
		}
		at += from
		r, size := utf8.DecodeRuneInString(text[at:])
		from = at + size
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); !p.Front && at > 0 && sameClass(before, r) {
			continue
		}
		if end := p.end(text, at+len(first)); end > 0 {
			all = append(all, Place{Start: at, End: end})
		}
	}
	if len(p.Gaps) == 0 {
		return all
	}
	return Shortest(all)
}

// Shortest drops places that hold another one. They are ordered by start.
func Shortest(places []Place) []Place {
	kept := len(places)
	for i := len(places) - 1; i >= 0; i-- {
		if kept == len(places) || places[i].End < places[kept].End {
			kept--
			places[kept] = places[i]
		}
	}
	return places[kept:]
}

// end returns the least end of the pattern whose first piece ends at a place, or 0.
func (p *Pattern) end(text string, at int) int {
	ends := []int{at}
	for i, gap := range p.Gaps {
		var next []int
		for _, end := range ends {
			for n := 0; ; n++ {
				if n >= gap.Least && strings.HasPrefix(text[end:], p.Pieces[i+1]) {
					next = append(next, end+len(p.Pieces[i+1]))
				}
				r, size := utf8.DecodeRuneInString(text[end:])
				if n == gap.Most || size == 0 || isWildBorder(r) {
					break
				}
				end += size
			}
		}
		slices.Sort(next)
		ends = slices.Compact(next)
	}
	for _, end := range ends {
		last, _ := utf8.DecodeLastRuneInString(text[:end])
		after, size := utf8.DecodeRuneInString(text[end:])
		if p.Back || size == 0 || !sameClass(last, after) {
			return end
		}
	}
	return 0
}

func isWildBorder(r rune) bool {
	return r == ' ' || r == '\n' || strings.ContainsRune(WildBorders, r)
}
