package embedded

import (
	"context"
	"slices"

	"gongwen/search"
	"gongwen/search/embedded/segment"
	"gongwen/search/embedded/units"
)

// operand is what a passage must hold of a form to be looked into: all pieces of one of the alternatives.
type operand struct {
	alternatives []pieces
	cost         int // bytes of postings
}

// pieces are runs that a passage must hold, the rarest first.
type pieces struct {
	runs  []string
	costs []int
}

// lookFactor is how many bytes of a list cost as much as looking for a form in one text.
const lookFactor = 60

// lookBetween is how many texts are looked into between looks at the context.
const lookBetween = 64

// findForm returns the passages that hold the form, in order, and at how many places. Postings tell which may hold it; the
// text tells which do. It ends with the context.
func findForm(ctx context.Context, side *segment.Side, form *search.Form) []segment.Found {
	operands := make([]operand, len(form.Operands))
	for i, patterns := range form.Operands {
		for j := range patterns {
			p := newPieces(side, patterns[j].Pieces)
			operands[i].alternatives = append(operands[i].alternatives, p)
			operands[i].cost += p.costs[0]
		}
	}
	slices.SortStableFunc(operands, func(a, b operand) int { return a.cost - b.cost })
	candidates := operands[0].find(side)
	for _, o := range operands[1:] {
		if o.cost > lookFactor*len(candidates) {
			break // looking into the texts that are left is cheaper than reading the list
		}
		holding := o.find(side)
		candidates = keep(candidates, holding)
		segment.Recycle(holding)
	}
	ready := units.NewForm(form)
	kept := candidates[:0]
	for i, c := range candidates {
		if i%lookBetween == 0 && ctx.Err() != nil {
			break
		}
		if n := len(ready.Spans(side.Units(int(c.Passage)))); n > 0 {
			kept = append(kept, segment.Found{Passage: c.Passage, Count: uint32(n)})
		}
	}
	return kept
}

func newPieces(side *segment.Side, runs []string) pieces {
	p := pieces{runs: slices.Compact(slices.Sorted(slices.Values(runs)))}
	cost := map[string]int{}
	for _, run := range p.runs {
		cost[run] = side.Cost(run)
	}
	slices.SortStableFunc(p.runs, func(a, b string) int { return cost[a] - cost[b] })
	for _, run := range p.runs {
		p.costs = append(p.costs, cost[run])
	}
	return p
}

// find returns the passages that may hold the operand, in order.
func (o *operand) find(side *segment.Side) []segment.Found {
	var all []segment.Found
	for i := range o.alternatives {
		all = merge(all, o.alternatives[i].find(side))
	}
	return all
}

func (p *pieces) find(side *segment.Side) []segment.Found {
	candidates := side.Find(p.runs[0], true)
	for i := 1; i < len(p.runs) && p.costs[i] <= lookFactor*len(candidates); i++ {
		holding := side.Find(p.runs[i], true)
		candidates = keep(candidates, holding)
		segment.Recycle(holding)
	}
	return candidates
}

// keep keeps the candidates that are in another list, too. Both are in order.
func keep(candidates, holding []segment.Found) []segment.Found {
	kept := candidates[:0]
	for _, c := range candidates {
		for len(holding) > 0 && holding[0].Passage < c.Passage {
			holding = holding[1:]
		}
		if len(holding) > 0 && holding[0].Passage == c.Passage {
			kept = append(kept, c)
		}
	}
	return kept
}
