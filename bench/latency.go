package main

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// latency sums up how long answers took.
type latency struct{ p50, p95, p99, max time.Duration }

// summarize puts durations in order and takes the nearest ranks.
func summarize(took []time.Duration) latency {
	if len(took) == 0 {
		return latency{}
	}
	slices.Sort(took)
	at := func(share float64) time.Duration {
		return took[max(0, int(math.Ceil(share*float64(len(took))))-1)]
	}
	return latency{at(.5), at(.95), at(.99), took[len(took)-1]}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (l latency) cells() []any {
	cells := make([]any, 0, 4)
	for _, d := range []time.Duration{l.p50, l.p95, l.p99, l.max} {
		cells = append(cells, decimal(1, milliseconds(d)))
	}
	return cells
}

// sample is what the answers of a class were like.
type sample struct {
	took    []time.Duration
	totals  []int
	bytes   int
	faults  int
	slowest time.Duration
	worst   string // the slowest question
}

func (s *sample) add(q url.Values, r *reply, fault error) {
	if fault != nil {
		s.faults++
		step("fault: %v", fault)
	}
	s.took = append(s.took, r.took)
	s.totals = append(s.totals, r.Total)
	s.bytes += r.bytes
	if r.took > s.slowest {
		s.slowest = r.took
		s.worst = fmt.Sprintf("%.1f ms, %d hits: %s", milliseconds(r.took), r.Total, describe(q))
	}
}

// describe writes a question as one reads it.
func describe(q url.Values) string {
	var parts []string
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range q {
			if name != "cursor" && !yield(name) {
				return
			}
		}
	}) {
		parts = append(parts, name+"="+strings.Join(q[name], ","))
	}
	return strings.Join(parts, " ")
}

// measureClasses asks the questions of every class, one client, one after the other.
func (b *bench) measureClasses(ctx context.Context, s *server, q *questions) error {
	if len(q.classes) == 0 {
		return nil
	}
	step("wait for what the server prepares behind the scenes")
	if waited := settle(ctx, s.cmd.Process.Pid); waited > 0 {
		step("it took %.0f s", waited.Seconds())
	}
	step("warm up with %d other queries", len(q.warm))
	for _, warm := range q.warm {
		if _, _, err := s.client.search(ctx, warm.values); err != nil {
			return err
		}
	}
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // the client's garbage is not to be measured
	t := newTable("query over HTTP, 20 hits, facets, marks; one client", "queries", "p50 ms", "p95", "p99", "max", "median hits", "kB an answer", "faults")
	for _, c := range q.classes {
		if !b.classes.MatchString(c.name) {
			continue
		}
		step("ask: %s", c.name)
		found := &sample{}
		for _, question := range c.questions {
			if err := ctx.Err(); err != nil {
				return err
			}
			if c.pages > 0 {
				walk(ctx, s.client, question, c.pages, found)
				continue
			}
			r, hit, err := s.client.search(ctx, question.values)
			if err == nil && question.finds && !hit {
				err = fmt.Errorf("%s finds nothing", describe(question.values))
			}
			found.add(question.values, &r, err)
		}
		slices.Sort(found.totals)
		cells := append([]any{c.name, len(found.took)}, summarize(found.took).cells()...)
		t.row(append(cells, found.totals[len(found.totals)/2], decimal(1, float64(found.bytes)/float64(len(found.took))/1000), found.faults)...)
		step("slowest: %s", found.worst)
		b.faults += found.faults
	}
	t.end()
	return nil
}

// walk follows the cursor from page to page. Every page must go on where the last one ended and repeat no hit.
func walk(ctx context.Context, c *client, q question, pages int, found *sample) {
	values := url.Values{}
	for name, of := range q.values {
		values[name] = of
	}
	seen := map[string]bool{}
	for page := range pages {
		r, hit, err := c.search(ctx, values)
		if err == nil && !hit {
			err = fmt.Errorf("page %d of %s is empty", page+1, describe(values))
		}
		if err == nil && r.Offset != len(seen) {
			err = fmt.Errorf("page %d of %s begins at %d, %d hits were before it", page+1, describe(values), r.Offset, len(seen))
		}
		for i := range r.Hits {
			if id := r.Hits[i].Document.ID; seen[id] {
				err = fmt.Errorf("page %d of %s repeats %s", page+1, describe(values), id)
			}
			seen[r.Hits[i].Document.ID] = true
		}
		if err == nil && r.Next == nil && len(seen) < r.Total {
			err = fmt.Errorf("page %d of %s ends the list at %d of %d hits", page+1, describe(values), len(seen), r.Total)
		}
		found.add(values, &r, err)
		if err != nil || r.Next == nil {
			return
		}
		values.Set("cursor", *r.Next)
	}
}
