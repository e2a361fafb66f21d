package watch

import (
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"sync"

	"gongwen/indexer"
)

// recorder keeps what became of files. It is the indexer's Progress.
type recorder struct {
	mu    sync.Mutex
	files map[string]*record
}

// Total implements indexer.Progress.
func (r *recorder) Total(int64) {}

// Read implements indexer.Progress.
func (r *recorder) Read(int64) {}

// Done implements indexer.Progress.
func (r *recorder) Done(*indexer.Summary) {}

// Settled implements indexer.Progress.
func (r *recorder) Settled(entry *indexer.Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	file := r.files[fileOf(entry.Path, func(at string) bool { return r.files[at] != nil })]
	if file == nil {
		return
	}
	switch entry.Outcome {
	case indexer.Accepted, indexer.Unchanged:
		file.Documents++
		file.Sum += sumOf(entry.ID, entry.Hash)
	case indexer.Refused:
		file.Refused++
		file.Waits = file.Waits || entry.Holder != ""
		if len(file.Faults) < maxFaults {
			file.Faults = append(file.Faults, fault{entry.Place(), entry.Reason})
		}
	case indexer.Skipped, indexer.Deleted, indexer.Ignored:
	}
}

// sumOf is one document in the sum over those of a file, in any order.
func sumOf(id, hash string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id + "\x00" + hash)) // never fails
	return h.Sum64()
}

// vanished reports whether a file could not be read because it was deleted just then.
func (r *record) vanished() bool {
	if r.Refused == 0 {
		return false
	}
	_, err := os.Stat(r.Path)
	return errors.Is(err, fs.ErrNotExist)
}
