package main

import (
	"fmt"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/search"
)

// fieldRow is a line of what is known about a document.
type fieldRow struct {
	name  text
	value []piece
}

// fields shows what is known about a document, a line each, unknown ones too: that they are is what one looks for.
func (a *app) fields(s *screen, d *gongwen.Document, title []search.Part) {
	year := ""
	if d.Year != 0 {
		year = strconv.Itoa(d.Year)
	}
	rows := []fieldRow{
		{labelTitle, marks(title, strong)},
		{labelKind, []piece{{text: d.Kind}}},
		{labelYear, []piece{{text: year}}},
		{labelPublished, []piece{{text: string(d.Published)}}},
		{labelSigned, []piece{{text: string(d.Signed)}}},
		{labelSource, []piece{{text: d.Source}}},
		{labelIssuer, []piece{{text: d.Issuer}}},
		{labelRegion, []piece{{text: d.Region}}},
		{labelNumber, []piece{{text: d.Number}}},
		{labelStatus, []piece{{text: d.Status}}},
		{labelEffective, []piece{{text: string(d.Effective)}}},
		{labelExpires, []piece{{text: string(d.Expires)}}},
		{labelURL, []piece{{text: d.URL}}},
		{labelCites, []piece{{text: a.list(cites(d))}}},
		{labelCopies, []piece{{text: a.list(d.Copies)}}},
		{labelID, []piece{{text: d.ID}}},
	}
	for _, address := range d.Addresses {
		rows = append(rows, fieldRow{labelAddress, []piece{{text: a.addressLine(&address)}}})
	}
	for _, version := range d.Versions {
		rows = append(rows, fieldRow{labelVersion, []piece{{text: a.versionLine(&version)}}})
	}
	width := 0
	for _, row := range rows {
		width = max(width, columns(a.say(row.name)))
	}
	for _, row := range rows {
		value := row.value
		if len(value) == 0 || len(value) == 1 && value[0].text == "" {
			value = []piece{{"—", faint}}
		}
		s.hang(0, width+2, append([]piece{{fill(a.say(row.name), width+2), faint}}, value...)...)
	}
}

// addressLine is a further address of a document as people read it.
func (a *app) addressLine(address *gongwen.Address) string {
	published := ""
	if address.Published != "" {
		published = a.say(publishedName, string(address.Published))
	}
	return strings.Join(nonEmpty(address.File, address.URL, address.Source, published, "ID "+address.ID), " · ")
}

// versionLine is a version of a document as people read it.
func (a *app) versionLine(v *gongwen.Version) string {
	return strings.Join(nonEmpty(v.Title, v.Number, string(v.Dated), v.Status, a.say(likenessName, 100*v.Likeness), "ID "+v.ID), " · ")
}

func cites(d *gongwen.Document) []string {
	names := make([]string, len(d.Cites))
	for i, c := range d.Cites {
		names[i] = c.String()
	}
	return names
}

// nameWidth is the width of the column of headings; some are whole sentences.
const nameWidth = 44

// tree shows the outline of a document: every section with its classes and bytes, and with rules what decided on them.
func (a *app) tree(s *screen, d *gongwen.Document, rules bool) {
	rows := [][]string{{a.say(columnID), a.say(columnSection), a.say(columnRole), a.say(columnTopic), a.say(columnBytes)}}
	if rules {
		rows[0] = append(rows[0], a.say(columnRules))
	}
	gongwen.Walk(d.Sections, func(section *gongwen.Section, above []*gongwen.Section) {
		margin := strings.Repeat("  ", len(above))
		name := strings.TrimSpace(section.Name())
		if name == "" {
			name = "“" + clip(beginning(section.Span.Cut(d.Text)), nameWidth/2) + "”"
		}
		row := []string{section.ID, margin + name, a.roleName(section.Role), a.topicName(section.Topic), bytesOf(section.Span)}
		if rules {
			row = append(row, ruleNames(section))
		}
		rows = append(rows, row)
		for _, item := range section.Items {
			text := beginning(strings.TrimPrefix(item.Cut(d.Text), item.Label))
			rows = append(rows, []string{"", margin + "  · " + item.Label + " " + text, "", "", bytesOf(item.Span)})
		}
	})
	s.table(0, nameWidth, rows)
}

// beginning is the first line of a text that is not empty.
func beginning(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(first)
}

func bytesOf(span gongwen.Span) string { return fmt.Sprintf("%d–%d", span.Start, span.End) }

func ruleNames(section *gongwen.Section) string {
	var rules []string
	if section.RoleRule != "" {
		rules = append(rules, "role="+section.RoleRule)
	}
	if section.TopicRule != "" {
		rules = append(rules, "topic="+section.TopicRule)
	}
	return strings.Join(rules, " ")
}

// text shows the whole text with its marked places.
func (a *app) text(s *screen, d *gongwen.Document, found []gongwen.Span) {
	var pieces []piece
	add := func(text string, style style) {
		for line := range strings.Lines(text) {
			part, ended := strings.CutSuffix(line, "\n")
			pieces = append(pieces, piece{part, style})
			if ended {
				s.put(0, pieces...)
				pieces = nil
			}
		}
	}
	at := 0
	for _, span := range found {
		add(d.Text[at:span.Start], plain)
		add(span.Cut(d.Text), marked)
		at = span.End
	}
	add(d.Text[at:], plain)
	if len(pieces) > 0 {
		s.put(0, pieces...)
	}
}
