package analyzers

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"gongwen"
)

//go:embed data/words.txt.gz
var baseWords []byte

//go:embed data/administrative.txt
var administrativeWords string

// What gse takes for the frequency of the words of our dictionary: high enough that a word is cheaper than cutting it into
// ordinary ones, low enough not to tear those beside it apart. Short words tear more (非遗|产品).
const (
	longFrequency  = 1000
	shortFrequency = 200 // up to three characters
)

// format counts the changes to folding or cutting that are not seen in the data files. It is part of the fingerprint.
const format = 1

// Words cuts folded text into words. It is safe for many goroutines.
type Words struct {
	segmenter   gse.Segmenter
	fingerprint string
}

// Word is a word of a folded text, with its place in bytes of that text.
type Word struct {
	Text       string
	Start, End int
	// Parts are the shorter words of which a compound is made, in order; their places are in the same text.
	Parts []Word
}

// NewWords loads the base word list and our administrative dictionary, and the extra words given, which count as ours.
func NewWords(extra ...string) (*Words, error) {
	base, err := unpackWords()
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	_, _ = fmt.Fprintln(hash, format, longFrequency, shortFrequency, simplifiedTable, variants)
	_, _ = io.WriteString(hash, base)

	var list strings.Builder
	list.WriteString(base)
	for _, word := range append(Administrative(), extra...) {
		word = Fold(word)
		frequency := longFrequency
		if utf8.RuneCountInString(word) <= 3 {
			frequency = shortFrequency
		}
		fmt.Fprintf(&list, "\n%s %d n", word, frequency)
		_, _ = fmt.Fprintln(hash, word)
	}
	w := &Words{segmenter: gse.Segmenter{SkipLog: true, NotStop: true}}
	if err := w.segmenter.LoadDictStr(list.String()); err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	w.fingerprint = hex.EncodeToString(hash.Sum(nil))[:16]
	return w, nil
}

// Administrative returns our dictionary of administrative terms, sorted.
func Administrative() []string {
	var words []string
	for line := range strings.Lines(administrativeWords) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), "\t") // what follows the tab names the source
		if word != "" && !strings.HasPrefix(word, "#") {
			words = append(words, word)
		}
	}
	return words
}

// Fingerprint changes whenever folding, a word list or the way of cutting does. An index that keeps words keeps it too.
func (w *Words) Fingerprint() string { return w.fingerprint }

// Cut returns the words of folded text in order, without overlap. Numbers with their measure (2018年, 47号, 81件), dates,
// document numbers and Latin words stay whole; punctuation and spaces are no words; other text is cut by gse.
func (w *Words) Cut(folded string) []Word {
	words := make([]Word, 0, len(folded)/6)
	numbers := documentNumbers(folded)
	han := -1 // where a stretch of letters for gse began
	flush := func(end int) {
		if han >= 0 {
			words = w.segment(words, folded, han, end)
			han = -1
		}
	}
	for at := 0; at < len(folded); {
		if len(numbers) > 0 && at == numbers[0].Start {
			flush(at)
			words = append(words, whole(folded, at, numbers[0].End))
			at, numbers = numbers[0].End, numbers[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(folded[at:])
		switch {
		case isLatin(r) || isDigit(r):
			flush(at)
			end, parts := scanNumber(folded, at)
			word := whole(folded, at, end)
			word.Parts = parts
			words = append(words, word)
			at = end
			continue
		case unicode.IsLetter(r) || IsHan(r):
			if han < 0 {
				han = at
			}
		default:
			flush(at)
		}
		at += size
	}
	flush(len(folded))
	return words
}

// segment appends the words that gse finds in folded[start:end].
func (w *Words) segment(words []Word, folded string, start, end int) []Word {
	for _, s := range w.segmenter.Segment([]byte(folded[start:end])) {
		words = append(words, compound(folded, start+s.Start(), start+s.End(), s.Token()))
	}
	return words
}

// compound is the word folded[start:end] with the parts that gse knows of its token.
func compound(folded string, start, end int, token *gse.Token) Word {
	word := whole(folded, start, end)
	for _, part := range token.Segments() {
		word.Parts = append(word.Parts, compound(folded, start+part.Start(), start+part.End(), part.Token()))
	}
	return word
}

func whole(folded string, start, end int) Word {
	return Word{Text: folded[start:end], Start: start, End: end}
}

// documentNumbers returns the places of document numbers, cheaply where a text has none.
func documentNumbers(folded string) []gongwen.Span {
	if !strings.Contains(folded, ")") || !strings.Contains(folded, "号") {
		return nil
	}
	var spans []gongwen.Span
	for _, number := range gongwen.FindDocNumbers(folded) {
		spans = append(spans, number.Span)
	}
	return spans
}
