package search

import (
	"math"
	"strings"

	"gongwen"
)

// What ranking is made of. Every engine ranks by the functions of this file and of scorer.go; doc/decisions/0007-ranking.md
// tells what each part is worth.
const (
	// AliasShare is what a place of another name for a word counts, in places of the word.
	AliasShare = 0.6

	// RelaxBelow is the number of hits with every word below which those that hold enough of them are listed too.
	RelaxBelow = 10
	// Enough is more than relaxShare of what an average word of the query weighs, and than relaxMin of all.
	relaxShare = 0.8
	relaxMin   = 0.1

	bm25K1 = 0.4 // low: that a word stands there counts for more than how often
	bm25B  = 0.6

	gramShare     = 1.0 // two characters side by side, in units of the weight of their own
	crossShare    = 0.8 // of that, where they belong to two words
	headingWeight = 0.6 // a word in the heading path, in units of its weight
	titleWeight   = 0.1 // a word or gram in the title, in units of what it counts in a section
	namingWeight  = 2   // one in a title that the query covers whole; for a part of it, by the square of that
	numberWeight  = 5   // the document's own number: more than any mention of it
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

// CompareDates orders dates of hits: it puts unknown dates last in every order; hits of equal relevance are newest first.
func CompareDates(a, b gongwen.Date, order Sort) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	case order == SortOldest:
		return strings.Compare(string(a), string(b))
	}
	return strings.Compare(string(b), string(a))
}
