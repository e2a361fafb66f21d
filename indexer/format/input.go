package format

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
)

const (
	// maxPiece is the most bytes of a file that are taken into memory as one document. The longest law has half a
	// megabyte; what is larger is a dump in one line, or a scan.
	maxPiece = 64 << 20
	// maxText is the most bytes of text that are read as one document; the time to read grows with it. A line of JSON
	// may be longer by its other fields.
	maxText = 8 << 20
	// peekSize is how much of a file is looked at to tell one kind from another.
	peekSize = 8 << 10
	readSize = 256 << 10
	// partSize is readSize for a file in an archive: there may be very many.
	partSize = 32 << 10
)

// input is a file, or a part of one, that was opened: unpacked from gzip, its format known.
type input struct {
	*bufio.Reader
	set    *Set
	ctx    context.Context
	format *format
	// encoding is that of a file of many documents, where it was found out on opening, or "".
	encoding string
	name     string // for its extension: the last part of the path in lower case, without .gz
	path     string // within the file, "" for the file itself
	depth    int    // how many archives it lies in
	at       io.ReaderAt
	size     int64
	budget   *budget
}

// detached is what a parser may know of the input after its file was closed.
func (in *input) detached() *input {
	return &input{set: in.set, format: in.format, name: in.name, path: in.path, depth: in.depth}
}

// open unpacks gzip and finds the format: by the first bytes where they are plain, else by the name, else by what the
// first bytes look like.
func (s *Set) open(ctx context.Context, file File, within string, depth int, left *budget) (*input, error) {
	name := withoutGzip(path.Base(strings.ReplaceAll(file.Name, `\`, "/")))
	in := &input{set: s, ctx: ctx, name: name, path: within, depth: depth, budget: left}
	var packed bool
	var err error
	if in.Reader, packed, err = unpack(file.Reader, bufferSize(depth), left); err != nil {
		return nil, err
	}
	if !packed {
		in.at, in.size = file.At, file.Size
	}
	start, err := in.Peek(peekSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(start) == 0 {
		return nil, errEmpty
	}
	in.format = s.formatOf(in, start)
	return in, nil
}

func bufferSize(depth int) int {
	if depth > 0 {
		return partSize
	}
	return readSize
}

// unpack looks at the first bytes, not at the name: a .jsonl that is gzip is as welcome as a .gz that is none.
func unpack(raw io.Reader, size int, left *budget) (reader *bufio.Reader, packed bool, err error) {
	reader = bufio.NewReaderSize(raw, size)
	magic, err := reader.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return reader, false, nil
	}
	unzipped, err := gzip.NewReader(reader)
	if err != nil {
		return nil, false, err
	}
	return bufio.NewReaderSize(metered{unzipped, left}, size), true, nil
}

var (
	jsonStart = regexp.MustCompile(`^\s*(?:\[\s*)?\{\s*"`)
	htmlStart = regexp.MustCompile(`(?i)^(?:\x{feff})?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html)[\s>]`)
)

// misnamed are extensions of files that often hold something else: portals give out pages as .doc and .xls.
const misnamed = " .doc .wps .xls .et .txt "

// formatOf is the format of an input that begins so.
func (s *Set) formatOf(in *input, start []byte) *format {
	ext := Extension(in.name)
	named := s.byExtension(ext)
	open := named == nil || strings.Contains(misnamed, " "+ext+" ")
	switch {
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return s.byExtension(".pdf")
	case open && bytes.HasPrefix(start, zipMagic):
		for _, inside := range [][2]string{{"word/", ".docx"}, {"xl/", ".xlsx"}, {"OFD.xml", ".ofd"}} {
			if bytes.Contains(start, []byte(inside[0])) {
				return s.byExtension(inside[1])
			}
		}
		return s.byExtension(".zip")
	case open && htmlStart.Match(start):
		return s.byExtension(".html")
	case named != nil:
		return named
	case bytes.HasPrefix(start, oleMagic):
		return s.byExtension(".doc")
	case jsonStart.Match(start):
		return s.byExtension(".json")
	}
	return s.byExtension(".txt")
}

// all reads the input to its end, up to maxPiece.
func (in *input) all() ([]byte, error) {
	data, err := readUpTo(in, maxPiece)
	if errors.Is(err, errTooLong) {
		return nil, refuse("文件超过 %d MB，不像一份公文；请拆分成每份文件一篇，或改用 JSON lines（每行一篇）", maxPiece>>20)
	}
	return data, err
}

var errTooLong = errors.New("too long")

// readUpTo reads to the end and fails with errTooLong where that is more than limit bytes away.
func readUpTo(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, errTooLong
	}
	return data, err
}

// checkLength refuses what is no single document by its length.
func checkLength(text string) error {
	if len(text) > maxText {
		return refuse("正文有 %.1f MB，不像一份公文（上限 %d MB）；请拆分成多篇再收录", float64(len(text))/(1<<20), maxText>>20)
	}
	return nil
}

func withoutGzip(name string) string {
	name = strings.ToLower(name)
	if stem, ok := strings.CutSuffix(name, ".tgz"); ok {
		return stem + ".tar"
	}
	return strings.TrimSuffix(name, ".gz")
}

// Extension is what follows the last point of a name in lower case, where it can be the name of a format: in
// 关于1.5万亩的通知 it is not.
func Extension(name string) string {
	ext := path.Ext(name)
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
