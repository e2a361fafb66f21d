package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// bench is one run.
type bench struct {
	options
	program program
	folder  string // for what is temporary
	faults  int    // answers and runs that were wrong
}

// run does what the options ask for, one step after the other.
func run(ctx context.Context, o options) (err error) {
	if skip, err := missing(o); skip != "" || err != nil {
		fmt.Fprintln(os.Stderr, skip)
		return err
	}
	folder, err := os.MkdirTemp("", "gongwen-bench-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	b := &bench{options: o, folder: folder}
	if b.data == "" {
		b.data = filepath.Join(folder, "data")
	}
	step("build the program")
	if b.program, err = build(ctx, folder); err != nil {
		return err
	}
	printMachine(ctx, b.program)
	if len(b.files) > 0 || b.skipIndex {
		if err := b.measure(ctx); err != nil {
			return err
		}
	}
	if b.kill > 0 {
		if err := b.measureKills(ctx); err != nil {
			return err
		}
	}
	if b.faults > 0 {
		return fmt.Errorf("measure: %d faults, see the tables", b.faults)
	}
	return nil
}

// missing looks for what a run needs. Without the folder of the texts there is nothing to do, which is no fault: skip then
// says so.
func missing(o options) (skip string, err error) {
	if o.skipIndex {
		if _, err := os.Stat(o.data); err != nil {
			return "", fmt.Errorf("find index: %w", err)
		}
	} else if entries, err := os.ReadDir(o.data); err == nil && len(entries) > 0 {
		return "", fmt.Errorf("make index: folder %s is not empty; -skip-index measures what it holds", o.data)
	}
	wanted := o.files
	if o.skipIndex {
		wanted = nil
	}
	if o.kill > 0 {
		wanted = append(wanted, o.killed())
	}
	if _, err := os.Stat(o.corpora); errors.Is(err, os.ErrNotExist) && len(wanted) > 0 {
		return fmt.Sprintf("bench: skipped: the texts are not here (no folder %s); -corpora names another", o.corpora), nil
	}
	for _, file := range wanted {
		if _, err := os.Stat(file); err != nil {
			return "", fmt.Errorf("find texts: %w", err)
		}
	}
	return "", nil
}

// measure indexes, serves and asks.
func (b *bench) measure(ctx context.Context) error {
	var indexed *indexing
	if !b.skipIndex {
		var err error
		if indexed, err = b.index(ctx); err != nil {
			return err
		}
	}
	c, err := b.readCollection(ctx)
	if err != nil {
		return err
	}
	if err := b.settle(ctx, indexed, c); err != nil {
		return err
	}
	if err := b.measureStarts(ctx); err != nil {
		return err
	}
	questions, err := b.draw(c)
	if err != nil {
		return err
	}
	c.forget()
	step("serve")
	s, err := serve(ctx, b.program, b.data)
	if err != nil {
		return err
	}
	err = b.ask(ctx, s, questions, c)
	return errors.Join(err, s.stop())
}

// ask does everything that wants a running server.
func (b *bench) ask(ctx context.Context, s *server, questions *questions, c *collection) error {
	memory := []memory{s.memory()}
	if err := b.measureClasses(ctx, s, questions); err != nil {
		return err
	}
	memory = append(memory, s.memory())
	if err := b.measureThroughput(ctx, s, questions); err != nil {
		return err
	}
	printServing(append(memory, s.memory()))
	if b.recall > 0 {
		return b.measureRecall(ctx, s, c)
	}
	return nil
}

// step says on standard error what comes next.
func step(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...)
}
