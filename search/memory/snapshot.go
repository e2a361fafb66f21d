package memory

import (
	"hash/maphash"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"gongwen"
	"gongwen/search"
)

// snapshot is a state of the collection that never changes.
type snapshot struct {
	id      string
	updated time.Time
	docs    []*document // sorted by ID

	prepared sync.Once
	average  float64 // length of a section in runes
	sections int
	copies   map[uint64][]string // IDs by the hash of what copies share, where there are several
}

// with returns the state after a batch.
func (s *snapshot) with(id string, batch search.Batch, updated time.Time) *snapshot {
	gone := map[string]bool{}
	for _, id := range batch.Delete {
		gone[id] = true
	}
	added := make([]*document, 0, len(batch.Put))
	last := map[string]int{} // of several records with one ID the last stays
	for _, record := range batch.Put {
		gone[record.Document.ID] = true
		if i, ok := last[record.Document.ID]; ok {
			added[i] = &document{Record: record}
			continue
		}
		last[record.Document.ID] = len(added)
		added = append(added, &document{Record: record})
	}
	slices.SortFunc(added, byID)
	docs := make([]*document, 0, len(s.docs)+len(added))
	for _, d := range s.docs {
		if gone[d.Document.ID] {
			continue
		}
		for len(added) > 0 && byID(added[0], d) < 0 {
			docs, added = append(docs, added[0]), added[1:]
		}
		docs = append(docs, d)
	}
	return &snapshot{id: id, updated: updated, docs: append(docs, added...)}
}

func byID(a, b *document) int { return strings.Compare(a.Document.ID, b.Document.ID) }

// find returns the document with the ID, or nil.
func (s *snapshot) find(id string) *document {
	i, ok := slices.BinarySearchFunc(s.docs, id, func(d *document, id string) int { return strings.Compare(d.Document.ID, id) })
	if !ok {
		return nil
	}
	return s.docs[i]
}

// document returns a document for reading, or search.ErrNotFound.
func (s *snapshot) document(id string) (*gongwen.Document, error) {
	if d := s.find(id); d != nil {
		return &d.Document, nil
	}
	return nil, search.ErrNotFound
}

// prepare folds every document and counts what ranking needs; it is safe to call often.
func (s *snapshot) prepare() {
	s.prepared.Do(func() {
		s.parallel(func(_ int, d *document) { d.prepare() })
		length := 0
		s.copies = map[uint64][]string{}
		for _, d := range s.docs {
			s.sections += len(d.prepared.Passages)
			for i := range d.prepared.Passages {
				length += d.prepared.Passages[i].Length
			}
			if key := copyKey(d); key != 0 {
				s.copies[key] = append(s.copies[key], d.Document.ID)
			}
		}
		for key, ids := range s.copies {
			if len(ids) < 2 {
				delete(s.copies, key)
			}
		}
		if s.sections > 0 {
			s.average = float64(length) / float64(s.sections)
		}
	})
}

// parallel calls visit for every document, from as many goroutines as there are processors.
func (s *snapshot) parallel(visit func(i int, d *document)) {
	workers := runtime.GOMAXPROCS(0)
	size := (len(s.docs) + workers - 1) / workers
	var wait sync.WaitGroup
	for from := 0; from < len(s.docs); from += size {
		to := min(from+size, len(s.docs))
		wait.Go(func() {
			for i := from; i < to; i++ {
				visit(i, s.docs[i])
			}
		})
	}
	wait.Wait()
}

// copySeed makes the hashes of one process comparable.
var copySeed = maphash.MakeSeed()

// longText is the length in characters from which equal texts are copies whatever their titles; shorter ones, such as
// the last article of a law, are often equal by custom.
const longText = 100

// copyKey hashes what copies share: the text, and for a short one also the title.
func copyKey(d *document) uint64 {
	if d.Document.Text == "" {
		return 0
	}
	var h maphash.Hash
	h.SetSeed(copySeed)
	_, _ = h.WriteString(d.Document.Text)
	if utf8.RuneCountInString(d.Document.Text) < longText {
		_ = h.WriteByte(0)
		_, _ = h.WriteString(d.Document.Title)
	}
	return h.Sum64()
}

// copiesOf returns the IDs of the other documents that are equal to d.
func (s *snapshot) copiesOf(d *document) []string {
	ids := s.copies[copyKey(d)]
	others := make([]string, 0, len(ids))
	for _, id := range ids {
		if id != d.Document.ID {
			others = append(others, id)
		}
	}
	return others
}
