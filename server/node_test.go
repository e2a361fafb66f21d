package server

import (
	"bytes"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func newListener(t *testing.T) (net.Listener, error) {
	t.Helper()
	return (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
}

// node is an element with what tests ask of it.
type node struct{ *html.Node }

func parse(t *testing.T, w *httptest.ResponseRecorder) node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return node{root}
}

// all finds elements by a chain of simple selectors: "nav.pager a", "li#r7", "[role=search]".
func (n node) all(selector string) []node {
	found := []node{n}
	for step := range strings.FieldsSeq(selector) {
		var next []node
		for _, from := range found {
			for d := range from.Descendants() {
				if d.Type == html.ElementNode && fits(node{d}, step) {
					next = append(next, node{d})
				}
			}
		}
		found = next
	}
	return found
}

func fits(n node, step string) bool {
	if i := strings.IndexByte(step, '['); i >= 0 {
		name, value, _ := strings.Cut(strings.Trim(step[i:], "[]"), "=")
		if got, ok := n.attr(name); !ok || value != "" && got != value {
			return false
		}
		step = step[:i]
	}
	if i := strings.IndexByte(step, '#'); i >= 0 {
		if got, _ := n.attr("id"); got != step[i+1:] {
			return false
		}
		step = step[:i]
	}
	if i := strings.IndexByte(step, '.'); i >= 0 {
		class, _ := n.attr("class")
		if !strings.Contains(" "+class+" ", " "+step[i+1:]+" ") {
			return false
		}
		step = step[:i]
	}
	return step == "" || n.Data == step
}

func (n node) attr(name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func (n node) href() string { v, _ := n.attr("href"); return v }

func (n node) text() string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// one is the only element that a selector finds.
func (n node) one(t *testing.T, selector string) node {
	t.Helper()
	found := n.all(selector)
	if len(found) != 1 {
		t.Fatalf("%d elements %q", len(found), selector)
	}
	return found[0]
}

// named is the link with this text.
func (n node) named(t *testing.T, text string) node {
	t.Helper()
	for _, a := range n.all("a") {
		if a.text() == text {
			return a
		}
	}
	t.Fatalf("no link %q", text)
	return node{}
}

// checkPage holds the rules of every page: no script of any kind, one heading of the first level, one main part, one
// search form, a language, ids that are unique, no skipped heading, fieldsets that begin with their legend.
func checkPage(t *testing.T, w *httptest.ResponseRecorder) node {
	t.Helper()
	root := parse(t, w)
	for _, selector := range []string{"h1", "main", "[role=search]", "head title", "html[lang=zh-CN]"} {
		if got := len(root.all(selector)); got != 1 {
			t.Errorf("%d elements %s", got, selector)
		}
	}
	if first := root.all("body a"); len(first) == 0 || first[0].href() != "#main" {
		t.Error("the skip link is not the first link")
	}
	ids, level := map[string]bool{}, 0
	for d := range root.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		if d.Data == "script" || d.Data == "style" {
			t.Errorf("element %s", d.Data)
		}
		for _, a := range d.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.Contains(strings.ToLower(a.Val), "javascript:") && a.Key != "value" {
				t.Errorf("attribute %s=%q", a.Key, a.Val)
			}
			if a.Key == "id" {
				if ids[a.Val] {
					t.Errorf("id %q twice", a.Val)
				}
				ids[a.Val] = true
			}
		}
		if len(d.Data) == 2 && d.Data[0] == 'h' && d.Data[1] >= '1' && d.Data[1] <= '6' {
			next := int(d.Data[1] - '0')
			if next > level+1 {
				t.Errorf("heading %s after level %d: %s", d.Data, level, node{d}.text())
			}
			level = next
		}
	}
	for _, f := range root.all("fieldset") {
		for c := range f.ChildNodes() {
			if c.Type == html.ElementNode {
				if c.Data != "legend" {
					t.Errorf("a fieldset begins with %s", c.Data)
				}
				break
			}
		}
	}
	for _, nav := range root.all("nav") {
		if name, _ := nav.attr("aria-label"); name == "" {
			t.Error("a nav without a name")
		}
	}
	return root
}

func open(t *testing.T, s *Server, path string) node {
	t.Helper()
	w := get(s, path)
	if w.Code != 200 {
		t.Fatalf("%s: status %d: %s", path, w.Code, w.Body)
	}
	return checkPage(t, w)
}
