package memory

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

func TestConformance(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) search.Engine { return New(testWords(t)) })
}
