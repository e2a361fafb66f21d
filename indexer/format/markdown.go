package format

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"gongwen/indexer/header"
)

// parseMarkdown reads a document in Markdown. Front matter between lines of --- gives fields as a line of JSON does.
func parseMarkdown(_ context.Context, _ *input, data []byte) (Document, error) {
	read, err := readText(data, "")
	if err != nil {
		return Document{}, err
	}
	front, rest := frontMatter(read.Text)
	document := markdownText(rest)
	fields, more := front.fields()
	document.Fields, document.Notes, document.Encoding = fields, slices.Concat(read.Notes, more), read.Encoding
	return document, nil
}

// newMarkdownParser reads CommonMark, less what would eat words of a Chinese document:
//   - no lists: "1. " is a label that is cited, and stays; the stroke of "- " is taken off by line;
//   - no indented code and no quotes: an indent is that of a paragraph. Without a parser of its own an indented line
//     would end the reading, so margin takes indents and > off beforehand;
//   - no link definitions: "[注]: 本表" is a note;
//   - no tables: the cells that a row has beyond its head would be dropped. lines takes rows apart.
func newMarkdownParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)
}

var (
	atxHeading = regexp.MustCompile(`^ {0,3}#{1,6}[ \t]+\S`)
	// tightHeading is a heading without the space that CommonMark asks for, as people write it before Han.
	tightHeading = regexp.MustCompile(`^(#{2,6})(\p{Han}|[（(])`)
	bullet       = regexp.MustCompile(`^[-*+][ \t\x{3000}]+(?:\[[ xX]\][ \t]+)?`)
	// strongLeft is bold that CommonMark does not see because a mark stands between a Han character and
	// punctuation: **关于“通知”。**请.
	strongLeft = regexp.MustCompile(`\*\*([^*\n]+)\*\*|__([^_\s][^_\n]*)__`)
	htmlBreak  = regexp.MustCompile(`(?i)<(?:br|hr|/p|/div|/tr|/li|/h[1-6])\b[^>]*>`)
	// htmlTag takes known tags only: <甲方> and <A> are words.
	htmlTag = regexp.MustCompile(`(?is)<!--.*?-->|</?(?:p|br|hr|b|i|u|s|em|strong|span|div|font|table|thead|tbody|tfoot|tr|td|th|` +
		`sup|sub|small|del|ins|img|center|ul|ol|li|dl|dt|dd|h[1-6]|a|code|pre|blockquote|details|summary|section|article|figure|figcaption|` +
		`input|style|script|meta|link|html|head|body|title)\b[^<>]*/?>`)
)

// tableRule is the line under the head of a table.
var tableRule = regexp.MustCompile(`(?m)^(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$\n?|^:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$\n?`)

// tableRow is a row that shows itself as one: a long table may have been parted from its head.
var tableRow = regexp.MustCompile(`^\|.*\|[ \t]*(?:\n|$)`)

// cellBorder is what parts two cells, and a break inside one.
var cellBorder = regexp.MustCompile(`[ \t]*[|\x00][ \t|\x00]*`)

// inlineBreak stands for <br> until it is known whether that is inside a table. No text has it.
const inlineBreak = "\x00"

// maxSetext is the most bytes that a line underlined with --- may have to be a heading and not a paragraph before a rule.
const maxSetext = 200

// hasMarkdownHeading reports whether a text is Markdown: it has a heading of # signs.
func hasMarkdownHeading(text string) bool {
	for at := 0; ; at++ {
		sign := strings.IndexByte(text[at:], '#')
		if sign < 0 {
			return false
		}
		at += sign
		line := text[strings.LastIndexByte(text[:at], '\n')+1:]
		if strings.TrimLeft(line[:len(line)-len(text)+at], " ") == "" && atxHeading.MatchString(line) {
			return true
		}
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			return false
		}
		at += end
	}
}

// markdownText turns Markdown into plain lines without markup, and notes its headings. Words, labels and line
// breaks stay; link targets, rules and tags go; a row of a table is a line.
func markdownText(page string) Document {
	data := loosened(bounded(flush(strings.ReplaceAll(page, "\r\n", "\n"))))
	m := markdown{source: data}
	m.blocks(newMarkdownParser().Parse(text.NewReader(data)))
	plain := strings.TrimSuffix(m.out.String(), "\n")
	return Document{Text: plain, Headings: m.headings}
}

// flush takes the margin of each line away: indents and the > of quotes.
func flush(page string) []byte {
	data := make([]byte, 0, len(page))
	for line := range strings.Lines(page) {
		data = append(data, strings.TrimLeft(line, " \t>")...)
	}
	return data
}

// loosened puts a space behind the signs of tight headings.
func loosened(data []byte) []byte {
	if !bytes.Contains(data, []byte("##")) {
		return data
	}
	out := make([]byte, 0, len(data)+len(data)/64)
	for line := range bytes.Lines(data) {
		if m := tightHeading.FindSubmatchIndex(line); m != nil {
			out = append(append(out, line[:m[3]]...), ' ')
			line = line[m[3]:]
		}
		out = append(out, line...)
	}
	return out
}

// bounded keeps goldmark from long paragraphs: it takes time by the square of their length over open brackets and
// signs of emphasis, so that one bad file would hold up a run for hours. A longer paragraph is parted at a line break; a
// longer line becomes code, which is not looked into.
func bounded(data []byte) []byte {
	var out bytes.Buffer
	length := 0
	for line := range bytes.Lines(data) {
		if len(line) > maxInline {
			words := strongLeft.ReplaceAll(bytes.TrimRight(line, "\n"), []byte("$1$2"))
			fmt.Fprintf(&out, "\n%s\n%s\n%[1]s\n\n", codeFence, webLink.ReplaceAll(words, []byte("$1")))
			length = 0
			continue
		}
		if len(bytes.TrimSpace(line)) == 0 {
			length = 0
		}
		if length += len(line); length > maxInline {
			out.WriteByte('\n')
			length = len(line)
		}
		out.Write(line)
	}
	return out.Bytes()
}

// maxInline is the most bytes that a paragraph may have to be searched for markup; hardly any of a real text has more.
const maxInline = 8 << 10

const codeFence = "~~~~~~~~~~~~"

var webLink = regexp.MustCompile(`\[([^\[\]\n]*)\]\(https?:[^()\s]*\)`)

// markdown collects the lines of one text.
type markdown struct {
	source   []byte
	out      strings.Builder
	headings []Heading
}

func (m *markdown) blocks(parent ast.Node) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		m.block(node)
	}
}

func (m *markdown) block(node ast.Node) {
	switch node := node.(type) {
	case *ast.Heading:
		words := strings.ReplaceAll(m.inline(node), inlineBreak, " ")
		if strings.Contains(words, "\n") || len(words) > maxSetext && !m.isATX(node) {
			m.lines(words)
			return
		}
		line := clean(words)
		if line == "" {
			return
		}
		m.headings = append(m.headings, Heading{line, m.out.Len(), node.Level})
		m.line(line)
	case *ast.Paragraph, *ast.TextBlock:
		m.lines(m.inline(node))
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		m.lines(m.raw(node))
	case *ast.HTMLBlock:
		raw := m.raw(node)
		if node.HasClosure() {
			raw += string(node.ClosureLine.Value(m.source))
		}
		m.lines(htmlTag.ReplaceAllString(htmlBreak.ReplaceAllString(raw, "\n"), " "))
	case *ast.ThematicBreak:
	default:
		m.blocks(node)
	}
}

// isATX reports whether a heading is one of # signs, which are on its line before the words.
func (m *markdown) isATX(heading *ast.Heading) bool {
	if heading.Lines().Len() == 0 {
		return true
	}
	start := heading.Lines().At(0).Start
	begin := bytes.LastIndexByte(m.source[:start], '\n') + 1
	return bytes.Contains(m.source[begin:start], []byte("#"))
}

// raw is the source of a block, line by line.
func (m *markdown) raw(node ast.Node) string {
	var raw strings.Builder
	for i := range node.Lines().Len() {
		segment := node.Lines().At(i)
		raw.Write(segment.Value(m.source))
	}
	return raw.String()
}

// lines writes what is left of each line of a block; a row of a table is one, its cells parted by a space.
func (m *markdown) lines(words string) {
	if strings.Contains(words, "|") && (tableRule.MatchString(words) || tableRow.MatchString(words)) {
		words = tableRule.ReplaceAllString(words, "")
		words = cellBorder.ReplaceAllString(words, " ")
	}
	words = strings.ReplaceAll(words, inlineBreak, "\n")
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(line); line != "" && strings.IndexByte("-*+", line[0]) >= 0 {
			line = bullet.ReplaceAllString(line, "")
		}
		// Clean may part a line in two, at a character that breaks lines.
		for part := range strings.Lines(clean(line)) {
			m.line(strings.TrimRight(part, "\n"))
		}
	}
}

func (m *markdown) line(line string) {
	if line != "" {
		m.out.WriteString(line)
		m.out.WriteByte('\n')
	}
}

func clean(line string) string {
	if strings.Contains(line, "**") || strings.Contains(line, "__") {
		line = strongLeft.ReplaceAllString(line, "$1$2")
	}
	return header.Clean(line)
}

// inline is the words of a block without markup, its line breaks kept.
func (m *markdown) inline(parent ast.Node) string {
	var words strings.Builder
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.Text:
			value := node.Segment.Value(m.source)
			if !node.IsRaw() {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
			}
			words.Write(value)
			if node.SoftLineBreak() || node.HardLineBreak() {
				words.WriteByte('\n')
			}
		case *ast.String:
			words.Write(node.Value)
		case *ast.AutoLink:
			words.Write(node.Label(m.source))
		case *ast.RawHTML:
			var tag strings.Builder
			for i := range node.Segments.Len() {
				segment := node.Segments.At(i)
				tag.Write(segment.Value(m.source))
			}
			words.WriteString(htmlTag.ReplaceAllString(htmlBreak.ReplaceAllString(tag.String(), inlineBreak), ""))
		case *ast.Link:
			inner, dest := m.inline(node), string(node.Destination)
			if dest != "" && !strings.ContainsAny(dest, "/.#:@?%") {
				inner = "[" + inner + "](" + dest + ")" // 国发[2018](50)号 is a number and no link
			}
			words.WriteString(inner)
		case *ast.Emphasis:
			signs := ""
			if m.isProduct(node) {
				signs = "*"
			}
			words.WriteString(signs + m.inline(node) + signs)
		default:
			words.WriteString(m.inline(node))
		}
	}
	return words.String()
}

// isProduct tells 长5*宽3*高2 from emphasis: a digit stands right before the first sign.
func (m *markdown) isProduct(node *ast.Emphasis) bool {
	first, ok := node.FirstChild().(*ast.Text)
	if !ok || node.Level != 1 || first.Segment.Start < 2 {
		return false
	}
	before := m.source[first.Segment.Start-2]
	return m.source[first.Segment.Start-1] == '*' && '0' <= before && before <= '9'
}
