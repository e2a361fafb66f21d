package analyzers_test

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"gongwen/analyzers"
)

// The analyzer in an ordinary Bleve mapping: register it under a name, name it as the default, search.
func ExampleBleve() {
	words, err := analyzers.NewWords()
	if err != nil {
		fmt.Println(err)
		return
	}
	err = registry.RegisterAnalyzer("zh_words", func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return analyzers.NewBleve(words), nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "zh_words"
	index, err := bleve.NewMemOnly(mapping)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = index.Close() }()
	_ = index.Index("report", map[string]any{"text": "積極推進“一村一法律顾问”工作。"})

	for _, query := range []string{"顾问", "法律顾问", "積極", "积极推进", "律师"} {
		result, err := index.Search(bleve.NewSearchRequest(bleve.NewMatchPhraseQuery(query)))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(query, result.Total)
	}
	// Output:
	// 顾问 1
	// 法律顾问 1
	// 積極 1
	// 积极推进 1
	// 律师 0
}
