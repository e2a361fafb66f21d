// Package pattern answers: does this expression match, and where? Its patterns are regular expressions that look at a text's
// words before they match.
//
// Useful for: expressions that fit few of the texts they are tried on. Not for: bytes or readers.
package pattern

import (
	"math"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"
)

// Pattern is a regular expression that looks at a text's words before it matches. Nearly all lines are no header line
// of any kind, and comparing a few words tells so many times as fast as matching. The words are read out of the
// expression: those that a match begins with, ends with or holds. Where a word is a match in itself (各位代表 for
// ^各位(?:代表|委员)), nothing is left to match.
type Pattern struct {
	*regexp.Regexp
	learned                   sync.Once
	whole, start, end, inside lexicon // by where they must stand: a text without any of them does not match
	always                    bool    // the words tell nothing
}

// Compile panics where the expression is wrong, as regexp.MustCompile does.
func Compile(expression string) *Pattern { return &Pattern{Regexp: regexp.MustCompile(expression)} }

// learn reads the words. It takes longer than to compile, so it waits for the first text: most commands read none.
func (p *Pattern) learn() {
	tree, err := syntax.Parse(p.String(), syntax.Perl)
	if err != nil {
		p.always = true // not reached: the expression was compiled
		return
	}
	p.read(tree.Simplify(), false, false)
	for _, l := range []*lexicon{&p.whole, &p.start, &p.end, &p.inside} {
		l.arrange()
	}
}

// MatchString reports whether the pattern matches anywhere in the text.
func (p *Pattern) MatchString(text string) bool {
	may, sure := p.look(text)
	return sure || may && p.Regexp.MatchString(text)
}

// FindString and the methods below are those of regexp.Regexp.
func (p *Pattern) FindString(text string) string {
	if !p.may(text) {
		return ""
	}
	return p.Regexp.FindString(text)
}

// FindStringIndex is that of regexp.Regexp.
func (p *Pattern) FindStringIndex(text string) []int {
	if !p.may(text) {
		return nil
	}
	return p.Regexp.FindStringIndex(text)
}

// FindStringSubmatch is that of regexp.Regexp.
func (p *Pattern) FindStringSubmatch(text string) []string {
	if !p.may(text) {
		return nil
	}
	return p.Regexp.FindStringSubmatch(text)
}

// FindStringSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindStringSubmatchIndex(text string) []int {
	if !p.may(text) {
		return nil
	}
	return p.Regexp.FindStringSubmatchIndex(text)
}

// FindAllStringSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindAllStringSubmatchIndex(text string, most int) [][]int {
	if !p.may(text) {
		return nil
	}
	return p.Regexp.FindAllStringSubmatchIndex(text, most)
}

// FindAllStringSubmatch is that of regexp.Regexp.
func (p *Pattern) FindAllStringSubmatch(text string, most int) [][]string {
	if !p.may(text) {
		return nil
	}
	return p.Regexp.FindAllStringSubmatch(text, most)
}

// ReplaceAllString is that of regexp.Regexp.
func (p *Pattern) ReplaceAllString(text, replacement string) string {
	if !p.may(text) {
		return text
	}
	return p.Regexp.ReplaceAllString(text, replacement)
}

func (p *Pattern) may(text string) bool {
	may, _ := p.look(text)
	return may
}

// look tells by words alone whether the pattern may match, and whether it does for certain.
func (p *Pattern) look(text string) (may, sure bool) {
	p.learned.Do(p.learn)
	if p.always {
		return true, false
	}
	if _, sure = p.whole.equal(text); sure {
		return true, true
	}
	atStart, sure := p.start.begin(text)
	if sure {
		return true, true
	}
	atEnd, sure := p.end.end(text)
	if sure {
		return true, true
	}
	within, sure := p.inside.in(text)
	return atStart || atEnd || within || sure, sure
}

// read adds the alternatives of a tree. atStart and atEnd tell that the text must begin or end where it matches.
func (p *Pattern) read(tree *syntax.Regexp, atStart, atEnd bool) {
	switch tree.Op {
	case syntax.OpCapture:
		p.read(tree.Sub[0], atStart, atEnd)
		return
	case syntax.OpAlternate:
		for _, sub := range tree.Sub {
			p.read(sub, atStart, atEnd)
		}
		return
	case syntax.OpConcat:
		parts := tree.Sub
		start, end := atStart, atEnd
		for len(parts) > 0 && parts[0].Op == syntax.OpBeginText {
			start, parts = true, parts[1:]
		}
		for len(parts) > 0 && parts[len(parts)-1].Op == syntax.OpEndText {
			end, parts = true, parts[:len(parts)-1]
		}
		if len(parts) == 1 && len(tree.Sub) > 1 {
			p.read(parts[0], start, end)
			return
		}
		p.enter(parts, start, end)
		return
	}
	p.enter([]*syntax.Regexp{tree}, atStart, atEnd)
}

// enter adds one alternative with the words that tell most.
func (p *Pattern) enter(parts []*syntax.Regexp, atStart, atEnd bool) {
	first, last := sequence(parts, false), sequence(parts, true)
	both := atStart && atEnd
	if both && !allSure(first) {
		first, last = unsure(first), unsure(last)
	}
	to, found := &p.inside, factor(parts)
	switch {
	case both && allSure(first):
		to, found = &p.whole, first
	case atStart && worth(first) > 0 && (!atEnd || worth(first) >= worth(last)):
		to, found = &p.start, first
	case atEnd && worth(last) > 0:
		to, found = &p.end, last
	case atStart || atEnd:
		found = unsure(found)
	}
	if worth(found) == 0 {
		p.always = true
		return
	}
	to.list = append(to.list, found...)
}

// word is a text that a match holds. It is open where the match may go on in any way, and sure where the word itself
// is the whole of a match.
type word struct {
	text       string
	open, sure bool
}

const (
	// mostWords bounds the words of an alternative.
	mostWords = 400
	// mostProducts bounds them where they are put together of several parts: digits by digits are too many to compare.
	mostProducts = 64
)

// worth is how much a set of words tells: the bytes of its shortest one.
func worth(words []word) int {
	if len(words) == 0 {
		return 0
	}
	least := math.MaxInt
	for _, w := range words {
		least = min(least, len(w.text))
	}
	return least
}

func allSure(words []word) bool {
	for _, w := range words {
		if !w.sure {
			return false
		}
	}
	return len(words) > 0
}

func unsure(words []word) []word {
	out := make([]word, len(words))
	for i, w := range words {
		out[i] = word{w.text, w.open, false}
	}
	return out
}

// sequence returns texts so that each match of the parts, one after the other, begins with one of them; backwards, so
// that it ends with one of them.
func sequence(parts []*syntax.Regexp, backwards bool) []word {
	words := []word{{sure: true}}
	for i := range parts {
		part := parts[i]
		if backwards {
			part = parts[len(parts)-1-i]
		}
		next, done := extend(words, single(part, backwards), backwards)
		if next == nil {
			return opened(words)
		}
		words = next
		if done {
			break
		}
	}
	return words
}

// opened marks words behind which (or before which) anything may come.
func opened(words []word) []word {
	out := make([]word, len(words))
	for i, w := range words {
		out[i] = word{w.text, true, false}
	}
	return out
}

// extend puts each of next behind (or before) each word that is not open. It returns nil where that makes too many.
func extend(words, next []word, backwards bool) (all []word, done bool) {
	done = true
	closed := 0
	for _, w := range words {
		if w.open {
			all = append(all, w)
			continue
		}
		closed++
		for _, n := range next {
			text := w.text + n.text
			if backwards {
				text = n.text + w.text
			}
			all = append(all, word{text, n.open, w.sure && n.sure})
			done = done && n.open
		}
		if len(all) > mostWords || closed > 1 && len(next) > 1 && len(all) > mostProducts {
			return nil, true
		}
	}
	return all, done
}

// anything is the words of an expression that tells none.
var anything = []word{{open: true}}

// single is sequence for one part.
func single(part *syntax.Regexp, backwards bool) []word {
	switch part.Op {
	case syntax.OpEmptyMatch:
		return []word{{sure: true}}
	case syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []word{{}} // a condition: it takes no text, but is not always met
	case syntax.OpLiteral:
		if part.Flags&syntax.FoldCase != 0 {
			return anything
		}
		return []word{{text: string(part.Rune), sure: true}}
	case syntax.OpCharClass:
		return classWords(part)
	case syntax.OpCapture:
		return single(part.Sub[0], backwards)
	case syntax.OpConcat:
		return sequence(part.Sub, backwards)
	case syntax.OpAlternate:
		var all []word
		for _, sub := range part.Sub {
			all = append(all, single(sub, backwards)...)
		}
		if len(all) > mostWords {
			return anything
		}
		return all
	case syntax.OpQuest:
		return append([]word{{sure: true}}, single(part.Sub[0], backwards)...)
	case syntax.OpStar:
		// Once may be a match already, more often is open.
		return append([]word{{sure: true}}, opened(single(part.Sub[0], backwards))...)
	case syntax.OpPlus:
		return opened(single(part.Sub[0], backwards))
	}
	return anything
}

// mostClass is how many characters of a class are taken as words.
const mostClass = 40

func classWords(class *syntax.Regexp) []word {
	var all []word
	for i := 0; i+1 < len(class.Rune); i += 2 {
		if class.Rune[i+1]-class.Rune[i] >= mostClass || class.Rune[i] >= utf8.RuneError {
			return anything
		}
		for r := class.Rune[i]; r <= class.Rune[i+1]; r++ {
			all = append(all, word{text: string(r), sure: true})
		}
	}
	if len(all) > mostClass || len(all) == 0 {
		return anything
	}
	return all
}

// factor returns words of which each match of the parts holds one: those of the place that tells most.
func factor(parts []*syntax.Regexp) []word {
	var best []word
	better := func(words []word) {
		value, known := worth(words), worth(best)
		if value > known || value == known && value > 0 && len(words) < len(best) {
			best = words
		}
	}
	for i, part := range parts {
		words := sequence(parts[i:], false)
		if i > 0 {
			words = unsure(words)
		}
		better(words)
		better(unsure(inside(part)))
	}
	return best
}

// inside is factor for what a part is made of.
func inside(part *syntax.Regexp) []word {
	switch part.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return inside(part.Sub[0])
	case syntax.OpConcat:
		return factor(part.Sub)
	case syntax.OpAlternate:
		var all []word
		for _, sub := range part.Sub {
			words := inside(sub)
			if worth(words) == 0 {
				words = single(sub, false)
			}
			if worth(words) == 0 || len(all)+len(words) > mostWords {
				return nil
			}
			all = append(all, words...)
		}
		return all
	}
	return nil
}

// lexicon finds words in a text. Its methods tell whether one is there, and whether one is that is a match by itself.
type lexicon struct {
	list        []word
	first, last map[rune][]word
	set         runeSet // of the first characters
}

func (l *lexicon) arrange() {
	l.first, l.last = map[rune][]word{}, map[rune][]word{}
	l.list = unique(l.list)
	for _, each := range l.list {
		first, _ := utf8.DecodeRuneInString(each.text)
		last, _ := utf8.DecodeLastRuneInString(each.text)
		l.first[first] = append(l.first[first], each)
		l.last[last] = append(l.last[last], each)
		l.set.add(first)
	}
}

// unique drops copies; a word is sure where one of its copies is.
func unique(list []word) []word {
	at := map[string]int{}
	var out []word
	for _, w := range list {
		i, ok := at[w.text]
		if !ok {
			i = len(out)
			at[w.text] = i
			out = append(out, word{text: w.text})
		}
		out[i].sure = out[i].sure || w.sure
	}
	return out
}

func (l *lexicon) equal(text string) (may, sure bool) {
	first, _ := utf8.DecodeRuneInString(text)
	if !l.set.has(first) {
		return false, false
	}
	return anyOf(l.first[first], text, func(text, word string) bool { return text == word })
}

func (l *lexicon) begin(text string) (may, sure bool) {
	first, _ := utf8.DecodeRuneInString(text)
	if !l.set.has(first) {
		return false, false
	}
	return anyOf(l.first[first], text, strings.HasPrefix)
}

func (l *lexicon) end(text string) (may, sure bool) {
	if len(l.list) == 0 {
		return false, false
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	return anyOf(l.last[last], text, strings.HasSuffix)
}

// fewWords are so few that one search each is faster than one for all.
const fewWords = 3

func (l *lexicon) in(text string) (may, sure bool) {
	if len(l.list) <= fewWords {
		return anyOf(l.list, text, strings.Contains)
	}
	for at, r := range text {
		if !l.set.has(r) {
			continue
		}
		found, certain := anyOf(l.first[r], text[at:], strings.HasPrefix)
		if certain {
			return true, true
		}
		may = may || found
	}
	return may, false
}

func anyOf(words []word, text string, holds func(text, word string) bool) (may, sure bool) {
	for _, w := range words {
		if holds(text, w.text) {
			if w.sure {
				return true, true
			}
			may = true
		}
	}
	return may, false
}

// runeSet tells most characters that are not in it; for a few it errs.
type runeSet [64]uint64

func (s *runeSet) add(r rune)      { s[r>>6&63] |= 1 << (r & 63) }
func (s *runeSet) has(r rune) bool { return s[r>>6&63]&(1<<(r&63)) != 0 }
