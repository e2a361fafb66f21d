package embedded

import (
	"sync"
	"testing"

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
