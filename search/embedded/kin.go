package embedded

import (
	"errors"
	"slices"
	"sync"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// spot is where a document is stored.
type spot struct {
	p   *part
	doc int
}

func (s spot) id() string { return s.p.side.Column(segment.ColumnID).Value(s.doc) }

// kin is what is known of the document, by its columns and title.
func (s spot) kin() search.Kin {
	return s.p.kins.of(s.doc, s.readKin)
}

func (s spot) readKin() search.Kin {
	value := func(column int) string { return s.p.side.Column(column).Value(s.doc) }
	return search.Kin{
		ID: s.id(), Title: s.p.side.Text(s.p.side.TitlePassage(s.doc)), Kind: value(segment.ColumnKind), Year: value(segment.ColumnYear),
		Number: value(segment.ColumnNumber), Issuer: value(segment.ColumnIssuer), Region: value(segment.ColumnRegion),
		Source: value(segment.ColumnSource), Status: value(segment.ColumnStatus), Published: value(segment.ColumnPublished),
		Besides: value(segment.ColumnBesides),
	}.Learn()
}

// kins remembers what is known of the documents of a segment that were asked for last: lists of hits ask for the same.
type kins struct {
	mu    sync.RWMutex
	known map[int]search.Kin
}

// maxKins is how many are remembered.
const maxKins = 10_000

func (k *kins) of(doc int, read func() search.Kin) search.Kin {
	k.mu.RLock()
	kin, ok := k.known[doc]
	k.mu.RUnlock()
	if ok {
		return kin
	}
	kin = read()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil || len(k.known) == maxKins {
		k.known = map[int]search.Kin{}
	}
	k.known[doc] = kin
	return kin
}

// unite returns by segment the documents that are shown: of those that are one the main document alone.
func (v *view) unite() []bitset {
	shown := make([]bitset, len(v.parts))
	var digests []uint64
	for i, p := range v.parts {
		shown[i] = slices.Clone(p.stored)
		p.stored.each(func(doc int) {
			if digest, unnamed := p.side.Hash(doc); unnamed {
				digests = append(digests, digest)
			}
		})
	}
	slices.Sort(digests)
	for i := 0; i < len(digests); {
		digest, first := digests[i], i
		for i < len(digests) && digests[i] == digest {
			i++
		}
		if i-first < 2 {
			continue
		}
		for _, group := range v.groups(digest) {
			for _, other := range group[1:] {
				at := slices.Index(v.parts, other.p)
				shown[at][other.doc>>6] &^= 1 << (other.doc & 63)
			}
		}
	}
	return shown
}

// groups returns the unnamed documents of a digest, those together that are one, the main document first.
func (v *view) groups(digest uint64) [][]spot {
	var spots []spot
	var kin []search.Kin
	for _, p := range v.parts {
		p.side.Copies(digest, func(doc int) {
			if _, unnamed := p.side.Hash(doc); unnamed && p.stored.has(doc) {
				spots = append(spots, spot{p, doc})
				kin = append(kin, spot{p, doc}.kin())
			}
		})
	}
	var groups [][]spot
	for _, places := range search.Unite(kin) {
		group := make([]spot, len(places))
		for i, place := range places {
			group[i] = spots[place]
		}
		groups = append(groups, group)
	}
	return groups
}

// group returns the documents that are one with a given one, the main document first.
func (v *view) group(at spot) []spot {
	if digest, unnamed := at.p.side.Hash(at.doc); unnamed {
		for _, group := range v.groups(digest) {
			if slices.Contains(group, at) {
				return group
			}
		}
	}
	return []spot{at}
}

// find returns the place of a document that is shown, by its ID or that of one that it is one with.
func (v *view) find(id string) (at spot, ok bool) {
	for _, p := range v.parts {
		numbers, err := p.snapshot.DocNumbers([]string{id})
		if err != nil || numbers == nil || numbers.IsEmpty() {
			continue
		}
		if at := (spot{p, int(numbers.Minimum())}); p.stored.has(at.doc) {
			return v.group(at)[0], true
		}
	}
	return spot{}, false
}

// relate adds to a document what it shares with others: its copies and its further addresses.
func (v *view) relate(d *gongwen.Document, at spot) error {
	d.Copies, d.Addresses = nil, nil
	digest, unnamed := at.p.side.Hash(at.doc)
	if digest == 0 {
		return nil
	}
	stored := 0
	for _, p := range v.parts {
		p.side.Copies(digest, func(doc int) {
			if p.stored.has(doc) {
				stored++
			}
			if p.live.has(doc) && (spot{p, doc}) != at {
				d.Copies = append(d.Copies, spot{p, doc}.id())
			}
		})
	}
	slices.Sort(d.Copies)
	if !unnamed || stored == len(d.Copies)+1 {
		return nil
	}
	var faults []error
	for _, other := range v.group(at)[1:] {
		kept, origin, err := other.p.side.MetaOrigin(other.doc)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		d.Addresses = append(d.Addresses, search.NewAddress(kept, origin))
	}
	return errors.Join(faults...)
}

// versions returns the versions of a document.
func (v *view) versions(at spot) []search.FoundVersion[spot] {
	related := func(s spot) search.Related[spot] {
		digest, _ := s.p.side.Hash(s.doc)
		return search.Related[spot]{Place: s, Kin: s.kin(), Digest: digest, Sketch: s.p.side.Sketch(s.doc)}
	}
	if at.p.side.Sketch(at.doc) == nil || at.p.loners.has(at.doc, v) {
		return nil
	}
	return search.FindVersions(related(at), func(of search.Related[spot], visit func(search.Related[spot])) {
		for _, p := range v.parts {
			p.side.Near(of.Sketch, of.Kin.NameKey(), func(doc int) {
				if p.live.has(doc) && (spot{p, doc}) != of.Place {
					visit(related(spot{p, doc}))
				}
			})
		}
	})
}
