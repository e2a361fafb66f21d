package search

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongwen/analyzers"
)

// Near asks that terms stand near each other: each connector joins the term on its left with the one on its right, at the
// same place of it. Of holds two terms or more, each a Run, Words, a Wild, or an Or of these; By one connector less.
type Near struct {
	Of []Query
	By []Connector
}

// Connector says how near two terms stand. No connector reaches over a line break, and places that overlap are not near
// each other.
type Connector struct {
	Scope   Scope
	Within  int  // with ScopeCharacters: the most characters between the two, from 1 to MaxDistance
	Ordered bool // the left one comes first
}

// Scope is what both sides of a connector have in common.
type Scope byte

// The scopes.
const (
	ScopeSentence   Scope = iota // a sentence, which ends with 。！？ or the line
	ScopeParagraph               // a paragraph, which is a line
	ScopeCharacters              // a line, and so many characters at most lie between
)

// MaxDistance is the largest distance that one can ask for; what lies farther apart shares a paragraph at best.
const MaxDistance = 200

func (Near) node() {}

func (q Near) String() string {
	var b strings.Builder
	for i, of := range q.Of {
		if i > 0 {
			b.WriteString(" " + q.By[i-1].String() + " ")
		}
		b.WriteString(bracket(of))
	}
	return b.String()
}

// String is the connector as one types it.
func (c Connector) String() string {
	sign := "/"
	if c.Ordered {
		sign = ">"
	}
	switch c.Scope {
	case ScopeSentence:
		return sign + "s"
	case ScopeParagraph:
		return sign + "p"
	}
	return sign + strconv.Itoa(c.Within)
}

// connectorPattern knows connectors in folded text. What a Chinese keyboard makes of > is one too.
var connectorPattern = regexp.MustCompile(`^([/>》])(?:(s|句)|(p|段)|(\d{1,9})字?)$`)

// readConnector reads a connector as one types it, in any width. The distance may be out of bounds.
func readConnector(typed string) (c Connector, ok bool) {
	if len(typed) < 2 || len(typed) > 40 {
		return c, false
	}
	m := connectorPattern.FindStringSubmatch(analyzers.FoldQuery(typed))
	if m == nil {
		return c, false
	}
	c.Ordered = m[1] != "/"
	switch {
	case m[2] != "":
		c.Scope = ScopeSentence
	case m[3] != "":
		c.Scope = ScopeParagraph
	default:
		c.Scope = ScopeCharacters
		c.Within, _ = strconv.Atoi(m[4]) // nine digits at most
	}
	return c, true
}

// connector reads a connector where it stands alone between white space, brackets and quoted runs.
func (p *parser) connector() (c Connector, typed string, ok bool) {
	if p.at == len(p.text) || !strings.ContainsRune("/／>＞》", p.rune()) || !p.afterBorder() {
		return c, "", false
	}
	rest := p.text[p.at:]
	end := strings.IndexFunc(rest[p.runeSize():], isBorder)
	if end < 0 {
		end = len(rest)
	} else {
		end += p.runeSize()
	}
	if c, ok = readConnector(rest[:end]); ok {
		p.at += end
		typed = rest[:end]
	}
	return c, typed, ok
}

// near reads the connectors behind a term that began at start, and what they join it with.
func (p *parser) near(first Query, start, depth int) (Query, error) {
	var q Near
	boost := 0.0
	add := func(term Query, from int) error {
		if b, ok := term.(Boosted); ok && !isWhere(b.Of) {
			boost, term = max(boost, b.By), b.Of
		}
		term = wanted(term)
		if message, hint := unjoinable(term); message != "" {
			return p.fault(from, p.at, message, hint)
		}
		q.Of = append(q.Of, term)
		return nil
	}
	for {
		before := p.at
		p.space()
		at := p.at
		c, typed, ok := p.connector()
		if !ok {
			p.at = before
			break
		}
		if c.Scope == ScopeCharacters && (c.Within < 1 || c.Within > MaxDistance) {
			return nil, p.fault(at, p.at, fmt.Sprintf("“%s”的字数应在 1 至 %d 之间。", typed, MaxDistance),
				"相隔至多 20 个字写作 A /20 B；紧挨着的写在引号里，隔得更远的用 /p（同一段）。")
		}
		if len(q.Of) == 0 {
			p.at = before
			if err := add(first, start); err != nil {
				return nil, err
			}
			p.at = at + len(typed)
		}
		if err := p.countForm(at); err != nil {
			return nil, err
		}
		p.space()
		from := p.at
		var term Query
		if p.at < len(p.text) && !p.closes() && !p.peekOperator(operators) && !p.peekSign() && !p.peekConnector() {
			var err error
			if term, err = p.boosted(depth); err != nil {
				return nil, err
			}
		}
		if term == nil {
			return nil, p.fault(at, at+len(typed), fmt.Sprintf("“%s”右边没有检索词。", typed), connectorHint)
		}
		if err := add(term, from); err != nil {
			return nil, err
		}
		q.By = append(q.By, c)
	}
	if len(q.By) == 0 {
		return first, nil
	}
	if boost != 0 {
		return newBoosted(q, boost), nil
	}
	return q, nil
}

// wanted is a term without the + before it: beside a connector nothing is left out.
func wanted(term Query) Query {
	switch q := term.(type) {
	case Words:
		return Words{Text: q.Text}
	case Or:
		of := make([]Query, len(q.Of))
		for i := range of {
			of[i] = wanted(q.Of[i])
		}
		return Or{of}
	}
	return term
}

const connectorHint = "连接符写在两个检索词之间，如：行政处罚 /s 听证。要找它本身，请加引号。"

// unjoinable says why a term cannot stand beside a connector; "" where it can.
func unjoinable(term Query) (message, hint string) {
	switch term := term.(type) {
	case Run, Words, Wild:
		return "", ""
	case Or:
		if !slices.ContainsFunc(term.Of, func(q Query) bool {
			switch q.(type) {
			case Run, Words, Wild:
				return false
			}
			return true
		}) {
			return "", ""
		}
	case Near:
		return "连接符旁的括号里还有连接符。", "请连着写，如：A /s B /p C；每个连接符连接它两边的词。"
	case Where, Like, Boosted:
		return "字段条件不能用连接符连接。", "字段条件写在连接符之外，如：年度:2018 行政处罚 /s 听证。"
	}
	return "连接符旁的括号里只能是用 OR 并列的词。", "都要有的词也用连接符连接，如：A /s B /s C。"
}

// peekConnector reports whether a connector stands here.
func (p *parser) peekConnector() bool {
	at := p.at
	_, _, ok := p.connector()
	p.at = at
	return ok
}

// peekSign reports whether a sign stands here directly before a term.
func (p *parser) peekSign() bool {
	at := p.at
	found := p.prefix("-－+＋")
	p.at = at
	return found
}
