package owner

import (
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
