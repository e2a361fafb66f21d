package embedded

import (
	"sync"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// citing is what the documents of a segment refer to, each title or number once. It is read at the first search that asks
// for it, out of every document's record, and kept as long as the segment.
type citing struct {
	once sync.Once
	list []cited
}

// cited is a title or number and the documents that refer to it.
type cited struct {
	citation gongwen.Citation
	docs     []int32
}

// knownCiting returns that of the segment from the view before, or a new one.
func knownCiting(side *segment.Side, before *view) *citing {
	if before != nil {
		for _, p := range before.parts {
			if p.side == side {
				return p.citing
			}
		}
	}
	return &citing{}
}

// accepted adds to a set the live documents with a citation that the filter accepts.
func (c *citing) accepted(side *segment.Side, f search.Filter, live, set bitset) {
	c.once.Do(func() { c.read(side) })
	for i := range c.list {
		if !f.Accepts(&gongwen.Document{Cites: []gongwen.Citation{c.list[i].citation}}) {
			continue
		}
		for _, doc := range c.list[i].docs {
			if live.has(int(doc)) {
				set.set(int(doc))
			}
		}
	}
}

func (c *citing) read(side *segment.Side) {
	places := map[gongwen.Citation]int{}
	side.Cites(func(doc int, cites []gongwen.Citation) {
		for _, citation := range cites {
			citation.Span = gongwen.Span{} // where it stands does not matter
			place, ok := places[citation]
			if !ok {
				place = len(c.list)
				places[citation] = place
				c.list = append(c.list, cited{citation: citation})
			}
			c.list[place].docs = append(c.list[place].docs, int32(doc))
		}
	})
}
