package segment

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"gongwen"
)

// A tree is the outline of a document: for every section in reading order its depth, what it is, and its items.

// appendTree appends the sections of a document.
func appendTree(data []byte, sections []gongwen.Section) []byte {
	count := 0
	gongwen.Walk(sections, func(*gongwen.Section, []*gongwen.Section) { count++ })
	return appendSections(binary.AppendUvarint(data, uint64(count)), sections, nil, 0)
}

func appendSections(data []byte, sections []gongwen.Section, parent *gongwen.Section, depth int) []byte {
	for i := range sections {
		s := &sections[i]
		data = appendSection(data, s, parent, depth, i+1)
		data = appendSections(data, s.Sections, s, depth+1)
	}
	return data
}

// derived is the ID and level of a section by its place in the tree, which most have.
func derived(parent *gongwen.Section, depth, place int) (id string, level int) {
	id = strconv.Itoa(place)
	if parent != nil {
		id = parent.ID + "." + id
	}
	return id, depth + 1
}

func appendSection(data []byte, s, parent *gongwen.Section, depth, place int) []byte {
	text := func(value string) {
		data = binary.AppendUvarint(data, uint64(len(value)))
		data = append(data, value...)
	}
	data = binary.AppendUvarint(data, uint64(depth))
	id, level := derived(parent, depth, place)
	if s.ID == id && s.Level == level {
		data = append(data, 0)
	} else {
		data = append(data, 1)
		text(s.ID)
		data = binary.AppendVarint(data, int64(s.Level))
	}
	text(s.Label)
	text(s.Heading)
	text(string(s.Role))
	text(string(s.Topic))
	text(s.RoleRule)
	text(s.TopicRule)
	data = binary.AppendUvarint(data, uint64(s.Span.Start))
	data = binary.AppendUvarint(data, uint64(s.Span.End))
	data = binary.AppendUvarint(data, uint64(len(s.Items)))
	for _, item := range s.Items {
		text(item.Label)
		data = binary.AppendUvarint(data, uint64(item.Start))
		data = binary.AppendUvarint(data, uint64(item.End))
	}
	return data
}

// treeReader reads what appendTree wrote. Once it fails it reads zeros.
type treeReader struct {
	data   []byte // what is left
	text   string // the same; what is read shares its memory, since a tree has thousands of strings
	failed bool
}

func (r *treeReader) number() int {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > 1<<32 {
		return r.fail()
	}
	r.skip(size)
	return int(n)
}

func (r *treeReader) signed() int {
	n, size := binary.Varint(r.data)
	if size <= 0 {
		return r.fail()
	}
	r.skip(size)
	return int(n)
}

func (r *treeReader) string() string {
	n := r.number()
	if n > len(r.data) {
		r.fail()
		return ""
	}
	value := r.text[:n]
	r.skip(n)
	return value
}

func (r *treeReader) skip(n int) { r.data, r.text = r.data[n:], r.text[n:] }

func (r *treeReader) fail() int {
	r.data, r.text, r.failed = nil, "", true
	return 0
}

// count is the number of things that follow, each of at least so many bytes.
func (r *treeReader) count(least int) int {
	n := r.number()
	if n > len(r.data)/least {
		return r.fail()
	}
	return n
}

// leastSection and leastItem are the fewest bytes that a section and an item take.
const leastSection, leastItem = 11, 3

// readTree makes the sections of a document.
func readTree(data []byte) ([]gongwen.Section, error) {
	r := &treeReader{data: data, text: string(data)}
	count := r.count(leastSection)
	left := count
	depth := 0
	if left > 0 {
		depth = r.number()
	}
	var read func(parent *gongwen.Section, at int) []gongwen.Section
	read = func(parent *gongwen.Section, at int) []gongwen.Section {
		var list []gongwen.Section
		for left > 0 && depth == at && !r.failed {
			left--
			s := r.section(parent, at, len(list)+1)
			if left > 0 {
				depth = r.number()
			}
			if left > 0 && depth == at+1 && depth < gongwen.MaxDepth {
				s.Sections = read(&s, at+1)
			}
			list = append(list, s)
		}
		return list
	}
	sections := read(nil, 0)
	if r.failed || left > 0 || len(r.data) > 0 {
		return nil, fmt.Errorf("%w: outline", ErrDamaged)
	}
	return sections, nil
}

func (r *treeReader) section(parent *gongwen.Section, depth, place int) (s gongwen.Section) {
	if r.number() == 0 {
		s.ID, s.Level = derived(parent, depth, place)
	} else {
		s.ID, s.Level = r.string(), r.signed()
	}
	s.Label, s.Heading = r.string(), r.string()
	s.Role, s.Topic = gongwen.Role(r.string()), gongwen.Topic(r.string())
	s.RoleRule, s.TopicRule = r.string(), r.string()
	s.Span = gongwen.Span{Start: r.number(), End: r.number()}
	for range r.count(leastItem) {
		s.Items = append(s.Items, gongwen.Item{Label: r.string(), Span: gongwen.Span{Start: r.number(), End: r.number()}})
	}
	return s
}
