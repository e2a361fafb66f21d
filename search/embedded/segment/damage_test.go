package segment

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"testing"

	"gongwen/search"
)

// reseal makes changed bytes look as if they had been written so.
func reseal(data []byte) []byte {
	data = slices.Clone(data)
	if tail := len(data) - len(magic) - 4; tail >= 0 {
		binary.LittleEndian.PutUint32(data[tail:], crc32.Checksum(data[:tail], castagnoli))
	}
	return data
}

// readAll reads whatever a side file may hold.
func readAll(data []byte) {
	side, err := Read(data)
	if err != nil {
		return
	}
	for doc := range min(side.Docs(), 100) {
		_, _ = side.Record(doc)
		_, _, _ = side.Outline(doc)
		side.Copies(digest(side, doc), func(int) {})
		if sketch := side.Sketch(doc); sketch != nil {
			side.Near(sketch, 1, func(doc int) { side.Sketch(doc) })
		}
	}
	_ = side.Origins(func(int, search.Origin) {})
	side.GramsFrom('法', func(p *Postings) { _, _, _ = p.Next() })
}

// TestForgedBytes changes bytes at random behind the back of the checksum: nothing may panic.
func TestForgedBytes(t *testing.T) {
	whole := buildData(t, 3, 6)
	for seed := range uint64(3000) {
		random := rand.New(rand.NewPCG(seed, 1))
		data := slices.Clone(whole)
		for range 1 + random.IntN(4) {
			data[random.IntN(len(data))] = byte(random.IntN(256))
		}
		readAll(reseal(data))
	}
}

// FuzzRead holds that no bytes make the reader panic, sealed as if they had been written so.
func FuzzRead(f *testing.F) {
	f.Add(buildData(f, 1, 2))
	f.Add(buildData(f, 3, 6))
	f.Fuzz(func(_ *testing.T, data []byte) { readAll(reseal(data)) })
}

// TestOutdated holds that a sound file of another layout, or made by other rules, is told from a damaged one.
func TestOutdated(t *testing.T) {
	whole := buildData(t, 1, 3)
	tail := len(whole) - len(magic) - 16 // documents, layout, rules, checksum
	for name, at := range map[string]int{"layout": tail + 4, "rules": tail + 8} {
		data := slices.Clone(whole)
		data[at]++
		if _, err := Read(reseal(data)); !errors.Is(err, ErrOutdated) || errors.Is(err, ErrDamaged) {
			t.Errorf("another %s: %v", name, err)
		}
	}
}

// TestLargestRecord holds that the longest record which may be written is read again, and that a longer one is refused.
func TestLargestRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a quarter of a gigabyte")
	}
	largest := make([]byte, largestBlock-2*blockSize)
	if err := fits(largest); err != nil {
		t.Fatal(err)
	}
	if err := fits(append(largest, 0)); err == nil {
		t.Error("a record that cannot be read may be written")
	}
	var w blockWriter
	w.add(make([]byte, blockSize-8)) // all but fills the block
	w.add(largest)
	w.flush()
	var table []byte
	for _, n := range w.table() {
		table = binary.LittleEndian.AppendUint32(table, n)
	}
	if record, err := (blocks{w.data, table}).record(1); err != nil || len(record) != len(largest) {
		t.Errorf("%d of %d bytes are read, %v", len(record), len(largest), err)
	}
}
