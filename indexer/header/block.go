package header

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// entry is a label with its value, "" where the page leaves it empty.
type entry struct {
	field field
	value line
	line  int
	alone bool // the label stood alone on its line, with no value behind it
}

// readBlock reads the labelled values of the header, however they are laid out: label: value, several to a line, table
// cells parted by |, [ label ] value, a label line and a value line below it, labels glued to their values.
func (p *page) readBlock() {
	columns := p.hasLabelLines()
	for i := range p.header() {
		if p.isMeta[i] {
			continue // the values of the row above
		}
		if p.readRow(i) {
			continue
		}
		entries, lead := parseEntries(p.lines[i])
		if f, ok := labelOf(p.lines[i].key); ok && len(entries) == 0 && (columns || !weak[tight(p.look(i).key)]) {
			entries, lead = []entry{{field: f, alone: true}}, ""
		}
		if len(entries) == 0 {
			continue
		}
		for n := range entries {
			entries[n].line = i
		}
		if i+1 < len(p.lines) && meetingPlace.MatchString(p.lines[i+1].key) {
			continue // 时间: … / 地点: … are the text of an invitation
		}
		p.entries = append(p.entries, entries...)
		p.isMeta[i] = utf8.RuneCountInString(tight(lead)) <= longestLead
	}
	p.joinValueLines()
}

// readRow reads a row of labels with the row of their values below it.
func (p *page) readRow(i int) bool {
	names := strings.Fields(p.lines[i].key)
	if len(names) < 2 || i+1 >= p.start {
		return false
	}
	below := p.lines[i+1]
	values := strings.Fields(below.key)
	if len(values) != len(names) {
		return false
	}
	entries := make([]entry, 0, len(names))
	at := 0
	for n, name := range names {
		f, ok := labelOf(name)
		if _, label := labelOf(values[n]); !ok || label || strings.ContainsAny(values[n], ":：") && f != publishedField {
			return false
		}
		start := at + strings.Index(below.key[at:], values[n])
		at = start + len(values[n])
		value := line{below.from(below.raw, start, at), below.from(below.plain, start, at), values[n]}
		entries = append(entries, entry{field: f, value: value, line: i})
	}
	p.entries = append(p.entries, entries...)
	p.isMeta[i], p.isMeta[i+1] = true, true
	return true
}

// hasLabelLines reports whether the header sets its labels on lines of their own, without colons. Then words that are
// labels only sometimes (来源, 文号) are labels too.
func (p *page) hasLabelLines() bool {
	found := 0
	for i, l := range p.header() {
		if _, ok := labelOf(l.key); ok && !weak[tight(p.look(i).key)] && !strings.Contains(l.key, ":") {
			found++
		}
	}
	return found >= 2
}

var meetingPlace = compile(`^(?:会议)?地 *点 *:`)

// longestLead is how many characters may stand before the first label of a line of values: a site's name does, a
// sentence does not.
const longestLead = 24

// joinValueLines gives labels that stand alone the next line as their value, where the block is laid out so: when any
// label alone is followed by a line that fits its field. An empty value must not swallow the next label.
func (p *page) joinValueLines() {
	inline := false
	stacked := 0
	for i, e := range p.entries {
		if e.alone && p.fits(i) {
			stacked++
		}
		// A value beside one of the labels that matter tells the other layout: the alone ones are empty there.
		if !e.alone && e.value.key != "" && !e.field.minor() && e.field != titleField {
			inline = true
		}
	}
	if stacked == 0 {
		return
	}
	for i := range p.entries {
		e := &p.entries[i]
		if !e.alone || !p.fits(i) {
			continue
		}
		if inline && (stacked < 2 || e.field == sourceField) {
			continue
		}
		e.value = p.lines[e.line+1]
		e.value = e.value.trimmed()
		p.isMeta[e.line+1] = true
	}
}

// fits reports whether the line below a label can be its value.
func (p *page) fits(i int) bool {
	e := p.entries[i]
	below := e.line + 1
	if below >= p.start || p.isMeta[below] || p.look(below).furniture {
		return false
	}
	key := p.look(below).key
	date, _, _ := dateIn(key)
	numbers := findNumbers(key)
	length := utf8.RuneCountInString(key)
	switch e.field {
	case titleField:
		return nounEnd.MatchString(tight(key))
	case numberField:
		return len(numbers) > 0 && length < 40
	case signedField, publishedField, updatedField, writtenField:
		return date != "" && length < 30
	case sourceField, issuerField:
		return length <= 40 && date == "" && len(numbers) == 0 && !nounEnd.MatchString(tight(key))
	case statusField:
		return statusWord(key) != ""
	case ignored, effectiveField, expiryField, termField:
		// 索引号 and 主题分类 have values too; they are dropped with their labels.
		return (indexCode.MatchString(tight(key)) || length <= 12 && e.isClass(p)) && len(numbers) == 0
	}
	return false
}

var indexCode = compile(`^[0-9A-Za-z()]{4,}[-/_.0-9A-Za-z()]*$`)

// isClass reports whether the label is of the kind whose value is a short word of a catalogue.
func (e entry) isClass(p *page) bool {
	key := tight(p.lines[e.line].key)
	return strings.Contains(key, "分类") || strings.Contains(key, "主题") || strings.Contains(key, "部门") || strings.Contains(key, "体裁") ||
		strings.Contains(key, "公开方式") || strings.Contains(key, "类别")
}

// parseEntries returns the labelled values of a line and what stands before the first label.
func parseEntries(l line) (entries []entry, lead string) {
	marks := findLabels(l.key)
	if strings.Count(l.key, "|") >= 2 {
		if entries := parseCells(l); len(entries) > 0 && len(entries) >= len(marks) {
			return entries, ""
		}
	}
	if len(marks) == 0 {
		return nil, l.key
	}
	for i, m := range marks {
		end := len(l.key)
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		value := line{l.from(l.raw, m.end, end), l.from(l.plain, m.end, end), l.key[m.end:end]}.trimmed()
		alone := len(marks) == 1 && value.key == ""
		entries = append(entries, entry{field: m.field, value: value, alone: alone})
	}
	return entries, strings.Trim(l.key[:marks[0].start], " •·*|▪■◆●-[【(")
}

// parseCells reads a row of a table: | label | value | label | value |.
func parseCells(l line) []entry {
	var cells []line
	start := 0
	for at := 0; at <= len(l.key); at++ {
		if at == len(l.key) || l.key[at] == '|' {
			cells = append(cells, line{l.from(l.raw, start, at), l.from(l.plain, start, at), l.key[start:at]}.trimmed())
			start = at + 1
		}
	}
	var entries []entry
	for i, cell := range cells {
		f, ok := labelOf(cell.key)
		if !ok {
			continue
		}
		e := entry{field: f}
		if i+1 < len(cells) {
			if _, label := labelOf(cells[i+1].key); !label {
				e.value = cells[i+1]
			}
		}
		entries = append(entries, e)
	}
	return entries
}

// mark is a label found in a line; its value begins at end.
type mark struct {
	start, end int
	field      field
}

// findLabels returns the labels of a line that introduce values.
func findLabels(key string) []mark {
	var marks []mark
	table := labels()
	for from := 0; ; {
		name, at, behind := table.find(key, from)
		if name == "" {
			return marks
		}
		from = behind
		before, _ := utf8.DecodeLastRuneInString(key[:at])
		rest := key[behind:]
		blanks := len(rest) - len(strings.TrimLeft(rest, " "))
		open := at == 0 || !unicode.Is(unicode.Han, before)
		bracketed := strings.HasSuffix(strings.TrimRight(key[:at], " "), "[") || before == '【'
		end := behind
		switch {
		case strings.HasPrefix(rest[blanks:], ":"):
			// 来源:市司法局时间:2019-01-31: a value without an end runs into the next label.
			if weak[name] && !open && len(marks) == 0 {
				if d, start, _ := dateIn(head(strings.TrimLeft(rest[blanks+1:], " "), longestValue)); d == "" || start != 0 {
					continue
				}
			}
			end += blanks + 1
		case bracketed && (strings.HasPrefix(rest[blanks:], "]") || strings.HasPrefix(rest[blanks:], "】")):
			end += blanks
			_, size := utf8.DecodeRuneInString(rest[blanks:])
			end += size
			if tail := key[end:]; strings.HasPrefix(strings.TrimLeft(tail, " "), ":") {
				end += len(tail) - len(strings.TrimLeft(tail, " ")) + 1
			}
		case weak[name] && behind-at == len(name), !open:
			continue
		case (at == 0 || len(marks) > 0 || startsWithBullet(key[:at])) && bareValue(table.fields[name], head(rest, blanks+longestValue), blanks):
			end += blanks
		default:
			continue
		}
		start := at
		if bracketed {
			start = strings.LastIndexAny(key[:start], "[【")
		}
		marks = append(marks, mark{start, end, table.fields[name]})
	}
}

// longestValue is how many bytes behind a label are looked at to see whether they are its value.
const longestValue = 600

// head is the beginning of a text, most bytes at most.
func head(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

func startsWithBullet(before string) bool { return strings.Trim(before, " •·*▪■◆●-") == "" }

// bareValue reports whether what follows a label without a colon is a value of its field. Blanks after a label are
// evidence enough for a value of any kind; a glued value must be one that fits.
func bareValue(f field, rest string, blanks int) bool {
	value := strings.TrimSpace(rest)
	switch f {
	case signedField, publishedField, updatedField, writtenField:
		_, start, end := dateIn(value)
		return end > 0 && start == 0
	case numberField:
		found := findNumbers(value)
		return len(found) > 0 && found[0].Span.Start == 0
	case statusField:
		return statusWord(value) != "" && utf8.RuneCountInString(value) <= 6
	case issuerField:
		return orgEnd.MatchString(firstField(value))
	case rankField:
		return utf8.RuneCountInString(value) <= 14
	case ignored, effectiveField, expiryField, termField:
		if d, start, _ := dateIn(value); d != "" && start == 0 {
			return true
		}
		return value == "" && blanks == 0 || blanks > 0 && utf8.RuneCountInString(value) < 60 && !strings.ContainsAny(value, "。")
	}
	return false
}

// firstField is the text up to a wide blank or the next label.
func firstField(text string) string {
	if at := strings.Index(text, " "); at > 0 {
		return text[:at]
	}
	return text
}

// trimmed drops blanks, bullets and lone separators around a value.
func (l line) trimmed() line {
	const edge = " •·*|▪■◆●;"
	key := strings.TrimLeft(l.key, edge)
	start := len(l.key) - len(key)
	key = strings.TrimRight(key, edge)
	end := start + len(key)
	if len(key) == len(l.key) {
		return line{strings.TrimSpace(l.raw), strings.TrimSpace(l.plain), key}
	}
	return line{strings.TrimSpace(l.from(l.raw, start, end)), strings.TrimSpace(l.from(l.plain, start, end)), key}
}
