package header

import (
	"strings"

	"gongwen/analyzers"
	"gongwen/indexer/gazetteer"
)

// withoutQuoted drops the names of other documents, 《…》 and (…): the places in them say nothing about this one.
func withoutQuoted(text string) string {
	var b strings.Builder
	for {
		at := strings.IndexAny(text, "《(")
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		mark, closing := "(", ")"
		if text[at] != '(' {
			mark, closing = "《", "》"
		}
		inner := text[at+len(mark):]
		end := strings.IndexAny(inner, mark+closing)
		if end < 0 || !strings.HasPrefix(inner[end:], closing) {
			b.WriteString(text[:at+len(mark)])
			text = inner
			continue
		}
		b.WriteString(text[:at])
		text = inner[end+len(closing):]
	}
}

// openingRunes is how much of the text is searched for a place where nothing better names one.
const openingLines = 3

// regionOf is the place that the document belongs to: of its issuer, its title, its signature, its source, its first
// lines; where the text names none, of the page's host.
func (p *page) regionOf(issuers []string, url string, places *gazetteer.Gazetteer) string {
	if places == nil {
		return ""
	}
	near := places.Near(p.text + "\n\n" + strings.ReplaceAll(places.Host(url), "/", ""))
	for _, name := range issuers {
		if national.MatchString(name) {
			return near.Find(name) // 国家税务总局大连市税务局
		}
	}
	for _, text := range []string{
		strings.Join(issuers, "\n"),
		narrow(p.title),
		strings.Join(p.signature.bodies, "\n"),
		strings.Join(p.issuersInBlock(), "\n"),
	} {
		if text == "" {
			continue
		}
		if place := near.Find(text); place != "" {
			return refine(place, narrow(p.title), near)
		}
	}
	if place := near.Find(narrow(p.inText())); place != "" {
		return place
	}
	host := places.Portal(url)
	text := withoutQuoted(p.opening(openingLines))
	if place := near.Find(text); place != "" && (host == "" || related(place, host)) {
		if len(host) > len(place) {
			return host
		}
		return place
	}
	if host != "" {
		return host
	}
	return near.Find(analyzers.Simplify(p.sourceOf()))
}

// national are bodies of the whole country.
var national = compile(`^(?:国务院|中共中央|最高人民|国家|中华人民共和国|全国)`)

// refine makes a place exact by the title, where that names one below it at its beginning: the block says 柞水县政府.
func refine(place, title string, near *gazetteer.Surroundings) string {
	if aboutWord.MatchString(title) {
		return place
	}
	if inTitle := near.Find(title); strings.HasPrefix(inTitle, place+"/") {
		return inTitle
	}
	return place
}

// related reports whether one of two paths lies within the other.
func related(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/")
}
