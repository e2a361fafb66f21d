package fetch

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongwen/indexer/format"
)

const (
	maxLinks    = 20_000   // of one page
	maxTried    = 50_000   // the same with those that stand there more than once
	maxMarkup   = 16 << 20 // bytes of a page; the indexer reads no longer one
	maxWords    = 300      // bytes of a link's words
	proseLength = 15       // Han characters of a text that is more than a caption
)

// link is an address that stands on a page, and the words that one clicks on.
type link struct {
	address *url.URL
	words   string
}

// markup is what is asked of a page before it is read for good.
type markup struct {
	links    []link // once each, in order
	noIndex  bool   // <meta name=robots>
	noFollow bool
	prose    bool // there is a sentence outside of links
}

var refreshTo = regexp.MustCompile(`(?i)url\s*=\s*['"]?([^'"]+)`)

// readMarkup finds the links of a page at an address. It is a pass over tags, not a tree: no nesting costs anything.
func readMarkup(data []byte, base *url.URL) markup {
	text := string(data[:min(len(data), maxMarkup)])
	if decoded, err := format.Decode([]byte(text), ""); err == nil {
		text = decoded.Text
	}
	m := markup{}
	seen := map[string]int{}
	tried := 0
	last := -1 // the link whose words are being read
	tokens := html.NewTokenizer(strings.NewReader(text))
	skip := atom.Atom(0)
	add := func(written string) int {
		if tried++; tried > maxTried {
			return -1
		}
		address, err := resolve(base, written)
		if err != nil || len(m.links) >= maxLinks {
			return -1
		}
		at, known := seen[address.String()]
		if !known {
			at = len(m.links)
			seen[address.String()] = at
			m.links = append(m.links, link{address: address})
		}
		return at
	}
	for {
		kind := tokens.Next()
		switch kind {
		case html.ErrorToken:
			for i := range m.links {
				m.links[i].words = strings.Join(strings.Fields(m.links[i].words), " ")
			}
			return m
		case html.TextToken:
			switch words := string(tokens.Text()); {
			case skip != 0:
			case last >= 0:
				if l := &m.links[last]; len(l.words) < maxWords {
					l.words += html.UnescapeString(words[:min(len(words), maxWords)])
				}
			default:
				m.prose = m.prose || isProse(words)
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if tag := atom.Lookup(name); tag == atom.A {
				last = -1
			} else if tag == skip {
				skip = 0
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			if tag := token.DataAtom; kind == html.StartTagToken && (tag == atom.Script || tag == atom.Style || tag == atom.Title) {
				skip = tag
			}
			switch token.DataAtom {
			case atom.Base:
				if moved, err := resolve(base, attribute(token, "href")); err == nil {
					base = moved
				}
			case atom.A:
				last = -1
				if written := attribute(token, "href"); written != "" {
					last = add(written)
				}
			case atom.Area:
				add(attribute(token, "href"))
			case atom.Iframe, atom.Frame:
				add(attribute(token, "src"))
			case atom.Meta:
				m.meta(token, add)
			}
		}
	}
}

func (m *markup) meta(token html.Token, add func(string) int) {
	content := attribute(token, "content")
	switch {
	case strings.EqualFold(attribute(token, "name"), "robots"):
		content = strings.ToLower(content)
		m.noIndex = m.noIndex || strings.Contains(content, "noindex") || strings.Contains(content, "none")
		m.noFollow = m.noFollow || strings.Contains(content, "nofollow") || strings.Contains(content, "none")
	case strings.EqualFold(attribute(token, "http-equiv"), "refresh"):
		if to := refreshTo.FindStringSubmatch(content); to != nil {
			add(to[1])
		}
	}
}

func attribute(token html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// isProse reports whether a text holds a sentence: a stop, and more characters than a caption has.
func isProse(text string) bool {
	if !strings.ContainsAny(text, "。；") {
		return false
	}
	han := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			if han++; han >= proseLength {
				return true
			}
		}
	}
	return false
}
