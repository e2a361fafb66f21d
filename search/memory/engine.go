// Package memory is the brute-force engine: every document in memory, looked through with strings.Index for every
// query. It is exact by being simple, and so the oracle that other engines are tested against. Its documents are kept as
// JSON lines in a data folder.
package memory

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"gongwen/search"
)

// Engine implements search.Engine.
type Engine struct {
	words search.Segmenter
	store *store // nil for an engine that keeps nothing

	kept *search.Kept[*snapshot]

	mu      sync.Mutex
	current *snapshot
	epoch   string // tells the snapshots of this process from those of another
	states  int
}

var _ search.Engine = (*Engine)(nil)

// New returns an engine that keeps nothing.
func New(words search.Segmenter) *Engine {
	nothing := func(*snapshot) {} // what nobody holds is collected
	e := &Engine{words: words, epoch: rand.Text()[:8], kept: search.NewKept(nothing, nothing)}
	e.current = &snapshot{id: e.nextID()}
	return e
}

// Open returns an engine on a data folder, which it makes if need be and owns until Close. The error wraps ErrInUse
// where another process owns it.
func Open(dir string, words search.Segmenter) (*Engine, error) {
	store, err := openStore(dir)
	if err != nil {
		return nil, err
	}
	e := New(words)
	e.store = store
	if err := e.follow(); err != nil {
		return nil, errors.Join(err, store.close())
	}
	if live := len(e.current.docs); store.lines > compactFrom && store.lines > 2*live {
		if err := store.compact(e.current.docs, e.current.updated); err != nil {
			return nil, errors.Join(err, store.close())
		}
	}
	return e, nil
}

// compactFrom is the number of lines from which a file that is more dead than alive is written anew.
const compactFrom = 1000

// OpenReader returns an engine that only reads a data folder, beside the process that owns it, and follows its changes.
// A folder that does not exist yet is an empty collection.
func OpenReader(dir string, words search.Segmenter) (*Engine, error) {
	e := New(words)
	e.store = readStore(dir)
	if err := e.follow(); err != nil {
		return nil, errors.Join(err, e.store.close())
	}
	return e, nil
}

// Close gives the data folder back.
func (e *Engine) Close() error {
	if e.store == nil {
		return nil
	}
	return e.store.close()
}

func (e *Engine) nextID() string {
	e.states++
	return fmt.Sprintf("%s-%d", e.epoch, e.states)
}

// follow takes in what the data folder holds by now. Callers hold mu or are alone.
func (e *Engine) follow() error {
	if e.store == nil {
		return nil
	}
	batches, fresh, err := e.store.read()
	if err != nil {
		return err
	}
	if fresh {
		e.current = &snapshot{id: e.nextID()}
	}
	if len(batches) > 0 {
		// One state after all of them: nobody saw those between.
		joined := search.Batch{}
		last := map[string]int{}
		for _, b := range batches {
			for _, id := range b.Delete {
				if i, ok := last[id]; ok {
					joined.Put[i].Document.ID = ""
					delete(last, id)
				}
			}
			joined.Delete = append(joined.Delete, b.Delete...)
			for _, record := range b.Put {
				if i, ok := last[record.Document.ID]; ok {
					joined.Put[i] = record
					continue
				}
				last[record.Document.ID] = len(joined.Put)
				joined.Put = append(joined.Put, record)
			}
		}
		joined.Put = slices.DeleteFunc(joined.Put, func(r search.Record) bool { return r.Document.ID == "" })
		e.current = e.current.with(e.nextID(), joined, batches[len(batches)-1].Time)
	}
	return nil
}

// snapshot returns the newest state.
func (e *Engine) snapshot() (*snapshot, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.store != nil && e.store.readOnly {
		if err := e.follow(); err != nil {
			return nil, fmt.Errorf("follow data folder: %w: %w", search.ErrUnavailable, err)
		}
	}
	return e.current, nil
}

// Write implements search.Writer.
func (e *Engine) Write(ctx context.Context, batch search.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for i := range batch.Put {
		if err := batch.Put[i].Document.Validate(); err != nil {
			return fmt.Errorf("write documents: %w", err)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now().UTC()
	if e.store != nil {
		if err := e.store.write(batch, now); err != nil {
			return err
		}
	}
	e.current = e.current.with(e.nextID(), batch, now)
	return nil
}

// Known implements search.Writer.
func (e *Engine) Known(context.Context) (map[string]search.Origin, error) {
	s, err := e.snapshot()
	if err != nil {
		return nil, err
	}
	known := make(map[string]search.Origin, len(s.docs))
	for _, d := range s.docs {
		known[d.Document.ID] = d.Origin
	}
	return known, nil
}

// Export implements search.Exporter.
func (e *Engine) Export(ctx context.Context, visit func(search.Record) error) error {
	s, err := e.snapshot()
	if err != nil {
		return err
	}
	for _, d := range s.docs {
		if err := errors.Join(ctx.Err(), visit(d.Record)); err != nil {
			return err
		}
	}
	return nil
}

// Check implements search.Engine. What is in memory was read from the file whole, or opening it failed.
func (e *Engine) Check(context.Context) ([]string, error) {
	s, err := e.snapshot()
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, d := range s.docs {
		if err := d.Document.Validate(); err != nil {
			problems = append(problems, err.Error())
		}
	}
	return problems, nil
}

// Status implements search.Searcher.
func (e *Engine) Status(context.Context) (search.Status, error) {
	s, err := e.snapshot()
	if err != nil {
		return search.Status{}, err
	}
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
	s, err := e.snapshot()
	if err != nil {
		return nil, err
	}
	d := s.find(id)
	if d == nil {
		return nil, search.ErrNotFound
	}
	s.prepare()
	plan := search.Compile(search.Request{Query: q}, e.words)
	document := d.Document
	document.Copies = s.copiesOf(d)
	return &search.Reading{Document: &document, Title: plan.MarkParts(document.Title), Marks: plan.Marks(document.Text)}, nil
}
