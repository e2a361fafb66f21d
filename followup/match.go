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
	telling []string // terms that are no boilerplate: a passage about the promise holds one
	plain   map[string]bool
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
	aroundFactor = 0.5  // terms in a heading above a passage weigh less than those in it
	unitBonus    = 0.08
	numberBonus  = 0.12
	citeScore    = 0.9
	enough       = 0.4 // of the weight of a promise or of one of its clauses
	shown        = 0.3
	leastObject  = 0.5 // weight of what is no name of a field
	objectShare  = 0.3
	fieldShare   = 0.7 // of a promise that names nothing but a field
	maxPassages  = 5
	maxPromise   = 3000 // bytes of a promise that are read
)

func (t *Trail) promised(c gongwen.Commitment) promised {
	text := c.Span.Cut(t.own.document.Text)
	folded := analyzers.Fold(strings.ToValidUTF8(text[:min(len(text), maxPromise)], ""))
	p := promised{trail: t, weights: map[string]float64{}, plain: map[string]bool{}}
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
	if len(p.clauses) == 0 {
		return p
	}
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
		w := p.trail.common.weight(term.text) * term.factor
		if term.plain {
			c.object += w
			p.plain[term.text] = true
		}
		p.weights[term.text] = max(p.weights[term.text], w)
		if factor == 1 && term.factor >= fieldFactor {
			p.telling = append(p.telling, term.text)
		}
		c.total += w
		c.terms = append(c.terms, term.text)
	}
	if len(c.terms) > 1 && (factor > memberFactor || c.object >= 2*leastObject) {
		p.clauses = append(p.clauses, c)
	}
}

// score is how much of the promise's weight the passage holds, from 0 to 1, and the terms that both hold. What reaches
// enough is about the promise.
func (p *promised) score(q *passage) (float64, []string) {
	bonus := 0.0
	if p.unit != "" && q.units[p.unit] {
		bonus = unitBonus
	}
	for n := range p.numbers {
		if q.numbers[n] {
			bonus += numberBonus
			break
		}
	}
	best := 0.0
	var terms []string
	for i := range p.clauses {
		c := &p.clauses[i]
		s, both := c.held(p, q)
		if s == 0 {
			continue
		}
		if s = min(1, s+bonus); s >= enough && !c.told(p, q, both) {
			s = enough - 0.01
		}
		best = max(best, s)
	}
	if best > 0 {
		_, terms = p.clauses[0].held(p, q) // also those of other clauses
	}
	for _, title := range p.cites {
		if strings.Contains(q.folded, "《"+title+"》") {
			best = max(best, citeScore)
		}
	}
	return best, terms
}

// held is the share of the clause's weight that the passage holds, and the terms that both hold.
func (c *clause) held(p *promised, q *passage) (float64, []string) {
	held := 0.0
	var both []string
	for _, t := range c.terms {
		switch {
		case q.terms[t]:
			held += p.weights[t]
			both = append(both, t)
		case q.around[t]:
			held += aroundFactor * p.weights[t]
		}
	}
	if len(both) == 0 {
		return 0, nil
	}
	return held / c.total * c.factor, both
}

// told reports whether the terms that both hold show that the passage is about what is promised, and not only about the
// same field of work.
func (c *clause) told(p *promised, q *passage, both []string) bool {
	held, object := 0.0, 0.0
	for _, t := range both {
		held += p.weights[t]
		if p.plain[t] && !q.field[t] {
			object += p.weights[t]
		}
	}
	if c.object >= leastObject {
		_, whole := p.clauses[0].held(p, q) // a word may stand beside the name that another clause gives
		return object >= leastObject && object >= objectShare*c.object && p.names(q, whole)
	}
	// It names a field only: as a share or a number of things it may still be told.
	return held >= fieldShare*c.total && p.counts(q, both)
}

// counts reports whether the passage counts what the promise counts: the clause that names the field holds a number of the
// goal's measure, or of people or a share where the promise has no goal.
func (p *promised) counts(q *passage, terms []string) bool {
	var name stretch
	for _, s := range p.stretches(q, terms) {
		if utf8.RuneCountInString(s.text) >= longName && s.weight > name.weight {
			name = s
		}
	}
	if name.text == "" {
		return false
	}
	for n := range p.numbers {
		if q.numbers[n] {
			return true
		}
	}
	for clause := range strings.SplitSeq(q.folded, ",") {
		if !strings.Contains(clause, name.text) {
			continue
		}
		_, units := quantities(clause)
		if units[p.unit] || units["名"] || units["人"] || units["%"] {
			return true
		}
	}
	return false
}

// stretch is a run of a passage that a promise holds too.
type stretch struct {
	text   string
	weight float64
	plain  int // terms that are no part of the name of a field
	field  int // and those that are
}

// stretches are the runs of the passage that the terms make up.
func (p *promised) stretches(q *passage, terms []string) []stretch {
	held := map[string]bool{}
	for _, t := range terms {
		held[t] = true
	}
	var all []stretch
	end := -1
	for i := range q.folded {
		t := runes(q.folded[i:], 2)
		if !held[t] {
			if t = latin(q.folded[i:]); !held[t] {
				continue
			}
		}
		if i >= end {
			all = append(all, stretch{})
			end = i
		}
		last := &all[len(all)-1]
		last.text += q.folded[end : i+len(t)]
		if end == i {
			last.text = t
		}
		last.weight += p.weights[t]
		switch {
		case p.plain[t] && !q.field[t]:
			last.plain++
		case q.field[t]:
			last.field++
		}
		end = i + len(t)
	}
	return all
}

// names reports whether the terms that both hold name a thing: a longer word, a word beside the name of a field, or
// several words. 清理 and 公开 alone stand everywhere.
func (p *promised) names(q *passage, terms []string) bool {
	fields, words := 0, 0
	seen := map[string]bool{}
	for _, s := range p.stretches(q, terms) {
		if seen[s.text] {
			continue
		}
		seen[s.text] = true
		switch {
		case s.plain >= plainName, s.plain > 0 && s.field > 0:
			return true
		case s.plain > 0:
			words++
		case s.field >= fieldName:
			fields++
		}
	}
	return words > 0 && fields > 0 || words >= manyNames
}

const (
	plainName = 2 // pairs of characters
	fieldName = 3
	manyNames = 3
	longName  = 4 // characters
)

// words are what the passage and the promise both hold, as whole words as far as they are, those that weigh most first.
func (p *promised) words(q *passage, terms []string) []string {
	weights := map[string]float64{}
	for _, s := range p.stretches(q, terms) {
		if s.plain+s.field == 0 {
			continue // boilerplate
		}
		text := p.whole(s.text)
		weights[text] = max(weights[text], s.weight)
	}
	words := make([]string, 0, len(weights))
	for w := range weights {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	return words
}

// whole is a stretch without a single character before its first word, which is the end of another: 级行政复议机构.
func (p *promised) whole(text string) string {
	cut := p.trail.finder.words.Cut(text)
	single := func(i int) bool { return utf8.RuneCountInString(cut[i].Text) == 1 }
	if len(cut) > 1 && single(0) && !single(1) {
		return text[cut[1].Start:]
	}
	return text
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

// candidates are the passages that hold one of the terms that tell something, in order.
func (p *promised) candidates(r *Reading) []int {
	var all []int
	for _, t := range p.telling {
		all = append(all, r.holds[t]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// in tells what a document says about the promise.
func (p *promised) in(r *Reading) gongwen.FollowUp {
	f := gongwen.FollowUp{Document: r.document.ID, Year: Year(r.document), Status: gongwen.StatusNotMentioned}
	for _, i := range p.candidates(r) {
		q := &r.passages[i]
		score, terms := p.score(q)
		if score < shown {
			continue
		}
		m := gongwen.Mention{Section: q.section.ID, Span: q.span, Score: score, Words: p.words(q, terms),
			Status: gongwen.StatusReported, Rule: q.rule}
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
	f.Passages = top(f.Passages, f.Status)
	return f
}

// top are the best passages, with one among them that shows the status.
func top(passages []gongwen.Mention, status gongwen.FollowUpStatus) []gongwen.Mention {
	if len(passages) <= maxPassages {
		return passages
	}
	shows := func(m gongwen.Mention) bool { return m.Status == status }
	if i := slices.IndexFunc(passages, shows); i >= maxPassages {
		passages[maxPassages-1] = passages[i]
	}
	return passages[:maxPassages]
}
