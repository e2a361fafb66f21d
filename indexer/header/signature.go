package header

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen"
)

// signature is what stands below a document: the bodies that sign and the date. In a notice with an annex it stands
// before the annex.
type signature struct {
	bodies []string // in simplified characters
	date   gongwen.Date
}

// orgEnd is how the name of a public body ends.
var orgEnd = compile(`(?:人民政府|政府|办公厅|办公室|委员会|管委会|委|厅|局|部|院|署|党组|党委|党工委|中心|银行|大学|学院|学校|医院|总队|支队|大队|队|所|站|处|科|办|指挥部|领导小组|检察院|常委会|工会|联合会|协会|政协|公司|集团|总社|联社|研究会|中共中央|工委|街道|馆|社|台|会)(?:\([^()]{1,12}\))?$`)

var noOrg = compile(`(?:会议|大会|全会|机会|社会|干部|全部|内部|外部|一部|场所|议会|工作队|本站|网站|车站|部署|报社|看法)$|^(?:各|附|有关|相关|联系|地址|电话|注|第)`)

const longestOrg = 40

// isOrg reports whether a line is the name of a public body, or several, and nothing else.
func isOrg(text string) bool {
	key := narrow(text)
	bare := tight(key)
	length := utf8.RuneCountInString(bare)
	if length < 3 || length > longestOrg || !orgEnd.MatchString(bare) || noOrg.MatchString(bare) {
		return false
	}
	for _, r := range bare {
		if !unicode.Is(unicode.Han, r) && r != '(' && r != ')' && r != '·' {
			return false
		}
	}
	return true
}

// longestSignature bounds the bytes of a line with bodies and a date; looking at longer ones costs time for nothing.
const longestSignature = 300

// findSignature looks for the first date that stands alone below a text, with the bodies above it.
func (p *page) findSignature() {
	lines := p.lines[p.first:p.end]
	var fallback signature
	for i, l := range lines {
		if len(l.key) > longestSignature {
			continue
		}
		l := l.trimmed()
		key := l.key
		if !endsAsDate(key) {
			continue
		}
		date, isDate := dateLine(key), false
		if date == "" {
			date, isDate = damagedDate(key)
		}
		if date == "" && !isDate {
			// A body and the date on one line.
			if at := strings.LastIndexByte(key, ' '); at > 0 && dateLine(key[at+1:]) != "" && isOrg(key[:at]) {
				p.signature = signature{orgNames(l.from(l.plain, 0, at)), dateLine(key[at+1:])}
				return
			}
			if d, start, end := dateIn(key); d != "" && start > 0 && end == len(key) && isOrg(key[:start]) {
				p.signature = signature{orgNames(l.from(l.plain, 0, start)), d}
				return
			}
			continue
		}
		if i == 0 {
			continue
		}
		bodies := bodiesAbove(lines[:i])
		if len(bodies) > 0 {
			p.signature = signature{bodies, date}
			return
		}
		// Without a body above it, the first date counts, unless another one closes the text.
		if date != "" && !isDate && (fallback.date == "" || i >= len(lines)-2) {
			fallback.date = date
		}
	}
	p.signature = fallback
	if len(p.signature.bodies) == 0 {
		// A signature without a date, or with the date above it.
		for i := len(lines) - 1; i >= max(1, len(lines)-3); i-- {
			if isOrg(lines[i].trimmed().plain) {
				p.signature.bodies = bodiesAbove(lines[:i+1])
				return
			}
		}
	}
}

const mostSigners = 12

// bodiesAbove returns the bodies named on the last lines.
func bodiesAbove(lines []line) []string {
	var found []string
	for i := len(lines) - 1; i > 0 && len(lines)-i <= mostSigners; i-- {
		text := lines[i].trimmed().plain
		if !isOrg(text) {
			break
		}
		found = append(orgNames(text), found...)
	}
	return found
}

// orgNames parts a line with several bodies; a name that is stretched with blanks (国 务 院) is one.
func orgNames(text string) []string {
	parts := strings.Fields(text)
	for _, part := range parts {
		if utf8.RuneCountInString(part) < 3 || !isOrg(part) {
			return []string{strings.Join(parts, "")}
		}
	}
	return parts
}

// signedOf is the date below the bodies that sign, else the one that the page labels as 成文日期 (blocks are filled in by
// hand and err more often), else a date that stands alone below the text.
func (p *page) signedOf() gongwen.Date {
	if p.signature.date != "" && len(p.signature.bodies) > 0 {
		return p.signature.date
	}
	if d := p.labelledDate(signedField); d != "" {
		return d
	}
	if p.signature.date != "" {
		return p.signature.date
	}
	// Values without labels: the last two dates of the block are 成文日期 and 发布日期.
	if dates := p.blockDates(); len(dates) == 2 {
		return dates[0]
	}
	return ""
}

// labelledDate returns the first value of a label that is a date.
func (p *page) labelledDate(f field) gongwen.Date {
	for _, e := range p.entries {
		if e.field != f {
			continue
		}
		if d, start, _ := dateIn(e.value.key); d != "" && start <= len("【") {
			return d
		}
		first, _, _ := strings.Cut(e.value.key, " ")
		if d, _ := damagedDate(first); d != "" {
			return d
		}
		if d := dateLine(e.value.key); d != "" {
			return d
		}
	}
	return ""
}

// publishedOf is the date on which the page says that it appeared, by falling weight of what says so.
func (p *page) publishedOf(signed gongwen.Date) gongwen.Date {
	for _, f := range []field{publishedField, updatedField, writtenField} {
		if d := p.labelledDate(f); d != "" {
			return d
		}
	}
	if dates := p.blockDates(); len(dates) > 0 {
		return dates[len(dates)-1]
	}
	for i := range p.lines[:p.first] {
		if d := p.headerDate(i); d != "" {
			return d
		}
	}
	return signed
}

// headerDate returns a date that stands in the header without a label: alone, behind the number, before the values.
func (p *page) headerDate(i int) gongwen.Date {
	l := p.look(i)
	if l.subtitle || l.furniture {
		return ""
	}
	if l.date != "" {
		return l.date
	}
	if l.number || l.stamp {
		d, _, _ := dateIn(l.key)
		return d
	}
	if p.isMeta[i] {
		_, lead := parseEntries(p.lines[i])
		if d, start, end := dateIn(lead); d != "" && (start == 0 || end == len(lead)) {
			return d
		}
		for _, e := range p.entries { // 来源：某某局 2019-01-31
			if e.line == i && e.field == sourceField {
				if d, start, _ := dateIn(e.value.key); d != "" && start > 0 {
					return d
				}
			}
		}
	}
	return ""
}

// stamp is a date as pages stamp it, with a time or between a source and a counter; a date in words (2001年8月3日 通过) is
// part of the text.
var (
	stamp     = compile(`(?:^|[ |\[(])(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:$|[ |\])])`)
	stampTime = compile(`^[^:]*\d{1,2}:\d{2}(?::\d{2})?[^:]*$`)
)

const longestStamp = 40

// isStamp reports whether a short line without labels carries a stamp.
func isStamp(key string) bool {
	return len(key) <= 3*longestStamp && stamp.MatchString(key) && !strings.ContainsAny(key, "。,;至") &&
		(!strings.Contains(key, ":") || stampTime.MatchString(key))
}

// blockDates returns the dates of a block that lost its labels: lines with bullets that are dates, or two dates in a row.
func (p *page) blockDates() []gongwen.Date {
	var dates []gongwen.Date
	for i, l := range p.lines[:p.first] {
		d := p.look(i).date
		bullet := strings.ContainsAny(l.key[:min(3, len(l.key))], "•·*▪■◆●")
		row := i > 0 && p.look(i-1).date != "" || i+1 < p.first && p.look(i+1).date != ""
		if d != "" && (bullet || row) {
			dates = append(dates, d)
		}
	}
	return dates
}
