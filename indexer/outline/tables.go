package outline

import "strings"

// markTables marks the lines that were rows or cells of a table. The numbers in a table's first column count its rows
// (一、本年新收… in a disclosure report), not the sections of the text.
func markTables(lines []line) {
	for i := range lines {
		lines[i].table = isCell(lines[i].text) || isRow(lines[i].text)
	}
	// Backwards, so that the label of a group of rows sees that what follows it is a row.
	for i := len(lines) - 2; i >= 0; i-- {
		l, next := &lines[i], &lines[i+1]
		if l.table || longer(l.text, maxCell) || l.ended() {
			continue
		}
		switch {
		case isCell(next.text):
			// A short line with a figure below it is the name of a row, unless a chapter of the text just has a
			// short answer: those do not come one after the other.
			l.table = i+2 < len(lines) && (isCell(lines[i+2].text) || !lines[i+2].ended() || lines[i+2].table)
		case l.label.style != styleNone && next.label.style != styleNone && next.table && !isCell(next.text):
			l.table = i > 0 && (lines[i-1].table || !lines[i-1].ended() && !longer(lines[i-1].text, maxCell))
		}
	}
}

// maxCell is the number of characters up to which a line may be a cell.
const maxCell = 30

// isCell reports a figure, a dash or a word for nothing that stands alone.
func isCell(s string) bool {
	switch s {
	case "无", "—", "-", "/", "——":
		return true
	}
	if len(s) > 24 {
		return false
	}
	figures := false
	for _, r := range s {
		if digit(r) >= 0 {
			figures = true
		} else if !strings.ContainsRune(".,，%％+-—/", r) {
			return false
		}
	}
	// 1. and 二. are labels whose heading stands on the next line.
	return figures && !strings.ContainsRune(".．、", lastRune(s))
}

// isRow reports several cells on one line, parted by bars, tabs or spaces.
func isRow(s string) bool {
	// One tab may part a label from its heading.
	if strings.IndexByte(s, '|') >= 0 || strings.Contains(s, "｜") {
		return true
	}
	tabs := strings.Count(s, "\t")
	if tabs > 1 {
		return true
	}
	// Most lines hold no white space at all, and looking for every kind of it is slow.
	if tabs == 0 && strings.IndexByte(s, ' ') < 0 && !strings.Contains(s, "\u3000") && !strings.Contains(s, "\u00a0") {
		return false
	}
	i := strings.LastIndexFunc(s, blank)
	if i < 0 || !isCell(strings.TrimLeftFunc(s[i:], blank)) {
		return false
	}
	return !strings.ContainsAny(s, "。；")
}
