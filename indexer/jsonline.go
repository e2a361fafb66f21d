package indexer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongwen"
)

// jsonLines is a file of many documents, one JSON object each: a line each (.jsonl, .ndjson, .json), the elements of
// one array, or a single object over several lines (.json).
type jsonLines struct{ ix *Indexer }

func (jsonLines) match(name string) bool {
	switch extension(name) {
	case ".jsonl", ".ndjson", ".json":
		return true
	}
	return false
}

func (jsonLines) split(file *bufio.Reader) iter.Seq2[piece, error] {
	start, _ := file.Peek(peekSize) // an error shows again on reading
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
func splitLines(file *bufio.Reader) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		ordinal := 0
		for line := 1; ; line++ {
			data, long, err := readLine(file, maxPiece)
			if long || len(bytes.TrimSpace(data)) > 0 {
				ordinal++
				p := piece{line: line, ordinal: ordinal, data: data}
				var refused error
				if long {
					p.data = nil
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
				yield(piece{line: line}, err)
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
func splitArray(file *bufio.Reader) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		lines := &lineReader{from: file}
		decoder := json.NewDecoder(lines)
		if _, err := decoder.Token(); err != nil {
			yield(piece{}, lines.fault(decoder, err))
			return
		}
		for ordinal := 1; decoder.More(); ordinal++ {
			p, err := lines.next(decoder)
			p.ordinal = ordinal
			if !yield(p, err) || err != nil {
				return
			}
		}
		if _, err := decoder.Token(); err != nil {
			yield(piece{}, lines.fault(decoder, err))
		}
	}
}

// splitObject yields JSON values one after the other, whatever the lines.
func splitObject(file *bufio.Reader) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		lines := &lineReader{from: file}
		decoder := json.NewDecoder(lines)
		for ordinal := 1; ; ordinal++ {
			p, err := lines.next(decoder)
			if errors.Is(err, io.EOF) {
				return
			}
			p.ordinal = ordinal
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
func (r *lineReader) next(decoder *json.Decoder) (piece, error) {
	var value json.RawMessage
	if err := decoder.Decode(&value); err != nil {
		if errors.Is(err, io.EOF) {
			return piece{}, io.EOF
		}
		return piece{}, r.fault(decoder, err)
	}
	begin := decoder.InputOffset() - int64(len(value))
	p := piece{line: r.lineAt(begin), data: value}
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

// loose takes a JSON string, number or truth value as text: exports write ids and years either way. null is "".
type loose struct {
	text  string
	wrong bool // it was an object or an array
}

func (l *loose) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		if plain := data[1 : len(data)-1]; bytes.IndexByte(plain, '\\') < 0 && utf8.Valid(plain) {
			l.text = string(plain) // nothing to decode
			return nil
		}
		return json.Unmarshal(data, &l.text)
	case '{', '[':
		l.wrong = true
	case 'n':
		l.text = ""
	default:
		l.text = string(data)
	}
	return nil
}

// jsonRecord is a line as ../shared's README names the fields; others are ignored.
type jsonRecord struct {
	ID         loose `json:"id"`
	Title      loose `json:"title"`
	Date       loose `json:"date"`
	Published  loose `json:"published"`
	Signed     loose `json:"signed"`
	Year       loose `json:"year"`
	Source     loose `json:"source"`
	Region     loose `json:"region"`
	Department loose `json:"department"`
	Issuer     loose `json:"issuer"`
	Kind       loose `json:"kind"`
	Status     loose `json:"status"`
	Number     loose `json:"number"`
	URL        loose `json:"url"`
	Text       loose `json:"text"`
}

func (f jsonLines) draft(path string, p piece) (draft, error) {
	var record jsonRecord
	if err := decodeRecord(p.data, &record); err != nil {
		return draft{}, err
	}
	id := record.ID.text
	if record.ID.wrong {
		return draft{}, refuse("id 不是文字；请给每条记录一个文字或数字的 id")
	}
	if id == "" {
		// By position, so that a line that was changed replaces what it was before.
		id = fileID(path + "#" + strconv.Itoa(p.ordinal))
	}
	if record.Text.wrong {
		return draft{id: id}, refuse("text 不是文字；请把正文放在一个字符串里")
	}
	if err := checkLength(record.Text.text); err != nil {
		return draft{id: id}, err
	}
	return draft{id, func() (gongwen.Document, []string, error) { return f.ix.record(record) }}, nil
}

func decodeRecord(data []byte, record *jsonRecord) error {
	if offset := invalidUTF8(data); offset >= 0 {
		return refuse("不是 UTF-8（可能是 GBK）：本行第 %d 字节处无法识别；请另存为 UTF-8 后再收录", offset)
	}
	data = bytes.TrimSpace(data)
	if bytes.IndexByte(data, 0) >= 0 {
		return asRefusal(errBinary)
	}
	err := json.Unmarshal(data, record)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return refuse("JSON 语法错误（本行第 %d 字节：%v）；请检查引号、逗号和括号", syntax.Offset, syntax)
	case err != nil || !bytes.HasPrefix(data, []byte("{")):
		return refuse("这一行不是 JSON 对象；每行应当是一个 {…}，至少有 text")
	}
	return nil
}

// record is the document of a line: given fields win, what is left out is read from text and url.
func (ix *Indexer) record(record jsonRecord) (gongwen.Document, []string, error) {
	if strings.TrimSpace(record.Text.text) == "" {
		return gongwen.Document{}, nil, refuse("没有正文：text 为空；请补上正文，或删去这一行")
	}
	given, notes := ix.given(record)
	document, more := ix.build(given, recordText(record.Text.text), "")
	notes = append(notes, more...)
	if document.Text == "" {
		return document, notes, refuse("没有正文：text 里只有标题或标记；请补上正文，或删去这一行")
	}
	return document, notes, nil
}
