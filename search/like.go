package search

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// Like asks for documents that share much of what another one says, without that one. Engines call Resolve before they
// compile a query.
type Like struct{ ID string }

func (Like) node() {}

func (q Like) String() string {
	if strings.ContainsFunc(q.ID, func(r rune) bool { return !isWordRune(r) && !strings.ContainsRune("-_.", r) }) {
		return "like:" + quote(q.ID)
	}
	return "like:" + q.ID
}

// likeNames are what one may type for like.
var likeNames = []string{"like", "类似", "相似"}

// Limits of Like.
const (
	maxLikes     = 3
	likeWords    = 30    // words of the document that are looked for
	likeRunes    = 20000 // characters of its text from which they are taken
	likeShare    = 0.35  // of their weight that a hit holds
	titleCounts  = 4     // what a word in the title counts, in places of the text
	headingCount = 2
)

// like reads like:ID where it stands at this place.
func (p *parser) like() (Query, error) {
	start := p.at
	colon := strings.IndexAny(p.text[p.at:], ":：")
	if colon <= 0 || !slices.Contains(likeNames, strings.ToLower(p.text[p.at:p.at+colon])) {
		return nil, nil
	}
	_, size := utf8.DecodeRuneInString(p.text[p.at+colon:])
	p.at += colon + size
	var id string
	if r, size := utf8.DecodeRuneInString(p.text[p.at:]); closingQuote(r) != 0 {
		id = p.run(r, size)
	} else {
		id = p.value()
	}
	if strings.TrimSpace(id) == "" {
		p.at = start
		return nil, nil // x: without a value is text
	}
	if p.likes++; p.likes > maxLikes {
		return nil, p.fault(start, p.at, "检索式里的 like: 超过 3 个。", "请分几次检索。")
	}
	return Like{id}, p.count(start)
}

// similar is a Like whose document was found.
type similar struct {
	Like
	words []string // folded
}

// Resolve finds the documents that a query is to be like. find returns ErrNotFound for an unknown ID; then the error is a
// *QueryError.
func Resolve(q Query, words Segmenter, find func(id string) (*gongwen.Document, error)) (Query, error) {
	resolve := func(of []Query) ([]Query, error) {
		found := make([]Query, len(of))
		var faults []error
		for i := range of {
			var err error
			found[i], err = Resolve(of[i], words, find)
			faults = append(faults, err)
		}
		return found, errors.Join(faults...)
	}
	switch q := q.(type) {
	case Like:
		d, err := find(q.ID)
		if errors.Is(err, ErrNotFound) {
			return nil, &QueryError{
				Param: "q", Value: q.ID, Message: fmt.Sprintf("没有编号为“%s”的文件。", q.ID), Hint: "like: 后面写检索结果或文件页上的编号（id）。",
			}
		}
		if err != nil {
			return nil, err
		}
		return similar{q, tellingWords(d, words)}, nil
	case And:
		of, err := resolve(q.Of)
		return And{of}, err
	case Or:
		of, err := resolve(q.Of)
		return Or{of}, err
	case Not:
		of, err := Resolve(q.Of, words, find)
		return Not{of}, err
	case Boosted:
		of, err := Resolve(q.Of, words, find)
		return Boosted{of, q.By}, err
	}
	return q, nil
}

// tellingWords are words that tell what a document is about: long ones and frequent ones, those of title and headings first.
func tellingWords(d *gongwen.Document, words Segmenter) []string {
	counts := map[string]int{}
	var order []string
	add := func(text string, n int) {
		for _, w := range words.Cut(analyzers.Fold(text)) {
			if !telling(w.Text) {
				continue
			}
			if counts[w.Text] == 0 {
				order = append(order, w.Text)
			}
			counts[w.Text] += n
		}
	}
	add(d.Title, titleCounts)
	gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) {
		if len(order) < likeRunes {
			add(s.Heading, headingCount)
		}
	})
	add(d.Text[:aheadRunes(d.Text, 0, len(d.Text), likeRunes)], 1)
	tells := func(word string) float64 {
		return (1 + math.Log(float64(counts[word]))) * float64(1+min(utf8.RuneCountInString(word), 4))
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(tells(b), tells(a)) })
	return order[:min(likeWords, len(order))]
}

// telling reports whether a word may tell what a document is about: numbers and places in an order do not.
func telling(word string) bool {
	return utf8.RuneCountInString(word) > 1 && !strings.HasPrefix(word, "第") && lightness(word) == 1 &&
		!strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
}

// likeNode accepts what holds enough of the weight of the terms.
type likeNode struct {
	plan  *Plan
	terms []int
}

func (n likeNode) accept(t Test) bool {
	held := 0.0
	weights, least := n.weights()
	for i, term := range n.terms {
		if t.Holds(term) {
			held += weights[i]
		}
	}
	return held > 0 && held >= least
}

// weigh notes the weights of terms by how many of the documents hold them, also of what is excluded.
func (p *Plan) weigh(terms []int, docs int) {
	p.weights = make([]float64, len(terms))
	for t, df := range terms {
		p.weights[t] = Weight(df, docs) * p.light[t]
	}
}

// weights are those of the terms, and how much of it is enough.
func (n likeNode) weights() (weights []float64, least float64) {
	weights = make([]float64, len(n.terms))
	for i, term := range n.terms {
		weights[i] = 1
		if n.plan.weights != nil {
			weights[i] = n.plan.weights[term]
		}
		least += weights[i]
	}
	return weights, least * likeShare
}

// like compiles a Like: what shares enough, but not the document itself.
func (c *compiler) like(q similar, positive bool) node {
	n := likeNode{plan: c.plan}
	for _, word := range q.words {
		n.terms = append(n.terms, int(c.term(Term{Text: word, literals: []string{word}}, positive)))
	}
	itself := whereNode{Filter{Condition: Condition{Field: FieldID, Value: q.ID}}}
	return andNode{n, notNode{itself}}
}
