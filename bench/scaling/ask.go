package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"gongwen/search"
)

// question is a query of a class.
type question struct {
	class   string
	request search.Request
}

// classes are drawn from the texts, so that all of them have hits.
var classes = []struct {
	name string
	draw func(d drawer) search.Request
}{
	{"one character", func(d drawer) search.Request { return search.Request{Query: search.Run{Text: d.run(1)}} }},
	{"quoted run of 4", func(d drawer) search.Request { return search.Request{Query: search.Run{Text: d.run(4)}} }},
	{"quoted run of 20", func(d drawer) search.Request { return search.Request{Query: search.Run{Text: d.run(20)}} }},
	{"two words", func(d drawer) search.Request { return d.words(d.run(2), d.run(2)) }},
	{"a question of 15 characters", func(d drawer) search.Request { return d.words(d.run(15)) }},
	{"two words in a section", func(d drawer) search.Request {
		r := d.words(d.run(2), d.run(2))
		r.Unit = search.UnitSection
		return r
	}},
	{"two words of a year, newest first", func(d drawer) search.Request {
		r := d.words(d.run(2), d.run(2))
		r.Filters = []search.Condition{{Field: search.FieldYear, Value: "2010..2024"}}
		r.Sort = search.SortNewest
		return r
	}},
}

// drawer draws from texts.
type drawer struct {
	*rand.Rand
	records []search.Record
}

// run is a run of n Han characters.
func (d drawer) run(n int) string {
	for {
		text := []rune(d.records[d.IntN(len(d.records))].Document.Text)
		if len(text) < n {
			continue
		}
		from := d.IntN(len(text) - n + 1)
		run := text[from : from+n]
		if !slices.ContainsFunc(run, func(r rune) bool { return !unicode.Is(unicode.Han, r) && n < 10 || r == '\n' }) {
			return string(run)
		}
	}
}

func (d drawer) words(words ...string) search.Request {
	q, _, err := search.Parse(strings.Join(words, " "))
	if err != nil {
		return search.Request{Query: search.Words{Text: words[0]}}
	}
	return search.Request{Query: q}
}

func draw(records []search.Record, o options) []question {
	d := drawer{rand.New(rand.NewPCG(o.seed, 1)), records}
	var all []question
	for _, class := range classes {
		for range o.queries {
			all = append(all, question{class.name, class.draw(d)})
		}
	}
	return all
}

// ask prints the latency of each class, then how many queries are answered by several clients at once.
func (m measurement) ask(ctx context.Context, questions []question, o options) error {
	fmt.Println("| class | p50 ms | p99 ms | ms of processors a query |")
	fmt.Println("|---|---|---|---|")
	for i := range min(len(questions), 20) { // what starts cold is not what is asked about here
		if _, err := m.engine.Search(ctx, questions[i*len(questions)/20].request); err != nil {
			return err
		}
	}
	for _, class := range classes {
		var took []time.Duration
		used := busy(m.pids)
		for _, q := range questions {
			if q.class != class.name {
				continue
			}
			start := time.Now()
			if _, err := m.engine.Search(ctx, q.request); err != nil {
				return fmt.Errorf("%s: %w", q.request.Query, err)
			}
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		fmt.Printf("| %s | %.1f | %.1f | %.1f |\n", class.name, milliseconds(took[len(took)/2]), milliseconds(took[len(took)*99/100]),
			milliseconds((busy(m.pids)-used)/time.Duration(len(took))))
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	errs := make([]error, o.clients)
	start := time.Now()
	for client := range o.clients {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(questions); i = int(next.Add(1)) - 1 {
				if _, err := m.engine.Search(ctx, questions[i].request); err != nil {
					errs[client] = err
					return
				}
			}
		})
	}
	wait.Wait()
	fmt.Printf("\n%.1f queries a second by %d clients\n\n", float64(len(questions))/time.Since(start).Seconds(), o.clients)
	return errors.Join(errs...)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// storeSize is what the primary shards of a cluster take, merged.
func storeSize(ctx context.Context, address string) (int64, error) {
	var stats struct {
		All struct {
			Primaries struct {
				Store struct {
					Size int64 `json:"size_in_bytes"`
				} `json:"store"`
			} `json:"primaries"`
		} `json:"_all"`
	}
	for _, path := range []string{"/_forcemerge?max_num_segments=1", "/_flush", "/_refresh"} {
		if err := send(ctx, http.MethodPost, address+path, nil); err != nil {
			return 0, err
		}
	}
	err := send(ctx, http.MethodGet, address+"/_stats/store", &stats)
	return stats.All.Primaries.Store.Size, err
}

func send(ctx context.Context, method, url string, out any) error {
	request, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return fmt.Errorf("make request: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask cluster: %w", err)
	}
	defer func() { _ = response.Body.Close() }() // only read from
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("ask cluster: status %d", response.StatusCode)
	}
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(response.Body).Decode(out); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return nil
}
