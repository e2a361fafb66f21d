package indexer

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"unicode/utf8"
)

var byteOrderMark = []byte("\ufeff")

// checkStart refuses what is no UTF-8 text by its first bytes and takes a byte order mark off.
func checkStart(reader *bufio.Reader) error {
	start, err := reader.Peek(peekSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case len(start) == 0:
		return errEmpty
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		return refuse("文件是 UTF-16 编码；请另存为 UTF-8 后再收录")
	case bytes.HasPrefix(start, byteOrderMark):
		_, err := reader.Discard(len(byteOrderMark))
		return err
	case bytes.IndexByte(start, 0) >= 0:
		return errBinary
	}
	return nil
}

var errBinary = refuse("内容是二进制数据，不是文本；请另存为 UTF-8 文本后再收录")

// checkText refuses data that is no UTF-8 text: binary, in another encoding, or nothing but white space.
func checkText(data []byte) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return errEmpty
	}
	controls := 0
	for _, b := range data {
		if b == 0 {
			return errBinary
		}
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != '\v' {
			controls++
		}
	}
	// A page copied by hand may hold one or two; a tenth of all bytes are no text.
	if controls > 8 && controls > len(data)/10 {
		return errBinary
	}
	if offset := invalidUTF8(data); offset >= 0 {
		return refuse("不是 UTF-8（可能是 GBK）：第 %d 字节处无法识别；请另存为 UTF-8 后再收录", offset)
	}
	return nil
}

// invalidUTF8 is the offset of the first byte that is no UTF-8, or -1.
func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

func isFlate(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}
