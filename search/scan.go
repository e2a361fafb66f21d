package search

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

func (p *parser) space() {
	for p.at < len(p.text) && unicode.IsSpace(p.rune()) {
		p.at += p.runeSize()
	}
}

// operator reads one of the names where it stands alone between white space, brackets and quoted runs.
func (p *parser) operator(names []string) bool {
	for _, name := range names {
		if p.standsAlone(name) {
			p.at += len(name)
			return true
		}
	}
	return false
}

func (p *parser) peekOperator(names []string) bool {
	at := p.at
	found := p.operator(names)
	p.at = at
	return found
}

func (p *parser) standsAlone(name string) bool {
	if !strings.HasPrefix(p.text[p.at:], name) {
		return false
	}
	if !p.afterBorder() {
		return false
	}
	next, size := utf8.DecodeRuneInString(p.text[p.at+len(name):])
	return size == 0 || isBorder(next)
}

// prefix reads one of the signs where it stands directly before a term.
func (p *parser) prefix(signs string) bool {
	if p.at == len(p.text) || !strings.ContainsRune(signs, p.rune()) || !p.afterSpace() {
		return false
	}
	size := p.runeSize()
	next, nextSize := utf8.DecodeRuneInString(p.text[p.at+size:])
	if nextSize == 0 || unicode.IsSpace(next) {
		return false
	}
	p.at += size
	return true
}

// afterBorder reports whether a name that stands alone may begin here.
func (p *parser) afterBorder() bool {
	before, size := utf8.DecodeLastRuneInString(p.text[:p.at])
	return size == 0 || isBorder(before)
}

// afterSpace reports whether a term may begin with an operator here.
func (p *parser) afterSpace() bool {
	if p.at == 0 {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(p.text[:p.at])
	return unicode.IsSpace(before) || isOpen(before) || strings.ContainsRune("-－+＋", before)
}

func (p *parser) closes() bool { return p.at < len(p.text) && isClose(p.rune()) }

func (p *parser) rune() rune {
	r, _ := utf8.DecodeRuneInString(p.text[p.at:])
	return r
}

func (p *parser) runeSize() int {
	_, size := utf8.DecodeRuneInString(p.text[p.at:])
	return size
}

// count counts a term that began at start against the limit.
func (p *parser) count(start int) error {
	if p.terms++; p.terms > MaxQueryTerms {
		return p.fault(start, p.at, fmt.Sprintf("检索式超过 %d 个检索词。", MaxQueryTerms), "请减少检索词，或分几次检索。")
	}
	return nil
}

func (p *parser) fault(start, end int, message, hint string) error {
	return &QueryError{Param: "q", Value: p.text[start:end], Offset: start, Message: message, Hint: hint}
}

func (p *parser) notice(code, message string) {
	for _, n := range p.notices {
		if n.Code == code {
			return
		}
	}
	p.notices = append(p.notices, Notice{Code: code, Message: message})
}

// closingQuote returns the partner of an opening quotation mark, or 0.
func closingQuote(r rune) rune {
	switch r {
	case '"', '＂':
		return r
	case '“':
		return '”'
	case '「':
		return '」'
	case '『':
		return '』'
	case '｢':
		return '｣'
	}
	return 0
}

// isBorder knows what may stand beside an operator's name.
func isBorder(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("()（）\"＂“”「」『』｢｣《》", r)
}

func isOpen(r rune) bool  { return r == '(' || r == '（' }
func isClose(r rune) bool { return r == ')' || r == '）' }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func byteOfRune(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}
