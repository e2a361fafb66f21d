package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
	"gongwen/search/embedded"
	"gongwen/search/embedded/segment"
)

// Bleve's own queries work on the index too: words that our analyzer cuts are looked up in the texts.
func ExampleEngine_Index() {
	words, err := analyzers.NewWords()
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "gongwen-example-")
	if err != nil {
		log.Fatal(err)
	}
	engine, err := embedded.Open(dir, words)
	if err != nil {
		log.Fatal(err)
	}
	var batch search.Batch
	for id, text := range map[string]string{"a": "聘请法律顾问十名。", "b": "法律知识讲座，顾问到场。", "c": "政务公开。"} {
		batch.Put = append(batch.Put, search.Record{Document: gongwen.Document{ID: id, Text: text}})
	}
	if err := engine.Write(context.Background(), batch); err != nil {
		log.Fatal(err)
	}

	// A conjunction of the words into which the analyzer cuts 法律顾问, compounds and their parts.
	var terms []query.Query
	for _, token := range analyzers.NewBleve(words).Analyze([]byte("法律顾问")) {
		term := bleve.NewTermQuery(string(token.Term))
		term.SetField(segment.TextField)
		terms = append(terms, term)
	}
	found, err := engine.Index().Search(bleve.NewSearchRequest(bleve.NewConjunctionQuery(terms...)))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(found.Total, found.Hits[0].ID)
	if err := errors.Join(engine.Close(), os.RemoveAll(dir)); err != nil {
		log.Fatal(err)
	}
	// Output: 1 a
}
