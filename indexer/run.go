package indexer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"gongwen/search"
)

// RunOptions are what one run can be told.
type RunOptions struct {
	// Prune deletes documents whose file lies under the paths of the run and which were not met in it: the file or
	// the line is gone. What is refused now is not gone.
	Prune bool
	// Exclude is a folder that is passed over where it is met, mostly the collection's own; "" for none.
	Exclude string
	// Report gets one Entry a line, as JSON, of everything the run came by; see Entry for when.
	Report io.Writer
	// Progress is told how far the run is; nil for nobody.
	Progress Progress
}

const (
	// maxFlight is how many bytes of documents are read ahead of the writer. A document in work takes several times
	// its bytes, so this and a batch bound the memory of a run; one larger document alone may pass.
	maxFlight = 32 << 20
	// maxQueue is how many documents are read ahead of the writer, however small.
	maxQueue = 512
)

// Run reads files and folders ("-" is Options.Stdin) and writes their documents to the writer, in batches, in the
// order of the paths. What cannot be read is refused by path and reason and stops nothing. Documents that the
// collection holds already, made of the same bytes, are not written again.
//
// The error is the writer's, the report's or the context's. The run is then over and what was written until then
// stays; no batch is ever half written, and nothing is reported accepted that is not durable. The Summary is true in
// every case.
func (ix *Indexer) Run(ctx context.Context, writer search.Writer, paths []string, options RunOptions) (Summary, error) {
	w := ix.walker(options.Exclude)
	t := task{files: w.walk(ctx, paths), prune: options.Prune}
	// The roots are known when the walk is over, and prune comes after that.
	t.below = func(path string) bool {
		return slices.ContainsFunc(w.roots, func(root place) bool { return under(path, root.path) })
	}
	t.size = func(ctx context.Context) int64 { return ix.size(ctx, paths, options) }
	t.stdin = slices.Contains(paths, stdinPath)
	return ix.carry(ctx, writer, t, options)
}

// Update reads files, by the paths at which a walk found them, and deletes the documents that they hold no more, and those
// of files that are gone. What is refused now is not gone. No other document is changed: one whose ID is taken by a
// document of a file that is not among them is refused. For the rest it is as Run.
func (ix *Indexer) Update(ctx context.Context, writer search.Writer, files, gone []string, options RunOptions) (Summary, error) {
	only := make(map[string]bool, len(files)+len(gone))
	for _, file := range slices.Concat(files, gone) {
		only[file] = true
	}
	present := func(yield func(found) bool) {
		for _, file := range slices.Sorted(slices.Values(files)) {
			if ctx.Err() != nil || !yield(found{path: file}) {
				return
			}
		}
	}
	below := func(path string) bool { return within(path, func(at string) bool { return only[at] }) }
	return ix.carry(ctx, writer, task{files: present, prune: true, below: below, only: only}, options)
}

// task is what carry does.
type task struct {
	files iter.Seq[found]
	only  map[string]bool             // the files that may take an ID from each other; nil for all
	prune bool                        // documents that were not met
	below func(path string) bool      // of these paths; asked when the files are through
	size  func(context.Context) int64 // bytes on disk, or nil
	stdin bool                        // is among the files
}

// carry reads files and writes their documents.
func (ix *Indexer) carry(ctx context.Context, writer search.Writer, t task, options RunOptions) (summary Summary, err error) {
	started := time.Now()
	reporter := newReporter(&summary, options.Report, options.Progress)
	defer func() {
		summary.Elapsed = time.Since(started)
		slices.SortStableFunc(summary.Formats, func(a, b FormatSummary) int { return cmp.Compare(b.Files, a.Files) })
		if options.Progress != nil {
			options.Progress.Done(&summary)
		}
	}()
	known, err := writer.Known(ctx)
	if err != nil {
		return summary, fmt.Errorf("read collection: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	r := &run{
		ix: ix, known: known, progress: options.Progress,
		files: t.files, corrections: ix.newCorrections(),
		ordered: make(chan *job, maxQueue), work: make(chan *job, maxQueue),
		flight: semaphore.NewWeighted(maxFlight),
	}
	var running sync.WaitGroup
	running.Go(func() { r.produce(ctx) })
	for range ix.workers {
		running.Go(func() { r.parse(ctx) })
	}
	if options.Progress != nil && t.size != nil {
		running.Go(func() { options.Progress.Total(t.size(ctx)) })
	}
	if closer, ok := ix.stdin.(io.Closer); ok && t.stdin {
		// A read of standard input may wait for ever and heeds no context. Nobody reads on after the run.
		stop := context.AfterFunc(ctx, func() { _ = closer.Close() })
		defer stop()
	}
	collector := newCollector(writer, known, t.only, reporter)
	err = r.collect(ctx, collector)
	if err == nil && t.prune {
		err = collector.prune(ctx, t.below)
	}
	for _, fault := range r.corrections.faults(known, collector.seen) {
		if err == nil {
			err = reporter.tell(&fault)
		}
	}
	cancel()
	running.Wait()
	return summary, err
}

// size is the number of bytes on disk that a run over the paths reads.
func (ix *Indexer) size(ctx context.Context, paths []string, options RunOptions) int64 {
	w := ix.walker(options.Exclude)
	var total int64
	for f := range w.walk(ctx, paths) {
		total += f.stamp.Size
	}
	return total
}

// run is what the goroutines of one Run share: produce reads files into jobs, parse works on them in any order, and
// collect takes them in the order in which they were read.
type run struct {
	ix       *Indexer
	known    map[string]search.Origin
	progress Progress
	files    iter.Seq[found]

	corrections *corrections

	ordered chan *job
	work    chan *job
	flight  *semaphore.Weighted
}

// job is one document on its way, or one entry of the report.
type job struct {
	piece  piece
	weight int64
	ready  chan struct{} // closed when the fields below are set

	busy   time.Duration  // to split it off its file and to understand it
	entry  Entry          // the outcome if it is known: refused, skipped, unchanged. Accepted as far as parsing goes
	record *search.Record // nil unless accepted
	folder bool           // the entry is about everything below its path
	whole  bool           // the refusal is about a file, or an unknown part of one
}

func (r *run) produce(ctx context.Context) {
	defer close(r.ordered)
	defer close(r.work)
	var count func(int64)
	if r.progress != nil {
		count = r.progress.Read
	}
	for file := range r.files {
		if file.sidecar && !file.explicit {
			continue // read where it is needed
		}
		if file.entry != nil {
			if !r.settle(ctx, &job{entry: *file.entry, folder: file.folder, whole: true}) {
				return
			}
			continue
		}
		since := time.Now()
		for piece, err := range r.ix.read(ctx, file, count) {
			busy := time.Since(since)
			if err != nil {
				if ctx.Err() != nil || !r.settle(ctx, refusedJob(err, piece, busy)) {
					return
				}
			} else if !r.send(ctx, &job{piece: piece, weight: min(int64(len(piece.Data)), maxFlight), busy: busy}) {
				return
			}
			since = time.Now()
		}
	}
}

// refusedJob is a job that is over. read yields refusals only.
func refusedJob(err error, p piece, busy time.Duration) *job {
	var refused *RefusedError
	if !errors.As(err, &refused) {
		refused = refuse("读取失败（%v）", err)
	}
	entry := refusedEntry(refused)
	entry.Format = p.Format
	return &job{entry: entry, busy: busy, whole: refused.Whole || refused.ID == ""}
}

// settle passes on a job that needs no work.
func (r *run) settle(ctx context.Context, j *job) bool {
	j.ready = make(chan struct{})
	close(j.ready)
	select {
	case r.ordered <- j:
		return true
	case <-ctx.Done():
		return false
	}
}

// send passes on a job to be parsed. It waits while too many bytes are in flight.
func (r *run) send(ctx context.Context, j *job) bool {
	if err := r.flight.Acquire(ctx, j.weight); err != nil {
		return false
	}
	j.ready = make(chan struct{})
	for _, channel := range []chan *job{r.ordered, r.work} {
		select {
		case channel <- j:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

func (r *run) parse(ctx context.Context) {
	for j := range r.work {
		if ctx.Err() != nil {
			return
		}
		r.understand(ctx, j)
		if ctx.Err() != nil {
			return // what a parser says that was interrupted is not so
		}
		close(j.ready)
	}
}

// understand fills in what became of a job as far as the document itself decides.
func (r *run) understand(ctx context.Context, j *job) {
	p := j.piece
	started := time.Now()
	defer func() { j.busy += time.Since(started) }()
	draft, err := r.ix.begin(ctx, p, r.corrections)
	if err == nil {
		origin := search.Origin{Path: p.path, Hash: contentHash(p.Data), Unnamed: draft.unnamed}
		if draft.said.unchanged(r.known[draft.id], origin) {
			j.entry = Entry{Path: p.path, Line: p.Line, ID: draft.id, Outcome: Unchanged, Format: p.Format, Hash: r.known[draft.id].Hash}
			return
		}
		origin.Hash = draft.said.hash(origin.Hash)
		read, failure := complete(ctx, p, draft)
		if err = failure; err == nil {
			j.entry = acceptedEntry(p, &read)
			j.entry.Hash = origin.Hash
			j.record = &search.Record{Document: read.document, Origin: origin}
			return
		}
	}
	refused := refusedJob(err, p, 0)
	j.entry, j.whole = refused.entry, refused.whole
}

// collect takes the jobs in order until there are no more.
func (r *run) collect(ctx context.Context, c *collector) error {
	for {
		var j *job
		var open bool
		select {
		case j, open = <-r.ordered:
		case <-ctx.Done():
			return ctx.Err()
		}
		if !open {
			if ctx.Err() != nil {
				return ctx.Err() // ordered closes on cancellation too: what is left is not the end
			}
			return c.flush(ctx)
		}
		select {
		case <-j.ready:
		case <-ctx.Done():
			return ctx.Err()
		}
		r.flight.Release(j.weight)
		c.reporter.summary.read(j)
		j.piece.Data, j.piece.Parse = nil, nil
		if err := c.add(ctx, j); err != nil {
			return err
		}
	}
}
