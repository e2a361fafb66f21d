// Package watch answers "What has changed in these folders?" and keeps a collection in step with them.
//
// Notifications of the system only say when to look. What is to be done comes from going through the folders and
// comparing with the manifest, what was read when: so nothing is missed where notification fails (network drives, too many
// folders, an overflow, a server that was down), and there is one way for all of it.
//
// Useful for: keeping a server up to date while it serves. Not for: reading files, which package indexer does. Limits: a
// file whose size and time of change are as before counts as unchanged.
package watch

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"gongwen/indexer"
	"gongwen/search"
)

// Collection is what is kept in step.
type Collection interface {
	search.Writer
	// Status says when the collection was changed last, by whomever.
	Status(ctx context.Context) (search.Status, error)
}

// Options adjust a Watcher. Durations that are 0 mean the defaults.
type Options struct {
	Manifest string        // file in which the manifest is kept from run to run; "" keeps it in memory
	Exclude  string        // folder that is passed over, mostly the collection's own
	Logger   *slog.Logger  // nil for slog.Default
	Settle   time.Duration // for so long a file must be unchanged before it is read, or gone before its documents are deleted
	Every    time.Duration // between two looks where nothing was notified
	// Silent does without notification.
	Silent bool
}

const (
	// DefaultSettle is longer than a program pauses while it writes a file, mostly.
	DefaultSettle = time.Second
	// DefaultEvery bounds how late a change on a network drive is found.
	DefaultEvery = time.Minute

	debounce  = 200 * time.Millisecond // after the last event
	mostDelay = 2 * time.Second        // after the first event, however many follow
	// rest is how many times as long as a look took nothing is done after it: what never stops changing takes a fifth of a core.
	rest       = 4
	retryAfter = 5 * time.Second // an error of the collection; twice as long each time
	saveEvery  = 10 * time.Second
)

// Watcher keeps a collection in step with folders.
type Watcher struct {
	ix         *indexer.Indexer
	collection Collection
	folders    []string // absolute
	options    Options
	log        *slog.Logger

	manifest *manifest
	pending  map[string]sighting // files that may still be written, and those that may come back
	foreign  bool                // what the collection holds is to be asked for
	updated  time.Time           // of the collection, after our own last change
	logged   map[fault]bool      // the faults that are in the log
	failed   string              // the last error of the collection, or ""
	status   status
}

// sighting is what a look saw of a file, and since when it is so.
type sighting struct {
	stamp indexer.Stamp // zero for one that is gone
	since time.Time
}

// New returns a watcher of folders; it fails where a path cannot be made absolute.
func New(ix *indexer.Indexer, collection Collection, folders []string, options Options) (*Watcher, error) {
	options.Settle, options.Every = cmp.Or(options.Settle, DefaultSettle), cmp.Or(options.Every, DefaultEvery)
	options.Logger = cmp.Or(options.Logger, slog.Default())
	w := &Watcher{
		ix: ix, collection: collection, options: options, log: options.Logger,
		pending: map[string]sighting{}, logged: map[fault]bool{},
	}
	for _, folder := range folders {
		absolute, err := filepath.Abs(folder)
		if err != nil {
			return nil, fmt.Errorf("watch %s: %w", folder, err)
		}
		w.folders = append(w.folders, absolute)
	}
	w.status.now = Status{Folders: w.folderNames(), Problems: []Problem{}}
	return w, nil
}

// Run works until ctx is done. It returns when all it was doing has ended.
func (w *Watcher) Run(ctx context.Context) {
	w.manifest = w.load()
	bell := w.newBell()
	defer bell.close()
	defer w.save()
	schedule := schedule{next: time.Now()}
	w.foreign = true // what others did before is not known
	failures := 0
	for {
		timer := time.NewTimer(time.Until(schedule.next))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-bell.rings:
			timer.Stop()
			schedule.ring(time.Now())
			continue
		case <-timer.C:
		}
		l, err := w.look(ctx, bell, w.changedByOthers(ctx))
		if ctx.Err() != nil {
			return
		}
		w.foreign = err != nil || l.orphans
		w.finish(l, err)
		after := w.options.Every
		switch {
		case err != nil:
			after = min(retryAfter<<min(failures, 6), max(w.options.Every, retryAfter))
			failures++
		case l.more:
			after = 0
		case l.unsettled:
			after = w.options.Settle
		}
		if err == nil {
			failures = 0
		}
		schedule.looked(l.took, time.Now(), after)
		if w.manifest.dirty && time.Since(w.manifest.saved) > saveEvery {
			w.save()
		}
	}
}

// changedByOthers reports whether somebody else has written to the collection.
func (w *Watcher) changedByOthers(ctx context.Context) bool {
	status, err := w.collection.Status(ctx)
	changed := w.foreign || err != nil || !status.Updated.Equal(w.updated)
	w.updated = status.Updated
	return changed
}

// schedule says when to look next.
type schedule struct {
	next     time.Time
	earliest time.Time // a look takes its time
	first    time.Time // of the events since the last look; zero for none
	planned  time.Time // without events
}

// ring is an event.
func (s *schedule) ring(now time.Time) {
	if s.first.IsZero() {
		s.first, s.planned = now, s.next
	}
	next := now.Add(debounce)
	if latest := s.first.Add(mostDelay); next.After(latest) {
		next = latest
	}
	if next.Before(s.earliest) {
		next = s.earliest
	}
	if s.planned.Before(next) {
		next = s.planned
	}
	s.next = next
}

// looked plans the look after one that took so long, not counting what was then done, and has ended. after is 0 where it did
// not do all.
func (s *schedule) looked(took time.Duration, ended time.Time, after time.Duration) {
	pause := min(rest*took, time.Minute)
	*s = schedule{earliest: ended.Add(pause), next: ended.Add(after)}
	if after > 0 && after < pause {
		s.next = s.earliest
	}
}
