package cluster

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongwen"
	"gongwen/search"
	"gongwen/test/opensearch"
)

// breakable is the shared cluster, for a test that kills nodes of it and starts them again.
func breakable(t *testing.T) *opensearch.Cluster {
	t.Helper()
	addresses(t)
	if shared.cluster == nil {
		t.Skip("kills nodes: not those of a cluster that others started")
	}
	return shared.cluster
}

// openLossy opens a collection whose replicas come back soon after a node is lost.
func openLossy(t *testing.T, c *opensearch.Cluster) *Engine {
	t.Helper()
	e := open(t, testOptions(t, c.Addresses()))
	change := object{"index.unassigned.node_left.delayed_timeout": "1s"}
	if err := e.client.do(t.Context(), "PUT", "/"+e.index+"/_settings", change, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// await waits until all copies are there.
func await(t *testing.T, e *Engine) {
	t.Helper()
	trouble := ""
	for start := time.Now(); time.Since(start) < 90*time.Second; time.Sleep(300 * time.Millisecond) {
		if trouble = e.trouble(t.Context()); trouble == "" {
			return
		}
	}
	t.Fatalf("no recovery: %s", trouble)
}

// lose kills a node, waits until the others have made up for it, and starts it again at the end of the test.
func lose(t *testing.T, c *opensearch.Cluster, i int) {
	t.Helper()
	t.Logf("kill node %d, process %d", i, c.PID(i))
	if err := c.Kill(i); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.Background()
		if err := errors.Join(c.Restart(ctx, i), c.Wait(ctx, 3)); err != nil {
			t.Error(err)
		}
	})
}

// TestNodeLostWhileIndexing kills the node that leads the cluster: every document that was acknowledged, before and after,
// is there.
func TestNodeLostWhileIndexing(t *testing.T) {
	c := breakable(t)
	e := openLossy(t, c)
	if e.copies != 2 {
		t.Fatalf("%d copies must have a document, want 2", e.copies)
	}
	const batches, size, loss = 60, 10, 20
	acknowledged := 0
	for b := range batches {
		if b == loss {
			lose(t, c, 0)
		}
		var batch search.Batch
		for i := range size {
			id := fmt.Sprintf("%04d", b*size+i)
			batch.Put = append(batch.Put, search.Record{Document: gongwen.Document{ID: id, Text: "第" + id + "号文件，鼎新。"}})
		}
		start := time.Now()
		if err := e.Write(t.Context(), batch); err != nil {
			t.Fatalf("batch %d: %v", b, err)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Logf("batch %d, after the loss: acknowledged in %v", b, took.Round(time.Second/10))
		}
		acknowledged += size
	}
	await(t, e)
	known, err := e.Known(t.Context())
	if err != nil || len(known) != acknowledged {
		t.Errorf("%d documents, %v, want the %d that were acknowledged", len(known), err, acknowledged)
	}
	for range 50 {
		id := fmt.Sprintf("%04d", rand.IntN(acknowledged))
		if ids := idsOf(t, e, "第"+id+"号文件"); len(ids) != 1 || ids[0] != id {
			t.Errorf("第%s号文件 is found in %v", id, ids)
		}
	}
}

// TestNodeLostWhileSearching kills a node under load: queries are answered, and whatever is not says that it may be tried again.
func TestNodeLostWhileSearching(t *testing.T) {
	c := breakable(t)
	e := openLossy(t, c)
	var batch search.Batch
	for i := range 300 {
		batch.Put = append(batch.Put, search.Record{Document: gongwen.Document{ID: fmt.Sprint("d", i), Text: fmt.Sprintf("第%d号，推进依法行政。", i)}})
	}
	if err := e.Write(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	first, err := e.Search(t.Context(), search.Request{Query: search.Run{Text: "依法"}, Size: 10})
	if err != nil {
		t.Fatal(err)
	}
	var answered, refused atomic.Int64
	var slowest atomic.Int64
	stop := make(chan struct{})
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				start := time.Now()
				r, err := e.Search(context.Background(), search.Request{Query: search.Run{Text: "依法行政"}})
				slowest.Store(max(slowest.Load(), int64(time.Since(start))))
				switch {
				case errors.Is(err, search.ErrUnavailable):
					refused.Add(1)
				case err != nil:
					t.Error(err)
				case r.Total != len(batch.Put):
					t.Errorf("%d hits, want %d", r.Total, len(batch.Put))
				default:
					answered.Add(1)
				}
			}
		})
	}
	time.Sleep(2 * time.Second)
	lose(t, c, 1)
	before := answered.Load()
	time.Sleep(8 * time.Second)
	close(stop)
	wait.Wait()
	t.Logf("answered %d, refused %d, slowest %v", answered.Load(), refused.Load(), time.Duration(slowest.Load()).Round(time.Millisecond))
	if answered.Load() == before {
		t.Error("no query was answered after the loss")
	}
	next := search.Request{Query: search.Run{Text: "依法"}, Size: 10, Cursor: first.Next}
	if r, err := e.Search(t.Context(), next); err != nil && !errors.Is(err, search.ErrCursorExpired) || err == nil && r.Total != first.Total {
		t.Errorf("a walk over the loss: %v, want the next page or ErrCursorExpired", err)
	}
	await(t, e)
	status, err := e.Status(t.Context())
	if err != nil || status.Trouble != "" || status.Documents != len(batch.Put) {
		t.Errorf("after the recovery: %+v, %v", status, err)
	}
}
