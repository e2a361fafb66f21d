package search

import (
	"slices"
	"strings"

	"gongwen"
	"gongwen/analyzers"
)

// Segmenter cuts folded text into words; analyzers.Words is one.
type Segmenter interface {
	Cut(folded string) []analyzers.Word
}

// Plan is a request in the form in which every engine carries it out, so that all read a query alike.
type Plan struct {
	Terms   []Term
	Filters map[Field][]Filter // values of one field are joined by OR, fields by AND

	Grams   []Gram  // what ranking looks for beside the terms
	Aliases []Alias // other names for terms

	Preferences []Preference // conditions that lift what they accept

	conjuncts []node // of the query without its filters
	positive  []bool // by term: whether it is looked for, and so marked
	relaxable []int  // the terms of conjuncts that may be left out; nil where none may

	light     []float64 // by term: the part of its weight that it keeps
	weights   []float64 // by term, once a scorer weighed them
	boosts    []float64 // by term: what its weight is multiplied by; 0 for nothing said
	worth     []float64 // by term: what a place counts, in units of its weight
	covers    []int     // by term: the characters of a title that it covers beside grams
	aliasesOf [][]int   // by term
	also      []Also
}

// Filter is a condition in the form in which it is tested.
type Filter struct {
	Condition
	terms []Term // of a title or heading
}

// Preference is a condition that does not filter: it lifts what it accepts in the order of relevance.
type Preference struct {
	Filter
	By float64
}

// Terms are what a title or heading must hold for the filter to accept it; nil for other fields.
func (f Filter) Terms() []Term { return f.terms }

// node is a part of the query over the terms of the plan.
type node interface{ accept(t Test) bool }

type (
	termNode  int
	whereNode struct{ filter Filter }
	andNode   []node
	orNode    []node
	notNode   struct{ of node }
)

// Test answers for one document, or one section of it, what a plan asks.
type Test interface {
	Holds(term int) bool    // in the part of the document that counts
	Anywhere(term int) bool // in the document as a whole: what a NOT asks
	Accepts(Filter) bool    // by the document
}

func (n termNode) accept(t Test) bool  { return t.Holds(int(n)) }
func (n whereNode) accept(t Test) bool { return t.Accepts(n.filter) }
func (n notNode) accept(t Test) bool   { return !n.of.accept(anywhere{t}) }

func (n andNode) accept(t Test) bool {
	return !slices.ContainsFunc(n, func(of node) bool { return !of.accept(t) })
}

func (n orNode) accept(t Test) bool {
	return slices.ContainsFunc(n, func(of node) bool { return of.accept(t) })
}

type anywhere struct{ Test }

func (a anywhere) Holds(term int) bool { return a.Anywhere(term) }

// Compile makes a plan of a request.
func Compile(request Request, words Segmenter) *Plan {
	c := compiler{plan: &Plan{Filters: map[Field][]Filter{}}, words: words, index: map[string]int{}}
	query, conditions := SplitConditions(request.Query)
	for _, condition := range slices.Concat(request.Filters, conditions) {
		if filters := c.plan.Filters[condition.Field]; !slices.ContainsFunc(filters, func(f Filter) bool { return f.Condition == condition }) {
			c.plan.Filters[condition.Field] = append(filters, c.filter(condition))
		}
	}
	strict := request.Match == MatchAll
	for _, part := range conjuncts(query) {
		compiled := c.node(part, true)
		if all, ok := compiled.(andNode); ok {
			c.plan.conjuncts = append(c.plan.conjuncts, all...)
		} else if compiled != nil {
			c.plan.conjuncts = append(c.plan.conjuncts, compiled)
		}
	}
	for _, term := range c.plan.Terms {
		strict = strict || term.Quoted || term.Required || term.form != nil
	}
	if !strict {
		for _, conjunct := range c.plan.conjuncts {
			if term, ok := conjunct.(termNode); ok && !slices.Contains(c.plan.relaxable, int(term)) {
				c.plan.relaxable = append(c.plan.relaxable, int(term))
			}
		}
	}
	c.finish(c.plan.relaxable != nil, request.NoAliases)
	if len(c.plan.relaxable) == 1 && len(c.plan.Aliases) == 0 {
		c.plan.relaxable = nil
	}
	return c.plan
}

type compiler struct {
	plan  *Plan
	words Segmenter
	index map[string]int // of terms by their key

	stretches []stretch // unquoted and looked for
	boost     float64   // of the part that is compiled; 0 for none
}

func (c *compiler) node(q Query, positive bool) node {
	switch q := q.(type) {
	case Run:
		text := analyzers.FoldQuery(q.Text)
		if text == "" {
			return nil
		}
		return c.term(newRun(text), positive)
	case Words:
		s := newStretch(c.words, q.Text)
		all := make(andNode, len(s.words))
		for i, word := range s.words {
			term := c.term(newWord(word, q.Required), positive)
			all[i] = term
			s.terms = append(s.terms, int(term))
		}
		if positive {
			c.stretches = append(c.stretches, s)
		}
		switch len(all) {
		case 0:
			return nil
		case 1:
			return all[0]
		}
		return all
	case similar:
		return c.like(q, positive)
	case Like:
		return likeNode{plan: c.plan} // nothing is like a document that nobody found
	case Near, Wild:
		if term, ok := newFormTerm(q); ok {
			return c.term(term, positive)
		}
	case Boosted:
		if where, ok := q.Of.(Where); ok {
			if positive {
				c.plan.Preferences = append(c.plan.Preferences, Preference{c.filter(where.Condition), q.By})
			}
			return nil
		}
		outer := c.boost
		c.boost = q.By
		of := c.node(q.Of, positive)
		c.boost = outer
		return of
	case Where:
		return whereNode{c.filter(q.Condition)}
	case And:
		if all := c.nodes(q.Of, positive); len(all) > 0 {
			return andNode(all)
		}
	case Or:
		if any := c.nodes(q.Of, positive); len(any) > 0 {
			return orNode(any)
		}
	case Not:
		if of := c.node(q.Of, !positive); of != nil {
			return notNode{of}
		}
	}
	return nil
}

func (c *compiler) nodes(of []Query, positive bool) []node {
	var nodes []node
	for _, q := range of {
		if n := c.node(q, positive); n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// term returns the node of a term; equal terms are one.
func (c *compiler) term(t Term, positive bool) termNode {
	key := t.String()
	i, ok := c.index[key]
	if !ok {
		i = len(c.plan.Terms)
		c.index[key] = i
		c.plan.Terms = append(c.plan.Terms, t)
		c.plan.positive = append(c.plan.positive, false)
		c.plan.boosts = append(c.plan.boosts, c.boost)
	}
	c.plan.boosts[i] = max(c.plan.boosts[i], c.boost)
	c.plan.Terms[i].Required = c.plan.Terms[i].Required || t.Required
	c.plan.positive[i] = c.plan.positive[i] || positive
	return termNode(i)
}

func (c *compiler) filter(condition Condition) Filter {
	f := Filter{Condition: condition}
	if condition.Field == FieldTitle || condition.Field == FieldHeading {
		if condition.Exact {
			f.terms = []Term{newRun(analyzers.FoldQuery(condition.Value))}
		} else {
			f.terms = filterTerms(c.words, condition.Value)
		}
	}
	return f
}

// functionWords are characters that join others and are not looked for beside real words.
const functionWords = "的了和与及在是之于"

// wordTerms are the terms of an unquoted stretch.
func wordTerms(words Segmenter, text string) []Term {
	s := newStretch(words, text)
	terms := make([]Term, len(s.words))
	for i, word := range s.words {
		terms[i] = newWord(word, false)
	}
	return terms
}

// filterTerms are the terms of an unquoted title or heading, in which wildcards may stand.
func filterTerms(words Segmenter, text string) []Term {
	var terms []Term
	for text != "" {
		part, size, wild := cutWild(text)
		text = text[size:]
		if term, ok := newFormTerm(Wild{part}); wild && ok && len(term.form.Operands[0][0].Gaps) <= maxGaps {
			terms = append(terms, term)
		} else if !wild && strings.ContainsFunc(part, isWordRune) {
			terms = append(terms, wordTerms(words, part)...)
		}
	}
	return terms
}

// newStretch cuts an unquoted stretch into the words that are looked for. Single characters that stand next to each other
// are a word that no dictionary knows, such as a name.
func newStretch(words Segmenter, text string) stretch {
	folded := analyzers.FoldQuery(text)
	cut := words.Cut(folded)
	var kept []analyzers.Word
	for _, word := range cut {
		if strings.Contains(functionWords, word.Text) {
			continue
		}
		if n := len(kept); n > 0 && kept[n-1].End == word.Start && isSingle(word) && allHan(kept[n-1].Text) && len(kept[n-1].Parts) == 0 &&
			(isSingle(kept[n-1]) || merged(kept[n-1], cut)) {
			kept[n-1] = analyzers.Word{Text: folded[kept[n-1].Start:word.End], Start: kept[n-1].Start, End: word.End}
			continue
		}
		kept = append(kept, word)
	}
	if len(kept) == 0 {
		kept = cut
	}
	return stretch{text: folded, words: joinNames(folded, slices.Clone(kept), namesOf(words))}
}

func isSingle(word analyzers.Word) bool {
	return len(word.Text) > 0 && len([]rune(word.Text)) == 1 && allHan(word.Text)
}

// merged reports whether a word was put together here: the analyzer's own words are among cut.
func merged(word analyzers.Word, cut []analyzers.Word) bool {
	return !slices.ContainsFunc(cut, func(w analyzers.Word) bool { return w.Start == word.Start && w.End == word.End })
}

// Accepts reports whether a document, or section, passes the whole query without its filters.
func (p *Plan) Accepts(t Test) bool {
	return andNode(p.conjuncts).accept(t)
}

// Relaxable returns the terms that may be left out, or nil where every part must hold.
func (p *Plan) Relaxable() []int { return p.relaxable }

// AcceptsRest is Accepts with every relaxable term taken to be held.
func (p *Plan) AcceptsRest(t Test) bool {
	return andNode(p.conjuncts).accept(given{t, p.relaxable})
}

type given struct {
	Test
	terms []int
}

func (g given) Holds(term int) bool {
	return slices.Contains(g.terms, term) || g.Test.Holds(term)
}

// Positive reports whether a term is looked for, not only excluded.
func (p *Plan) Positive(term int) bool { return p.positive[term] }

// Words returns the terms as they are shown to the asker.
func (p *Plan) Words() []string {
	words := []string{}
	for i := range p.Terms {
		if p.positive[i] {
			words = append(words, p.Terms[i].String())
		}
	}
	return words
}

// date reports whether a date lies in the range that the filter asks for.
func (f Filter) date(d gongwen.Date) bool {
	if f.Value == Unknown || d == "" {
		return f.Value == Unknown && d == ""
	}
	return inRange(string(d), f.Value)
}

// Accepts reports whether the document has the value that the filter asks for. Topic and role are accepted if any
// section has them; engines that restrict sections ask AcceptsSection.
func (f Filter) Accepts(d *gongwen.Document) bool {
	switch f.Field {
	case FieldID:
		return d.ID == f.Value
	case FieldYear:
		if f.Value == Unknown || d.Year == 0 {
			return f.Value == Unknown && d.Year == 0
		}
		return inRange(yearText(d.Year), f.Value)
	case FieldPublished:
		return f.date(d.Published)
	case FieldEffective:
		return f.date(d.Effective)
	case FieldExpires:
		return f.date(d.Expires)
	case FieldDepartment:
		return f.text(d.Department()) || !f.Exact && f.text(d.Source)
	case FieldKind:
		return f.text(d.Kind)
	case FieldStatus:
		return f.text(d.Status)
	case FieldRegion:
		if f.Value == Unknown || d.Region == "" {
			return f.Value == Unknown && d.Region == ""
		}
		return withinRegion(d.Region, f.Value)
	case FieldNumber:
		return sameNumber(d.Number, f.Value)
	case FieldCites:
		return slices.ContainsFunc(d.Cites, func(c gongwen.Citation) bool {
			return sameNumber(c.Number, f.Value) || c.Title != "" && strings.Contains(analyzers.Fold(c.Title), analyzers.FoldQuery(f.Value))
		})
	case FieldTitle:
		return f.holds(d.Title)
	case FieldHeading, FieldTopic, FieldRole:
		found := false
		gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) {
			found = found || f.AcceptsSection(s)
		})
		return found
	}
	return false
}

// AcceptsSection reports whether the section has the topic, role or heading that the filter asks for.
func (f Filter) AcceptsSection(s *gongwen.Section) bool {
	switch f.Field {
	case FieldTopic:
		return FacetText(string(s.Topic)) == f.Value
	case FieldRole:
		return FacetText(string(s.Role)) == f.Value
	case FieldHeading:
		return f.holds(s.Name())
	}
	return true
}

// text compares a text field.
func (f Filter) text(value string) bool {
	if f.Exact {
		return FacetText(value) == f.Value || value != "" && analyzers.Fold(value) == analyzers.Fold(f.Value)
	}
	return value != "" && strings.Contains(analyzers.Fold(value), analyzers.FoldQuery(f.Value))
}

// holds reports whether the text holds every term of the filter.
func (f Filter) holds(text string) bool {
	text = analyzers.Fold(text)
	return len(f.terms) > 0 && !slices.ContainsFunc(f.terms, func(t Term) bool { return !t.Holds(text) })
}
