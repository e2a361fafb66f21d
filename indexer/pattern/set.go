package pattern

import (
	"iter"
	"strings"
	"sync"
	"unicode/utf8"
)

// Set is a table of patterns that are tried on one text after the other. It goes through the text once for the words of
// all of them, instead of once for each, and matches only those alternatives of a pattern whose words are there.
type Set struct {
	patterns []*Pattern
	learned  sync.Once
	parts    []part
	always   marks             // the parts whose words tell nothing
	starts   map[rune][]member // words by their first character, which a text must begin with
	ends     map[rune][]member // words by their last character, which it must end with
	inside   map[rune][]member // words by their first character, which it must hold
	first    runeSet           // of the words of inside
}

// part is an alternative of a pattern: of ^甲|乙$ one is ^甲.
type part struct {
	*Pattern
	of int // the pattern's place
}

// member is a word and the part that it is of.
type member struct {
	text string
	of   int
}

// marks has a bit for each part of a set.
type marks [8]uint64

func (m *marks) set(i int)      { m[i>>6] |= 1 << (i & 63) }
func (m *marks) has(i int) bool { return m[i>>6]&(1<<(i&63)) != 0 }

// NewSet returns the set of patterns. It takes as many as have 512 alternatives together.
func NewSet(patterns ...*Pattern) *Set { return &Set{patterns: patterns} }

func (s *Set) learn() {
	s.starts, s.ends, s.inside = map[rune][]member{}, map[rune][]member{}, map[rune][]member{}
	for i, p := range s.patterns {
		for _, alternative := range alternatives(p) {
			s.parts = append(s.parts, part{alternative, i})
		}
	}
	if len(s.parts) > 64*len(marks{}) {
		panic("pattern: too many alternatives for a set")
	}
	for i, p := range s.parts {
		p.learned.Do(p.learn)
		if p.always {
			s.always.set(i)
		}
		enter(s.starts, p.whole.first, i)
		enter(s.starts, p.start.first, i)
		enter(s.ends, p.end.last, i)
		enter(s.inside, p.inside.first, i)
	}
	for first := range s.inside {
		s.first.add(first)
	}
}

// enter adds words of a part.
func enter(to map[rune][]member, words map[rune][]word, of int) {
	for r, all := range words {
		for _, w := range all {
			to[r] = append(to[r], member{w.text, of})
		}
	}
}

// alternatives are the patterns of which each match of p is one of some.
func alternatives(p *Pattern) []*Pattern {
	expressions := split(p.String())
	if len(expressions) == 1 || strings.HasPrefix(p.String(), "(?") && !strings.HasPrefix(p.String(), "(?:") { // flags reach over them
		return []*Pattern{p}
	}
	all := make([]*Pattern, len(expressions))
	for i, expression := range expressions {
		all[i] = Compile(expression)
	}
	return all
}

// split cuts an expression at each | that stands in no brackets.
func split(expression string) []string {
	var all []string
	from, depth, class := 0, 0, false
	for i := 0; i < len(expression); i++ {
		switch c := expression[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
			if strings.HasPrefix(expression[i:], "[]") || strings.HasPrefix(expression[i:], "[^]") {
				i += strings.IndexByte(expression[i:], ']') // it is a member
			}
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0:
			all = append(all, expression[from:i])
			from = i + 1
		}
	}
	return append(all, expression[from:])
}

// First returns the place of the first pattern that matches anywhere in the text, or -1.
func (s *Set) First(text string) int {
	may := s.may(text)
	for i, p := range s.parts {
		if may.has(i) && p.Regexp.MatchString(text) {
			return p.of
		}
	}
	return -1
}

// Matches are the places of the patterns that match, in order, each with where it does first.
func (s *Set) Matches(text string) iter.Seq2[int, []int] {
	return func(yield func(int, []int) bool) {
		may := s.may(text)
		for i := 0; i < len(s.parts); {
			of := s.parts[i].of
			var at []int
			for ; i < len(s.parts) && s.parts[i].of == of; i++ {
				if !may.has(i) {
					continue
				}
				if found := s.parts[i].Regexp.FindStringIndex(text); found != nil && (at == nil || found[0] < at[0]) {
					at = found
				}
			}
			if at != nil && !yield(of, at) {
				return
			}
		}
	}
}

// may marks the parts that the words of the text leave possible.
func (s *Set) may(text string) marks {
	s.learned.Do(s.learn)
	may := s.always
	first, _ := utf8.DecodeRuneInString(text)
	for _, m := range s.starts[first] {
		if strings.HasPrefix(text, m.text) {
			may.set(m.of)
		}
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	for _, m := range s.ends[last] {
		if strings.HasSuffix(text, m.text) {
			may.set(m.of)
		}
	}
	for at, r := range text {
		if !s.first.has(r) {
			continue
		}
		for _, m := range s.inside[r] {
			if !may.has(m.of) && strings.HasPrefix(text[at:], m.text) {
				may.set(m.of)
			}
		}
	}
	return may
}
