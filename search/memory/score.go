package memory

import (
	"strings"
	"unicode/utf8"

	"gongwen/search"
)

// unitScore ranks a section by the query's terms.
func (e *evaluation) unitScore(u *unit) float64 {
	n := len(e.plan.Terms)
	evidence := search.Evidence{Counts: make([]int, n), Heading: make([]bool, n), Length: u.length}
	for t := range e.plan.Terms {
		if e.weights[t] == 0 {
			continue
		}
		evidence.Counts[t] = e.plan.Terms[t].Count(u.text)
		evidence.Heading[t] = e.plan.Terms[t].Holds(u.heads)
	}
	if n > 1 {
		evidence.Gaps = make([]int, n-1)
		for t := range evidence.Gaps {
			evidence.Gaps[t] = -1
			if evidence.Counts[t] > 0 && evidence.Counts[t+1] > 0 {
				evidence.Gaps[t] = nearest(u.text, e.plan.Terms[t].Text, e.plan.Terms[t+1].Text)
			}
		}
	}
	return search.SectionScore(evidence, e.weights, e.snapshot.average)
}

// nearest returns the least number of characters between a and b in text, in either order, or -1 where one is missing.
func nearest(text, a, b string) int {
	best := -1
	lastA, lastB := -1, -1 // ends of the places seen last
	for at := 0; at < len(text); {
		i, j := strings.Index(text[at:], a), strings.Index(text[at:], b)
		if i < 0 && j < 0 {
			break
		}
		if i >= 0 && (j < 0 || i <= j) {
			at += i
			if lastB >= 0 && at >= lastB {
				best = least(best, utf8.RuneCountInString(text[lastB:at]))
			}
			at += len(a)
			lastA = at
		} else {
			at += j
			if lastA >= 0 && at >= lastA {
				best = least(best, utf8.RuneCountInString(text[lastA:at]))
			}
			at += len(b)
			lastB = at
		}
		if best == 0 {
			break
		}
	}
	return best
}

func least(best, n int) int {
	if best < 0 || n < best {
		return n
	}
	return best
}

// documentScore ranks a document by its best section that counts, and its title.
func (e *evaluation) documentScore(d *document, units []bits, topics, roles []search.Filter, together bool) float64 {
	if len(e.plan.Terms) == 0 {
		return 0
	}
	best, sum := 0.0, 0.0
	for u := range d.units {
		if !anySection(topics, d.units[u].section) || !anySection(roles, d.units[u].section) || !some(units[u]) {
			continue
		}
		score := e.unitScore(&d.units[u])
		best = max(best, score)
		sum += score
	}
	return search.DocumentScore(best, sum-best, e.titleHolds(d), e.weights, together)
}

func (e *evaluation) titleHolds(d *document) []bool {
	holds := make([]bool, len(e.plan.Terms))
	for t := range holds {
		holds[t] = e.plan.Terms[t].Holds(d.title)
	}
	return holds
}

func some(b bits) bool {
	for _, word := range b {
		if word != 0 {
			return true
		}
	}
	return false
}
