package format

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metaField is a meta tag that portals set (政府网站发展指引 names most of them), and the field that it gives. The first
// one with a value counts.
type metaField struct {
	name string // in lower case, of the attribute name or property
	to   func(*Fields) *string
}

var metaFields = []metaField{
	{"articletitle", func(f *Fields) *string { return &f.Title }},
	{"dc.title", func(f *Fields) *string { return &f.Title }},
	{"pubdate", func(f *Fields) *string { return &f.Published }},
	{"publishdate", func(f *Fields) *string { return &f.Published }},
	{"firstpublishedtime", func(f *Fields) *string { return &f.Published }},
	{"article:published_time", func(f *Fields) *string { return &f.Published }},
	{"dc.date", func(f *Fields) *string { return &f.Published }},
	{"contentsource", func(f *Fields) *string { return &f.Source }},
	{"source", func(f *Fields) *string { return &f.Source }},
	{"url", func(f *Fields) *string { return &f.URL }},
	{"og:url", func(f *Fields) *string { return &f.URL }},
}

// noSource are values of ContentSource that name nobody.
var noSource = regexp.MustCompile(`^(?:本站|本网|本站原创|原创|网站|其他|互联网|转载|网络|无|null|undefined)$`)

// dateStart is the date that a value begins with: portals put clocks behind it in many ways.
var dateStart = regexp.MustCompile(`^\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日|\d{4})`)

// pageHead is what the head of a page says.
type pageHead struct {
	fields Fields
	title  string // without the name of the site
}

func readHead(root *html.Node) pageHead {
	var h pageHead
	var title string
	values := map[string]string{}
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Title:
			if title == "" && n.Parent != nil && n.Parent.DataAtom == atom.Head {
				title = cleanLine(collapse(words(n)))
			}
		case atom.Meta:
			name := strings.ToLower(strings.TrimSpace(attribute(n, "name")))
			if name == "" {
				name = strings.ToLower(strings.TrimSpace(attribute(n, "property")))
			}
			value := cleanLine(collapse(html.UnescapeString(attribute(n, "content"))))
			if name != "" && value != "" && values[name] == "" {
				values[name] = value
			}
		case atom.Link:
			if strings.EqualFold(attribute(n, "rel"), "canonical") && values["og:url"] == "" {
				values["og:url"] = strings.TrimSpace(attribute(n, "href"))
			}
		}
	}
	for _, m := range metaFields {
		if field := m.to(&h.fields); *field == "" {
			*field = usable(m.name, values[m.name])
		}
	}
	h.title = withoutSite(title, values["sitename"])
	return h
}

// usable is the value of a meta tag, or "" for one that a portal left as its template had it.
func usable(name, value string) string {
	if strings.ContainsAny(value, "{}<>$") {
		return ""
	}
	switch name {
	case "pubdate", "publishdate", "firstpublishedtime", "article:published_time", "dc.date":
		return dateStart.FindString(value)
	case "contentsource", "source":
		if noSource.MatchString(value) {
			return ""
		}
	case "url", "og:url":
		if !strings.HasPrefix(value, "http://") && !strings.HasPrefix(value, "https://") {
			return ""
		}
	}
	return value
}

var (
	titleJoint = regexp.MustCompile(`\s*[-_|–—]+\s*`)
	siteName   = regexp.MustCompile(`网站?$|人民政府$|门户$|平台$|政府网|信息公开|局$|委员会$|办公室$|厅$`)
)

// withoutSite cuts the name of the site off the end of a title: 关于某事的通知_青溪区人民政府.
func withoutSite(title, site string) string {
	joints := titleJoint.FindAllStringIndex(title, -1)
	if len(joints) == 0 {
		return title
	}
	last := joints[len(joints)-1]
	if rest := title[last[1]:]; last[0] > 0 && (rest == site || siteName.MatchString(rest)) {
		return title[:last[0]]
	}
	return title
}
