package search

import (
	"context"
	"slices"
)

// VariantKind says in what a variant differs from the request that it was made of.
type VariantKind string

// The kinds of variants.
const (
	VariantWithout  VariantKind = "without"  // a part of the query is left out
	VariantUnfilter VariantKind = "unfilter" // a filter, or all of them, are taken off
	VariantUnquoted VariantKind = "unquoted" // quotation marks are taken off
	VariantAny      VariantKind = "any"      // any of the parts will do
	VariantLoose    VariantKind = "loose"    // words may be lacking, or stand in different sections
	VariantSpelling VariantKind = "spelling" // a word that one may have meant
)

// Variant is a request that asks for more than another, or for something a little different.
type Variant struct {
	Kind    VariantKind
	Part    string  // what was left out or taken off, or the whole query where it is another; as one types it
	Dropped []int   // the filters of the first request that were taken off, by their places
	Request Request // from the first page
	Total   int     // hits, once it was counted
}

// Bounds of the searches that explain an empty answer.
const (
	maxVariants = 16
	maxLeftOut  = 8 // parts of a query up to which each is left out by turns
)

// Variants returns the requests that are most like one that finds nothing and may find something: the nearest first.
func Variants(r Request) []Variant {
	r.Cursor = ""
	v := variants{of: r, seen: map[string]bool{r.Hash(): true}}
	for i := range r.Filters {
		v.unfilter([]int{i})
	}
	if n := len(r.Filters); n > 1 {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		v.unfilter(all)
	}
	parts := conjuncts(r.Query)
	for i, part := range parts {
		if len(parts) > 1 && len(parts) <= maxLeftOut {
			v.query(VariantWithout, part.String(), newAnd(slices.Delete(slices.Clone(parts), i, i+1)))
		}
	}
	if unquoted := unquote(r.Query); unquoted != nil {
		v.query(VariantUnquoted, unquoted.String(), unquoted)
	}
	loose := r
	loose.Match, loose.Unit = MatchMost, UnitDocument
	if loose.Query = unrequire(r.Query); loose.Query != nil {
		v.add(Variant{Kind: VariantLoose, Part: loose.Query.String(), Request: loose})
	}
	if wanted := slices.DeleteFunc(slices.Clone(parts), isNarrowing); len(wanted) > 1 {
		rest := slices.DeleteFunc(slices.Clone(parts), func(q Query) bool { return !isNarrowing(q) })
		any := newAnd(append([]Query{newOr(wanted)}, rest...))
		v.query(VariantAny, any.String(), any)
	}
	v.all()
	return v.list
}

// all takes off at once whatever narrows.
func (v *variants) all() {
	request := Request{Match: MatchMost, Sort: v.of.Sort, Unit: UnitDocument, Size: v.of.Size, Facets: v.of.Facets, NoAliases: v.of.NoAliases}
	rest, _ := SplitConditions(v.of.Query)
	if unquoted := unquote(rest); unquoted != nil {
		rest = unquoted
	}
	if request.Query = unrequire(rest); request.Query == nil {
		return
	}
	dropped := make([]int, len(v.of.Filters))
	for i := range dropped {
		dropped[i] = i
	}
	v.add(Variant{Kind: VariantLoose, Part: request.Query.String(), Dropped: dropped, Request: request})
}

type variants struct {
	of   Request
	seen map[string]bool // by hash of the request
	list []Variant
}

func (v *variants) add(variant Variant) {
	if key := variant.Request.Hash(); !v.seen[key] && len(v.list) < maxVariants {
		v.seen[key] = true
		v.list = append(v.list, variant)
	}
}

func (v *variants) query(kind VariantKind, part string, q Query) {
	request := v.of
	request.Query = q
	v.add(Variant{Kind: kind, Part: part, Request: request})
}

func (v *variants) unfilter(dropped []int) {
	request := v.of
	request.Filters = nil
	part := ""
	for i, condition := range v.of.Filters {
		if !slices.Contains(dropped, i) {
			request.Filters = append(request.Filters, condition)
			continue
		}
		if part != "" {
			part += " "
		}
		part += condition.String()
	}
	v.add(Variant{Kind: VariantUnfilter, Part: part, Dropped: dropped, Request: request})
}

// isNarrowing reports whether a part only narrows what others find.
func isNarrowing(q Query) bool {
	switch q := q.(type) {
	case Where, Not:
		return true
	case Boosted: // a condition that is preferred finds nothing by itself
		return isWhere(q.Of)
	}
	return false
}

// unquote takes the quotation marks off every run; nil where there are none.
func unquote(q Query) Query {
	changed := false
	unquoted := rewrite(q, func(q Query) Query {
		run, ok := q.(Run)
		if !ok {
			return q
		}
		words, _, err := Parse(run.Text)
		if err != nil || words == nil {
			return q
		}
		changed = true
		return words
	})
	if !changed {
		return nil
	}
	return unquoted
}

// unrequire lets every word be lacking that must not be.
func unrequire(q Query) Query {
	return rewrite(q, func(q Query) Query {
		if words, ok := q.(Words); ok {
			words.Required = false
			return words
		}
		return q
	})
}

// rewrite makes a query of another by its runs, words and conditions. What is excluded stays.
func rewrite(q Query, leaf func(Query) Query) Query {
	each := func(of []Query) []Query {
		all := make([]Query, len(of))
		for i, q := range of {
			all[i] = rewrite(q, leaf)
		}
		return all
	}
	switch q := q.(type) {
	case nil:
		return nil
	case And:
		return newAnd(each(q.Of))
	case Or:
		return newOr(each(q.Of))
	case Boosted:
		of := rewrite(q.Of, leaf)
		if of == nil {
			return nil
		}
		return Boosted{of, q.By}
	case Run, Words, Where:
		return leaf(q)
	}
	return q
}

// Count asks what each variant finds and keeps those that find something: the total is the one that its request gets.
func Count(ctx context.Context, searcher Searcher, variants []Variant) ([]Variant, error) {
	var found []Variant
	for _, v := range variants {
		result, err := count(ctx, searcher, v.Request)
		if err != nil {
			return found, err
		}
		if v.Total = result.Total; v.Total > 0 {
			found = append(found, v)
		}
	}
	return found, nil
}

func count(ctx context.Context, searcher Searcher, r Request) (*Result, error) {
	r.Size, r.Cursor, r.Explain, r.OnlyCount = -1, "", false, true
	return searcher.Search(ctx, r)
}

// What other spellings may cost.
const (
	fewHits      = 3 // hits with every word below which a query may have been mistyped
	fewWords     = 5 // words up to which one looks for what was meant by one of them
	maxSpelled   = 6 // spellings that are asked for
	maxSpellings = 3 // and offered
)

// IsDoubtful reports whether the query of an answer may have been mistyped: nothing holds every word of it, or almost nothing.
// What was quoted, or asked in many words, is taken to be meant.
func IsDoubtful(r Request, answer *Result) bool {
	if answer.Offset > 0 || r.Query == nil || answer.All >= fewHits || len(answer.Words) > fewWords && answer.Total > 0 {
		return false
	}
	if len(answer.Also) > 0 && answer.Total > 0 {
		return false // it is found by another name
	}
	return answer.All == 0 || unquote(r.Query) == nil
}

// Respelled asks what other queries find in place of the one of a request whose answer is doubtful, and returns those that more
// documents, or sections, hold whole: the first few in their order.
func Respelled(ctx context.Context, searcher Searcher, r Request, answer *Result, queries []Query) ([]Variant, error) {
	var found []Variant
	for _, q := range queries[:min(len(queries), maxSpelled)] {
		other := r
		other.Query, other.Cursor = q, ""
		result, err := count(ctx, searcher, other)
		if err != nil {
			return found, err
		}
		if result.All <= answer.All {
			continue
		}
		found = append(found, Variant{Kind: VariantSpelling, Part: q.String(), Request: other, Total: result.Total})
		if len(found) == maxSpellings {
			break
		}
	}
	return found, nil
}
