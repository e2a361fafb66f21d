package followup

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"gongwen"
	"gongwen/analyzers"
)

// promised is a promise as its terms tell it. Its terms are numbered from 1; 0 stands for all others.
type promised struct {
	trail   *Trail
	terms   []promisedTerm
	numbers map[string]int32 // of terms
	clauses []clause         // the whole promise first, then its clauses, then the members of its lists
	amounts []string         // 68个, 90%
	unit    string           // of its goal
	cites   []string         // folded titles in 《》
}

type promisedTerm struct {
	text    string
	common  float64 // its weight in the documents of the body
	weight  float64 // and in this promise, where it tells most
	bound   float64 // the most that it adds to the score of a passage
	plain   bool    // in one of the clauses
	telling bool    // no boilerplate: a passage about the promise holds one
	part    int     // the last one that holds it
}

// clause is a part of a promise that a passage may tell of alone.
type clause struct {
	terms  []int32
	total  float64 // the weight of its terms
	object float64 // of those that are no names of fields
	factor float64 // how much of the promise it is
}

// scope is where a promise holds, not what it is: 围绕劳动用工、广告宣传等领域编制合规指引.
var scope = regexp.MustCompile(`(?:围绕|聚焦|针对|覆盖)[^,。;]*(?:领域|方面|环节|行业)`)

// purpose begins a clause that says what an act is for: 缓解基层执法力量不足问题.
var purpose = regexp.MustCompile(`^(?:缓解|防止|避免|杜绝|打破|满足|方便)`)

const (
	partFactor   = 0.85 // a clause alone tells less than the whole
	memberFactor = 0.7  // and a member of a list less than its clause
	leastObject  = 0.5  // weight of what is no name of a field
	maxPromise   = 3000 // bytes of a promise that are read
)

func (t *Trail) promised(c gongwen.Commitment) *promised {
	text := c.Span.Cut(t.own.document.Text)
	folded := analyzers.Fold(strings.ToValidUTF8(text[:min(len(text), maxPromise)], ""))
	p := &promised{trail: t, terms: make([]promisedTerm, 1), numbers: map[string]int32{}}
	p.amounts, _ = quantities(folded)
	if c.Goal != nil {
		p.unit = c.Goal.Unit
	}
	for _, cited := range c.Cites {
		if cited.Title != "" {
			p.cites = append(p.cites, "《"+analyzers.Fold(cited.Title)+"》")
		}
	}
	folded = scope.ReplaceAllString(folded, "")
	parts := 1
	part := func(text string, factor float64) {
		p.part(text, factor, parts)
		parts++
	}
	part(folded, 1)
	if len(p.clauses) == 0 {
		return p
	}
	for _, text := range strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(",。;\n", r) }) {
		if purpose.MatchString(text) && parts > 2 {
			continue // the act stands before it
		}
		part(text, partFactor)
		if members := strings.Split(text, "、"); len(members) > 1 {
			for _, m := range members {
				part(m, memberFactor)
			}
		}
	}
	for i := range p.clauses {
		c := &p.clauses[i]
		for _, n := range c.terms {
			p.terms[n].bound = max(p.terms[n].bound, p.terms[n].weight/c.total*c.factor)
		}
	}
	return p
}

// part adds a clause where it tells enough. number tells it from the other parts.
func (p *promised) part(text string, factor float64, number int) {
	c := clause{factor: factor}
	for _, term := range p.trail.finder.terms(text) {
		n := p.number(term.text)
		known := &p.terms[n]
		if known.part == number {
			continue
		}
		known.part = number
		w := known.common * term.factor
		if term.plain {
			c.object += w
			known.plain = true
		}
		known.weight = max(known.weight, w)
		if factor == 1 && term.factor >= fieldFactor {
			known.telling = true
		}
		c.total += w
		c.terms = append(c.terms, n)
	}
	if len(c.terms) > 1 && (factor > memberFactor || c.object >= 2*leastObject) {
		p.clauses = append(p.clauses, c)
	}
}

func (p *promised) number(text string) int32 {
	n, ok := p.numbers[text]
	if !ok {
		n = int32(len(p.terms))
		p.numbers[text] = n
		p.terms = append(p.terms, promisedTerm{text: text, common: p.trail.weight(text)})
	}
	return n
}

// weight of a term is the rarer it is in the documents of the body the greater: what stands in every report tells nothing.
func (t *Trail) weight(term string) float64 {
	n, holding := len(t.own.passages), len(t.own.holding(term))
	for _, r := range t.later {
		n += len(r.passages)
		holding += len(r.holding(term))
	}
	all := float64(n) + 1
	return math.Log(1+all/(float64(holding)+0.5)) / math.Log(1+all/0.5)
}

// whole is the clause of the whole promise, without terms where it tells too little.
func (p *promised) whole() *clause {
	if len(p.clauses) == 0 {
		return &clause{}
	}
	return &p.clauses[0]
}

// shares reports whether a sorted list holds one of the others.
func shares(sorted []string, others ...string) bool {
	return slices.ContainsFunc(others, func(s string) bool {
		_, ok := slices.BinarySearch(sorted, s)
		return ok
	})
}
