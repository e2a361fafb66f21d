package format

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
)

// splitCSV yields the rows of a table of values parted by commas, tabs or semicolons.
func splitCSV(in *input) iter.Seq2[Piece, error] {
	return splitTable(func(yield func(gridRow, error) bool) {
		start, _ := in.Peek(readSize) // an error shows again on reading
		decoded, encoding, err := decodedReader(in.Reader, start, "")
		in.encoding = encoding
		if err != nil {
			yield(gridRow{}, err)
			return
		}
		buffered := bufio.NewReaderSize(decoded, readSize)
		start, _ = buffered.Peek(peekSize)
		if err := checkText(string(start)); err != nil {
			yield(gridRow{}, err)
			return
		}
		source := &quota{from: buffered, left: maxPiece}
		reader := csv.NewReader(source)
		reader.Comma = commaOf(start)
		reader.LazyQuotes = true
		reader.FieldsPerRecord = -1
		for {
			cells, err := reader.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			row := gridRow{cells: cells}
			if len(cells) > 0 {
				row.line, _ = reader.FieldPos(0)
			}
			if errors.Is(err, errTooLong) {
				err = refuse("从这一行开始的一条记录超过 %d MB，从这里起没有读取；请检查引号是否配对", maxPiece>>20)
			}
			if !yield(row, err) || err != nil {
				return
			}
			source.left = maxPiece
		}
	}, "")
}

// commaOf is the sign that parts the values of the first line.
func commaOf(start []byte) rune {
	line, _, _ := bytes.Cut(start, []byte("\n"))
	best, most := ',', 0
	for _, sign := range []rune{',', '\t', ';'} {
		if n := bytes.Count(line, []byte(string(sign))); n > most {
			best, most = sign, n
		}
	}
	return best
}

// quota fails with errTooLong when more is read than is left: an open quotation mark swallows the rest of a file.
type quota struct {
	from io.Reader
	left int
}

func (q *quota) Read(p []byte) (int, error) {
	if q.left <= 0 {
		return 0, errTooLong
	}
	n, err := q.from.Read(p)
	q.left -= n
	return n, err
}
