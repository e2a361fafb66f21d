package watch

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Status is how far a watcher is, for operators.
type Status struct {
	Folders []string  `json:"folders"`
	Files   int       `json:"files"`            // in the folders, those that are read
	Pending int       `json:"pending"`          // files that have changed and are not yet read
	Looked  time.Time `json:"looked,omitzero"`  // when the folders were gone through last
	Changed time.Time `json:"changed,omitzero"` // when something was found changed last
	// Problems are the first of what cannot be read, in the order of the places; Faulty is how many there are.
	Problems []Problem `json:"problems"`
	Faulty   int       `json:"faulty"`
	Error    string    `json:"error,omitempty"` // why the collection could not be written; it is tried again
}

// Problem is what cannot be read, and why: a sentence for people. Place is a path from the name of the watched folder on.
type Problem struct {
	Place  string `json:"place,omitempty"`
	Reason string `json:"reason"`
}

// maxProblems is how many problems a Status names.
const maxProblems = 50

// status is the Status with its lock.
type status struct {
	mu  sync.Mutex
	now Status
}

// Status says how far the watcher is. It may be called at any time.
func (w *Watcher) Status() Status {
	w.status.mu.Lock()
	defer w.status.mu.Unlock()
	return w.status.now
}

// finish tells of a look: the log of what is new in it, the status of all.
func (w *Watcher) finish(l *look, err error) {
	faults := slices.Clone(l.faults)
	faulty := len(faults)
	for _, records := range []map[string]*record{w.manifest.files, w.manifest.corrections} {
		for _, file := range records {
			faults = append(faults, file.Faults...)
			faulty += file.Refused
		}
	}
	slices.SortFunc(faults, func(a, b fault) int {
		return cmp.Or(strings.Compare(a.Place, b.Place), strings.Compare(a.Reason, b.Reason))
	})
	w.report(l, faults, err)

	next := Status{Folders: w.folderNames(), Files: len(l.walk.Files), Pending: len(w.pending), Looked: l.now, Faulty: faulty, Problems: []Problem{}}
	for _, f := range faults[:min(len(faults), maxProblems)] {
		next.Problems = append(next.Problems, Problem{w.public(f.Place), w.publicText(f.Reason)})
	}
	if err != nil {
		next.Error = err.Error()
	}
	w.status.mu.Lock()
	defer w.status.mu.Unlock()
	next.Changed = w.status.now.Changed
	if l.changes() > 0 {
		next.Changed = time.Now()
	}
	w.status.now = next
}

// tellProgress says before something is read how much there is.
func (l *look) tellProgress() {
	l.status.mu.Lock()
	defer l.status.mu.Unlock()
	l.status.now.Files, l.status.now.Pending = len(l.walk.Files), len(l.pending)
	l.status.now.Folders = l.folderNames()
}

func (w *Watcher) folderNames() []string {
	names := make([]string, len(w.folders))
	for i, folder := range w.folders {
		names[i] = filepath.Base(folder)
	}
	return names
}

func (l *look) changes() int { return l.summary.Accepted + l.summary.Deleted }

// report logs what was done and what is wrong, each fault once for as long as it lasts.
func (w *Watcher) report(l *look, faults []fault, err error) {
	if s := &l.summary; l.changes() > 0 {
		w.log.Info("watched files indexed", "accepted", s.Accepted, "deleted", s.Deleted, "unchanged", s.Unchanged, "refused", s.Refused, "took", s.Elapsed)
	}
	if err != nil {
		if w.failed != err.Error() {
			w.log.Error("cannot index what has changed; it is tried again", "error", err)
		}
		w.failed = err.Error()
		return
	}
	w.failed = ""
	lasting := make(map[fault]bool, len(faults))
	for _, f := range faults {
		lasting[f] = true
		if !w.logged[f] {
			w.log.Warn("problem in a watched folder", "place", f.Place, "reason", f.Reason)
		}
	}
	w.logged = lasting
}

// public is a path as anybody may read it: from the name of the watched folder on.
func (w *Watcher) public(path string) string {
	for _, folder := range w.folders {
		if under(path, folder) {
			return filepath.Base(folder) + strings.TrimPrefix(path, folder)
		}
	}
	return filepath.Base(path)
}

// publicText is public for the paths in a sentence.
func (w *Watcher) publicText(text string) string {
	for _, folder := range w.folders {
		text = strings.ReplaceAll(text, folder, filepath.Base(folder))
	}
	return text
}
