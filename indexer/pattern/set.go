package pattern

import (
	"iter"
	"strings"
	"sync"
)

// Set is a table of patterns that are tried on one text after the other. It goes through the text once for the words of
// all of them, instead of once for each.
type Set struct {
	patterns []*Pattern
	learned  sync.Once
	inside   map[rune][]member
	first    runeSet
}

// member is a word and the pattern that it is of.
type member struct {
	word
	of int
}

// NewSet returns the set of patterns, MaxSet at most.
func NewSet(patterns ...*Pattern) *Set {
	if len(patterns) > MaxSet {
		panic("pattern: too many for a set")
	}
	return &Set{patterns: patterns}
}

// MaxSet is how many patterns a set holds at most.
const MaxSet = 64

func (s *Set) learn() {
	s.inside = map[rune][]member{}
	for i, p := range s.patterns {
		p.learned.Do(p.learn)
		if p.always {
			continue
		}
		for first, words := range p.inside.first {
			s.first.add(first)
			for _, w := range words {
				s.inside[first] = append(s.inside[first], member{w, i})
			}
		}
	}
}

// First returns the place of the first pattern that matches anywhere in the text, or -1.
func (s *Set) First(text string) int {
	may := s.may(text)
	for i, p := range s.patterns {
		if may&(1<<i) != 0 && p.Regexp.MatchString(text) {
			return i
		}
	}
	return -1
}

// Matches are the places of the patterns that match, in order, each with where it does first.
func (s *Set) Matches(text string) iter.Seq2[int, []int] {
	return func(yield func(int, []int) bool) {
		may := s.may(text)
		for i, p := range s.patterns {
			if may&(1<<i) == 0 {
				continue
			}
			if at := p.Regexp.FindStringIndex(text); at != nil && !yield(i, at) {
				return
			}
		}
	}
}

// may has the bit of each pattern set that the words of the text leave possible.
func (s *Set) may(text string) uint64 {
	s.learned.Do(s.learn)
	var may uint64
	for i, p := range s.patterns {
		if p.always || p.edges(text) {
			may |= 1 << i
		}
	}
	for at, r := range text {
		if !s.first.has(r) {
			continue
		}
		for _, m := range s.inside[r] {
			if may&(1<<m.of) == 0 && strings.HasPrefix(text[at:], m.text) {
				may |= 1 << m.of
			}
		}
	}
	return may
}

// edges reports whether the text has one of the words that must be all of it, begin or end it.
func (p *Pattern) edges(text string) bool {
	if may, sure := p.whole.equal(text); may || sure {
		return true
	}
	if may, sure := p.start.begin(text); may || sure {
		return true
	}
	may, sure := p.end.end(text)
	return may || sure
}
