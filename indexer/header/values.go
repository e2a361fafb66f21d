package header

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen/analyzers"
)

// numberOf is the document's own number: from its label, from the line below the title, from the title. A number that
// stands in a sentence is a citation.
func (p *page) numberOf() string {
	for _, e := range p.entries {
		if e.field == numberField {
			if found := findNumbers(strings.TrimSpace(analyzers.Simplify(e.value.raw))); len(found) > 0 && found[0].Issuer != "" {
				return found[0].String()
			}
		}
	}
	if n := p.numberLine(p.lines[:p.first]); n != "" {
		return n
	}
	for i := range p.header() {
		text := p.look(i).plain
		if p.isTitle[i] {
			text = withoutSite(text)
			if at := strings.IndexAny(text, "_|"); at > 0 {
				text = text[:at]
			}
		}
		found := findNumbers(text)
		if len(found) == 0 || found[0].Issuer == "" || strings.Contains(tight(narrow(text)), "转发"+found[0].Issuer) {
			continue
		}
		rest := strings.Trim(text[found[0].Span.End:], " )）]】")
		if found[0].Span.Start == 0 || rest == "" {
			return found[0].String()
		}
	}
	for _, e := range p.entries {
		if n := readDamaged(e.value.key); e.field == numberField && n != "" {
			return n
		}
	}
	// A notice whose title was lost carries its number on the first lines of the text.
	return p.numberLine(p.lines[p.first:min(p.first+3, p.end)])
}

// numberLine returns the number that stands on a line of its own, whole before damaged.
func (p *page) numberLine(lines []line) string {
	for _, l := range lines {
		key := strings.Trim(l.trimmed().plain, "()（）")
		if !isNumberLine(narrow(key)) {
			continue
		}
		if n := findNumbers(key)[0]; n.Issuer != "" {
			return n.String()
		}
	}
	for _, l := range lines {
		if n := readDamaged(l.trimmed().key); n != "" {
			return n
		}
	}
	return ""
}

// statusOf is the state of validity that a label, a line of its own or an addition to the title tells.
func (p *page) statusOf() string {
	for _, e := range p.entries {
		if e.field == statusField {
			if s := statusWord(e.value.key); s != "" {
				return s
			}
		}
	}
	if s := statusWord(p.titleMark); s != "" {
		return s
	}
	for i := range p.lines[:p.first] {
		if s := p.look(i).status; s != "" {
			return s
		}
	}
	near := append(slices.Clone(p.lines[p.first:min(p.first+noteWithin, p.end)]), p.lines[max(p.first, p.end-noteWithin):p.end]...)
	for _, l := range near {
		if m := editorsNote.FindStringSubmatch(l.key); m != nil {
			return statusWord(m[1])
		}
	}
	return ""
}

// editorsNote is a note above or below the text: 【编者注】本文件已被……废止。
var editorsNote = compile(`^(?:【[^】]*注】|[(]?(?:编者)?注:) ?本.{1,8}已.*(废止|失效|修改|修订)[。)]*$`)

// noteWithin is how many lines from either end such a note can stand.
const noteWithin = 3

// statusLine returns the status of a line that tells nothing else: (已失效).
func statusLine(key string) string {
	bare := strings.Trim(tight(key), "()[]【】*")
	if utf8.RuneCountInString(bare) > 8 || bare == "是" || bare == "否" || bare == tight(key) && utf8.RuneCountInString(bare) < 3 {
		return ""
	}
	return statusWord(bare)
}

// Status writes a state of validity as the page's own are: 有效 as 现行有效. What is none of them stays as it is.
func Status(written string) string {
	if s := statusWord(narrow(analyzers.Simplify(written))); s != "" {
		return s
	}
	return written
}

// statusWord maps what pages write to one word for each state. A word that says something else is no status.
func statusWord(text string) string {
	switch strings.Trim(tight(text), "()[]【】.。") {
	case "有效", "现行有效", "继续有效", "生效", "已生效", "正在生效", "现行", "是", "有效文件", "有效执行":
		return "现行有效"
	case "失效", "已失效", "自动失效", "宣布失效", "到期失效", "失效文件":
		return "已失效"
	case "废止", "已废止", "已经废止", "全文废止", "已被废止", "废止文件", "已作废", "作废":
		return "已废止"
	case "修改", "已修改", "已被修改", "修订", "已修订", "已修正", "已被修订":
		return "已修改"
	case "部分失效":
		return "部分失效"
	case "部分废止", "部分有效":
		return "部分废止"
	case "尚未生效", "未生效", "尚未施行", "待生效":
		return "尚未生效"
	case "废止或失效", "失效或废止", "无效", "否":
		return "已失效"
	}
	return ""
}

// sourceOf is the value of the label 来源, as the page writes it. A path, an address or a date is no source.
func (p *page) sourceOf() string {
	for _, e := range p.entries {
		if e.field != sourceField {
			continue
		}
		if s := sourceValue(e.value); s != "" {
			return s
		}
	}
	return ""
}

var (
	notSource   = compile(`://|www\.|\.(?:cn|com|net|org)|/|>|^[\d\s:.-]+$|^未知$|^无$|^暂无$|^[-—]+$|字体|字号|浏览|点击`)
	afterSource = compile(` {2,}.*$| +(?:[【\[|].*|(?:19|20)\d\d[-年/.].*|字[体号].*|大 中 小.*|打印.*|分享.*|浏览.*|点击.*|阅读.*|作者.*|编辑.*|收藏.*|已有.*)$|[【\[|].*$`)
)

const longestSource = 40

func sourceValue(value line) string {
	end := len(value.key)
	if m := afterSource.FindStringIndex(value.key); m != nil {
		end = m[0]
	}
	key := strings.Trim(value.key[:end], " ")
	if key == "" || utf8.RuneCountInString(key) > longestSource || notSource.MatchString(key) {
		return ""
	}
	if d, start, _ := dateIn(key); d != "" && start == 0 {
		return ""
	}
	return strings.TrimSpace(value.from(value.raw, 0, end))
}
