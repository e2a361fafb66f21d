package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"gongwen/search"
)

//go:embed known.tsv
var knownItems string

// item is a query of somebody who looks for one document.
type item struct {
	kind, query string
	wanted      []string // IDs or whole titles, any of which is the document
}

func readItems(text string) ([]item, error) {
	var items []item
	line := 0
	for row := range strings.Lines(text) {
		line++
		if row = strings.TrimRight(row, "\r\n"); row == "" || row[0] == '#' {
			continue
		}
		columns := strings.Split(row, "\t")
		if len(columns) != 3 {
			return nil, fmt.Errorf("read known items: line %d has %d columns", line, len(columns))
		}
		items = append(items, item{columns[0], columns[1], strings.Split(columns[2], "|")})
	}
	return items, nil
}

// rank is the place of the document in an answer, from 1, or 0 where it is not among the hits asked for.
func (it *item) rank(answer found) int {
	for i, id := range answer.ids {
		if slices.Contains(it.wanted, id) || slices.Contains(it.wanted, answer.titles[i]) {
			return i + 1
		}
	}
	return 0
}

// measureKnown looks for the known items and compares their ranks with the golden ones. A query whose document falls from
// the first page is an error.
func (o *options) measureKnown(ctx context.Context, runs *runFile) (err error) {
	items, err := readItems(knownItems)
	if err != nil {
		return err
	}
	c, err := o.openCollection(ctx, "known", o.fillKnown)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	started := time.Now()
	queries := make([]string, len(items))
	for i := range items {
		queries[i] = items[i].query
	}
	answers, err := askAll(ctx, c.engine, queries, 20)
	if err != nil {
		return err
	}
	took := time.Since(started)
	ranks := make([]int, len(items))
	by := map[string][]figures{}
	kinds := []string{}
	for i := range items {
		ranks[i] = items[i].rank(answers[i])
		f := figures{}
		if ranks[i] > 0 && ranks[i] <= 10 {
			f.MRR10, f.Recall10 = 1/float64(ranks[i]), 1
		}
		if by[items[i].kind] == nil {
			kinds = append(kinds, items[i].kind)
		}
		by[items[i].kind] = append(by[items[i].kind], f)
		by["all"] = append(by["all"], f)
		runs.write("known", strings.ReplaceAll(items[i].query, " ", "_"), answers[i].ids, f)
		if o.worst > 0 && ranks[i] != 1 {
			fmt.Printf("%s: %v at %d\n", items[i].query, items[i].wanted, ranks[i])
			for n, title := range answers[i].titles[:min(3, len(answers[i].titles))] {
				fmt.Printf("    %d. %s %s\n", n+1, answers[i].ids[n], title)
			}
		}
	}
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprint(t, "known items\tqueries\tMRR@10\tfirst page\t\n")
	for _, kind := range append(kinds, "all") {
		m := mean(by[kind])
		_, _ = fmt.Fprintf(t, "%s\t%d\t%.4f\t%.4f\t\n", kind, len(by[kind]), m.MRR10, m.Recall10)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	fmt.Printf("%.1f s, %.1f ms a query\n\n", took.Seconds(), took.Seconds()*1000/float64(max(1, len(items))))
	return o.compare(items, ranks)
}

// compare tells what differs from the golden ranks, or writes new ones.
func (o *options) compare(items []item, ranks []int) error {
	if o.update {
		var b strings.Builder
		b.WriteString("# The rank of each known item, 0 beyond 20. Written by go run ./bench/relevance -only known -update.\n")
		for i := range items {
			_, _ = fmt.Fprintf(&b, "%d\t%s\n", ranks[i], items[i].query)
		}
		if err := os.WriteFile(o.golden, []byte(b.String()), 0o644); err != nil {
			return fmt.Errorf("write golden ranks: %w", err)
		}
		return nil
	}
	golden, err := os.ReadFile(o.golden)
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("compare ranks: there are no golden ones; -update writes them")
	}
	if err != nil {
		return fmt.Errorf("read golden ranks: %w", err)
	}
	before := map[string]int{}
	for row := range strings.Lines(string(golden)) {
		rank, query, ok := strings.Cut(strings.TrimRight(row, "\r\n"), "\t")
		if n, err := strconv.Atoi(rank); ok && err == nil {
			before[query] = n
		}
	}
	fell := 0
	for i := range items {
		was, ok := before[items[i].query]
		if !ok || was == ranks[i] {
			continue
		}
		note := ""
		if was >= 1 && was <= 10 && (ranks[i] == 0 || ranks[i] > 10) {
			note = "  FELL FROM THE FIRST PAGE"
			fell++
		}
		fmt.Printf("%s: %d, was %d%s\n", items[i].query, ranks[i], was, note)
	}
	if fell > 0 {
		return fmt.Errorf("compare ranks: %d fell from the first page", fell)
	}
	return nil
}

// fillKnown indexes the reports and laws beside the project and its own samples.
func (o *options) fillKnown(ctx context.Context, engine search.Engine) error {
	var paths []string
	for _, name := range []string{"state-council-reports", "provincial-reports-2026", "laws"} {
		paths = append(paths, filepath.Join(o.corpora, name+".jsonl.gz"))
	}
	batch, err := samples()
	if err != nil {
		return err
	}
	if err := files(paths...)(ctx, engine); err != nil {
		return err
	}
	return engine.Write(ctx, batch)
}
