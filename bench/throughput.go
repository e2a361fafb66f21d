package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// measureThroughput lets several clients ask at once, each over its own connection, a mix of all classes.
func (b *bench) measureThroughput(ctx context.Context, s *server, q *questions) error {
	if len(b.clients) == 0 || len(q.mixed) == 0 {
		return nil
	}
	t := newTable("clients at once, a mix of all classes", "queries", "queries a second", "p50 ms", "p95", "p99", "max", "faults")
	for _, n := range b.clients {
		step("ask: %d clients at once", n)
		took, all, faults := together(ctx, s.base, n, q.mixed[n])
		if err := ctx.Err(); err != nil {
			return err
		}
		cells := []any{n, len(took), decimal(0, float64(len(took))/all.Seconds())}
		t.row(append(append(cells, summarize(took).cells()...), faults)...)
		b.faults += faults
	}
	t.end()
	return nil
}

// together lets n clients share out the questions.
func together(ctx context.Context, base string, n int, questions []question) (took []time.Duration, all time.Duration, faults int) {
	var next atomic.Int64
	var mu sync.Mutex
	var wait sync.WaitGroup
	start := time.Now()
	for range n {
		wait.Go(func() {
			c := newClient(base)
			defer c.close()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(questions) {
					return
				}
				r, hit, err := c.search(ctx, questions[i].values)
				if err == nil && questions[i].finds && !hit {
					err = fmt.Errorf("%s finds nothing", describe(questions[i].values))
				}
				mu.Lock()
				took = append(took, r.took)
				if err != nil {
					faults++
					step("fault: %v", err)
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	return took, time.Since(start), faults
}
