package memory

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"gongwen"
	"gongwen/search"
)

// snapshot is a state of the collection that never changes.
type snapshot struct {
	id      string
	updated time.Time
	stored  []*document // sorted by ID

	prepared sync.Once
	docs     []*document // that are shown, sorted by ID: of those that are one the main document alone
	average  float64     // length of a section in runes
	sections int
	copies   map[uint64][]*document    // that are shown, by digest
	groups   map[*document][]*document // by each document that is one with others: all of these, the main document first
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
	docs := make([]*document, 0, len(s.stored)+len(added))
	for _, d := range s.stored {
		if gone[d.Document.ID] {
			continue
		}
		for len(added) > 0 && byID(added[0], d) < 0 {
			docs, added = append(docs, added[0]), added[1:]
		}
		docs = append(docs, d)
	}
	return &snapshot{id: id, updated: updated, stored: append(docs, added...)}
}

func byID(a, b *document) int { return strings.Compare(a.Document.ID, b.Document.ID) }

// find returns the document that is shown by the ID, its own or that of one that it is one with, or nil.
func (s *snapshot) find(id string) *document {
	i, ok := slices.BinarySearchFunc(s.stored, id, func(d *document, id string) int { return strings.Compare(d.Document.ID, id) })
	if !ok {
		return nil
	}
	s.prepare()
	if group := s.groups[s.stored[i]]; group != nil {
		return group[0]
	}
	return s.stored[i]
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
		parallel(s.stored, func(_ int, d *document) { d.prepare() })
		s.unite()
		length := 0
		s.copies = map[uint64][]*document{}
		for _, d := range s.docs {
			s.sections += len(d.prepared.Passages)
			for i := range d.prepared.Passages {
				length += d.prepared.Passages[i].Length
			}
			if d.print.Digest != 0 {
				s.copies[d.print.Digest] = append(s.copies[d.print.Digest], d)
			}
		}
		if s.sections > 0 {
			s.average = float64(length) / float64(s.sections)
		}
	})
}

// unite finds the documents that are one.
func (s *snapshot) unite() {
	equal := map[uint64][]*document{}
	for _, d := range s.stored {
		if d.Origin.Unnamed && d.print.Digest != 0 {
			equal[d.print.Digest] = append(equal[d.print.Digest], d)
		}
	}
	s.groups = map[*document][]*document{}
	for _, docs := range equal {
		kin := make([]search.Kin, len(docs))
		for i, d := range docs {
			kin[i] = d.kin
		}
		for _, places := range search.Unite(kin) {
			group := make([]*document, len(places))
			for i, place := range places {
				group[i] = docs[place]
				s.groups[docs[place]] = group
			}
		}
	}
	for _, d := range s.stored {
		if group := s.groups[d]; group == nil || group[0] == d {
			s.docs = append(s.docs, d)
		}
	}
}

// relate adds to a document what it shares with others: its copies and its further addresses.
func (s *snapshot) relate(d *document) gongwen.Document {
	related := d.Document
	related.Copies, related.Addresses = nil, nil
	for _, other := range s.copies[d.print.Digest] {
		if other != d {
			related.Copies = append(related.Copies, other.Document.ID)
		}
	}
	if group := s.groups[d]; len(group) > 1 {
		for _, other := range group[1:] {
			related.Addresses = append(related.Addresses, search.NewAddress(&other.Document, other.Origin))
		}
	}
	return related
}

// versions returns the versions of a document.
func (s *snapshot) versions(d *document) []search.FoundVersion[*document] {
	related := func(d *document) search.Related[*document] {
		return search.Related[*document]{Place: d, Kin: d.kin, Digest: d.print.Digest, Sketch: d.print.Sketch}
	}
	return search.FindVersions(related(d), func(_ search.Related[*document], visit func(search.Related[*document])) {
		for _, other := range s.docs {
			visit(related(other))
		}
	})
}

// parallel calls visit for every document, from as many goroutines as there are processors.
func parallel(docs []*document, visit func(i int, d *document)) {
	workers := runtime.GOMAXPROCS(0)
	size := (len(docs) + workers - 1) / workers
	var wait sync.WaitGroup
	for from := 0; from < len(docs); from += size {
		to := min(from+size, len(docs))
		wait.Go(func() {
			for i := from; i < to; i++ {
				visit(i, docs[i])
			}
		})
	}
	wait.Wait()
}
