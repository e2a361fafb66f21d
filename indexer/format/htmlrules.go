package format

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// articleRule names elements that hold the text of a page, by the id or class that a maker of portals gives them.
type articleRule struct {
	name  string // what sets pages so
	id    string // the id in lower case, or ""
	class string // a class in lower case, or ""
	tag   atom.Atom
}

// articleRules are in the order of trust: the first that finds an element with words counts.
var articleRules = []articleRule{
	{name: "UCAP", id: "ucap-content"},
	{name: "TRS UEditor", class: "trs_ueditor"},
	{name: "TRS editor view", class: "trs_editor_view"},
	{name: "TRS editor", class: "trs_editor"},
	{name: "zoom", id: "zoom"},
	{name: "zoom container", id: "zoomcon"},
	{name: "VSB", id: "vsb_content"},
	{name: "VSB news", class: "v_news_content"},
	{name: "WebPlus", class: "wp_articlecontent"},
	{name: "article body", id: "artibody"},
	{name: "article content", id: "articlecontent"},
	{name: "article content, underlined", id: "article_content"},
	{name: "article content class", class: "article-content"},
	{name: "article text class", class: "article_con"},
	{name: "pages content", class: "pages_content"},
	{name: "news content", class: "news_content"},
	{name: "disclosure content", class: "xxgk_content"},
	{name: "content text", class: "content_txt"},
	{name: "print area", id: "printarea"},
	{name: "article element", tag: atom.Article},
	{name: "main element", tag: atom.Main},
}

func (r *articleRule) matches(n *html.Node) bool {
	switch {
	case r.tag != 0:
		return n.DataAtom == r.tag
	case r.id != "":
		return strings.ToLower(attribute(n, "id")) == r.id
	}
	for class := range strings.FieldsSeq(strings.ToLower(attribute(n, "class"))) {
		if class == r.class {
			return true
		}
	}
	return false
}

// leastArticle is how many Han characters an element needs to be the article: a page may keep an empty one.
const leastArticle = 10

// findArticle is the element that holds the text by the rules, or nil. Of several, the one with most words counts.
func findArticle(root *html.Node) *html.Node {
	found := make([]*html.Node, len(articleRules))
	most := make([]int, len(articleRules))
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || len(n.Attr) == 0 && n.DataAtom != atom.Article && n.DataAtom != atom.Main {
			continue
		}
		for i := range articleRules {
			if !articleRules[i].matches(n) || found[i] != nil && holds(found[i], n) {
				continue
			}
			if size := countHan(words(n)); size > most[i] && size >= leastArticle {
				found[i], most[i] = n, size
			}
			break
		}
	}
	for _, n := range found {
		if n != nil {
			return n
		}
	}
	return nil
}

// holds reports whether an element is, or lies in, the other one.
func holds(outer, inner *html.Node) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner == outer {
			return true
		}
	}
	return false
}

// isDropped reports whether an element shows no words, or words that are never of a document.
func isDropped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template,
		atom.Iframe, atom.Object, atom.Embed, atom.Select, atom.Button,
		atom.Input, atom.Textarea, atom.Svg, atom.Canvas, atom.Audio, atom.Video, atom.Map, atom.Nav:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if hiddenStyle.MatchString(a.Val) {
				return true
			}
		case "class", "id":
			for name := range strings.FieldsSeq(a.Val) {
				if toolName.MatchString(name) {
					return true
				}
			}
		}
	}
	return false
}

var (
	hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)
	// toolName are classes and ids of tools around a text, frameName those of the frame of a page. They are whole names:
	// a part of one (printArea, header_content) says nothing.
	toolName = regexp.MustCompile(`(?i)^(?:bdsharebuttonbox|bshare.*|social-share|share(?:[-_]?(?:box|bar|list|btn))?|fx|jiathis.*|print(?:[-_]?btn)?|` +
		`qrcode|ewm|erweima|fontsize|` +
		`font[-_]?size|zihao|breadcrumbs?|crumbs?|position|` +
		`curpos|dqwz|mbx|location|pagination|pager|prev[-_]?next|pre[-_]?next|sxp|` +
		`related(?:[-_]?(?:news|list|links?))?|xgwj|xgwz|xgyd|xgjd|close[-_]?(?:btn|window)|toolbar|tools?|gjl)$`)
	frameName = regexp.MustCompile(`(?i)^(?:nav.*|menu.*|top[-_]?(?:bar|nav|menu)?|header(?:[-_]?(?:top|nav|bar))?|` +
		`site[-_]?header|footer.*|foot|bottom|copyright|sidebar|side|` +
		`left[-_]?(?:nav|menu)|right[-_]?(?:nav|menu)|links?|` +
		`friend[-_]?links?|yqlj|search(?:[-_]?(?:box|bar|form))?|login|wzdt|banner.*|logo)$`)
)

// isFrame reports whether an element is of the frame of a page: its head, foot, menus.
func isFrame(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Header, atom.Footer, atom.Aside:
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "class" || a.Key == "id" {
			for name := range strings.FieldsSeq(a.Val) {
				if frameName.MatchString(name) {
					return true
				}
			}
		}
	}
	return false
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table,
		atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot,
		atom.Blockquote, atom.Section, atom.Article, atom.Main, atom.Header,
		atom.Footer, atom.Aside, atom.Form, atom.Fieldset, atom.Hr,
		atom.Center, atom.Address, atom.Figure, atom.Figcaption, atom.Body:
		return true
	}
	return false
}

// isData tells a table of data from one that lays out the page: it has no table or heading in it, and no cell of several
// paragraphs and many words.
func isData(table *html.Node) bool {
	paragraphs := map[*html.Node]int{}
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.Table, atom.H1, atom.H2, atom.Article, atom.Main:
			return false
		case atom.P, atom.Div, atom.Br, atom.Li:
			for cell := n.Parent; cell != nil && cell != table; cell = cell.Parent {
				if cell.DataAtom == atom.Td {
					paragraphs[cell]++
					break
				}
			}
		}
	}
	for cell, count := range paragraphs {
		if count >= 4 && countHan(words(cell)) > longestCell {
			return false
		}
	}
	return true
}

// longestCell is the most Han characters of a cell of several paragraphs that is still data.
const longestCell = 300
