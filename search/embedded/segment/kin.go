package segment

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
	"sync"

	"gongwen/likeness"
)

// What tells copies and versions: a hash for every document and a sketch for the longer ones, both found by what they say.

// hash is what is kept for a document: its digest, and in the lowest bit whether it brought no ID.
func (s *Side) hash(doc int) uint64 { return le64(s.cut[partHashes][doc*8:]) }

// Hash is what a document shares with its copies, 0 for one that has none, and whether it brought no ID of its own.
func (s *Side) Hash(doc int) (digest uint64, unnamed bool) {
	h := s.hash(doc)
	return h &^ 1, h&1 == 1
}

// Copies calls visit with the documents of a digest.
func (s *Side) Copies(digest uint64, visit func(doc int)) {
	at := func(i int) int { return number(s.cut[partCopies], i) }
	for i := sort.Search(s.docs, func(i int) bool { return s.hash(at(i)) >= digest }); i < s.docs && s.hash(at(i))&^1 == digest; i++ {
		visit(at(i))
	}
}

// sketchSize is the length of a sketch and its name key.
const sketchSize = likeness.Bins + 4

// Sketch is the sketch of a document, or nil.
func (s *Side) Sketch(doc int) likeness.Sketch {
	if record := s.sketchRecord(doc); record != nil {
		return record[:likeness.Bins:likeness.Bins]
	}
	return nil
}

func (s *Side) sketchRecord(doc int) []byte {
	all := len(s.cut[partSketched]) / 4
	i := sort.Search(all, func(i int) bool { return number(s.cut[partSketched], i) >= doc })
	if i == all || number(s.cut[partSketched], i) != doc {
		return nil
	}
	return s.cut[partSketches][i*sketchSize : (i+1)*sketchSize]
}

// Near calls visit with the documents whose sketches share a band with the given one, and those with a sketch and the given
// name key, unless it is 0: each once, and a few others.
func (s *Side) Near(sketch likeness.Sketch, name uint32, visit func(doc int)) {
	keys := sketch.Keys()
	wanted := keys[:]
	if name != 0 {
		wanted = append(wanted, name)
	}
	bands := s.cut[partBands]
	all := len(bands) / 8
	key := func(i int) uint32 { return uint32(le64(bands[i*8:]) >> 32) }
	var found []uint32
	for _, band := range wanted {
		i := s.firstBand(band)
		for i < all && key(i) < band {
			i++
		}
		for ; i < all && key(i) == band; i++ {
			found = append(found, uint32(le64(bands[i*8:])))
		}
	}
	slices.Sort(found)
	for _, i := range slices.Compact(found) {
		visit(number(s.cut[partSketched], int(i)))
	}
}

// EachShared calls visit for every document of s whose sketch shares a band with that of another document of the other
// segment, and of the same one where it is s; some more than once.
func (s *Side) EachShared(other *Side, visit func(doc int)) {
	key := func(bands []byte, i int) uint32 { return uint32(le64(bands[i*8:]) >> 32) }
	mine, theirs := s.cut[partBands], other.cut[partBands]
	n, m := len(mine)/8, len(theirs)/8
	for i, j := 0, 0; i < n; {
		band, from := key(mine, i), i
		for i < n && key(mine, i) == band {
			i++
		}
		for j < m && key(theirs, j) < band {
			j++
		}
		if s == other && i-from < 2 || s != other && (j == m || key(theirs, j) != band) {
			continue
		}
		for ; from < i; from++ {
			visit(number(s.cut[partSketched], int(uint32(le64(mine[from*8:])))))
		}
	}
}

// bandTable says where the bands of a segment begin by the first bits of their keys: these are hashes, so that few bands
// share them, and finding one takes two looks into memory where a binary search takes twenty.
type bandTable struct {
	once  sync.Once
	shift int
	first []uint32 // by the first bits of a key
}

// bandsApart is how many bands share the first bits of their key, about.
const bandsApart = 8

// firstBand returns a place that no band of the key is before, and few others are between.
func (s *Side) firstBand(key uint32) int {
	t := &s.bands
	t.once.Do(func() {
		bands := s.cut[partBands]
		all := len(bands) / 8
		width := bits.Len(uint(all / bandsApart))
		t.shift = 32 - width
		t.first = make([]uint32, 1<<width)
		next := 0
		for i := range all {
			for at := int(le64(bands[i*8:]) >> (32 + t.shift)); next <= at; next++ {
				t.first[next] = uint32(i)
			}
		}
		for ; next < len(t.first); next++ {
			t.first[next] = uint32(all)
		}
	})
	return int(t.first[key>>t.shift])
}

// bandsOf returns the keys of sketches, sorted: the key in the upper half, the number of the sketch in the lower.
func bandsOf(sketches []byte) []uint64 {
	n := len(sketches) / sketchSize
	bands := make([]uint64, 0, n*(likeness.Bands+1))
	for i := range n {
		record := sketches[i*sketchSize : (i+1)*sketchSize]
		for _, key := range likeness.Sketch(record[:likeness.Bins]).Keys() {
			bands = append(bands, uint64(key)<<32|uint64(i))
		}
		if name := binary.LittleEndian.Uint32(record[likeness.Bins:]); name != 0 {
			bands = append(bands, uint64(name)<<32|uint64(i))
		}
	}
	return sortPairs(bands)
}

// sketchesSound reports whether the parts fit together.
func (s *Side) sketchesSound() bool {
	n := len(s.cut[partSketched]) / 4
	if len(s.cut[partSketched])%4 != 0 || len(s.cut[partSketches]) != n*sketchSize ||
		len(s.cut[partBands])%8 != 0 || len(s.cut[partBands]) > n*(likeness.Bands+1)*8 {
		return false
	}
	for i := range n {
		if doc := number(s.cut[partSketched], i); doc >= s.docs || i > 0 && doc <= number(s.cut[partSketched], i-1) {
			return false
		}
	}
	for i := range len(s.cut[partBands]) / 8 {
		if int(binary.LittleEndian.Uint32(s.cut[partBands][i*8:])) >= n {
			return false
		}
	}
	return true
}
