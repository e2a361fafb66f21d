package main

import "gongwen"

// figureFinder finds the figures of a document.
type figureFinder interface {
	Figures(d *gongwen.Document) []gongwen.Figure
}

// commitmentFinder finds what a document promises.
type commitmentFinder interface {
	Commitments(d *gongwen.Document) []gongwen.Commitment
}

// follower says what later documents say of a promise. all are the documents of the set, own among them: which of them are
// later and of the same body is for the follower to tell. Where there is none, one follow-up without a document may say
// so, or none at all.
type follower interface {
	FollowUps(own *gongwen.Document, promise gongwen.Commitment, all []*gongwen.Document) []gongwen.FollowUp
}

// extractors are what is measured; a part that is nil is not.
type extractors struct {
	Figures     figureFinder
	Commitments commitmentFinder
	FollowUps   follower
}

// builtIn returns the extractors of the program.
func builtIn() extractors { return extractors{} }
