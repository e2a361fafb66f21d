package indexer

import (
	"regexp"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/indexer/format"
	"gongwen/indexer/header"
)

// given are the fields that came with a text and therefore need not be read from it. They win over what is read.
type given struct {
	Title, Kind, Source, Issuer, Region, Number, Status, URL string

	Year                                  int
	Published, Signed, Effective, Expires gongwen.Date
}

// given normalises the fields that a file gave. notes name what was given and could not be used.
func (ix *Indexer) given(fields format.Fields) (given, []string) {
	var notes []string
	date := func(name, written string) gongwen.Date {
		if written = oneLine(written); written == "" {
			return ""
		}
		date, ok := readDate(written)
		if !ok {
			notes = append(notes, name+" “"+written+"”不是日期，没有采用")
		}
		return date
	}
	g := given{
		Title:  oneLine(fields.Title),
		Kind:   oneLine(fields.Kind),
		Source: oneLine(fields.Source),
		Issuer: oneLine(fields.Issuer),
		Region: oneLine(fields.Region),
		Number: oneLine(fields.Number),
		Status: header.Status(oneLine(fields.Status)),
		URL:    oneLine(fields.URL),
		Signed: date("signed", fields.Signed),

		Effective: date("effective", fields.Effective), Expires: date("expires", fields.Expires),
	}
	if g.Issuer == "" {
		g.Issuer = oneLine(fields.Department)
	}
	published, dated := date("published", fields.Published), date("date", fields.Date)
	if g.Published = published; g.Published == "" {
		g.Published = dated
	}
	if written := oneLine(fields.Year); written != "" {
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

// oneLine is a field as one line of text.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

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
