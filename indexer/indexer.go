// Package indexer answers "Here is a file: what document is it?" and writes what it found to a search.Writer.
//
// A file comes in by way of the sub-package format (its text, and what it says of itself outright) as pieces, one for a
// text, one a line for JSON lines, one a file of an archive. Each piece becomes a gongwen.Document by way of header (what
// stands around the text) and outline (its sections), and Run carries documents to a Writer in batches and says of each
// what became of it.
package indexer

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"runtime"

	"gongwen"
	"gongwen/indexer/format"
	"gongwen/indexer/gazetteer"
)

// parserVersion is part of every content hash. Raise it with each change to what is understood of a file (header,
// outline, gazetteer, formats), so that the next run reads unchanged files anew.
const parserVersion = "5"

// Version says how files are understood: where it is another, files are worth reading again though they are as they were.
func Version() string { return parserVersion }

// Options are what an Indexer can be told; the zero value is right for most.
type Options struct {
	Workers int       // documents parsed at the same time; 0 means one a core
	Stdin   io.Reader // what the path "-" reads; nil refuses "-"
	Child   string    // format.Options.Child
	Origins Origins   // nil knows of none
	// Corrections are files of corrections beside those that lie in the folders, and before them.
	Corrections []string
}

// Origins knows from which address on the web files came. That is the URL of a file's document, and of a record that
// brings none of its own.
type Origins interface {
	// Of is the address of the file at an absolute path, or of the one that the path lies in, or "".
	Of(path string) string
}

// Indexer reads files as documents. It is safe for many goroutines at once.
type Indexer struct {
	places  *gazetteer.Gazetteer
	titles  titles
	formats *format.Set
	workers int
	stdin   io.Reader
	origins Origins // or nil

	corrections []string // absolute
}

// New returns an Indexer; it fails only where the gazetteer built into the program cannot be read.
func New(options Options) (*Indexer, error) {
	places, err := gazetteer.New()
	if err != nil {
		return nil, fmt.Errorf("load gazetteer: %w", err)
	}
	workers := options.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ix := &Indexer{places: places, titles: titles{places: places}, workers: workers, stdin: options.Stdin, origins: options.Origins}
	ix.formats = format.New(format.Options{Child: options.Child})
	for _, path := range options.Corrections {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return nil, fmt.Errorf("find corrections %s: %w", path, err)
		}
		ix.corrections = append(ix.corrections, absolute)
	}
	return ix, nil
}

// Document is what the indexer understands of a text as it was copied from a page; url is where the page stood, or "".
// The document has no ID: one comes from the file it was read from. Text that cannot be read at all (binary, not
// UTF-8) is for Documents or Run to refuse; here it is taken as it is.
func (ix *Indexer) Document(page, url string) gongwen.Document {
	return ix.build(given{URL: url}, plainText(page), "")
}

// Documents yields the documents of one file, of any format that Run reads, without a collection to write them to. A
// part that cannot be read is yielded as a *RefusedError, and reading goes on after it.
func (ix *Indexer) Documents(ctx context.Context, path string) iter.Seq2[gongwen.Document, error] {
	return func(yield func(gongwen.Document, error) bool) {
		source := found{path: path, explicit: true}
		if path != stdinPath {
			absolute, err := filepath.Abs(path)
			if err != nil {
				yield(gongwen.Document{}, fmt.Errorf("find file %s: %w", path, err))
				return
			}
			source.path = absolute
		}
		corrections := ix.newCorrections()
		for piece, err := range ix.read(ctx, source, nil) {
			if ctx.Err() != nil {
				yield(gongwen.Document{}, ctx.Err())
				return
			}
			var r reading
			if err == nil {
				r, err = ix.finish(ctx, piece, corrections)
			}
			if !yield(r.document, err) {
				return
			}
		}
	}
}

// RefusedError says why a file, or a part of one, is no document.
type RefusedError = format.RefusedError

// refuse is a RefusedError whose place is filled in further up.
func refuse(reason string, values ...any) *RefusedError {
	return &RefusedError{Reason: fmt.Sprintf(reason, values...)}
}
