package figure

import (
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	chinese "gongwen/indexer/numeral"
)

// mayCount reports whether a line holds a digit of any kind: most of the work is spared where it does not.
func mayCount(line string) bool {
	for _, r := range line {
		if r < utf8.RuneSelf {
			if '0' <= r && r <= '9' {
				return true
			}
			continue
		}
		if '０' <= r && r <= '９' || chinese.Begins(r) || r == '萬' || r == '億' || r == '兩' {
			return true
		}
	}
	return false
}

// prose reads one line of running text.
type prose struct {
	at       int    // byte of the document at which the line begins
	source   string // as it stands in the document
	folded   string
	back     analyzers.Map
	years    years
	plan     bool                 // it stands in a plan
	problems bool                 // it stands in a part on problems
	promises []gongwen.Commitment // that touch it
	plans    int                  // the year that is planned for, or 0
	vowed    bool                 // it holds words of a vow
	foretold bool                 // it holds words of what will be

	numbers []number
	dated   []mention // years that the line names, in order
}

// number is a numeral of the line with what stands around it. Offsets are bytes of the folded line.
type number struct {
	numeral
	start, end int // with qualifier and unit
	clause     int // where its clause begins
	sentence   int // where its sentence begins
	unit       unit
	unitEnd    int
	named      bool // it has a unit of its own or of the list it stands in
	listed     bool // the unit is the next one's
	qualifier  gongwen.Qualifier
	refused    string // the name of the rule that tells why it is no figure
	rule       string
	noun       gongwen.Span // folded; empty where unknown
	nounEnd    int          // where a noun behind the number ends
	placed     bool         // the noun is one of several that 分别 deals out
	change     *gongwen.Change
	joined     bool // it is the change of another figure
	year       int
}

// mention is a year that the line names.
type mention struct {
	start, end, clause int
	year               int
}

// newProse reads a line that begins at a byte of a document.
func newProse(line string, at int) prose {
	p := prose{at: at, source: line}
	p.folded, p.back = analyzers.FoldMap(line)
	return p
}

// find returns the figures of the line in order.
func (p *prose) find() []gongwen.Figure {
	p.scan()
	if len(p.numbers) > 0 {
		p.vowed, p.foretold = isVowed(p.folded, inYear(p.plans)), foretoldWords.MatchString(p.folded)
	}
	p.shareUnits()
	for i := range p.numbers {
		p.judge(i)
	}
	p.name()
	p.joinChanges()
	var figures []gongwen.Figure
	for i := range p.numbers {
		n := &p.numbers[i]
		if n.refused != "" || n.joined {
			continue
		}
		figures = append(figures, p.figure(i))
	}
	return figures
}

func (p *prose) figure(i int) gongwen.Figure {
	n := &p.numbers[i]
	value, name := n.measured()
	n.year = p.yearOf(i)
	f := gongwen.Figure{
		Span: p.span(n.start, n.end), Value: value.Decimal(), Unit: name, Qualifier: n.qualifier,
		Change: n.change, Year: n.year, Rule: n.rule,
	}
	if n.noun.Len() > 0 {
		noun := p.span(n.noun.Start, n.noun.End)
		f.Noun = strings.TrimSpace(p.source[noun.Start-p.at : noun.End-p.at])
	}
	return f
}

// measured returns the value and the unit that it is told in.
func (n *number) measured() (decimal, string) {
	value := n.value
	switch {
	case n.share != "":
		return value, n.share
	case !n.named:
		return value, ""
	case n.unit.measure == tenths:
		value, _ = value.times(1)
		return value, "%"
	case n.unit.measure == bare:
		return value, ""
	}
	switch n.unit.text {
	case "个百分点":
		return value, "百分点"
	case "元人民币":
		return value, "元"
	}
	return value, wide.Replace(n.unit.text)
}

// wide gives units the brackets that they are written with: 台（套）.
var wide = strings.NewReplacer("(", "（", ")", "）")

// span is where folded[start:end] stands in the document.
func (p *prose) span(start, end int) gongwen.Span {
	from, to := p.back.Original(start, end)
	return gongwen.Span{Start: p.at + from, End: p.at + to}
}

// maxQuoted and maxBracket are how far, in bytes, a closing mark is looked for.
const (
	maxQuoted  = 120
	maxTitle   = 400
	maxBracket = 90
)

// scan finds the numerals of the line and where their clauses begin. What stands in quotation marks and titles is a name,
// and its digits are no numbers; brackets without digits belong to the noun that they stand in.
func (p *prose) scan() {
	s := p.folded
	clause, sentence := 0, 0
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case r == '。' || r == ';' || r == '!' || r == '?':
			at += size
			clause, sentence = at, at
		case r == ',' || r == ':':
			at += size
			clause = at
		case r == '“' || r == '"' || r == '\'' || r == '‘':
			at = skipMarked(s, at, closing(r), maxQuoted)
		case r == '《' || r == '〈':
			at = skipMarked(s, at, closing(r), maxTitle)
		case r == '(':
			if inner := skipMarked(s, at, ")", maxBracket); inner > at+1 && isPlainBracket(s[at:inner]) {
				at = inner
			} else {
				at++
				clause = at
			}
		case r == ')':
			at += size
			clause = at
		case r < utf8.RuneSelf && isDigit(byte(r)) || chinese.Begins(r):
			at = p.number(at, &clause, sentence)
		default:
			at += size
		}
	}
}

// manyOf is from what number on units of digits count behind Chinese numerals too: 一千六百八十度.
const manyOf = 1000

func closing(open rune) string {
	switch open {
	case '“':
		return "”"
	case '‘':
		return "’"
	case '《':
		return "》"
	case '〈':
		return "〉"
	}
	return string(open)
}

// skipMarked returns the byte behind what an opening mark begins, or behind the mark alone where nothing closes it.
func skipMarked(s string, at int, closing string, most int) int {
	_, size := utf8.DecodeRuneInString(s[at:])
	end := min(len(s), at+size+most)
	i := strings.Index(s[at+size:end], closing)
	if i < 0 || strings.Contains(s[at+size:at+size+i], "。") && closing != "”" {
		return at + size
	}
	return at + size + i + len(closing)
}

// isPlainBracket reports whether brackets hold no figures of their own.
func isPlainBracket(s string) bool {
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) || s[i] == ',' || s[i] == ':' {
			return false
		}
	}
	return !strings.Contains(s, "其中")
}

// number reads the numeral at a byte, keeps it and returns where to go on.
func (p *prose) number(at int, clause *int, sentence int) int {
	s := p.folded
	n := number{clause: *clause, sentence: sentence, year: ofReport}
	var ok bool
	n.numeral, ok = readNumeral(s, at, true)
	if n.numeral.end == at { // a mark such as 千 that begins no number
		_, size := utf8.DecodeRuneInString(s[at:])
		return at + size
	}
	if end := p.label(at, sentence, n.numeral); end > at {
		*clause = end
		return end
	}
	if !ok {
		n.refused = "vague"
	}
	end := n.numeral.end
	if year, yearEnd := p.readYear(n.numeral); year > 0 {
		p.dated = append(p.dated, mention{at, yearEnd, *clause, year})
	}
	if over := skipSpace(s, end); hasAny(s[over:], "余", "多") {
		n.over = true
		end = over + len("余")
	}
	if n.share == "" {
		if u, _, ok := readUnit(s, end); ok && (u.measure != digits || n.form == arabic || n.scaled || n.form == han && n.value.digits >= manyOf) {
			n.unit, n.named = u, true
			end = skipSpace(s, end) + len(u.text)
			if u.measure == tenths {
				end = n.hundredths(s, end)
			} else if u.text == "元" && !n.scaled {
				end = n.coins(s, end)
			}
		}
	} else {
		n.named = true
	}
	n.unitEnd = end
	if n.named && n.unit.measure == bare {
		end -= len(n.unit.text) // the noun is no part of the number
	}
	n.start, n.end = at, end
	if n.over {
		n.qualifier = gongwen.QualifierOver
	}
	p.qualify(&n)
	p.numbers = append(p.numbers, n)
	return n.end
}

// label reports where the label of a list ends that begins a sentence: 1. and 一、. Digits of a label run together with
// those of a count: 4.68名 is 68名 under the label 4, since no count of persons has a fraction.
func (p *prose) label(at, sentence int, n numeral) int {
	s := p.folded
	if strings.TrimLeft(s[sentence:at], " 　") != "" {
		return 0
	}
	rest := s[n.end:]
	if hasAny(rest, "、", ". ") || strings.HasPrefix(rest, ".") && !hasDigit(rest[1:]) {
		if n.value.digits < 100 && !n.scaled {
			return n.end + len(rest) - len(strings.TrimLeft(rest, "、. "))
		}
		return 0
	}
	point := at
	for point < len(s) && isDigit(s[point]) {
		point++
	}
	if point == at || point > at+2 || n.value.scale == 0 || n.scaled || point >= len(s) || s[point] != '.' {
		return 0
	}
	if u, _, ok := readUnit(s, n.end); ok && (isWhole(u) || u.measure == duration || u.measure == moment) {
		return point + 1
	}
	return 0
}

// hundredths reads what may follow tenths, 九成半 and 七成八, and returns where it ends.
func (n *number) hundredths(s string, at int) int {
	r, size := utf8.DecodeRuneInString(s[at:])
	part := chinese.Digit(r)
	switch {
	case r == '半':
		part = 5
	case part <= 0 || n.value.scale > 0 || !startsStop(s[at+size:]) && !hasAny(s[at+size:], "的", "左右", "以上"):
		return at
	}
	if value, ok := n.value.plus(decimal{int64(part), 1}); ok {
		n.value, n.numeral.end = value, at+size
	}
	return at + size
}

// coins reads what may follow 元, 五角 and 五角三分, and returns where it ends.
func (n *number) coins(s string, at int) int {
	for scale, name := range []string{"角", "分"} {
		r, size := utf8.DecodeRuneInString(s[at:])
		part := chinese.Digit(r)
		if r >= '0' && r <= '9' {
			part = int(r - '0')
		}
		if part < 0 || !strings.HasPrefix(s[at+size:], name) {
			break
		}
		value, ok := n.value.plus(decimal{int64(part), scale + 1})
		if !ok {
			break
		}
		at += size + len(name)
		n.value, n.numeral.end = value, at
	}
	return at
}

func hasDigit(s string) bool { return s != "" && isDigit(s[0]) }

// isWhole reports whether what a unit counts has no fractions.
func isWhole(u unit) bool {
	switch u.measure {
	case things:
		r, size := utf8.DecodeRuneInString(u.text)
		measured := strings.ContainsRune("米里吨亩元斤升克倍岁字担石顷方瓦核", r)
		return size == len(u.text) && analyzers.IsHan(r) && !measured || strings.HasSuffix(u.text, "次")
	case digits:
		return u.text != "分" && u.text != "米" && u.text != "度"
	case bare:
		return true
	}
	return false
}

// readYear returns the year that a numeral with 年 names.
func (p *prose) readYear(n numeral) (year, end int) {
	at := skipSpace(p.folded, n.end)
	if !strings.HasPrefix(p.folded[at:], "年") || n.value.scale > 0 || n.form != arabic && n.form != serial {
		return 0, 0
	}
	if n.value.digits < 1900 || n.value.digits > 2100 {
		return 0, 0
	}
	return int(n.value.digits), at + len("年")
}
