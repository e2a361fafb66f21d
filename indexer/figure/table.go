package figure

import (
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
	kind kind
}

// cell is one cell of a flattened table.
type cell struct {
	gongwen.Span
	text  string // without white space around it
	line  int
	count bool // it holds a number
	null  bool // it stands for a number that is missing
	value decimal
	share bool // a % stands behind the number
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
	case strings.ContainsAny(text, "|\t｜"):
		for _, c := range cells(line, 0, 0) {
			if c.count {
				return row
			}
		}
	case strings.ContainsAny(text, " \u3000\u00a0"):
		if k := spaced(text); k != running {
			return k
		}
	}
	if len(text) > maxLabel*utf8.UTFMax || utf8.RuneCountInString(text) > maxLabel || endsAny(text, "。", "；", "！", "？", "，", "、", ";", ".", "：", ":") {
		return running
	}
	return label
}

// spaced tells what a line is whose cells may be parted by spaces: it ends in numbers, and what stands before them is short.
func spaced(text string) kind {
	last := strings.LastIndexFunc(text, unicode.IsSpace)
	if last < 0 || strings.ContainsAny(text, "。；") {
		return running
	}
	if tail := strings.TrimFunc(text[last:], unicode.IsSpace); !isCount(tail) && !isNull(tail) {
		return running
	}
	fields := strings.Fields(text)
	counts, apart := 0, true
	for i := len(fields) - 1; i >= 0 && (isCount(fields[i]) || isNull(fields[i])); i-- {
		counts++
		apart = apart && len(fields[i]) == 1
	}
	switch {
	case counts == len(fields) || counts > 1 && utf8.RuneCountInString(fields[len(fields)-counts-1]) <= maxLabel:
		return row
	case counts == 1 && utf8.RuneCountInString(fields[len(fields)-2]) <= maxLabel && !strings.ContainsAny(fields[len(fields)-2], "，、："):
		return weak
	}
	return running
}

// isCount reports whether a cell is a number and nothing else.
func isCount(s string) bool {
	_, _, ok := readCell(s)
	return ok
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

// readCell reads a cell that is a number.
func readCell(s string) (value decimal, share, ok bool) {
	if len(s) > maxCell || s == "" {
		return decimal{}, false, false
	}
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsDigit(r) && r != '-' && r != '+' && r != '－' && r != '＋' {
		return decimal{}, false, false
	}
	folded := s
	if !isASCII(s) {
		folded = analyzers.Fold(s)
	}
	digits := strings.TrimLeft(folded, "+-")
	if len(folded)-len(digits) > 1 || digits == "" || !isDigit(digits[0]) || len(digits) > 1 && digits[0] == '0' && isDigit(digits[1]) {
		return decimal{}, false, false
	}
	value, end, ok := readDigits(digits, 0, false)
	if strings.HasPrefix(digits[end:], "%") {
		share = true
		end++
	}
	if strings.HasPrefix(folded, "-") {
		value = value.negative()
	}
	return value, share, ok && end == len(digits)
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
	parts := func(r rune) bool { return unicode.IsSpace(r) }
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
		c.value, c.share, c.count = readCell(text)
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
	return all
}

// lines cuts a text into its lines and tells of each what it may be for a table.
func lines(text string) []lineOf {
	all := make([]lineOf, 0, strings.Count(text, "\n")+1)
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		all = append(all, lineOf{gongwen.Span{Start: start, End: end}, kindOf(text[start:end])})
		start = end + 1
	}
	return all
}

// maxGap is how many lines without a number lie between the rows of one table at most.
const maxGap = 60

// block returns how many lines from the first on make up a table, from its headings to its last row, or are none and need
// no second look.
func block(text string, all []lineOf) (lines int, isTable bool) {
	last, since, i := -1, 0, 0
	for ; i < len(all) && all[i].kind != running && since <= maxGap; i++ {
		since++
		switch l := all[i]; {
		case l.kind == row || l.kind == weak && isTable:
			last, since, isTable = i, 0, true
		case l.kind == weak:
			last, since = i, 0
		case !isTable && l.kind == label:
			isTable = isHeading(l.Cut(text))
		}
	}
	if last >= 0 && isTable {
		return last + 1, true
	}
	if since > maxGap {
		return 1, false
	}
	return max(i, 1), false
}

// table reads the cells of a flattened table one after the other.
type table struct {
	labels  []cell // headings since the last row, in order
	columns []string
	run     []cell // numbers of the row that is being read
	unit    string // that a heading names: 万元, 件
	context bool   // a heading shows that numbers are counted here
	found   func(gongwen.Figure)
}

// readTable gives the figures of a table's lines to found, in order.
// Headings may be running text as well: prose reads them.
func readTable(text string, all []lineOf, found func(gongwen.Figure), prose func(gongwen.Span)) {
	t := table{found: found}
	for number, l := range all {
		if l.kind == empty {
			continue
		}
		line := l.Cut(text)
		var row []cell
		if l.kind == label && !strings.ContainsAny(line, "|\t｜") {
			row = headings(line, l.Start, number)
			t.endRow()
			prose(l.Span)
		} else {
			row = withoutSerial(cells(line, l.Start, number))
		}
		if areYears(row) {
			for i := range row {
				row[i].count = false
			}
		}
		for _, c := range row {
			if c.count || c.null {
				t.run = append(t.run, c)
				continue
			}
			t.endRow()
			t.addLabel(c)
		}
	}
	t.endRow()
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
		if c.value.scale != 0 || c.value.digits < 1990 || c.value.digits > 2100 || c.share {
			return false
		}
		counts++
	}
	return counts > 1
}

// maxLabels is how many headings are kept in mind.
const maxLabels = 64

func (t *table) addLabel(c cell) {
	if len(t.labels) >= maxLabels {
		t.labels = append(t.labels[:0], t.labels[maxLabels/2:]...)
	}
	t.labels = append(t.labels, c)
	if isHeading(c.text) {
		t.context = true
	}
	if before, unit, ok := unitNamed(c.text); ok && strings.Trim(before, "（(") == "" {
		t.unit = unit
	}
}

// isHeading reports whether a text heads numbers.
func isHeading(text string) bool {
	for _, word := range []string{"数量", "件数", "金额", "总计", "合计", "总数", "次数", "人数", "单位：", "单位:", "份数", "条数", "数据", "统计数", "结果维持"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return strings.HasSuffix(text, "数") || strings.HasSuffix(text, "率") || strings.HasSuffix(text, "额")
}

// endRow tells the numbers of a row by what stands before them.
func (t *table) endRow() {
	run := t.run
	t.run = nil
	if len(run) == 0 {
		return
	}
	heads := t.labels
	t.labels = nil
	if rows, columns, ok := resultsOf(heads, len(run)); ok {
		for i, c := range run {
			t.give(c, rows[i/len(resultNames)], columns[i%len(resultNames)], "")
		}
		return
	}
	name, unit := "", ""
	switch {
	case len(heads) == 0:
	case standAlone(heads, run):
		// Headings on a line of their own and a row without one: the line above them names the row.
		line := heads[len(heads)-1].line
		at := len(heads)
		for at > 0 && heads[at-1].line == line {
			at--
		}
		t.columns = texts(heads[at:])
		if at > 0 {
			name = heads[at-1].text
		}
	default:
		name = heads[len(heads)-1].text
		heads = heads[:len(heads)-1]
		if len(heads) > 0 && isUnitCell(name) {
			unit, name = name, heads[len(heads)-1].text
			heads = heads[:len(heads)-1]
		}
		t.head(heads, len(run))
	}
	if len(run) == 1 && !t.context {
		return
	}
	for i, c := range run {
		column := ""
		if len(t.columns) == len(run) {
			column = t.columns[i]
		}
		t.give(c, name, column, unit)
	}
}

// standAlone reports whether the last headings fill a line and are as many as the numbers of the row below.
func standAlone(heads, run []cell) bool {
	last := heads[len(heads)-1].line
	if run[0].line == last || len(run) < 2 {
		return false
	}
	count := 0
	for i := len(heads) - 1; i >= 0 && heads[i].line == last; i-- {
		count++
	}
	return count == len(run)
}

func texts(cells []cell) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = c.text
	}
	return all
}

// isUnitCell reports a cell that holds the unit of its row.
func isUnitCell(text string) bool {
	u, _, ok := readUnit(analyzers.Fold(text), 0)
	return ok && u.text == analyzers.Fold(text) && u.measure <= rates || text == "万元" || text == "亿元"
}

// head finds the headings of so many columns among the cells between two rows.
func (t *table) head(heads []cell, count int) {
	if columns := applicantsOf(heads, count); columns != nil {
		t.columns = columns
		return
	}
	if count == 1 {
		for i := len(heads) - 1; i >= 0; i-- {
			if isHeading(heads[i].text) && !isRowLabel(heads[i].text) {
				t.columns = []string{heads[i].text}
				return
			}
		}
		return
	}
	if len(heads) < count {
		return
	}
	last := heads[len(heads)-count:]
	for _, h := range last {
		if isRowLabel(h.text) {
			return
		}
	}
	t.columns = texts(last)
}

// isRowLabel reports a heading that is numbered, as those of rows and chapters are.
func isRowLabel(text string) bool {
	rest := strings.TrimLeft(text, "（(")
	end := 0
	for end < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[end:])
		if !(r < utf8.RuneSelf && isDigit(byte(r))) && hanDigit(r) < 0 && r != '十' {
			break
		}
		end += size
	}
	return end > 0 && hasAny(rest[end:], "、", "）", ")", ".", "．") || strings.HasPrefix(text, "第")
}

// give hands on one number with its headings.
func (t *table) give(c cell, name, column, unit string) {
	if c.null || !c.count {
		return
	}
	f := gongwen.Figure{Span: c.Span, Row: name, Column: column, Year: ofReport, Rule: "table"}
	if c.share {
		f.Unit = "%"
	}
	value := c.value
	if unit == "" {
		unit = t.unitOf(name, column)
	}
	switch {
	case c.share:
	case unit == "万元":
		value, _ = value.times(4)
		f.Unit = "元"
	case unit == "亿元":
		value, _ = value.times(8)
		f.Unit = "元"
	default:
		f.Unit = analyzers.Fold(unit)
	}
	if year := headingYear(column); year > 0 {
		f.Year = year
	}
	f.Value = value.Decimal()
	f.Noun = noun(name)
	t.found(f)
}

// noun is the heading of a row without its label.
func noun(name string) string {
	if !isRowLabel(name) || strings.HasPrefix(name, "第") {
		return name
	}
	i := strings.IndexAny(name, "、）).．")
	_, size := utf8.DecodeRuneInString(name[i:])
	return strings.TrimSpace(name[i+size:])
}

// unitNamed cuts a heading at 单位：.
func unitNamed(text string) (before, unit string, ok bool) {
	for _, mark := range []string{"单位：", "单位:"} {
		if before, unit, ok = strings.Cut(text, mark); ok {
			return before, strings.TrimRight(unit, "）) "), true
		}
	}
	return text, "", false
}

// unitOf is the unit that headings name.
func (t *table) unitOf(name, column string) string {
	for _, text := range []string{column, name} {
		if _, unit, ok := unitNamed(text); ok {
			return unit
		}
		for _, unit := range []string{"万元", "亿元", "元", "件", "宗", "人次", "次", "人", "条", "个", "份", "%"} {
			if strings.HasSuffix(text, "（"+unit+"）") || strings.HasSuffix(text, "("+unit+")") {
				return unit
			}
		}
	}
	if strings.HasSuffix(column, "件数") {
		return "件"
	}
	return t.unit
}
