package cluster

import (
	"slices"
	"strings"
	"unicode"

	"gongwen/analyzers"
	"gongwen/search"
)

// errUnknown is what a query gets with an operator that this engine does not have.
func errUnknown(q search.Query) error {
	return &search.QueryError{
		Param: "q", Value: q.String(), Message: "存放在 OpenSearch 集群上时，还不能用连接符（/s、/p、/n 等）和通配符（*、?）检索。",
		Hint: "请改用词、引号和 AND、OR、NOT。",
	}
}

// known refuses what this engine does not understand: no answer is better than a wrong one.
func known(q search.Query) error {
	of := []search.Query{}
	switch q := q.(type) {
	case nil, search.Run, search.Words, search.Like:
	case search.Where:
		return knownCondition(q.Condition)
	case search.Boosted:
		of = []search.Query{q.Of}
	case search.And:
		of = q.Of
	case search.Or:
		of = q.Of
	case search.Not:
		of = []search.Query{q.Of}
	default:
		return errUnknown(q)
	}
	for _, part := range of {
		if err := known(part); err != nil {
			return err
		}
	}
	return nil
}

// knownCondition refuses wildcards in the words of a title or heading.
func knownCondition(c search.Condition) error {
	filters := search.Compile(search.Request{Filters: []search.Condition{c}}, noWords{}).Filters[c.Field]
	for i := range filters {
		if slices.ContainsFunc(filters[i].Terms(), func(t search.Term) bool { return t.Form() != nil }) {
			return errUnknown(search.Where{Condition: c})
		}
	}
	return nil
}

// noWords takes a text for one word.
type noWords struct{}

func (noWords) Cut(folded string) []analyzers.Word {
	if folded == "" {
		return nil
	}
	return []analyzers.Word{{Text: folded, Start: 0, End: len(folded)}}
}

// onlyTerms reports whether everything that a query finds holds a term of it: it has no NOT, and conditions as filters only.
func onlyTerms(q search.Query) bool {
	rest, _ := search.SplitConditions(q)
	var only func(search.Query) bool
	only = func(q search.Query) bool {
		switch q := q.(type) {
		case search.Run:
			return analyzers.FoldQuery(q.Text) != ""
		case search.Words: // what is punctuation alone is no word
			return strings.ContainsFunc(analyzers.FoldQuery(q.Text), func(r rune) bool {
				return unicode.IsLetter(r) || unicode.IsNumber(r)
			})
		case search.Like:
			return true
		case search.Boosted:
			return only(q.Of)
		case search.And:
			return slices.ContainsFunc(q.Of, only)
		case search.Or:
			return !slices.ContainsFunc(q.Of, func(q search.Query) bool { return !only(q) })
		}
		return false
	}
	return only(rest)
}

// hasLike reports whether a query asks for what is like a document.
func hasLike(q search.Query) bool {
	switch q := q.(type) {
	case search.Like:
		return true
	case search.And:
		return slices.ContainsFunc(q.Of, hasLike)
	case search.Or:
		return slices.ContainsFunc(q.Of, hasLike)
	case search.Not:
		return hasLike(q.Of)
	case search.Boosted:
		return hasLike(q.Of)
	}
	return false
}
