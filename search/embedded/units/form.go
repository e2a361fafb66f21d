package units

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf16"

	"gongwen"
	"gongwen/search"
)

// Form is a search.Form made ready to be looked for in many texts, one after the other: it is not safe for several
// goroutines.
type Form struct {
	form     *search.Form
	operands [][]pattern
	places   [][]search.Place
	spans    []gongwen.Span
}

// pattern is a search.Pattern in units.
type pattern struct {
	*search.Pattern
	pieces [][]byte
}

// NewForm makes a form ready.
func NewForm(form *search.Form) *Form {
	f := &Form{form: form, operands: make([][]pattern, len(form.Operands)), places: make([][]search.Place, len(form.Operands))}
	for i, patterns := range form.Operands {
		for j := range patterns {
			f.operands[i] = append(f.operands[i], pattern{&patterns[j], Patterns(patterns[j].Pieces)})
		}
	}
	return f
}

// Spans returns where the form stands in units, as search.Form.Spans does in text. They are valid until the next call.
func (f *Form) Spans(units []byte) []gongwen.Span {
	for i, patterns := range f.operands {
		f.places[i] = f.places[i][:0]
		for j := range patterns {
			f.places[i] = patterns[j].places(units, f.places[i])
		}
		if len(f.places[i]) == 0 {
			return nil
		}
		if len(patterns) > 1 {
			search.OrderPlaces(f.places[i])
		}
	}
	for i, by := range f.form.By {
		if by.Scope == search.ScopeCharacters && !within(f.places[i], f.places[i+1], by.Within*mostBytes) {
			return nil
		}
	}
	if len(f.form.By) > 0 {
		f.locate(units)
	}
	f.spans = f.form.Join(f.places, f.spans[:0])
	return f.spans
}

// mostBytes is what a character takes at most.
const mostBytes = 4

// within reports whether a place of one list may be near one of another: it costs less than to say where they lie.
func within(a, b []search.Place, most int) bool {
	for len(a) > 0 && len(b) > 0 {
		if a[0].Start <= b[0].Start {
			if b[0].Start-a[0].End <= most {
				return true
			}
			a = a[1:]
			continue
		}
		if a[0].Start-b[0].End <= most {
			return true
		}
		b = b[1:]
	}
	return false
}

// locate fills in where places lie, counted from the first one.
func (f *Form) locate(units []byte) {
	var places [4]int
	next := places[:0]
	for range f.places {
		next = append(next, 0)
	}
	at, from, line, sentence := -1, 0, 0, 0
	for {
		first := -1 // the operand whose next place comes first
		for i := range f.places {
			if next[i] < len(f.places[i]) && (first < 0 || f.places[i][next[i]].Start < f.places[first][next[first]].Start) {
				first = i
			}
		}
		if first < 0 {
			return
		}
		p := &f.places[first][next[first]]
		next[first]++
		if at < 0 {
			at = p.Start
		}
		for ; at < p.Start; at += 2 {
			switch u := binary.LittleEndian.Uint16(units[at:]); {
			case u >= 0x4e00 && u <= 0x9fff: // most are
			case u == '\n':
				line++
				sentence++
			case u == '。' || u == '!' || u == '?':
				sentence++
			case isLow(u):
				continue
			}
			from++
		}
		p.From, p.To, p.Line, p.Sentence = from, from, line, sentence
		for i := p.Start; i < p.End; i += 2 {
			u := binary.LittleEndian.Uint16(units[i:])
			if !isLow(u) {
				p.To++
			}
			if i+2 < p.End && (u == '。' || u == '!' || u == '?') {
				p.Sentence = -1
			}
		}
	}
}

// isLow knows the second unit of a character that takes two.
func isLow(u uint16) bool { return u >= 0xdc00 && u < 0xe000 }

// index is Index for short texts that often hold characters of the pattern: it looks at four units at once, where bytes.Index
// stops at every byte that fits.
func index(units, pattern []byte, from int) int {
	const ones, highs = 0x0001_0001_0001_0001, 0x8000_8000_8000_8000
	unit := binary.LittleEndian.Uint16(pattern)
	four := uint64(unit) * ones
	at := from
	for at+8 <= len(units) {
		differ := binary.LittleEndian.Uint64(units[at:]) ^ four
		same := (differ - ones) &^ differ & highs // the lowest bit is of the first unit that is the same
		if same == 0 {
			at += 8
			continue
		}
		at += bits.TrailingZeros64(same) >> 4 << 1
		if len(pattern) == 2 || bytes.HasPrefix(units[at:], pattern) {
			return at
		}
		at += 2
	}
	for ; at+len(pattern) <= len(units); at += 2 {
		if binary.LittleEndian.Uint16(units[at:]) == unit && bytes.HasPrefix(units[at:], pattern) {
			return at
		}
	}
	return -1
}

// places appends where the pattern stands.
func (p *pattern) places(units []byte, all []search.Place) []search.Place {
	before := len(all)
	first := p.pieces[0]
	for from := 0; ; {
		at := index(units, first, from)
		if at < 0 {
			break
		}
		from = at + 2
		if u := binary.LittleEndian.Uint16(units[at:]); !p.Front && at > 0 && sameClass(binary.LittleEndian.Uint16(units[at-2:]), u) {
			continue
		}
		if end := p.end(units, at+len(first)); end > 0 {
			all = append(all, search.Place{Start: at, End: end})
		}
	}
	if len(p.Gaps) == 0 {
		return all
	}
	return append(all[:before], search.Shortest(all[before:])...)
}

// end returns the least end of the pattern whose first piece ends at a place, or 0.
func (p *pattern) end(units []byte, at int) int {
	if len(p.Gaps) == 0 {
		return p.whole(units, at)
	}
	var room [2][16]int
	ends := append(room[0][:0], at)
	for i, gap := range p.Gaps {
		next := room[(i+1)%2][:0]
		piece := p.pieces[i+1]
		begins := binary.LittleEndian.Uint16(piece)
		for _, end := range ends {
			for n := 0; ; n++ {
				if end+1 >= len(units) {
					break
				}
				u := binary.LittleEndian.Uint16(units[end:])
				if u == begins && n >= gap.Least && bytes.HasPrefix(units[end:], piece) {
					next = append(next, end+len(piece))
				}
				if n == gap.Most || isBorder(u) {
					break
				}
				end += 2
				if u >= 0xd800 && u < 0xdc00 && end+1 < len(units) && isLow(binary.LittleEndian.Uint16(units[end:])) {
					end += 2
				}
			}
		}
		if len(ends) > 1 {
			slices.Sort(next)
			next = slices.Compact(next)
		}
		if ends = next; len(ends) == 0 {
			return 0
		}
	}
	for _, end := range ends {
		if p.whole(units, end) > 0 {
			return end
		}
	}
	return 0
}

// whole returns the end of a pattern where neither digits nor letters go on behind it, or where they may; else 0.
func (p *pattern) whole(units []byte, end int) int {
	if p.Back || end >= len(units) || !sameClass(binary.LittleEndian.Uint16(units[end-2:]), binary.LittleEndian.Uint16(units[end:])) {
		return end
	}
	return 0
}

// borders are the units for which no wildcard stands.
var borders = func() (set [1 << 16 / 64]uint64) {
	for _, u := range utf16.Encode([]rune(search.WildBorders + " \n")) {
		set[u>>6] |= 1 << (u & 63)
	}
	return set
}()

func isBorder(u uint16) bool { return borders[u>>6]&(1<<(u&63)) != 0 }
