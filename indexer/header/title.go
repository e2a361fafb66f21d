package header

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nounEnd is how a title ends: with the kind of the document, and an addition in brackets. It is matched on keys without
// blanks.
var nounEnd = compile(`(?:报告书?|年报|通知|通告|公告|公报|意见|意见书|决定|决议|办法|规定|规则|细则|条例|方案|规划|计划|要点|安排|打算|思路|预案|批复|函|复函|答复|令|命令|纪要|说明|解读|图解|总结|情况|标准|规范|指南|` +
	`指引|目录|清单|制度|章程|解释|解答|纲要|措施|议案|建议|提案|名单|通报|公示|启事|声明|倡议书|协议|法|法典|修正案|规程|导则|须知|简介|汇报|汇编|一览表|讲话|致辞|决算|预算|白皮书|问答|举措|任务|分工|机制|实施|准则|基准|守则|若干政策|政策)(?:\([^()]{1,24}\)|〔[^〔〕]{1,24}〕|》)*$`)

var (
	statusPrefix = compile(`^[(\[【] ?((?:全文|部分)?(?:已)?(?:失效|废止|修改|修订)|现行有效|有效) ?[)\]】] ?`)
	statusSuffix = compile(` ?[(\[【] ?((?:全文|部分)?(?:已)?(?:失效|废止)|现行有效) ?[)\]】]$`)
	aboutWord    = compile(`关于|印发|转发|批转`)
	yearStart    = compile(`^(?:(?:19|20)\d\d|二〇)`)
	siteName     = compile(`网站|门户|政府网|信息网|频道|官网|人民政府$|政务网|公开$|报告$|文件$|专栏$|网$`)
	sectionMark  = compile(`^#{1,6} +`)
)

const (
	shortestTitle = 5
	longestTitle  = 130
	// leastTitle is the score below which a line is no title.
	leastTitle = 3
	// mostTitleLines is over how many lines a title may be set.
	mostTitleLines = 5
)

// candidate is a text that may be the title, from the lines [start, end).
type candidate struct {
	text       string // in simplified characters
	squeezed   string
	status     string
	start, end int
	score      int
}

// findTitle chooses the title among the lines of the header and the values of its labels, and marks each line that
// holds it, whole, in parts or cut off.
func (p *page) findTitle() {
	var all []candidate
	for i := range p.header() {
		all = append(all, p.candidatesAt(i)...)
	}
	for _, e := range p.entries {
		if e.field == titleField && e.value.key != "" {
			if c, ok := newCandidate(e.value.plain, e.line, e.line); ok {
				c.score += 3
				all = append(all, c)
			}
		}
	}
	same := map[string]int{} // how many candidates read alike
	for i := range all {
		all[i].squeezed = squeeze(all[i].text)
		same[all[i].squeezed]++
	}
	best := -1
	for i := range all {
		all[i].score += same[all[i].squeezed] - 1
		if all[i].score >= leastTitle && (best < 0 || all[i].score > all[best].score) {
			best = i
		}
	}
	if best < 0 {
		return
	}
	// Of the same title on one line and on several, the one line shows how it is written.
	for i := range all {
		if all[i].squeezed != all[best].squeezed {
			continue
		}
		if lines, fewest := all[i].end-all[i].start, all[best].end-all[best].start; lines < 2 && fewest > 1 ||
			lines < 2 && strings.Count(all[i].text, " ") < strings.Count(all[best].text, " ") {
			best = i
		}
	}
	p.title, p.titleMark = all[best].text, all[best].status
	for i := all[best].start; i < all[best].end; i++ {
		p.isTitle[i] = true
	}
	p.markCopies(all)
}

// markCopies marks the other lines that hold the title.
func (p *page) markCopies(all []candidate) {
	title := squeeze(p.title)
	for _, c := range all {
		if text := c.squeezed; text == title || (c.end-c.start > 1 && strings.HasPrefix(title, text)) {
			for i := c.start; i < c.end; i++ {
				p.isTitle[i] = true
			}
		}
	}
	p.markPieces(title)
	for i, l := range p.header() {
		text := squeeze(sectionMark.ReplaceAllString(l.plain, ""))
		cut := strings.TrimRight(text, "….")
		switch {
		case text == "":
		case strings.HasPrefix(text, title) && (utf8.RuneCountInString(text)-utf8.RuneCountInString(title) < 30 || cut != text):
			p.isTitle[i] = true
		case cut != text && utf8.RuneCountInString(cut) > 8 && strings.HasPrefix(title, cut):
			p.isTitle[i] = true
		case strings.HasSuffix(text, title) && utf8.RuneCountInString(text)-utf8.RuneCountInString(title) < 20:
			p.isTitle[i] = true
		}
	}
}

// markPieces marks runs of lines that together are the title, or its beginning where the copy lost the end.
func (p *page) markPieces(title string) {
	for i := range p.header() {
		run, text := i, squeeze(p.lines[i].plain)
		for text != "" && len(text) < len(title) && strings.HasPrefix(title, text) && run+1 < p.start && run-i < mostTitleLines {
			next := text + squeeze(p.lines[run+1].plain)
			if !strings.HasPrefix(title, next) {
				break
			}
			run, text = run+1, next
		}
		if run > i && len(text)*3 >= len(title)*2 {
			for n := i; n <= run; n++ {
				p.isTitle[n] = true
			}
		}
	}
}

// squeeze makes two writings of one title equal.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '《', '》', '〈', '〉', '“', '”', '"', '「', '」':
			return -1
		}
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, narrow(text))
}

// candidatesAt returns the titles that can begin in a line: the line itself, and it with the next ones.
func (p *page) candidatesAt(i int) []candidate {
	if p.isMeta[i] {
		// 标题 发布时间：… on one line
		if _, lead := parseEntries(p.lines[i]); utf8.RuneCountInString(lead) > 8 && nounEnd.MatchString(tight(lead)) {
			if c, ok := newCandidate(lead, i, i); ok {
				return []candidate{c}
			}
		}
		return nil
	}
	if !p.look(i).titled() {
		return nil
	}
	var found []candidate
	single, ok := newCandidate(p.look(i).plain, i, i+1)
	if ok {
		found = append(found, p.placed(single))
	}
	joined := p.look(i).plain
	for n := i + 1; n < min(p.start, i+mostTitleLines) && p.look(n).titled() && !p.isMeta[n]; n++ {
		if !continues(joined, p.look(n).plain) {
			break
		}
		joined = join(joined, p.look(n).plain)
		if c, ok := newCandidate(joined, i, n+1); ok && nounEnd.MatchString(tight(narrow(joined))) {
			c.score++
			found = append(found, p.placed(c))
		}
	}
	return found
}

// continues reports whether a title that began as first can go on as next: 某某人民政府 / 关于…, or a title without an end.
func continues(first, next string) bool {
	f, n := tight(narrow(first)), tight(narrow(next))
	if nounEnd.MatchString(f) && !strings.HasSuffix(f, "令") {
		return false
	}
	if strings.Contains(n, f) || strings.Contains(f, n) || strings.Contains(f, "…") || strings.HasSuffix(n, "…") {
		return false
	}
	switch {
	case aboutWord.MatchString(f):
		return true
	case strings.HasPrefix(n, "关于") || strings.HasPrefix(n, "印发") || strings.HasPrefix(n, "转发"):
		return isOrg(f) || yearStart.MatchString(f)
	case yearStart.MatchString(n) && nounEnd.MatchString(n):
		return isOrg(f) || strings.HasSuffix(f, "区") || strings.HasSuffix(f, "市") || strings.HasSuffix(f, "县")
	case yearStart.MatchString(f) && utf8.RuneCountInString(f) >= 6 && nounEnd.MatchString(n):
		return true
	case isOrg(f) && isOrg(n): // several bodies before 关于
		return true
	}
	return false
}

// join writes two lines as one; between Han characters a line break is nothing.
func join(first, next string) string {
	last, _ := utf8.DecodeLastRuneInString(first)
	head, _ := utf8.DecodeRuneInString(next)
	if last < utf8.RuneSelf && head < utf8.RuneSelf && unicode.IsLetter(last) && unicode.IsLetter(head) {
		return first + " " + next
	}
	if isOrg(first) && isOrg(next) {
		return first + " " + next
	}
	return first + next
}

// newCandidate cleans a text and scores it by what it says.
func newCandidate(text string, start, end int) (candidate, bool) {
	c := candidate{start: start, end: end}
	text = strings.TrimSpace(sectionMark.ReplaceAllString(text, ""))
	key := narrow(text) // rune for rune, not byte for byte: cut by runes
	if m := statusPrefix.FindStringSubmatchIndex(key); m != nil {
		c.status = key[m[2]:m[3]]
		text = dropRunes(text, utf8.RuneCountInString(key[:m[1]]))
		key = narrow(text)
	}
	if m := statusSuffix.FindStringSubmatchIndex(key); m != nil {
		c.status = key[m[2]:m[3]]
		text = keepRunes(text, utf8.RuneCountInString(key[:m[0]]))
	}
	text = withoutNumber(withoutSite(text))
	key = tight(narrow(text))
	length := utf8.RuneCountInString(key)
	if dayStart.MatchString(key) || length < shortestTitle && !shortRule.MatchString(key) || length > longestTitle || strings.HasSuffix(key, "…") || strings.HasSuffix(key, "...") || strings.ContainsAny(key, "。>|") {
		return c, false
	}
	if strings.Count(text, "〈") != strings.Count(text, "〉") || strings.Index(text, "〉") < strings.Index(text, "〈") {
		return c, false // a piece of a longer line
	}
	c.text = strings.TrimSpace(text)
	if nounEnd.MatchString(key) {
		c.score += 4
	}
	if aboutWord.MatchString(key) {
		c.score += 2
	}
	if yearOfTitle(key) != 0 {
		c.score++
	}
	c.score += min(length, 40) / 10
	if strings.HasSuffix(key, "的") || siteLine.MatchString(key) {
		c.score -= 4
	}
	return c, c.score > 0
}

var (
	// dayStart is a line on how a rule came about, or a caption; no title begins with a day.
	dayStart = compile(`^[(]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日`)
	// shortRule are titles of four characters that are no names of columns: 信访条例.
	shortRule = compile(`^\p{Han}{2}(?:条例|办法|法典)$`)
)

// siteLine are names of sites and columns.
var siteLine = compile(`^(?:法治政府建设|政府信息公开|依法行政)(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:报告|年报|总结)$|^(?:规划计划|政策解读|通知公告|公告公示|应急预案|工作计划|工作总结|计划总结|发展规划|财政预算|财政决算|预算决算|政策法规|法律法规|人事任免公告|其他公告|公示公告|法定主动公开目录|权责清单|工作报告|年度报告|统计公报|政府公报|办事指南|服务指南|会议纪要|公开年报|法治政府建设年报|建议提案)$|(?:网站|门户|门户网|政府网|专栏|频道|平台|公报室)$|^(?:政府)?信息公开(?:年报|目录|指南|制度|工作年度报告)?$`)

// placed adds what the place on the page says: a title stands right above the values, its number or the text.
func (p *page) placed(c candidate) candidate {
	if !nounEnd.MatchString(tight(narrow(c.text))) {
		c.score -= 2
	}
	if c.end >= p.start && p.start < len(p.lines) {
		c.score++
	} else if c.end < p.start {
		next := p.look(c.end)
		if p.isMeta[c.end] || next.number || next.date != "" || subtitle.MatchString(p.lines[c.end].key) {
			c.score++
		}
	}
	return c
}

// withoutSite cuts the name of the site that page titles carry behind their own.
func withoutSite(text string) string {
	for _, sep := range []string{"_", "|", " - ", "--", " – ", "-"} {
		first, rest, ok := strings.Cut(text, sep)
		if ok && nounEnd.MatchString(tight(narrow(first))) && siteName.MatchString(rest) {
			return strings.TrimSpace(first)
		}
	}
	return text
}

// withoutNumber cuts a document number before or behind a title, and the 《》 that then embrace it whole.
func withoutNumber(text string) string {
	if found := findNumbers(text); len(found) > 0 {
		first, last := found[0], found[len(found)-1]
		rest := strings.TrimSpace(text[first.Span.End:])
		switch {
		case first.Span.Start == 0 && rest != "" && !strings.HasPrefix(rest, "文"):
			text = strings.TrimSpace(strings.TrimLeft(rest, "-—:："))
		case strings.Trim(text[last.Span.End:], " )）]】") == "":
			text = strings.TrimRight(text[:last.Span.Start], " (（[【")
		}
	}
	inner, ok := strings.CutPrefix(text, "《")
	if inner, closed := strings.CutSuffix(inner, "》"); ok && closed && !strings.ContainsAny(inner, "《》") {
		return inner
	}
	return text
}

func dropRunes(text string, n int) string {
	for at := range text {
		if n == 0 {
			return text[at:]
		}
		n--
	}
	return ""
}

func keepRunes(text string, n int) string { return text[:len(text)-len(dropRunes(text, n))] }
