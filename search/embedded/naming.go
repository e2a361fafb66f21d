package embedded

import (
	"sync"
	"sync/atomic"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// namings are what the titles of a segment are worth, read from each when it is first asked for.
type namings struct {
	once sync.Once
	read sync.Once
	list []atomic.Uint32 // by document: a kind and characters, plus one; 0 where nobody has asked
}

const namingKinds = 1 << 8

func (n *namings) of(side *segment.Side, doc int) search.Naming {
	n.once.Do(func() { n.list = make([]atomic.Uint32, side.Docs()) })
	if known := n.list[doc].Load(); known > 0 {
		return search.Naming{Kind: int(known-1) % namingKinds, Runes: int(known-1) / namingKinds}
	}
	naming := search.NewNaming(side.Text(side.TitlePassage(doc)))
	n.list[doc].Store(uint32(min(naming.Runes, 1<<23)*namingKinds+naming.Kind) + 1)
	return naming
}

// readAll reads every title before anybody asks: the first search that finds nearly everything would wait for it.
func (n *namings) readAll(side *segment.Side) {
	n.read.Do(func() {
		for doc := range side.Docs() {
			n.of(side, doc)
		}
	})
}
