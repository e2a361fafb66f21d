package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// mark is a place in an original text where a term of the plan stands.
type mark struct {
	gongwen.Span
	terms []int
}

// marks returns the places that the plan's terms mark in the original text, in order, without overlap. Terms that
// overlap become one mark, and so do different terms that touch, so that 复议案件 is one stretch however it was cut.
func (p *Plan) marks(text string) []mark {
	var all []mark
	folded, back := analyzers.FoldMap(text)
	for i := range p.Terms {
		if !p.positive[i] {
			continue
		}
		for _, span := range p.Terms[i].Spans(folded) {
			start, end := back.Original(span.Start, span.End)
			all = append(all, mark{gongwen.Span{Start: start, End: end}, []int{i}})
		}
	}
	slices.SortFunc(all, func(a, b mark) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var merged []mark
	for _, m := range all {
		if n := len(merged); n > 0 {
			last := &merged[n-1]
			touches := m.Start == last.End && !slices.Contains(last.terms, m.terms[0]) && !p.Terms[m.terms[0]].Quoted
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

// Highlighter shows a document of a hit: all its marks are found once, and sections cut theirs out.
type Highlighter struct {
	plan   *Plan
	text   string
	marks  []mark
	weight func(term int) float64
}

// Highlight prepares a document's text. The weight of a term says how much it is worth to show it.
func (p *Plan) Highlight(text string, weight func(term int) float64) *Highlighter {
	return &Highlighter{p, text, p.marks(text), weight}
}

// Total is the number of marks in the document.
func (h *Highlighter) Total() int { return len(h.marks) }

// Count is the number of marks that start in the spans.
func (h *Highlighter) Count(spans []gongwen.Span) int {
	n := 0
	for _, span := range spans {
		from, to := h.within(span)
		n += to - from
	}
	return n
}

// within returns the range of marks that start in the span.
func (h *Highlighter) within(span gongwen.Span) (from, to int) {
	at := func(offset int) int {
		i, _ := slices.BinarySearchFunc(h.marks, offset, func(m mark, offset int) int { return m.Start - offset })
		return i
	}
	return at(span.Start), at(span.End)
}

// Fragments returns at most n passages of the spans, in reading order: those around the marks that are worth most, or
// the beginning of the spans where nothing is marked.
func (h *Highlighter) Fragments(spans []gongwen.Span, n int) []Fragment {
	type window struct {
		from, to int // marks
		line     gongwen.Span
		worth    float64
	}
	var windows []window
	for _, span := range spans {
		for _, line := range lines(h.text, span) {
			from, to := h.within(line)
			for i := from; i < to; {
				j := i + 1
				for j < to && utf8.RuneCountInString(h.text[h.marks[i].Start:h.marks[j].End]) <= fragmentRunes-leadRunes {
					j++
				}
				windows = append(windows, window{i, j, line, h.worth(i, j)})
				i = j
			}
		}
	}
	if len(windows) == 0 {
		return h.beginning(spans)
	}
	slices.SortStableFunc(windows, func(a, b window) int {
		switch {
		case a.worth > b.worth:
			return -1
		case a.worth < b.worth:
			return 1
		}
		return 0
	})
	windows = windows[:min(n, len(windows))]
	slices.SortFunc(windows, func(a, b window) int { return a.from - b.from })
	fragments := make([]Fragment, 0, len(windows))
	for _, w := range windows {
		fragments = append(fragments, h.fragment(w.line, w.from, w.to))
	}
	return fragments
}

// worth of marks[from:to] is that of the terms in it, and a little for how often.
func (h *Highlighter) worth(from, to int) float64 {
	seen := map[int]bool{}
	worth := 0.0
	for _, m := range h.marks[from:to] {
		for _, term := range m.terms {
			if seen[term] {
				worth += h.weight(term) / 20
			} else {
				seen[term] = true
				worth += h.weight(term)
			}
		}
	}
	return worth
}

// fragment cuts a passage of the line that holds marks[from:to], from the sentence's start where that is near.
func (h *Highlighter) fragment(line gongwen.Span, from, to int) Fragment {
	first, last := h.marks[from], h.marks[to-1]
	start := backRunes(h.text, line.Start, first.Start, leadRunes)
	if i := strings.LastIndexAny(h.text[start:first.Start], "。！？；!?;"); i >= 0 {
		_, size := utf8.DecodeRuneInString(h.text[start+i:])
		start += i + size
	}
	rest := fragmentRunes - utf8.RuneCountInString(h.text[start:last.End])
	end := aheadRunes(h.text, last.End, line.End, rest)
	if from, to := h.within(gongwen.Span{Start: last.End, End: end}); from < to && h.marks[to-1].End > end {
		end = h.marks[to-1].Start // never a part of a mark: it would not be what was looked for
	}
	return h.cut(line, gongwen.Span{Start: start, End: end}, from+1)
}

// beginning is an unmarked passage from the first line with text.
func (h *Highlighter) beginning(spans []gongwen.Span) []Fragment {
	for _, span := range spans {
		all := lines(h.text, span)
		for i, line := range all {
			short := utf8.RuneCountInString(line.Cut(h.text)) < leadRunes
			if short && i+1 < len(all) {
				continue // most likely the heading, which is shown already
			}
			end := aheadRunes(h.text, line.Start, line.End, fragmentRunes)
			return []Fragment{h.cut(line, gongwen.Span{Start: line.Start, End: end}, 0)}
		}
	}
	return nil
}

func (h *Highlighter) cut(line, span gongwen.Span, mark int) Fragment {
	return Fragment{
		Parts: parts(h.text, span, h.marks),
		Span:  span,
		Mark:  mark,
		Cut:   Cut{Before: span.Start > line.Start, After: span.End < line.End},
	}
}

// lines returns the lines of text[span] without the white space at their ends, empty ones left out.
func lines(text string, span gongwen.Span) []gongwen.Span {
	var found []gongwen.Span
	for start := span.Start; start < span.End; {
		end := span.End
		if i := strings.IndexByte(text[start:span.End], '\n'); i >= 0 {
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
