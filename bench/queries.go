package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// class is a kind of query.
type class struct {
	name  string
	draw  func() url.Values
	finds bool // every query was drawn from a text, so that it has a hit
}

func classes(o options, t *texts) []class {
	r := rand.New(rand.NewPCG(o.seed, 7))
	q := func(text string) url.Values { return url.Values{"q": {text}} }
	quoted := func(n int) func() url.Values {
		return func() url.Values { return q(`"` + t.passage(r, n) + `"`) }
	}
	frequent := t.frequent(r)
	all := []class{
		{"one character", func() url.Values { return q(t.run(r, 1)) }, false},
		{"one word", func() url.Values { return q(t.run(r, 2)) }, false},
		{"two words", func() url.Values { return q(t.run(r, 2) + " " + t.run(r, 2)) }, false},
		{"quoted run of 3", quoted(3), true},
		{"quoted run of 4", quoted(4), true},
		{"quoted run of 6", quoted(6), true},
		{"quoted run of 12", quoted(12), true},
		{"quoted run of 40", quoted(40), true},
		{"50 most frequent 4-grams", func() url.Values { return q(`"` + frequent[r.IntN(len(frequent))] + `"`) }, true},
		{"match-all", func() url.Values { return q("") }, false},
		{"one word, sections", func() url.Values {
			v := q(t.run(r, 2))
			v.Set("unit", "section")
			return v
		}, false},
		{"one word, a year", func() url.Values {
			v := q(t.run(r, 2))
			v.Set("year", "2015..2020")
			return v
		}, false},
	}
	if questions := readQuestions(o); len(questions) > 0 {
		all = append(all, class{"long question", func() url.Values { return q(questions[r.IntN(len(questions))]) }, false})
	}
	return all
}

func readQuestions(o options) []string {
	var questions []string
	_ = eachLine(filepath.Join(o.corpora, "statute-retrieval", "queries.jsonl"), func(line []byte) error { // none without the file
		var record struct{ Question string }
		err := json.Unmarshal(line, &record)
		questions = append(questions, record.Question)
		return err
	})
	return questions
}

// answer is what is looked at of an answer.
type answer struct {
	Total int
	Hits  []struct {
		Document struct{ ID string }
		Sections []struct {
			Fragments []struct {
				Parts []struct {
					Text  string
					Match bool
				}
			}
		}
	}
}

// search asks and reads the answer whole.
func (s *server) search(ctx context.Context, v url.Values) (a answer, took time.Duration, err error) {
	err = s.get(ctx, "/api/v1/search?"+v.Encode(), &a, &took)
	return a, took, err
}

func (s *server) get(ctx context.Context, path string, into any, took *time.Duration) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	start := time.Now()
	response, err := s.client.Do(request)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if took != nil {
		*took = time.Since(start)
	}
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("ask %s: status %d", path, response.StatusCode)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return nil
}

// measureQueries prints the latency of every class, one client at a time, with facets and highlighting.
func measureQueries(ctx context.Context, s *server, o options, t *texts) error {
	fmt.Println("| query over HTTP, 20 hits, facets, marks | p50 ms | p95 | p99 | max | without a hit |\n|---|---|---|---|---|---|")
	for _, c := range classes(o, t) {
		var took []time.Duration
		missing := 0
		for range o.queries {
			a, d, err := s.search(ctx, c.draw())
			if err != nil {
				return err
			}
			took = append(took, d)
			if c.finds && a.Total == 0 {
				missing++
			}
		}
		fmt.Printf("| %s | %s | %d |\n", c.name, percentiles(took), missing)
	}
	fmt.Println()
	return nil
}

func percentiles(took []time.Duration) string {
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[min(len(took)-1, int(share*float64(len(took))))].Microseconds()) / 1000
	}
	return fmt.Sprintf("%.1f | %.1f | %.1f | %.1f", at(.5), at(.95), at(.99), at(1))
}

// measureThroughput lets clients ask at once, a mix of every class.
func measureThroughput(ctx context.Context, s *server, o options, t *texts) error {
	fmt.Println("| clients at once | queries a second | p50 ms | p95 | p99 | max |\n|---|---|---|---|---|---|")
	for _, clients := range []int{1, 4, 16} {
		var queries []url.Values
		for _, c := range classes(o, t) {
			for range o.queries / 4 {
				queries = append(queries, c.draw())
			}
		}
		rand.New(rand.NewPCG(o.seed, 8)).Shuffle(len(queries), func(i, j int) { queries[i], queries[j] = queries[j], queries[i] })
		var mu sync.Mutex
		var took []time.Duration
		var failed error
		var wait sync.WaitGroup
		start := time.Now()
		for client := range clients {
			wait.Go(func() {
				for i := client; i < len(queries); i += clients {
					_, d, err := s.search(ctx, queries[i])
					mu.Lock()
					took = append(took, d)
					if err != nil {
						failed = err
					}
					mu.Unlock()
				}
			})
		}
		wait.Wait()
		if failed != nil {
			return failed
		}
		rate := float64(len(queries)) / time.Since(start).Seconds()
		fmt.Printf("| %d | %.0f | %s |\n", clients, rate, percentiles(took))
	}
	fmt.Println()
	return nil
}
