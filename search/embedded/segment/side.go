package segment

import (
	"encoding/binary"
	"encoding/json"
	"errors"
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
	bands   bandTable
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
	ordered := func(part, end int) bool {
		last := 0
		for i := range len(cut[part]) / 4 {
			n := number(cut[part], i)
			if n < last || n > end {
				return false
			}
			last = n
		}
		return last == end
	}
	if len(cut[partText])%2 != 0 || !ordered(partTextAt, len(cut[partText])/2) || !ordered(partChangesAt, len(cut[partChanges])) ||
		!ordered(partGramsAt, len(cut[partGrams])) || !ordered(partRunsAt, len(cut[partRuns])) ||
		len(cut[partRunsAt]) != (len(commonRuns().list)+1)*4 || !ordered(partDocSection, s.Sections()) || s.Passages() != 2*(docs+s.Sections()) ||
		!s.owned() {
		return nil, fmt.Errorf("%w: offsets", ErrDamaged)
	}
	if !s.records().sound(docs) || !s.trees().sound(docs) || !s.facts().sound(docs) || len(cut[partHashes]) != docs*8 ||
		len(cut[partCopies]) != docs*4 || !s.sketchesSound() {
		return nil, fmt.Errorf("%w: records", ErrDamaged)
	}
	return s, nil
}

// owned reports whether every section belongs to the document that names it, and every copy is a document.
func (s *Side) owned() bool {
	for i := range len(s.cut[partCopies]) / 4 {
		if number(s.cut[partCopies], i) >= s.docs {
			return false
		}
	}
	for doc := range s.docs {
		from, to := s.DocSections(doc)
		for section := from; section < to; section++ {
			if s.SectionDoc(section) != doc {
				return false
			}
		}
	}
	return true
}

func (s *Side) records() blocks { return blocks{s.cut[partRecords], s.cut[partRecordTable]} }
func (s *Side) trees() blocks   { return blocks{s.cut[partTrees], s.cut[partTreeTable]} }
func (s *Side) facts() blocks   { return blocks{s.cut[partFacts], s.cut[partFactTable]} }

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

// Topics holds the topic of section i at 2i, and Roles its role, for those who look at very many.
func (s *Side) Topics() []byte { return s.cut[partClasses] }

// Roles is described at Topics.
func (s *Side) Roles() []byte { return s.cut[partClasses][min(1, len(s.cut[partClasses])):] }

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

// stored unpacks the record of a document.
func (s *Side) stored(doc int) (*stored, error) {
	data, err := s.records().record(doc)
	if err != nil {
		return nil, err
	}
	var record stored
	if err := json.Unmarshal(data, &record); err != nil {
		return nil, fmt.Errorf("%w: document %d: %w", ErrDamaged, doc, err)
	}
	return &record, nil
}

// Meta returns a document without its text, outline and facts.
func (s *Side) Meta(doc int) (*gongwen.Document, error) {
	record, err := s.stored(doc)
	if err != nil {
		return nil, err
	}
	return &record.Document, nil
}

// MetaOrigin is Meta with the document's origin.
func (s *Side) MetaOrigin(doc int) (*gongwen.Document, search.Origin, error) {
	record, err := s.stored(doc)
	if err != nil {
		return nil, search.Origin{}, err
	}
	return &record.Document, record.Origin, nil
}

// Outline returns a document without its text and facts, and the bytes of its text. One that nobody split has no sections.
func (s *Side) Outline(doc int) (d *gongwen.Document, size int, err error) {
	record, err := s.stored(doc)
	if err != nil {
		return nil, 0, err
	}
	d = &record.Document
	d.Sections, err = s.tree(doc)
	return d, record.TextLen, err
}

func (s *Side) tree(doc int) ([]gongwen.Section, error) {
	data, err := s.trees().record(doc)
	if err != nil {
		return nil, err
	}
	return readTree(data)
}

// Document puts a document together as it was written.
func (s *Side) Document(doc int) (*gongwen.Document, error) {
	record, err := s.Record(doc)
	if err != nil {
		return nil, err
	}
	return &record.Document, nil
}

// Record is Document with its origin.
func (s *Side) Record(doc int) (search.Record, error) {
	kept, err := s.stored(doc)
	if err != nil {
		return search.Record{}, err
	}
	record := search.Record{Document: kept.Document, Origin: kept.Origin}
	d := &record.Document
	if d.Sections, err = s.tree(doc); err != nil {
		return search.Record{}, err
	}
	data, err := s.facts().record(doc)
	if err != nil {
		return search.Record{}, err
	}
	if len(data) > 0 {
		var f facts
		if err := json.Unmarshal(data, &f); err != nil {
			return search.Record{}, fmt.Errorf("%w: facts of document %d: %w", ErrDamaged, doc, err)
		}
		d.Figures, d.Commitments = f.Figures, f.Commitments
	}
	if d.Text, err = s.text(doc, kept.TextLen, d.Sections); err != nil {
		return search.Record{}, err
	}
	return record, nil
}

// Facts calls visit with every document that holds figures or commitments, without text and outline, until it returns an
// error.
func (s *Side) Facts(visit func(doc int, d *gongwen.Document) error) error {
	var fault error
	for block := range s.facts().count() {
		err := s.facts().each(block, func(doc int, data []byte) {
			if len(data) == 0 || fault != nil {
				return
			}
			var f facts
			d, err := s.Meta(doc)
			if err = errors.Join(err, json.Unmarshal(data, &f)); err != nil {
				fault = fmt.Errorf("%w: facts of document %d: %w", ErrDamaged, doc, err)
				return
			}
			d.Figures, d.Commitments = f.Figures, f.Commitments
			fault = visit(doc, d)
		})
		if err = errors.Join(err, fault); err != nil {
			return err
		}
	}
	return nil
}

// text puts the text of a document together from that of its sections.
func (s *Side) text(doc, size int, sections []gongwen.Section) (string, error) {
	section, end := s.DocSections(doc)
	most := 0 // bytes: a unit makes three at most, a change its own
	for i := section; i < end; i++ {
		most += len(s.Units(s.TextPassage(i)))*3/2 + len(s.changes(i))
	}
	if size < 0 || size > most {
		return "", fmt.Errorf("%w: the text of document %d", ErrDamaged, doc)
	}
	text := make([]byte, size)
	fits := true
	place := func(own []gongwen.Span) {
		if section >= end {
			fits = false
			return
		}
		pieces, ok := s.Written(section, own)
		section++
		for i := 0; i < len(pieces) && ok; i++ {
			if ok = own[i].Start >= 0 && own[i].End <= size; ok {
				copy(text[own[i].Start:own[i].End], pieces[i])
			}
		}
		fits = fits && ok
	}
	gongwen.Walk(sections, func(section *gongwen.Section, _ []*gongwen.Section) { place(section.Own()) })
	if len(sections) == 0 && size > 0 {
		place([]gongwen.Span{{Start: 0, End: size}})
	}
	if !fits || section != end {
		return "", fmt.Errorf("%w: the sections of document %d do not fit its text", ErrDamaged, doc)
	}
	return string(text), nil
}

// Written returns the own text of a section as it was written, a piece for each of its own spans; ok is false where they do
// not fit it.
func (s *Side) Written(section int, own []gongwen.Span) (pieces []string, ok bool) {
	rest := restore(s.Units(s.TextPassage(section)), s.changes(section))
	for i, span := range own {
		if i > 0 {
			rest = strings.TrimPrefix(rest, "\n") // which joined the pieces
		}
		if n := span.Len(); n < 0 || n > len(rest) {
			return nil, false
		}
		pieces = append(pieces, rest[:span.Len()])
		rest = rest[span.Len():]
	}
	return pieces, rest == ""
}

func (s *Side) changes(section int) []byte {
	at := s.cut[partChangesAt]
	return s.cut[partChanges][number(at, section):number(at, section+1)]
}

// ChangedBefore reports whether the original may differ from the usual writing of what lies before a unit of a section's
// text, so that more may lie between that unit and the one before.
func (s *Side) ChangedBefore(section, unit int) bool {
	at, changed := 0, false
	eachChange(s.changes(section), func(c change) bool {
		start := at + int(c.skip)
		at = start + int(c.replaced)
		changed = start <= unit && unit <= at
		return !changed && start <= unit
	})
	return changed
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

// Origins calls visit for every document of the segment, in order.
func (s *Side) Origins(visit func(doc int, origin search.Origin)) error {
	var fault error
	for block := range s.records().count() {
		err := s.records().each(block, func(doc int, record []byte) {
			var kept struct {
				Origin search.Origin `json:"o"`
			}
			if err := json.Unmarshal(record, &kept); err != nil {
				fault = fmt.Errorf("%w: document %d: %w", ErrDamaged, doc, err)
			}
			visit(doc, kept.Origin)
		})
		if err = errors.Join(err, fault); err != nil {
			return err
		}
	}
	return nil
}
