package suggest

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/suggest/pinyin"
)

// Kind says what a suggestion is.
type Kind string

// The kinds, in the order in which they are listed.
const (
	KindTerm        Kind = "term"        // a frequent word of the texts
	KindInstitution Kind = "institution" // a body that issues documents, or their source
	KindHeading     Kind = "heading"     // of sections
	KindTitle       Kind = "title"       // of documents
)

// Kinds returns all kinds, in the order in which they are listed.
func Kinds() []Kind { return []Kind{KindTerm, KindInstitution, KindHeading, KindTitle} }

// Suggestion is something that the collection holds and that goes on as one has begun to type.
type Suggestion struct {
	Text  string
	Kind  Kind
	Match gongwen.Span // the part of Text that was typed, in characters or in pinyin
	After string       // what was typed before and stays, where only the last word goes on as Text; else ""
}

// entry is a text of one kind while a list is made.
type entry struct {
	text  string
	count int // documents that have it, or about so many
}

// list is all texts of one kind. It never changes.
type list struct {
	kind      Kind
	table     *pinyin.Table
	folded    string            // of all entries, a line each, the most frequent first
	starts    []uint32          // of the entries in folded
	originals map[uint32]string // by number of entry: the text, where folding changes it

	begins, inside struct{ text, initials order } // places where an entry begins, and where a further word of it does
}

const (
	maxInside   = 10 // words inside an entry at which it is found
	maxVariants = 4  // keys of a place with characters of several readings
)

// newList orders entries and makes them found. cut finds the words inside an entry; nil for none.
func newList(kind Kind, entries []entry, cut func(folded string) []analyzers.Word, table *pinyin.Table) *list {
	byCount(entries)
	l := &list{kind: kind, table: table, originals: map[uint32]string{}}
	var folded strings.Builder
	var beginKeys, insideKeys []keyed
	for _, e := range entries {
		line := analyzers.FoldQuery(e.text)
		if line == "" || folded.Len()+len(line) >= maxFolded {
			continue
		}
		start := uint32(folded.Len())
		if line != e.text {
			l.originals[uint32(len(l.starts))] = e.text
		}
		l.starts = append(l.starts, start)
		folded.WriteString(line)
		folded.WriteByte('\n')
		runes := []rune(line)
		readings := table.Read(runes)
		l.begins.text.places = append(l.begins.text.places, start)
		beginKeys = addKeys(beginKeys, start, runes, readings)
		if cut == nil {
			continue
		}
		for _, at := range insideWords(cut(line)) {
			l.inside.text.places = append(l.inside.text.places, start+uint32(at))
			skipped := utf8.RuneCountInString(line[:at])
			insideKeys = addKeys(insideKeys, start+uint32(at), runes[skipped:], readings[skipped:])
		}
	}
	l.folded = folded.String()
	for _, o := range []*order{&l.begins.text, &l.inside.text} {
		slices.SortFunc(o.places, func(a, b uint32) int { return strings.Compare(l.line(a), l.line(b)) })
		o.seal()
	}
	l.begins.initials, l.inside.initials = newKeyed(beginKeys), newKeyed(insideKeys)
	return l
}

// byCount orders entries: the most frequent first, of these the shortest.
func byCount(entries []entry) {
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(b.count-a.count, len(a.text)-len(b.text), strings.Compare(a.text, b.text))
	})
}

// parted parts entries from those that only go on where another ends: 行政处罚法第一条 from 行政处罚法.
func parted(entries []entry) (main, further []entry) {
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.text, b.text) })
	base := ""
	for _, e := range entries {
		if base != "" && strings.HasPrefix(e.text, base) {
			further = append(further, e)
			continue
		}
		base = e.text
		main = append(main, e)
	}
	return main, further
}

// maxFolded bounds the text of a list in bytes; with everything that finds it a list takes about five times as much.
const maxFolded = 16 << 20

// insideWords returns where words begin inside an entry, behind its first: at signs and at words of two characters or more.
func insideWords(words []analyzers.Word) []int {
	var at []int
	for i, word := range words {
		first, _ := utf8.DecodeRuneInString(word.Text)
		if i == 0 || word.Start == 0 || len(at) == maxInside || first >= '0' && first <= '9' {
			continue
		}
		if utf8.RuneCountInString(word.Text) < 2 || strings.HasPrefix(word.Text, "第") {
			continue
		}
		at = append(at, word.Start)
		for _, part := range word.Parts {
			if part.Start > word.Start && len(at) < maxInside && utf8.RuneCountInString(part.Text) > 1 {
				at = append(at, part.Start)
			}
		}
	}
	return at
}

// line is the rest of the line at a place.
func (l *list) line(place uint32) string {
	rest := l.folded[place:]
	return rest[:strings.IndexByte(rest, '\n')]
}

// keyed is a place by its initials.
type keyed struct {
	key   uint64
	place uint32
}

func newKeyed(all []keyed) order {
	slices.SortFunc(all, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.place, b.place)) })
	o := order{places: make([]uint32, len(all)), keys: make([]uint64, len(all))}
	for i, k := range all {
		o.places[i], o.keys[i] = k.place, k.key
	}
	o.seal()
	return o
}

// keyBits are those of one initial in a key.
const keyBits = 5

// initialCode makes an initial a number from 1 to 31.
func initialCode(r rune) uint64 {
	if isLetter(r) {
		return uint64(r-'a') + 1
	}
	return 27 + uint64(r)%5
}

// prefixKeys returns the range of keys that begin with initials.
func prefixKeys(initials string) (from, to uint64) {
	n := 0
	for _, r := range initials {
		from = from<<keyBits | initialCode(r)
		n++
	}
	shift := keyBits * (keyRunes - n)
	return from << shift, (from + 1) << shift
}

// addKeys adds a place by the initials of what stands there, once for each way to read it.
func addKeys(keys []keyed, place uint32, runes []rune, readings [][]string) []keyed {
	variants := []uint64{0}
	n := 0
	for i, r := range runes {
		if !isCounted(r) {
			continue
		}
		if n++; n > keyRunes {
			break
		}
		initials := initialsOf(r, readings[i])
		if len(initials)*len(variants) > maxVariants {
			initials = initials[:1]
		}
		next := make([]uint64, 0, len(variants)*len(initials))
		for _, variant := range variants {
			for _, initial := range initials {
				next = append(next, variant|initialCode(initial)<<(keyBits*(keyRunes-n)))
			}
		}
		variants = next
	}
	for _, variant := range variants {
		keys = append(keys, keyed{variant, place})
	}
	return keys
}

// find returns at most n suggestions of the list, those that begin with what was typed first.
func (l *list) find(t *typed, n int) []Suggestion {
	var found []Suggestion
	seen := map[uint32]bool{}
	for _, in := range []*struct{ text, initials order }{&l.begins, &l.inside} {
		add := func(place uint32, length int) bool {
			number := l.number(place)
			if !seen[number] {
				seen[number] = true
				found = append(found, l.suggestion(number, place, length))
			}
			return len(found) < n
		}
		in.text.best(l.prefixed(&in.text, t.text), func(place uint32) bool { return add(place, len(t.text)) })
		if len(found) >= n {
			break
		}
		if !t.letters && len(t.runes) < minLoose {
			continue // it may only leave out punctuation
		}
		tries := 0
		in.initials.best(in.initials.startingWith(t.starts), func(place uint32) bool {
			tries++
			length, ok := l.match(t, place)
			if ok && !add(place, length) {
				return false
			}
			return tries < maxTries
		})
		if len(found) >= n {
			break
		}
	}
	return found
}

// minLoose is the number of characters from which some without letters are compared without punctuation.
const minLoose = 3

// maxTries bounds the places that are compared letter by letter for one list: a millisecond's worth.
const maxTries = 2000

// match compares what was typed with what stands at a place: first by every reading of each character, since most places fail
// at once, then by those that their words leave.
func (l *list) match(t *typed, place uint32) (length int, ok bool) {
	rest := l.folded[place:]
	several := false
	length, ok = t.match(rest, func(_ int, r rune) []string {
		all := l.table.Of(r)
		several = several || len(all) > 1
		return all
	})
	if !ok || !several {
		return length, ok
	}
	read := l.table.Read([]rune(firstRunes(l.line(place), 2*maxTyped)))
	return t.match(rest, func(n int, r rune) []string {
		if n < len(read) {
			return read[n]
		}
		return l.table.Of(r)
	})
}

// prefixed is the range of places whose text begins with prefix.
func (l *list) prefixed(o *order, prefix string) []span {
	from := sort.Search(len(o.places), func(i int) bool { return l.line(o.places[i]) >= prefix })
	to := from + sort.Search(len(o.places)-from, func(i int) bool {
		line := l.line(o.places[from+i])
		return line > prefix && !strings.HasPrefix(line, prefix)
	})
	return []span{{from, to}}
}

// startingWith are the ranges of places whose initials begin with any of the starts.
func (o *order) startingWith(starts []string) []span {
	spans := make([]span, 0, len(starts))
	for _, start := range starts {
		low, high := prefixKeys(start)
		from, _ := slices.BinarySearch(o.keys, low)
		to, _ := slices.BinarySearch(o.keys[from:], high)
		spans = append(spans, span{from, from + to})
	}
	return spans
}

// number returns the number of the entry at a place.
func (l *list) number(place uint32) uint32 {
	i, ok := slices.BinarySearch(l.starts, place)
	if !ok {
		i--
	}
	return uint32(i)
}

// suggestion shows an entry whose folded text is typed in length bytes from a place on.
func (l *list) suggestion(number, place uint32, length int) Suggestion {
	start := l.starts[number]
	s := Suggestion{Kind: l.kind, Match: gongwen.Span{Start: int(place - start), End: int(place-start) + length}}
	original, ok := l.originals[number]
	if !ok {
		s.Text = l.line(start)
		return s
	}
	s.Text = original
	_, back := analyzers.FoldMap(original)
	s.Match.Start, s.Match.End = back.Original(s.Match.Start, s.Match.End)
	return s
}
