// Package sheet writes tables for spreadsheet programs: CSV and XLSX, row by row.
//
// Useful for: lists of any length with a head line. Not for: reading tables, formulas, charts. Limits: an XLSX holds
// MaxRows rows and the first 32,767 characters of a text.
package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"gongwen"
)

// Writer takes the rows of a table. A cell is a string, an int, a bool, a gongwen.Decimal, or nil for an empty one.
type Writer interface {
	Row(cells []any) error
	// Close writes what is left to be written. It must be called once, also after an error.
	Close() error
}

// MaxRows is the most rows of an XLSX, its head line included.
const MaxRows = excelize.TotalRows

// ErrTooLong is the error for a row beyond MaxRows.
var ErrTooLong = errors.New("table too long for XLSX")

// byteOrderMark tells spreadsheet programs that a CSV is UTF-8.
const byteOrderMark = "\ufeff"

type csvWriter struct{ rows *csv.Writer }

// NewCSV returns a writer of CSV (RFC 4180) in UTF-8 with the head line. A marked one begins with a byte order mark, without
// which spreadsheet programs take Chinese for another encoding. Text that a spreadsheet would take for a formula gets a ' in
// front; numbers are digit by digit as they are.
func NewCSV(to io.Writer, marked bool, head []string) (Writer, error) {
	if marked {
		if _, err := io.WriteString(to, byteOrderMark); err != nil {
			return nil, fmt.Errorf("write CSV: %w", err)
		}
	}
	w := &csvWriter{csv.NewWriter(to)}
	if err := w.rows.Write(head); err != nil {
		return nil, fmt.Errorf("write CSV: %w", err)
	}
	return w, nil
}

func (w *csvWriter) Row(cells []any) error {
	row := make([]string, len(cells))
	for i, cell := range cells {
		switch cell := cell.(type) {
		case nil:
		case string:
			row[i] = Inert(cell)
		case int:
			row[i] = strconv.Itoa(cell)
		case bool:
			row[i] = strconv.FormatBool(cell)
		case gongwen.Decimal:
			row[i] = string(cell)
		default:
			return fmt.Errorf("write CSV: cell of type %T", cell)
		}
	}
	if err := w.rows.Write(row); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (w *csvWriter) Close() error {
	w.rows.Flush()
	if err := w.rows.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// Inert keeps a spreadsheet from taking text for a formula.
func Inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

type xlsxWriter struct {
	to   io.Writer
	file *excelize.File
	rows *excelize.StreamWriter
	last int
	bad  error
}

// NewXLSX returns a writer of a workbook with one sheet of this name and the head line, which stays in sight. Rows are kept
// in a temporary file; to is written to on Close. Text is text there, whatever it begins with; a number of more digits than
// a spreadsheet can keep is text too.
func NewXLSX(to io.Writer, name string, head []string) (Writer, error) {
	w := &xlsxWriter{to: to, file: excelize.NewFile()}
	if err := w.open(name, head); err != nil {
		return nil, errors.Join(fmt.Errorf("write XLSX: %w", err), w.file.Close())
	}
	return w, nil
}

func (w *xlsxWriter) open(name string, head []string) (err error) {
	if err = w.file.SetSheetName(w.file.GetSheetName(0), name); err != nil {
		return err
	}
	if w.rows, err = w.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err = w.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	bold, err := w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	cells := make([]any, len(head))
	for i, name := range head {
		cells[i] = excelize.Cell{StyleID: bold, Value: name}
	}
	w.last = 1
	return w.rows.SetRow("A1", cells)
}

func (w *xlsxWriter) Row(cells []any) error {
	if w.last == MaxRows {
		w.bad = ErrTooLong
		return ErrTooLong
	}
	row := make([]any, len(cells))
	for i, cell := range cells {
		switch cell := cell.(type) {
		case nil, string, int, bool:
			row[i] = cell
		case gongwen.Decimal:
			row[i] = number(cell)
		default:
			return fmt.Errorf("write XLSX: cell of type %T", cell)
		}
	}
	w.last++
	if err := w.rows.SetRow("A"+strconv.Itoa(w.last), row); err != nil {
		w.bad = fmt.Errorf("write XLSX: %w", err)
	}
	return w.bad
}

// number is a decimal as a spreadsheet keeps it: a double where that has all its digits, else text.
func number(d gongwen.Decimal) any {
	n, err := strconv.ParseFloat(string(d), 64)
	if err != nil || strconv.FormatFloat(n, 'f', -1, 64) != string(d) || digits(d) > maxDigits {
		return string(d)
	}
	return n
}

// maxDigits is how many digits spreadsheets keep of a number.
const maxDigits = 15

func digits(d gongwen.Decimal) int {
	return len(strings.Trim(strings.ReplaceAll(strings.TrimPrefix(string(d), "-"), ".", ""), "0"))
}

func (w *xlsxWriter) Close() error {
	err := w.bad
	if err == nil {
		err = w.rows.Flush()
	}
	if err == nil {
		err = w.file.Write(w.to)
	}
	if closed := w.file.Close(); err == nil {
		err = closed
	}
	if err != nil && w.bad == nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return w.bad
}
