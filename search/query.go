package search

import (
	"slices"
	"strings"

	"gongwen"
)

// Query is a closed tree: Run, Words, Wild, Near, Like, Where, Boosted, And, Or, Not. Parse makes one of a string, String gives it back, and
// Parse(q.String()) equals q for every q that Parse returned. A nil Query matches everything.
type Query interface {
	String() string
	node()
}

// Run is a quoted run of characters: exactly that run after folding, wherever it stands.
type Run struct{ Text string }

// Words is an unquoted stretch without white space; the analyzer cuts it into words when it is looked for.
type Words struct {
	Text     string
	Required bool // +word: never left out
}

// Where is a condition on a field.
type Where struct{ Condition }

// And asks for all of at least two queries, none of them an And.
type And struct{ Of []Query }

// Or asks for any of at least two queries, none of them an Or.
type Or struct{ Of []Query }

// Not excludes what a query finds; it holds no Not.
type Not struct{ Of Query }

func (Run) node()   {}
func (Words) node() {}
func (Where) node() {}
func (And) node()   {}
func (Or) node()    {}
func (Not) node()   {}

func (q Run) String() string { return quote(q.Text) }

func (q Words) String() string {
	text := q.Text
	if strings.HasPrefix(text, "〔") {
		text = "(" + text + ")" // or what stands before would be read as the issuer of the document number
	}
	if q.Required {
		return "+" + text
	}
	return text
}

func (q And) String() string {
	joined := ""
	for i, of := range q.Of {
		part := bracket(of)
		switch {
		case i == 0:
			joined = part
			continue
		case makesNumber(joined, part):
			part = "(" + part + ")"
		}
		joined += " " + part
	}
	return joined
}

// makesNumber reports whether a part behind others would be read as the end of a document number: 号 behind 发(2018)11.
func makesNumber(before, part string) bool {
	return slices.ContainsFunc(gongwen.FindDocNumbers(before+" "+part), func(n gongwen.FoundNumber) bool {
		return n.Span.Start < len(before) && n.Span.End > len(before)+1
	})
}

func (q Or) String() string {
	parts := make([]string, len(q.Of))
	for i, part := range q.Of {
		parts[i] = part.String() // juxtaposition binds tighter: no brackets
	}
	return strings.Join(parts, " OR ")
}

func (q Not) String() string {
	switch q.Of.(type) {
	case And, Near:
		return "-(" + q.Of.String() + ")"
	}
	return "-" + bracket(q.Of)
}

// bracket writes q so that it stands as one term among others.
func bracket(q Query) string {
	if _, ok := q.(Or); ok {
		return "(" + q.String() + ")"
	}
	return q.String()
}

// quote writes text so that Parse reads it as one run.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// newAnd, newOr and newNot keep the tree in its one form.
func newAnd(of []Query) Query {
	var flat []Query
	for _, q := range of {
		if and, ok := q.(And); ok {
			flat = append(flat, and.Of...)
		} else if q != nil {
			flat = append(flat, q)
		}
	}
	switch len(flat) {
	case 0:
		return nil
	case 1:
		return flat[0]
	}
	return And{flat}
}

func newOr(of []Query) Query {
	var flat []Query
	for _, q := range of {
		if or, ok := q.(Or); ok {
			flat = append(flat, or.Of...)
		} else if q != nil {
			flat = append(flat, q)
		}
	}
	switch len(flat) {
	case 0:
		return nil
	case 1:
		return flat[0]
	}
	return Or{flat}
}

func newNot(of Query) Query {
	if not, ok := of.(Not); ok {
		return not.Of
	}
	return Not{of}
}

// conjuncts returns the parts of q that must all hold.
func conjuncts(q Query) []Query {
	switch q := q.(type) {
	case nil:
		return nil
	case And:
		return q.Of
	}
	return []Query{q}
}

// SplitConditions parts a query into what must be found and the conditions that stand beside it. Such a condition is a
// filter: those of one field are joined by OR, and the field's facet ignores it. A condition inside OR or NOT is none.
func SplitConditions(q Query) (rest Query, conditions []Condition) {
	var others []Query
	for _, part := range conjuncts(q) {
		if where, ok := part.(Where); ok {
			conditions = append(conditions, where.Condition)
		} else {
			others = append(others, part)
		}
	}
	return newAnd(others), conditions
}
