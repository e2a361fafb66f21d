// Package search says what a person's query means and what comes back: the query tree and its parser, requests and
// results, the highlighter, and the interfaces that every engine implements. doc/query-syntax.md is its manual.
package search

import (
	"context"
	"time"

	"gongwen"
)

// Searcher answers questions about one collection. Implementations are safe for many goroutines at once.
type Searcher interface {
	// Search answers a request. Errors: *QueryError for what the asker can mend, ErrCursorExpired, ErrUnavailable, or
	// the context's.
	Search(ctx context.Context, request Request) (*Result, error)
	// Read returns one document with the places that q marks in it; nil marks nothing. It returns ErrNotFound for an
	// unknown ID. The document is shared: callers must not change it.
	Read(ctx context.Context, id string, q Query) (*Reading, error)
	// Status says what the collection holds.
	Status(ctx context.Context) (Status, error)
}

// Writer changes a collection.
type Writer interface {
	// Write applies a batch whole or not at all. When it returns nil the batch survives a crash of the process. Documents that
	// are not valid, or that the engine fails on, are left out: a *RejectedError names them, and all others are written.
	Write(ctx context.Context, batch Batch) error
	// Known returns what the collection remembers of every document's origin, by document ID.
	Known(ctx context.Context) (map[string]Origin, error)
}

// Exporter hands out a collection.
type Exporter interface {
	// Export calls visit for every document of one snapshot, ordered by ID, until it returns an error.
	Export(ctx context.Context, visit func(Record) error) error
}

// FactReader hands out what was found in documents.
type FactReader interface {
	// Facts calls visit with every document that holds figures or commitments, of one snapshot, in any order, until it
	// returns an error. The documents have no text and no outline and are shared: callers must not change them.
	Facts(ctx context.Context, visit func(*gongwen.Document) error) error
}

// Engine is a searcher and writer over storage of its own.
type Engine interface {
	Searcher
	Writer
	Exporter
	FactReader
	// Check looks at all that is stored and returns what is wrong with it, a line for people each.
	Check(ctx context.Context) (problems []string, err error)
	Close() error
}

// Batch is a set of changes; deletions are applied before additions. A record replaces the document with its ID.
type Batch struct {
	Put    []Record
	Delete []string
}

// Record is a document with what an indexing run must know to skip or prune it later.
type Record struct {
	Document gongwen.Document
	Origin   Origin
}

// Origin says where a document came from and what it was made of.
type Origin struct {
	Path string `json:"path,omitempty"` // the file, absolute
	Hash string `json:"hash,omitempty"` // of the content and the parser's version
	// Unnamed says that the document brought no ID: the one it has is that of its place. Where several places hold the same,
	// they are one document.
	Unnamed bool `json:"unnamed,omitempty"`
}

// Status describes a collection.
type Status struct {
	Engine    string // for people: "memory"
	Documents int
	Sections  int
	FirstYear int       // 0 where no document has a year
	LastYear  int       // 0 where no document has a year
	Updated   time.Time // of the newest change; zero for an empty collection
	Trouble   string    // what keeps the engine from storing what it is given, for operators; "" where all is well
}

// Reading is a document opened from a result.
type Reading struct {
	Document *gongwen.Document
	Title    []Part
	Marks    []gongwen.Span // in the document's Text, in order, without overlap
}
