package embedded

import (
	"context"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
)

// eachPart calls visit for every segment, several at once, unless the context ends before.
func (e *evaluation) eachPart(ctx context.Context, visit func(i int, p *partRun)) error {
	return divide(ctx, len(e.parts), func(tasks iter.Seq[int]) {
		for i := range tasks {
			visit(i, e.parts[i])
		}
	})
}

// divide calls work in as many goroutines as there are processors; the tasks of them all are the numbers below n, each once,
// unless the context ends before.
func divide(ctx context.Context, n int, work func(tasks iter.Seq[int])) error {
	var next atomic.Int64
	tasks := func(yield func(int) bool) {
		for ctx.Err() == nil {
			if i := int(next.Add(1)) - 1; i >= n || !yield(i) {
				return
			}
		}
	}
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() { work(tasks) })
	}
	wait.Wait()
	return ctx.Err()
}
