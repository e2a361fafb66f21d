package format

import (
	"regexp"
	"strings"
)

// frontMatter reads the "key: value" lines between two lines of --- at the start of Markdown as fields of a record, and
// returns what follows them. Text without such a block comes back whole. A file's ID is never taken from there.
func frontMatter(text string) (record, string) {
	var r record
	fields := map[string]*loose{
		"title": &r.Title, "date": &r.Date, "published": &r.Published, "signed": &r.Signed,
		"year": &r.Year, "source": &r.Source, "region": &r.Region, "department": &r.Department,
		"issuer": &r.Issuer, "kind": &r.Kind, "status": &r.Status, "number": &r.Number,
		"effective": &r.Effective, "expires": &r.Expires, "url": &r.URL,
	}
	block, rest, found := cutFrontMatter(text)
	if !found {
		return r, text
	}
	for line := range strings.Lines(block) {
		key, value, _ := strings.Cut(line, ":")
		if field := fields[strings.ToLower(strings.TrimSpace(key))]; field != nil {
			field.text = strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return r, rest
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
