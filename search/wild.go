package search

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gongwen/analyzers"
)

// Wild is an unquoted stretch with wildcards: * stands for any characters up to MaxGap, ? for exactly one, neither for
// white space nor for the marks that part clauses. At an end, * says that digits or letters may go on there.
type Wild struct{ Text string }

func (Wild) node() {}

func (q Wild) String() string { return q.Text }

// Limits of wildcards and connectors.
const (
	MaxGap        = 10 // characters for which * stands at most
	maxGaps       = 8  // places of wildcards in a stretch
	MaxQueryForms = 20 // stretches with wildcards, and connectors, of a query
)

// WildBorders are the folded marks for which no wildcard stands, beside white space.
const WildBorders = ",。、;:!?《》〈〉“”‘’\"'()…"

// asking are words by which a stretch is a question, so that a question mark in it is one, too.
var asking = []string{"什么", "怎么", "怎样", "如何", "为何", "何时", "哪", "谁", "吗", "呢", "是否", "能否", "可否", "多少", "多久", "几", "请问"}

// wildQuestions says by byte which question marks of a stretch are wildcards: half-width ones with text on both sides, unless
// the stretch is a question. A full-width one never is: it ends sentences.
func wildQuestions(text string) func(at int) bool {
	none := func(int) bool { return false }
	if !strings.Contains(text, "?") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？") {
		return none
	}
	for _, word := range asking {
		if strings.Contains(text, word) {
			return none
		}
	}
	return func(at int) bool {
		before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at], "?*＊"))
		after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at:], "?*＊"))
		return isWordRune(before) && isWordRune(after)
	}
}

// wildEnds are the marks at which a stretch with wildcards is cut.
const wildEnds = "，。、；：！？（）,;:!?()…^＾"

// cutWild returns the beginning of a stretch that wildcards make one term, or that has none: it ends at a mark for which
// no wildcard stands. ok is false for a stretch without wildcards, which stays whole.
func cutWild(text string) (wild string, size int, ok bool) {
	isWild := wildQuestions(text)
	end, found := len(text), false
	for i, r := range text {
		switch {
		case r == '*' || r == '＊' || r == '?' && isWild(i):
			found = true
		case i > 0 && i < end && strings.ContainsRune(wildEnds, r):
			end = i
		}
	}
	if !found {
		return text, len(text), false
	}
	part := text[:end]
	if !strings.ContainsAny(part, "*＊?") {
		return part, end, false
	}
	part = strings.NewReplacer("＊", "*").Replace(part)
	part = strings.TrimFunc(part, func(r rune) bool { return r != '*' && !isWordRune(r) })
	for strings.Contains(part, "**") {
		part = strings.ReplaceAll(part, "**", "*")
	}
	return part, end, strings.ContainsAny(part, "*?")
}

// wild makes a term of a stretch with wildcards that began at start.
func (p *parser) wild(text string, start int) (Query, error) {
	pattern := newWildPattern(text)
	if len(pattern.Pieces) == 0 {
		return nil, p.fault(start, p.at, fmt.Sprintf("“%s”里没有文字。", text), "通配符写在文字之间，如：行政*诉讼；要列出全部文件，不必写检索式。")
	}
	if len(pattern.Gaps) > maxGaps {
		return nil, p.fault(start, p.at, fmt.Sprintf("一个词里的通配符超过 %d 处。", maxGaps), "请去掉一些通配符，或分成几个词。")
	}
	if err := p.countForm(start); err != nil {
		return nil, err
	}
	return Wild{text}, p.count(start)
}

// countForm counts a wildcard term or connector that began at start against the limit.
func (p *parser) countForm(start int) error {
	if p.forms++; p.forms > MaxQueryForms {
		return p.fault(start, p.at, fmt.Sprintf("检索式中的通配符和连接符超过 %d 处。", MaxQueryForms), "请分几次检索。")
	}
	return nil
}

// newWildPattern reads a stretch with wildcards.
func newWildPattern(text string) Pattern {
	var p Pattern
	var gap Gap
	star, from := false, 0
	piece := func(end int) {
		folded := analyzers.FoldQuery(text[from:end])
		if folded == "" {
			return
		}
		if len(p.Pieces) == 0 {
			p.Front = star
		} else {
			if star {
				gap.Most += MaxGap
			}
			p.Gaps = append(p.Gaps, gap)
		}
		p.Pieces = append(p.Pieces, folded)
		gap, star = Gap{}, false
	}
	for i, r := range text {
		if r != '*' && r != '?' {
			continue
		}
		piece(i)
		from = i + 1
		if r == '*' {
			star = true
		} else {
			gap.Least, gap.Most = gap.Least+1, gap.Most+1
		}
	}
	piece(len(text))
	p.Back = star
	return p
}
