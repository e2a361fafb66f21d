package suggest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
	"gongwen/suggest/pinyin"
)

// Source is the collection.
type Source interface {
	search.Exporter
	Status(ctx context.Context) (search.Status, error)
}

// surveyor is a source that is faster to look through: it shows every document, with its text for one in so many.
type surveyor interface {
	Survey(ctx context.Context, every int, visit func(*gongwen.Document) error) error
}

// survey shows the documents of a source, in any order; not all have their text.
func survey(ctx context.Context, source Source, every int, visit func(*gongwen.Document) error) error {
	if fast, ok := source.(surveyor); ok {
		return fast.Survey(ctx, every, visit)
	}
	seen := 0
	return source.Export(ctx, func(record search.Record) error {
		if seen++; seen%every != 0 {
			record.Document.Text = ""
		}
		return visit(&record.Document)
	})
}

// pace lets others have the processor: after some documents it rests as long as they took.
type pace struct {
	since time.Time
	seen  int
}

func newPace() *pace { return &pace{since: time.Now()} }

func (p *pace) take() {
	const documents = 256
	if p.seen++; p.seen%documents != 0 {
		return
	}
	const most = 50 * time.Millisecond
	time.Sleep(min(most, time.Since(p.since)))
	p.since = time.Now()
}

// Bounds of what is kept, so that a large collection makes the vocabulary coarser and not larger.
const (
	maxTitles       = 250_000
	maxHeadings     = 40_000
	maxInstitutions = 20_000
	maxTerms        = 40_000

	maxTitleRunes   = 120
	maxHeadingRunes = 24 // longer ones are sentences
	maxTermRunes    = 10

	sampledDocuments = 12_000 // whose words are counted
	sampledBytes     = 6_000  // of each, from its beginning
)

// counts tells how many documents have a text. Once it is full, what stands there once makes room.
type counts struct {
	of  map[string]int
	max int
}

func newCounts(most int) *counts { return &counts{map[string]int{}, 2 * most} }

func (c *counts) add(text string) {
	if _, ok := c.of[text]; !ok && len(c.of) >= c.max {
		for text, n := range c.of {
			if n == 1 {
				delete(c.of, text)
			}
		}
		if len(c.of) >= c.max*3/4 {
			return // most are frequent: what is new is rare
		}
	}
	c.of[strings.Clone(text)]++ // the text would keep its whole document
}

// entries returns what stands in at least so many documents.
func (c *counts) entries(least int) []entry {
	all := make([]entry, 0, len(c.of))
	for text, n := range c.of {
		if n >= least {
			all = append(all, entry{text, n})
		}
	}
	return all
}

// collect reads a collection: a list of each kind, and a last one of titles that go on where others end; and its words and names, for a dictionary. A document is read once; what is counted of its text is a sample.
func collect(ctx context.Context, source Source, words *analyzers.Words, table *pinyin.Table) (lists []*list, short []entry, err error) {
	status, err := source.Status(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("collect suggestions: %w", err)
	}
	stride := 1 + status.Documents/sampledDocuments
	titles, headings := newCounts(maxTitles), newCounts(maxHeadings)
	institutions, terms := newCounts(maxInstitutions), newCounts(maxTerms)
	sampled := 0
	rest := newPace()
	err = survey(ctx, source, stride, func(d *gongwen.Document) error {
		addText(titles, d.Title, maxTitleRunes)
		for _, name := range []string{d.Issuer, d.Source} {
			if !strings.Contains(name, "/") { // a source may be an address
				addText(institutions, name, maxTitleRunes)
			}
		}
		once := map[string]bool{}
		gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) {
			if !once[s.Heading] {
				once[s.Heading] = true
				addText(headings, s.Heading, maxHeadingRunes)
			}
		})
		if d.Text != "" && (sampled+1)*stride <= status.Documents+stride {
			sampled++
			addTerms(terms, d.Text, words)
		}
		rest.take()
		return ctx.Err()
	})
	if err != nil {
		return nil, nil, fmt.Errorf("collect suggestions: %w", err)
	}
	least := 1
	if sampled > 1000 {
		least = 3
	}
	main, further := parted(bound(titles.entries(1), maxTitles))
	term, institution := bound(terms.entries(least), maxTerms), bound(institutions.entries(1), maxInstitutions)
	heading := bound(headings.entries(1), maxHeadings)
	for _, e := range slices.Concat(term, institution, heading) {
		short = append(short, entry{analyzers.FoldQuery(e.text), e.count})
	}
	return []*list{
		newList(KindTerm, term, nil, table),
		newList(KindInstitution, institution, words.Cut, table),
		newList(KindHeading, heading, words.Cut, table),
		newList(KindTitle, main, words.Cut, table),
		newList(KindTitle, further, words.Cut, table),
	}, short, nil
}

// addText counts a text that is not too long, on one line.
func addText(c *counts, text string, most int) {
	text = strings.Join(strings.Fields(text), " ")
	if n := utf8.RuneCountInString(text); n > 1 && n <= most {
		c.add(text)
	}
}

// addTerms counts the words of the beginning of a text, each once.
func addTerms(c *counts, text string, words *analyzers.Words) {
	if len(text) > sampledBytes {
		cut := sampledBytes
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	folded := analyzers.Fold(text)
	once := map[string]bool{}
	for _, word := range words.Cut(folded) {
		n := utf8.RuneCountInString(word.Text)
		first, _ := utf8.DecodeRuneInString(word.Text)
		if n < 2 || n > maxTermRunes || !analyzers.IsHan(first) || once[word.Text] || strings.HasPrefix(word.Text, "第") {
			continue
		}
		once[word.Text] = true
		c.add(word.Text)
	}
}

// bound keeps the most frequent entries.
func bound(entries []entry, most int) []entry {
	if len(entries) <= most {
		return entries
	}
	byCount(entries)
	return entries[:most]
}
