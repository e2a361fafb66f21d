package watch

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gongwen/analyzers"
	"gongwen/indexer"
	"gongwen/search"
	"gongwen/search/memory"
)

var (
	loadWords   = sync.OnceValues(func() (*analyzers.Words, error) { return analyzers.NewWords() })
	loadIndexer = sync.OnceValues(func() (*indexer.Indexer, error) { return indexer.New(indexer.Options{}) })
)

func newIndexer(t *testing.T) *indexer.Indexer {
	t.Helper()
	ix, err := loadIndexer()
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func newEngine(t *testing.T) *memory.Engine {
	t.Helper()
	words, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	return memory.New(words)
}

const (
	quick = 100 * time.Millisecond
	often = 300 * time.Millisecond
)

// safeBuffer is a log that is read while it is written.
type safeBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}

// watching is a watcher at work.
type watching struct {
	*Watcher
	t    *testing.T
	log  *safeBuffer
	stop func()
}

func start(t *testing.T, collection Collection, options Options, folders ...string) *watching {
	t.Helper()
	log := &safeBuffer{}
	options.Settle, options.Logger = quick, slog.New(slog.NewTextHandler(log, nil))
	if options.Every == 0 {
		options.Every = time.Hour // what is found is found by notification
	}
	w, err := New(newIndexer(t), collection, folders, options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { w.Run(ctx) })
	stop := sync.OnceFunc(func() { cancel(); running.Wait() })
	t.Cleanup(stop)
	return &watching{w, t, log, stop}
}

// until waits for something to become true.
func (w *watching) until(what string, is func() bool, explain ...func() string) {
	w.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if is() {
			return
		}
	}
	for _, explain := range explain {
		what += ": " + explain()
	}
	w.t.Fatalf("%s: not within 20 s; status %+v\n%s", what, w.Status(), w.log)
}

// texts are the documents of a collection by file and ID.
func texts(t *testing.T, engine search.Engine) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := engine.Export(t.Context(), func(r search.Record) error {
		all[r.Origin.Path+"#"+r.Document.ID] = fmt.Sprintf("%s %d\n%s", r.Document.Title, r.Document.Year, r.Document.Text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// anew is what an index of the folders holds that is made now.
func anew(t *testing.T, folders ...string) map[string]string {
	t.Helper()
	engine := newEngine(t)
	if _, err := newIndexer(t).Run(t.Context(), engine, folders, indexer.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	return texts(t, engine)
}

func notice(subject string) string {
	return "关于开展" + subject + "检查的通知\n一、检查范围\n各单位要认真开展" + subject + "检查。\n"
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
