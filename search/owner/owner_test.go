package owner

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
	"gongwen/search/enginetest"
)

var loaded = sync.OnceValues(func() (*analyzers.Words, error) { return analyzers.NewWords() })

func openTest(t *testing.T, dir string) *Engine {
	t.Helper()
	words, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := Open(t.Context(), dir, words)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// TestThroughTheOwner puts the engine that works through another to the whole suite.
func TestThroughTheOwner(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) search.Engine {
		dir := t.TempDir()
		openTest(t, dir)
		e := openTest(t, dir)
		if e.Owned() {
			t.Fatal("both own the folder")
		}
		return e
	})
}

func TestFolderGoesOn(t *testing.T) {
	for name, dir := range map[string]string{"short": filepath.Join(t.TempDir(), "data"), "long": filepath.Join(t.TempDir(), strings.Repeat("长", 30))} {
		t.Run(name, func(t *testing.T) {
			first := openTest(t, dir)
			beside := openTest(t, dir)
			batch := search.Batch{Put: []search.Record{{Document: gongwen.Document{ID: "a", Text: "依法行政"}}}}
			if err := openTest(t, dir).Write(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
			if _, err := first.Read(t.Context(), "a", nil); err != nil {
				t.Errorf("the owner does not see what came through it: %v", err)
			}
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := beside.Read(t.Context(), "a", nil); err != nil {
				t.Errorf("after the owner closed: %v", err)
			}
			if first.Owned() == beside.Owned() && !beside.Owned() {
				t.Error("nobody took over")
			}
		})
	}
}

// TestSocketOfTheKilled leaves what a killed owner leaves.
func TestSocketOfTheKilled(t *testing.T) {
	dir := t.TempDir()
	if err := openTest(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(socketOf(dir), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if e := openTest(t, dir); e == nil {
		t.Error("not opened")
	}
}

// TestRebuild swaps the collection under queries that go on, from the owner and from beside it.
func TestRebuild(t *testing.T) {
	for _, who := range []string{"owner", "beside"} {
		t.Run(who, func(t *testing.T) {
			dir := t.TempDir()
			first := openTest(t, dir)
			rebuilder := first
			if who == "beside" {
				rebuilder = openTest(t, dir)
			}
			put := func(w search.Writer, ids ...string) {
				for _, id := range ids {
					batch := search.Batch{Put: []search.Record{{Document: gongwen.Document{ID: id, Text: "依法行政"}}}}
					if err := w.Write(t.Context(), batch); err != nil {
						t.Error(err)
					}
				}
			}
			put(first, "a", "b")
			stop := make(chan struct{})
			var wait sync.WaitGroup
			for range 4 {
				wait.Go(func() {
					for {
						select {
						case <-stop:
							return
						default:
						}
						result, err := first.Search(t.Context(), search.Request{Query: search.Run{Text: "法"}})
						if err != nil || result.Total != 2 && result.Total != 3 {
							t.Errorf("during a rebuild: %+v, %v", result, err)
							return
						}
					}
				})
			}
			err := rebuilder.Rebuild(t.Context(), func(e search.Engine) error {
				put(e, "x", "y", "z")
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			close(stop)
			wait.Wait()
			if err := rebuilder.Rebuild(t.Context(), func(search.Engine) error { return context.Canceled }); !errors.Is(err, context.Canceled) {
				t.Errorf("a rebuild that fails: %v", err)
			}
			for _, e := range []*Engine{first, rebuilder} {
				known, err := e.Known(t.Context())
				if err != nil || len(known) != 3 {
					t.Errorf("after the rebuild %d documents, %v, want 3", len(known), err)
				}
			}
			if err := errors.Join(rebuilder.Close(), first.Close()); err != nil {
				t.Fatal(err)
			}
			again := openTest(t, dir)
			if known, err := again.Known(t.Context()); err != nil || len(known) != 3 {
				t.Errorf("opened again: %d documents, %v", len(known), err)
			}
			if folders, _ := filepath.Glob(filepath.Join(dir, "index*")); len(folders) != 1 {
				t.Errorf("folders left: %v", folders)
			}
		})
	}
}
