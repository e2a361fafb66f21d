package figure

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// kind says what a line may be for a table.
type kind int

const (
	running kind = iota // running text: it ends a table
	label               // short and without a stop: it may be a heading
	empty
	row  // it holds cells with numbers for certain
	weak // it ends in one number: a row where others stand around it
)

// lineOf is a line of the text.
type lineOf struct {
	gongwen.Span
	kind  kind
	heads bool // it is a label that heads numbers
}

// cell is one cell of a flattened table.
type cell struct {
	gongwen.Span
	text string // without white space around it
	line int
	null bool // it stands for a number that is missing
	reading
}

// reading is what a cell says.
type reading struct {
	count bool // it holds a number
	value decimal
	unit  string // behind the number: %, 件, 元; "" where it stands alone
}

// maxLabel is how many characters a heading of a table has at most: the longest of the yearly form has 40.
const maxLabel = 60

// kindOf tells what a line may be.
func kindOf(line string) kind {
	text := strings.TrimFunc(line, unicode.IsSpace)
	switch {
	case text == "":
		return empty
	case isCount(text) || isNull(text):
		return row
	case isBarred(text):
		for _, c := range cells(line, 0, 0) {
			if c.count {
				return row
			}
		}
	case endsInCount(text):
		if k := spaced(text); k != running {
			return k
		}
	}
	if len(text) > maxLabel*utf8.UTFMax || utf8.RuneCountInString(text) > maxLabel || stops.end(text) > 0 {
		return running
	}
	return label
}

// stops end sentences and clauses; headings of a table have none.
var stops = endings("。 ； ！ ？ ， 、 ; . ： :")

// isBarred reports whether a line parts its cells by bars or tabs.
func isBarred(s string) bool {
	return strings.IndexByte(s, '|') >= 0 || strings.IndexByte(s, '\t') >= 0 || strings.Contains(s, "｜")
}

// endsInCount reports whether a line may end in a cell that is a number or stands for one.
func endsInCount(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(last) || strings.ContainsRune("%％-—－/／\\元件次人个条份", last)
}

// spaced tells what a line is whose cells may be parted by spaces: it ends in numbers, and what stands before them is short.
func spaced(text string) kind {
	last := strings.LastIndexFunc(text, unicode.IsSpace)
	if last < 0 || strings.ContainsAny(text, "。；") {
		return running
	}
	if tail := strings.TrimFunc(text[last:], unicode.IsSpace); !readCell(tail).count && !isNull(tail) {
		return running
	}
	fields := strings.Fields(text)
	counts, sure := 0, false
	for i := len(fields) - 1; i >= 0 && (readCell(fields[i]).count || isNull(fields[i])); i-- {
		counts++
		sure = sure || isCount(fields[i])
	}
	switch {
	case !sure:
		return running
	case counts == len(fields) || counts > 1 && utf8.RuneCountInString(fields[len(fields)-counts-1]) <= maxLabel:
		return row
	case counts > 1:
		return running
	}
	if head := fields[len(fields)-2]; utf8.RuneCountInString(head) <= maxLabel && !strings.ContainsAny(head, "，、：") {
		return weak
	}
	return running
}

// isCount reports whether a cell is a number and nothing else.
func isCount(s string) bool {
	read := readCell(s)
	return read.count && (read.unit == "" || read.unit == "%")
}

// isNull reports a mark that stands where a number is missing.
func isNull(s string) bool {
	switch s {
	case "-", "—", "——", "－", "/", "／", "--", "\\":
		return true
	}
	return false
}

// maxCell is how many bytes a number in a cell has at most.
const maxCell = 48

// readCell reads a cell that is a number, with a unit or without.
func readCell(s string) reading {
	if len(s) > maxCell || s == "" {
		return reading{}
	}
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsDigit(r) && r != '-' && r != '+' && r != '－' && r != '＋' {
		return reading{}
	}
	folded := s
	if !isASCII(s) {
		folded = analyzers.Fold(s)
	}
	digits := strings.TrimLeft(folded, "+-")
	if len(folded)-len(digits) > 1 || !hasDigit(digits) || digits[0] == '0' && hasDigit(digits[1:]) {
		return reading{}
	}
	n, ok := readArabic(digits, 0, false)
	if !ok || n.over {
		return reading{}
	}
	read := reading{count: true, value: n.value}
	if n.end < len(digits) || n.scaled {
		u, start, ok := readUnit(digits, n.end)
		if !ok || start != n.end || n.end+len(u.text) != len(digits) || u.measure > rates {
			return reading{}
		}
		read.unit = u.text
	}
	if strings.HasPrefix(folded, "-") {
		read.value = read.value.negative()
	}
	return read
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cells cuts a line into its cells: at bars and tabs where it has some, else at white space.
func cells(line string, start, number int) []cell {
	parts := unicode.IsSpace
	if strings.ContainsAny(line, "|｜") {
		parts = func(r rune) bool { return r == '|' || r == '｜' }
	} else if strings.Contains(line, "\t") {
		parts = func(r rune) bool { return r == '\t' }
	}
	var all []cell
	add := func(from, to int) {
		text := line[from:to]
		left := strings.TrimLeftFunc(text, unicode.IsSpace)
		from += len(text) - len(left)
		text = strings.TrimRightFunc(left, unicode.IsSpace)
		if text == "" || strings.Trim(text, ":-") == "" && len(text) > 2 {
			return
		}
		c := cell{Span: gongwen.Span{Start: start + from, End: start + from + len(text)}, text: text, line: number}
		c.reading = readCell(text)
		c.null = isNull(text)
		all = append(all, c)
	}
	from := 0
	for at, r := range line {
		if parts(r) {
			add(from, at)
			from = at + utf8.RuneLen(r)
		}
	}
	add(from, len(line))
	if len(all) > 1 && all[0].line == number && !strings.ContainsAny(line, "|｜\t") && isApartWord(all[0].text, all[1].text) {
		// 合　计: a word of two characters that is spread over its cell.
		all[1].Start, all[1].text = all[0].Start, line[all[0].Start-start:all[1].End-start]
		all = all[1:]
	}
	return all
}

// isApartWord reports whether two cells are the characters of one word.
func isApartWord(a, b string) bool {
	return slices.Contains([]string{"合计", "总计", "小计", "共计"}, a+b)
}

// lines cuts a text into its lines and tells of each what it may be for a table.
func lines(text string) []lineOf {
	all := make([]lineOf, 0, strings.Count(text, "\n")+1)
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		l := lineOf{Span: gongwen.Span{Start: start, End: end}, kind: kindOf(text[start:end])}
		l.heads = l.kind == label && isHeading(text[start:end])
		all = append(all, l)
		start = end + 1
	}
	return all
}

// headings cuts a line of headings at white space where that leaves words of two characters or more.
func headings(line string, start, number int) []cell {
	all := cells(line, start, number)
	for _, c := range all {
		if utf8.RuneCountInString(c.text) < 2 {
			text := strings.TrimFunc(line, unicode.IsSpace)
			from := start + strings.Index(line, text)
			return []cell{{Span: gongwen.Span{Start: from, End: from + len(text)}, text: text, line: number}}
		}
	}
	return all
}

// withoutSerial drops the number of a row that stands before its heading.
func withoutSerial(row []cell) []cell {
	if len(row) > 2 && row[0].count && !row[1].count && !row[1].null {
		return row[1:]
	}
	return row
}

// areYears reports whether the numbers of a line are years: headings of columns.
func areYears(row []cell) bool {
	counts := 0
	for _, c := range row {
		if !c.count {
			continue
		}
		if c.value.scale != 0 || c.value.digits < 1990 || c.value.digits > 2100 || c.unit != "" {
			return false
		}
		counts++
	}
	return counts > 1
}
