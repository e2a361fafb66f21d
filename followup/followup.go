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
	words  *analyzers.Words
	bodies *Bodies
}

// New returns a Finder that tells words by words and who is who by bodies.
func New(words *analyzers.Words, bodies *Bodies) *Finder { return &Finder{words, bodies} }

// Find returns what each later document of the body says about a promise, in order of year, one record a document. own is
// the document that holds the promise. Documents of other bodies and those that are not later are passed over; with no
// later one the result is empty, and Overall of it is StatusNoLater.
func (f *Finder) Find(promise gongwen.Commitment, own *gongwen.Document, later []Report) []gongwen.FollowUp {
	readings := make([]*Reading, len(later))
	for i := range later {
		readings[i] = f.Read(later[i])
	}
	return f.Follow(f.Read(Report{Document: own}), readings).Find(promise)
}

// Trail is a document with the later ones of its body.
type Trail struct {
	finder *Finder
	own    *Reading
	later  []*Reading
}

// Follow puts a document together with the later ones of its body, which may stand among others. Find of the trail then
// looks at those of their passages that share telling words with the promise.
func (f *Finder) Follow(own *Reading, later []*Reading) *Trail {
	t := &Trail{finder: f, own: own}
	for _, r := range later {
		if f.bodies.follows(own.document, r.document) {
			t.later = append(t.later, r)
		}
	}
	slices.SortStableFunc(t.later, func(a, b *Reading) int { return byYear(a.document, b.document) })
	return t
}

// Find returns what each later document says about a promise of the document, in order of year.
func (t *Trail) Find(promise gongwen.Commitment) []gongwen.FollowUp {
	v := t.promised(promise).view()
	found := make([]gongwen.FollowUp, 0, len(t.later))
	for _, r := range t.later {
		found = append(found, v.in(r))
	}
	return found
}

// Overall is the status of a promise over all later documents: reported where one reports on it, else repeated where one
// repeats it.
func Overall(followUps []gongwen.FollowUp) gongwen.FollowUpStatus {
	status := gongwen.StatusNoLater
	for _, f := range followUps {
		if rank[f.Status] > rank[status] {
			status = f.Status
		}
	}
	return status
}

// rank orders the statuses by how much they tell.
var rank = map[gongwen.FollowUpStatus]int{gongwen.StatusNotMentioned: 1, gongwen.StatusRepeated: 2, gongwen.StatusReported: 3}

// Year is the year by which a document is earlier or later: the one that it is about, else the one that it is dated in.
func Year(d *gongwen.Document) int {
	if d.Year > 0 {
		return d.Year
	}
	return d.Dated().Year()
}

func byYear(a, b *gongwen.Document) int {
	return cmp.Or(cmp.Compare(Year(a), Year(b)), cmp.Compare(a.ID, b.ID))
}
