package api

import "gongwen/search"

// ExplainedPart is a part of a score.
type ExplainedPart struct {
	Kind     string          `json:"kind" enum:"section,others,title,number,together" doc:"section: the best section; others: what further sections add; title: words in the title; number: the document's own number was asked for; together: one section holds every word."`
	Section  string          `json:"section" doc:"ID of the best section; empty for other parts."`
	Length   int             `json:"length" doc:"Its length in characters; 0 for other parts."`
	Average  float64         `json:"average" doc:"Length of a section of the collection in characters, to which lengths are compared."`
	Standing float64         `json:"standing" doc:"What the kind of document makes of the sum: a factor of every value of its explanation."`
	Value    float64         `json:"value" doc:"What it adds to the score."`
	Of       []ExplainedTerm `json:"of" nullable:"false" doc:"What it is made of; the values sum to its own."`
}

// ExplainedTerm is what a term or gram adds.
type ExplainedTerm struct {
	What   string   `json:"what" enum:"word,heading,gram,condition" doc:"word: in the text, by BM25; heading: in the heading path; gram: two characters side by side; condition: one with a weight."`
	Term   string   `json:"term" doc:"The term."`
	Names  []string `json:"names" nullable:"false" doc:"Other names of it that stand there."`
	Count  float64  `json:"count" doc:"Places, those of other names by less than one; 0 where it does not matter how many."`
	Weight float64  `json:"weight" doc:"How rare the term is; less where it says little."`
	Value  float64  `json:"value" doc:"What it adds to the score."`
}

// newExplanation returns the parts of a score; none where they were not asked for.
func newExplanation(x *search.Explanation) []ExplainedPart {
	parts := []ExplainedPart{}
	if x == nil {
		return parts
	}
	for _, part := range x.Parts {
		shown := ExplainedPart{
			Kind: string(part.Kind), Section: part.Section, Length: part.Length, Average: x.Average, Standing: x.Standing, Value: part.Value,
			Of: make([]ExplainedTerm, 0, len(part.Of)),
		}
		for _, term := range part.Of {
			shown.Of = append(shown.Of, ExplainedTerm{term.What, term.Term, append([]string{}, term.Names...), term.Count, term.Weight, term.Value})
		}
		parts = append(parts, shown)
	}
	return parts
}
