// Command extraction measures how well the promises and figures of labelled reports are found. README.md says what the
// labels mean and how scores are counted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"gongwen/indexer"
)

func main() {
	set := flag.String("set", "dev", "the labelled reports: dev, heldout, heldout2, heldout3, heldout4 or seeds")
	misses := flag.Bool("misses", false, "also print what was missed and what was wrong, with its text")
	text := flag.String("text", "", "print the text of this file as the indexer serves it, and end")
	drawFrom := flag.String("draw", "", "draw commitments or figures of the texts that are named behind the flags, to be judged, and end")
	count := flag.Int("n", 60, "how many to draw")
	seed := flag.Uint64("seed", 1, "that the same are drawn again")
	flag.Parse()
	err := run(os.Stdout, *set, *misses, *text, draw{*drawFrom, *count, *seed, flag.Args()})
	if err != nil {
		fmt.Fprintln(os.Stderr, "extraction:", err)
		os.Exit(1)
	}
}

// run prints the table of a set, the text of one file, or what is drawn.
func run(out io.Writer, set string, misses bool, text string, from draw) error {
	ix, err := indexer.New(indexer.Options{Workers: 1})
	if err != nil {
		return err
	}
	if text != "" {
		page, err := os.ReadFile(text)
		if err != nil {
			return err
		}
		d := ix.Document(string(page), "")
		_, err = io.WriteString(out, d.Text)
		return err
	}
	extractors, err := builtIn()
	if err != nil {
		return err
	}
	if from.what != "" {
		return from.write(context.Background(), out, ix, extractors)
	}
	files, err := labelledSet(set)
	if err != nil {
		return err
	}
	reports, err := loadReports(ix, files)
	if err != nil {
		return err
	}
	if extractors.Figures == nil && extractors.Commitments == nil && extractors.FollowUps == nil {
		return errors.New("measure: no extractor is built in")
	}
	sheet := newSheet()
	for _, r := range reports {
		sheet.measure(r, extractors, reports)
	}
	if extractors.Commitments != nil && extractors.FollowUps != nil {
		sheet.swap(reports, extractors)
	}
	if err := sheet.write(out); err != nil || !misses {
		return err
	}
	return sheet.writeMisses(out)
}
