// Command bench builds an index of real texts with the program as users run it and measures it: indexing, disk, memory, the
// time to readiness, and over HTTP the latency of classes of queries with facets and marks, and how many queries are
// answered at once. It also looks for what must never happen: a run that is not found, a document that a kill lost.
// README.md tells how to read the tables.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

// options are what one run is told.
type options struct {
	corpora   string
	files     []string // paths; none where only kills are asked for
	data      string   // "" for a temporary folder
	skipIndex bool
	queries   int
	classes   *regexp.Regexp // of queries by their names; all are drawn
	clients   []int
	seed      uint64
	recall    int
	kill      int
}

// theCorpora are the files that the figures of the project are made with.
const theCorpora = "state-council-reports.jsonl.gz,provincial-reports-2026.jsonl.gz,laws.jsonl.gz,law-articles.jsonl.gz"

func main() {
	o, err := readOptions(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err == nil {
		err = interruptible(o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// readOptions reads the command line.
func readOptions(arguments []string) (o options, err error) {
	var files, clients, classes string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&o.corpora, "corpora", filepath.FromSlash("../shared/corpora"), "`folder` of the texts, which are no part of the project")
	flags.StringVar(&files, "files", theCorpora, "`files` to index, parted by commas, in the folder of the texts or by path; empty for kills alone")
	flags.StringVar(&o.data, "data", "", "data `folder` to build in and to keep; empty for a temporary one")
	flags.BoolVar(&o.skipIndex, "skip-index", false, "measure what the data folder holds, without indexing")
	flags.IntVar(&o.queries, "queries", 200, "`number` of queries of each class; 0 for none")
	flags.StringVar(&classes, "classes", "", "`pattern` of the names of the classes to ask; empty for all")
	flags.StringVar(&clients, "clients", "1,4,16", "`numbers` of clients that ask at once, parted by commas; empty for none")
	flags.Uint64Var(&o.seed, "seed", 1, "`number` that the drawing of queries begins with")
	flags.IntVar(&o.recall, "recall", 0, "`number` of random runs that must be found and marked")
	flags.IntVar(&o.kill, "kill", 0, "`number` of times to kill an indexing process and look for all that it reported")
	if err := flags.Parse(arguments); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("read options: %q is none; -files names the files", flags.Arg(0))
	}
	for name := range strings.SplitSeq(files, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if filepath.Base(name) == name {
			name = filepath.Join(o.corpora, name)
		}
		o.files = append(o.files, name)
	}
	for count := range strings.SplitSeq(clients, ",") {
		if count = strings.TrimSpace(count); count == "" {
			continue
		}
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 {
			return o, fmt.Errorf("read options: -clients: %q is no number of clients", count)
		}
		o.clients = append(o.clients, n)
	}
	if o.classes, err = regexp.Compile(classes); err != nil {
		return o, fmt.Errorf("read options: -classes: %w", err)
	}
	if o.skipIndex && o.data == "" {
		return o, errors.New("read options: -skip-index needs -data")
	}
	return o, nil
}

// interruptible runs until it is done or interrupted; child processes end with it.
func interruptible(o options) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, o)
}
