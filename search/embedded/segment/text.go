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
	for len(changes) > 0 {
		skip, n := binary.Uvarint(changes)
		changes = changes[max(n, 1):]
		replaced, n := binary.Uvarint(changes)
		changes = changes[max(n, 1):]
		size, n := binary.Uvarint(changes)
		changes = changes[max(n, 1):]
		copyUnits(at, min(at+skip, all))
		b.Write(changes[:min(size, uint64(len(changes)))])
		changes = changes[min(size, uint64(len(changes))):]
		at = min(at+skip+replaced, all)
	}
	copyUnits(at, all)
	return b.String()
}
