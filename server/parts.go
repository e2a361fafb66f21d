package server

import (
	"net/url"
	"strconv"
	"unicode/utf8"
)

// Long documents are shown in parts, so that a law of 170,000 characters is no page of a megabyte. A part ends before a
// chapter once it has leastPart characters, before any heading from partSize on, and anywhere from mostPart on. What is
// no longer than partSize as a whole is not parted.
const (
	leastPart = 20_000
	partSize  = 40_000
	mostPart  = 60_000
)

// wholePart asks for all parts on one page.
const wholePart = "all"

// partition cuts the blocks of a document into parts.
func partition(blocks []block) [][]block {
	total := 0
	for _, b := range blocks {
		total += b.runes()
	}
	if total <= partSize {
		return [][]block{blocks}
	}
	var parts [][]block
	start, size := 0, 0
	for i, b := range blocks {
		chapter := b.Level == 2 || b.Level == 3
		if chapter && size >= leastPart || b.Level > 0 && size >= partSize || size >= mostPart {
			parts = append(parts, blocks[start:i])
			start, size = i, 0
		}
		size += b.runes()
	}
	return append(parts, blocks[start:])
}

// raise lifts the headings of a part so that it skips no level below the page's own heading.
func raise(blocks []block) {
	lift := -1
	for i := range blocks {
		level := &blocks[i].Level
		if *level == 0 {
			continue
		}
		if lift < 0 || *level-2 < lift {
			lift = *level - 2
		}
		*level -= lift
	}
}

// runes is the number of characters in a block.
func (b block) runes() int {
	n := 0
	for _, pieces := range [][]piece{b.Heading, b.Text} {
		for _, p := range pieces {
			n += utf8.RuneCountInString(p.Text)
		}
	}
	return n
}

// places says on which part, from 1, each section and each mark begins.
type places struct {
	sections map[string]int
	marks    map[int]int
}

func locate(parts [][]block) places {
	at := places{sections: map[string]int{}, marks: map[int]int{}}
	for i, blocks := range parts {
		for _, b := range blocks {
			for _, id := range b.Anchors {
				at.sections[id] = i + 1
			}
			if b.Level > 0 {
				at.sections[b.Section] = i + 1
			}
			for _, pieces := range [][]piece{b.Heading, b.Text} {
				for _, p := range pieces {
					if p.First {
						at.marks[p.Mark] = i + 1
					}
				}
			}
		}
	}
	return at
}

// choose picks the part to show: the one that is asked for, else that of the mark or section that is, else the first.
// It returns 0 for the whole document.
func (at places) choose(where position, parts int) int {
	if parts == 1 || where.Part == wholePart {
		return 0
	}
	if n, err := strconv.Atoi(where.Part); err == nil && n >= 1 && n <= parts {
		return n
	}
	if n := at.marks[where.Hit]; n > 0 {
		return n
	}
	return max(1, at.sections[where.Section])
}

// partBar leads from part to part.
type partBar struct {
	Current, Total        string // Current is "" on the page of the whole
	Previous, Next, Whole string
}

func newPartBar(p params, id string, part, parts, place int) *partBar {
	if parts == 1 {
		return nil
	}
	link := func(part string) string {
		return address(documentPath(id), withValue(openedFrom(p, place), "part", part))
	}
	bar := &partBar{Total: count(parts)}
	if part == 0 {
		bar.Next = link("1")
		return bar
	}
	bar.Current, bar.Whole = count(part), link(wholePart)
	if part > 1 {
		bar.Previous = link(strconv.Itoa(part - 1))
	}
	if part < parts {
		bar.Next = link(strconv.Itoa(part + 1))
	}
	return bar
}

// openedFrom is the query string of a document opened from a place in a search.
func openedFrom(p params, place int) url.Values {
	values := p.values()
	if place > 0 {
		values.Set("r", strconv.Itoa(place))
	}
	return values
}
