package segment

import (
	"encoding/binary"
	"slices"
)

// A posting list holds passages in ascending order: for each, the distance from the one before, doubled, plus 1 where the
// gram stands there once; otherwise how often follows.

// appendPosting appends a passage that comes delta after the last one.
func appendPosting(list []byte, delta, count uint32) []byte {
	if count == 1 {
		return binary.AppendUvarint(list, uint64(delta)<<1|1)
	}
	list = binary.AppendUvarint(list, uint64(delta)<<1)
	return binary.AppendUvarint(list, uint64(count))
}

// Postings walks a list.
type Postings struct {
	rest    []byte
	passage uint32
}

// Next returns the next passage and how often the gram stands in it; ok is false at the end.
func (p *Postings) Next() (passage, count uint32, ok bool) {
	if len(p.rest) == 0 {
		return 0, 0, false
	}
	if head := p.rest[0]; head < 0x80 && head&1 == 1 { // most are near the one before, and stand there once
		p.rest = p.rest[1:]
		p.passage += uint32(head >> 1)
		return p.passage, 1, true
	}
	return p.next()
}

func (p *Postings) next() (passage, count uint32, ok bool) {
	head, n := binary.Uvarint(p.rest)
	if n <= 0 {
		p.rest = nil
		return 0, 0, false
	}
	p.rest = p.rest[n:]
	p.passage += uint32(head >> 1)
	if head&1 == 1 {
		return p.passage, 1, true
	}
	many, n := binary.Uvarint(p.rest)
	if n <= 0 {
		p.rest = nil
		return 0, 0, false
	}
	p.rest = p.rest[n:]
	return p.passage, uint32(many), true
}

// Decode returns all that is left of the list, or what of it lies in a set of passages. It does what Next does, for lists
// of which a search reads a million postings.
func (p *Postings) Decode(within []uint64) []Found {
	all := newFound(len(p.rest))
	passage := p.passage
	for i := 0; i < len(p.rest); {
		head, n := uint64(p.rest[i]), 1
		if head >= 0x80 {
			if head, n = binary.Uvarint(p.rest[i:]); n <= 0 {
				break
			}
		}
		i += n
		passage += uint32(head >> 1)
		count := uint64(1)
		if head&1 == 0 {
			if count, n = binary.Uvarint(p.rest[i:]); n <= 0 {
				break
			}
			i += n
		}
		if within == nil || within[passage>>6]&(1<<(passage&63)) != 0 {
			all = append(all, Found{passage, uint32(count)})
		}
	}
	return all
}

// Len is the size of the list in bytes: enough to tell short lists from long ones.
func (p *Postings) Len() int { return len(p.rest) }

// gramKey joins two units; the second is 0 at the end of a line.
func gramKey(first, second uint16) uint32 { return uint32(first)<<16 | uint32(second) }

// appendGrams appends gram and passage, packed for sorting, for every unit of a passage that is no line break.
func appendGrams(pairs []uint64, units []byte, passage uint32) []uint64 {
	for i := 0; i+1 < len(units); i += 2 {
		first := binary.LittleEndian.Uint16(units[i:])
		if first == '\n' {
			continue
		}
		var second uint16
		if i+3 < len(units) {
			if second = binary.LittleEndian.Uint16(units[i+2:]); second == '\n' {
				second = 0
			}
		}
		pairs = append(pairs, uint64(gramKey(first, second))<<32|uint64(passage))
	}
	return pairs
}

// sortPairs sorts by gram, then passage: by radix where there are many, since there are millions.
func sortPairs(pairs []uint64) []uint64 {
	if len(pairs) < 1<<14 {
		slices.Sort(pairs)
		return pairs
	}
	var most uint64
	for _, p := range pairs {
		most |= p
	}
	const digit = 11
	other := make([]uint64, len(pairs))
	var counts [1 << digit]int
	for shift := 0; shift < 64; shift += digit {
		if most>>shift&(1<<digit-1) == 0 {
			continue
		}
		clear(counts[:])
		for _, p := range pairs {
			counts[p>>shift&(1<<digit-1)]++
		}
		at := 0
		for i, n := range counts {
			counts[i] = at
			at += n
		}
		for _, p := range pairs {
			d := p >> shift & (1<<digit - 1)
			other[counts[d]] = p
			counts[d]++
		}
		pairs, other = other, pairs
	}
	return pairs
}

func le64(data []byte) uint64 { return binary.LittleEndian.Uint64(data) }
