// Package format answers "Here are the bytes of a file: what text and what metadata do they hold?"
//
// Useful for: every kind of file that offices have, in every encoding, one document a file or many. Not for: what the
// text means, where its header ends, which sections it has. To add a format is to write one file of this package and
// one row of New.
//
// Limits: what is no text (pictures of pages, drawings, formulas as objects) is not read.
package format

import (
	"context"
	"errors"
	"io"
	"iter"
	"path"
	"strings"
	"time"
)

// Document is what a file says, before anybody asks what it means.
type Document struct {
	Fields Fields
	// Text is the words, lines parted by "\n", without markup. Where Headings or Pages are set, or Clean is, no line is
	// blank or has white space at its ends, and cells of a row are parted by tabs.
	Text     string
	Headings []Heading // the headings that the format names, in order
	Pages    []int     // the bytes of Text at which pages begin, where the format has pages; the first is 0
	Record   bool      // a field of a record: a body, unless it looks like a page
	// Name stands in for a title that is nowhere in the text, or is "".
	Name  string
	Notes []string // what could not be used, for the person who gave the file
	// Encoding is that of the text, as people write it, where the file is one: UTF-8, GB18030 …
	Encoding string
}

// Fields are what a file says of its document outright, as it is written there. Empty strings are unknown.
type Fields struct {
	ID, Title, Date, Published, Signed, Year, Source, Region, Department, Issuer, Kind, Status, Effective, Expires, Number, URL string
}

// Heading is a heading that the format names: its line, the byte of the text where that begins, and its level from 1.
type Heading struct {
	Line  string
	Start int
	Level int
}

// Piece is a part of a file that is one document, not yet parsed.
type Piece struct {
	Name    string // path of the part within the file, parted by "/"; "" where it is the file itself
	Line    int    // where it begins, from 1; 0 for a whole part
	Ordinal int    // position among the records of the part, from 1; 0 for a part that is one document
	Format  string // of the part, as people call it; also of one that is refused, where it is known
	Data    []byte // what decides whether it has changed
	// Encoding is that of a file of many documents, where it was found out for all of them; it goes before
	// Document.Encoding. Else "".
	Encoding string
	// Parse reads the piece to the end. Errors are a *RefusedError.
	Parse func(ctx context.Context) (Document, error)
}

// Options are what a Set can be told; the zero value reads everything in this process.
type Options struct {
	// Child is a program, mostly this one, that calls ServeChild when its first argument is ChildArgument. Parsers that
	// may hang or eat memory run in it and are killed when their time is over. "" runs them here, where they cannot be
	// stopped.
	Child string
	// ChildTime is how long a file may take there; 0 means two minutes.
	ChildTime time.Duration
	// Office is the program of LibreOffice; "" looks for soffice and libreoffice.
	Office string
}

// Set is the formats that are read. It is safe for many goroutines at once.
type Set struct {
	formats []format
	options Options
}

// format is one kind of file.
type format struct {
	name       string // as people call it
	extensions string // parted by blanks
	// split yields the pieces of a file in order. It holds no more than one piece at a time. A *RefusedError is about a
	// piece and the next may follow; any other error ends the file.
	split func(in *input) iter.Seq2[Piece, error]
}

// New returns every format.
func New(options Options) *Set {
	return &Set{options: options, formats: []format{
		{"文本", ".txt .text", splitWhole(parseText)},
		{"Markdown", ".md .markdown", splitWhole(parseMarkdown)},
		{"JSON", ".jsonl .ndjson .json", splitJSON},
		{"HTML", ".html .htm .shtml .xhtml .jhtml", splitWhole(parseHTML)},
		{"Word", ".docx .docm .dotx", splitWhole(parseDOCX)},
		{"Excel", ".xlsx .xlsm", splitXLSX},
		{"旧版 Word、WPS 文字", ".doc .wps .wpt .rtf .odt", splitWhole(parseOffice)},
		{"旧版 Excel、WPS 表格", ".xls .et .ods", splitOffice},
		{"CSV", ".csv .tsv", splitCSV},
		{"PDF", ".pdf", splitWhole(parsePDF)},
		{"OFD", ".ofd", splitWhole(parseOFD)},
		{"邮件", ".eml .mht .mhtml", splitEML},
		{"zip", ".zip", splitZip},
		{"tar", ".tar .tgz", splitTar},
	}}
}

// Extensions returns the extensions of all formats, in the order of the table.
func (s *Set) Extensions() []string {
	var all []string
	for _, f := range s.formats {
		all = append(all, strings.Fields(f.extensions)...)
	}
	return all
}

// Known reports whether files of this name are read: they have a known extension, or none.
func (s *Set) Known(name string) bool {
	ext := Extension(withoutGzip(name))
	return ext == "" || s.byExtension(ext) != nil
}

// named is the format that a name tells of, as people call it, or "".
func (s *Set) named(name string) string {
	if f := s.byExtension(Extension(path.Base(withoutGzip(name)))); f != nil {
		return f.name
	}
	return ""
}

func (s *Set) byExtension(ext string) *format {
	for i := range s.formats {
		for known := range strings.FieldsSeq(s.formats[i].extensions) {
			if known == ext {
				return &s.formats[i]
			}
		}
	}
	return nil
}

// Read yields the pieces of a file. Whatever is wrong comes as a *RefusedError, whose path is that within the file; one
// with Whole set is about the rest of the file or of a part of it.
func (s *Set) Read(ctx context.Context, file File) iter.Seq2[Piece, error] {
	return s.read(ctx, file, "", 0, &budget{maxArchive, maxEntries})
}

// read is Read for a part of a file, at a path within it, in so many archives.
func (s *Set) read(ctx context.Context, file File, path string, depth int, left *budget) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		name := s.named(file.Name) // until the bytes say better
		whole := func(err error) {
			refused := asRefusal(err)
			refused.Whole = true
			yield(Piece{Name: path, Format: name}, place(refused, path, 0))
		}
		in, err := s.open(ctx, file, path, depth, left)
		if err != nil {
			whole(err)
			return
		}
		name = in.format.name
		some := false
		for p, err := range in.format.split(in) {
			var refused *RefusedError
			if err != nil && !errors.As(err, &refused) {
				whole(err)
				return
			}
			some = true
			if p.Name == "" {
				p.Name = path
			}
			if p.Name == path && p.Format == "" {
				p.Format = name
			}
			if p.Encoding == "" {
				p.Encoding = in.encoding
			}
			if err != nil {
				err = place(refused, p.Name, p.Line)
			}
			if !yield(p, err) {
				return
			}
		}
		if !some {
			whole(errEmpty)
		}
	}
}

// splitWhole makes a format of a function that reads a whole file as one document.
func splitWhole(parse func(ctx context.Context, in *input, data []byte) (Document, error)) func(*input) iter.Seq2[Piece, error] {
	return func(in *input) iter.Seq2[Piece, error] {
		return func(yield func(Piece, error) bool) {
			data, err := in.all()
			if err == nil && len(data) == 0 {
				return
			}
			known := in.detached()
			yield(Piece{Data: data, Parse: func(ctx context.Context) (Document, error) {
				return parse(ctx, known, data)
			}}, err)
		}
	}
}

// File is a file to be read.
type File struct {
	Name   string // its path, or the last part of it
	Reader io.Reader
	// At reads the same bytes at any place, where that is possible; Size is how many there are.
	At   io.ReaderAt
	Size int64
}
