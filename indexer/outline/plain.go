package outline

import (
	"strings"
	"unicode/utf8"
)

// plainFinder finds headings without a number: bold lines, and short lines without a stop that stand between paragraphs.
// What one line alone cannot tell (落实降费政策 may be the torn beginning of a sentence) the others of the document tell.
type plainFinder struct {
	lines    []line
	accepted []bool
	tail     int  // where the signature begins
	wrapped  bool // a copy has broken the paragraphs into lines
	width    int  // of the lines of a wrapped text, in characters
	found    []candidate
	at       []bool // by line: is a candidate
}

// candidate is a line that looks like a heading.
type candidate struct {
	line   int
	size   int  // in characters
	commas int  // clauses less one
	strong bool // says what only a heading says, or is bold
	review bool // is such a line as 主要工作：, a heading only beside 存在问题：
	torn   bool // the line below may carry on a sentence that begins here
}

// How many characters a heading without a number has, and how few.
const (
	maxPlain = 40
	minPlain = 4
	// maxAlike is by how many characters headings of one document differ that are alike.
	maxAlike = 4
	// maxTear is how many lines a copy breaks a sentence into.
	maxTear = 5
)

// plainHeadings returns the lines that are headings without a number.
func plainHeadings(lines []line, accepted []bool) []int {
	f := plainFinder{lines: lines, accepted: accepted, tail: signatureStart(lines), at: make([]bool, len(lines))}
	f.measure()
	f.collect()
	var headings []int
	crowded := f.crowded()
	sure, strong := 0, 0
	for k := range f.found {
		c := &f.found[k]
		if c.strong {
			strong++
		}
		if !c.torn && c.commas == 0 {
			sure++
		}
	}
	for k := range f.found {
		c := &f.found[k]
		switch {
		case c.review && !f.parts():
			continue
		case c.strong:
		case crowded:
			continue
		case c.commas > 0:
			if !f.alike(k, 1) && !f.apart(c.line) {
				continue
			}
		case c.torn:
			if !f.alike(k, 2) {
				continue
			}
		case sure < 2 && strong == 0:
			continue
		}
		headings = append(headings, c.line)
	}
	return headings
}

// parts reports whether a line such as 存在问题： is a heading of the text.
func (f *plainFinder) parts() bool {
	for k := range f.found {
		if c := &f.found[k]; !c.review && f.lines[c.line].leadsIn() {
			return true
		}
	}
	return false
}

// measure finds out whether a copy has broken the paragraphs into lines of one width.
func (f *plainFinder) measure() {
	long, open, width := 0, 0, 0
	for i := range f.lines {
		l := &f.lines[i]
		if l.table || !longer(l.text, maxTorn) {
			continue
		}
		long++
		if !l.ended() {
			open++
			width += utf8.RuneCountInString(l.text)
		}
	}
	if open >= 6 && open*3 > long {
		f.wrapped, f.width = true, width/open
	}
}

// collect fills in the candidates.
func (f *plainFinder) collect() {
	n := len(f.lines)
	// chain is how many headings stand one below the other from line i on, 0 if none does.
	chain := make([]int8, n)
	for i := min(f.tail, n) - 1; i >= 0; i-- {
		if f.accepted[i] || !f.shaped(i) {
			continue
		}
		switch {
		case i+1 < n && f.opens(i+1):
			chain[i] = 1
		case i+1 < n && chain[i+1] > 0 && (chain[i+1] < 2 || chain[i+1] == 2 && f.named(i)):
			chain[i] = chain[i+1] + 1
		}
	}
	for i := range f.lines {
		l := &f.lines[i]
		if f.accepted[i] || l.known > 0 {
			continue
		}
		if i > 0 && annex(l.text) || l.mark > 0 {
			f.add(candidate{line: i, strong: true})
			continue
		}
		if chain[i] == 0 || !f.follows(i) || chain[i] > 1 && i > 1 && f.lines[i-1].leadsIn() {
			continue
		}
		c := candidate{line: i, size: utf8.RuneCountInString(l.text)}
		c.commas = strings.Count(l.text, "，") + strings.Count(l.text, ",")
		c.torn = chain[i] == 1 && f.carriesOn(i+1)
		c.review = l.leadsIn() && !part(headingRole(strings.TrimRight(l.text, "：:")))
		c.strong = l.bold || f.named(i) && c.commas == 0 && (!c.torn || part(headingRole(l.text)))
		f.add(c)
	}
}

func (f *plainFinder) add(c candidate) {
	f.found = append(f.found, c)
	f.at[c.line] = true
}

// named reports whether the words of line i name a part of a report.
func (f *plainFinder) named(i int) bool {
	text := strings.TrimRight(f.lines[i].text, "：:")
	return !longer(text, maxNamed) && headingRole(text).rule != ""
}

// maxNamed is the number of characters up to which the words of a part (下一步工作) make a line a heading by themselves.
const maxNamed = 30

// shaped reports whether line i is written like a heading, wherever it stands.
func (f *plainFinder) shaped(i int) bool {
	l := &f.lines[i]
	if len(l.text) < 6 || l.table || longer(l.text, maxPlain) || l.label.style != styleNone {
		return false
	}
	if l.bold {
		return !l.leadsIn() && countHan(l.text) >= 3
	}
	if l.leadsIn() {
		return partHeading(l.text)
	}
	if l.ended() || strings.ContainsAny(l.text, "。；！？：;:!?…@|\t") || strings.ContainsRune("、—-）)》，,", lastRune(l.text)) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	if !isHan(first) && first != '“' && first != '《' && first != '"' && digit(first) < 0 {
		return false
	}
	if strings.ContainsAny(l.text, " 　") {
		return prefaceWord(l.text) || couplet(l.text)
	}
	if !longer(l.text, minPlain-1) {
		return f.named(i) || prefaceWord(l.text)
	}
	if countHan(l.text) < minPlain || amounts(l.text) || notHeading(l.text) || isDate(l.text) || issuerLike(l.text) {
		return false
	}
	if i < 3 && titleLike(l.text) {
		return false
	}
	return !f.wrapped || l.gap || f.named(i) || utf8.RuneCountInString(l.text)*3 < f.width*2
}

// couplet reports a heading of two halves set apart: 抓统筹　强根基.
func couplet(s string) bool {
	halves := strings.FieldsFunc(s, blank)
	if len(halves) != 2 {
		return false
	}
	for _, half := range halves {
		if countHan(half) < 3 || countHan(half)*3 != len(half) {
			return false
		}
	}
	return true
}

// prefaceWord reports a heading of one word, whose characters may be set apart: 前　言.
func prefaceWord(s string) bool {
	word := strings.Join(strings.FieldsFunc(s, blank), "")
	switch word {
	case "前言", "引言", "概述", "综述", "序言", "结语", "总则", "附则", "后记":
		return true
	}
	return false
}

// notHeading reports a line by the words that begin or end it and that no heading has there.
func notHeading(s string) bool {
	for _, prefix := range neverFirst {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return strings.ContainsRune("的与及或并而", lastRune(s))
}

// neverFirst begins salutations, notes and what a page adds to its text.
var neverFirst = []string{
	"各位", "同志们", "抄送", "主送", "附件", "附表", "附图", "附注", "注释", "备注", "来源", "信息来源", "文章来源", "作者", "记者", "摄影", "主持人", "签发人", "联系人", "联系电话",
	"责任编辑", "特此", "以上报告", "以上汇报", "此件", "打印", "上一篇", "上一条", "下一篇", "下一条", "填报", "主办单位", "承办单位",
}

// titleLike reports a line that ends like the title of a document; at the beginning of a text it is one.
func titleLike(s string) bool {
	for _, suffix := range []string{"报告", "通知", "总结", "意见", "公告", "通报", "决定", "年报", "办法", "方案", "汇报"} {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// amounts reports a line that tells amounts, as sentences and cells do: 改造老旧小区58个. Years, plans (“十四五”) and
// numbers in quotation marks are none.
func amounts(s string) bool {
	groups, quoted := 0, false
	before := rune(0)
	for i, r := range s {
		switch {
		case r == '“' || r == '"' && !quoted:
			quoted = true
		case r == '”' || r == '"':
			quoted = false
		case !quoted && digit(r) >= 0 && digit(before) < 0 && before != '.' && before != '—' && before != '-':
			if n, size := readArabic(s[i:]); n >= 1900 && n < 2100 {
				if rest := s[i+size:]; strings.HasPrefix(rest, "年") || strings.HasPrefix(rest, "—") || strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "－") {
					break
				}
			}
			groups++
		case r == '%' || r == '％':
			groups++
		}
		before = r
	}
	return groups > 0
}

// opens reports whether line i begins the text below a heading: a numbered heading, an item or a paragraph, which ends
// with a stop somewhere near where a copy has torn it.
func (f *plainFinder) opens(i int) bool {
	l := &f.lines[i]
	if f.accepted[i] || itemStart(l.text) || l.mark > 0 {
		return true
	}
	if l.table || l.bold || i >= f.tail && !l.ended() {
		return false
	}
	if !longer(l.text, maxPlain) && !strings.ContainsAny(l.text, "，,、；。：") && (!l.ended() || l.leadsIn() || !longer(l.text, 8)) {
		return false
	}
	for j := i; j < len(f.lines) && j < i+maxTear; j++ {
		if f.lines[j].ended() {
			return true
		}
		if f.accepted[j] || f.lines[j].table {
			return false
		}
	}
	return false
}

// carriesOn reports whether line i may carry on the sentence of the line before it: it begins with an amount or with
// what looks like a number and is none (一、二级响应).
func (f *plainFinder) carriesOn(i int) bool {
	l := &f.lines[i]
	if f.accepted[i] || l.gap {
		return false
	}
	n, size := readNumber(l.text)
	if n == 0 || itemStart(l.text) {
		return false
	}
	return n < 1900 || n >= 2100 || !strings.HasPrefix(l.text[size:], "年")
}

// follows reports whether a heading may stand at line i for what stands before it: an ended sentence, or a heading.
func (f *plainFinder) follows(i int) bool {
	if i == 0 {
		return true
	}
	before := &f.lines[i-1]
	switch {
	case before.ended(), f.at[i-1], before.bold:
		return true
	case f.accepted[i-1]:
		return !longer(before.text, maxLine)
	}
	// A table may stand before it, and a line that a copy has shortened.
	return f.lines[i].gap && (before.table || longer(before.text, maxPlain)) || f.named(i) && f.lines[i].gap
}

// apart reports whether blank lines part line i from both its neighbours.
func (f *plainFinder) apart(i int) bool {
	return f.lines[i].gap && i+1 < len(f.lines) && f.lines[i+1].gap
}

// alike reports whether candidate k has at least n others of its shape that do not look torn.
func (f *plainFinder) alike(k, n int) bool {
	c := &f.found[k]
	for j := max(0, k-maxAhead); j < min(len(f.found), k+maxAhead) && n > 0; j++ {
		o := &f.found[j]
		near := o.size-c.size <= maxAlike && c.size-o.size <= maxAlike
		if c.commas > 0 {
			near = o.size-c.size <= 2*maxAlike && c.size-o.size <= 2*maxAlike
		}
		if j != k && !o.torn && o.commas == c.commas && near {
			n--
		}
	}
	return n == 0
}

// crowded reports a text in which short lines are the rule: a list, a form, addresses.
func (f *plainFinder) crowded() bool {
	short := 0
	for i := 0; i < f.tail; i++ {
		l := &f.lines[i]
		if !f.at[i] && !f.accepted[i] && !l.table && l.label.style == styleNone && !longer(l.text, maxTorn) && !l.ended() &&
			!strings.ContainsRune("，,、", lastRune(l.text)) {
			short++
		}
	}
	return short > 2*len(f.found)+4
}
