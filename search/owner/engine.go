package owner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded"
)

// Engine is the collection of a folder, through whichever process owns it. Where that one goes away, the next call opens
// the folder anew, so that a server started beside an indexing run takes over when the run ends.
type Engine struct {
	dir   string
	words search.Segmenter

	mu      sync.Mutex
	current search.Engine
	closed  bool
}

var _ search.Engine = (*Engine)(nil)

// Open opens the collection in dir, which it makes if need be. The error is an *InUseError where another process owns the
// folder and does not answer.
func Open(ctx context.Context, dir string, words search.Segmenter) (*Engine, error) {
	current, err := open(ctx, dir, words)
	if err != nil {
		return nil, err
	}
	return &Engine{dir: dir, words: words, current: current}, nil
}

// Owned reports whether this process owns the folder.
func (e *Engine) Owned() bool {
	_, ok := e.engine().(*owned)
	return ok
}

func (e *Engine) engine() search.Engine {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.current
}

// reopen replaces an engine whose owner has gone.
func (e *Engine) reopen(ctx context.Context, gone search.Engine) (search.Engine, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed || e.current != gone {
		return e.current, nil
	}
	next, err := open(ctx, e.dir, e.words)
	if err != nil {
		return nil, errors.Join(search.ErrUnavailable, err)
	}
	e.current = next
	return next, gone.Close()
}

// through calls do with the engine, and again with another if its owner has gone. Every call may be repeated: a batch
// written twice is the batch written once.
func through[R any](ctx context.Context, e *Engine, do func(search.Engine) (R, error)) (R, error) {
	engine := e.engine()
	result, err := do(engine)
	if _, remote := engine.(*client); !remote || !errors.Is(err, errGone) {
		return result, err
	}
	next, err := e.reopen(ctx, engine)
	if err != nil {
		return result, err
	}
	return do(next)
}

// Search implements search.Searcher.
func (e *Engine) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	return through(ctx, e, func(engine search.Engine) (*search.Result, error) { return engine.Search(ctx, r) })
}

// Read implements search.Searcher.
func (e *Engine) Read(ctx context.Context, id string, q search.Query) (*search.Reading, error) {
	return through(ctx, e, func(engine search.Engine) (*search.Reading, error) { return engine.Read(ctx, id, q) })
}

// Status implements search.Searcher.
func (e *Engine) Status(ctx context.Context) (search.Status, error) {
	return through(ctx, e, func(engine search.Engine) (search.Status, error) { return engine.Status(ctx) })
}

// Write implements search.Writer.
func (e *Engine) Write(ctx context.Context, batch search.Batch) error {
	_, err := through(ctx, e, func(engine search.Engine) (struct{}, error) { return struct{}{}, engine.Write(ctx, batch) })
	return err
}

// Known implements search.Writer.
func (e *Engine) Known(ctx context.Context) (map[string]search.Origin, error) {
	return through(ctx, e, func(engine search.Engine) (map[string]search.Origin, error) { return engine.Known(ctx) })
}

// Export implements search.Exporter.
func (e *Engine) Export(ctx context.Context, visit func(search.Record) error) error {
	return e.engine().Export(ctx, visit) // never again from the start: what was visited was visited
}

// Facts implements search.FactReader.
func (e *Engine) Facts(ctx context.Context, visit func(*gongwen.Document) error) error {
	return e.engine().Facts(ctx, visit) // as Export
}

// Check implements search.Engine.
func (e *Engine) Check(ctx context.Context) ([]string, error) {
	return through(ctx, e, func(engine search.Engine) ([]string, error) { return engine.Check(ctx) })
}

// Rebuild makes the collection anew beside the one that serves, and serves it once fill has returned without an error;
// until then, and if there is one, nothing changes. fill gets an empty engine.
func (e *Engine) Rebuild(ctx context.Context, fill func(search.Engine) error) error {
	folder := newFolder()
	path := filepath.Join(e.dir, folder)
	next, err := embedded.Open(path, e.words)
	if err != nil {
		return err
	}
	if err := errors.Join(fill(next), next.Close()); err != nil {
		return errors.Join(err, os.RemoveAll(path))
	}
	_, err = through(ctx, e, func(engine search.Engine) (struct{}, error) {
		swapper, ok := engine.(interface {
			swap(ctx context.Context, folder string) error
		})
		if !ok {
			return struct{}{}, fmt.Errorf("rebuild index: a %T cannot swap", engine)
		}
		return struct{}{}, swapper.swap(ctx, folder)
	})
	if err != nil {
		return errors.Join(fmt.Errorf("rebuild index: %w", err), os.RemoveAll(path))
	}
	return nil
}

// Replace makes the collection anew where the one that is there cannot be opened, because it is damaged or of another
// version. The old one goes when the new one is whole.
func Replace(ctx context.Context, dir string, words search.Segmenter, fill func(search.Engine) error) error {
	folder := newFolder()
	path := filepath.Join(dir, folder)
	next, err := embedded.Open(path, words)
	if err != nil {
		return err
	}
	if err := errors.Join(ctx.Err(), fill(next), next.Close()); err != nil {
		return errors.Join(err, os.RemoveAll(path))
	}
	if err := writeCurrent(dir, folder); err != nil {
		return fmt.Errorf("replace index: %w", err)
	}
	return removeOthers(dir, folder)
}

// Close gives the folder back, or ends the conversation with its owner.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil
	}
	e.closed = true
	return e.current.Close()
}
