package segment

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"

	"gongwen"
)

// The columns: a field of every document, as a place in the list of the field's values in this segment.
const (
	ColumnID = iota
	ColumnYear
	ColumnIssuer
	ColumnSource
	ColumnDepartment
	ColumnKind
	ColumnStatus
	ColumnRegion
	ColumnPublished
	ColumnDated
	ColumnNumber
	columns
)

// Columns is the number of columns.
const Columns = columns

// values returns a document's value for every column, "" where it has none.
func values(d *gongwen.Document) [columns]string {
	year := ""
	if d.Year != 0 {
		year = strconv.Itoa(d.Year)
	}
	return [columns]string{
		ColumnID: d.ID, ColumnYear: year, ColumnIssuer: d.Issuer, ColumnSource: d.Source, ColumnDepartment: d.Department(),
		ColumnKind: d.Kind, ColumnStatus: d.Status, ColumnRegion: d.Region, ColumnPublished: string(d.Published),
		ColumnDated: string(d.Dated()), ColumnNumber: d.Number,
	}
}

// columnBuilder gathers one column.
type columnBuilder struct {
	places map[string]uint32
	list   []string
	rows   []uint32
}

func (c *columnBuilder) add(value string) {
	if c.places == nil {
		c.places = map[string]uint32{}
	}
	place, ok := c.places[value]
	if !ok {
		place = uint32(len(c.list))
		c.places[value] = place
		c.list = append(c.list, value)
	}
	c.rows = append(c.rows, place)
}

// append writes the column: the number of values, their lengths and bytes, then the places, each in as few bytes as the
// largest needs.
func (c *columnBuilder) append(data []byte) []byte {
	data = binary.AppendUvarint(data, uint64(len(c.list)))
	for _, value := range c.list {
		data = binary.AppendUvarint(data, uint64(len(value)))
		data = append(data, value...)
	}
	width := placeWidth(len(c.list))
	for _, place := range c.rows {
		var wide [4]byte
		binary.LittleEndian.PutUint32(wide[:], place)
		data = append(data, wide[:width]...)
	}
	return data
}

func placeWidth(values int) int {
	switch {
	case values <= 1:
		return 0
	case values <= 1<<8:
		return 1
	case values <= 1<<16:
		return 2
	}
	return 4
}

// Column is a field of every document.
type Column struct {
	Values []string // distinct; a place in it is what Place returns
	rows   []byte
	width  int
}

// Place returns the place of a document's value in Values.
func (c *Column) Place(doc int) int {
	switch c.width {
	case 0:
		return 0
	case 1:
		return int(c.rows[doc])
	case 2:
		return int(binary.LittleEndian.Uint16(c.rows[doc*2:]))
	}
	return int(binary.LittleEndian.Uint32(c.rows[doc*4:]))
}

// Count adds up by place the documents whose bits are set, from the lowest bit of the first word on.
func (c *Column) Count(docs []uint64, counts []int) {
	for at, word := range docs {
		if word == 0 {
			continue
		}
		from := at << 6
		switch c.width {
		case 0:
			counts[0] += bits.OnesCount64(word)
		case 1:
			for ; word != 0; word &= word - 1 {
				counts[c.rows[from+bits.TrailingZeros64(word)]]++
			}
		default:
			for ; word != 0; word &= word - 1 {
				counts[c.Place(from+bits.TrailingZeros64(word))]++
			}
		}
	}
}

// Value returns a document's value.
func (c *Column) Value(doc int) string { return c.Values[c.Place(doc)] }

// readColumns reads all columns of docs documents.
func readColumns(data []byte, docs int) (read [columns]Column, ok bool) {
	for i := range read {
		n, size := binary.Uvarint(data)
		if size <= 0 || n > uint64(len(data)) {
			return read, false
		}
		data = data[size:]
		list := make([]string, 0, n)
		for range n {
			length, size := binary.Uvarint(data)
			if size <= 0 || length > uint64(len(data)-size) {
				return read, false
			}
			list = append(list, string(data[size:size+int(length)]))
			data = data[size+int(length):]
		}
		width := placeWidth(len(list))
		if len(data) < width*docs || docs > 0 && len(list) == 0 {
			return read, false
		}
		read[i] = Column{Values: list, rows: data[:width*docs], width: width}
		data = data[width*docs:]
	}
	return read, true
}

// topicCode and roleCode put a section's classes into a byte; 0 is unknown.
func topicCode(t gongwen.Topic) byte { return byte(slices.Index(gongwen.Topics(), t) + 1) }
func roleCode(r gongwen.Role) byte   { return byte(slices.Index(gongwen.Roles(), r) + 1) }
