package segment

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"github.com/blevesearch/mmap-go"

	"gongwen"
	"gongwen/search"
)

// Side is a side file opened for reading. It is safe for many goroutines until it is closed.
type Side struct {
	cut     [parts][]byte
	docs    int
	columns [columns]Column
	mapped  mmap.MMap // nil for one in memory
}

// Read opens a side file in memory. The error wraps ErrDamaged.
func Read(data []byte) (*Side, error) {
	cut, docs, err := unseal(data)
	if err != nil {
		return nil, err
	}
	s := &Side{cut: cut, docs: docs}
	var ok bool
	if s.columns, ok = readColumns(cut[partColumns], docs); !ok {
		return nil, fmt.Errorf("%w: columns", ErrDamaged)
	}
	if len(cut[partDocSection]) != (docs+1)*4 || len(cut[partTextAt]) != (s.Passages()+1)*4 ||
		len(cut[partChangesAt]) != (s.Sections()+1)*4 || len(cut[partClasses]) != s.Sections()*2 ||
		len(cut[partLengths]) != s.Sections()*4 || len(cut[partGramsAt]) != len(cut[partGramKeys])+4 {
		return nil, fmt.Errorf("%w: parts do not fit together", ErrDamaged)
	}
	return s, nil
}

func number(part []byte, i int) int { return int(binary.LittleEndian.Uint32(part[i*4:])) }

// Docs is the number of documents; they are numbered from 0, and so are sections and passages in the same order.
func (s *Side) Docs() int { return s.docs }

// Sections is the number of sections.
func (s *Side) Sections() int { return len(s.cut[partSectionDoc]) / 4 }

// Passages is the number of passages.
func (s *Side) Passages() int { return len(s.cut[partRefs]) / 4 }

// Owner returns the kind of a passage and what it belongs to: a document for titles and metadata, else a section.
func (s *Side) Owner(passage int) (kind, owner int) {
	r := number(s.cut[partRefs], passage)
	return r & 3, r >> 2
}

// SectionDoc returns the document of a section.
func (s *Side) SectionDoc(section int) int { return number(s.cut[partSectionDoc], section) }

// DocSections returns the sections of a document: from the first to before the last.
func (s *Side) DocSections(doc int) (from, to int) {
	return number(s.cut[partDocSection], doc), number(s.cut[partDocSection], doc+1)
}

// Length is the number of characters of a section's folded text.
func (s *Side) Length(section int) int { return number(s.cut[partLengths], section) }

// Topic is a place in gongwen.Topics plus 1; 0 is unknown.
func (s *Side) Topic(section int) int { return int(s.cut[partClasses][section*2]) }

// Role is a place in gongwen.Roles plus 1; 0 is unknown.
func (s *Side) Role(section int) int { return int(s.cut[partClasses][section*2+1]) }

// Column returns one of the columns.
func (s *Side) Column(column int) *Column { return &s.columns[column] }

// Units returns the UTF-16 units of a passage, little-endian.
func (s *Side) Units(passage int) []byte {
	return s.cut[partText][number(s.cut[partTextAt], passage)*2 : number(s.cut[partTextAt], passage+1)*2]
}

// Text returns the folded text of a passage.
func (s *Side) Text(passage int) string { return decodeUnits(s.Units(passage)) }

// TitlePassage is the passage of a document's title; that of its metadata follows, then text and heads of its sections.
func (s *Side) TitlePassage(doc int) int {
	from, _ := s.DocSections(doc)
	return 2*doc + 2*from
}

// TextPassage is the passage of a section's own text; that of its heads follows.
func (s *Side) TextPassage(section int) int { return 2*(s.SectionDoc(section)+1) + 2*section }

// Gram returns the postings of a two-unit gram, or nil.
func (s *Side) Gram(first, second uint16) *Postings {
	key := gramKey(first, second)
	i := s.search(key)
	if i == len(s.cut[partGramKeys])/4 || uint32(number(s.cut[partGramKeys], i)) != key {
		return nil
	}
	return s.list(i)
}

// GramsFrom calls visit with the postings of every gram that begins with the unit.
func (s *Side) GramsFrom(first uint16, visit func(*Postings)) {
	all := len(s.cut[partGramKeys]) / 4
	for i := s.search(gramKey(first, 0)); i < all && number(s.cut[partGramKeys], i)>>16 == int(first); i++ {
		visit(s.list(i))
	}
}

func (s *Side) search(key uint32) int {
	keys := s.cut[partGramKeys]
	return sort.Search(len(keys)/4, func(i int) bool { return binary.LittleEndian.Uint32(keys[i*4:]) >= key })
}

func (s *Side) list(i int) *Postings {
	at := s.cut[partGramsAt]
	return &Postings{rest: s.cut[partGrams][number(at, i):number(at, i+1)]}
}

// stored unpacks what the block keeps of a document.
func (s *Side) stored(doc int) (*stored, error) {
	table := s.cut[partBlockTable]
	blocks := len(table)/8 - 1
	block := sort.Search(blocks, func(i int) bool { return number(table, i*2) > doc }) - 1
	if block < 0 {
		return nil, fmt.Errorf("%w: no document %d", ErrDamaged, doc)
	}
	data, err := decoder.DecodeAll(s.cut[partBlocks][number(table, block*2+1):number(table, block*2+3)], nil)
	if err != nil {
		return nil, fmt.Errorf("%w: document %d: %w", ErrDamaged, doc, err)
	}
	i := number(table, block*2)
	for line := range strings.Lines(string(data)) {
		if i++; i-1 < doc {
			continue
		}
		var record stored
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			return nil, fmt.Errorf("%w: document %d: %w", ErrDamaged, doc, err)
		}
		return &record, nil
	}
	return nil, fmt.Errorf("%w: no document %d", ErrDamaged, doc)
}

// Document puts a document together as it was written.
func (s *Side) Document(doc int) (*gongwen.Document, error) {
	record, err := s.whole(doc)
	if err != nil {
		return nil, err
	}
	return &record.Document, nil
}

// Record is Document with its origin.
func (s *Side) Record(doc int) (search.Record, error) {
	record, err := s.whole(doc)
	if err != nil {
		return search.Record{}, err
	}
	return search.Record{Document: record.Document, Origin: record.Origin}, nil
}

func (s *Side) whole(doc int) (*stored, error) {
	record, err := s.stored(doc)
	if err != nil {
		return nil, err
	}
	text := make([]byte, record.TextLen)
	d := &record.Document
	section, end := s.DocSections(doc)
	place := func(own []gongwen.Span) bool {
		if section >= end {
			return false
		}
		at := s.cut[partChangesAt]
		written := restore(s.Units(s.TextPassage(section)), s.cut[partChanges][number(at, section):number(at, section+1)])
		section++
		for i, span := range own {
			if i > 0 {
				written = strings.TrimPrefix(written, "\n") // which joined the pieces
			}
			if span.Start < 0 || span.End > len(text) || span.Len() > len(written) {
				return false
			}
			copy(text[span.Start:span.End], written)
			written = written[span.Len():]
		}
		return written == ""
	}
	fits := true
	gongwen.Walk(d.Sections, func(section *gongwen.Section, _ []*gongwen.Section) { fits = place(section.Own()) && fits })
	if len(d.Sections) == 0 && record.TextLen > 0 {
		fits = place([]gongwen.Span{{Start: 0, End: record.TextLen}})
	}
	if !fits || section != end {
		return nil, fmt.Errorf("%w: the sections of document %d do not fit its text", ErrDamaged, doc)
	}
	d.Text = string(text)
	return record, nil
}

// Check reads everything that is stored and returns what is wrong, a line each.
func (s *Side) Check() []string {
	var problems []string
	if s.mapped != nil {
		if _, _, err := unseal(s.mapped); err != nil {
			problems = append(problems, err.Error())
		}
	}
	for doc := range s.docs {
		d, err := s.Document(doc)
		if err == nil {
			err = d.Validate()
		}
		if err != nil {
			problems = append(problems, err.Error())
		}
	}
	return problems
}

// Meta returns a document without its text.
func (s *Side) Meta(doc int) (*gongwen.Document, error) {
	record, err := s.stored(doc)
	if err != nil {
		return nil, err
	}
	return &record.Document, nil
}

// Origins calls visit for every document of the segment, in order.
func (s *Side) Origins(visit func(doc int, origin search.Origin)) error {
	doc := 0
	table := s.cut[partBlockTable]
	for block := range len(table)/8 - 1 {
		data, err := decoder.DecodeAll(s.cut[partBlocks][number(table, block*2+1):number(table, block*2+3)], nil)
		if err != nil {
			return fmt.Errorf("%w: block %d: %w", ErrDamaged, block, err)
		}
		for line := range strings.Lines(string(data)) {
			var record struct {
				Origin search.Origin `json:"o"`
			}
			if err := json.Unmarshal([]byte(line), &record); err != nil {
				return fmt.Errorf("%w: document %d: %w", ErrDamaged, doc, err)
			}
			visit(doc, record.Origin)
			doc++
		}
	}
	return nil
}

const copySize = 12

// Copies calls visit with the documents whose title and text hash to the same as the given one's.
func (s *Side) Copies(hash uint64, visit func(doc int)) {
	pairs := s.cut[partCopies]
	n := len(pairs) / copySize
	at := func(i int) uint64 { return binary.LittleEndian.Uint64(pairs[i*copySize:]) }
	for i := sort.Search(n, func(i int) bool { return at(i) >= hash }); i < n && at(i) == hash; i++ {
		visit(int(binary.LittleEndian.Uint32(pairs[i*copySize+8:])))
	}
}

// CopyHash is what Copies asks for; 0 for a document without text, which has no copies.
func CopyHash(d *gongwen.Document) uint64 { return copyHash(d) }
