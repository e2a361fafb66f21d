package search

import (
	"slices"

	"gongwen/analyzers"
)

// QueryPart is a part of a request that can be asked by itself.
type QueryPart struct {
	query     Query
	condition *Condition
}

// String is the part as one types it.
func (p QueryPart) String() string {
	if p.condition != nil {
		return p.condition.String()
	}
	return p.query.String()
}

// Request asks for the part alone.
func (p QueryPart) Request() Request {
	r := Request{Query: p.query, Match: MatchAll, Unit: UnitDocument, Sort: SortNewest}
	if p.condition != nil {
		r.Filters = []Condition{*p.condition}
	}
	return r
}

// Parts cuts a request that finds nothing into what its author can judge one by one: the terms, the words of a quoted
// run, the conditions.
func Parts(request Request, words Segmenter) []QueryPart {
	var parts []QueryPart
	seen := map[string]bool{}
	add := func(p QueryPart) {
		if key := p.String(); !seen[key] {
			seen[key] = true
			parts = append(parts, p)
		}
	}
	rest, conditions := SplitConditions(request.Query)
	alone := conjuncts(rest)
	for _, q := range alone {
		if boosted, ok := q.(Boosted); ok {
			if q = boosted.Of; isWhere(q) {
				continue // it excludes nothing
			}
		}
		switch q := q.(type) {
		case Run:
			if len(alone) > 1 {
				add(QueryPart{query: q})
			}
			folded := analyzers.FoldQuery(q.Text)
			if cut := wordTerms(words, folded); len(cut) > 1 {
				for _, term := range cut {
					add(QueryPart{query: Words{Text: term.Text}})
				}
			}
		case Words:
			for _, term := range wordTerms(words, q.Text) {
				add(QueryPart{query: Words{Text: term.Text}})
			}
		case Near:
			if len(alone) > 1 {
				add(QueryPart{query: q})
			}
			for _, wider := range widened(q) {
				add(QueryPart{query: wider})
			}
		case Wild:
			if len(alone) > 1 {
				add(QueryPart{query: q})
			}
			if pattern := newWildPattern(q.Text); len(pattern.Pieces) > 1 {
				for _, piece := range pattern.Pieces {
					add(QueryPart{query: Run{piece}})
				}
			}
		default:
			if len(alone) > 1 {
				add(QueryPart{query: q})
			}
		}
	}
	if len(alone) > 1 || len(conditions)+len(request.Filters) > 0 && len(alone) > 0 {
		if len(parts) > 1 {
			add(QueryPart{query: rest})
		}
	}
	for _, condition := range append(conditions, request.Filters...) {
		add(QueryPart{condition: &condition})
	}
	return parts
}

// widened are the steps from connectors to what stands anywhere: each term, all of them, and all in one paragraph.
func widened(q Near) []Query {
	all := slices.Clone(q.Of)
	wide := Near{Of: q.Of, By: slices.Repeat([]Connector{{Scope: ScopeParagraph}}, len(q.By))}
	all = append(all, newAnd(q.Of))
	if !slices.Equal(wide.By, q.By) {
		all = append(all, wide)
	}
	return all
}

// Why says what each part of a query that finds nothing finds by itself, as count tells.
func Why(request Request, words Segmenter, count func(part Request) (total int, err error)) ([]Found, error) {
	var why []Found
	for _, part := range Parts(request, words) {
		total, err := count(part.Request())
		if err != nil {
			return nil, err
		}
		why = append(why, Found{Part: part.String(), Total: total})
	}
	return why, nil
}
