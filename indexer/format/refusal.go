package format

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// RefusedError says why a file, or a part of one, is no document. Reason is a Chinese sentence for the person who gave
// the file and says what to do about it.
type RefusedError struct {
	Path   string
	Line   int    // from 1; 0 for the file as a whole
	ID     string // where it was known
	Reason string
	Skip   bool // it is not meant to be read, which is no fault
	Whole  bool // it is about everything at or below Path, or an unknown part of that
}

func (e *RefusedError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s 第 %d 行：%s", e.Path, e.Line, e.Reason)
	}
	return e.Path + "：" + e.Reason
}

// refuse is a RefusedError whose place is filled in further up.
func refuse(reason string, values ...any) *RefusedError {
	return &RefusedError{Reason: fmt.Sprintf(reason, values...)}
}

var (
	errEmpty   = refuse("文件是空的，没有可以收录的内容；请检查文件是否保存完整")
	errBinary  = refuse("内容是二进制数据，不是文本；请另存为文本或其他可以收录的格式")
	errNoWords = refuse("没有正文：文件里只有空白或标记；请检查文件是否保存完整")
)

// place puts path and line into a refusal that has none yet.
func place(refused *RefusedError, path string, line int) *RefusedError {
	if refused.Path == "" {
		refused.Path = path
	}
	if refused.Line == 0 {
		refused.Line = line
	}
	return refused
}

// Refusal turns whatever went wrong with a file into a sentence for the person who gave it.
func Refusal(err error) *RefusedError { return asRefusal(err) }

func asRefusal(err error) *RefusedError {
	var refused *RefusedError
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, &refused):
		copied := *refused // errEmpty is shared
		return &copied
	case errors.Is(err, fs.ErrPermission):
		return refuse("没有读取权限；请修改文件权限，或换有权限的用户运行")
	case errors.Is(err, fs.ErrNotExist):
		return refuse("找不到这个文件；请检查路径")
	case errors.Is(err, context.DeadlineExceeded):
		return refuse("读取时间过长，已停止；文件可能已损坏，请另存一份再试")
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrFormat),
		errors.Is(err, zip.ErrChecksum),
		errors.As(err, &corrupt):
		return refuse("压缩数据已损坏（%v）；请重新下载或重新压缩", err)
	case errors.Is(err, zip.ErrAlgorithm):
		return refuse("压缩方法不受支持；请用普通的 zip 方式重新压缩")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return refuse("文件不完整，在中途断了；请重新下载")
	}
	return refuse("读取失败（%v）", err)
}
