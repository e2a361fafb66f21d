package indexer

import (
	"regexp"
	"strconv"
	"strings"

	"gongwen"
)

// given are the fields that came with a text and therefore need not be read from it. They win over what is read.
type given struct {
	Title, Kind, Source, Issuer, Region, Number, Status, URL string

	Year              int
	Published, Signed gongwen.Date
}

// given normalises the fields of a record. notes name what was given and could not be used.
func (ix *Indexer) given(record jsonRecord) (given, []string) {
	var notes []string
	// text is one field as a line of text, "" where nothing usable stands in it.
	text := func(name string, field loose) string {
		if field.wrong {
			notes = append(notes, name+" 不是文字，没有采用")
			return ""
		}
		return strings.Join(strings.Fields(field.text), " ")
	}
	date := func(name string, field loose) gongwen.Date {
		written := text(name, field)
		if written == "" {
			return ""
		}
		date, ok := readDate(written)
		if !ok {
			notes = append(notes, name+" “"+written+"”不是日期，没有采用")
		}
		return date
	}
	g := given{
		Title:  text("title", record.Title),
		Kind:   text("kind", record.Kind),
		Source: text("source", record.Source),
		Issuer: text("issuer", record.Issuer),
		Region: text("region", record.Region),
		Number: text("number", record.Number),
		Status: text("status", record.Status),
		URL:    text("url", record.URL),
		Signed: date("signed", record.Signed),
	}
	if department := text("department", record.Department); g.Issuer == "" {
		g.Issuer = department
	}
	published, dated := date("published", record.Published), date("date", record.Date)
	if g.Published = published; g.Published == "" {
		g.Published = dated
	}
	if written := text("year", record.Year); written != "" {
		year, ok := readYear(written)
		if !ok {
			notes = append(notes, "year “"+written+"”不是年份，没有采用")
		}
		g.Year = year
	}
	if isPlace(g.Source) {
		if g.URL == "" && isWeb(g.Source) {
			g.URL = g.Source
		}
		g.Source = ""
	}
	if g.Region != "" {
		g.Region = ix.canonicalRegion(g.Region)
	}
	g.Number = canonicalNumber(g.Number)
	return g, notes
}

// canonicalRegion writes a region as the region facet does; what the gazetteer does not know (全国) stays.
func (ix *Indexer) canonicalRegion(region string) string {
	if canonical := ix.places.Canonical(region); canonical != "" {
		return canonical
	}
	return region
}

// canonicalNumber writes a document number in its canonical form; what is none (国务院令第123号) stays as it was given.
func canonicalNumber(number string) string {
	if parsed, ok := gongwen.ParseDocNumber(number); ok {
		return parsed.String()
	}
	return number
}

var (
	address  = regexp.MustCompile(`(?i)^(?:[a-z][a-z0-9+.-]*://|www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:cn|com|org|net|gov|edu|example)(?:[:/]|$))`)
	filePath = regexp.MustCompile(`(?i)^(?:[./~\\]|[a-z]:[/\\])|\\|\.[a-z][a-z0-9]{0,5}$|/.*/|^[\x21-\x7e]+/[\x21-\x7e]*$`)
)

// isPlace reports whether a source says where the file lay (a path or an address) instead of who published it (来源). A
// single stroke between names is no path: 人民日报/新华社.
func isPlace(source string) bool {
	return address.MatchString(source) || filePath.MatchString(source)
}

func isWeb(source string) bool {
	source = strings.ToLower(source)
	return strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://")
}

var yearPattern = regexp.MustCompile(`^([12][0-9]{3})(?:\.0+)?\s*(?:年度?)?$`)

// readYear reads 2018, "2018", 2018.0, 2018年 or 2018年度.
func readYear(written string) (int, bool) {
	m := yearPattern.FindStringSubmatch(narrowDigits(written))
	if m == nil {
		return 0, false
	}
	year, _ := strconv.Atoi(m[1]) // four digits: cannot fail
	return year, true
}

// frontMatter reads the "key: value" lines between two lines of --- at the start of Markdown as fields of a record, and
// returns what follows them. Text without such a block comes back whole. A file's ID is never taken from there.
func frontMatter(text string) (jsonRecord, string) {
	var record jsonRecord
	fields := map[string]*loose{
		"title": &record.Title, "date": &record.Date, "published": &record.Published, "signed": &record.Signed,
		"year": &record.Year, "source": &record.Source, "region": &record.Region, "department": &record.Department,
		"issuer": &record.Issuer, "kind": &record.Kind, "status": &record.Status, "number": &record.Number,
		"url": &record.URL,
	}
	block, rest, found := cutFrontMatter(text)
	if !found {
		return record, text
	}
	for line := range strings.Lines(block) {
		key, value, _ := strings.Cut(line, ":")
		if field := fields[strings.ToLower(strings.TrimSpace(key))]; field != nil {
			field.text = strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return record, rest
}

// maxFrontMatter bounds the search for the line that closes front matter: a rule (---) at the top of a text opens none.
const maxFrontMatter = 4 << 10

var frontMatterLine = regexp.MustCompile(`^(?:[A-Za-z_][\w -]*:.*|\s*#.*|\s+.*|- .*|\s*)$`)

func cutFrontMatter(text string) (block, rest string, found bool) {
	text = strings.TrimLeft(text, " \t\r\n")
	first, after, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t\r") != "---" {
		return "", "", false
	}
	length := 0
	for line := range strings.Lines(after) {
		trimmed := strings.TrimRight(line, " \t\r\n")
		if trimmed == "---" {
			return after[:length], after[length+len(line):], true
		}
		if length += len(line); length > maxFrontMatter || !frontMatterLine.MatchString(trimmed) {
			break
		}
	}
	return "", "", false
}
