// Package segment is our segment format for Scorch: beside zapx's own file, which keeps the IDs, a side file with the
// folded text, the two-character grams of it, columns for facets and the documents themselves.
//
// A side file is made of parts, each a run of bytes. Numbers are little-endian. Four kinds of passages are looked
// through: a document's title, its other metadata, the own text of a section, the heading path of a section. Passages are
// numbered in the order of their documents, and so are sections. A gram is two UTF-16 units of a passage; the last unit
// of a line is also a gram with 0, so that every unit begins a gram.
package segment

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"sync"

	"gongwen/analyzers"
)

// ErrDamaged says that a side file is not what was written.
var ErrDamaged = errors.New("side file damaged")

// ErrOutdated says that a side file is sound, but of another layout, or made by other rules: the index must be rebuilt.
var ErrOutdated = errors.New("side file of another version")

// Version is the layout of the side file, and the version of the segment plugin. It rises with every change.
const Version = 4

const magic = "gwside04"

// The parts of a side file.
const (
	partText        = iota // UTF-16 units of all passages, end to end
	partTextAt             // uint32 for every passage and one: its first unit
	partRefs               // uint32 for every passage: what it belongs to and its kind
	partChanges            // where sections differ from their folded text
	partChangesAt          // uint32 for every section and one
	partGramKeys           // uint32, sorted
	partGramsAt            // uint32 for every gram and one
	partGrams              // postings
	partRuns               // postings of the common runs, in the order of their list
	partRunsAt             // uint32 for every common run and one
	partSectionDoc         // uint32 for every section: its document
	partDocSection         // uint32 for every document and one: its first section
	partLengths            // uint32 for every section: characters of its folded text
	partClasses            // two bytes for every section: topic, role
	partColumns            // values of documents by field
	partRecords            // blocks of documents without text, outline and facts
	partRecordTable        // uint32 pairs for every block and one: first document, offset
	partTrees              // blocks of outlines
	partTreeTable          // as for records
	partFacts              // blocks of figures and commitments
	partFactTable          // as for records
	partHashes             // uint64 for every document: what it shares with its copies, see Side.Hash
	partCopies             // uint32 for every document: their numbers in the order of their hashes
	partSketched           // uint32 for every document with a sketch
	partSketches           // for each of them its sketch and, in a uint32, search.Kin.NameKey
	partBands              // uint64 for every band of a sketch and every name, sorted: its key and the sketch's number
	parts
)

// Kinds of passages.
const (
	KindTitle = iota
	KindMeta
	KindText
	KindHeads
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The footer: start and end of every part, the number of documents, the layout, the fingerprint of the rules, the checksum of
// all before it, and the magic again.
const footerSize = parts*16 + 4 + 4 + 4 + 4 + len(magic)

// rules is the fingerprint of what forces another index: folding and the common runs. Reckoning it takes a moment.
var rules = sync.OnceValue(func() uint32 { return analyzers.FoldFingerprint() ^ runsFingerprint() })

// seal makes the footer; sum is the checksum of everything written so far.
func seal(from, to [parts]uint64, docs int, sum uint32) []byte {
	footer := make([]byte, 0, footerSize)
	for i := range from {
		footer = binary.LittleEndian.AppendUint64(footer, from[i])
		footer = binary.LittleEndian.AppendUint64(footer, to[i])
	}
	footer = binary.LittleEndian.AppendUint32(footer, uint32(docs))
	footer = binary.LittleEndian.AppendUint32(footer, Version)
	footer = binary.LittleEndian.AppendUint32(footer, rules())
	sum = crc32.Update(sum, castagnoli, footer)
	footer = binary.LittleEndian.AppendUint32(footer, sum)
	return append(footer, magic...)
}

// unseal checks a whole side file and returns its parts.
func unseal(data []byte) (cut [parts][]byte, docs int, err error) {
	fault := func(format string, args ...any) ([parts][]byte, int, error) {
		return cut, 0, fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
	}
	if len(data) < len(magic)+footerSize {
		return fault("%d bytes", len(data))
	}
	if string(data[:len(magic)]) != magic || string(data[len(data)-len(magic):]) != magic {
		return fault("no side file")
	}
	footer := data[len(data)-footerSize:]
	tail := footer[parts*16:]
	if sum := binary.LittleEndian.Uint32(tail[12:]); crc32.Checksum(data[:len(data)-len(magic)-4], castagnoli) != sum {
		return fault("checksum differs")
	}
	if version := binary.LittleEndian.Uint32(tail[4:]); version != Version {
		return cut, 0, fmt.Errorf("%w: layout %d, want %d", ErrOutdated, version, Version)
	}
	if made := binary.LittleEndian.Uint32(tail[8:]); made != rules() {
		return cut, 0, fmt.Errorf("%w: made by other rules", ErrOutdated)
	}
	end := uint64(len(data) - footerSize)
	for i := range cut {
		from, to := binary.LittleEndian.Uint64(footer[i*16:]), binary.LittleEndian.Uint64(footer[i*16+8:])
		if from > to || to > end {
			return fault("part %d lies outside", i)
		}
		cut[i] = data[from:to]
	}
	return cut, int(binary.LittleEndian.Uint32(tail)), nil
}
