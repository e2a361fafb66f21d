package search

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen"
)

// Codes of notices.
const (
	noticeUnclosedQuote   = "unclosed_quote"
	noticeUnclosedBracket = "unclosed_bracket"
	noticeIgnoredOperator = "ignored_operator"
)

// The names of operators; each stands alone.
var (
	orNames   = []string{"OR", "或", "|", "｜"}
	notNames  = []string{"NOT", "非"}
	operators = slices.Concat(orNames, notNames)
)

// Parse reads what a person typed, as doc/query-syntax.md describes. Free text is never an error; a *QueryError names a
// limit or an impossible value. Notices say where the reading may surprise.
func Parse(text string) (Query, []Notice, error) {
	if n := utf8.RuneCountInString(text); n > MaxQueryRunes {
		return nil, nil, &QueryError{
			Param: "q", Offset: byteOfRune(text, MaxQueryRunes),
			Message: fmt.Sprintf("检索式有 %d 个字符，超过 %d 个的上限。", n, MaxQueryRunes),
			Hint:    "请只保留要找的词句。",
		}
	}
	p := &parser{text: strings.ToValidUTF8(text, string(utf8.RuneError))}
	p.numbers = gongwen.FindDocNumbers(p.text)
	q, err := p.or(0)
	if err != nil {
		var fault *QueryError
		if errors.As(err, &fault) {
			fault.Offset = typedOffset(text, fault.Offset)
		}
		return nil, nil, err
	}
	return q, p.notices, nil
}

// typedOffset is where an offset of the text that was read lies in the one that was typed: each run of bytes that are no
// UTF-8 was read as one character.
func typedOffset(typed string, offset int) int {
	at := 0
	for read := 0; at < len(typed) && read < offset; {
		r, size := utf8.DecodeRuneInString(typed[at:])
		if r != utf8.RuneError || size > 1 {
			read, at = read+size, at+size
			continue
		}
		for read += len(string(utf8.RuneError)); at < len(typed) && r == utf8.RuneError && size == 1; r, size = utf8.DecodeRuneInString(typed[at:]) {
			at++
		}
	}
	return at
}

type parser struct {
	text    string
	at      int
	terms   int
	likes   int
	forms   int                   // wildcard terms and connectors
	numbers []gongwen.FoundNumber // those that start at or after at
	notices []Notice
}

// or reads terms up to the end, or up to the bracket that closes the group at this depth.
func (p *parser) or(depth int) (Query, error) {
	if depth > MaxQueryDepth {
		return nil, p.fault(p.at, p.at, fmt.Sprintf("括号嵌套超过 %d 层。", MaxQueryDepth), "请去掉多余的括号。")
	}
	var alternatives, terms []Query
	dangling := false // an OR waits for its right side
	for {
		p.space()
		switch {
		case p.at == len(p.text):
			if depth > 0 {
				p.notice(noticeUnclosedBracket, "括号没有闭合，已按到末尾处理。")
			}
		case p.closes():
			p.at += p.runeSize()
			if depth == 0 {
				continue // closes nothing
			}
		case p.operator(orNames):
			if len(terms) == 0 {
				p.notice(noticeIgnoredOperator, "“或”的一侧没有检索词，已忽略。")
				continue
			}
			alternatives = append(alternatives, newAnd(terms))
			terms, dangling = nil, true
			continue
		default:
			term, err := p.unary(depth)
			if err != nil {
				return nil, err
			}
			if term != nil {
				terms = append(terms, term)
			}
			continue
		}
		if dangling && len(terms) == 0 {
			p.notice(noticeIgnoredOperator, "“或”的一侧没有检索词，已忽略。")
		}
		return newOr(append(alternatives, newAnd(terms))), nil
	}
}

// unary reads a term with the NOT or + before it; nil where there is nothing to look for.
func (p *parser) unary(depth int) (Query, error) {
	not, required := false, false
	for {
		negated := p.operator(notNames) || p.prefix("-－")
		if !negated && !p.prefix("+＋") {
			break
		}
		not, required = not != negated, required || !negated
		p.space()
		if p.at == len(p.text) || p.closes() || p.peekOperator(orNames) {
			p.notice(noticeIgnoredOperator, "“非”后面没有检索词，已忽略。")
			return nil, nil
		}
	}
	start := p.at
	term, err := p.boosted(depth)
	if err != nil || term == nil {
		return nil, err
	}
	if term, err = p.near(term, start, depth); err != nil {
		return nil, err
	}
	require := func(words Words) Words {
		words.Required = (words.Required || required) && !not // a word that is not wanted cannot be required
		return words
	}
	switch q := term.(type) {
	case Words:
		term = require(q)
	case Boosted:
		if words, ok := q.Of.(Words); ok {
			term = Boosted{require(words), q.By}
		}
	}
	if not {
		return newNot(term), nil
	}
	return term, nil
}

// term reads a document number, group, run, condition or stretch of words.
func (p *parser) term(depth int) (Query, error) {
	start := p.at
	if _, typed, ok := p.connector(); ok {
		return nil, p.fault(start, p.at, fmt.Sprintf("“%s”左边没有检索词。", typed), connectorHint)
	}
	if number, ok := p.number(); ok {
		p.at = number.Span.End
		return Words{Text: number.DocNumber.String()}, p.count(start)
	}
	r, size := utf8.DecodeRuneInString(p.text[p.at:])
	switch {
	case isOpen(r):
		p.at += size
		return p.or(depth + 1)
	case closingQuote(r) != 0:
		run := p.run(r, size)
		if strings.TrimSpace(run) == "" {
			return nil, nil
		}
		return Run{run}, p.count(start)
	case r == '《':
		if end := p.closingTitle(); end > 0 {
			run := p.text[p.at+size : end-len("》")]
			p.at = end
			if strings.TrimSpace(run) == "" {
				return nil, nil
			}
			return Run{run}, p.count(start)
		}
		p.at += size
		return nil, nil
	}
	if like, err := p.like(); like != nil || err != nil {
		return like, err
	}
	if where, err := p.condition(); where != nil || err != nil {
		return where, err
	}
	text := p.words()
	if wild, size, ok := cutWild(text); size > 0 {
		p.at -= len(text) - size
		if text = wild; ok {
			return p.wild(text, start)
		}
	}
	if _, ok := readConnector(text); ok {
		return nil, nil // it does not stand alone, and would where the query is written out
	}
	if !strings.ContainsFunc(text, isWordRune) || slices.Contains(operators, text) {
		return nil, nil
	}
	return Words{Text: text}, p.count(start)
}

// run reads a quoted run; the opening mark is open.
func (p *parser) run(open rune, size int) string {
	closing := closingQuote(open)
	p.at += size
	var run strings.Builder
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		p.at += size
		if r == closing {
			return run.String()
		}
		if r == '\\' && p.at < len(p.text) {
			if next, size := utf8.DecodeRuneInString(p.text[p.at:]); next == '\\' || next == '"' || next == closing {
				p.at += size
				r = next
			}
		}
		run.WriteRune(r)
	}
	p.notice(noticeUnclosedQuote, "引号没有闭合，已按到末尾处理。")
	return run.String()
}

// condition reads field:value where a known field's name and a value stand at this place; else it reads nothing.
func (p *parser) condition() (Query, error) {
	rest := p.text[p.at:]
	colon := strings.IndexAny(rest, ":：")
	if colon <= 0 {
		return nil, nil
	}
	field, ok := fieldOf(rest[:colon])
	if !ok {
		return nil, nil
	}
	start := p.at
	_, size := utf8.DecodeRuneInString(rest[colon:])
	p.at += colon + size
	valueAt := p.at
	r, size := utf8.DecodeRuneInString(p.text[p.at:])
	var value string
	exact := false
	if closingQuote(r) != 0 {
		value, exact = p.run(r, size), true
	} else if end := p.closingTitle(); r == '《' && end > 0 {
		value, exact = p.text[p.at+size:end-len("》")], true
		p.at = end
	} else if number, ok := p.number(); ok && (field == FieldNumber || field == FieldCites) {
		value = number.DocNumber.String()
		p.at = number.Span.End
	} else {
		value = p.value()
	}
	if strings.TrimSpace(value) == "" {
		p.at = start
		return nil, nil // x: without a value is text
	}
	condition, err := newCondition(field, value, exact)
	if err != nil {
		err.Param, err.Offset = "q", valueAt
		return nil, err
	}
	return Where{condition}, p.count(start)
}

// value reads the unquoted value of a condition: up to white space, a quotation mark or a bracket without its partner.
func (p *parser) value() string {
	start := p.at
	p.stretch(func(rune) bool { return p.at > start && p.boostSize(p.at) > 0 })
	return p.text[start:p.at]
}

// words reads a stretch of text up to white space, a quotation mark, a title, a document number or a bracket without its
// partner in the stretch. Signs that are operators at the start of a term are skipped there.
func (p *parser) words() string {
	start := p.at
	for p.at < len(p.text) && strings.ContainsRune("-－+＋", p.rune()) {
		p.at += p.runeSize()
	}
	if p.at > start && p.at < len(p.text) && isOpen(p.rune()) {
		return "" // a group follows, as it would without the signs
	}
	start = p.at
	p.stretch(func(r rune) bool {
		_, ok := p.number()
		return r == '《' || ok && p.at > start || p.boosts(start)
	})
	text := p.text[start:p.at]
	if p.at == start && p.at < len(p.text) && isOpen(p.rune()) {
		p.at += p.runeSize() // an opening bracket that closes nowhere near
	}
	return text
}

// stretch moves to the end of a stretch without white space and quotation marks, in which every bracket has its partner,
// or to where stop says so.
func (p *parser) stretch(stop func(rune) bool) {
	open := 0
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if unicode.IsSpace(r) || closingQuote(r) != 0 || stop(r) {
			return
		}
		if isOpen(r) {
			if open == 0 && !p.hasPartner() {
				return
			}
			open++
		}
		if isClose(r) {
			if open == 0 {
				return
			}
			open--
		}
		p.at += size
	}
}

// hasPartner reports whether the bracket that opens here closes before white space or a quotation mark.
func (p *parser) hasPartner() bool {
	open := 0
	for _, r := range p.text[p.at:] {
		switch {
		case unicode.IsSpace(r) || closingQuote(r) != 0 || r == '《':
			return false
		case isOpen(r):
			open++
		case isClose(r):
			if open--; open == 0 {
				return true
			}
		}
	}
	return false
}

// number returns the document number that starts at this place.
func (p *parser) number() (gongwen.FoundNumber, bool) {
	for len(p.numbers) > 0 && p.numbers[0].Span.Start < p.at {
		p.numbers = p.numbers[1:]
	}
	if len(p.numbers) == 0 || p.numbers[0].Span.Start > p.at {
		return gongwen.FoundNumber{}, false
	}
	return p.numbers[0], true
}

// closingTitle returns the end of the 《title》 that starts here, titles inside it included, or 0.
func (p *parser) closingTitle() int {
	open := 0
	for i, r := range p.text[p.at:] {
		switch r {
		case '《':
			open++
		case '》':
			if open--; open == 0 {
				return p.at + i + len("》")
			}
		}
		if open == 0 {
			return 0
		}
	}
	return 0
}
