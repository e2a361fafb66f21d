package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gongwen/analyzers"
)

// question is one search.
type question struct {
	values url.Values
	finds  bool // it was drawn from a text, so that it has a hit
}

// class is a kind of query.
type class struct {
	name      string
	questions []question
	pages     int // from each question on, so many pages are walked; 0 for the first page alone
}

// questions are everything that a run asks.
type questions struct {
	classes []class            // as they are measured
	warm    []question         // asked before, so that the files are read
	mixed   map[int][]question // by clients at once
}

// Numbers of questions beside those of the classes.
const (
	warmShare  = 10 // one in so many
	mixedShare = 4
	walkPages  = 20
)

// draw draws all questions of a run. Which they are depends on the seed and the collection alone.
func (b *bench) draw(c *collection) (*questions, error) {
	step("draw queries")
	if b.queries == 0 {
		return &questions{}, nil
	}
	words, err := analyzers.NewWords()
	if err != nil {
		return nil, fmt.Errorf("draw queries: %w", err)
	}
	asked, err := readQuestions(filepath.Join(b.corpora, "statute-retrieval", "queries.jsonl"))
	if errors.Is(err, os.ErrNotExist) {
		step("no questions in plain language: %v", err)
	} else if err != nil {
		return nil, err
	}
	frequent := c.frequent()
	classes := func(stream uint64, n int) []class {
		d := &drawer{c, rand.New(rand.NewPCG(b.seed, stream)), words}
		return d.classes(n, frequent, asked)
	}
	const toMeasure, toWarm, toMix = 1, 2, 1000 // streams of the generator
	q := &questions{classes: classes(toMeasure, b.queries), mixed: map[int][]question{}}
	for _, class := range classes(toWarm, max(1, b.queries/warmShare)) {
		q.warm = append(q.warm, class.questions...)
	}
	for _, n := range b.clients {
		stream := toMix + uint64(n)
		var all []question
		for _, class := range classes(stream, max(1, b.queries/mixedShare)) {
			if class.pages == 0 {
				all = append(all, class.questions...)
			}
		}
		rand.New(rand.NewPCG(b.seed, stream)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		q.mixed[n] = all
	}
	return q, nil
}

// ask is a question by its query.
func ask(query string) url.Values { return url.Values{"q": {query}} }

// quote writes a run as a quoted one.
func quote(run string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(run) + `"`
}

// classes draws n questions of every class.
func (d *drawer) classes(n int, frequent, asked []string) []class {
	var all []class
	add := func(name string, draw func(i int) url.Values) {
		c := class{name: name}
		for i := range n {
			c.questions = append(c.questions, question{draw(i), true})
		}
		all = append(all, c)
	}
	word := func(set func(v url.Values, of *document)) func(int) url.Values {
		return func(int) url.Values {
			of, word := d.word()
			v := ask(word)
			set(v, of)
			return v
		}
	}
	add("one character", func(int) url.Values { return ask(d.character()) })
	add("one word", word(func(url.Values, *document) {}))
	add("two words", func(int) url.Values { return ask(d.twoWords()) })
	for _, length := range []int{3, 4, 6, 12, 40} {
		add(fmt.Sprintf("quoted run of %d", length), func(int) url.Values { return ask(quote(d.run(length))) })
	}
	add(fmt.Sprintf("the %d most frequent 4-grams", len(frequent)), func(i int) url.Values {
		return ask(quote(frequent[i%len(frequent)]))
	})
	add("match-all", func(int) url.Values { return url.Values{} })
	add("one word, its year", word(func(v url.Values, of *document) {
		year := "unknown"
		if of.year != 0 {
			year = strconv.Itoa(of.year)
		}
		v.Set("year", year)
	}))
	add("one word, unit=section", word(func(v url.Values, _ *document) { v.Set("unit", "section") }))
	add("connector", func(i int) url.Values { return ask(d.connector(i)) })
	add("wildcard", func(i int) url.Values { return ask(d.wildcard(i)) })
	if len(asked) > 0 {
		add("long question", func(int) url.Values { return ask(asked[d.random.IntN(len(asked))]) })
		for i := range all[len(all)-1].questions {
			all[len(all)-1].questions[i].finds = false // by laypeople, not from the texts
		}
	}
	return append(all, d.walks(max(1, n/walkPages), frequent))
}

// walks are walks through many pages: of all documents, of a frequent run, of a word, by turns.
func (d *drawer) walks(n int, frequent []string) class {
	c := class{name: fmt.Sprintf("cursor, pages 1 to %d", walkPages), pages: walkPages}
	for i := range n {
		v := url.Values{}
		switch i % 3 {
		case 1:
			v = ask(quote(frequent[i%len(frequent)]))
		case 2:
			_, word := d.word()
			v = ask(word)
		}
		c.questions = append(c.questions, question{v, true})
	}
	return c
}

// readQuestions reads questions that people have asked.
func readQuestions(path string) (asked []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var line struct{ Question string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("read questions: %w", err)
		}
		asked = append(asked, line.Question)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	return asked, nil
}
