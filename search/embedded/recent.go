package embedded

import (
	"sync"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// recentSections bounds the sections of the outlines that a segment keeps at hand: long documents come up again and again.
const recentSections = 20_000

// recent keeps the outlines of a segment's documents that were shown last. What it keeps is shared and never changed.
type recent struct {
	mu       sync.Mutex
	kept     map[int]*outline
	order    []int // by first use
	sections int
}

// outline is a document without text, with its sections in reading order.
type outline struct {
	document *gongwen.Document
	sections []outlined
}

// outlined is a section and the place of the one above it, or -1.
type outlined struct {
	*gongwen.Section
	above int
}

// get returns the outline of a document, unpacked now if need be.
func (r *recent) get(side *segment.Side, doc int) (*outline, error) {
	r.mu.Lock()
	kept := r.kept[doc]
	r.mu.Unlock()
	if kept != nil {
		return kept, nil
	}
	made, err := newOutline(side, doc)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil {
		r.kept = map[int]*outline{}
	}
	if r.kept[doc] == nil {
		r.kept[doc] = made
		r.order = append(r.order, doc)
		r.sections += len(made.sections)
	}
	for r.sections > recentSections && len(r.order) > 1 {
		r.sections -= len(r.kept[r.order[0]].sections)
		delete(r.kept, r.order[0])
		r.order = r.order[1:]
	}
	return made, nil
}

func newOutline(side *segment.Side, doc int) (*outline, error) {
	d, size, err := side.Outline(doc)
	if err != nil {
		return nil, err
	}
	from, to := side.DocSections(doc)
	o := &outline{d, make([]outlined, 0, to-from)}
	o.add(d.Sections, -1)
	if len(o.sections) == 0 && size > 0 {
		o.sections = append(o.sections, outlined{search.WholeSection(size), -1})
	}
	if len(o.sections) != to-from {
		return nil, segment.ErrDamaged
	}
	return o, nil
}

func (o *outline) add(sections []gongwen.Section, above int) {
	for i := range sections {
		o.sections = append(o.sections, outlined{&sections[i], above})
		o.add(sections[i].Sections, len(o.sections)-1)
	}
}

// above returns the sections above one, from the top.
func (o *outline) above(place int) []*gongwen.Section {
	var path []*gongwen.Section
	for at := o.sections[place].above; at >= 0; at = o.sections[at].above {
		path = append(path, o.sections[at].Section)
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}
