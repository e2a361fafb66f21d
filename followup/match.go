package followup

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
)

const (
	aroundFactor = 0.5 // terms in a heading above a passage weigh less than those in it
	unitBonus    = 0.08
	numberBonus  = 0.12
	citeScore    = 0.9
	enough       = 0.4 // of the weight of a promise or of one of its clauses
	shown        = 0.3
	objectShare  = 0.3
	fieldShare   = 0.7 // of a promise that names nothing but a field
	maxPassages  = 5
)

// view is a promise laid over a document, one passage at a time. It is for one goroutine.
type view struct {
	promised *promised
	reading  *Reading
	terms    []int32 // by the number of a term in the reading: its number in the promise
	passage  *passage
	stands   []standing // by the number in the promise: where in the passage
	wanted   []bool     // scratch of stretches, by the number in the promise
}

func (p *promised) view() *view {
	return &view{promised: p, stands: make([]standing, len(p.terms)), wanted: make([]bool, len(p.terms))}
}

// open turns to a document.
func (v *view) open(r *Reading) {
	v.reading = r
	v.terms = slices.Grow(v.terms[:0], len(r.holds))[:len(r.holds)]
	clear(v.terms)
	for i, t := range v.promised.terms {
		if n, ok := r.numbers[t.text]; ok && i > 0 {
			v.terms[n] = int32(i)
		}
	}
}

// look turns to a passage.
func (v *view) look(q *passage) {
	v.passage = q
	clear(v.stands)
	for _, n := range q.around {
		v.stands[v.terms[n]] = above
	}
	for _, t := range q.terms {
		v.stands[v.terms[t.number]] = t.standing
	}
}

// score is how much of the promise's weight the passage looked at holds, from 0 to 1. What reaches enough is about the
// promise.
func (v *view) score() float64 {
	p, q := v.promised, v.passage
	bonus := 0.0
	if p.unit != "" && shares(q.units, p.unit) {
		bonus = unitBonus
	}
	if shares(q.amounts, p.amounts...) {
		bonus += numberBonus
	}
	best := 0.0
	for i := range p.clauses {
		c := &p.clauses[i]
		s := v.held(c)
		if s == 0 {
			continue
		}
		if s = min(1, s+bonus); s >= enough && !v.told(c) {
			s = enough - 0.01
		}
		best = max(best, s)
	}
	for _, title := range p.cites {
		if strings.Contains(q.folded, title) {
			best = max(best, citeScore)
		}
	}
	return best
}

// held is the share of the clause's weight that the passage holds, 0 where only headings above it hold some.
func (v *view) held(c *clause) float64 {
	held, inside := 0.0, false
	for _, t := range c.terms {
		switch v.stands[t] {
		case nowhere:
		case above:
			held += aroundFactor * v.promised.terms[t].weight
		default:
			held += v.promised.terms[t].weight
			inside = true
		}
	}
	if !inside {
		return 0
	}
	return held / c.total * c.factor
}

// told reports whether the terms that both hold show that the passage is about what is promised, and not only about the
// same field of work.
func (v *view) told(c *clause) bool {
	held, object := 0.0, 0.0
	for _, t := range c.terms {
		if v.stands[t] < inName {
			continue
		}
		held += v.promised.terms[t].weight
		if v.promised.terms[t].plain && v.stands[t] == inText {
			object += v.promised.terms[t].weight
		}
	}
	if c.object >= leastObject {
		// A word may stand beside the name that another clause gives.
		return object >= leastObject && object >= objectShare*c.object && v.names()
	}
	// It names a field only: as a share or a number of things it may still be told, of those whom the promise names.
	return held >= fieldShare*c.total && (v.promised.whole().object < leastObject || v.ofObject()) && v.counts(c)
}

// ofObject reports whether the passage holds a word of the promise's own.
func (v *view) ofObject() bool {
	return slices.ContainsFunc(v.promised.whole().terms, func(t int32) bool {
		return v.promised.terms[t].plain && v.stands[t] != nowhere
	})
}

// counts reports whether the passage counts what the promise counts: the clause that names the field holds a number of the
// goal's measure, or of people or a share where the promise has no goal.
func (v *view) counts(c *clause) bool {
	var name stretch
	for _, s := range v.stretches(c) {
		if utf8.RuneCountInString(s.text) >= longName && s.weight > name.weight {
			name = s
		}
	}
	if name.text == "" {
		return false
	}
	if shares(v.passage.amounts, v.promised.amounts...) {
		return true
	}
	for clause := range strings.SplitSeq(v.passage.folded, ",") {
		if !strings.Contains(clause, name.text) {
			continue
		}
		if _, units := quantities(clause); shares(units, v.promised.unit, "名", "人", "%") || complete.MatchString(clause) {
			return true
		}
	}
	return false
}

// complete is how a passage says that something is now everywhere.
var complete = regexp.MustCompile(`全部|全覆盖|均已|均(?:配|设|有|建)|普遍`)

// candidates are the passages that hold one of the terms that tell something and enough in all to be shown, in order.
func (v *view) candidates() []int {
	p, r := v.promised, v.reading
	bounds := make([]float64, len(r.passages)) // what its terms add at most to the score of a passage
	telling := make([]bool, len(r.passages))
	for _, t := range p.terms[1:] {
		for _, i := range r.holding(t.text) {
			bounds[i] += t.bound
			telling[i] = telling[i] || t.telling
		}
	}
	bonus := rounding
	if p.unit != "" {
		bonus += unitBonus
	}
	if len(p.amounts) > 0 {
		bonus += numberBonus
	}
	var candidates []int
	var section *gongwen.Section
	around := 0.0
	for i := range r.passages {
		if !telling[i] {
			continue
		}
		if q := &r.passages[i]; q.section != section {
			section, around = q.section, 0
			for _, n := range q.around {
				around += aroundFactor * p.terms[v.terms[n]].bound
			}
		}
		if bounds[i]+around+bonus >= shown || len(p.cites) > 0 {
			candidates = append(candidates, i)
		}
	}
	return candidates
}

// rounding is more than sums of weights in another order differ by.
const rounding = 1e-6

// match is a passage that speaks of the promise.
type match struct {
	passage *passage
	score   float64
	status  gongwen.FollowUpStatus
}

// in tells what a document says about the promise.
func (v *view) in(r *Reading) gongwen.FollowUp {
	f := gongwen.FollowUp{Document: r.document.ID, Year: Year(r.document), Status: gongwen.StatusNotMentioned}
	v.open(r)
	var matches []match
	for _, i := range v.candidates() {
		v.look(&r.passages[i])
		score := v.score()
		if score < shown {
			continue
		}
		m := match{v.passage, score, gongwen.StatusReported}
		switch {
		case score < enough:
			m.status = gongwen.StatusNotMentioned
		case v.passage.plans:
			m.status = gongwen.StatusRepeated
		}
		if rank[m.status] > rank[f.Status] {
			f.Status = m.status
		}
		matches = append(matches, m)
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Compare(b.score, a.score) })
	for _, m := range top(matches, f.Status) {
		v.look(m.passage)
		f.Passages = append(f.Passages, gongwen.Mention{Section: m.passage.section.ID, Span: m.passage.span, Score: m.score,
			Words: v.words(), Status: m.status, Rule: m.passage.rule})
	}
	return f
}

// top are the best passages, with one among them that shows the status.
func top(matches []match, status gongwen.FollowUpStatus) []match {
	if len(matches) <= maxPassages {
		return matches
	}
	shows := func(m match) bool { return m.status == status }
	if i := slices.IndexFunc(matches, shows); i >= maxPassages {
		matches[maxPassages-1] = matches[i]
	}
	return matches[:maxPassages]
}
