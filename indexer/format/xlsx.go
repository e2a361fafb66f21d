package format

import (
	"encoding/xml"
	"iter"
	"math"
	"path"
	"strconv"
	"strings"
	"time"
)

// splitXLSX yields the rows of the sheets of a workbook that are not hidden.
func splitXLSX(in *input) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		data, err := in.all()
		if err == nil && isOldOffice(data) {
			data, err = in.set.convert(in.ctx, data, ".xls", "xlsx")
		}
		if err != nil {
			yield(Piece{}, err)
			return
		}
		in.rows(data)(yield)
	}
}

// rows yields the pieces of a workbook.
func (in *input) rows(data []byte) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		p, err := openPack(data, "Excel")
		if err != nil {
			yield(Piece{}, err)
			return
		}
		book, err := readWorkbook(p)
		if err != nil {
			yield(Piece{}, err)
			return
		}
		for _, sheet := range book.sheets {
			for piece, err := range splitTable(book.rows(p, sheet), sheetTitle(sheet.name)) {
				if len(book.sheets) > 1 {
					piece.Name = joinPath(in.path, sheet.name)
				}
				if !yield(piece, err) {
					return
				}
			}
		}
	}
}

// sheetTitle is the name of a sheet where it can be a title.
func sheetTitle(name string) string {
	if countHan(name) < shortestTitle {
		return ""
	}
	return cleanLine(name)
}

func joinPath(folder, name string) string {
	name = strings.ReplaceAll(name, "/", "／")
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

// workbook is what the cells of all sheets share.
type workbook struct {
	sheets  []sheet
	strings []string
	formats []cellFormat // by style
	epoch   time.Time
	left    int // bytes of text that may still come: a string may stand in any number of cells
}

type sheet struct{ name, part string }

// cellFormat is how a number is shown, as far as it changes what it means.
type cellFormat uint8

const (
	plainFormat cellFormat = iota
	dateFormat
	timeFormat
	percentFormat
)

func readWorkbook(p *pack) (*workbook, error) {
	data, err := p.read("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	if data == nil {
		return nil, refuse("不是 Excel 工作簿：里面没有 xl/workbook.xml；请用办公软件打开后重新保存")
	}
	b := &workbook{left: maxCells, epoch: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	targets, err := readRelations(p, "xl/_rels/workbook.xml.rels", "xl")
	if err != nil {
		return nil, err
	}
	x, err := newXML(data)
	if err != nil {
		return nil, err
	}
	err = x.within([]string{"workbook"}, func(xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "workbookPr":
				if v := attr(e, "date1904"); v == "1" || v == "true" {
					b.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
				}
			case "sheets":
				return x.within([]string{"sheet"}, func(e xml.StartElement) error {
					part := ""
					for _, a := range e.Attr {
						if a.Name.Local == "id" {
							part = targets[a.Value]
						}
					}
					if state := attr(e, "state"); part != "" && (state == "" || state == "visible") {
						b.sheets = append(b.sheets, sheet{attr(e, "name"), part})
					}
					return x.Skip()
				})
			}
			return x.Skip()
		})
	})
	if err != nil {
		return nil, err
	}
	if err := b.readStrings(p); err != nil {
		return nil, err
	}
	return b, b.readFormats(p)
}

// readRelations are the parts that a part refers to, by ID.
func readRelations(p *pack, part, folder string) (map[string]string, error) {
	targets := map[string]string{}
	data, err := p.read(part)
	if data == nil || err != nil {
		return targets, err
	}
	x, err := newXML(data)
	if err != nil {
		return nil, err
	}
	return targets, x.within([]string{"Relationships", "Relationship"}, func(e xml.StartElement) error {
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		targets[attr(e, "Id")] = target
		return x.Skip()
	})
}

func (b *workbook) readStrings(p *pack) error {
	data, err := p.read("xl/sharedStrings.xml")
	if data == nil || err != nil {
		return err
	}
	x, err := newXML(data)
	if err != nil {
		return err
	}
	return x.within([]string{"sst", "si"}, func(xml.StartElement) error {
		text, err := richText(x)
		b.strings = append(b.strings, text)
		return err
	})
}

// richText is the text of an element of runs, without the readings above it.
func richText(x *xmlReader) (string, error) {
	var text strings.Builder
	var runs func(e xml.StartElement) error
	runs = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			part, err := x.content()
			text.WriteString(part)
			return err
		case "r":
			return x.each(runs)
		}
		return x.Skip()
	}
	err := x.each(runs)
	return text.String(), err
}

func (b *workbook) readFormats(p *pack) error {
	data, err := p.read("xl/styles.xml")
	if data == nil || err != nil {
		return err
	}
	x, err := newXML(data)
	if err != nil {
		return err
	}
	codes := map[string]string{}
	return x.within([]string{"styleSheet"}, func(xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "numFmts":
				return x.within([]string{"numFmt"}, func(e xml.StartElement) error {
					codes[attr(e, "numFmtId")] = attr(e, "formatCode")
					return x.Skip()
				})
			case "cellXfs":
				return x.within([]string{"xf"}, func(e xml.StartElement) error {
					b.formats = append(b.formats, formatOf(attr(e, "numFmtId"), codes))
					return x.Skip()
				})
			}
			return x.Skip()
		})
	})
}

// formatOf tells what a number format shows. Those below 164 are built into Excel; 27 to 36 and 50 to 58 are dates in
// Chinese editions.
func formatOf(id string, codes map[string]string) cellFormat {
	code, own := codes[id]
	if !own {
		n, _ := strconv.Atoi(id) // none is General
		switch {
		case 14 <= n && n <= 17, n == 22, 27 <= n && n <= 31, n == 36, 50 <= n && n <= 54, n == 57, n == 58:
			return dateFormat
		case 18 <= n && n <= 21, 32 <= n && n <= 35, 45 <= n && n <= 47, n == 55, n == 56:
			return timeFormat
		case n == 9, n == 10:
			return percentFormat
		}
		return plainFormat
	}
	quoted, bracket := false, false
	result := plainFormat
	for _, r := range strings.ToLower(code) {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case quoted || bracket:
		case r == 'y' || r == 'd':
			return dateFormat
		case r == 'h' || r == 's':
			result = timeFormat
		case r == '%':
			result = percentFormat
		}
	}
	return result
}

// rows yields the rows of a sheet.
func (b *workbook) rows(p *pack, s sheet) iter.Seq2[gridRow, error] {
	return func(yield func(gridRow, error) bool) {
		data, err := p.read(s.part)
		if data == nil || err != nil {
			if err != nil {
				yield(gridRow{}, err)
			}
			return
		}
		x, err := newXML(data)
		if err != nil {
			yield(gridRow{}, err)
			return
		}
		line := 0
		err = x.within([]string{"worksheet", "sheetData", "row"}, func(e xml.StartElement) error {
			line++
			if n, err := strconv.Atoi(attr(e, "r")); err == nil && n >= line {
				line = n
			}
			cells, err := b.cells(x)
			for _, cell := range cells {
				b.left -= len(cell)
			}
			if err == nil && b.left < 0 {
				err = refuse("表格的文字超过 %d MB，其余没有读取；请拆分后再收录", maxCells>>20)
			}
			if err == nil && !yield(gridRow{line, cells}, nil) {
				err = errStopped
			}
			return err
		})
		if err != nil && err != errStopped { //nolint:errorlint // it comes back as it was given
			yield(gridRow{line: line}, err)
		}
	}
}

// maxCells bounds the text of a workbook.
const maxCells = 512 << 20

// errStopped ends the reading of XML where nobody wants more.
var errStopped = refuse("stopped")

// widestGap is how many empty cells before one are kept: a sheet may say that its only cell is in column 16384.
const widestGap = 256

func (b *workbook) cells(x *xmlReader) ([]string, error) {
	var cells []string
	err := x.each(func(e xml.StartElement) error {
		if e.Name.Local != "c" {
			return x.Skip()
		}
		if at := columnOf(attr(e, "r")); at > len(cells) && at-len(cells) <= widestGap {
			cells = append(cells, make([]string, at-len(cells))...)
		}
		text, err := b.cell(x, e)
		cells = append(cells, text)
		return err
	})
	return cells, err
}

// columnOf is the column, from 0, of a place such as AB12.
func columnOf(place string) int {
	n := 0
	for _, r := range place {
		if r < 'A' || r > 'Z' || n > 1<<20 {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

func (b *workbook) cell(x *xmlReader, e xml.StartElement) (string, error) {
	kind := attr(e, "t")
	style, err := strconv.Atoi(attr(e, "s"))
	shown := plainFormat
	if err == nil && 0 <= style && style < len(b.formats) {
		shown = b.formats[style]
	}
	value := ""
	err = x.each(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "v":
			value, err = x.content()
			return err
		case "is":
			value, err = richText(x)
			return err
		}
		return x.Skip()
	})
	switch kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && 0 <= i && i < len(b.strings) {
			return b.strings[i], nil
		}
		return "", err
	case "b":
		return map[string]string{"0": "否", "1": "是"}[value], err
	case "e":
		return "", err
	case "", "n":
		return b.number(value, shown), err
	}
	return value, err
}

// number writes a number as its cell shows what it means: a date, a share, or digits.
func (b *workbook) number(value string, shown cellFormat) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.Abs(n) > 1e18 {
		return value
	}
	switch {
	case shown == dateFormat && n >= 1 && n < 2958466: // the year 10000
		return b.epoch.AddDate(0, 0, int(n)).Format("2006-01-02")
	case shown == timeFormat && n >= 0 && n < 1:
		return time.Time{}.Add(time.Duration(math.Round(n*86400)) * time.Second).Format("15:04:05")
	case shown == percentFormat:
		return digits(n*100) + "%"
	}
	return digits(n)
}

// digits writes a number with the fifteen digits that Excel knows of it.
func digits(n float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		rounded = n
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
