package compare

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"gongwen/analyzers"
)

const (
	// mostPairs bounds in how many ways the paragraphs of a gap are paired: mostSide on either side.
	mostPairs = mostSide * mostSide
	mostSide  = 200
	// mostProduct bounds the comparison of two paragraphs, characters by characters, and mostWork all that is not linear.
	mostProduct = 4_000_000
	mostWork    = 60_000_000
	// alike is how much of two paragraphs must be the same for one to be the other, changed.
	alike = 0.4
	// mostLooked is how many characters of a paragraph tell whether it is alike another.
	mostLooked = 400
)

var label = regexp.MustCompile(`^(?:第[一二三四五六七八九十百千零〇\d]+[条章节款项编]|\(?[一二三四五六七八九十百\d]+[\)、.]+)`)

// withoutLabel is a folded paragraph without the number that it begins with.
func withoutLabel(key string) string { return label.ReplaceAllString(key, "") }

// gap writes paragraphs of which none stands once in both texts. They are paired in order so that as much as possible is alike.
func (c *comparison) gap(o, oEnd, n, nEnd int) {
	rows, columns := oEnd-o, nEnd-n
	if rows*columns > mostPairs {
		// Too many: the first with the first, the last with the last.
		pieces := 1 + max(rows, columns)/mostSide
		for i := range pieces {
			c.gap(o+rows*i/pieces, o+rows*(i+1)/pieces, n+columns*i/pieces, n+columns*(i+1)/pieces)
		}
		return
	}
	if cost := min(size(c.old[o:oEnd])*columns, size(c.fresh[n:nEnd])*rows); rows*columns > 0 && cost <= c.budget {
		c.budget -= cost
		old, fresh := make([][]uint64, rows), make([][]uint64, columns)
		for i := range old {
			old[i] = pairsOf(c.old[o+i].key)
		}
		for j := range fresh {
			fresh[j] = pairsOf(c.fresh[n+j].key)
		}
		// best[i][j] is what the paragraphs from i and j on are worth together.
		like := make([]float64, rows*columns)
		best := make([]float64, (rows+1)*(columns+1))
		at := func(i, j int) *float64 { return &best[i*(columns+1)+j] }
		for i := rows - 1; i >= 0; i-- {
			for j := columns - 1; j >= 0; j-- {
				l := likeness(old[i], fresh[j])
				like[i*columns+j] = l
				*at(i, j) = max(*at(i+1, j), *at(i, j+1))
				if l >= alike {
					*at(i, j) = max(*at(i, j), l+*at(i+1, j+1))
				}
			}
		}
		i, j := 0, 0
		for i < rows && j < columns {
			l := like[i*columns+j]
			switch {
			case l >= alike && *at(i, j) == l+*at(i+1, j+1):
				c.pair(o+i, n+j)
				i, j = i+1, j+1
			case *at(i, j) == *at(i+1, j):
				c.deleted(o+i, n+j)
				i++
			default:
				c.inserted(o+i, n+j)
				j++
			}
		}
		o, n = o+i, n+j
	}
	for ; o < oEnd; o++ {
		c.deleted(o, n)
	}
	for ; n < nEnd; n++ {
		c.inserted(o, n)
	}
}

// size is the number of bytes of paragraphs that are looked at.
func size(all []paragraph) int {
	n := 0
	for i := range all {
		n += min(len(all[i].key), mostLooked*len("字"))
	}
	return n
}

// pairsOf returns the pairs of characters of a paragraph, sorted.
func pairsOf(key string) []uint64 {
	pairs := make([]uint64, 0, min(len(key)/3, mostLooked))
	last, looked := rune(-1), 0
	for _, r := range key {
		if last >= 0 {
			pairs = append(pairs, uint64(last)<<32|uint64(r))
		}
		last = r
		if looked++; looked == mostLooked {
			break
		}
	}
	slices.Sort(pairs)
	return pairs
}

// likeness is the share of pairs of characters that two paragraphs have in common (Dice).
func likeness(a, b []uint64) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// words compares two paragraphs; ok is false where that would take too long.
func (c *comparison) words(before, after string) (parts []Part, ok bool) {
	var known tokens
	old, fresh := known.of(before), known.of(after)
	product := len(old) * len(fresh)
	if product > mostProduct || product > c.budget || len(known.list) > mostTokens {
		return nil, false
	}
	c.budget -= product
	engine := diffmatchpatch.New()
	engine.DiffTimeout = 0 // the answer must not depend on how busy the machine is
	for _, d := range engine.DiffCleanupSemantic(engine.DiffMainRunes(old, fresh, false)) {
		kind := Same
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			kind = Deleted
		case diffmatchpatch.DiffInsert:
			kind = Inserted
		}
		if text := known.text(d.Text); text != "" {
			parts = append(parts, Part{kind, text})
		}
	}
	if simple := onlyTyped(parts); analyzers.Fold(without(simple, Inserted)) == analyzers.Fold(before) && without(simple, Deleted) == after {
		parts = simple
	}
	return parts, true
}

// without joins the parts that are not of a kind.
func without(parts []Part, kind Kind) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Kind != kind {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// tokens stand for what is compared as a whole, a number or a Latin word or any other character, each by a character of its
// own, since those are what the library compares.
type tokens struct {
	numbers map[string]rune
	list    []string
}

// firstToken is the character of the first token; behind it lie Han characters, which to the library are all alike.
// There are mostTokens of them.
const (
	firstToken = 0x4e00
	mostTokens = 0x5000
)

func (t *tokens) of(text string) []rune {
	if t.numbers == nil {
		t.numbers = map[string]rune{}
	}
	all := make([]rune, 0, len(text)/3)
	enter := func(token string) {
		if token == "" {
			return
		}
		number, ok := t.numbers[token]
		if !ok {
			number = firstToken + rune(len(t.list))
			t.numbers[token] = number
			t.list = append(t.list, token)
		}
		all = append(all, number)
	}
	start := 0 // of a word that is not over
	for at, r := range text {
		if r < 0x7f && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			continue
		}
		enter(text[start:at])
		_, size := utf8.DecodeRuneInString(text[at:])
		start = at + size
		enter(text[at:start])
	}
	enter(text[start:])
	return all
}

// text is the way back.
func (t *tokens) text(numbers string) string {
	var b strings.Builder
	for _, r := range numbers {
		b.WriteString(t.list[r-firstToken])
	}
	return b.String()
}

// onlyTyped makes one of parts that differ only in how they were typed: the new writing.
func onlyTyped(parts []Part) []Part {
	kept := parts[:0:0]
	add := func(p Part) {
		if last := len(kept) - 1; last >= 0 && kept[last].Kind == p.Kind {
			kept[last].Text += p.Text
			return
		}
		kept = append(kept, p)
	}
	for i := 0; i < len(parts); i++ {
		p := parts[i]
		if i+1 < len(parts) && p.Kind == Deleted && parts[i+1].Kind == Inserted && analyzers.Fold(p.Text) == analyzers.Fold(parts[i+1].Text) {
			add(Part{Same, parts[i+1].Text})
			i++
			continue
		}
		if p.Kind != Same && strings.TrimSpace(p.Text) == "" {
			if p.Kind == Inserted {
				add(Part{Same, p.Text})
			}
			continue
		}
		add(p)
	}
	return kept
}
