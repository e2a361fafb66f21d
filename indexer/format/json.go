package format

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
)

// splitJSON yields the documents of a file of many, one JSON object each: a line each (.jsonl, .ndjson, .json), the
// elements of one array, or a single object over several lines (.json).
func splitJSON(in *input) iter.Seq2[Piece, error] {
	file := in.Reader
	start, _ := file.Peek(peekSize) // an error shows again on reading
	if _, _, ok := byMark(start); ok || bytes.IndexByte(start, 0) >= 0 {
		decoded, encoding, err := decodedReader(file, start, "")
		in.encoding = encoding
		if err != nil {
			return func(yield func(Piece, error) bool) { yield(Piece{}, err) }
		}
		file = bufio.NewReaderSize(decoded, readSize)
		start, _ = file.Peek(peekSize)
	}
	start = bytes.TrimLeft(start, " \t\r\n")
	switch {
	case bytes.HasPrefix(start, []byte("[")):
		return splitArray(file)
	case opensObject(start):
		return splitObject(file)
	}
	return splitLines(file)
}

// opensObject tells an object laid out over several lines from one a line: its first line is not whole, and the next
// goes on with a name. A broken line among lines is followed by another object.
func opensObject(start []byte) bool {
	line, rest, _ := bytes.Cut(start, []byte("\n"))
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return bytes.HasPrefix(line, []byte("{")) && !json.Valid(line) && bytes.HasPrefix(rest, []byte(`"`))
}

// splitLines yields a piece a line. A line that is too long is let pass unread, so memory stays bounded by maxPiece.
func splitLines(file *bufio.Reader) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		ordinal := 0
		for line := 1; ; line++ {
			data, long, err := readLine(file, maxPiece)
			if long || len(bytes.TrimSpace(data)) > 0 {
				ordinal++
				p := recordPiece(line, ordinal, data)
				var refused error
				if long {
					p.Data = nil
					refused = refuse("这一行超过 %d MB，没有读取；请检查这一行是否缺少换行", maxPiece>>20)
				}
				if !yield(p, refused) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Piece{Line: line}, err)
				return
			}
		}
	}
}

// readLine reads to the end of the line and returns a copy of it. long says that it had more than limit bytes.
func readLine(file *bufio.Reader, limit int) (line []byte, long bool, err error) {
	for {
		part, err := file.ReadSlice('\n')
		if len(line)+len(part) > limit {
			long, line = true, nil
		}
		if !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// splitArray yields the elements of an array. JSON gives no place to go on from after a fault, so that ends the file.
func splitArray(file *bufio.Reader) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		lines := &lineReader{from: file}
		decoder := json.NewDecoder(lines)
		if _, err := decoder.Token(); err != nil {
			yield(Piece{}, lines.fault(decoder, err))
			return
		}
		for ordinal := 1; decoder.More(); ordinal++ {
			p, err := lines.next(decoder)
			p.Ordinal = ordinal
			if !yield(p, err) || err != nil {
				return
			}
		}
		if _, err := decoder.Token(); err != nil {
			yield(Piece{}, lines.fault(decoder, err))
		}
	}
}

// splitObject yields JSON values one after the other, whatever the lines.
func splitObject(file *bufio.Reader) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		lines := &lineReader{from: file}
		decoder := json.NewDecoder(lines)
		for ordinal := 1; ; ordinal++ {
			p, err := lines.next(decoder)
			if errors.Is(err, io.EOF) {
				return
			}
			p.Ordinal = ordinal
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// lineReader feeds a JSON decoder, holds it to maxPiece bytes a value and remembers where lines end.
type lineReader struct {
	from   io.Reader
	read   int64   // bytes handed out
	done   int64   // bytes that the decoder has finished with
	line   int     // lines that ended before done
	breaks []int64 // offsets of line breaks between done and read
}

var errLongValue = errors.New("value too long")

func (r *lineReader) Read(p []byte) (int, error) {
	if r.read-r.done > maxPiece {
		return 0, errLongValue
	}
	n, err := r.from.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			r.breaks = append(r.breaks, r.read+int64(i))
		}
	}
	r.read += int64(n)
	return n, err
}

// lineAt is the line, from 1, of an offset that is not before the last one asked for.
func (r *lineReader) lineAt(offset int64) int {
	passed := 0
	for passed < len(r.breaks) && r.breaks[passed] < offset {
		passed++
	}
	r.line += passed
	r.breaks = append(r.breaks[:0], r.breaks[passed:]...)
	r.done = offset
	return r.line + 1
}

// next decodes one value as raw bytes; io.EOF stands for none.
func (r *lineReader) next(decoder *json.Decoder) (Piece, error) {
	var value json.RawMessage
	if err := decoder.Decode(&value); err != nil {
		if errors.Is(err, io.EOF) {
			return Piece{}, io.EOF
		}
		return Piece{}, r.fault(decoder, err)
	}
	begin := decoder.InputOffset() - int64(len(value))
	p := recordPiece(r.lineAt(begin), 0, value)
	r.lineAt(decoder.InputOffset())
	return p, nil
}

// fault is a refusal of the rest of the file, with the line where reading failed.
func (r *lineReader) fault(decoder *json.Decoder, err error) error {
	offset := decoder.InputOffset()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		// A decoder counts the offset of an error from the value it is about.
		refused := refuse("JSON 语法错误（%v），从这里起没有读取；请检查引号、逗号和括号", syntax)
		refused.Line = r.lineAt(max(offset, min(syntax.Offset, r.read)))
		return refused
	case errors.Is(err, errLongValue):
		refused := refuse("从这一行开始的一条记录超过 %d MB，从这里起没有读取；请检查括号是否配对", maxPiece>>20)
		refused.Line = r.lineAt(offset)
		return refused
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		refused := refuse("JSON 不完整：文件在中途结束；请检查括号是否配对、文件是否保存完整")
		refused.Line = r.lineAt(r.read)
		return refused
	}
	return err
}
