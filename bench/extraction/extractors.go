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

// follower says what later documents say of a promise that stands in own: one follow-up a document. later are the later
// reports of the same body, as the labels have it, in order of year; where there is none, the answer is empty or says so
// by its status.
type follower interface {
	FollowUps(own *gongwen.Document, promise gongwen.Commitment, later []*gongwen.Document) []gongwen.FollowUp
}

// extractors are what is measured; a part that is nil is not.
type extractors struct {
	Figures     figureFinder
	Commitments commitmentFinder
	FollowUps   follower
}

// builtIn returns the extractors of the program. None is built in yet: their packages are plugged in here.
func builtIn() (extractors, error) { return extractors{}, nil }
