package search

import (
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// Term is one thing that is looked for: a quoted run, or a word of an unquoted stretch. Texts and spans here are folded.
type Term struct {
	Text   string // folded
	Quoted bool
	// Required words are never left out.
	Required bool

	literals []string // any of them is the term; the first is Text
	parts    []string // all of them within one sentence also are; nil for none
	form     *Form    // of wildcards and connectors, which have neither; nil for all others
}

// Form is what a term with wildcards or connectors looks for; nil for others.
func (t *Term) Form() *Form { return t.form }

// Literals returns the folded runs any of which is the term. An engine that finds candidates by them and by Parts, and
// keeps those for which Holds is true, finds exactly what the laws of a query ask for.
func (t *Term) Literals() []string { return t.literals }

// Parts returns the folded runs that together, within one sentence, also are the term; nil for none.
func (t *Term) Parts() []string { return t.parts }

// String is the term as one types it in a query.
func (t *Term) String() string {
	if t.form != nil {
		return t.Text
	}
	if t.Quoted {
		return quote(t.Text)
	}
	if number, ok := gongwen.ParseDocNumber(t.Text); ok {
		return number.String()
	}
	return t.Text
}

// newFormTerm makes a term of wildcards or connectors. Connectors are about running text: like a quoted run, they are looked
// for in text and title, not in the metadata. ok is false where there is nothing to look for.
func newFormTerm(q Query) (t Term, ok bool) {
	_, near := q.(Near)
	t = Term{Text: q.String(), Quoted: near, form: newForm(q)}
	return t, t.form != nil
}

func newRun(text string) Term {
	return Term{Text: text, Quoted: true, literals: []string{text}}
}

// partsFrom is the length in characters from which a dictionary word is also found by its parts.
const partsFrom = 5

// newWord makes a term of a word of the analyzer. Where a measure follows a number, texts also leave a space between.
func newWord(word analyzers.Word, required bool) Term {
	t := Term{Text: word.Text, Required: required, literals: []string{word.Text}}
	if first := rune(word.Text[0]); first >= '0' && first <= '9' {
		if spaced := spaceNumbers(word.Text); spaced != word.Text {
			t.literals = append(t.literals, spaced)
		}
		return t
	}
	if utf8.RuneCountInString(word.Text) >= partsFrom && allHan(word.Text) {
		t.parts = shortParts(word.Parts)
	}
	return t
}

func allHan(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !analyzers.IsHan(r) })
}

// shortParts cuts parts that are long themselves into theirs, so that no part is one that is found by parts.
func shortParts(parts []analyzers.Word) []string {
	var short []string
	for _, part := range parts {
		if utf8.RuneCountInString(part.Text) >= partsFrom && len(part.Parts) > 0 {
			short = append(short, shortParts(part.Parts)...)
		} else {
			short = append(short, part.Text)
		}
	}
	return short
}

// spaceNumbers writes a space wherever digits meet Han characters.
func spaceNumbers(text string) string {
	var b strings.Builder
	var last rune
	for _, r := range text {
		if isDigit(last) && analyzers.IsHan(r) || analyzers.IsHan(last) && isDigit(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// IsNumberOf reports whether the term is the document number, whole.
func (t *Term) IsNumberOf(number string) bool {
	return number != "" && strings.HasSuffix(t.Text, "号") && analyzers.Fold(number) == t.Text
}

// Holds reports whether the folded text holds the term.
func (t *Term) Holds(text string) bool {
	if t.form != nil {
		return len(t.form.Spans(text)) > 0
	}
	for _, literal := range t.literals {
		if t.next(text, literal, 0) >= 0 {
			return true
		}
	}
	return len(t.parts) > 0 && t.holdsParts(text)
}

// Count returns how often the folded text holds the term; a sentence that holds it by its parts counts once, and of
// connectors every place that takes part.
func (t *Term) Count(text string) int {
	if t.form != nil {
		return len(t.form.Spans(text))
	}
	n := 0
	for _, literal := range t.literals {
		for at := t.next(text, literal, 0); at >= 0; at = t.next(text, literal, at+len(literal)) {
			n++
		}
	}
	if n == 0 && len(t.parts) > 0 && t.holdsParts(text) {
		n = 1
	}
	return n
}

// Spans returns the places in the folded text where the term stands: the literal runs, and the parts in the sentences
// that hold it by its parts only. They are not sorted.
func (t *Term) Spans(text string) []gongwen.Span {
	if t.form != nil {
		return t.form.Spans(text)
	}
	var spans []gongwen.Span
	for _, literal := range t.literals {
		for at := t.next(text, literal, 0); at >= 0; at = t.next(text, literal, at+len(literal)) {
			spans = append(spans, gongwen.Span{Start: at, End: at + len(literal)})
		}
	}
	if len(t.parts) == 0 || !containsAll(text, t.parts) {
		return spans
	}
	eachSentence(text, func(start, end int) bool {
		sentence := text[start:end]
		if strings.Contains(sentence, t.Text) || !containsAll(sentence, t.parts) {
			return true
		}
		for _, part := range t.parts {
			for at := strings.Index(sentence, part); at >= 0; {
				spans = append(spans, gongwen.Span{Start: start + at, End: start + at + len(part)})
				next := strings.Index(sentence[at+len(part):], part)
				if next < 0 {
					break
				}
				at += len(part) + next
			}
		}
		return true
	})
	return spans
}

func (t *Term) holdsParts(text string) bool {
	if !containsAll(text, t.parts) {
		return false
	}
	found := false
	eachSentence(text, func(start, end int) bool {
		found = containsAll(text[start:end], t.parts)
		return !found
	})
	return found
}

// next returns where literal stands in text at or after from, or -1. Unless the term is quoted, a number or Latin word
// ends where its digits or letters end: 47号 is not in 147号.
func (t *Term) next(text, literal string, from int) int {
	for from <= len(text) {
		at := strings.Index(text[from:], literal)
		if at < 0 {
			return -1
		}
		at += from
		if t.Quoted || isWhole(text, at, at+len(literal)) {
			return at
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		from = at + size
	}
	return -1
}

func isWhole(text string, start, end int) bool {
	first, _ := utf8.DecodeRuneInString(text[start:])
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	if start > 0 && sameClass(before, first) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return end == len(text) || !sameClass(last, after)
}

func sameClass(a, b rune) bool { return isDigit(a) && isDigit(b) || isLatin(a) && isLatin(b) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 0xdf && r <= 0x24f && r != 0xf7 }

func containsAll(text string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}

// eachSentence calls visit for every sentence of a folded text until it returns false.
func eachSentence(text string, visit func(start, end int) bool) {
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexAny(text[start:], "。!?\n"); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[start+i:])
			end = start + i + size
		}
		if !visit(start, end) {
			return
		}
		start = end
	}
}
