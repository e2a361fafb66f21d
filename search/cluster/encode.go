package cluster

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
)

// edge stands in the cluster's texts wherever a number or a Latin word begins or ends, so that 47号 as a word is another run
// than the end of 147号. It is no character; a text that holds it all the same, or what stands for it, has that in other words.
const edge = '\uFDD0'

// escaped are the noncharacters that stand for something, and what stands for them: no run of one is part of another.
var escaped = map[rune]string{
	edge:     "\uFDD1\uFDD2\uFDD2",
	'\uFDD1': "\uFDD1\uFDD2\uFDD3",
	'\uFDD2': "\uFDD1\uFDD3\uFDD2",
	'\uFDD3': "\uFDD1\uFDD3\uFDD3",
}

// class parts digits and Latin letters from the rest, as the laws of a query do for words.
func class(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return 1
	case r >= 'a' && r <= 'z' || r >= 0xdf && r <= 0x24f && r != 0xf7:
		return 2
	}
	return 0
}

// edged puts the edges into a folded text. At its ends they stand if ends is set: a text has them, and so has a word that is
// looked for, but a quoted run may begin in the middle of a number.
func edged(text string, ends bool) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	last := 0
	for i, r := range text {
		c := class(r)
		if c != last && (i > 0 || ends) {
			b.WriteRune(edge)
		}
		if r >= edge && r <= edge+3 {
			b.WriteString(escaped[r])
		} else {
			b.WriteRune(r)
		}
		last = c
	}
	if last != 0 && ends {
		b.WriteRune(edge)
	}
	return b.String()
}

// maxIDBytes is what the cluster takes as the name of a document.
const maxIDBytes = 512

// keyOf names a document in the cluster.
func keyOf(id string) string {
	if len(id) <= maxIDBytes {
		return id
	}
	hash := sha256.Sum256([]byte(id))
	return "sha256:" + hex.EncodeToString(hash[:])
}

// copyKey is the digest that copies share; "" for none.
func copyKey(p *search.Prepared) string {
	digest := p.Print().Digest
	if digest == 0 {
		return ""
	}
	return strconv.FormatUint(digest, 16)
}

// facts are what was found in a document.
type facts struct {
	Figures     []gongwen.Figure     `json:"figures,omitempty"`
	Commitments []gongwen.Commitment `json:"commitments,omitempty"`
}

// encode makes the source of a record in the index. It is one line of JSON.
func encode(record *search.Record, written time.Time) ([]byte, error) {
	d := &record.Document
	p := search.Prepare(d)
	length := 0
	sections := make([]object, len(p.Passages))
	for i := range p.Passages {
		u := &p.Passages[i]
		length += u.Length
		var heads []string
		for _, line := range strings.Split(u.Heads, "\n") {
			if line != "" {
				heads = append(heads, edged(line, true))
			}
		}
		section := object{"text": edged(u.Text, true), "heads": heads}
		put(section, "topic", string(u.Section.Topic))
		put(section, "role", string(u.Section.Role))
		sections[i] = section
	}
	source := object{
		fieldID: d.ID, fieldTitle: edged(p.Title, true), fieldMeta: edged(p.Meta, true),
		fieldDated: string(d.Dated()), fieldUndated: 0, fieldCount: len(p.Passages), fieldLength: length,
		fieldWritten: written.UnixMilli(), fieldSections: sections, sourceText: d.Text,
	}
	if d.Dated() == "" {
		source[fieldUndated] = 1
	}
	if d.Year != 0 {
		source[fieldYear] = strconv.Itoa(d.Year)
	}
	put(source, fieldPublished, string(d.Published))
	put(source, fieldEffective, string(d.Effective))
	put(source, fieldExpires, string(d.Expires))
	put(source, fieldCopy, copyKey(p))
	put(source, fieldPath, record.Origin.Path)
	put(source, fieldHash, record.Origin.Hash)
	if record.Origin.Unnamed {
		source[fieldUnnamed] = true
	}
	for field, value := range map[string]string{fieldDepartment: d.Department(), fieldKind: d.Kind, fieldStatus: d.Status} {
		put(source, field, value)
		put(source, field+folded, analyzers.Fold(value))
	}
	put(source, fieldSource+folded, analyzers.Fold(d.Source))
	if d.Region != "" {
		source[fieldLevels] = search.FacetValues(search.FieldRegion, d)
		source[fieldPlaces] = search.RegionNames(d.Region)
	}
	if d.Number != "" {
		source[fieldNumber], source[fieldNumbers] = edged(analyzers.Fold(d.Number), true), askedNumbers(d.Number)
	}
	var cited, citeds, titles []string
	for _, c := range d.Cites {
		if c.Number != "" {
			cited, citeds = append(cited, edged(analyzers.Fold(c.Number), true)), append(citeds, askedNumbers(c.Number)...)
		}
		if c.Title != "" {
			titles = append(titles, edged(analyzers.Fold(c.Title), true))
		}
	}
	source[fieldCited], source[fieldCiteds], source[fieldCitedTitle] = cited, citeds, titles

	found := facts{d.Figures, d.Commitments}
	if len(d.Figures)+len(d.Commitments) > 0 {
		data, err := json.Marshal(found)
		if err != nil {
			return nil, fmt.Errorf("encode facts of %s: %w", d.ID, err)
		}
		source[sourceFacts], source[fieldHasFacts] = string(data), true
	}
	bare := *d
	bare.Text, bare.Figures, bare.Commitments = "", nil, nil
	bare.Copies, bare.Addresses, bare.Versions = nil, nil, nil
	data, err := json.Marshal(bare)
	if err != nil {
		return nil, fmt.Errorf("encode document %s: %w", d.ID, err)
	}
	source[sourceDocument] = string(data)
	if data, err = json.Marshal(source); err != nil {
		return nil, fmt.Errorf("encode document %s: %w", d.ID, err)
	}
	return data, nil
}

func put(source object, field, value string) {
	if value != "" {
		source[field] = value
	}
}

// askedNumbers are the ways in which a document number is asked for whole.
func askedNumbers(number string) []string {
	n, ok := gongwen.ParseDocNumber(number)
	if !ok {
		return nil
	}
	bare := gongwen.DocNumber{Year: n.Year, Serial: n.Serial}
	return []string{n.String(), bare.String()}
}

// stored is what the cluster gives back of a record.
type stored struct {
	Document string `json:"document"`
	Text     string `json:"body"`
	Facts    string `json:"facts"`
	Path     string `json:"path"`
	Hash     string `json:"hash"`
	Unnamed  bool   `json:"unnamed"`
}

// decode makes the record of it, as far as it was asked for.
func (s *stored) decode() (search.Record, error) {
	r := search.Record{Origin: search.Origin{Path: s.Path, Hash: s.Hash, Unnamed: s.Unnamed}}
	if err := json.Unmarshal([]byte(s.Document), &r.Document); err != nil {
		return r, fmt.Errorf("read document: %w", err)
	}
	r.Document.Text = s.Text
	if s.Facts != "" {
		var found facts
		if err := json.Unmarshal([]byte(s.Facts), &found); err != nil {
			return r, fmt.Errorf("read facts of %s: %w", r.Document.ID, err)
		}
		r.Document.Figures, r.Document.Commitments = found.Figures, found.Commitments
	}
	return r, nil
}
