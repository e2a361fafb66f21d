// Package memory is the brute-force engine: every document in memory, looked through with strings.Index for every
// query. It is exact by being simple, and so the oracle that other engines are tested against; the demo serves from it.
package memory

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"gongwen"
	"gongwen/search"
)

// Engine implements search.Engine.
type Engine struct {
	words search.Segmenter

	kept *search.Kept[*snapshot]

	mu      sync.Mutex
	current *snapshot
	epoch   string // tells the snapshots of this process from those of another
	states  int
}

var _ search.Engine = (*Engine)(nil)

// New returns an empty engine. It keeps nothing beyond its own life.
func New(words search.Segmenter) *Engine {
	nothing := func(*snapshot) {} // what nobody holds is collected
	e := &Engine{words: words, epoch: rand.Text()[:8], kept: search.NewKept(nothing, nothing)}
	e.current = &snapshot{id: e.nextID()}
	return e
}

// Close implements search.Engine; there is nothing to give back.
func (e *Engine) Close() error { return nil }

func (e *Engine) nextID() string {
	e.states++
	return fmt.Sprintf("%s-%d", e.epoch, e.states)
}

// snapshot returns the newest state.
func (e *Engine) snapshot() *snapshot {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.current
}

// Write implements search.Writer.
func (e *Engine) Write(ctx context.Context, batch search.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	rejected := map[string]string{}
	kept := search.Batch{Delete: batch.Delete}
	for i := range batch.Put {
		if err := batch.Put[i].Document.Validate(); err != nil {
			rejected[batch.Put[i].Document.ID] = err.Error()
			continue
		}
		kept.Put = append(kept.Put, batch.Put[i])
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.current = e.current.with(e.nextID(), kept, time.Now().UTC())
	return search.Rejected(rejected)
}

// Known implements search.Writer.
func (e *Engine) Known(context.Context) (map[string]search.Origin, error) {
	s := e.snapshot()
	known := make(map[string]search.Origin, len(s.stored))
	for _, d := range s.stored {
		known[d.Document.ID] = d.Origin
	}
	return known, nil
}

// Export implements search.Exporter.
func (e *Engine) Export(ctx context.Context, visit func(search.Record) error) error {
	s := e.snapshot()
	for _, d := range s.stored {
		if err := errors.Join(ctx.Err(), visit(d.Record)); err != nil {
			return err
		}
	}
	return nil
}

// Facts implements search.FactReader.
func (e *Engine) Facts(ctx context.Context, visit func(*gongwen.Document) error) error {
	s := e.snapshot()
	s.prepare()
	for _, d := range s.docs {
		if len(d.Document.Figures)+len(d.Document.Commitments) == 0 {
			continue
		}
		document := d.Document
		document.Text, document.Sections = "", nil
		if err := errors.Join(ctx.Err(), visit(&document)); err != nil {
			return err
		}
	}
	return nil
}

// Check implements search.Engine.
func (e *Engine) Check(context.Context) ([]string, error) {
	s := e.snapshot()
	var problems []string
	for _, d := range s.stored {
		if err := d.Document.Validate(); err != nil {
			problems = append(problems, err.Error())
		}
	}
	return problems, nil
}

// Status implements search.Searcher.
func (e *Engine) Status(context.Context) (search.Status, error) {
	s := e.snapshot()
	s.prepare()
	status := search.Status{Engine: "memory", Documents: len(s.docs), Sections: s.sections, Updated: s.updated}
	for _, d := range s.docs {
		if year := d.Document.Year; year != 0 {
			if status.FirstYear == 0 || year < status.FirstYear {
				status.FirstYear = year
			}
			status.LastYear = max(status.LastYear, year)
		}
	}
	return status, nil
}

// Read implements search.Searcher.
func (e *Engine) Read(_ context.Context, id string, q search.Query) (*search.Reading, error) {
	s := e.snapshot()
	d := s.find(id)
	if d == nil {
		return nil, search.ErrNotFound
	}
	s.prepare()
	q, err := search.Resolve(q, e.words, s.document)
	if err != nil {
		return nil, err
	}
	plan := search.Compile(search.Request{Query: q}, e.words)
	document := s.relate(d)
	for _, found := range s.versions(d) {
		document.Versions = append(document.Versions, search.NewVersion(&found.Place.Document, found.Likeness))
	}
	search.SortVersions(document.Versions)
	return &search.Reading{Document: &document, Title: plan.MarkParts(document.Title), Marks: plan.Marks(document.Text)}, nil
}
