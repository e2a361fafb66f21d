// Command scaling indexes the same real texts with the embedded engine, on a cluster of one node and on one of three, and
// measures all three with the same queries: indexing, bytes, latency by class of query, and queries a second. doc/scaling.md
// reads its tables.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"gongwen/analyzers"
	"gongwen/indexer"
	"gongwen/search"
	"gongwen/search/cluster"
	"gongwen/search/embedded"
	"gongwen/search/memory"
	"gongwen/test/opensearch"
)

type options struct {
	files   []string
	limit   int
	queries int
	clients int
	seed    uint64
}

func main() {
	var o options
	var corpora, files string
	flag.StringVar(&corpora, "corpora", filepath.FromSlash("../shared/corpora"), "`folder` of the texts, which are no part of the project")
	flag.StringVar(&files, "files", "state-council-reports.jsonl.gz,provincial-reports-2026.jsonl.gz,laws.jsonl.gz", "`files` to index, parted by commas")
	flag.IntVar(&o.limit, "limit", 600, "`number` of documents to index at most")
	flag.IntVar(&o.queries, "queries", 40, "`number` of queries of each class")
	flag.IntVar(&o.clients, "clients", 4, "`number` of clients that ask at once")
	flag.Uint64Var(&o.seed, "seed", 1, "`number` that the drawing of queries begins with")
	flag.Parse()
	for name := range strings.SplitSeq(files, ",") {
		o.files = append(o.files, filepath.Join(corpora, name))
	}
	if err := interruptible(o); err != nil {
		fmt.Fprintln(os.Stderr, "scaling:", err)
		os.Exit(1)
	}
}

// interruptible runs until it is done or interrupted; clusters end with it.
func interruptible(o options) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, o)
}

func run(ctx context.Context, o options) (err error) {
	words, err := analyzers.NewWords()
	if err != nil {
		return fmt.Errorf("load dictionary: %w", err)
	}
	records, bytes, err := read(ctx, o, words)
	if err != nil {
		return err
	}
	questions := draw(records, o)
	fmt.Printf("%d documents, %.1f MB of text; %d processors; %s\n\n", len(records), float64(bytes)/1e6, runtime.NumCPU(), runtime.Version())
	dir, err := os.MkdirTemp("", "gongwen-scaling-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	path := filepath.Join(dir, "embedded")
	engine, err := embedded.Open(path, words)
	if err != nil {
		return err
	}
	m := measurement{name: "embedded", engine: engine, size: func() (int64, error) { return sizeOf(path) }}
	if err := errors.Join(m.run(ctx, records, bytes, questions, o), engine.Close()); err != nil {
		return err
	}
	for _, nodes := range []int{1, 3} {
		if err := onCluster(ctx, filepath.Join(dir, fmt.Sprint("nodes", nodes)), nodes, words, records, bytes, questions, o); err != nil {
			return err
		}
	}
	return nil
}

func onCluster(
	ctx context.Context, dir string, nodes int, words *analyzers.Words, records []search.Record, bytes int64, questions []question, o options,
) (err error) {
	c, err := opensearch.Start(ctx, dir, nodes, "-XX:TieredStopAtLevel=4")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	engine, err := cluster.Open(ctx, cluster.Options{Addresses: c.Addresses(), Replicas: -1}, words)
	if err != nil {
		return err
	}
	var pids []int
	for i := range nodes {
		pids = append(pids, c.PID(i))
	}
	m := measurement{
		name: fmt.Sprintf("opensearch, %d nodes", nodes), engine: engine, pids: pids,
		size: func() (int64, error) { return storeSize(ctx, c.Addresses()[0]) },
	}
	return errors.Join(m.run(ctx, records, bytes, questions, o), engine.Close())
}

// read understands the documents of the files.
func read(ctx context.Context, o options, words *analyzers.Words) (records []search.Record, bytes int64, err error) {
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		return nil, 0, err
	}
	all := memory.New(words)
	if _, err := ix.Run(ctx, all, o.files, indexer.RunOptions{}); err != nil {
		return nil, 0, err
	}
	err = all.Export(ctx, func(r search.Record) error {
		if len(records) < o.limit {
			records = append(records, r)
			bytes += int64(len(r.Document.Text))
		}
		return nil
	})
	return records, bytes, err
}

// sizeOf is the size of all files below a folder.
func sizeOf(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// measurement is one engine.
type measurement struct {
	name   string
	engine search.Engine
	size   func() (int64, error)
	pids   []int // of the nodes
}

const batchSize = 100

func (m measurement) run(ctx context.Context, records []search.Record, bytes int64, questions []question, o options) error {
	start, used := time.Now(), busy(m.pids)
	for from := 0; from < len(records); from += batchSize {
		if err := m.engine.Write(ctx, search.Batch{Put: records[from:min(from+batchSize, len(records))]}); err != nil {
			return err
		}
	}
	took := time.Since(start)
	used = busy(m.pids) - used
	size, err := m.size() // before a snapshot keeps files that merging replaced
	if err != nil {
		return err
	}
	status, err := m.engine.Status(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("## %s\n\nindexed %.1f MB in %.1f s: %.2f MB/s, %.2f MB a second of processor; %d sections; "+
		"%.1f MB stored, %.2f times the text, %d bytes a document, %d a section\n\n",
		m.name, float64(bytes)/1e6, took.Seconds(), float64(bytes)/1e6/took.Seconds(), float64(bytes)/1e6/used.Seconds(), status.Sections,
		float64(size)/1e6, float64(size)/float64(bytes), int(size)/max(status.Documents, 1), int(size)/max(status.Sections, 1))
	return m.ask(ctx, questions, o)
}
