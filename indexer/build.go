package indexer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongwen"
	"gongwen/indexer/commitment"
	"gongwen/indexer/figure"
	"gongwen/indexer/format"
	"gongwen/indexer/header"
	"gongwen/indexer/outline"
)

// source is the text of a document before its body is told from what stands around it.
type source struct{ format.Document }

func plainText(text string) source { return source{format.Document{Text: text}} }

// build makes the document of a text. Text is "" where there is no body. name stands in for a title that is nowhere
// else, or is "".
func (ix *Indexer) build(given given, text source, name string) gongwen.Document {
	title, page := given.Title, text.Text
	if title == "" && len(text.Headings) > 0 && text.Headings[0].Level == 1 && strings.HasPrefix(page, text.Headings[0].Line) {
		title = text.Headings[0].Line
	}
	if title != "" && !holdsTitle(page, title) {
		page = title + "\n" + page
	}
	served := header.Clean(text.Text)
	var read header.Fields
	var body string
	if text.Record && (given.complete() || isArticle(given)) && !hasHeader(served) {
		read = ix.titles.read(title) // nothing of the text can add to it
	} else {
		read, body = header.Read(page, given.URL, ix.places)
	}
	if title == "" && read.Title == "" && name != "" {
		// The name is asked as the title would have been: it often says year, kind and place.
		title = name
		named, _ := header.Read(name+"\n"+page, given.URL, ix.places)
		named.Published, named.Signed = read.Published, read.Signed
		read = mergeRead(read, named)
	}
	if title == "" {
		title = read.Title
	}
	switch {
	case text.Record && given.Title != "" && !isPage(served, body, title):
		body = withoutTitle(served, title)
	case body == "" && given.Title == "":
		body = served // a text of one line, which was taken for its title
	case body == "":
		body = withoutTitle(served, title)
	default:
		if rest := withoutTitle(body, title); rest != "" {
			body = rest
		}
	}
	own := fields(given, read, title)
	document := gongwen.Document{
		Title: own.Title, Kind: own.Kind, Year: own.Year, Published: own.Published, Signed: own.Signed,
		Source: own.Source, Issuer: own.Issuer, Region: own.Region, Number: own.Number, Status: own.Status,
		Effective: own.Effective, Expires: own.Expires, URL: given.URL, Text: body,
	}
	if body == "" {
		return document
	}
	effective, expires := header.Validity(body, own.Title, own.Signed)
	fill(&document.Effective, effective)
	if document.Effective <= expires {
		fill(&document.Expires, expires)
	}
	document.Cites = header.Cites(body, own)
	headings, pages := text.place(body)
	document.Sections, document.Pages = outline.SplitHeadings(body, headings, own.Year), pages
	findFacts(&document)
	return document
}

// findFacts adds what the document promises and counts.
func findFacts(d *gongwen.Document) {
	d.Commitments, d.Figures = commitment.Find(d), figure.Find(d)
	for i := range d.Commitments {
		d.Commitments[i].Text = d.Commitments[i].Span.Cut(d.Text)
	}
	for i := range d.Figures {
		d.Figures[i].Text = d.Figures[i].Span.Cut(d.Text)
	}
}

// complete reports whether only such fields are missing as stand on lines of their own around a text: source, issuer,
// number, signed, status.
func (g *given) complete() bool {
	return g.Title != "" && g.Kind != "" && g.Year != 0 && g.Published != "" && g.Region != ""
}

// hasHeader reports whether a text may have header lines or a signature: lines that do not end as sentences do. Most
// articles of laws have none, and reading them as pages would take most of the time of a run.
func hasHeader(text string) bool {
	for line := range strings.Lines(text) {
		last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(line))
		if !strings.ContainsRune("。；：，、！？;:,!?", last) {
			return true
		}
	}
	return false
}

// fields is what was given, and for the rest what was read.
func fields(given given, read header.Fields, title string) header.Fields {
	own := header.Fields{
		Title: title, Kind: given.Kind, Year: given.Year, Published: given.Published, Signed: given.Signed,
		Source: given.Source, Issuer: given.Issuer, Region: given.Region, Number: given.Number, Status: given.Status,
		Effective: given.Effective, Expires: given.Expires,
	}
	return mergeRead(own, read)
}

// mergeRead fills what is missing in a from b.
func mergeRead(a, b header.Fields) header.Fields {
	fill(&a.Title, b.Title)
	fill(&a.Kind, b.Kind)
	fill(&a.Year, b.Year)
	fill(&a.Published, b.Published)
	fill(&a.Signed, b.Signed)
	fill(&a.Source, b.Source)
	fill(&a.Issuer, b.Issuer)
	fill(&a.Region, b.Region)
	fill(&a.Number, b.Number)
	fill(&a.Status, b.Status)
	fill(&a.Effective, b.Effective)
	fill(&a.Expires, b.Expires)
	return a
}

func fill[T comparable](field *T, value T) {
	var none T
	if *field == none {
		*field = value
	}
}

// topLines is how far down a page its title is looked for: navigation takes up to about so many lines.
const topLines = 60

// holdsTitle reports whether the title stands on a line of its own, or on up to three, near the top of the page.
func holdsTitle(page, title string) bool {
	title = squeeze(title)
	var last [2]string
	lines := 0
	for line := range strings.Lines(page) {
		if line = squeezed(line, len(title)); line == "" {
			continue
		}
		if line == title || last[1]+line == title || last[0]+last[1]+line == title {
			return true
		}
		last[0], last[1] = last[1], line
		if lines++; lines == topLines {
			break
		}
	}
	return false
}

// withoutTitle takes the title off the top of the text, where it stands on one line, two or three.
func withoutTitle(text, title string) string {
	title = squeeze(title)
	begun, rest := "", text
	for range 3 {
		line, after, more := strings.Cut(rest, "\n")
		begun += squeezed(line, len(title))
		if title != "" && begun == title {
			return strings.TrimLeft(after, "\n")
		}
		if !more || !strings.HasPrefix(title, begun) {
			break
		}
		rest = after
	}
	return text
}

// squeeze drops what two writings of one title differ in: white space and title marks.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if isLoose(r) {
			return -1
		}
		return r
	}, text)
}

func isLoose(r rune) bool {
	return r == '《' || r == '》' || r == '\ufeff' || r == '\u200b' || unicode.IsSpace(r)
}

// squeezed is squeeze for a line that is compared with a title of so many bytes: of a longer one only as much comes back
// as shows it to be longer.
func squeezed(line string, title int) string {
	kept := 0
	for at, r := range line {
		if kept > title {
			return squeeze(line[:at])
		}
		if !isLoose(r) {
			kept += utf8.RuneLen(r)
		}
	}
	return squeeze(line)
}

// furniture marks a line that only a web page has.
var furniture = regexp.MustCompile(`(?:^(?:下载|打印|全屏|收藏|分享|首页|登录|注册|返回顶部|关闭窗口|扫一扫.*|相关报道|相关链接|相关阅读|附件下载|主办单位|版权所有)[:：]?\p{Z}*$)|` +
	`字号\p{Z}*[:：]|字体\p{Z}*[:：]|打印本页|关闭窗口|浏览次数|点击(?:量|数|率)?\p{Z}*[:：]|阅读(?:量|次数)\p{Z}*[:：]|` +
	`(?:您|你)?(?:现在|当前|所在)的?位置\p{Z}*[:：]|(?:文章|信息|稿件)?来\p{Z}*源\p{Z}*[:：]|发布(?:时间|日期|机构|机关)\p{Z}*[:：]?|索\p{Z}*引\p{Z}*号|` +
	`主题分类|无障碍|长者模式|扫一扫|分享到`)

// maxLost is the longest line, in characters, that is let go with a page's furniture.
const maxLost = 120

// isPage reports whether a record's text is a whole web page, so that body, which header.Read cut out of it, may be
// served instead. What was cut must be furniture to the eye: short lines, one of them plainly of a page, and nearly
// all of the text must be left. Everything else is a body already and loses no line.
func isPage(served, body, title string) bool {
	if len(body)*2 < len(served) {
		return false
	}
	kept := map[string]int{}
	for line := range strings.Lines(body) {
		kept[strings.TrimSpace(line)]++
	}
	page := false
	for line := range strings.Lines(served) {
		line = strings.TrimSpace(line)
		if kept[line] > 0 {
			kept[line]--
			continue
		}
		if furniture.MatchString(line) {
			page = true
		}
		if utf8.RuneCountInString(line) > maxLost && squeeze(line) != squeeze(title) {
			return false
		}
	}
	return page
}
