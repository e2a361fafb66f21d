package followup

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// promised is a promise as its terms tell it.
type promised struct {
	trail   *Trail
	clauses []clause // the whole promise first, then its clauses, then the members of its lists
	weights map[string]float64
	numbers map[string]bool // 68个, 90%
	unit    string          // of its goal
	cites   []string        // folded titles
}

// clause is a part of a promise that a passage may tell of alone.
type clause struct {
	terms  []string
	total  float64 // the weight of its terms
	object float64 // of those that are no names of fields
	factor float64 // how much of the promise it is
}

// scope is where a promise holds, not what it is: 围绕劳动用工、广告宣传等领域编制合规指引.
var scope = regexp.MustCompile(`(?:围绕|聚焦|针对|覆盖)[^,。;]*(?:领域|方面|环节|行业)`)

const (
	partFactor   = 0.85 // a clause alone tells less than the whole
	memberFactor = 0.7  // and a member of a list less than its clause
	fieldFactor  = 0.4  // names of fields weigh less than what is done there
	aroundFactor = 0.5  // terms in a heading above a passage weigh less than those in it
	unitBonus    = 0.08
	numberBonus  = 0.12
	citeScore    = 0.9
	enough       = 0.42 // of the weight of a promise or of one of its clauses
	shown        = 0.3
	leastObject  = 0.75 // weight of what is no name of a field
	objectShare  = 0.3
	fieldShare   = 0.7 // of a promise that names nothing but a field
	maxPassages  = 5
)

func (t *Trail) promised(c gongwen.Commitment) promised {
	folded := analyzers.Fold(c.Span.Cut(t.own.Text))
	p := promised{trail: t, weights: map[string]float64{}}
	p.numbers, _ = quantities(folded)
	if c.Goal != nil {
		p.unit = c.Goal.Unit
	}
	for _, cited := range c.Cites {
		if cited.Title != "" {
			p.cites = append(p.cites, analyzers.Fold(cited.Title))
		}
	}
	folded = scope.ReplaceAllString(folded, "")
	p.part(folded, 1)
	for _, text := range strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(",。;\n", r) }) {
		p.part(text, partFactor)
		if members := strings.Split(text, "、"); len(members) > 1 {
			for _, m := range members {
				p.part(m, memberFactor)
			}
		}
	}
	return p
}

// part adds a clause where it tells enough.
func (p *promised) part(text string, factor float64) {
	c := clause{factor: factor}
	seen := map[string]bool{}
	for _, term := range p.trail.finder.terms(text) {
		if seen[term.text] {
			continue
		}
		seen[term.text] = true
		w := p.trail.common.weight(term.text)
		if !term.plain {
			w *= fieldFactor
		} else {
			c.object += w
		}
		if known, ok := p.weights[term.text]; !ok || known < w {
			p.weights[term.text] = w
		}
		c.total += w
		c.terms = append(c.terms, term.text)
	}
	if len(c.terms) > 1 && (factor > memberFactor || c.object >= 2*leastObject) {
		p.clauses = append(p.clauses, c)
	}
}

// score is how much of the promise's weight the passage holds, from 0 to 1, and the terms that both hold.
func (p *promised) score(q *passage) (float64, []string) {
	best := 0.0
	var terms []string
	for i := range p.clauses {
		if s, both := p.clauseScore(&p.clauses[i], q); s > best {
			best, terms = s, both
		}
	}
	if best > 0 {
		if p.unit != "" && q.units[p.unit] {
			best += unitBonus
		}
		for n := range p.numbers {
			if q.numbers[n] {
				best += numberBonus
				break
			}
		}
	}
	for _, title := range p.cites {
		if strings.Contains(q.folded, "《"+title+"》") {
			best = max(best, citeScore)
		}
	}
	return min(1, best), terms
}

func (p *promised) clauseScore(c *clause, q *passage) (float64, []string) {
	held, object, inside := 0.0, 0.0, 0.0
	var both []string
	for _, t := range c.terms {
		w := p.weights[t]
		plain := !q.field[t]
		switch {
		case q.terms[t]:
			held += w
			inside += w
			both = append(both, t)
			if plain {
				object += w
			}
		case q.around[t]:
			held += aroundFactor * w
			if plain {
				object += aroundFactor * w
			}
		}
	}
	if inside == 0 {
		return 0, nil
	}
	s := held / c.total * c.factor
	if c.object >= leastObject {
		if object < leastObject || object < objectShare*c.object {
			return min(s, enough-0.01), both
		}
		return s, both
	}
	// It names a field only: as a share or a number of things it may still be told.
	if held < fieldShare*c.total || !p.counts(q) {
		return min(s, enough-0.01), both
	}
	return s, both
}

// counts reports whether the passage counts what the promise counts.
func (p *promised) counts(q *passage) bool {
	if p.unit != "" {
		return q.units[p.unit]
	}
	return q.units["名"] || q.units["%"] || q.units["人"] || q.units["个"]
}

// words are the stretches of the passage that the terms make up, those that weigh most first.
func (p *promised) words(q *passage, terms []string) []string {
	held := map[string]bool{}
	for _, t := range terms {
		held[t] = true
	}
	weights := map[string]float64{}
	start, end, weight := -1, -1, 0.0
	flush := func() {
		if start >= 0 {
			weights[q.folded[start:end]] = weight
		}
		start, weight = -1, 0
	}
	for i := range q.folded {
		for _, size := range []int{2, 1} {
			t := runes(q.folded[i:], size)
			if size == 1 {
				t = latin(q.folded[i:])
			}
			if !held[t] {
				continue
			}
			if i > end || start < 0 {
				flush()
				start = i
			}
			end = i + len(t)
			weight += p.weights[t]
			break
		}
		if start >= 0 && i >= end {
			flush()
		}
	}
	flush()
	words := make([]string, 0, len(weights))
	for w := range weights {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	return words
}

// runes are the first n characters of s, or "".
func runes(s string, n int) string {
	end := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[end:])
		if size == 0 {
			return ""
		}
		end += size
	}
	return s[:end]
}

// latin is the Latin word that s begins with, or "".
func latin(s string) string {
	end := 0
	for end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] >= '0' && s[end] <= '9') {
		end++
	}
	return s[:end]
}

// in tells what a document says about the promise.
func (p *promised) in(r *reading) gongwen.FollowUp {
	f := gongwen.FollowUp{Document: r.document.ID, Year: Year(r.document), Status: gongwen.StatusNotMentioned}
	for i := range r.passages {
		q := &r.passages[i]
		score, terms := p.score(q)
		if score < shown {
			continue
		}
		m := gongwen.Mention{Section: q.section.ID, Span: q.span, Score: score, Words: p.words(q, terms), Status: gongwen.StatusReported, Rule: q.rule}
		switch {
		case score < enough:
			m.Status = gongwen.StatusNotMentioned
		case q.plans:
			m.Status = gongwen.StatusRepeated
		}
		if m.Status == gongwen.StatusReported || m.Status == gongwen.StatusRepeated && f.Status == gongwen.StatusNotMentioned {
			f.Status = m.Status
		}
		f.Passages = append(f.Passages, m)
	}
	slices.SortStableFunc(f.Passages, func(a, b gongwen.Mention) int { return cmp.Compare(b.Score, a.Score) })
	if len(f.Passages) > maxPassages {
		f.Passages = f.Passages[:maxPassages]
	}
	return f
}
