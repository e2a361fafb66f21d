package indexer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"gongwen"
)

// format is one kind of file. A new one is a type in a file of its own and a line in New.
type format interface {
	// match reports whether files of this name are of the format; name is the last part of the path, in lower case
	// and without .gz.
	match(name string) bool
	// split yields the pieces of a file in order: one for a file that is one document. It holds no more than one
	// piece at a time. A *RefusedError is about a piece and the next may follow; any other error ends the file.
	split(file *bufio.Reader) iter.Seq2[piece, error]
	// draft reads as much of a piece as is needed to name its document. Errors are a *RefusedError.
	draft(path string, p piece) (draft, error)
}

// piece is a part of a file that is one document, not yet read.
type piece struct {
	path    string
	format  format
	line    int // where it begins, from 1; 0 for a whole file
	ordinal int // position among the pieces of the file, from 1
	data    []byte
}

// draft is a document with its name known and the rest still to be read, so that an unchanged one costs no parsing.
type draft struct {
	id     string
	finish func() (document gongwen.Document, notes []string, err error)
}

const (
	// stdinPath names standard input where a path is asked for.
	stdinPath = "-"
	// maxPiece is the most bytes of a file that are taken into memory as one document. The longest law has half a
	// megabyte; what is larger is a dump in one line.
	maxPiece = 64 << 20
	// maxText is the most bytes of text that are read as one document; the time to read grows with it. A line of JSON may
	// be longer by its other fields.
	maxText = 8 << 20
	// peekSize is how much of a file is looked at to tell text from other data.
	peekSize = 8 << 10
	readSize = 256 << 10
)

// finish reads a piece to the end. A panic in the parsers refuses the piece and nothing else.
func finish(p piece) (document gongwen.Document, notes []string, err error) {
	d, err := begin(p)
	if err != nil {
		return gongwen.Document{}, nil, err
	}
	return complete(p, d)
}

// begin is format.draft with the place of the piece in its errors.
func begin(p piece) (d draft, err error) {
	defer recovered(&err, p, "")
	d, err = p.format.draft(p.path, p)
	return d, placed(err, p, d.id)
}

// complete is draft.finish with the place of the piece in its errors.
func complete(p piece, d draft) (document gongwen.Document, notes []string, err error) {
	defer recovered(&err, p, d.id)
	document, notes, err = d.finish()
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
			refused.Line = p.line
		}
		if refused.ID == "" {
			refused.ID = id
		}
	}
	return err
}

// read yields the pieces of a file. Whatever is wrong with it comes as a *RefusedError. count, if not nil, is told of
// the bytes read from disk.
func (ix *Indexer) read(source found, count func(int64)) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		stopped := false
		err := ix.pieces(source, count, func(p piece, err error) bool {
			stopped = !yield(p, err)
			return !stopped
		})
		if err != nil && !stopped {
			yield(piece{path: source.path}, placed(asRefusal(err), piece{path: source.path}, ""))
		}
	}
}

// pieces is read without the last step: its error is about the file as a whole, or the rest of it.
func (ix *Indexer) pieces(source found, count func(int64), yield func(piece, error) bool) (err error) {
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
	format, reader, close, err := ix.open(source, count)
	if err != nil {
		return err
	}
	defer close()
	some := false
	for p, err := range format.split(reader) {
		refused := (*RefusedError)(nil)
		if err != nil && !errors.As(err, &refused) {
			return err
		}
		some = true
		p.path, p.format = source.path, format
		inYield = true
		goOn := yield(p, placed(err, p, ""))
		inYield = false
		if !goOn {
			return nil
		}
	}
	if !some {
		return errEmpty
	}
	return nil
}

var errEmpty = refuse("文件是空的，没有可以收录的内容；请检查文件是否保存完整")

// open finds the format of a file by its name, or by its first bytes where the name says nothing, and unpacks gzip.
func (ix *Indexer) open(source found, count func(int64)) (format, *bufio.Reader, func(), error) {
	file, err := ix.openFile(source.path)
	if err != nil {
		return nil, nil, nil, err
	}
	var raw io.Reader = file
	if count != nil {
		raw = &countingReader{file, count}
	}
	closeFile := func() { _ = file.Close() } // only read from: nothing can be lost
	reader, err := unpack(raw)
	if err == nil {
		err = checkStart(reader)
	}
	if err != nil {
		closeFile()
		return nil, nil, nil, err
	}
	return ix.formatOf(source.path, reader), reader, closeFile, nil
}

func (ix *Indexer) openFile(path string) (io.ReadCloser, error) {
	if path != stdinPath {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		if info, err := file.Stat(); err == nil && info.IsDir() {
			_ = file.Close() // only opened
			return nil, refuse("这是文件夹；请给出其中的一个文件")
		}
		return file, nil
	}
	if ix.stdin == nil {
		return nil, refuse("这里不能读标准输入，请给出文件名")
	}
	return io.NopCloser(ix.stdin), nil
}

// unpack looks at the first bytes, not at the name: a .jsonl that is gzip is as welcome as a .gz that is none.
func unpack(raw io.Reader) (*bufio.Reader, error) {
	reader := bufio.NewReaderSize(raw, readSize)
	magic, err := reader.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return reader, nil
	}
	unzipped, err := gzip.NewReader(reader)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(unzipped, readSize), nil
}

var jsonStart = regexp.MustCompile(`^\s*(?:\[\s*)?\{\s*"`)

// formatOf is the format that the name asks for; a name that asks for none is a text, or JSON lines if it looks so.
func (ix *Indexer) formatOf(path string, reader *bufio.Reader) format {
	name := strings.TrimSuffix(strings.ToLower(filepath.Base(path)), ".gz")
	for _, format := range ix.formats {
		if extension(name) != "" && format.match(name) {
			return format
		}
	}
	start, _ := reader.Peek(peekSize) // an error shows again when the file is read
	if jsonStart.Match(start) {
		return jsonLines{ix}
	}
	return textFile{ix}
}

// known reports whether files of this name are read: they have a known extension, or none.
func (ix *Indexer) known(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	if extension(name) == "" {
		return true
	}
	for _, format := range ix.formats {
		if format.match(name) {
			return true
		}
	}
	return false
}

// extension is what follows the last point, where it can be the name of a format: in 关于1.5万亩的通知 it is not.
func extension(name string) string {
	ext := filepath.Ext(name)
	if len(ext) < 2 || len(ext) > 9 || ext == name {
		return ""
	}
	letters := false
	for _, r := range ext[1:] {
		switch {
		case 'a' <= r && r <= 'z':
			letters = true
		case '0' <= r && r <= '9':
		default:
			return ""
		}
	}
	if !letters {
		return ""
	}
	return ext
}

// asRefusal turns whatever went wrong with a file into a sentence for the person who gave it.
func asRefusal(err error) error {
	var refused *RefusedError
	switch {
	case errors.As(err, &refused):
		copied := *refused // errEmpty is shared
		return &copied
	case errors.Is(err, fs.ErrPermission):
		return refuse("没有读取权限；请修改文件权限，或换有权限的用户运行")
	case errors.Is(err, fs.ErrNotExist):
		return refuse("找不到这个文件；请检查路径")
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), isFlate(err):
		return refuse("压缩数据已损坏（%v）；请重新下载或重新压缩", err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return refuse("文件不完整，在中途断了；请重新下载")
	}
	return refuse("读取失败（%v）", err)
}

// fileID names the document of a whole file: stable from run to run, whatever is in the file.
func fileID(path string) string { return shortHash([]byte(path)) }

// contentHash is what tells an unchanged document: the same bytes read by the same parser. It knows no path, so that
// it can be compared across files.
func contentHash(data []byte) string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "gongwen/indexer %s\n", parserVersion)
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// checkLength refuses what is no single document by its length.
func checkLength(text string) error {
	if len(text) > maxText {
		return refuse("正文有 %.1f MB，不像一份公文（上限 %d MB）；请拆分成多篇再收录", float64(len(text))/(1<<20), maxText>>20)
	}
	return nil
}

func shortHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

type countingReader struct {
	io.Reader
	count func(int64)
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.count(int64(n))
	return n, err
}
