package analyzers

import (
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// Bleve makes words an analyzer for any ordinary Bleve mapping. Terms are folded; offsets are bytes of the original
// text; positions count folded runes, so that a phrase of words matches where the words stand next to each other,
// however either side was cut. The parts of compounds are terms at their own place: 法律顾问 is also 法律 and 顾问.
type Bleve struct{ words *Words }

// NewBleve returns the analyzer over words.
func NewBleve(words *Words) *Bleve { return &Bleve{words} }

var _ analysis.Analyzer = (*Bleve)(nil)

// Analyze implements analysis.Analyzer.
func (b *Bleve) Analyze(input []byte) analysis.TokenStream {
	folded, back := FoldMap(string(input))
	var stream analysis.TokenStream
	runes, counted := 0, 0 // runes of folded before the byte counted
	position := func(at int) int {
		runes += utf8.RuneCountInString(folded[counted:at])
		counted = at
		return runes + 1
	}
	var emit func(w Word, position int)
	emit = func(w Word, position int) {
		start, end := back.Original(w.Start, w.End)
		stream = append(stream, &analysis.Token{
			Term: []byte(w.Text), Start: start, End: end, Position: position, Type: analysis.Ideographic,
		})
		for _, part := range w.Parts {
			if utf8.RuneCountInString(part.Text) > 1 {
				emit(part, position+utf8.RuneCountInString(folded[w.Start:part.Start]))
			}
		}
	}
	for _, w := range b.words.Cut(folded) {
		emit(w, position(w.Start))
	}
	return stream
}
