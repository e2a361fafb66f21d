package format

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
	"unicode/utf8"
)

const (
	// maxDepth is how many archives may lie in each other: a year of messages with zipped attachments has three.
	maxDepth = 3
	// maxEntries and maxArchive bound what one file unpacks to, all that lies in it included.
	maxEntries = 200_000
	maxArchive = 8 << 30
	// maxRatio is how many times its packed size an entry of more than minBomb bytes may have. Text reaches twenty.
	maxRatio = 500
	minBomb  = 8 << 20
)

// budget is what may still be unpacked of a file.
type budget struct {
	bytes   int64
	entries int
}

var errOverBudget = refuse("解压后总量过大（超过 %d GB 或 %d 个文件），可能是压缩炸弹，其余没有读取", maxArchive>>30, maxEntries)

// metered takes what is read from the budget.
type metered struct {
	io.Reader
	*budget
}

func (m metered) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	if m.bytes -= int64(n); m.bytes < 0 {
		return 0, asRefusal(errOverBudget)
	}
	return n, err
}

// splitZip yields the pieces of the files in a zip archive.
func splitZip(in *input) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		if in.depth >= maxDepth {
			yield(Piece{}, refuse("压缩包嵌套超过 %d 层，没有读取；请先解开", maxDepth))
			return
		}
		at, size := in.at, in.size
		if at == nil {
			data, err := in.all()
			if err != nil {
				yield(Piece{}, err)
				return
			}
			at, size = bytes.NewReader(data), int64(len(data))
		}
		z, err := zip.NewReader(at, size)
		if err == nil && !endsWhole(at, size) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			yield(Piece{}, refuse("压缩包不完整或已损坏（%v）；请重新下载或重新压缩", err))
			return
		}
		for _, f := range z.File {
			e := entry{name: f.Name, mode: f.Mode(), open: f.Open}
			if f.NonUTF8 || !utf8.ValidString(f.Name) {
				e.name = archiveName(f.Name)
			}
			switch {
			case f.Flags&1 != 0:
				e.refusal = refuse("已加密，无法读取；请去掉密码后重新压缩")
			case f.UncompressedSize64 > minBomb && f.UncompressedSize64/maxRatio > f.CompressedSize64:
				e.refusal = refuse("压缩比异常（%d 倍），可能是压缩炸弹，没有读取", f.UncompressedSize64/max(f.CompressedSize64, 1))
			}
			if !in.entry(e, yield) {
				return
			}
		}
	}
}

// endsWhole reports whether an archive ends with its directory. One that was cut off may have another archive in it, whose
// directory would be taken for its own.
func endsWhole(at io.ReaderAt, size int64) bool {
	const shortest, longestComment = 22, 1<<16 - 1
	tail := make([]byte, min(size, shortest+longestComment))
	if n, err := at.ReadAt(tail, size-int64(len(tail))); n < len(tail) && err != nil {
		return false
	}
	for i := len(tail) - shortest; i >= 0; i-- {
		if string(tail[i:i+4]) == "PK\x05\x06" && i+shortest+int(tail[i+20])+int(tail[i+21])<<8 == len(tail) {
			return true
		}
	}
	return false
}

// splitTar yields the pieces of the files in a tar archive.
func splitTar(in *input) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		if in.depth >= maxDepth {
			yield(Piece{}, refuse("压缩包嵌套超过 %d 层，没有读取；请先解开", maxDepth))
			return
		}
		t := tar.NewReader(in.Reader)
		for {
			h, err := t.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Piece{}, refuse("压缩包不完整或已损坏（%v），从这里起没有读取；请重新下载或重新压缩", err))
				return
			}
			name := h.Name
			if !utf8.ValidString(name) {
				name = archiveName(name)
			}
			e := entry{name: name, mode: h.FileInfo().Mode(), open: func() (io.ReadCloser, error) { return io.NopCloser(t), nil }}
			if !in.entry(e, yield) {
				return
			}
		}
	}
}

// archiveName decodes the name of an entry that says nothing of its encoding: Windows packs names in GBK.
func archiveName(name string) string {
	if d, err := Decode([]byte(name), "gbk"); err == nil {
		return d.Text
	}
	return strings.ToValidUTF8(name, "_")
}

// entry is a file in an archive or a message.
type entry struct {
	name    string
	mode    fs.FileMode
	open    func() (io.ReadCloser, error)
	refusal *RefusedError // what is wrong with it, or nil
}

// entry yields the pieces of a file that lies in the input. It is false where nobody wants more.
func (in *input) entry(e entry, yield func(Piece, error) bool) bool {
	name := strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(e.name, `\`, "/"), "./"), "/")
	if e.mode.IsDir() || strings.HasSuffix(e.name, "/") || name == "" {
		return true
	}
	place := name
	if in.path != "" {
		place = in.path + "/" + name
	}
	if in.budget.entries--; in.budget.entries < 0 {
		yield(Piece{Name: place}, errOverBudget)
		return false
	}
	refused, skip := e.refusal, ""
	switch {
	case !fs.ValidPath(name) || strings.Contains(name, ":"):
		refused = refuse("文件名“%s”指向压缩包之外，没有读取；请检查压缩包的来源", name)
		place = in.path // such a path means another file
	case e.mode&fs.ModeSymlink != 0 || e.mode&fs.ModeType != 0:
		skip = "不是普通文件（链接或设备），没有读取"
	case hiddenName(name):
		skip = "名称以点开头或是系统附带的文件，没有读取"
	case !in.set.Known(path.Base(name)):
		skip = "不支持 " + Extension(strings.ToLower(name)) + " 文件，没有读取"
	}
	if skip != "" {
		refused = refuse("%s", skip)
		refused.Skip = true
	}
	if refused != nil {
		return yield(Piece{Name: place, Format: in.set.named(name)}, refused)
	}
	r, err := e.open()
	if err != nil {
		return yield(Piece{Name: place, Format: in.set.named(name)}, asRefusal(err))
	}
	defer func() { _ = r.Close() }() // only read from
	for p, err := range in.set.read(in.ctx, File{Name: name, Reader: metered{r, in.budget}}, place, in.depth+1, in.budget) {
		if !yield(p, err) {
			return false
		}
		if in.ctx.Err() != nil {
			return false
		}
	}
	return true
}

func hiddenName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" ||
			strings.HasPrefix(part, "~$") || strings.EqualFold(part, "thumbs.db") {
			return true
		}
	}
	return false
}
