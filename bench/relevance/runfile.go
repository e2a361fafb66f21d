package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
)

// runFile keeps every answer in TREC's format, each after a comment with the query's figures.
type runFile struct {
	file *os.File
	to   *bufio.Writer
}

// newRunFile makes a file; "" makes none, and writing to it does nothing.
func newRunFile(path string) (*runFile, error) {
	if path == "" {
		return &runFile{}, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("write answers: %w", err)
	}
	return &runFile{file, bufio.NewWriter(file)}, nil
}

func (r *runFile) write(kind, query string, ids []string, f figures) {
	if r.to == nil {
		return
	}
	_, _ = fmt.Fprintf(r.to, "# %s %s nDCG@10 %.4f MRR@10 %.4f R@10 %.4f R@100 %.4f\n", kind, query, f.NDCG10, f.MRR10, f.Recall10, f.Recall100)
	for rank, id := range ids {
		_, _ = fmt.Fprintf(r.to, "%s Q0 %s %d %d %s\n", query, id, rank+1, len(ids)-rank, kind)
	}
}

// close reports what writing could not do.
func (r *runFile) close() error {
	if r.to == nil {
		return nil
	}
	return errors.Join(r.to.Flush(), r.file.Close())
}
