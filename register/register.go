// Package register answers: what do the documents of a collection promise, what became of it, and which figures do they
// give? It lists what the indexer found in them, by query and filters, and follows promises and figures over the years.
//
// Useful for: the register of commitments, tables and series of figures. Not for: finding promises and figures in a text
// (packages commitment and figure of the indexer). Limits: everything that was found in the collection is looked through
// for each question, which takes about a microsecond an item.
package register

import (
	"context"
	"fmt"
	"sync"
	"time"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/followup"
	"gongwen/search"
)

// Source is the collection.
type Source interface {
	search.FactReader
	Read(ctx context.Context, id string, q search.Query) (*search.Reading, error)
	Status(ctx context.Context) (search.Status, error)
}

// Register lists and follows. It is safe for many goroutines.
type Register struct {
	source Source
	words  *analyzers.Words
	bodies *followup.Bodies
	finder *followup.Finder

	mu    sync.Mutex
	state *state // of the collection as it was last
}

// New returns the register of a collection. bodies says which names are of one body.
func New(source Source, words *analyzers.Words, bodies *followup.Bodies) *Register {
	return &Register{source: source, words: words, bodies: bodies, finder: followup.New(words, bodies)}
}

// state is what is known of the collection as it was at some time: its documents that hold facts, and the trails that were
// asked for. It never changes but for being filled.
type state struct {
	updated   time.Time
	documents []*gongwen.Document // without text and outline, the newest year first
	byID      map[string]*gongwen.Document

	mu        sync.Mutex
	trails    map[string]*trail            // by document
	readings  map[string]*followup.Reading // the last ones
	following bool                         // all promises are being followed
}

// mostReadings bounds the documents that are kept cut into passages, of about fifteen times their size.
const mostReadings = 200

// current returns the state of the collection now.
func (r *Register) current(ctx context.Context) (*state, error) {
	status, err := r.source.Status(ctx)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state != nil && r.state.updated.Equal(status.Updated) {
		return r.state, nil
	}
	s := &state{updated: status.Updated, byID: map[string]*gongwen.Document{}, trails: map[string]*trail{}, readings: map[string]*followup.Reading{}}
	err = r.source.Facts(ctx, func(d *gongwen.Document) error {
		s.documents = append(s.documents, d)
		s.byID[d.ID] = d
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read register: %w", err)
	}
	sortDocuments(s.documents)
	r.state = s
	return s, nil
}

// Commitment is a promise in the register.
type Commitment struct {
	gongwen.Commitment
	ID       string // unique in the collection, and the same as long as the document says the same
	Document *gongwen.Document
	Status   gongwen.FollowUpStatus
}

// Figure is a figure in the register.
type Figure struct {
	gongwen.Figure
	ID       string
	Document *gongwen.Document
}

// Page is a part of the list. Every number in it is exact.
type Page[T any] struct {
	Total  int
	Offset int // of the first item in the whole list
	Items  []T
	Next   string                         // cursor of the following page, "" at the end
	Facets map[string][]search.FacetValue // by facet: values and the total one gets on choosing each alone
}
