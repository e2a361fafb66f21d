package segment

import (
	"encoding/binary"
	"fmt"
	"sort"

	"github.com/klauspost/compress/zstd"
)

// Records of documents, one each, are kept in blocks: some documents together, compressed. In a block every record has its
// length before it. The table has for every block its first document and its offset, and at last those of the end.

// blockSize is where a block ends: large enough to compress well, small enough to unpack for one hit.
const blockSize = 16 << 10

// largestBlock bounds what a block unpacks to, and so the record of one document: a table of eight megabytes with a figure
// in every cell comes near it.
const largestBlock = 1 << 28

// fits says whether a record can be read again. One that cannot must not be written: it would count as damage.
func fits(record []byte) error {
	if len(record) > largestBlock-2*blockSize {
		return fmt.Errorf("a record of %d MB, the most is %d", len(record)>>20, largestBlock>>20)
	}
	return nil
}

// encoder and decoder are safe for many goroutines by EncodeAll and DecodeAll; their options cannot fail.
var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(largestBlock))
)

// blockWriter gathers records in the order of their documents.
type blockWriter struct {
	data    []byte
	firsts  []uint32
	offsets []uint32
	open    []byte
	docs    uint32
	opened  uint32
}

func (b *blockWriter) add(record []byte) {
	b.open = binary.AppendUvarint(b.open, uint64(len(record)))
	b.open = append(b.open, record...)
	b.docs++
	if len(b.open) >= blockSize {
		b.flush()
	}
}

func (b *blockWriter) flush() {
	if b.docs == b.opened {
		return
	}
	b.begin()
	b.data = encoder.EncodeAll(b.open, b.data)
	b.open, b.opened = b.open[:0], b.docs
}

// begin notes where a block begins.
func (b *blockWriter) begin() {
	b.firsts = append(b.firsts, b.opened)
	b.offsets = append(b.offsets, uint32(len(b.data)))
}

// take adds the records of other blocks, those of dropped documents left out. A block that stays whole is not unpacked.
func (b *blockWriter) take(from blocks, dropped func(doc int) bool) error {
	for i := range from.count() {
		first, end := from.docs(i)
		whole := len(from.packed(i)) > blockSize/16 // a small one is joined with others
		for doc := first; doc < end && whole; doc++ {
			whole = !dropped(doc)
		}
		if whole {
			b.flush()
			b.begin()
			b.data = append(b.data, from.packed(i)...)
			b.docs += uint32(end - first)
			b.opened = b.docs
			continue
		}
		err := from.each(i, func(doc int, record []byte) {
			if !dropped(doc) {
				b.add(record)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *blockWriter) table() []uint32 {
	table := make([]uint32, 0, len(b.firsts)*2+2)
	for i := range b.firsts {
		table = append(table, b.firsts[i], b.offsets[i])
	}
	return append(table, b.docs, uint32(len(b.data)))
}

// blocks are written blocks and their table.
type blocks struct{ data, table []byte }

func (b blocks) count() int { return len(b.table)/8 - 1 }

// docs are the documents of a block: from the first to before the end.
func (b blocks) docs(block int) (first, end int) {
	return number(b.table, block*2), number(b.table, block*2+2)
}

func (b blocks) packed(block int) []byte {
	return b.data[number(b.table, block*2+1):number(b.table, block*2+3)]
}

// each calls visit with the records of a block in order. A record is valid during the call and, as long as nobody changes
// it, after it.
func (b blocks) each(block int, visit func(doc int, record []byte)) error {
	data, err := decoder.DecodeAll(b.packed(block), nil)
	if err != nil {
		return fmt.Errorf("%w: block %d: %w", ErrDamaged, block, err)
	}
	doc, end := b.docs(block)
	for ; doc < end; doc++ {
		size, n := binary.Uvarint(data)
		if n <= 0 || size > uint64(len(data)-n) {
			return fmt.Errorf("%w: no document %d", ErrDamaged, doc)
		}
		visit(doc, data[n:n+int(size)])
		data = data[n+int(size):]
	}
	return nil
}

// record unpacks the record of a document.
func (b blocks) record(doc int) (found []byte, err error) {
	block := sort.Search(b.count(), func(i int) bool { return number(b.table, i*2) > doc }) - 1
	if block < 0 {
		return nil, fmt.Errorf("%w: no document %d", ErrDamaged, doc)
	}
	known := false
	err = b.each(block, func(d int, record []byte) {
		if d == doc {
			found, known = record, true
		}
	})
	if err == nil && !known {
		err = fmt.Errorf("%w: no document %d", ErrDamaged, doc)
	}
	return found, err
}

// sound reports whether the table fits the data.
func (b blocks) sound(docs int) bool {
	if len(b.table) < 8 || len(b.table)%8 != 0 {
		return false
	}
	doc, at := 0, 0
	for i := range len(b.table) / 8 {
		first, offset := number(b.table, i*2), number(b.table, i*2+1)
		if first < doc || offset < at || i == 0 && (first != 0 || offset != 0) {
			return false
		}
		doc, at = first, offset
	}
	return doc == docs && at == len(b.data)
}
