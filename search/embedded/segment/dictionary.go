package segment

import (
	"math"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"gongwen/analyzers"
)

// TextField is the field under which Bleve's own queries find the texts and titles of documents.
const TextField = "text"

// dictionary answers Bleve for the words of the text. It holds none: grams find any word, so that a term of Bleve's is in
// every document where it stands, whether or not an analyzer would have cut it there. Terms cannot be listed: queries by
// prefix, wildcard or likeness find nothing, and neither do phrases, for which positions would be needed.
type dictionary struct{ side *Side }

func (m *memory) Dictionary(field string) (api.TermDictionary, error) {
	if field == TextField {
		return dictionary{m.side}, nil
	}
	return m.SegmentBase.Dictionary(field)
}

func (s *onDisk) Dictionary(field string) (api.TermDictionary, error) {
	if field == TextField {
		return dictionary{s.side}, nil
	}
	return s.Segment.Dictionary(field)
}

func (m *memory) Fields() []string { return append(m.SegmentBase.Fields(), TextField) }
func (s *onDisk) Fields() []string { return append(s.Segment.Fields(), TextField) }

// PostingsList finds the documents that hold a term.
func (d dictionary) PostingsList(term []byte, except *roaring.Bitmap, _ api.PostingsList) (api.PostingsList, error) {
	list := &postingsList{}
	if len(term) == 0 {
		return list, nil
	}
	for _, found := range d.side.Find(analyzers.Fold(string(term)), false) {
		kind, owner := d.side.Owner(int(found.Passage))
		switch kind {
		case KindText:
			owner = d.side.SectionDoc(owner)
		case KindTitle:
		default:
			continue
		}
		if except != nil && except.Contains(uint32(owner)) {
			continue
		}
		if n := len(list.all); n > 0 && list.all[n-1].number == uint64(owner) {
			list.all[n-1].frequency += uint64(found.Count)
			continue
		}
		list.all = append(list.all, posting{uint64(owner), uint64(found.Count), d.norm(owner)})
	}
	return list, nil
}

// norm is what Bleve's scorers expect of a document: one by the root of its length.
func (d dictionary) norm(doc int) float64 {
	length := 1
	from, to := d.side.DocSections(doc)
	for section := from; section < to; section++ {
		length += d.side.Length(section)
	}
	return 1 / math.Sqrt(float64(length))
}

func (d dictionary) Contains(key []byte) (bool, error) {
	return len(key) > 0 && len(d.side.Find(analyzers.Fold(string(key)), false)) > 0, nil
}

func (d dictionary) Cardinality() int { return 0 }

func (d dictionary) AutomatonIterator(api.Automaton, []byte, []byte) api.DictionaryIterator {
	return noTerms{}
}

type noTerms struct{}

func (noTerms) Next() (*index.DictEntry, error) { return nil, nil }

// postingsList are the documents of a term, in order.
type postingsList struct {
	unread
	all []posting
}

type posting struct {
	number, frequency uint64
	norm              float64
}

func (p *posting) Number() uint64            { return p.number }
func (p *posting) Frequency() uint64         { return p.frequency }
func (p *posting) Norm() float64             { return p.norm }
func (p *posting) Locations() []api.Location { return nil }
func (p *posting) Size() int                 { return 24 }

func (l *postingsList) Size() int     { return len(l.all) * 24 }
func (l *postingsList) Count() uint64 { return uint64(len(l.all)) }

func (l *postingsList) Iterator(_, _, _ bool, _ api.PostingsIterator) api.PostingsIterator {
	return &postingsIterator{list: l}
}

type postingsIterator struct {
	unread
	list *postingsList
	at   int
}

func (i *postingsIterator) Size() int { return 32 }

func (i *postingsIterator) Next() (api.Posting, error) {
	if i.at >= len(i.list.all) {
		return nil, nil
	}
	i.at++
	return &i.list.all[i.at-1], nil
}

func (i *postingsIterator) Advance(doc uint64) (api.Posting, error) {
	rest := i.list.all[i.at:]
	i.at += sort.Search(len(rest), func(n int) bool { return rest[n].number >= doc })
	return i.Next()
}

// unread keeps no count of the bytes that were read, for which Bleve asks.
type unread struct{}

func (unread) BytesRead() uint64     { return 0 }
func (unread) ResetBytesRead(uint64) {}
func (unread) BytesWritten() uint64  { return 0 }
