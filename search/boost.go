package search

import (
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"
)

// Boosted weighs a query otherwise in ranking; what it finds stays the same. A condition that is boosted does not filter:
// what it accepts comes first.
type Boosted struct {
	Of Query
	By float64 // above 0, at most maxBoost
}

// maxBoost is the most that a term may be weighed.
const maxBoost = 10

func (Boosted) node() {}

func (q Boosted) String() string {
	text := q.Of.String()
	switch of := q.Of.(type) {
	case Run, Where:
	case Words, Wild:
		if last := text[len(text)-1]; isAlnum(last) {
			text = "(" + text + ")" // m^2 is text
		}
		if words, ok := of.(Words); ok && words.Required {
			text = "+" + (Boosted{Words{Text: words.Text}, q.By}).String()
			return text
		}
	default:
		text = "(" + text + ")"
	}
	return text + "^" + strconv.FormatFloat(q.By, 'f', -1, 64)
}

func isAlnum(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

func newBoosted(of Query, by float64) Query {
	switch q := of.(type) {
	case nil:
		return nil
	case Boosted:
		of = q.Of
	case Not:
		return q
	}
	if by == 1 && !isWhere(of) {
		return of
	}
	return Boosted{of, by}
}

func isWhere(q Query) bool {
	_, ok := q.(Where)
	return ok
}

var boostPattern = regexp.MustCompile(`^[\^＾](\d{1,3}(?:\.\d{1,2})?)`)

// boostSize is the size of the boost that stands at a place, up to white space, a bracket or a quotation mark; 0 for none.
func (p *parser) boostSize(at int) int {
	if p.text[at] != '^' && p.text[at] != "＾"[0] {
		return 0
	}
	m := boostPattern.FindString(p.text[at:])
	next, size := utf8.DecodeRuneInString(p.text[at+len(m):])
	if m == "" || size > 0 && !isBorder(next) {
		return 0
	}
	return len(m)
}

// boosts reports whether what is read of a stretch ends here with a boost: behind letters and digits of a word it is text,
// as in m^2.
func (p *parser) boosts(start int) bool {
	return p.at > start && !isAlnum(p.text[p.at-1]) && p.boostSize(p.at) > 0
}

// boosted reads a term and the boost behind it.
func (p *parser) boosted(depth int) (Query, error) {
	term, err := p.term(depth)
	if err != nil || term == nil || p.at == len(p.text) {
		return term, err
	}
	size := p.boostSize(p.at)
	if size == 0 {
		return term, nil
	}
	typed := p.text[p.at : p.at+size]
	number := boostPattern.FindStringSubmatch(typed)[1]
	by, err := strconv.ParseFloat(number, 64)
	if err != nil || by <= 0 || by > maxBoost {
		return nil, p.fault(p.at, p.at+size, fmt.Sprintf("权重“%s”应大于 0，不超过 %d。", typed, maxBoost), "写作：行政处罚^3。")
	}
	p.at += size
	return newBoosted(term, by), nil
}
