package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	chinese "gongwen/indexer/numeral"
)

// maxGap is how many lines without a number lie between the rows of one table at most.
const maxGap = 60

// block returns how many lines from the first on make up a table, from its headings to its last row, or are none and need
// no second look.
func block(all []lineOf) (lines int, isTable bool) {
	last, since, i := -1, 0, 0
	for ; i < len(all) && all[i].kind != running && since <= maxGap; i++ {
		since++
		switch l := all[i]; {
		case l.kind == row || l.kind == weak && isTable:
			last, since, isTable = i, 0, true
		case l.kind == weak:
			last, since = i, 0
		case l.heads:
			isTable = true
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
	text    string // of the document
	labels  []cell // headings since the last row, in order
	columns []string
	run     []cell // numbers of the row that is being read
	unit    string // that a heading names: 万元, 件
	context bool   // a heading shows that numbers are counted here
	group   string // the part of the table of reviews and lawsuits that stands above
	found   func(gongwen.Figure)
}

// readTable gives the figures of a table's lines to found, in order.
// Headings may be running text as well: prose reads them.
func readTable(text string, all []lineOf, found func(gongwen.Figure), prose func(gongwen.Span)) {
	t := table{text: text, found: found}
	for number, l := range all {
		if l.kind == empty {
			continue
		}
		line := l.Cut(text)
		var row []cell
		if l.kind == label && !isBarred(line) {
			row = headings(line, l.Start, number)
			t.endRow()
			prose(l.Span)
		} else {
			row = withoutSerial(cells(line, l.Start, number))
		}
		if l.kind == label && !isBarred(line) || areYears(row) {
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
	if text := squeezed(c.text); text == "行政诉讼" || slices.Contains(resultGroups, text) {
		t.group = c.text
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
		name, heads = t.rowOf(heads)
		if len(heads) > 0 && isUnitCell(name) {
			unit = name
			name, heads = t.rowOf(heads)
		}
		if len(run) == 1 && t.group != "" && slices.Contains(resultNames, squeezed(name)) {
			t.give(run[0], t.group, name, "")
			return
		}
		t.head(heads, len(run))
		if len(run) == len(applicantNames) && isFormRow(name) {
			t.columns = applicantNames
		}
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

// isRest reports whether a heading was broken over two lines and this is the second: it closes a bracket that opens nowhere.
func isRest(name string) bool {
	opened := strings.Count(name, "（") + strings.Count(name, "(")
	return strings.Count(name, "）")+strings.Count(name, ")") > opened && !isRowLabel(name)
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
		if !(r < utf8.RuneSelf && isDigit(byte(r))) && chinese.Digit(r) < 0 && r != '十' {
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
	value := c.value
	if unit == "" {
		unit = t.unitOf(name, column)
	}
	switch {
	case c.unit != "":
		f.Unit = wide.Replace(c.unit)
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

// headingUnits may stand in brackets behind a heading: 解读（篇）.
var headingUnits = func() map[string]bool {
	all := map[string]bool{"万元": true, "亿元": true}
	for _, kind := range []measure{things, rates} {
		for _, unit := range strings.Fields(units[kind]) {
			all[unit] = true
		}
	}
	return all
}()

// bracketed is what stands in brackets at the end of a heading, or "".
func bracketed(text string) string {
	for _, pair := range [][2]string{{"（", "）"}, {"(", ")"}} {
		if i := strings.LastIndex(text, pair[0]); i >= 0 && strings.HasSuffix(text, pair[1]) {
			return text[i+len(pair[0]) : len(text)-len(pair[1])]
		}
	}
	return ""
}

// unitOf is the unit that headings name.
func (t *table) unitOf(name, column string) string {
	for _, text := range []string{column, name} {
		if _, unit, ok := unitNamed(text); ok {
			return unit
		}
		if unit := bracketed(text); headingUnits[unit] {
			return unit
		}
	}
	if strings.HasSuffix(column, "件数") {
		return "件"
	}
	return t.unit
}
