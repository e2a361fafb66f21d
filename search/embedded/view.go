package embedded

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// view is a state of the collection that never changes: a Scorch snapshot and what searching needs of it. Its files stay
// until the last user releases it.
type view struct {
	id       string
	updated  time.Time
	reader   index.IndexReader
	users    atomic.Int64
	parts    []*part
	docs     int     // that are shown
	sections int     // of live documents
	average  float64 // length of a section
}

// part is a segment in a view.
type part struct {
	*facts
	snapshot *scorch.SegmentSnapshot
	stored   bitset // documents that are not deleted, those that are one with another included
	dates    []int  // by place in the column of dates: rank among the dates of the view, 0 for unknown
}

// name is that of the segment's side file, or says that there is none yet.
func (p *part) name() string {
	if persisted, ok := p.snapshot.Segment().(api.PersistedSegment); ok {
		return filepath.Base(persisted.Path()) + segment.Suffix
	}
	return "a segment in memory"
}

// newView looks into a snapshot; what the view before knows of its segments is taken over.
func newView(id string, updated time.Time, reader index.IndexReader, before *view) (*view, error) {
	v := &view{id: id, updated: updated, reader: reader}
	v.users.Store(1)
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("read snapshot: a %T", reader), reader.Close())
	}
	for _, s := range snapshot.Segments() {
		side := segment.SideOf(s.Segment())
		if side == nil {
			return nil, errors.Join(fmt.Errorf("read snapshot: a segment of %T", s.Segment()), reader.Close())
		}
		p := &part{facts: &facts{side: side}, snapshot: s, stored: liveDocs(side.Docs(), s.Deleted())}
		v.parts = append(v.parts, p)
	}
	length := 0
	for i, shown := range v.unite() {
		p := v.parts[i]
		p.facts = knownFacts(p.side, shown, before)
		p.learn()
		v.docs += p.docs
		v.sections += p.count
		length += p.length
	}
	if v.sections > 0 {
		v.average = float64(length) / float64(v.sections)
	}
	// The largest first: segments are worked on side by side, and what begins last ends last.
	slices.SortStableFunc(v.parts, func(a, b *part) int { return b.side.Passages() - a.side.Passages() })
	v.rankDates()
	v.acquire()
	go func() {
		defer v.release()
		for _, p := range v.parts {
			p.namings.readAll(p.side)
			p.loners.compare(p.side, v)
		}
	}()
	return v, nil
}

// knownFacts returns the facts of a segment from the view before, if the same of its documents are shown, or new ones.
func knownFacts(side *segment.Side, shown bitset, before *view) *facts {
	if before != nil {
		for _, p := range before.parts {
			if p.side == side && slices.Equal(p.live, shown) {
				return p.facts
			}
		}
	}
	return &facts{side: side, live: shown, docs: shown.count(), citing: knownCiting(side, before), loners: knownLoners(side, before)}
}

func liveDocs(n int, deleted *roaring.Bitmap) bitset {
	live := newBitset(n)
	for i := range live {
		live[i] = ^uint64(0)
	}
	if n&63 != 0 {
		live[len(live)-1] = 1<<(n&63) - 1
	}
	if deleted != nil {
		deleted.Iterate(func(doc uint32) bool {
			live[doc>>6] &^= 1 << (doc & 63)
			return true
		})
	}
	return live
}

// rankDates makes the dates of all segments comparable as numbers.
func (v *view) rankDates() {
	var all []string
	for _, p := range v.parts {
		all = append(all, p.side.Column(segment.ColumnDated).Values...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) > 0 && all[0] == "" {
		all = all[1:]
	}
	for _, p := range v.parts {
		values := p.side.Column(segment.ColumnDated).Values
		p.dates = make([]int, len(values))
		for place, value := range values {
			if value != "" {
				i, _ := slices.BinarySearch(all, value)
				p.dates[place] = i + 1
			}
		}
	}
}

// acquire adds a user; whoever calls it is one already, or holds the lock of what is.
func (v *view) acquire() { v.users.Add(1) }

// release ends a use; the last one gives the snapshot back.
func (v *view) release() {
	if v.users.Add(-1) == 0 {
		_ = v.reader.Close() // gives references back; what it could not do, closing the index reports
	}
}

// document reads a document that is shown, or returns search.ErrNotFound.
func (v *view) document(id string) (*gongwen.Document, error) {
	at, ok := v.find(id)
	if !ok {
		return nil, search.ErrNotFound
	}
	return at.p.side.Document(at.doc)
}
