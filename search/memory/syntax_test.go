package memory

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gongwen"
	"gongwen/search"
)

var (
	exampleRow   = regexp.MustCompile("^\\| `(.+?)` \\| `(.+?)` \\| `(.+?)` \\|$")
	exampleField = regexp.MustCompile(`^\[(\w+)=([^\]]*)\] ?`)
)

// example makes a document of "[field=value] text".
func example(t *testing.T, id, written string) gongwen.Document {
	d := gongwen.Document{ID: id}
	s := gongwen.Section{ID: "1", Level: 1}
	for m := exampleField.FindStringSubmatch(written); m != nil; m = exampleField.FindStringSubmatch(written) {
		value := m[2]
		switch m[1] {
		case "year":
			d.Year, _ = strconv.Atoi(value)
		case "effective":
			d.Effective = gongwen.Date(value)
		case "published":
			d.Published = gongwen.Date(value)
		case "issuer":
			d.Issuer = value
		case "region":
			d.Region = value
		case "kind":
			d.Kind = value
		case "status":
			d.Status = value
		case "number":
			d.Number = value
		case "title":
			d.Title = value
		case "heading":
			s.Heading = value
		case "topic":
			s.Topic = gongwen.Topic(value)
		case "role":
			s.Role = gongwen.Role(value)
		case "cites":
			if title, ok := strings.CutPrefix(value, "《"); ok {
				d.Cites = []gongwen.Citation{{Title: strings.TrimSuffix(title, "》")}}
			} else {
				d.Cites = []gongwen.Citation{{Number: value}}
			}
		default:
			t.Fatalf("no field %s", m[1])
		}
		written = written[len(m[0]):]
	}
	d.Text = written
	s.Span.End = len(written)
	d.Sections = []gongwen.Section{s}
	return d
}

// TestQuerySyntax runs every example of the manual.
func TestQuerySyntax(t *testing.T) {
	manual, err := os.ReadFile("../../doc/query-syntax.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(manual)) {
		m := exampleRow.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			if strings.Count(line, "| `") >= 3 {
				t.Errorf("an example that is not tested: %s", line)
			}
			continue
		}
		rows++
		e := New(testWords(t))
		batch := search.Batch{Put: []search.Record{{Document: example(t, "yes", m[2])}, {Document: example(t, "no", m[3])}}}
		if err := e.Write(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
		q, _, err := search.Parse(m[1])
		if err != nil {
			t.Errorf("%s: %v", m[1], err)
			continue
		}
		result, err := e.Search(t.Context(), search.Request{Query: q, Match: search.MatchAll})
		if err != nil {
			t.Fatal(err)
		}
		if result.Total != 1 || result.Hits[0].Document.ID != "yes" {
			t.Errorf("%s: %d hits %v, want the second column alone: words %v", m[1], result.Total, result.Hits, result.Words)
		}
	}
	if rows < 40 {
		t.Errorf("found %d examples in the manual", rows)
	}
}
