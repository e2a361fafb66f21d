package segment

import (
	"unicode/utf16"

	"gongwen/search/embedded/units"
)

// Cost is about how many bytes of postings Find reads for a folded run, and so how many passages may hold it.
func (s *Side) Cost(literal string) int {
	run := utf16.Encode([]rune(literal))
	pattern, _ := units.Pattern(literal, true)
	if exact := s.Run(pattern); exact != nil {
		return exact.Len()
	}
	cost := 0
	if len(run) == 1 {
		s.GramsFrom(run[0], func(list *Postings) { cost += list.Len() })
		return cost
	}
	for i := 1; i < len(run); i++ {
		list := s.Gram(run[i-1], run[i])
		if list == nil {
			return 0
		}
		if i == 1 || list.Len() < cost {
			cost = list.Len()
		}
	}
	return cost
}
