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
	live bitset // documents that are not deleted
	docs int

	citing  *citing
	recent  recent
	namings namings

	once     sync.Once
	sections bitset                    // of live documents
	count    int                       // of them
	length   int                       // of them in characters
	classes  map[search.Field][]bitset // by topic or role: the live documents that have a section of it; nil for none
	columns  [][]int                   // by column and place: how many live documents
}

// learn works the facts out at first use.
func (f *facts) learn() *facts {
	f.once.Do(func() {
		side := f.side
		f.sections = newBitset(side.Sections())
		topics := make([]bitset, len(classValues(search.FieldTopic)))
		roles := make([]bitset, len(classValues(search.FieldRole)))
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
		f.columns = make([][]int, segment.Columns)
		for c := range f.columns {
			if c != segment.ColumnID {
				f.columns[c] = countPlaces(side.Column(c), f.live)
			}
		}
	})
	return f
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
	docs.each(func(doc int) { counts[c.Place(doc)]++ })
	return counts
}
