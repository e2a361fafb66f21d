package segment

import (
	"encoding/json"
	"errors"
	"fmt"

	"gongwen"
)

// Survey calls visit with every document for which want returns true, without its facts, until it returns an error. Blocks are
// unpacked once, so that it is much faster than to read one document after the other. text says whose text is wanted.
func (s *Side) Survey(want, text func(doc int) bool, visit func(d *gongwen.Document) error) error {
	next := s.trees().walk()
	var fault error
	for block := range s.records().count() {
		err := s.records().each(block, func(doc int, data []byte) {
			if fault != nil {
				return
			}
			tree, err := next(doc)
			if fault = err; err != nil || !want(doc) {
				return
			}
			var record stored
			if err := json.Unmarshal(data, &record); err != nil {
				fault = fmt.Errorf("%w: document %d: %w", ErrDamaged, doc, err)
				return
			}
			d := &record.Document
			if d.Sections, fault = readTree(tree); fault != nil {
				return
			}
			if text(doc) {
				if d.Text, fault = s.text(doc, record.TextLen, d.Sections); fault != nil {
					return
				}
			}
			fault = visit(d)
		})
		if err = errors.Join(err, fault); err != nil {
			return err
		}
	}
	return nil
}

// walk returns a function that hands out the records of all documents in order, unpacking each block once.
func (b blocks) walk() func(doc int) ([]byte, error) {
	var records [][]byte
	block, first := 0, 0
	return func(doc int) ([]byte, error) {
		for doc >= first+len(records) && block < b.count() {
			records = records[:0]
			first, _ = b.docs(block)
			if err := b.each(block, func(_ int, record []byte) { records = append(records, record) }); err != nil {
				return nil, err
			}
			block++
		}
		if doc < first || doc >= first+len(records) {
			return nil, fmt.Errorf("%w: no document %d", ErrDamaged, doc)
		}
		return records[doc-first], nil
	}
}
