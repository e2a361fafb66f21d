// Package cluster is the engine on OpenSearch: one document of the cluster for each of ours, with its sections nested in it.
// Folding and words come from our analyzers, characters from the cluster's own n-grams, so that it needs no plugin.
// doc/opensearch.md is for operators, doc/decisions/0009-cluster.md says why it is so.
package cluster

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"gongwen/search"
)

// DefaultIndex is the alias under which a collection is found.
const DefaultIndex = "gongwen"

// Options say where the cluster is and how the collection lies in it.
type Options struct {
	Addresses []string // of its nodes, or of what stands before them: https://host:9200
	User      string
	Password  string
	CA        []byte // PEM; nil for the system's
	Insecure  bool   // whatever certificate it shows
	Index     string // the alias; "" for DefaultIndex
	Shards    int    // of a new index; 0 for one a data node
	Replicas  int    // of a new index; negative for one, or none where there is a single node
}

// Engine implements search.Engine.
type Engine struct {
	client  *client
	words   search.Segmenter
	options Options
	index   string // what is read and written: the alias, or an index that is being built
	copies  int    // of a shard that must have a document before it is acknowledged
	epoch   string
	owner   bool // of the client
	kept    *search.Kept[*view]

	writing sync.Mutex   // batches come one after the other, so that no retry overtakes a later batch
	changes atomic.Int64 // written through this process

	opening chan struct{} // holds one token: whoever takes it may replace the view
	current *view
	seen    int64 // changes before the current view

	statusMu sync.Mutex
	last     search.Status // the last that was known
	changed  time.Time     // of the last change through this process
}

var _ search.Engine = (*Engine)(nil)

// Open connects to a cluster and opens the collection in it, which it makes if need be. The error is an *Error that tells an
// operator what to do; Unbuilt knows those that a rebuild mends.
func Open(ctx context.Context, o Options, words search.Segmenter) (*Engine, error) {
	e, err := connect(ctx, o, words)
	if err != nil {
		return nil, err
	}
	if err := e.ensure(ctx); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

// indexName is what may be the name of an index, and stand in a path as it is.
var indexName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,99}$`)

// connect makes an engine without a look at the collection.
func connect(ctx context.Context, o Options, words search.Segmenter) (*Engine, error) {
	if o.Index == "" {
		o.Index = DefaultIndex
	}
	if !indexName.MatchString(o.Index) {
		return nil, fault(kindAddress, "索引名只能用小写字母、数字、点、减号和下划线，并以字母或数字开头。", errors.New("read name of index"))
	}
	c, err := newClient(o)
	if err != nil {
		return nil, err
	}
	if err := c.checkVersion(ctx); err != nil {
		return nil, errors.Join(err, c.close())
	}
	e := newEngine(c, o, words, o.Index)
	e.owner = true
	return e, nil
}

func newEngine(c *client, o Options, words search.Segmenter, index string) *Engine {
	e := &Engine{
		client: c, words: words, options: o, index: index, copies: 1, epoch: rand.Text()[:8],
		kept: search.NewKept((*view).acquire, (*view).release), opening: make(chan struct{}, 1),
	}
	e.opening <- struct{}{}
	return e
}

// newest returns a snapshot that holds what this process wrote, and what others wrote a moment ago. The caller releases it.
func (e *Engine) newest(ctx context.Context) (*view, error) {
	select {
	case <-e.opening:
		defer func() { e.opening <- struct{}{} }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	changes := e.changes.Load()
	if v := e.current; v != nil && e.seen == changes && time.Since(v.opened) < freshFor {
		v.acquire()
		return v, nil
	}
	if e.seen != changes {
		if err := e.refresh(ctx); err != nil {
			return nil, err
		}
	}
	v, err := openView(ctx, e.client, e.index, e.epoch)
	if err != nil {
		return nil, err
	}
	if e.current != nil {
		e.current.release()
	}
	e.current, e.seen = v, changes
	v.acquire()
	return v, nil
}

// forget lets the current snapshot go, because the cluster lost a part of it.
func (e *Engine) forget() {
	<-e.opening
	if e.current != nil {
		e.current.release()
		e.current = nil
	}
	e.opening <- struct{}{}
}

// refresh makes what was written visible.
func (e *Engine) refresh(ctx context.Context) error {
	if err := e.client.do(ctx, "POST", "/"+e.index+"/_refresh", nil, nil); err != nil {
		return fmt.Errorf("refresh index: %w", err)
	}
	return nil
}

// Close gives the snapshots back. What was acknowledged is in the cluster.
func (e *Engine) Close() error {
	e.forget()
	e.kept.Clear()
	if !e.owner {
		return nil
	}
	return e.client.close()
}

// sleep waits, unless the context ends before.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
