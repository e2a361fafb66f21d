package embedded

import (
	"context"
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
	if list := p.side.Exact(gram.Text, true); list != nil {
		h.docs = p.frequencies.of(gram.Text, list.Len(), func() int {
			places := segment.Decode(list)
			defer segment.Recycle(places)
			return p.countDocs(places)
		})
		h.counts = p.list(list.Len())
		for walk := *list; ; {
			passage, count, ok := walk.Next()
			if !ok {
				break
			}
			h.add(p, passage, count, passages)
		}
	} else {
		places := find(context.Background(), p.side, gram)
		defer segment.Recycle(places)
		h.docs = p.countDocs(places)
		h.counts = p.list(len(places))
		for _, f := range places {
			h.add(p, f.Passage, f.Count, passages)
		}
	}
	h.counts = p.trim(h.counts)
	return h
}

func (h *gramHits) add(p *partRun, passage, count uint32, passages bitset) {
	if !passages.has(int(passage)) {
		return
	}
	if kind, owner := p.side.Owner(int(passage)); kind == segment.KindTitle {
		h.title.set(owner)
	} else {
		h.counts = append(h.counts, sectionCount{int32(owner), count})
	}
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
	for _, f := range holding {
		kind, doc := p.side.Owner(int(f.Passage))
		if kind == segment.KindText {
			doc = p.side.SectionDoc(doc)
		} else if kind != segment.KindTitle {
			continue
		}
		if doc != last && p.live.has(doc) { // passages are in the order of documents
			last = doc
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
