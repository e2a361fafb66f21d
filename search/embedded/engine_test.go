package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gongwen/analyzers"
	"gongwen/search"
	"gongwen/search/embedded/segment"
	"gongwen/search/enginetest"
	"gongwen/search/memory"
)

var loaded = sync.OnceValues(func() (*analyzers.Words, error) { return analyzers.NewWords() })

func testWords(t testing.TB) *analyzers.Words {
	t.Helper()
	words, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func openTest(t testing.TB, dir string) *Engine {
	t.Helper()
	e, err := Open(dir, testWords(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func TestConformance(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) search.Engine { return openTest(t, t.TempDir()) })
}

// compareEngines asks both engines the same and wants the same answer, to the last fragment; only the order of hits whose
// scores differ by rounding is left open.
func compareEngines(t *testing.T, got, want search.Searcher, request search.Request) {
	t.Helper()
	g, err := got.Search(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	w, err := want.Search(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	g.Took, w.Took = 0, 0
	if (g.Next == "") != (w.Next == "") {
		t.Errorf("next %q, want %q", g.Next, w.Next)
	}
	g.Next, w.Next = "", ""
	if diff := cmp.Diff(w, g, cmpopts.EquateApprox(1e-9, 0), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%v %v: -memory +embedded\n%s", request.Query, request.Filters, diff)
	}
}

// TestSameAnswersAsTheOracle runs generated changes and queries on both engines, with merges and reopenings between.
func TestSameAnswersAsTheOracle(t *testing.T) {
	dir := t.TempDir()
	oracle := memory.New(testWords(t))
	e, err := Open(dir, testWords(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	rounds := 40
	if testing.Short() {
		rounds = 10
	}
	w := enginetest.NewWorkload(11)
	for round := range rounds {
		batch := w.Batch()
		for _, engine := range []search.Writer{oracle, e} {
			if err := engine.Write(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
		}
		if round%10 == 9 {
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			if e, err = Open(dir, testWords(t)); err != nil {
				t.Fatal(err)
			}
		}
		for range 12 {
			compareEngines(t, e, oracle, w.Request(t))
		}
		known, err := e.Known(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want, err := oracle.Known(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, known); diff != "" {
			t.Fatal(diff)
		}
		compared := 0
		for id := range want {
			got, err := e.Read(t.Context(), id, nil)
			if err != nil {
				t.Fatal(err)
			}
			original, err := oracle.Read(t.Context(), id, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(original, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatal(diff)
			}
			if compared++; compared == 12 {
				break // others each time
			}
		}
	}
}

// TestSecondOwnerIsTold opens an index twice.
func TestSecondOwnerIsTold(t *testing.T) {
	dir := t.TempDir()
	openTest(t, dir)
	if _, err := Open(dir, testWords(t)); !errors.Is(err, ErrInUse) {
		t.Errorf("a second owner: %v, want ErrInUse", err)
	}
}

// TestDamagedFilesAreNamed damages each side file in turn: the index is not opened, the file is named, and with the file
// mended everything is there.
func TestDamagedFilesAreNamed(t *testing.T) {
	dir := t.TempDir()
	e := openTest(t, dir)
	w := enginetest.NewWorkload(3)
	for range 3 {
		if err := e.Write(t.Context(), w.Batch()); err != nil {
			t.Fatal(err)
		}
	}
	before, err := e.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	zaps, err := segmentFiles(dir)
	if err != nil || len(zaps) == 0 {
		t.Fatalf("segments %v, %v", zaps, err)
	}
	for _, path := range zaps {
		path += segment.Suffix
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for name, damaged := range map[string][]byte{"changed": flip(whole), "cut": whole[:len(whole)/2], "empty": {}, "missing": nil} {
			if name == "missing" {
				err = os.Remove(path)
			} else {
				err = os.WriteFile(path, damaged, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			if opened, err := Open(dir, testWords(t)); err == nil {
				t.Errorf("%s %s: opened", path, name)
				_ = opened.Close()
			} else if !strings.Contains(err.Error(), filepath.Base(path)) {
				t.Errorf("%s %s: %v does not name the file", path, name, err)
			}
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	after, err := openTest(t, dir).Status(t.Context())
	if err != nil || after.Documents != before.Documents {
		t.Errorf("mended: %+v, %v, want %d documents", after, err, before.Documents)
	}
}

func flip(data []byte) []byte {
	data = slices.Clone(data)
	data[len(data)/3] ^= 1
	return data
}

// TestOrphansAreRemoved lets an index live until its first segments are merged away.
func TestOrphansAreRemoved(t *testing.T) {
	dir := t.TempDir()
	e := openTest(t, dir)
	w := enginetest.NewWorkload(5)
	for range 60 {
		if err := e.Write(t.Context(), w.Batch()); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := openTest(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	zaps, _ := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
	sides, _ := filepath.Glob(filepath.Join(dir, "store", "*"+segment.Suffix))
	if len(zaps) != len(sides) {
		t.Errorf("%d segments, %d side files", len(zaps), len(sides))
	}
}
