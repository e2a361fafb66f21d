package embedded

import (
	"sync"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// facts are what is worked out once for the live documents of a segment, however many queries follow. They pass from view
// to view as long as no document of the segment is deleted.
type facts struct {
	side *segment.Side
	live bitset // documents that are shown: not deleted, and not one with another
	docs int

	citing  *citing
	loners  *loners
	recent  recent
	namings namings

	frequencies frequencies
	kins        kins

	once      sync.Once
	sections  bitset                    // of live documents
	count     int                       // of them
	length    int                       // of them in characters
	classes   map[search.Field][]bitset // by topic or role: the live documents that have a section of it; nil for none
	steady    map[search.Field]bitset   // documents whose sections are all of one topic, or role
	unsteady  map[search.Field]bitset   // sections of the other documents
	stretches []stretch
	columns   [][]int // by column and place: how many live documents
}

// learn works the facts out at first use.
func (f *facts) learn() *facts {
	f.once.Do(func() {
		side := f.side
		f.sections = newBitset(side.Sections())
		topics := make([]bitset, len(search.ClassValues(search.FieldTopic)))
		roles := make([]bitset, len(search.ClassValues(search.FieldRole)))
		f.live.each(func(doc int) {
			from, to := side.DocSections(doc)
			f.count += to - from
			for section := from; section < to; section++ {
				f.sections.set(section)
				f.length += side.Length(section)
				mark(topics, side.Topic(section), doc, side.Docs())
				mark(roles, side.Role(section), doc, side.Docs())
			}
		})
		f.classes = map[search.Field][]bitset{search.FieldTopic: topics, search.FieldRole: roles}
		f.steady, f.unsteady = map[search.Field]bitset{}, map[search.Field]bitset{}
		f.settle(search.FieldTopic, side.Topic)
		f.settle(search.FieldRole, side.Role)
		f.stretches = newStretches(side)
		f.columns = make([][]int, segment.Columns)
		for c := range f.columns {
			if c != segment.ColumnID {
				f.columns[c] = countPlaces(side.Column(c), f.live)
			}
		}
	})
	return f
}

// settle finds the documents whose sections are all of one class of a field: counting by class need not look at these
// section by section.
func (f *facts) settle(field search.Field, class func(section int) int) {
	steady, unsteady := newBitset(f.side.Docs()), newBitset(f.side.Sections())
	f.live.each(func(doc int) {
		from, to := f.side.DocSections(doc)
		for section := from + 1; section < to; section++ {
			if class(section) != class(from) {
				for section := from; section < to; section++ {
					unsteady.set(section)
				}
				return
			}
		}
		steady.set(doc)
	})
	f.steady[field], f.unsteady[field] = steady, unsteady
}

// mark puts a document into the set of a class, which it makes if need be.
func mark(sets []bitset, class, doc, docs int) {
	if sets[class] == nil {
		sets[class] = newBitset(docs)
	}
	sets[class].set(doc)
}

func countPlaces(c *segment.Column, docs bitset) []int {
	counts := make([]int, len(c.Values))
	c.Count(docs, counts)
	return counts
}
