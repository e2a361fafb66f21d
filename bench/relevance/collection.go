package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"gongwen/analyzers"
	"gongwen/indexer"
	"gongwen/search"
	"gongwen/search/embedded"
	"gongwen/seeds"
)

// collection is an index that is built once and asked many times.
type collection struct{ engine search.Engine }

// openCollection opens the index of a name in the data folder and fills it where it is empty.
func (o *options) openCollection(ctx context.Context, name string, fill func(context.Context, search.Engine) error) (*collection, error) {
	words, err := analyzers.NewWords()
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(o.data, name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	engine, err := embedded.Open(folder, words)
	if err != nil {
		return nil, err
	}
	known, err := engine.Known(ctx)
	if err == nil && len(known) == 0 {
		fmt.Fprintf(os.Stderr, "relevance: index %s into %s\n", name, folder)
		err = fill(ctx, engine)
	}
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return &collection{engine}, nil
}

func (c *collection) close() error { return c.engine.Close() }

// files indexes files as the program does.
func files(paths ...string) func(context.Context, search.Engine) error {
	return func(ctx context.Context, engine search.Engine) error {
		ix, err := indexer.New(indexer.Options{})
		if err != nil {
			return err
		}
		summary, err := ix.Run(ctx, engine, paths, indexer.RunOptions{})
		if err == nil && summary.Refused > 0 {
			err = fmt.Errorf("index texts: %d were refused, the first: %s", summary.Refused, summary.Refusals[0].Reason)
		}
		return err
	}
}

// samples are the project's own documents. Each is named by its file.
func samples() (search.Batch, error) {
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		return search.Batch{}, err
	}
	return ix.Texts(seeds.Files, "*.txt", func(_ int, file string) string { return strings.TrimSuffix(file, ".txt") })
}

// found is an answer to one query: the IDs of the documents in order, and their titles.
type found struct{ ids, titles []string }

// ask puts a query as anybody would type it.
func ask(ctx context.Context, engine search.Searcher, query string, size int) (found, error) {
	q, _, err := search.Parse(query)
	if err != nil {
		return found{}, fmt.Errorf("parse %s: %w", query, err)
	}
	result, err := engine.Search(ctx, search.Request{Query: q, Size: size, Facets: 1})
	if err != nil {
		return found{}, fmt.Errorf("search %s: %w", query, err)
	}
	var f found
	for _, hit := range result.Hits {
		f.ids = append(f.ids, hit.Document.ID)
		f.titles = append(f.titles, hit.Document.Title)
	}
	return f, nil
}

// askAll puts many queries, as many at once as there are processors.
func askAll(ctx context.Context, engine search.Searcher, queries []string, size int) ([]found, error) {
	answers := make([]found, len(queries))
	errs := make([]error, len(queries))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(queries); i = int(next.Add(1)) - 1 {
				answers[i], errs[i] = ask(ctx, engine, queries[i], size)
			}
		})
	}
	wait.Wait()
	return answers, errors.Join(errs...)
}
