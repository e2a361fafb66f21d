package indexer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"crypto/sha256"
	"encoding/hex"

	"gongwen"
	"gongwen/indexer/format"
)

// piece is a part of a file that is one document, not yet read.
type piece struct {
	path string // of the file, and behind it that of the part within the file
	format.Piece
}

// draft is a document with its name known and the rest still to be read, so that an unchanged one costs little.
type draft struct {
	id     string
	finish func(ctx context.Context) (document gongwen.Document, notes []string, err error)
}

// stdinPath names standard input where a path is asked for.
const stdinPath = "-"

// finish reads a piece to the end. A panic in the parsers refuses the piece and nothing else.
func (ix *Indexer) finish(ctx context.Context, p piece) (document gongwen.Document, notes []string, err error) {
	d, err := ix.begin(ctx, p)
	if err != nil {
		return gongwen.Document{}, nil, err
	}
	return complete(ctx, p, d)
}

// begin names the document of a piece. A record is parsed for that, since it may bring an ID of its own.
func (ix *Indexer) begin(ctx context.Context, p piece) (d draft, err error) {
	defer recovered(&err, p, "")
	if p.Ordinal == 0 {
		return draft{wholeID(p), func(ctx context.Context) (gongwen.Document, []string, error) {
			parsed, err := p.Parse(ctx)
			if err != nil {
				return gongwen.Document{}, nil, placed(err, p, "")
			}
			if parsed.Name == "" {
				parsed.Name = stem(p.path)
			}
			if address := ix.origin(p.path); address != "" {
				parsed.Fields.URL = address // where it was got is surer than what its tags say
			}
			return ix.document(parsed)
		}}, nil
	}
	parsed, err := p.Parse(ctx)
	if err != nil {
		return draft{}, placed(err, p, "")
	}
	if parsed.Fields.URL == "" {
		parsed.Fields.URL = ix.origin(p.path)
	}
	id := parsed.Fields.ID
	if id == "" {
		// By position, so that a line that was changed replaces what it was before.
		id = fileID(p.path + "#" + strconv.Itoa(p.Ordinal))
	}
	return draft{id, func(context.Context) (gongwen.Document, []string, error) { return ix.document(parsed) }}, nil
}

// origin is the address that the file at a path came from, or "".
func (ix *Indexer) origin(path string) string {
	if ix.origins == nil {
		return ""
	}
	return ix.origins.Of(path)
}

// document builds the document of what was parsed and refuses one without a word.
func (ix *Indexer) document(parsed format.Document) (gongwen.Document, []string, error) {
	given, notes := ix.given(parsed.Fields)
	document, more := ix.build(given, source{parsed}, parsed.Name)
	notes = append(append(parsed.Notes, notes...), more...)
	switch {
	case document.Text != "":
		return document, notes, nil
	case parsed.Record:
		return document, notes, refuse("没有正文：text 里只有标题或标记；请补上正文，或删去这一行")
	}
	return document, notes, refuse("没有正文：文件里只有空白或标记；请检查文件是否保存完整")
}

// complete is draft.finish with the place of the piece in its errors.
func complete(ctx context.Context, p piece, d draft) (document gongwen.Document, notes []string, err error) {
	defer recovered(&err, p, d.id)
	document, notes, err = d.finish(ctx)
	document.ID = d.id
	return document, notes, placed(err, p, d.id)
}

func recovered(err *error, p piece, id string) {
	if cause := recover(); cause != nil {
		*err = placed(refuse("解析时程序出错（%v）。这是程序的缺陷，请把这份文件交给维护者", cause), p, id)
	}
}

// placed puts path, line and ID into a refusal that has none yet.
func placed(err error, p piece, id string) error {
	if refused := (*RefusedError)(nil); errors.As(err, &refused) {
		refused.Path = p.path
		if refused.Line == 0 {
			refused.Line = p.Line
		}
		if refused.ID == "" {
			refused.ID = id
		}
	}
	return err
}

// read yields the pieces of a file. Whatever is wrong with it comes as a *RefusedError. count, if not nil, is told of
// the bytes read from disk.
func (ix *Indexer) read(ctx context.Context, source found, count func(int64)) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		stopped := false
		err := ix.pieces(ctx, source, count, func(p piece, err error) bool {
			stopped = !yield(p, err)
			return !stopped
		})
		if err != nil && !stopped {
			yield(piece{path: source.path}, placed(asRefusal(err), piece{path: source.path}, ""))
		}
	}
}

// pieces is read without the last step: its error is about the file as a whole, or the rest of it.
func (ix *Indexer) pieces(ctx context.Context, source found, count func(int64), yield func(piece, error) bool) (err error) {
	inYield := false
	defer func() {
		// A panic of the caller's own must not pass for one of a format.
		if inYield {
			return
		}
		if cause := recover(); cause != nil {
			err = refuse("读取时程序出错（%v）。这是程序的缺陷，请把这份文件交给维护者", cause)
		}
	}()
	file, closeFile, err := ix.openFile(source.path, count)
	if err != nil {
		return err
	}
	defer closeFile()
	for part, err := range ix.formats.Read(ctx, file) {
		p := piece{source.path, part}
		if part.Name != "" {
			p.path = source.path + "/" + part.Name
		}
		inYield = true
		goOn := yield(p, placed(err, p, ""))
		inYield = false
		if !goOn {
			return nil
		}
	}
	return nil
}

// openFile opens a file for reading, and the function that closes it: nothing can be lost, as it is only read from.
func (ix *Indexer) openFile(path string, count func(int64)) (format.File, func(), error) {
	if count == nil {
		count = func(int64) {}
	}
	if path == stdinPath {
		if ix.stdin == nil {
			return format.File{}, nil, refuse("这里不能读标准输入，请给出文件名")
		}
		return format.File{Reader: &countingReader{ix.stdin, nil, count}}, func() {}, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return format.File{}, nil, err
	}
	closeFile := func() { _ = file.Close() }
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = refuse("这是文件夹；请给出其中的一个文件")
	}
	if err != nil {
		closeFile()
		return format.File{}, nil, err
	}
	counted := &countingReader{file, file, upTo(info.Size(), count)}
	return format.File{Name: path, Reader: counted, At: counted, Size: info.Size()}, closeFile, nil
}

func asRefusal(err error) error { return format.Refusal(err) }

// fileID names the document of a whole file: stable from run to run, whatever is in the file.
func fileID(path string) string { return shortHash([]byte(path)) }

// wholeID names the document of a file by the path; what came by standard input has only its content.
func wholeID(p piece) string {
	if p.path == stdinPath || strings.HasPrefix(p.path, stdinPath+"/") {
		return shortHash(p.Data)
	}
	return fileID(p.path)
}

// contentHash is what tells an unchanged document: the same bytes read by the same parser. It knows no path, so that
// it can be compared across files.
func contentHash(data []byte) string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "gongwen/indexer %s\n", parserVersion)
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func shortHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// stem is the name of a file where it can stand in for a lost title: without extension, and with Han in it.
func stem(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".gz")
	name = name[:len(name)-len(format.Extension(strings.ToLower(name)))]
	han := 0
	for _, r := range name {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han < 4 {
		return ""
	}
	return strings.TrimSpace(name)
}

// upTo is count for at most so many bytes: an archive is read in parts, some of them twice.
func upTo(size int64, count func(int64)) func(int64) {
	return func(n int64) {
		n = min(n, size)
		size -= n
		count(n)
	}
}

type countingReader struct {
	io.Reader
	at    io.ReaderAt
	count func(int64)
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.count(int64(n))
	return n, err
}

func (r *countingReader) ReadAt(p []byte, offset int64) (int, error) {
	n, err := r.at.ReadAt(p, offset)
	r.count(int64(n))
	return n, err
}
