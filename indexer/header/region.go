package header

import (
	"regexp"
	"strings"

	"gongwen/analyzers"
	"gongwen/indexer/gazetteer"
)

// quoted are the names of other documents; the places in them say nothing about this one.
var quoted = regexp.MustCompile(`《[^《》]*》|\([^()]*\)`)

// openingRunes is how much of the text is searched for a place where nothing better names one.
const openingLines = 3

// regionOf is the place that the document belongs to: of its issuer, its title, its signature, its source, its first
// lines; where the text names none, of the page's host.
func (p *page) regionOf(issuers []string, url string, places *gazetteer.Gazetteer) string {
	if places == nil {
		return ""
	}
	near := places.Near(p.text() + "\n" + strings.ReplaceAll(places.Host(url), "/", ""))
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
	if place := near.Find(narrow(p.titleInText())); place != "" {
		return place
	}
	host := places.Portal(url)
	text := quoted.ReplaceAllString(p.opening(openingLines), "")
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
var national = regexp.MustCompile(`^(?:国务院|中共中央|最高人民|国家|中华人民共和国|全国)`)

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

// text joins the keys of all lines.
func (p *page) text() string {
	var b strings.Builder
	for _, l := range p.lines {
		b.WriteString(l.key)
		b.WriteByte('\n')
	}
	return b.String()
}
