// Command bench builds an index of real texts with the program as users get it, and measures: indexing, the size on disk,
// memory, the time to readiness, and the latency of classes of queries over HTTP with facets and highlighting. README.md
// has the figures.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
)

// options are what one run is told.
type options struct {
	corpora string
	files   []string
	data    string
	queries int
	seed    uint64
	recall  int
	kill    int
}

func main() {
	var o options
	var files string
	flag.StringVar(&o.corpora, "corpora", "../shared/corpora", "folder of the texts, which are no part of the project")
	flag.StringVar(&files, "files", "state-council-reports.jsonl.gz,provincial-reports-2026.jsonl.gz,laws.jsonl.gz,law-articles.jsonl.gz", "files to index")
	flag.StringVar(&o.data, "data", "", "data folder; empty for a temporary one")
	flag.IntVar(&o.queries, "queries", 200, "queries of each class")
	flag.Uint64Var(&o.seed, "seed", 1, "of the drawing of queries")
	flag.IntVar(&o.recall, "recall", 0, "random quoted runs that must be found and marked")
	flag.IntVar(&o.kill, "kill", 0, "times to kill an indexing process and look for what it reported")
	flag.Parse()
	for name := range strings.SplitSeq(files, ",") {
		o.files = append(o.files, filepath.Join(o.corpora, name))
	}
	if err := interruptible(o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// interruptible runs until it is done or interrupted; children end with it.
func interruptible(o options) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return run(ctx, o)
}

func run(ctx context.Context, o options) error {
	for _, file := range o.files {
		if _, err := os.Stat(file); err != nil {
			return fmt.Errorf("find texts: %w; -corpora names their folder", err)
		}
	}
	temporary, err := os.MkdirTemp("", "gongwen-bench-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(temporary) }()
	p, err := build(ctx, temporary)
	if err != nil {
		return err
	}
	if o.kill > 0 {
		return kill(ctx, p, o, filepath.Join(temporary, "killed"))
	}
	if o.data == "" {
		o.data = filepath.Join(temporary, "data")
	}
	texts, err := readTexts(o.files)
	if err != nil {
		return err
	}
	fmt.Printf("%d cores, %s; %d records, %.1f MB of text\n\n", runtime.NumCPU(), runtime.Version(), len(texts.all), float64(texts.bytes)/1e6)
	if err := measureIndexing(ctx, p, o, texts); err != nil {
		return err
	}
	s, err := serve(ctx, p, o.data)
	if err != nil {
		return err
	}
	defer s.stop()
	if err := measureQueries(ctx, s, o, texts); err != nil {
		return err
	}
	if err := measureThroughput(ctx, s, o, texts); err != nil {
		return err
	}
	if err := s.printMemory(); err != nil {
		return err
	}
	if o.recall > 0 {
		return recall(ctx, s, o)
	}
	return nil
}
