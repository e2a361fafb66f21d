package analyzers

import (
	"encoding/binary"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// dropped marks a rune that folding leaves out.
const dropped rune = -1

// variants lists forms that count as one: each rune after the first of a line folds to the first. Brackets of any shape
// are one pair, because document numbers are typed with all of them.
var variants = []string{
	"(〔[﹝【〖﹙⟨❲❨",
	")〕]﹞】〗﹚⟩❳❩",
	"“„‟「『〝﹁﹃｢",
	"”」』〞﹂﹄｣",
	"‘‚‛",
	"-‐‑‒–—―−─━﹣﹘",
	"~〜∼˜",
	"·•・‧∙⋅•･",
	"〇○◯⚪",
	"…⋯",
	".．﹒",
	",﹐",
	";﹔",
	":﹕∶",
	"?﹖",
	"!﹗",
	"%﹪",
	"。｡",
	"、､﹑",
	"《«︽",
	"》»︾",
	"〈‹",
	"〉›",
	"¥￥",
}

// readSimplified reads the table from traditional to simplified characters.
func readSimplified() map[rune]rune {
	simple := map[rune]rune{}
	for line := range strings.Lines(simplifiedTable) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		f, _ := utf8.DecodeRuneInString(from)
		t, _ := utf8.DecodeRuneInString(to)
		simple[f] = t
	}
	return simple
}

// firstHan is the first Han character that has a simplified form: extension A begins there.
const firstHan = 0x3400

// Simplified returns the simplified form of a traditional character and any other rune as it is; width, case and
// variants of marks stay. Both forms may differ in their length in UTF-8.
func Simplified(r rune) rune {
	if r < firstHan {
		return r
	}
	table := simplifications()
	if r < 0x10000 {
		if to := table.low[r]; to != 0 {
			return rune(to)
		}
		return r
	}
	if to, ok := table.high[r]; ok {
		return to
	}
	return r
}

// Simplify returns text in simplified characters. Each keeps its place in bytes: one whose simplified form has another
// length in UTF-8 stays as it is.
func Simplify(text string) string {
	var b []byte
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if to := Simplified(r); to != r && utf8.RuneLen(to) == size {
			if b == nil {
				b = []byte(text)
			}
			utf8.EncodeRune(b[i:i+size], to)
		}
		i += size
	}
	if b == nil {
		return text
	}
	return string(b)
}

// simplifications is the table behind Simplified, followed to its end: 薴 is 苧 is 苎. In low, 0 stands for itself.
var simplifications = sync.OnceValue(func() *foldTable {
	simple := readSimplified()
	table := &foldTable{high: map[rune]rune{}}
	for from, to := range simple {
		for next, ok := simple[to]; ok && next != to; next, ok = simple[to] {
			to = next
		}
		if from < 0x10000 && to < 0x10000 {
			table.low[from] = uint16(to)
		} else {
			table.high[from] = to
		}
	}
	return table
})

// foldTable maps runes to what they fold to.
type foldTable struct {
	low  [0x10000]uint16 // 0 stands for dropped
	high map[rune]rune
}

// folds builds the table at first use; it never changes afterwards.
var folds = sync.OnceValue(func() *foldTable {
	simple := readSimplified()
	for _, line := range variants {
		first, size := utf8.DecodeRuneInString(line)
		for _, r := range line[size:] {
			simple[r] = first
		}
	}
	table := &foldTable{high: map[rune]rune{}}
	for r := rune(0); r < 0x10000; r++ {
		if folded := foldRune(r, simple); folded != dropped {
			table.low[r] = uint16(folded)
		}
	}
	for from, to := range simple {
		if from >= 0x10000 {
			table.high[from] = to
		}
	}
	return table
})

// FoldFingerprint changes whenever folding does. An index that keeps folded text keeps it too.
func FoldFingerprint() uint32 {
	sum := crc32.NewIEEE()
	table := folds()
	_ = binary.Write(sum, binary.LittleEndian, table.low[:]) // a hash never fails
	for _, r := range slices.Sorted(maps.Keys(table.high)) {
		_ = binary.Write(sum, binary.LittleEndian, [2]rune{r, table.high[r]})
	}
	return sum.Sum32()
}

func (t *foldTable) rune(r rune) rune {
	if r < 0x10000 {
		if folded := t.low[r]; folded != 0 {
			return rune(folded)
		}
		return dropped
	}
	if folded, ok := t.high[r]; ok {
		return folded
	}
	if r >= 0xe0000 && r <= 0xe01ef { // tags and variation selectors
		return dropped
	}
	return unicode.ToLower(r)
}

// foldRune applies width, case and the tables until nothing changes.
func foldRune(r rune, simple map[rune]rune) rune {
	for {
		var next rune
		switch {
		case isBreak(r):
			return '\n'
		case unicode.IsSpace(r) || r == 0x3164 || r == 0x2800: // fillers that show as blanks
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Cc) || r >= 0xfe00 && r <= 0xfe0f:
			return dropped
		case r >= 0xff01 && r <= 0xff5e:
			next = r - 0xff01 + '!'
		default:
			next = unicode.ToLower(r)
		}
		if next >= 0x2e80 && next <= 0x2fdf { // radicals that PDF writers put for the characters
			next, _ = utf8.DecodeRuneInString(norm.NFKC.String(string(next)))
		}
		if to, ok := simple[next]; ok {
			next = to
		}
		if next == r {
			return r
		}
		r = next
	}
}
