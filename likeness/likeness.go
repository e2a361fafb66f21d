// Package likeness answers: are two texts the same, and if not, how alike are they? It looks at letters and digits alone,
// so that white space, punctuation and the way in which lines were broken do not matter.
//
// A text becomes a digest, equal for equal texts, and a sketch, from which the likeness of two texts can be told without the
// texts: one-permutation MinHash of their shingles, a byte each. Both depend on the text alone.
//
// Useful for: finding what is nearly the same among many texts. Not for: saying what differs, or finding a short text
// within a long one.
package likeness

import (
	"encoding/binary"
	"math/bits"
	"unicode"
)

const (
	// shingle is how many letters in a row are compared: fewer, and two reports that use the same phrases are alike.
	shingle = 8
	// Bins is the length of a sketch in bytes. With so many the estimate of a likeness of one half errs by 0.04 or less
	// in two cases of three.
	Bins = 128
	// bandSize is how many bytes in a row two sketches must share to be compared at all.
	bandSize = 4
	// Bands is how many such places there are. Texts that are half alike share a band in 87 cases of a hundred, those that
	// are 0.6 alike in 99.
	Bands = Bins / bandSize
	// Least is the number of letters from which a text has a sketch: of a shorter one it would say little.
	Least = 200
)

// Sketch is the sketch of a text: Bins bytes, or nil for a short text.
type Sketch []byte

// Print is what is kept of a text to compare it with others.
type Print struct {
	Digest  uint64 // of letters and digits; texts with the same are the same
	Letters int
	Sketch  Sketch
}

// Of returns the print of a text that comes in pieces. Texts must be folded for what is written in several ways to count as
// the same.
func Of(pieces ...string) Print {
	w := writer{}
	for i := range w.least {
		w.least[i] = empty
	}
	for _, piece := range pieces {
		w.read(piece)
	}
	p := Print{Digest: mix(w.digest ^ uint64(w.letters)), Letters: int(w.letters)}
	if w.letters >= Least {
		p.Sketch = w.sketch()
	}
	return p
}

func isLetter(r rune) bool {
	if r >= 0x4e00 && r <= 0x9fff || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
		return true
	}
	return r > 0x7f && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r >= 'A' && r <= 'Z'
}

const (
	empty = 1<<64 - 1
	base  = 0x9e3779b97f4a7c15 // odd, so that no letter is lost in the rolling hash
)

// leaving is base to the power of the shingle: what a letter weighs when it leaves.
const (
	base2   = base * base & empty
	base4   = base2 * base2 & empty
	leaving = base4 * base4 & empty
)

// writer reads letters and keeps the least hash of a shingle for each bin.
type writer struct {
	digest  uint64
	rolling uint64
	last    [shingle]uint64
	letters uint
	least   [Bins]uint64
}

// read reads a piece of text. It is most of the work, and what it keeps at hand saves half of it.
func (w *writer) read(piece string) {
	digest, rolling, letters := w.digest, w.rolling, w.letters
	for _, r := range piece {
		if !isLetter(r) {
			continue
		}
		letter := uint64(r)
		digest = (digest ^ letter) * 0x100000001b3
		digest ^= digest >> 29
		place := letters % shingle
		rolling = rolling*base + letter - w.last[place]
		w.last[place] = letter * leaving
		if letters++; letters < shingle {
			continue
		}
		h := mix(rolling)
		if bin := h >> 57; h < w.least[bin] {
			w.least[bin] = h
		}
	}
	w.digest, w.rolling, w.letters = digest, rolling, letters
}

// sketch is a byte of each bin's least hash. A bin that no shingle fell into borrows from another, and in every text from
// the same ones in the same order (Shrivastava, Optimal Densification, 2017).
func (w *writer) sketch() Sketch {
	s := make(Sketch, Bins)
	for i := range s {
		from := uint64(i)
		for try := uint64(1); w.least[from] == empty; try++ {
			from = mix(uint64(i)<<32|try) >> 57
		}
		s[i] = byte(w.least[from])
	}
	return s
}

// mix is the finalizer of splitmix64: every bit of the result depends on every bit of the number.
func mix(h uint64) uint64 {
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}

// Between is about how much of two texts is the same: shingles that both have by shingles that either has, from 0 to 1.
func Between(a, b Sketch) float64 {
	if len(a) != Bins || len(b) != Bins {
		return 0
	}
	same := 0
	for i := 0; i < Bins; i += 8 {
		x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:])
		x |= x >> 4
		x |= x >> 2
		x |= x >> 1
		same += 8 - bits.OnesCount64(x&0x0101010101010101)
	}
	const chance = 1.0 / 256 // that bytes are equal of bins that are not
	return max(0, (float64(same)/Bins-chance)/(1-chance))
}

// Share reports whether two sketches share a band: only then are they compared.
func Share(a, b Sketch) bool {
	if len(a) != Bins || len(b) != Bins {
		return false
	}
	for i := 0; i < Bins; i += bandSize {
		if [bandSize]byte(a[i:]) == [bandSize]byte(b[i:]) {
			return true
		}
	}
	return false
}

// Keys are hashes of the bands of a sketch, by which those that share one are found. Sketches that share none may have a key in
// common, by chance.
func (s Sketch) Keys() (keys [Bands]uint32) {
	for i := range keys {
		keys[i] = uint32(mix(uint64(i+1)<<32|uint64(binary.LittleEndian.Uint32(s[i*bandSize:]))) >> 32)
	}
	return keys
}
