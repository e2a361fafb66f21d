// Package followup answers: what do later documents of the same body say about what one has promised? It finds the passages
// that speak of the promised act and tells whether they report on it or promise it again. Whether a promise was kept is for
// the reader to judge, who is given the passages.
//
// Useful for: reports of one body over the years, as the indexer understood them. Not for: finding promises (package
// commitment of the indexer). Limits: passages are found by shared words, so that what is told in other words altogether is
// not found; a passage is a sentence or what stands between two ；;.
package followup

import (
	"cmp"
	"slices"

	"gongwen"
	"gongwen/analyzers"
)

// Report is a document that may tell what became of promises.
type Report struct {
	Document *gongwen.Document
	// Promises are what the document itself promises. Where they are nil the roles of its sections tell what it plans.
	Promises []gongwen.Commitment
}

// Finder follows promises. It is safe for many goroutines.
type Finder struct {
	words *analyzers.Words
}

// New returns a Finder that cuts text by words.
func New(words *analyzers.Words) *Finder { return &Finder{words} }

// Find returns what each of the later documents of the body says about a promise, in order of year. own is the document
// that holds the promise; which documents are later and of the same body is for Bodies to say. Nothing is followed by
// nothing: with no later document the result is empty, and Overall of it is StatusNoLater.
func (f *Finder) Find(promise gongwen.Commitment, own *gongwen.Document, later []Report) []gongwen.FollowUp {
	return f.Follow(own, later).Find(promise)
}

// Trail is a document with the later ones of its body, read once for all its promises.
type Trail struct {
	finder *Finder
	own    *gongwen.Document
	later  []reading
	common frequencies
}

// Follow reads the later documents of the body that wrote own. The work grows with their length; Find then costs one look
// at each of their passages.
func (f *Finder) Follow(own *gongwen.Document, later []Report) *Trail {
	t := &Trail{finder: f, own: own, common: frequencies{}}
	t.common.add(f.read(Report{Document: own}))
	for _, report := range later {
		r := f.read(report)
		t.common.add(r)
		t.later = append(t.later, r)
	}
	slices.SortStableFunc(t.later, func(a, b reading) int {
		return cmp.Or(cmp.Compare(Year(a.document), Year(b.document)), cmp.Compare(a.document.ID, b.document.ID))
	})
	return t
}

// Find returns what each later document says about a promise of the document.
func (t *Trail) Find(promise gongwen.Commitment) []gongwen.FollowUp {
	p := t.promised(promise)
	found := make([]gongwen.FollowUp, 0, len(t.later))
	for i := range t.later {
		found = append(found, p.in(&t.later[i]))
	}
	return found
}

// Overall is the status of a promise over all later documents: what the last one says that says anything.
func Overall(followUps []gongwen.FollowUp) gongwen.FollowUpStatus {
	status := gongwen.StatusNoLater
	for _, f := range followUps {
		if f.Status != gongwen.StatusNotMentioned || status == gongwen.StatusNoLater {
			status = f.Status
		}
	}
	return status
}

// Year is the year by which a document is earlier or later: the one that it is about, else the one that it is dated in.
func Year(d *gongwen.Document) int {
	if d.Year > 0 {
		return d.Year
	}
	return d.Dated().Year()
}
