package embedded

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// trouble is what Scorch's own goroutines, which merge and persist, run into. They try again at once and for ever, so that
// an error that has not come again for a while is over; a panic has ended one of them and is not.
type trouble struct {
	mu     sync.Mutex
	err    error
	at     time.Time
	lasts  bool
	logged time.Time
}

const (
	troubleLasts = 5 * time.Second // after its last error
	logEvery     = time.Minute     // at most
	giveUpAfter  = 8 * time.Second // of trouble, a batch that is not stored is given up
)

// callbacks guards Scorch's registry of callbacks, a plain map that it reads while an index is opened.
var callbacks sync.Mutex

// listen registers the trouble under a name, which Scorch asks for when it opens an index. forget must be called then.
func (t *trouble) listen() (name string, forget func()) {
	callbacks.Lock()
	name = "gongwen " + rand.Text()
	scorch.RegistryAsyncErrorCallbacks[name] = func(err error, path string) { t.report(err, path) }
	return name, func() {
		delete(scorch.RegistryAsyncErrorCallbacks, name)
		callbacks.Unlock()
	}
}

func (t *trouble) report(err error, path string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	t.err, t.at = err, now
	t.lasts = t.lasts || errors.Is(err, scorch.ErrAsyncPanic)
	if now.Sub(t.logged) >= logEvery {
		t.logged = now
		slog.Error("index cannot store what it is given", "index", path, "error", err)
	}
}

// current returns the trouble there is now, or nil.
func (t *trouble) current() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil || !t.lasts && time.Since(t.at) > troubleLasts {
		return nil
	}
	return t.err
}
