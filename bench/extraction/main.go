// Command extraction measures how well the promises and figures of labelled reports are found.
package main

import (
	"flag"
	"fmt"
	"os"

	"gongwen/indexer"
)

func main() {
	text := flag.String("text", "", "print the text that the indexer serves of this file, and end")
	flag.Parse()
	ix, err := indexer.New(indexer.Options{Workers: 1})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	page, err := os.ReadFile(*text)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	d := ix.Document(string(page), "")
	if flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, d.Title, d.Year, d.Published, d.Source, d.Issuer, d.Kind)
	}
	fmt.Print(d.Text)
}
