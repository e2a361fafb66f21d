package suggest

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen/analyzers"
	"gongwen/search"
)

// Bounds of what is looked through for a correction.
const (
	maxCorrected   = 40 // characters of a run or stretch
	maxSlots       = 12 // runs and stretches of a query
	maxCorrections = 8
)

// Correct returns what one may have meant by a query, the likeliest first: one run or stretch of it with another word in it that
// sounds or looks alike, or has one character more, less or other; letters taken for pinyin. Whether anything is found by it is
// for the caller to see.
func (s *Suggester) Correct(q search.Query) []search.Query {
	dictionaries := []*dictionary{}
	if own := s.dictionary.Load(); own != nil {
		dictionaries = append(dictionaries, own)
	}
	return correct(q, dictionaries)
}

// Correct is Suggester.Correct by the words that the program knows, whatever a collection holds.
func Correct(q search.Query) []search.Query { return correct(q, nil) }

type correction struct {
	query search.Query
	text  string
	cost  float64
}

func correct(q search.Query, dictionaries []*dictionary) []search.Query {
	if general, err := wordList(); err == nil { // a test reads the list
		dictionaries = append(dictionaries, general)
	}
	best := map[string]correction{}
	for _, slot := range slots(q) {
		written := []rune(analyzers.FoldQuery(slot.text))
		if len(written) > maxCorrected {
			continue
		}
		before, after := wholes(written, dictionaries)
		replace := func(from, to int, word string, cost float64) {
			text := string(written[:from]) + word + string(written[to:])
			if known, ok := best[text]; ok && known.cost <= cost {
				return
			}
			best[text] = correction{slot.with(text), text, cost}
		}
		for place, d := range dictionaries {
			preference := float64(place) * 0.5 // what the collection holds comes before what it may
			if letters := string(written); isSpelled(letters) {
				d.spelled(letters, func(word string) {
					replace(0, len(written), word, preference-0.1*math.Log1p(float64(d.words[word])))
				})
				continue
			}
			for from := range written {
				for to := from + minWord; to <= min(len(written), from+maxWord); to++ {
					if !allHan(written[from:to]) {
						break
					}
					if !before[from] || !after[to] {
						continue // a word was cut in two
					}
					d.meant(written[from:to], func(word string, cost float64) { replace(from, to, word, cost+preference) })
				}
			}
		}
	}
	if spelled := unspelled(q, dictionaries); spelled != nil {
		best[spelled.String()] = correction{spelled, spelled.String(), -10} // letters find nothing by themselves
	}
	all := make([]correction, 0, len(best))
	for _, c := range best {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b correction) int { return cmp.Or(cmp.Compare(a.cost, b.cost), strings.Compare(a.text, b.text)) })
	var queries []search.Query
	for _, c := range all {
		if len(queries) == maxCorrections {
			break
		}
		if c.query.String() != q.String() {
			queries = append(queries, c.query)
		}
	}
	return queries
}

// unspelled takes several stretches of letters for pinyin at once: for one word, or each for its own; nil where there are no
// several, or one is no pinyin.
func unspelled(q search.Query, dictionaries []*dictionary) search.Query {
	all := slots(q)
	joined := ""
	var places []int
	for i, slot := range all {
		if letters := analyzers.FoldQuery(slot.text); isSpelled(letters) {
			joined += letters
			places = append(places, i)
		}
	}
	if len(places) < 2 {
		return nil
	}
	if _, flat := q.(search.And); flat && len(places) == len(all) {
		if word := likeliest(joined, dictionaries); word != "" {
			return search.Words{Text: word}
		}
	}
	for _, i := range places {
		slot := slots(q)[i]
		word := likeliest(analyzers.FoldQuery(slot.text), dictionaries)
		if word == "" {
			return nil
		}
		q = slot.with(word)
	}
	return q
}

// wholes says up to where, and from where on, text is made of whole words, and of characters that join words or are not Han.
func wholes(text []rune, dictionaries []*dictionary) (until, from []bool) {
	n := len(text)
	until, from = make([]bool, n+1), make([]bool, n+1)
	until[0], from[n] = true, true
	pieces := make([][]int, n) // by start: where a piece may end
	for i := range text {
		if !analyzers.IsHan(text[i]) || strings.ContainsRune("的了和与及在是之于", text[i]) {
			pieces[i] = append(pieces[i], i+1)
		}
		for end := i + minWord; end <= min(n, i+maxWord); end++ {
			if slices.ContainsFunc(dictionaries, func(d *dictionary) bool { return d.has(string(text[i:end])) }) {
				pieces[i] = append(pieces[i], end)
			}
		}
	}
	for i := range text {
		for _, end := range pieces[i] {
			until[end] = until[end] || until[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for _, end := range pieces[i] {
			from[i] = from[i] || from[end]
		}
	}
	return until, from
}

// isSpelled reports whether a text is letters alone.
func isSpelled(text string) bool { return strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") == "" }

// likeliest is the most frequent word that letters are the reading of, in the first dictionary that has any.
func likeliest(letters string, dictionaries []*dictionary) string {
	word, most := "", int32(-1)
	for _, d := range dictionaries {
		d.spelled(letters, func(other string) {
			if d.words[other] > most {
				word, most = other, d.words[other]
			}
		})
		if word != "" {
			break
		}
	}
	return word
}

func allHan(runes []rune) bool {
	return !slices.ContainsFunc(runes, func(r rune) bool { return !analyzers.IsHan(r) })
}

// slot is a run or stretch of a query that is looked for.
type slot struct {
	text string
	with func(text string) search.Query // the query with another text there
}

// slots returns those of a query; what is excluded, and conditions, are none.
func slots(q search.Query) []slot {
	var all []slot
	add := func(s slot) {
		if len(all) < maxSlots && utf8.RuneCountInString(s.text) >= minWord {
			all = append(all, s)
		}
	}
	inside := func(of []search.Query, join func([]search.Query) search.Query) {
		for i, part := range of {
			for _, s := range slots(part) {
				add(slot{s.text, func(text string) search.Query {
					other := slices.Clone(of)
					other[i] = s.with(text)
					return join(other)
				}})
			}
		}
	}
	switch q := q.(type) {
	case search.Run:
		add(slot{q.Text, func(text string) search.Query { return search.Run{Text: text} }})
	case search.Words:
		add(slot{q.Text, func(text string) search.Query { return search.Words{Text: text, Required: q.Required} }})
	case search.And:
		inside(q.Of, func(of []search.Query) search.Query { return search.And{Of: of} })
	case search.Or:
		inside(q.Of, func(of []search.Query) search.Query { return search.Or{Of: of} })
	case search.Near:
		inside(q.Of, func(of []search.Query) search.Query { return search.Near{Of: of, By: q.By} })
	case search.Boosted:
		inside([]search.Query{q.Of}, func(of []search.Query) search.Query { return search.Boosted{Of: of[0], By: q.By} })
	}
	return all
}
