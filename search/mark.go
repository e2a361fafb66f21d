package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// mark is a place in an original text where a term of the plan stands.
type mark struct {
	gongwen.Span
	terms []int // places among the probes
}

// marks returns the places that the plan's terms and their other names mark in the original text, in order, without overlap. Terms that
// overlap become one mark, and so do different terms that touch, so that 复议案件 is one stretch however it was cut.
func (p *Plan) marks(text string) []mark {
	var all []mark
	folded, back := analyzers.FoldMap(text)
	for i := range len(p.Terms) + len(p.Aliases) {
		if !p.Marked(i) {
			continue
		}
		for _, span := range p.Probe(i).Spans(folded) {
			start, end := back.Original(span.Start, span.End)
			all = append(all, mark{gongwen.Span{Start: start, End: end}, []int{i}})
		}
	}
	slices.SortFunc(all, func(a, b mark) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End, a.terms[0]-b.terms[0])
	})
	var merged []mark
	for _, m := range all {
		if n := len(merged); n > 0 {
			last := &merged[n-1]
			touches := m.Start == last.End && !slices.Contains(last.terms, m.terms[0]) && !p.Probe(m.terms[0]).Quoted
			if m.Start < last.End || touches {
				last.End = max(last.End, m.End)
				if !slices.Contains(last.terms, m.terms[0]) {
					last.terms = append(last.terms, m.terms[0])
				}
				continue
			}
		}
		merged = append(merged, m)
	}
	return merged
}

// Marks returns the places of the original text that the plan marks, in order, without overlap.
func (p *Plan) Marks(text string) []gongwen.Span {
	marks := p.marks(text)
	spans := make([]gongwen.Span, len(marks))
	for i, m := range marks {
		spans[i] = m.Span
	}
	return spans
}

// MarkParts cuts a whole text, such as a title, into marked and unmarked parts.
func (p *Plan) MarkParts(text string) []Part {
	return parts(text, gongwen.Span{Start: 0, End: len(text)}, p.marks(text))
}

// parts cuts text[span] at the marks inside it. Marks that reach over an end are cut there.
func parts(text string, span gongwen.Span, marks []mark) []Part {
	cut := []Part{}
	add := func(start, end int, match bool) {
		if start < end {
			cut = append(cut, Part{Text: strings.ReplaceAll(text[start:end], "\n", " "), Match: match})
		}
	}
	at := span.Start
	for _, m := range marks {
		start, end := max(m.Start, at), min(m.End, span.End)
		if start >= end {
			continue
		}
		add(at, start, false)
		add(start, end, true)
		at = end
	}
	add(at, span.End, false)
	return cut
}

// Lengths of a fragment in characters, as long as its first mark allows.
const (
	fragmentRunes = 80
	leadRunes     = 24 // before the first mark, where the sentence does not start nearer
)

// highlighter cuts passages out of a section's own text.
type highlighter struct {
	plan   *Plan
	pieces []markedPiece
	page   func(offset int) int   // the page on which a byte of the document stands
	weight func(term int) float64 // how much it is worth to show a term
}

// markedPiece is one of the own spans of a section, as written.
type markedPiece struct {
	text   string
	start  int    // its first byte in the document
	before int    // marks of the document before it
	marks  []mark // offsets in text
}

// count is the number of marks.
func (h *highlighter) count() int {
	n := 0
	for i := range h.pieces {
		n += len(h.pieces[i].marks)
	}
	return n
}

// within returns the range of marks that start in the span of the piece.
func (p *markedPiece) within(span gongwen.Span) (from, to int) {
	at := func(offset int) int {
		i, _ := slices.BinarySearchFunc(p.marks, offset, func(m mark, offset int) int { return m.Start - offset })
		return i
	}
	return at(span.Start), at(span.End)
}

// fragments returns at most n passages, in reading order: those around the marks that are worth most, or the beginning
// where nothing is marked.
func (h *highlighter) fragments(n int) []Fragment {
	type window struct {
		piece    *markedPiece
		from, to int // marks
		line     gongwen.Span
		worth    float64
		place    int
	}
	var windows []window
	for i := range h.pieces {
		p := &h.pieces[i]
		for _, line := range lines(p.text) {
			from, to := p.within(line)
			for i := from; i < to; {
				j := i + 1
				for j < to && utf8.RuneCountInString(p.text[p.marks[i].Start:p.marks[j].End]) <= fragmentRunes-leadRunes {
					j++
				}
				windows = append(windows, window{p, i, j, line, h.worth(p.text, p.marks[i:j]), len(windows)})
				i = j
			}
		}
	}
	if len(windows) == 0 {
		return h.beginning()
	}
	slices.SortStableFunc(windows, func(a, b window) int { return cmp.Compare(b.worth, a.worth) })
	windows = windows[:min(n, len(windows))]
	slices.SortFunc(windows, func(a, b window) int { return a.place - b.place })
	fragments := make([]Fragment, 0, len(windows))
	for _, w := range windows {
		f := w.piece.fragment(w.line, w.from, w.to)
		f.Page = h.page(w.piece.start + w.piece.marks[w.from].Start)
		fragments = append(fragments, f)
	}
	return fragments
}

// worth of marks of a text is that of the terms in them, and a little for how often. What stands at different places of a
// term with connectors or wildcards counts once each, so that both sides are shown rather than one side twice.
func (h *highlighter) worth(text string, marks []mark) float64 {
	type side struct {
		term int
		text string
	}
	seen := map[side]bool{}
	worth := 0.0
	for _, m := range marks {
		for _, term := range m.terms {
			of := side{term: term}
			if h.plan.Probe(term).form != nil {
				of.text = m.Cut(text)
			}
			if seen[of] {
				worth += h.weight(term) / 20
			} else {
				seen[of] = true
				worth += h.weight(term)
			}
		}
	}
	return worth
}

// fragment cuts a passage of the line that holds marks[from:to], from the sentence's start where that is near.
func (p *markedPiece) fragment(line gongwen.Span, from, to int) Fragment {
	first, last := p.marks[from], p.marks[to-1]
	start := backRunes(p.text, line.Start, first.Start, leadRunes)
	if i := strings.LastIndexAny(p.text[start:first.Start], "。！？；!?;"); i >= 0 {
		_, size := utf8.DecodeRuneInString(p.text[start+i:])
		start += i + size
	}
	rest := fragmentRunes - utf8.RuneCountInString(p.text[start:last.End])
	end := aheadRunes(p.text, last.End, line.End, rest)
	if from, to := p.within(gongwen.Span{Start: last.End, End: end}); from < to && p.marks[to-1].End > end {
		end = p.marks[to-1].Start // never a part of a mark: it would not be what was looked for
	}
	return p.cut(line, gongwen.Span{Start: start, End: end}, p.before+from+1)
}

// beginning is an unmarked passage from the first line with text.
func (h *highlighter) beginning() []Fragment {
	for i := range h.pieces {
		p := &h.pieces[i]
		all := lines(p.text)
		for i, line := range all {
			short := utf8.RuneCountInString(line.Cut(p.text)) < leadRunes
			if short && i+1 < len(all) {
				continue // most likely the heading, which is shown already
			}
			end := aheadRunes(p.text, line.Start, line.End, fragmentRunes)
			f := p.cut(line, gongwen.Span{Start: line.Start, End: end}, 0)
			f.Page = h.page(f.Span.Start)
			return []Fragment{f}
		}
	}
	return nil
}

func (p *markedPiece) cut(line, span gongwen.Span, mark int) Fragment {
	return Fragment{
		Parts: parts(p.text, span, p.marks),
		Span:  gongwen.Span{Start: p.start + span.Start, End: p.start + span.End},
		Mark:  mark,
		Cut:   Cut{Before: span.Start > line.Start, After: span.End < line.End},
	}
}

// lines returns the lines of a text without the white space at their ends, empty ones left out.
func lines(text string) []gongwen.Span {
	var found []gongwen.Span
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := text[start:end]
		trimmed := strings.TrimSpace(line)
		if trimmed != "" {
			from := start + strings.Index(line, trimmed)
			found = append(found, gongwen.Span{Start: from, End: from + len(trimmed)})
		}
		start = end + 1
	}
	return found
}

// backRunes returns the offset n runes before at, not before floor.
func backRunes(text string, floor, at, n int) int {
	for ; n > 0 && at > floor; n-- {
		_, size := utf8.DecodeLastRuneInString(text[floor:at])
		at -= size
	}
	return at
}

// aheadRunes returns the offset n runes after at, not after ceiling.
func aheadRunes(text string, at, ceiling, n int) int {
	for ; n > 0 && at < ceiling; n-- {
		_, size := utf8.DecodeRuneInString(text[at:ceiling])
		at += size
	}
	return at
}
