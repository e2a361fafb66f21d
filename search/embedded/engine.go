// Package embedded is the engine inside the process: Scorch, Bleve's index, keeps batches, snapshots, deletions and merges;
// package segment keeps what searching needs. Candidates come from grams and are proved in the text, so that answers are
// exact.
package embedded

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bolt "go.etcd.io/bbolt"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// ErrInUse says that another process owns the index.
var ErrInUse = errors.New("index in use")

// Engine implements search.Engine on an index in a folder, which it owns while it is open.
type Engine struct {
	words search.Segmenter
	dir   string
	index bleve.Index

	kept    *search.Kept[*view]
	trouble trouble

	mu      sync.Mutex
	current *view // the newest; stale where something was written since
	stale   bool
	epoch   string // tells the views of this process from those of another
	views   int
	updated time.Time
	closed  bool

	sweeping sync.Mutex
	seen     map[string]bool // zap files that were there
	swept    time.Time
}

// updatedKey is where the index keeps the time of its last change.
var updatedKey = []byte("updated")

var _ search.Engine = (*Engine)(nil)

// lockTimeout is how long opening waits for another process to let go.
const lockTimeout = "2s"

// Open returns an engine on a folder, which it makes if need be. The error wraps ErrInUse where another process owns the
// index, and segment.ErrDamaged, naming the file, where one is not what was written: such an index is not touched.
func Open(dir string, words search.Segmenter) (*Engine, error) {
	segment.Register()
	e := &Engine{words: words, dir: dir, epoch: rand.Text()[:8], kept: search.NewKept((*view).acquire, (*view).release)}
	callback, forget := e.trouble.listen()
	defer forget()
	config := map[string]any{
		"forceSegmentType": segment.Type, "forceSegmentVersion": segment.Version,
		"bolt_timeout": lockTimeout, "numSnapshotsToKeep": 1, "asyncErrorCallbackName": callback,
	}
	var err error
	if _, statErr := os.Stat(filepath.Join(dir, "index_meta.json")); errors.Is(statErr, os.ErrNotExist) {
		e.index, err = bleve.NewUsing(dir, bleve.NewIndexMapping(), scorch.Name, scorch.Name, config)
	} else {
		if err := Check(dir); err != nil {
			return nil, err
		}
		if _, err := segment.RemoveOrphansOf(filepath.Join(dir, "store"), nil); err != nil {
			return nil, err
		}
		e.index, err = bleve.OpenUsing(dir, config)
	}
	if errors.Is(err, bolt.ErrTimeout) { //nolint:staticcheck // the name that scorch's bbolt returns
		return nil, fmt.Errorf("open index %s: %w", dir, ErrInUse)
	}
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	if stamp, err := e.index.GetInternal(updatedKey); err == nil && len(stamp) > 0 {
		if e.updated, err = time.Parse(time.RFC3339Nano, string(stamp)); err != nil {
			return nil, errors.Join(fmt.Errorf("open index %s: %w", dir, err), e.index.Close())
		}
	}
	return e, nil
}

// Close waits for what is being written and gives the folder back. Closing again does nothing.
func (e *Engine) Close() error {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return nil
	}
	e.closed = true
	e.kept.Clear()
	if e.current != nil {
		e.current.release()
		e.current = nil
	}
	e.mu.Unlock()
	if err := e.index.Close(); err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	_, err := segment.RemoveOrphansOf(filepath.Join(e.dir, "store"), nil) // now nothing writes there
	return err
}

// Index is the Bleve index, for what Bleve can do with it beside.
func (e *Engine) Index() bleve.Index { return e.index }

// acquire returns the newest view; the caller releases it.
func (e *Engine) acquire() (*view, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, fmt.Errorf("read index: %w: it is closed", search.ErrUnavailable)
	}
	if e.current == nil || e.stale {
		advanced, err := e.index.Advanced()
		if err != nil {
			return nil, fmt.Errorf("read index: %w: %w", search.ErrUnavailable, err)
		}
		reader, err := advanced.Reader()
		if err != nil {
			return nil, fmt.Errorf("read index: %w: %w", search.ErrUnavailable, err)
		}
		e.views++
		next, err := newView(fmt.Sprintf("%s-%d", e.epoch, e.views), e.updated, reader, e.current)
		if err != nil {
			return nil, fmt.Errorf("read index: %w: %w", search.ErrUnavailable, err)
		}
		if e.current != nil {
			e.current.release()
		}
		e.current, e.stale = next, false
	}
	e.current.users.Add(1)
	return e.current, nil
}

// Write implements search.Writer. It returns when the batch is on the disk, or when the disk does not take it.
func (e *Engine) Write(ctx context.Context, batch search.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	now := time.Now().UTC()
	b := e.index.NewBatch()
	for _, id := range batch.Delete {
		b.Delete(id)
	}
	rejected := map[string]string{}
	prepared, faults := prepareAll(batch.Put)
	for i, d := range prepared {
		id := batch.Put[i].Document.ID
		err := faults[i]
		if err == nil {
			err = b.IndexAdvanced(d)
		}
		if err != nil {
			rejected[id] = err.Error()
		}
	}
	b.SetInternal(updatedKey, []byte(now.Format(time.RFC3339Nano)))
	if err := e.store(ctx, b); err != nil {
		return fmt.Errorf("write documents: %w: %w", search.ErrUnavailable, err)
	}
	e.renew(now)
	return errors.Join(e.sweep(), search.Rejected(rejected))
}

// prepareAll does the work of indexing, on all processors.
func prepareAll(records []search.Record) ([]*document.Document, []error) {
	prepared, faults := make([]*document.Document, len(records)), make([]error, len(records))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(records)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(records); i = int(next.Add(1)) - 1 {
				prepared[i], faults[i] = segment.NewDocument(records[i])
			}
		})
	}
	wait.Wait()
	return prepared, faults
}

// store hands a batch to Scorch, which tries again and again where the disk fails. Once it has failed for a while, nobody
// waits for it any more; what was handed over may still come to be stored.
func (e *Engine) store(ctx context.Context, b *bleve.Batch) error {
	done := make(chan error, 1)
	go func() { done <- e.index.Batch(b) }()
	looking := time.NewTicker(giveUpAfter / 8)
	defer looking.Stop()
	var failing time.Time // since when
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case now := <-looking.C:
			err := e.trouble.current()
			switch {
			case err == nil:
				failing = time.Time{}
			case failing.IsZero():
				failing = now
			case now.Sub(failing) >= giveUpAfter:
				return err
			}
		}
	}
}

// renew lets the next search see what was written.
func (e *Engine) renew(now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.updated = now
	e.stale = true
}

// sweepEvery is how often side files are looked through for orphans.
const sweepEvery = 2 * time.Second

// sweep removes the side files whose zap file was there and is gone: Scorch removes zap files only. A side file without
// one that was never seen may belong to a segment that is just being written.
func (e *Engine) sweep() error {
	e.sweeping.Lock()
	defer e.sweeping.Unlock()
	if time.Since(e.swept) < sweepEvery {
		return nil
	}
	e.swept = time.Now()
	seen, err := segment.RemoveOrphansOf(filepath.Join(e.dir, "store"), e.seen)
	e.seen = seen
	return err
}

// Known implements search.Writer.
func (e *Engine) Known(context.Context) (map[string]search.Origin, error) {
	v, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	known := map[string]search.Origin{}
	for _, p := range v.parts {
		ids := p.side.Column(segment.ColumnID)
		err := p.side.Origins(func(doc int, origin search.Origin) {
			if p.stored.has(doc) {
				known[ids.Value(doc)] = origin
			}
		})
		if err != nil {
			return nil, fmt.Errorf("read origins: %w", err)
		}
	}
	return known, nil
}

// Export implements search.Exporter.
func (e *Engine) Export(ctx context.Context, visit func(search.Record) error) error {
	v, err := e.acquire()
	if err != nil {
		return err
	}
	defer v.release()
	type place struct {
		id  string
		p   *part
		doc int
	}
	all := make([]place, 0, v.docs)
	for _, p := range v.parts {
		ids := p.side.Column(segment.ColumnID)
		p.stored.each(func(doc int) { all = append(all, place{ids.Value(doc), p, doc}) })
	}
	slices.SortFunc(all, func(a, b place) int { return strings.Compare(a.id, b.id) })
	for _, at := range all {
		if err := ctx.Err(); err != nil {
			return err
		}
		record, err := at.p.side.Record(at.doc)
		if err != nil {
			return fmt.Errorf("export %s: %w", at.id, err)
		}
		if err := visit(record); err != nil {
			return err
		}
	}
	return nil
}

// Facts implements search.FactReader.
func (e *Engine) Facts(ctx context.Context, visit func(*gongwen.Document) error) error {
	v, err := e.acquire()
	if err != nil {
		return err
	}
	defer v.release()
	for _, p := range v.parts {
		err := p.side.Facts(func(doc int, d *gongwen.Document) error {
			if !p.live.has(doc) {
				return ctx.Err()
			}
			return errors.Join(ctx.Err(), visit(d))
		})
		if err != nil {
			return fmt.Errorf("read facts: %w", err)
		}
	}
	return nil
}

// Check implements search.Engine: the checksum of every side file of the newest state, and every document in it.
func (e *Engine) Check(ctx context.Context) (problems []string, err error) {
	v, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	for _, p := range v.parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, problem := range p.side.Check() {
			problems = append(problems, p.name()+": "+problem)
		}
	}
	return problems, nil
}

// Status implements search.Searcher.
func (e *Engine) Status(context.Context) (search.Status, error) {
	v, err := e.acquire()
	if err != nil {
		return search.Status{}, err
	}
	defer v.release()
	status := search.Status{Engine: "embedded", Documents: v.docs, Sections: v.sections, Updated: v.updated}
	if err := e.trouble.current(); err != nil {
		status.Trouble = err.Error()
	}
	for _, p := range v.parts {
		years := p.side.Column(segment.ColumnYear)
		used := make([]bool, len(years.Values))
		p.live.each(func(doc int) { used[years.Place(doc)] = true })
		for place, value := range years.Values {
			year, err := strconv.Atoi(value)
			if err != nil || !used[place] {
				continue
			}
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
	v, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	at, ok := v.find(id)
	if !ok {
		return nil, search.ErrNotFound
	}
	d, err := at.p.side.Document(at.doc)
	if err != nil {
		return nil, err
	}
	if err := v.relate(d, at); err != nil {
		return nil, err
	}
	for _, found := range v.versions(at) {
		other, err := found.Place.p.side.Meta(found.Place.doc)
		if err != nil {
			return nil, err
		}
		d.Versions = append(d.Versions, search.NewVersion(other, found.Likeness))
	}
	search.SortVersions(d.Versions)
	if q, err = search.Resolve(q, e.words, v.document); err != nil {
		return nil, err
	}
	plan := search.Compile(search.Request{Query: q}, e.words)
	return &search.Reading{Document: d, Title: plan.MarkParts(d.Title), Marks: plan.Marks(d.Text)}, nil
}
