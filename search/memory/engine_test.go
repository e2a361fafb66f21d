package memory

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
	"gongwen/search/enginetest"
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

func TestConformance(t *testing.T) {
	t.Run("kept", func(t *testing.T) {
		enginetest.Run(t, func(t *testing.T) search.Engine { return openTest(t, t.TempDir()) })
	})
	t.Run("memory only", func(t *testing.T) {
		enginetest.Run(t, func(t *testing.T) search.Engine { return New(testWords(t)) })
	})
}

func openTest(t *testing.T, dir string) *Engine {
	t.Helper()
	e, err := Open(dir, testWords(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func write(t *testing.T, e *Engine, id, text string) {
	t.Helper()
	batch := search.Batch{Put: []search.Record{{Document: gongwen.Document{ID: id, Text: text}, Origin: search.Origin{Path: "/a", Hash: id}}}}
	if err := e.Write(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
}

func TestOneWriterAndReadersThatFollow(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	reader, err := OpenReader(dir, testWords(t)) // before the folder exists
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	writer := openTest(t, dir)
	if _, err := Open(dir, testWords(t)); !errors.Is(err, ErrInUse) {
		t.Errorf("a second owner: %v, want ErrInUse", err)
	}
	for _, id := range []string{"a", "b", "c"} {
		write(t, writer, id, "依法行政")
		if _, err := reader.Read(t.Context(), id, nil); err != nil {
			t.Errorf("the reader does not follow: %v", err)
		}
	}
	if err := reader.Write(t.Context(), search.Batch{Delete: []string{"a"}}); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("a reader writes: %v", err)
	}
}

// TestCutLog holds what is promised of a crash: wherever the file is cut, every batch before the cut is there whole, and
// the next one can be written.
func TestCutLog(t *testing.T) {
	dir := t.TempDir()
	writer := openTest(t, dir)
	path := filepath.Join(dir, logName)
	var ends []int64
	for _, id := range []string{"a", "b", "c"} {
		write(t, writer, id, "依法行政")
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, info.Size())
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for size := range int64(len(whole)) + 1 {
		cut := t.TempDir()
		if err := os.WriteFile(filepath.Join(cut, logName), whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := Open(cut, testWords(t))
		if err != nil {
			t.Fatalf("cut at %d: %v", size, err)
		}
		want := 0
		for _, end := range ends {
			if end <= size {
				want++
			}
		}
		known, err := e.Known(t.Context())
		if err != nil || len(known) != want {
			t.Fatalf("cut at %d: %d documents, %v, want %d", size, len(known), err, want)
		}
		write(t, e, "z", "又一件")
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		again := openTest(t, cut)
		if known, _ := again.Known(t.Context()); len(known) != want+1 || known["z"].Hash != "z" {
			t.Fatalf("cut at %d, then written: %d documents, want %d", size, len(known), want+1)
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCompactionKeepsTheCollection(t *testing.T) {
	dir := t.TempDir()
	writer := openTest(t, dir)
	for range compactFrom / 10 {
		for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"} {
			write(t, writer, id, "依法行政")
		}
	}
	write(t, writer, "last", "法律顾问")
	reader, err := OpenReader(dir, testWords(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(filepath.Join(dir, logName))
	if err != nil {
		t.Fatal(err)
	}
	again := openTest(t, dir)
	after, err := os.Stat(filepath.Join(dir, logName))
	if err != nil || after.Size()*10 > before.Size() {
		t.Errorf("compacted from %d to %d bytes, %v", before.Size(), after.Size(), err)
	}
	write(t, again, "later", "依法行政")
	for name, e := range map[string]*Engine{"writer": again, "reader": reader} {
		known, err := e.Known(t.Context())
		if err != nil || len(known) != 13 || known["a"].Hash != "a" {
			t.Errorf("%s knows %d documents, %v, want 13", name, len(known), err)
		}
	}
}
