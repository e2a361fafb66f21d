package header

import (
	"strings"
	"unicode/utf8"

	"gongwen"
)

var (
	greeting  = compile(`^(?:各位(?:代表|委员|领导|同志)|同志们[:!,])`)
	heading   = compile(`^(?:第 ?[一1] ?[章条编节部]|[一二三四五六七八九十]+ ?、|\([一二三四五六七八九十]+\)|1 ?[.、．]? ?总 ?则|1 ?[.、．] ?\D|[一二三]是|第[一二三四五六七八九十百零〇\d]+[章条] ?\S{8})`)
	articles  = compile(`第[一二三四五六七八九十百零〇\d]+条`)
	addressee = compile(`人民政府|委员会|管委会|办公室|办公厅|单位|部门|政府|机关|各?(?:局|厅|委|办|部|院|校|镇|乡|街道|村|社区)[,、;:(]|公司|代表大会|常委会`)
	issuing   = compile(`^(?:经.{2,30}同意|现将|现就|现予|现印发|根据|为了|为贯彻|为进一步|按照|依照|依据).{8}`)
)

// findBody finds the first line that can only be text, and cuts the page footer off.
func (p *page) findBody() {
	p.end = len(p.lines)
	p.start = min(p.end, mostHeader)
	footerBehind := p.end // no line is text for certain: nothing is footer
	for i := range p.header() {
		if p.startsBody(i) {
			p.start, footerBehind = i, i
			break
		}
	}
	// A work report begins with its greeting, whatever photographs and captions stand before it.
	for i := 0; i < min(len(p.lines), greetingWithin); i++ {
		if p.lines[i].runes() > longestCaption {
			break
		}
		if greeting.MatchString(p.lines[i].key) {
			p.start, footerBehind = i, i
			break
		}
	}
	p.end = footerStart(p.lines, footerBehind)
}

const (
	greetingWithin = 60
	longestCaption = 100
	// mostHeader and mostFooter are how many lines header and footer have at most, longestRow how many bytes a line of
	// the header: what lies farther in, and a longer line, is text.
	mostHeader = 300
	mostFooter = 300
	longestRow = 6000
	// shortest lengths of a line in characters by which it counts as text
	shortestSentence = 8
	shortestClause   = 25
	shortestLong     = 60
)

func (p *page) startsBody(i int) bool {
	if len(p.lines[i].key) > longestRow {
		return true
	}
	key := p.look(i).key
	if key == "" || p.look(i).furniture || isNotice(key) {
		return false
	}
	length := utf8.RuneCountInString(key)
	marks := findLabels(key)
	labelled := len(marks) > 0 && marks[0].start == 0
	full := strings.ContainsAny(key, "。!?") || strings.HasSuffix(key, ";")
	switch {
	case labelled && (!full || length < shortestClause || isSummary(key) && i > 0 && len(findLabels(p.lines[i-1].key)) > 0):
		return false
	case len(marks) > 1 && !full:
		return false
	case greeting.MatchString(key):
		return true
	case heading.MatchString(key):
		return len(articles.FindAllString(key, -1)) < 2 || full || length > shortestLong
	case full && length >= shortestSentence && !strings.HasPrefix(key, "(") && !strings.HasPrefix(key, "【"):
		return !strings.HasSuffix(key, "…") && !nounEnd.MatchString(tight(strings.TrimRight(key, "!?")))
	case isAddressee(key, length):
		return true
	case issuing.MatchString(key) && length >= shortestClause && !nounEnd.MatchString(tight(key)):
		return true
	case strings.HasSuffix(key, ":") && length >= shortestClause:
		return true
	}
	return length >= shortestLong && strings.ContainsAny(key, ",、") && !nounEnd.MatchString(tight(key)) && !strings.HasSuffix(key, "…") &&
		!strings.Contains(key, "|")
}

// summary begins the summary that blocks carry among their values, long sentences or not.
var summary = compile(`^(?:内 *容 *)?(?:概 *述|概 *要|摘 *要|简 *介) *[:\]】|]`)

func isSummary(key string) bool { return summary.MatchString(key) }

// isAddressee reports whether the line names those to whom the document is sent (主送机关).
func isAddressee(key string, length int) bool {
	if length > 200 || !addressee.MatchString(key) {
		return false
	}
	if strings.HasSuffix(key, ":") {
		return !strings.HasPrefix(key, "联系") && length >= 4
	}
	return strings.HasPrefix(key, "各") && !nounEnd.MatchString(tight(key))
}

// unknownRun is how many lines without any sign of a header may follow the last such sign, once the title has passed,
// before the header is taken to be over.
const unknownRun = 4

// findHeaderEnd puts the border behind the last line before the text that belongs to the header. Lines between it and
// the text stay in the body: to lose one is worse than to keep a line of navigation.
func (p *page) findHeaderEnd() {
	if p.start < len(p.lines) && greeting.MatchString(p.lines[p.start].key) && p.start < greetingWithin {
		p.first = p.start
		return
	}
	last, passed := -1, false
	for i := 0; i < min(p.start, p.end); i++ {
		if passed && i-last > unknownRun {
			break
		}
		if p.isTitle[i] {
			passed = true
		}
		if p.isHeaderLine(i) {
			last = i
		}
	}
	p.first = last + 1
	if p.first > p.end {
		p.first = p.end
	}
}

// isHeaderLine reports whether a line before the text is a header line for certain.
func (p *page) isHeaderLine(i int) bool {
	l := p.look(i)
	if p.isTitle[i] || p.isMeta[i] || l.furniture || isNotice(p.lines[i].key) {
		return true
	}
	return !l.history && (l.date != "" || l.status != "" || l.number || l.subtitle || l.damaged || l.stamp || damagedNumber.MatchString(tight(l.key)))
}

// subtitle is where and when a report was given, below its title.
var subtitle = compile(`^[-—]*[(]?.{0,30}在.*(?:会议|大会|全会)上[)]?`)

// damagedNumber is a document number that lost its closing bracket and 号: 临政办函〔202119 is 临政办函〔2021〕19号.
var damagedNumber = compile(`^(\p{Han}{2,14})[〔\[(]((?:19|20)\d\d)[〕\])]?(\d{1,4})号?$`)

// readDamaged returns the number that a text damaged in that way stands for, or "".
func readDamaged(key string) string {
	if m := damagedNumber.FindStringSubmatch(tight(key)); m != nil && digits(m[3]) > 0 {
		return gongwen.DocNumber{Issuer: m[1], Year: digits(m[2]), Serial: digits(m[3])}.String()
	}
	return ""
}

// history is a line that tells how a rule came about: 2019年1月14日 审判委员会第1759次会议通过.
var history = compile(`^[(]?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|(?:19|20)\d\d-\d\d?-\d\d?) ?.*(?:通过|批准|修正|修订|公布|施行|发布|公告|修改|颁布|废止|实施)[)）]? ?。?$|^[(]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日 ?.{0,40}(?:会议|令第\d+号)(?:通过|公布|发布|《|<|$)`)

func isHistory(key string) bool {
	date := strings.TrimPrefix(key, "(")
	if !strings.HasPrefix(date, "19") && !strings.HasPrefix(date, "20") {
		return false
	}
	return history.MatchString(strings.TrimRight(key, " ")) && len(findLabels(key)) == 0
}

// findNumbers is gongwen.FindDocNumbers for lines, of which few hold a number.
func findNumbers(text string) []gongwen.FoundNumber {
	if !strings.Contains(text, "号") && !strings.Contains(text, "號") {
		return nil
	}
	return gongwen.FindDocNumbers(text)
}

// isNumberLine reports whether a line is a document number, with a date or a signer's name behind it at most.
func isNumberLine(key string) bool {
	found := findNumbers(key)
	if len(found) == 0 {
		return false
	}
	n := found[0]
	before, after := strings.Trim(key[:n.Span.Start], " (•·*"), strings.Trim(key[n.Span.End:], " )")
	if before != "" {
		return false
	}
	return after == "" || dateLine(after) != "" || strings.HasPrefix(after, "签发人")
}

// footerSign begins the page footer: what follows is no text of the document.
var footerSign = compile(`^上一篇|^下一篇|^上一条|^下一条|^上篇|^下篇|^相关(?:报道|链接|新闻|文章|阅读|文档|稿件|信息|政策|解读)|^扫一扫|^分享(?:到|至|:|$)|^关闭窗口|^打印本页|^主办单位|^主办:|^版权所有|ICP备|公网安备|网站标识码|^友情链接|^返回顶部|^【?打印】?|^【?关闭】?|^\[?(?:打印|关闭)|^Public domain|^责任编辑|^网站地图|^联系我们|^Produced|^地址:.*(?:邮编|电话)|^网站(?:声明|说明|管理)|^备案号|^技术支持|^您是第`)

// licence begins what Wikisource puts below its texts.
var licence = compile(`^(?:本|这|此)作品(?:是|在|属|来自|收录|为|原文)`)

// shortestText is the length of a line with a full stop by which it is text, so that the footer begins after it.
const shortestText = 15

// footerStart returns the first line of the page footer. It lies behind the last sentence, or at the licence of a wiki.
func footerStart(lines []line, start int) int {
	end := len(lines)
	for i := max(start, end-40); i < end; i++ {
		if licence.MatchString(lines[i].key) {
			end = i
			break
		}
	}
	last := end
	for last > max(start+1, len(lines)-mostFooter) {
		l := lines[last-1]
		if l.runes() >= shortestText && strings.ContainsAny(l.key, "。!") && !footerSign.MatchString(tight(l.key)) {
			break
		}
		last--
	}
	for i := last; i < end; i++ {
		if footerSign.MatchString(tight(lines[i].key)) && !strings.Contains(lines[i].key, "。") {
			end = i
			break
		}
	}
	// Tools without a clear sign (×, 大 中 小) directly above the footer.
	for end > start+1 && isFurniture(lines[end-1].key) && !strings.HasPrefix(tight(lines[end-1].key), "附件") {
		end--
	}
	return end
}
