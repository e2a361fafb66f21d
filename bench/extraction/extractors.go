package main

import (
	"fmt"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/followup"
	"gongwen/indexer/commitment"
	"gongwen/indexer/figure"
)

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

// program is what the program itself finds.
type program struct{ finder *followup.Finder }

// builtIn returns the extractors of the program.
func builtIn() (extractors, error) {
	words, err := analyzers.NewWords()
	if err != nil {
		return extractors{}, fmt.Errorf("load words: %w", err)
	}
	bodies, err := followup.NewBodies()
	if err != nil {
		return extractors{}, fmt.Errorf("load bodies: %w", err)
	}
	p := program{followup.New(words, bodies)}
	return extractors{Figures: p, Commitments: p, FollowUps: p}, nil
}

func (program) Figures(d *gongwen.Document) []gongwen.Figure { return figure.Find(d) }

func (program) Commitments(d *gongwen.Document) []gongwen.Commitment { return commitment.Find(d) }

func (p program) FollowUps(own *gongwen.Document, promise gongwen.Commitment, later []*gongwen.Document) []gongwen.FollowUp {
	var reports []followup.Report
	for _, d := range later {
		reports = append(reports, followup.Report{Document: d, Promises: commitment.Find(d)})
	}
	return p.finder.Find(promise, own, reports)
}
