package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"gongwen/api"
)

// longestRun is the length of the longest run that is looked for.
const longestRun = 40

// bare is what the writings of a run share, told without the program's code: no white space and nothing invisible, lower
// case.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// recall counts what became of runs.
type recall struct{ runs, found, fragment, page int }

// measureRecall draws runs from documents as they are served, from each file as many: each must be found by its quoted
// query and marked in its document.
func (b *bench) measureRecall(ctx context.Context, s *server, c *collection) error {
	random := rand.New(rand.NewPCG(b.seed, 40))
	t := newTable("random quoted runs of 1 to 40 characters", "runs", "found", "marked in a fragment", "marked on the page alone", "faults")
	var all recall
	origins := c.byOrigin()
	for i, documents := range origins {
		name := filepath.Base(documents[0].origin)
		runs := b.options.recall*(i+1)/len(origins) - b.options.recall*i/len(origins)
		step("look for %d runs of %s", runs, name)
		var of recall
		for of.runs < runs {
			d := documents[random.IntN(len(documents))]
			run, err := drawServed(ctx, s.client, d, random)
			if err != nil {
				return err
			}
			if bare(run) == "" {
				continue
			}
			if err := of.look(ctx, s.client, d, run); err != nil {
				return err
			}
		}
		t.row(name, of.runs, of.found, of.fragment, of.page, of.faults())
		all = recall{all.runs + of.runs, all.found + of.found, all.fragment + of.fragment, all.page + of.page}
	}
	t.row("all", all.runs, all.found, all.fragment, all.page, all.faults())
	t.end()
	b.faults += all.faults()
	return nil
}

// faults are the runs that were not found or not marked.
func (r *recall) faults() int { return r.runs - r.fragment - r.page }

// drawServed draws a run from a line of a document as the API serves it.
func drawServed(ctx context.Context, c *client, d *document, random *rand.Rand) (string, error) {
	body, err := c.page(ctx, "/api/v1/documents/"+url.PathEscape(d.id))
	if err != nil {
		return "", err
	}
	var served struct{ Text string }
	if err := json.Unmarshal(body, &served); err != nil {
		return "", fmt.Errorf("read document: %w", err)
	}
	text := []rune(served.Text)
	if len(text) == 0 {
		return "", nil
	}
	from := random.IntN(len(text))
	run, _, _ := strings.Cut(string(text[from:min(len(text), from+1+random.IntN(longestRun))]), "\n")
	return run, nil
}

// look asks for a run and looks at the document that it was drawn from.
func (r *recall) look(ctx context.Context, c *client, d *document, run string) error {
	r.runs++
	hit, err := findHit(ctx, c, d, run)
	if err != nil {
		return err
	}
	if hit == nil {
		step("fault: %q of %s is not found", run, d.id)
		return nil
	}
	r.found++
	if markedIn(hit, run) {
		r.fragment++
		return nil
	}
	marked, err := markedOn(ctx, c, d, run)
	if err != nil {
		return err
	}
	if !marked {
		step("fault: %q of %s is not marked", run, d.id)
		return nil
	}
	r.page++
	return nil
}

// findHit returns the hit that is the document. Where it is not among the first hundred, the search is narrowed to
// documents of its title and followed to the end.
func findHit(ctx context.Context, c *client, d *document, run string) (*api.Hit, error) {
	values := url.Values{"q": {quote(run)}, "size": {"100"}}
	narrowed := false
	for {
		r, _, err := c.search(ctx, values)
		if err != nil {
			return nil, err
		}
		for i := range r.Hits {
			if r.Hits[i].Document.ID == d.id {
				return &r.Hits[i], nil
			}
		}
		switch {
		case r.Next == nil:
			return nil, nil
		case narrowed || d.title == "":
			values.Set("cursor", *r.Next)
		default:
			narrowed = true
			values.Set("q", quote(run)+" title:"+quote(d.title))
		}
	}
}

// markedIn reports whether a mark of the hit's fragments is the run.
func markedIn(hit *api.Hit, run string) bool {
	for _, section := range hit.Sections {
		for _, fragment := range section.Fragments {
			for _, part := range fragment.Parts {
				if part.Match && bare(part.Text) == bare(run) {
					return true
				}
			}
		}
	}
	return false
}

// mark is a mark on a page. One that runs on behind a border of the page, such as the end of a heading, has no number there.
var mark = regexp.MustCompile(`(?s)<mark( id="m\d+")?[^>]*>(.*?)</mark>`)

// markedOn reports whether a mark on the page of the document is the run. The page is opened at the first mark: long
// documents are shown in parts.
func markedOn(ctx context.Context, c *client, d *document, run string) (bool, error) {
	page, err := c.page(ctx, "/documents/"+url.PathEscape(d.id)+"?"+url.Values{"q": {quote(run)}, "hit": {"1"}}.Encode())
	if err != nil {
		return false, err
	}
	return markedPage(string(page), run), nil
}

func markedPage(page, run string) bool {
	whole := ""
	for _, m := range mark.FindAllStringSubmatch(page, -1) {
		piece := bare(html.UnescapeString(m[2]))
		if m[1] != "" {
			whole = ""
		}
		if whole += piece; whole == bare(run) || piece == bare(run) {
			return true
		}
	}
	return false
}
