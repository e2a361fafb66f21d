package segment

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"gongwen"
	"gongwen/likeness"
	"gongwen/search"
)

// Entry is what a segment keeps of a document: all of it, and how it is looked through.
type Entry struct {
	record   []byte // stored, encoded
	tree     []byte
	facts    []byte
	columns  [columns]string
	passages []entryPassage // title and meta first, then text and heads of every section
	hash     uint64
	sketch   []byte // as partSketches has it; nil for none
}

type entryPassage struct {
	kind        int
	units       []byte
	changes     []byte
	length      int
	topic, role byte
}

// stored is a document as its record keeps it: without what is kept elsewhere.
type stored struct {
	Document gongwen.Document `json:"d"`
	TextLen  int              `json:"n,omitempty"`
	Origin   search.Origin    `json:"o"`
}

// facts are what was extracted from a document.
type facts struct {
	Figures     []gongwen.Figure     `json:"f,omitempty"`
	Commitments []gongwen.Commitment `json:"c,omitempty"`
}

// NewEntry prepares a document for a segment. It is where the work of indexing is, and safe to call from many goroutines.
func NewEntry(record search.Record) (*Entry, error) {
	d := record.Document
	p := search.Prepare(&d)
	made := p.Print()
	e := &Entry{columns: values(&d), hash: hashOf(made.Digest, record.Origin.Unnamed)}
	if made.Sketch != nil {
		kin := search.Kin{Title: p.Title}.Learn()
		e.sketch = binary.LittleEndian.AppendUint32(made.Sketch, kin.NameKey())
	}
	e.add(KindTitle, p.Title)
	e.add(KindMeta, strings.TrimPrefix(strings.TrimPrefix(p.Meta, p.Title), "\n"))
	for i := range p.Passages {
		u := &p.Passages[i]
		own := make([]string, len(u.Own))
		for j, span := range u.Own {
			own[j] = span.Cut(d.Text)
		}
		e.add(KindText, u.Text)
		text := &e.passages[len(e.passages)-1]
		text.changes = appendChanges(nil, strings.Join(own, "\n"))
		text.length = u.Length
		text.topic, text.role = topicCode(u.Section.Topic), roleCode(u.Section.Role)
		e.add(KindHeads, u.Heads)
	}
	e.tree = appendTree(nil, d.Sections)
	kept := stored{Document: d, TextLen: len(d.Text), Origin: record.Origin}
	kept.Document.Text, kept.Document.Sections = "", nil
	kept.Document.Copies, kept.Document.Addresses, kept.Document.Versions = nil, nil, nil
	kept.Document.Figures, kept.Document.Commitments = nil, nil
	var err error
	if e.record, err = json.Marshal(kept); err != nil {
		return nil, fmt.Errorf("encode document %s: %w", d.ID, err)
	}
	if len(d.Figures)+len(d.Commitments) > 0 {
		if e.facts, err = json.Marshal(facts{d.Figures, d.Commitments}); err != nil {
			return nil, fmt.Errorf("encode facts of document %s: %w", d.ID, err)
		}
	}
	if err := errors.Join(fits(e.record), fits(e.tree), fits(e.facts)); err != nil {
		return nil, fmt.Errorf("keep document %s: %w", d.ID, err)
	}
	return e, nil
}

func (e *Entry) add(kind int, folded string) {
	e.passages = append(e.passages, entryPassage{kind: kind, units: appendUnits(nil, folded)})
}

// Size is about the memory that the entry takes, in bytes.
func (e *Entry) Size() int {
	n := len(e.record) + len(e.tree) + len(e.facts)
	for i := range e.passages {
		n += len(e.passages[i].units) + len(e.passages[i].changes) + 64
	}
	return n
}

// hashOf is a digest as it is kept: even numbers are those of documents that brought an ID, odd ones of others.
func hashOf(digest uint64, unnamed bool) uint64 {
	digest &^= 1
	if unnamed && digest != 0 {
		digest |= 1
	}
	return digest
}

// small are the parts that are gathered in memory while the large ones are written.
type small struct {
	textAt, refs, changesAt, sectionDoc, docSection, lengths []uint32
	classes                                                  []byte
	columns                                                  [columns]columnBuilder
	records, trees, facts                                    blockWriter
	hashes                                                   []uint64
	sketched                                                 []uint32
	sketches                                                 []byte
	docs                                                     int
}

// Build makes a side file of entries in memory, in their order.
func Build(entries []*Entry) ([]byte, error) {
	var s small
	var text, changes []byte
	var pairs []uint64
	common := newRunPostings()
	for _, e := range entries {
		s.docSection = append(s.docSection, uint32(len(s.lengths)))
		for i := range e.passages {
			p := &e.passages[i]
			passage := uint32(len(s.refs))
			s.textAt = append(s.textAt, uint32(len(text)/2))
			owner := s.docs
			if p.kind == KindText || p.kind == KindHeads {
				owner = len(s.lengths)
				if p.kind == KindHeads {
					owner--
				}
			}
			s.refs = append(s.refs, ref(owner, p.kind))
			text = append(text, p.units...)
			pairs = appendGrams(pairs, p.units, passage)
			common.add(passage, p.units)
			if p.kind == KindText {
				s.changesAt = append(s.changesAt, uint32(len(changes)))
				changes = append(changes, p.changes...)
				s.addSection(p.length, p.topic, p.role)
			}
		}
		s.addDocument(e.columns, e.hash, e.sketch)
		s.records.add(e.record)
		s.trees.add(e.tree)
		s.facts.add(e.facts)
	}
	s.textAt = append(s.textAt, uint32(len(text)/2))
	s.changesAt = append(s.changesAt, uint32(len(changes)))

	var out sliceWriter
	w := newPartWriter(&out)
	w.part(partText, text)
	w.part(partChanges, changes)
	common.write(w)
	keys, at := writeGrams(w, sortPairs(pairs))
	if err := writeSmall(w, &s, keys, at); err != nil {
		return nil, err
	}
	return out, nil
}

func ref(owner, kind int) uint32 { return uint32(owner)<<2 | uint32(kind) }

func (s *small) addSection(length int, topic, role byte) {
	s.sectionDoc = append(s.sectionDoc, uint32(s.docs))
	s.lengths = append(s.lengths, uint32(length))
	s.classes = append(s.classes, topic, role)
}

func (s *small) addDocument(row [columns]string, hash uint64, sketch []byte) {
	for i := range s.columns {
		s.columns[i].add(row[i])
	}
	s.hashes = append(s.hashes, hash)
	if sketch != nil {
		s.sketched = append(s.sketched, uint32(s.docs))
		s.sketches = append(s.sketches, sketch...)
	}
	s.docs++
}

// writeGrams writes the posting lists of sorted pairs and returns their keys and offsets.
func writeGrams(w *partWriter, pairs []uint64) (keys, at []uint32) {
	w.begin(partGrams)
	var list []byte
	for i := 0; i < len(pairs); {
		key := uint32(pairs[i] >> 32)
		keys, at = append(keys, key), append(at, uint32(w.size(partGrams)))
		list = list[:0]
		last := uint32(0)
		for i < len(pairs) && uint32(pairs[i]>>32) == key {
			count := uint32(1)
			for i+1 < len(pairs) && pairs[i+1] == pairs[i] {
				count++
				i++
			}
			passage := uint32(pairs[i])
			list = appendPosting(list, passage-last, count)
			last = passage
			i++
		}
		w.write(list)
	}
	at = append(at, uint32(w.size(partGrams)))
	w.end(partGrams)
	return keys, at
}

// writeSmall writes the small parts and the footer.
func writeSmall(w *partWriter, s *small, keys, at []uint32) error {
	s.docSection = append(s.docSection, uint32(len(s.lengths)))
	w.numbers(partTextAt, s.textAt)
	w.numbers(partRefs, s.refs)
	w.numbers(partChangesAt, s.changesAt)
	w.numbers(partGramKeys, keys)
	w.numbers(partGramsAt, at)
	w.numbers(partSectionDoc, s.sectionDoc)
	w.numbers(partDocSection, s.docSection)
	w.numbers(partLengths, s.lengths)
	w.part(partClasses, s.classes)
	var table []byte
	for i := range s.columns {
		table = s.columns[i].append(table)
	}
	w.part(partColumns, table)
	w.blocks(partRecords, partRecordTable, &s.records)
	w.blocks(partTrees, partTreeTable, &s.trees)
	w.blocks(partFacts, partFactTable, &s.facts)
	hashes := make([]byte, 0, len(s.hashes)*8)
	copies := make([]uint32, len(s.hashes))
	for i, hash := range s.hashes {
		hashes = binary.LittleEndian.AppendUint64(hashes, hash)
		copies[i] = uint32(i)
	}
	slices.SortStableFunc(copies, func(a, b uint32) int { return cmp.Compare(s.hashes[a], s.hashes[b]) })
	w.part(partHashes, hashes)
	w.numbers(partCopies, copies)
	w.numbers(partSketched, s.sketched)
	w.part(partSketches, s.sketches)
	bands := make([]byte, 0, len(s.sketched)*(likeness.Bands+1)*8)
	for _, band := range bandsOf(s.sketches) {
		bands = binary.LittleEndian.AppendUint64(bands, band)
	}
	w.part(partBands, bands)
	return w.seal(s.docs)
}

// partWriter writes parts one after another in any order, and keeps where they are and the checksum of all.
type partWriter struct {
	w    io.Writer
	at   uint64
	sum  uint32
	from [parts]uint64
	to   [parts]uint64
	err  error
}

func newPartWriter(w io.Writer) *partWriter {
	p := &partWriter{w: w}
	p.write([]byte(magic))
	return p
}

func (p *partWriter) write(data []byte) {
	if p.err != nil {
		return
	}
	p.sum = crc32.Update(p.sum, castagnoli, data)
	n, err := p.w.Write(data)
	p.at += uint64(n)
	p.err = err
}

func (p *partWriter) begin(part int)       { p.from[part] = p.at }
func (p *partWriter) end(part int)         { p.to[part] = p.at }
func (p *partWriter) size(part int) uint64 { return p.at - p.from[part] }

func (p *partWriter) part(part int, data []byte) {
	p.begin(part)
	p.write(data)
	p.end(part)
}

func (p *partWriter) numbers(part int, numbers []uint32) {
	data := make([]byte, 0, len(numbers)*4)
	for _, n := range numbers {
		data = binary.LittleEndian.AppendUint32(data, n)
	}
	p.part(part, data)
}

func (p *partWriter) blocks(data, table int, b *blockWriter) {
	b.flush()
	p.part(data, b.data)
	p.numbers(table, b.table())
}

func (p *partWriter) seal(docs int) error {
	p.write(seal(p.from, p.to, docs, p.sum))
	if p.err != nil {
		return fmt.Errorf("write side file: %w", p.err)
	}
	return nil
}

type sliceWriter []byte

func (s *sliceWriter) Write(data []byte) (int, error) {
	*s = append(*s, data...)
	return len(data), nil
}
