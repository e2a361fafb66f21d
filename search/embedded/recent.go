package embedded

import (
	"sync"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// recentBytes bounds the text of the documents that a segment keeps at hand: long documents come up again and again, and
// putting one together takes longer than finding it.
const recentBytes = 4 << 20

// recent keeps the documents of a segment that were shown last. What it keeps is shared and never changed.
type recent struct {
	mu    sync.Mutex
	kept  map[int]*ready
	order []int // by first use
	bytes int
}

// ready is a document put together, with its folded passages and what its copies hash to.
type ready struct {
	prepared *search.Prepared
	hash     uint64
}

// get returns a document of the segment, put together now if need be.
func (r *recent) get(side *segment.Side, doc int) (*ready, error) {
	r.mu.Lock()
	kept := r.kept[doc]
	r.mu.Unlock()
	if kept != nil {
		return kept, nil
	}
	d, err := side.Document(doc)
	if err != nil {
		return nil, err
	}
	made := &ready{prepare(side, d, doc), segment.CopyHash(d)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil {
		r.kept = map[int]*ready{}
	}
	if r.kept[doc] == nil {
		r.kept[doc] = made
		r.order = append(r.order, doc)
		r.bytes += len(d.Text)
	}
	for r.bytes > recentBytes && len(r.order) > 1 {
		r.bytes -= len(r.kept[r.order[0]].prepared.Document.Text)
		delete(r.kept, r.order[0])
		r.order = r.order[1:]
	}
	return made, nil
}

// prepare joins a document with its folded passages.
func prepare(side *segment.Side, d *gongwen.Document, doc int) *search.Prepared {
	from, _ := side.DocSections(doc)
	return search.PrepareFolded(d, func(i int) search.Folded {
		passage := side.TextPassage(from + i)
		return search.Folded{Text: side.Text(passage), Heads: side.Text(passage + 1), Length: side.Length(from + i)}
	})
}
