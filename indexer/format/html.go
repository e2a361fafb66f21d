package format

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxMarkup is the most bytes of a page that are parsed: its tree takes ten times as much memory.
const maxMarkup = 16 << 20

// parseHTML reads a web page: the text of its article with what stands above it of title, source and dates, and what
// its meta tags say. Menus, tools and what follows the article are left out where they show themselves by their markup;
// the rest is for the header parser, which knows menus by their words.
func parseHTML(_ context.Context, _ *input, data []byte) (Document, error) {
	if len(data) > maxMarkup {
		return Document{}, refuse("网页超过 %d MB，不像一份公文；请拆分，或把正文另存为文本再收录", maxMarkup>>20)
	}
	page, err := readText(data, declaredCharset(data))
	if err != nil && len(page.Text) <= maxText {
		return Document{}, err // the markup may be longer than a text
	}
	document, err := readHTML(page.Text)
	document.Notes, document.Encoding = append(page.Notes, document.Notes...), page.Encoding
	return document, err
}

var charsetName = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)`)

// declaredCharset is the encoding that a page or an XML file names near its beginning.
func declaredCharset(data []byte) string {
	if m := charsetName.FindSubmatch(data[:min(len(data), 4<<10)]); m != nil {
		return string(m[1])
	}
	return ""
}

// readHTML reads a page that is decoded already.
func readHTML(text string) (document Document, err error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return Document{}, refuse("网页标记嵌套过深或已损坏（%v）；请用浏览器打开后另存为文本", err)
	}
	head := readHead(root)
	page := htmlText{title: strings.Join(strings.Fields(head.title), "")}
	page.article = findArticle(root)
	page.around = map[*html.Node]bool{}
	for n := page.article; n != nil; n = n.Parent {
		page.around[n] = true
	}
	page.before = page.article != nil
	frames := page
	page.walk(root)
	page.flush()
	document = page.document()
	if han := countHan(document.Text); page.article == nil && han < leastText && countHan(words(root)) > 4*han {
		frames.frames = true // the text lies in what was taken for a frame
		frames.walk(root)
		frames.flush()
		document = frames.document()
	}
	if err := checkLength(document.Text); err != nil {
		return Document{}, err
	}
	if document.Text == "" {
		return Document{}, asRefusal(errNoWords)
	}
	document.Fields = head.fields
	if document.Fields.Title == "" {
		document.Fields.Title = page.named
	}
	document.Name = head.title
	return document, nil
}

// leastText is how many Han characters a page has at least, or its frame is looked into.
const leastText = 40

// htmlText writes the text of a page.
type htmlText struct {
	lines
	article *html.Node          // the element that is known to hold the text, or nil
	around  map[*html.Node]bool // it and those that it lies in
	before  bool                // above the article: only what is no menu counts
	within  bool                // in the article: every line counts
	frames  bool                // head, foot and sides of the page count too
	after   bool                // below it: nothing counts
	title   string              // of the head
	named   string              // a heading above the text that the head's title names too

	line    strings.Builder
	level   int // of the heading that is being written, 0 for none
	links   int // in the line
	linked  int // characters of the line in links
	inLink  bool
	inTable bool // in a table of data: line breaks are blanks
}

func (h *htmlText) walk(n *html.Node) {
	if h.after {
		return
	}
	switch n.Type {
	case html.TextNode:
		h.write(n.Data)
		return
	case html.ElementNode:
		if n != h.article && (isDropped(n) || !h.within && !h.frames && !h.around[n] && isFrame(n)) {
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	if n == h.article {
		h.flush()
		h.before, h.within = false, true
		defer func() {
			h.flush()
			h.within, h.after = false, true
		}()
	}
	switch {
	case n.DataAtom == atom.Br:
		h.flush()
		return
	case n.DataAtom == atom.Table && !h.inTable && isData(n):
		h.flush()
		h.table(n)
		return
	case n.DataAtom == atom.A:
		h.link(n)
		return
	case n.DataAtom == atom.Pre:
		h.flush()
		h.add(words(n))
		return
	}
	block := isBlock(n)
	if block {
		h.flush()
	}
	h.level = max(h.level, headingLevel(n))
	h.children(n)
	if block {
		h.flush()
	}
}

func (h *htmlText) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.walk(c)
	}
}

// link writes what a link shows, and remembers how much of the line is links: a line of links is a menu. One to a file
// is none.
func (h *htmlText) link(n *html.Node) {
	if h.inLink || isFile(attribute(n, "href")) {
		h.children(n)
		return
	}
	h.links++
	h.inLink = true
	h.children(n)
	h.inLink = false
}

var fileLink = regexp.MustCompile(`(?i)\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|7z|pptx?|txt|jpe?g|png|tif)(?:[?#].*)?$`)

func isFile(href string) bool { return fileLink.MatchString(href) }

func (h *htmlText) write(text string) {
	h.line.WriteString(text)
	if h.inLink {
		h.linked += utf8.RuneCountInString(strings.TrimSpace(text))
	}
}

// flush ends a line.
func (h *htmlText) flush() {
	if h.inTable {
		h.line.WriteByte(' ')
		return
	}
	text := collapse(h.line.String())
	level, links, linked := h.level, h.links, h.linked
	h.line.Reset()
	h.level, h.links, h.linked = 0, 0, 0
	if text == "" || !h.within && isMenu(text, links, linked) {
		return
	}
	if level > 0 || h.before {
		h.name(text)
	}
	if level > 0 && utf8.RuneCountInString(text) <= longestHeading {
		h.heading(level, text)
		return
	}
	h.add(text)
}

// longestHeading is in characters; pages set whole paragraphs as headings to make them large.
const longestHeading = 80

// name takes a line above the text for the title where the head's title begins with it.
func (h *htmlText) name(text string) {
	tight := strings.Join(strings.Fields(text), "")
	if h.named == "" && countHan(tight) >= shortestTitle && !siteName.MatchString(tight) &&
		strings.HasPrefix(h.title, tight) {
		h.named = cleanLine(text)
	}
}

const shortestTitle = 4

// isMenu reports whether a line outside the article is links for the most part. One link behind a label is a value:
// 来源：青溪区政府.
func isMenu(text string, links, linked int) bool {
	if links == 0 || linked*2 <= utf8.RuneCountInString(text) {
		return false
	}
	label := strings.IndexAny(text, "：:")
	return links > 1 || label <= 0 || label > 30
}

// table writes a table of data, a line a row.
func (h *htmlText) table(n *html.Node) {
	for child := range n.Descendants() {
		switch child.DataAtom {
		case atom.Caption:
			h.children(child)
			h.flush()
		case atom.Tr:
			var cells []*html.Node
			for cell := child.FirstChild; cell != nil; cell = cell.NextSibling {
				if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
					cells = append(cells, cell)
				}
			}
			if len(cells) == 1 { // it lays out what is in it
				h.walk(cells[0])
				continue
			}
			texts := make([]string, len(cells))
			for i, cell := range cells {
				texts[i] = h.cell(cell)
			}
			h.row(texts)
		}
	}
	h.line.Reset()
}

func (h *htmlText) cell(n *html.Node) string {
	h.line.Reset()
	h.inTable = true
	h.children(n)
	h.inTable, h.level, h.links, h.linked = false, 0, 0, 0
	text := collapse(h.line.String())
	h.line.Reset()
	return text
}

// collapse makes one blank of white space as browsers do, and none where a line of the source was broken between Han
// characters.
func collapse(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	var last rune
	blank, broken := false, false
	for _, r := range text {
		switch r {
		case '\n', '\r':
			broken = true
			fallthrough
		case ' ', '\t', '\f':
			blank = true
			continue
		}
		if blank && b.Len() > 0 && !(broken && joins(last, r)) {
			b.WriteByte(' ')
		}
		blank, broken = false, false
		b.WriteRune(r)
		last = r
	}
	return strings.TrimFunc(b.String(), unicode.IsSpace)
}

// joins reports whether nothing stood between two characters that a broken line set apart: one is Chinese, and the other
// Chinese or a digit. Before a Latin word one cannot know.
func joins(a, b rune) bool {
	return isWideRune(a) && (isWideRune(b) || isNumeric(b)) || isNumeric(a) && isWideRune(b)
}

func isNumeric(r rune) bool { return '0' <= r && r <= '9' || r == '%' || r == '.' }

// isWideRune reports whether no blank is put on either side of a character in Chinese text.
func isWideRune(r rune) bool {
	return unicode.Is(unicode.Han, r) || 0x3000 <= r && r <= 0x303f || 0xff00 <= r && r <= 0xffef ||
		strings.ContainsRune("“”‘’—…·", r)
}

func countHan(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

func headingLevel(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// words is all text below a node.
func words(n *html.Node) string {
	var b strings.Builder
	for child := range n.Descendants() {
		if child.Type == html.TextNode {
			b.WriteString(child.Data)
		}
	}
	return b.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
