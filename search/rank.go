package search

import "math"

// Parameters of BM25, and of what is added to it. Every engine ranks by the functions of this file.
const (
	// HeadingWeight is what a word in the heading path adds, in units of its weight.
	HeadingWeight = 0.6

	bm25K1 = 0.9
	bm25B  = 0.4

	// RelaxBelow is the number of hits with every word below which those that hold most are listed too.
	RelaxBelow = 10
	// relaxShare of the words' weight is more than what a hit may lack.
	relaxShare = 0.5

	titleWeight   = 1.2 // a word in the title, in units of its weight
	numberWeight  = 5   // the document's own number: more than any mention of it
	nearWeight    = 0.8 // two words side by side, in units of their mean weight; less with distance
	togetherBonus = 0.5 // every word in one section, in units of the weight of all
)

// Weight is the inverse document frequency of a term that df of n documents hold; 0 where none does, since such a word
// tells no document from another.
func Weight(df, n int) float64 {
	if df == 0 {
		return 0
	}
	return math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5))
}

// Saturate is the part of BM25 that grows with the number of times that a section of some length holds a term.
func Saturate(count, length, average float64) float64 {
	if count == 0 {
		return 0
	}
	if average <= 0 {
		average = 1
	}
	return count * (bm25K1 + 1) / (count + bm25K1*(1-bm25B+bm25B*length/average))
}

// Evidence is what a section says for a query; SectionScore weighs it.
type Evidence struct {
	Counts  []int  // by term: times in the section's own text
	Heading []bool // by term: whether the heading path holds it
	Gaps    []int  // between terms i and i+1 of the query: characters between their nearest places, -1 where unknown
	Length  int    // of the own text in characters
}

// SectionScore is the BM25 score of a section, with what its heading and the nearness of words add. Terms of weight 0
// add nothing.
func SectionScore(e Evidence, weights []float64, average float64) float64 {
	score := 0.0
	for i, weight := range weights {
		score += weight * Saturate(float64(e.Counts[i]), float64(e.Length), average)
		if e.Heading[i] {
			score += weight * HeadingWeight
		}
	}
	for i, gap := range e.Gaps {
		if gap >= 0 {
			score += NearBonus(weights[i], weights[i+1], gap)
		}
	}
	return score
}

// NearBonus is what two words add that stand gap characters apart; most for none.
func NearBonus(a, b float64, gap int) float64 {
	return nearWeight * (a + b) / 2 / (1 + float64(gap)/4)
}

// Bearing is what a document is called by, in units of the weight of the term that asks for it.
func Bearing(inTitle, ownNumber bool) float64 {
	switch {
	case ownNumber:
		return numberWeight
	case inTitle:
		return titleWeight
	}
	return 0
}

// DocumentScore is the score of a document: its best section, what other sections add, and by term how the document bears
// it, as Bearing says.
func DocumentScore(best, others float64, bearing, weights []float64, together bool) float64 {
	score := best + math.Log1p(others)/4
	total := 0.0
	for i, weight := range weights {
		total += weight
		score += weight * bearing[i]
	}
	if together {
		score += togetherBonus * total
	}
	return score
}

// HoldsMost reports whether the weight of the words held is most of the weight of all.
func HoldsMost(held, all float64) bool { return all > 0 && held > relaxShare*all }
