package embedded

import (
	"context"
	"slices"

	"gongwen/search"
	"gongwen/search/embedded/segment"
	"gongwen/search/embedded/units"
)

// find returns the passages that hold the term, in order. Where the context ends before, it may return less.
func find(ctx context.Context, side *segment.Side, term *search.Term) []segment.Found {
	if form := term.Form(); form != nil {
		return findForm(ctx, side, form)
	}
	var all []segment.Found
	for _, literal := range term.Literals() {
		all = merge(all, side.Find(literal, term.Quoted))
	}
	parts := term.Parts()
	if len(parts) == 0 {
		return all
	}
	// By its parts a term stands at most in the passages that hold them all; the term itself says in which it does.
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b string) int { return side.Cost(a) - side.Cost(b) })
	candidates := side.Find(parts[0], true)
	for _, part := range parts[1:] {
		candidates = side.Keep(candidates, part)
	}
	var byParts []segment.Found
	patterns := units.Patterns(parts)
	rest := all
	for _, c := range candidates {
		for len(rest) > 0 && rest[0].Passage < c.Passage {
			rest = rest[1:]
		}
		if len(rest) > 0 && rest[0].Passage == c.Passage {
			continue
		}
		if units.HoldsParts(side.Units(int(c.Passage)), patterns) {
			byParts = append(byParts, segment.Found{Passage: c.Passage, Count: 1})
		}
	}
	segment.Recycle(candidates)
	return merge(all, byParts)
}

// merge joins two ordered lists; counts of the same passage add up.
func merge(a, b []segment.Found) []segment.Found {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	joined := make([]segment.Found, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Passage < b[0].Passage:
			joined, a = append(joined, a[0]), a[1:]
		case a[0].Passage > b[0].Passage:
			joined, b = append(joined, b[0]), b[1:]
		default:
			joined = append(joined, segment.Found{Passage: a[0].Passage, Count: a[0].Count + b[0].Count})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(joined, a...), b...)
}
