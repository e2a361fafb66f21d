package embedded

import (
	"context"
	"iter"
	"math/bits"
	"slices"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// stretch is some of the documents of a segment, which are ranked at a time: what their sections score stays in the
// processor's cache, and several stretches are ranked side by side.
type stretch struct {
	part       int // place among the lists
	from, to   int // documents, the first a multiple of 64
	first, end int // sections
}

// stretchSections is how many sections a stretch has, about.
const stretchSections = 1 << 14

// newStretches divides the documents of a segment.
func newStretches(side *segment.Side) []stretch {
	var all []stretch
	for from := 0; from < side.Docs(); {
		s := stretch{from: from, to: from}
		s.first, _ = side.DocSections(from)
		for s.end = s.first; s.to < side.Docs() && s.end-s.first < stretchSections; {
			s.to = min(s.to+64, side.Docs())
			_, s.end = side.DocSections(s.to - 1)
		}
		all = append(all, s)
		from = s.to
	}
	return all
}

// score finds what ranking needs: where grams stand in what is listed, how much they weigh, and what documents are called.
func (e *evaluation) score(ctx context.Context) error {
	grams := e.plan.Grams
	passages := make([]bitset, len(e.parts))
	err := e.eachPart(ctx, func(i int, p *partRun) {
		p.grams = make([]*gramHits, len(grams))
		if len(grams) > 0 {
			passages[i] = p.passages(&e.lists[i], e.request.Unit == search.UnitSection)
		}
	})
	if err != nil {
		return err
	}
	err = divide(ctx, len(e.parts)*len(grams), func(tasks iter.Seq[int]) {
		for task := range tasks {
			i, g := task/len(grams), task%len(grams)
			e.parts[i].grams[g] = newGramHits(e.parts[i], &grams[g].Term, passages[i])
		}
	})
	if err != nil {
		return err
	}
	docs := make([]int, len(grams))
	for _, p := range e.parts {
		for g, h := range p.grams {
			docs[g] += h.docs
		}
	}
	e.scorer.WeighGrams(docs)
	return e.eachPart(ctx, func(_ int, p *partRun) { e.gather(p) })
}

// places is where a term, or an alias of it, stands in the sections of a segment, in their order.
type places struct {
	counts  []sectionCount
	weighed []weighedCount // instead, where there are aliases
	heads   bitset
}

// gather joins the places of each term and its aliases, and finds the documents that are called by any of them.
func (e *evaluation) gather(p *partRun) {
	p.titled = p.set(p.side.Docs())
	p.places = make([]places, len(e.plan.Terms))
	for t := range e.plan.Terms {
		h := p.hits[t]
		p.titled.join(h.title)
		if h.number != nil {
			p.titled.join(h.number)
		}
		if e.scorer.Weights[t] == 0 {
			continue
		}
		at := places{counts: h.counts, heads: h.heads}
		if aliases := e.plan.Aliased(t); len(aliases) > 0 {
			at.counts, at.weighed = nil, weighed(h.counts)
			for _, a := range aliases {
				alias := p.hits[len(e.plan.Terms)+a]
				p.titled.join(alias.title)
				at.weighed, at.heads = joinCounts(at.weighed, alias.counts), p.or(at.heads, alias.heads)
			}
		}
		p.places[t] = at
	}
	for _, h := range p.grams {
		p.titled.join(h.title)
	}
}

// each offers every hit of a stretch to the best ones.
func (r ranking) each(s stretch, best *best) {
	l := &r.lists[s.part]
	p := l.run
	dates := p.side.Column(segment.ColumnDated)
	offer := func(doc, section int, full bool, score float64) {
		if r.scored && best.beats(full, score) {
			return
		}
		best.add(entry{
			part: int32(l.part), doc: int32(doc), section: int32(section), date: int32(p.dates[dates.Place(doc)]), full: full, score: score,
		})
	}
	sections := r.request.Unit == search.UnitSection
	switch {
	case !r.scored && sections:
		l.members.eachIn(s.first, s.end, func(i int) { offer(p.side.SectionDoc(i), i, l.full.has(i), 0) })
		return
	case !r.scored:
		l.members.eachIn(s.from, s.to, func(i int) { offer(i, -1, l.full.has(i), 0) })
		return
	}
	scores := best.room(s.end - s.first)
	defer clear(scores)
	r.addUp(p, s, scores)
	bearings := best.bearingsOf(s.part, p)
	if sections {
		l.members.eachIn(s.first, s.end, func(i int) {
			doc := p.side.SectionDoc(i)
			offer(doc, i, l.full.has(i), r.hit(p, doc, scores[i-s.first], 0, bearings.of(r.evaluation, p, doc), l.together.has(i)))
		})
		return
	}
	for at := s.from >> 6; at < (s.to+63)>>6; at++ {
		full, titled, together := l.full[at], p.titled[at], l.together[at]
		for word := l.members[at]; word != 0; word &= word - 1 {
			bit := word & -word
			doc := at<<6 + bits.TrailingZeros64(bit)
			first, sum := 0.0, 0.0
			from, to := p.side.DocSections(doc)
			for at, score := range scores[from-s.first : to-s.first] {
				if score == 0 || l.allowed != nil && !l.allowed.has(from+at) {
					continue
				}
				if sum += score; score > first {
					first = score
				}
			}
			var bearing search.Bearing
			if titled&bit != 0 {
				bearing = bearings.of(r.evaluation, p, doc)
			}
			if best.beats(full&bit != 0, r.scorer.AtMost(first, sum-first, bearing)) {
				continue // most are no match for the best, which is seen without their names
			}
			offer(doc, -1, full&bit != 0, r.hit(p, doc, first, sum-first, bearing, together&bit != 0))
		}
	}
}

// room returns n scores, all 0, which must be 0 again when it is called the next time.
func (b *best) room(n int) []float64 {
	if len(b.scores) < n {
		b.scores = b.scratch.zeros(n)
	}
	return b.scores[:n]
}

func (b *best) bearingsOf(part int, p *partRun) *bearings {
	if b.bearings[part] == nil {
		b.bearings[part] = newBearings(b.evaluation, p)
	}
	return b.bearings[part]
}

// addUp adds up what the sections of a stretch score for the counts of terms and grams.
func (e *evaluation) addUp(p *partRun, s stretch, scores []float64) {
	for t := range p.places {
		at := &p.places[t]
		for _, c := range within(at.counts, s) {
			scores[int(c.section)-s.first] += e.scorer.Word(t, float64(c.count), p.side.Length(int(c.section)))
		}
		for _, c := range within(at.weighed, s) {
			scores[int(c.section)-s.first] += e.scorer.Word(t, c.count, p.side.Length(int(c.section)))
		}
		if at.heads != nil {
			at.heads.eachIn(s.first, s.end, func(section int) { scores[section-s.first] += e.scorer.Heading(t) })
		}
	}
	for g, h := range p.grams {
		if e.scorer.Grams[g] == 0 {
			continue
		}
		for _, c := range within(h.counts, s) {
			scores[int(c.section)-s.first] += e.scorer.Gram(g, int(c.count), p.side.Length(int(c.section)))
		}
	}
}

// within returns the counts in the sections of a stretch.
func within[C interface{ in() int32 }](counts []C, s stretch) []C {
	at := func(section int) int {
		i, _ := slices.BinarySearchFunc(counts, section, func(c C, section int) int { return int(c.in()) - section })
		return i
	}
	return counts[at(s.first):at(s.end)]
}

func (c sectionCount) in() int32 { return c.section }
func (c weighedCount) in() int32 { return c.section }

// weighedCount is how often a section holds a term, places of aliases counted by their share.
type weighedCount struct {
	section int32
	count   float64
}

func weighed(counts []sectionCount) []weighedCount {
	all := make([]weighedCount, len(counts))
	for i, c := range counts {
		all[i] = weighedCount{c.section, float64(c.count)}
	}
	return all
}

// joinCounts adds the places of an alias. Both are in order.
func joinCounts(a []weighedCount, alias []sectionCount) []weighedCount {
	if len(alias) == 0 {
		return a
	}
	joined := make([]weighedCount, 0, len(a)+len(alias))
	for len(a) > 0 || len(alias) > 0 {
		switch {
		case len(alias) == 0 || len(a) > 0 && a[0].section < alias[0].section:
			joined, a = append(joined, a[0]), a[1:]
		case len(a) == 0 || alias[0].section < a[0].section:
			joined, alias = append(joined, weighedCount{alias[0].section, search.AliasShare * float64(alias[0].count)}), alias[1:]
		default:
			joined = append(joined, weighedCount{a[0].section, a[0].count + search.AliasShare*float64(alias[0].count)})
			a, alias = a[1:], alias[1:]
		}
	}
	return joined
}
