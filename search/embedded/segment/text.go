package segment

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"gongwen/analyzers"
)

// usual is how folded characters are most often written; only what differs from it is kept.
var usual = map[rune]string{',': "，", ':': "：", ';': "；", '(': "（", ')': "）", '?': "？", '!': "！"}

func written(r rune) string {
	if s, ok := usual[r]; ok {
		return s
	}
	return string(r)
}

// appendUnits appends the UTF-16 units of folded text.
func appendUnits(units []byte, folded string) []byte {
	for _, r := range folded {
		if r < 0x10000 {
			units = binary.LittleEndian.AppendUint16(units, uint16(r))
			continue
		}
		high, low := utf16.EncodeRune(r)
		units = binary.LittleEndian.AppendUint16(units, uint16(high))
		units = binary.LittleEndian.AppendUint16(units, uint16(low))
	}
	return units
}

// decodeUnits is the way back to folded text.
func decodeUnits(units []byte) string {
	var b strings.Builder
	b.Grow(len(units) / 2 * 3)
	for i := 0; i+1 < len(units); i += 2 {
		r := rune(binary.LittleEndian.Uint16(units[i:]))
		if utf16.IsSurrogate(r) && i+3 < len(units) {
			r = utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(units[i+2:])))
			i += 2
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unitsOf(r rune) uint64 {
	if r < 0x10000 {
		return 1
	}
	return 2
}

// appendChanges appends where the original differs from what written makes of its folding: units skipped since the last
// change, units replaced, bytes of the original instead.
func appendChanges(changes []byte, original string) []byte {
	type piece struct {
		r  rune
		at int
	}
	var last piece
	var end, unit uint64 // of the last change; of the last piece
	var open struct {
		start, units uint64
		from, to     int
	}
	flush := func() {
		if open.units == 0 && open.from == open.to {
			return
		}
		changes = binary.AppendUvarint(changes, open.start-end)
		changes = binary.AppendUvarint(changes, open.units)
		changes = binary.AppendUvarint(changes, uint64(open.to-open.from))
		changes = append(changes, original[open.from:open.to]...)
		end = open.start + open.units
		open.units, open.from, open.to = 0, 0, 0
	}
	differ := func(units uint64, from, to int) {
		if open.from == open.to && open.units == 0 || open.to != from {
			flush()
			open.start, open.from = unit, from
		}
		open.units += units
		open.to = to
	}
	settle := func(next int) {
		if last.r == 0 {
			if next > 0 {
				differ(0, 0, next)
			}
			return
		}
		if original[last.at:next] != written(last.r) {
			differ(unitsOf(last.r), last.at, next)
		}
		unit += unitsOf(last.r)
	}
	analyzers.FoldEach(original, func(r rune, at int) {
		settle(at)
		last = piece{r, at}
	})
	settle(len(original))
	flush()
	return changes
}

// restore makes the original of folded units and changes.
func restore(units, changes []byte) string {
	var b strings.Builder
	b.Grow(len(units)/2*3 + len(changes))
	copyUnits := func(from, to uint64) {
		for i := from * 2; i < to*2; i += 2 {
			r := rune(binary.LittleEndian.Uint16(units[i:]))
			if utf16.IsSurrogate(r) && i+3 < to*2 {
				r = utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(units[i+2:])))
				i += 2
			}
			if r < utf8.RuneSelf {
				b.WriteString(written(r))
			} else {
				b.WriteRune(r)
			}
		}
	}
	at, all := uint64(0), uint64(len(units)/2)
	eachChange(changes, func(c change) bool {
		copyUnits(at, min(at+c.skip, all))
		b.Write(c.original)
		at = min(at+c.skip+c.replaced, all)
		return true
	})
	copyUnits(at, all)
	return b.String()
}

// change is where the original differs from the usual writing.
type change struct {
	skip     uint64 // units since the change before
	replaced uint64 // units
	original []byte // what is written instead
}

// eachChange calls visit with every change in order until it returns false.
func eachChange(changes []byte, visit func(change) bool) {
	for len(changes) > 0 {
		var numbers [3]uint64
		for i := range numbers {
			n, size := binary.Uvarint(changes)
			if size <= 0 || n > 1<<32 {
				return
			}
			numbers[i], changes = n, changes[size:]
		}
		size := min(numbers[2], uint64(len(changes)))
		if !visit(change{numbers[0], numbers[1], changes[:size]}) {
			return
		}
		changes = changes[size:]
	}
}
