package embedded

import (
	"context"
	"slices"
	"sync"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// gramHits is where a gram stands in one segment.
type gramHits struct {
	title  bitset         // documents whose title holds it, of those that are listed
	docs   int            // that hold it, listed or not
	counts []sectionCount // of what is listed
}

// newGramHits looks for a gram in what is listed: passages are the titles and texts of it.
func newGramHits(p *partRun, gram *search.Term, passages bitset) *gramHits {
	h := &gramHits{title: p.set(p.side.Docs())}
	var places []segment.Found // that are listed
	if list := p.side.Exact(gram.Text, true); list != nil {
		places = list.Decode(passages)
		h.docs = p.frequencies.of(gram.Text, list.Len(), func() int {
			all := list.Decode(nil)
			defer segment.Recycle(all)
			return p.countDocs(all)
		})
	} else {
		places = find(context.Background(), p.side, gram)
		h.docs = p.countDocs(places)
		places = slices.DeleteFunc(places, func(f segment.Found) bool { return !passages.has(int(f.Passage)) })
	}
	defer segment.Recycle(places)
	h.counts = p.list(len(places))
	for _, f := range places {
		if kind, owner := p.side.Owner(int(f.Passage)); kind == segment.KindTitle {
			h.title.set(owner)
		} else {
			h.counts = append(h.counts, sectionCount{int32(owner), f.Count})
		}
	}
	return h
}

// passages are the titles and texts of what is listed.
func (p *partRun) passages(l *list, sections bool) bitset {
	set := p.set(p.side.Passages())
	if sections {
		l.members.each(func(section int) {
			set.set(p.side.TextPassage(section))
			set.set(p.side.TitlePassage(p.side.SectionDoc(section)))
		})
		return set
	}
	l.members.each(func(doc int) {
		from, to := p.side.DocSections(doc)
		first := p.side.TitlePassage(doc)
		set.set(first)
		for at := first + 2; at < first+2+2*(to-from); at += 2 {
			set.set(at)
		}
	})
	return set
}

// countDocs counts the live documents whose title or text is among passages.
func (p *partRun) countDocs(holding []segment.Found) int {
	docs, last := 0, -1
	owners := p.side.Owners()
	for _, f := range holding {
		kind, _ := owners.Of(int(f.Passage))
		if (kind == segment.KindText || kind == segment.KindTitle) && owners.Doc != last && p.live.has(owners.Doc) {
			last = owners.Doc // passages are in the order of documents
			docs++
		}
	}
	return docs
}

// frequencies remembers how many live documents of a segment hold the frequent grams: counting them takes longer than the
// search that wants to know how much a gram weighs.
type frequencies struct {
	mu    sync.RWMutex
	known map[string]int
}

// frequent is the least size in bytes of a list that is worth remembering.
const frequent = 1 << 10

func (f *frequencies) of(gram string, size int, count func() int) int {
	if size < frequent {
		return count()
	}
	f.mu.RLock()
	docs, ok := f.known[gram]
	f.mu.RUnlock()
	if ok {
		return docs
	}
	docs = count()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known == nil {
		f.known = map[string]int{}
	}
	f.known[gram] = docs
	return docs
}
