package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/search"
	"gongwen/sheet"
)

const (
	shownFacets  = 6  // values a facet
	headingWidth = 60 // columns of a heading in a path: some are whole sentences
	indent       = 4
)

// answer lays a result out for a person.
func (a *app) answer(s *screen, query string, request search.Request, r *search.Result, variants []search.Variant, page int) {
	one, many := oneDocument, manyDocuments
	if request.Unit == search.UnitSection {
		one, many = oneSection, manySections
	}
	for _, notice := range r.Notices {
		s.put(0, piece{text: a.say(noticeLine, a.translate(notice.Message))})
	}
	if len(r.Also) > 0 {
		named := make([]string, len(r.Also))
		for i, also := range r.Also {
			named[i] = also.Of + "→" + strings.Join(also.Names, "、")
		}
		s.put(0, piece{text: a.say(alsoLine, strings.Join(named, "；")), style: faint})
	}
	a.meant(s, variants, one, many)
	if r.Total == 0 {
		a.nothing(s, query, r)
		a.ways(s, variants, one, many)
		return
	}
	first, last := r.Offset+1, r.Offset+len(r.Hits)
	line := a.count(r.Total, one, many)
	switch {
	case len(r.Hits) == 0:
		line += a.say(pagePast)
	case len(r.Hits) < r.Total:
		line += a.say(pageOf, first, last)
	}
	line += a.say(tookLine, r.Took.Milliseconds())
	s.put(0, piece{line, strong})
	if len(r.Words) > 1 && !r.Relaxed && request.Unit != search.UnitSection {
		s.put(0, piece{text: a.say(togetherLine, r.Together, r.Sections)})
	}
	switch {
	case r.Relaxed && r.All == 0:
		s.put(0, piece{text: a.say(relaxedNone, a.list(r.LeftOut))})
	case r.Relaxed:
		s.put(0, piece{text: a.say(relaxedLine, r.All, a.list(r.LeftOut))})
	}
	for i := range r.Hits {
		s.blank()
		a.hit(s, r.Offset+i+1, &r.Hits[i])
	}
	a.facets(s, r.Facets)
	if len(r.Hits) == 0 {
		return
	}
	s.blank()
	hint := a.say(openHint)
	if r.Next != "" && request.Cursor == "" {
		hint = a.say(nextPage, page+1) + a.say(semicolon) + hint
	}
	s.put(0, piece{hint, faint})
}

// nothing explains an empty list.
func (a *app) nothing(s *screen, query string, r *search.Result) {
	if query == "" {
		s.say(a.say(foundNothing))
	} else {
		s.put(0, piece{a.say(foundNothingFor, query), strong})
	}
	if len(r.Why) == 0 {
		return
	}
	s.say(a.say(whyLine))
	width := 0
	for _, found := range r.Why {
		width = max(width, min(columns(found.Part), headingWidth))
	}
	for _, found := range r.Why {
		s.put(indent, piece{text: fill(clip(visible(found.Part), headingWidth), width+2) + a.count(found.Total, oneDocument, manyDocuments)})
	}
}

// hit shows a document with its best sections.
func (a *app) hit(s *screen, place int, h *search.Hit) {
	number := piece{fmt.Sprintf("%2d. ", place), plain}
	title := marks(h.Title, strong)
	if len(title) == 0 {
		title = []piece{{a.say(untitled), strong}}
	}
	s.hang(0, indent, append([]piece{number}, title...)...)
	about := a.about(h.Document)
	if n := len(h.Document.Addresses); n > 0 {
		about = append(about, a.count(n, oneAddress, manyAddresses))
	}
	if h.Versions > 0 {
		about = append(about, a.count(h.Versions, oneVersion, manyVersions))
	}
	s.put(indent, piece{strings.Join(about, " · "), faint})
	if len(h.Missing) > 0 {
		s.put(indent, piece{a.say(missingLine, a.list(h.Missing)), faint})
	}
	for i := range h.Sections {
		section := &h.Sections[i]
		above, own := sectionName(section)
		name := []piece{{text: own}}
		fragments := slices.DeleteFunc(slices.Clone(section.Fragments), func(f search.Fragment) bool {
			if strings.TrimRight(joined(f.Parts), "。；") != strings.TrimSpace(section.Section.Name()) {
				return false
			}
			name = marks(f.Parts, plain) // a passage that is the heading: shown once, with its marks
			return true
		})
		if above+own != "" {
			s.hang(indent, indent+2, append([]piece{{text: "▸ " + above}}, name...)...)
		}
		for _, fragment := range fragments {
			pieces := marks(fragment.Parts, plain)
			if fragment.Cut.Before {
				pieces = append([]piece{{"…", plain}}, pieces...)
			}
			if fragment.Cut.After {
				pieces = append(pieces, piece{"…", plain})
			}
			if fragment.Page > 0 {
				pieces = append(pieces, piece{a.say(onPage, fragment.Page), faint})
			}
			s.put(indent+2, pieces...)
		}
	}
	a.explain(s, h)
	if h.More > 0 {
		s.put(indent, piece{a.count(h.More, oneSectionMore, manySectionsMore), faint})
	}
}

// about is what one asks of a document in a list: who, when, which number, and how to open it.
func (a *app) about(d *gongwen.Document) []string {
	var about []string
	add := func(text string) {
		if text != "" {
			about = append(about, text)
		}
	}
	add(d.Department())
	if d.Year != 0 {
		add(a.say(yearName, d.Year))
	}
	switch {
	case d.Published != "":
		add(a.say(publishedName, string(d.Published)))
	case d.Signed != "":
		add(a.say(signedName, string(d.Signed)))
	}
	add(d.Number)
	add(d.Status)
	if d.Effective != "" {
		add(a.say(effectiveName, string(d.Effective)))
	}
	if d.Expires != "" {
		add(a.say(expiresName, string(d.Expires)))
	}
	add("ID " + d.ID)
	return about
}

// sectionName is where in a document a passage stands: the headings above it, each with an arrow behind, and its own.
func sectionName(h *search.SectionHit) (above, own string) {
	heading := func(name string) string { return clip(strings.TrimSpace(visible(name)), headingWidth) }
	var names strings.Builder
	for _, name := range h.Path {
		names.WriteString(heading(name) + " › ")
	}
	return names.String(), heading(h.Section.Name())
}

// joined is the text of parts.
func joined(parts []search.Part) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(part.Text)
	}
	return b.String()
}

// facets sums up the whole list.
func (a *app) facets(s *screen, facets map[search.Field][]search.FacetValue) {
	width, title := 0, false
	for _, field := range search.FacetFields() {
		width = max(width, columns(a.fieldName(field)))
	}
	for _, field := range search.FacetFields() {
		values := facets[field]
		if len(values) == 0 || len(values) == 1 && values[0].Value == search.Unknown {
			continue
		}
		if !title {
			s.blank()
			s.put(0, piece{a.say(facetsTitle), strong})
			title = true
		}
		var shown []string
		for i, value := range values {
			if i == shownFacets {
				shown = append(shown, a.say(moreValues, len(values)-i))
				break
			}
			shown = append(shown, fmt.Sprintf("%s %d", visible(a.valueName(field, value.Value)), value.Count))
		}
		s.hang(2, width+4, piece{fill(a.fieldName(field), width+2), faint}, piece{text: strings.Join(shown, " · ")})
	}
}

// list writes words as people do.
func (a *app) list(words []string) string { return strings.Join(words, a.say(listComma)) }

// csvHeader names the columns of --csv.
var csvHeader = []string{"id", "title", "year", "published", "issuer", "region", "number", "section", "fragment", "url"}

// writeCSV writes a row a hit, with its best section and passage.
func writeCSV(to io.Writer, r *search.Result) error {
	writer := csv.NewWriter(to)
	if err := writer.Write(csvHeader); err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	for i := range r.Hits {
		d := r.Hits[i].Document
		year, section, fragment := "", "", ""
		if d.Year != 0 {
			year = strconv.Itoa(d.Year)
		}
		if len(r.Hits[i].Sections) > 0 {
			best := &r.Hits[i].Sections[0]
			section = strings.TrimSpace(best.Section.Name())
			if len(best.Fragments) > 0 {
				fragment = joined(best.Fragments[0].Parts)
			}
		}
		row := []string{d.ID, d.Title, year, string(d.Published), d.Issuer, d.Region, d.Number, section, fragment, d.URL}
		for i := range row {
			row[i] = sheet.Inert(row[i])
		}
		if err := writer.Write(row); err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	return nil
}
