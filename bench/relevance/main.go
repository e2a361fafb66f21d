// Command relevance measures ranking: on questions and keyword queries with judged articles, and on known items, queries
// of people who look for one document. Every query goes the way of any other: search.Parse, search.Compile, an engine.
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
	"syscall"
)

// options are what one run is told.
type options struct {
	corpora string
	data    string
	only    string
	held    bool
	worst   int
	update  bool
	run     string
	golden  string
}

func main() {
	o, err := readOptions(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		err = o.measure(ctx)
		stop()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "relevance:", err)
		os.Exit(1)
	}
}

// readOptions reads the command line.
func readOptions(arguments []string) (o options, err error) {
	flags := flag.NewFlagSet("relevance", flag.ContinueOnError)
	flags.StringVar(&o.corpora, "corpora", filepath.FromSlash("../shared/corpora"), "`folder` of the texts, which are no part of the project")
	flags.StringVar(&o.data, "data", filepath.Join(os.TempDir(), "gongwen-relevance"), "`folder` to build the indexes in; built once and kept")
	flags.StringVar(&o.only, "only", "", "one of questions, keywords, known; empty for all")
	flags.BoolVar(&o.held, "held", false, "report the held-out fold, which nothing is tuned on, beside the others")
	flags.IntVar(&o.worst, "worst", 0, "`number` of tuning queries to show that do worst, with what stands above")
	flags.BoolVar(&o.update, "update", false, "write the ranks of the known items as the new golden ones")
	flags.StringVar(&o.run, "run", "", "`file` to write every answer and every query's figures to, in TREC's format")
	flags.StringVar(&o.golden, "golden", filepath.FromSlash("bench/relevance/golden.tsv"), "`file` of the golden ranks")
	if err := flags.Parse(arguments); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("read options: %q is none", flags.Arg(0))
	}
	switch o.only {
	case "", "questions", "keywords", "known":
		return o, nil
	}
	return o, fmt.Errorf("read options: %q is no set of queries: questions, keywords or known", o.only)
}

// measure runs what was asked for and prints it.
func (o *options) measure(ctx context.Context) (err error) {
	runs, err := newRunFile(o.run)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, runs.close()) }()
	if o.only != "known" {
		if err := o.measureStatutes(ctx, runs); err != nil {
			return err
		}
	}
	if o.only == "" || o.only == "known" {
		return o.measureKnown(ctx, runs)
	}
	return nil
}
