package header

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// A document says itself from when and until when it is in force: 本办法自2020年5月1日起施行，有效期5年. What it says of
// others (《…办法》同时废止) is nothing about itself, so every rule asks for a sentence whose subject is the document.

const (
	anyDate = `[12]\d{3} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?|[一二][` + hanDigits + `]{3} ?年 ?` + hanNumber + ` ?月 ?` + hanNumber + ` ?日`
	// itself is how a document names itself; the group is the noun.
	itself = `本(?:实施|暂行|试行|管理|若干|补充|工作|行政|地方|政策)?` +
		`(法|条例|办法|规定|细则|规则|规程|规范|章程|决定|决议|解释|通知|通告|公告|意见|方案|标准|批复|制度|指引|导则|指南|预案|目录|名录|清单|措施|政策|计划|准则|守则|修正案|安排|文件|令)` +
		`(?:\(.{1,6}?\))?`
	// explained is who interprets it or passed it, which often stands between subject and date.
	explained = `(?:(?:由[^。;]{2,60}?解释|经[^。;,]{2,40}?(?:通过|批准|修订)|由[^。;,]{2,30}通过)[,;。]? ?)?`
	// since is the day from which; the group is the date, or the act that the day is that of.
	since = `自 ?(` + anyDate + `|(?:公布|发布|印发|颁布|下发|签发)之日) ?(?:[零0] ?[时点])? ?起(?:正式|开始)?(?:施行|实施|生效|执行|试行)`
)

// validityRule reads a sentence. Its groups are the noun by which the document names itself, where the rule has one, and
// the date from which it is in force.
type validityRule struct {
	name     string
	pattern  *pattern
	noun     int // group of the noun; 0 where the sentence has none
	date     int // group of the date; 0 where the sentence tells an end only
	example  string
	from, to gongwen.Date // what the example says, of a document signed on 2020-03-04
}

var validityRules = []validityRule{
	{"itself", compile(itself + ` ?[,:]? ?` + explained + since), 1, 2, "第三十条 本办法由市司法局负责解释,自2020年5月1日起施行,有效期5年。", "2020-05-01", "2025-04-30"},
	{"itself, term first", compile(itself + ` ?,?有效期[^。;,]{1,10}, ?` + since), 1, 2, "本通知有效期三年,自印发之日起施行。", "2020-03-04", "2023-03-03"},
	{"as issued", compile(`现(?:予|将)?(?:以?公布|发布|颁布|印发)[^。;《]{0,12}[,;] ?(?:请[^。;]{2,16}[,;。] ?)?` + since), 0, 1, "《河道管理办法》已经通过,现予公布,自二〇二一年一月一日起施行。", "2021-01-01", ""},
	{"sentence of its own", compile(`^ ?(?:第[一二三四五六七八九十百零〇\d]{1,6}条 ?)?` + since), 0, 1, "第十二条 自2020年5月1日起施行。", "2020-05-01", ""},
	{"span", compile(itself + ` ?,?(?:有效期|执行期限?|试行期)(?:限)?(?:为|:)? ?自? ?(` + anyDate + `) ?起?[至到]`), 1, 2, "本意见有效期自2021年1月1日起至2022年12月31日止。", "2021-01-01", "2022-12-31"},
	{"term alone", compile(itself + `的?有效期`), 1, 0, "本规定有效期至2024年12月31日。", "", "2024-12-31"},
	{"end alone", compile(itself + `自 ?(?:` + anyDate + `) ?起(?:自动|即行|自行)?(?:失效|废止|停止执行|停止施行)`), 1, 0, "本通告自2020年9月1日起自动失效。", "", "2020-08-31"},
}

// Ways in which a sentence about the document tells its end. The date is the last day on which it is in force.
var (
	endTerm  = compile(`(?:有效期|试行期|施行期|执行期)(?:限)?(?:为|是|:)? ?(\d{1,2}|[一二三四五六七八九十]{1,3}) ?年(?:[^\d月]|$)`)
	endUntil = compile(`(?:[,;。]|有效期(?:限)?(?:为|是|:|截)?|[起行]|` + anyDate + `起?) ?(?:截?至|到|截止到?) ?(` + anyDate + `) ?(?:止|为止|废止|失效|[,;。)]|$)`)
	endSince = compile(`自 ?(` + anyDate + `) ?起(?:自动|即行|自行)?(?:失效|废止|停止执行|停止施行)`)
)

// validityCues are what every such sentence holds one of. Few sentences of a text do.
var validityCues = []string{
	"起施行", "起实施", "起生效", "起执行", "起试行", "起正式", "起开始", "起自动", "起即行", "起自行", "起失效", "起废止", "起停止", "有效期", "试行期", "执行期",
	"起實施", "起執行", "起試行", "起廢止",
}

// longestSentence bounds what is looked at around a cue, in bytes on either side.
const longestSentence = 400

// claim is what one sentence says.
type claim struct {
	noun     string
	from, to gongwen.Date
}

// Validity is from and until when a document says that it is in force: the first and the last day, "" where it does not
// say. A text whose sentences differ says nothing, unless one of them names the document as its title does.
func Validity(text, title string, signed gongwen.Date) (effective, expires gongwen.Date) {
	var claims []claim
	seen := 0 // where the last sentence ended
	for _, cue := range cuesOf(text) {
		if cue < seen {
			continue
		}
		start, end := sentenceAt(text, cue)
		seen = end
		told := strings.TrimSpace(text[start:end])
		if !slices.ContainsFunc([]string{"本", "现", "現"}, func(s string) bool { return strings.Contains(told, s) }) &&
			!strings.HasPrefix(told, "自") && !strings.HasPrefix(told, "第") {
			continue // no rule reads it
		}
		if c, ok := claimOf(narrow(analyzers.Simplify(told)), signed); ok {
			claims = append(claims, c)
		}
	}
	own := bareTitle(squeeze(title))
	named := slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return c.noun == "" || !strings.HasSuffix(own, c.noun) })
	for _, considered := range [][]claim{named, claims} {
		if from, ok := only(considered, func(c claim) gongwen.Date { return c.from }); ok && effective == "" {
			effective = from
		}
		if to, ok := only(considered, func(c claim) gongwen.Date { return c.to }); ok && expires == "" {
			expires = to
		}
	}
	if expires < effective && expires != "" {
		expires = ""
	}
	return effective, expires
}

// only returns the date that all claims agree on which say one.
func only(claims []claim, of func(claim) gongwen.Date) (date gongwen.Date, ok bool) {
	for _, c := range claims {
		d := of(c)
		if d != "" && date != "" && d != date {
			return "", false
		}
		date = max(date, d)
	}
	return date, date != ""
}

// cuesOf returns where a text holds cues, in order.
func cuesOf(text string) []int {
	var found []int
	for _, first := range []string{"起", "有效期", "试行期", "执行期"} {
		for at := 0; ; at += len(first) {
			next := strings.Index(text[at:], first)
			if next < 0 {
				break
			}
			at += next
			rest := text[at:]
			if slices.ContainsFunc(validityCues, func(cue string) bool { return strings.HasPrefix(rest, cue) }) {
				found = append(found, at)
			}
		}
	}
	slices.Sort(found)
	return found
}

// sentenceAt returns the borders of the sentence around a byte, as far as it is not too long.
func sentenceAt(text string, at int) (start, end int) {
	start = max(0, at-longestSentence)
	if i := strings.LastIndexAny(text[start:at], "。\n"); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[start+i:])
		start += i + size
	}
	for start > 0 && !utf8.RuneStart(text[start]) {
		start++
	}
	end = min(len(text), at+longestSentence)
	if i := strings.IndexAny(text[at:end], "。\n"); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[at+i:])
		return start, min(end, at+i+size)
	}
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	return start, end
}

// claimOf reads one sentence.
func claimOf(key string, signed gongwen.Date) (claim, bool) {
	for i := range validityRules {
		r := &validityRules[i]
		m := r.pattern.FindStringSubmatchIndex(key)
		if m == nil || inQuotes(key[:m[0]]) {
			continue
		}
		var c claim
		if r.noun > 0 {
			c.noun = key[m[2*r.noun]:m[2*r.noun+1]]
		}
		if r.date > 0 {
			said := key[m[2*r.date]:m[2*r.date+1]]
			if c.from, _, _ = dateIn(said); c.from == "" && strings.HasSuffix(said, "之日") {
				c.from = signed
			}
		}
		c.to = endOf(key[m[0]:], c.from)
		return c, c.from != "" || c.to != ""
	}
	return claim{}, false
}

// inQuotes reports whether a quotation or a title is open at the end of a text: what stands there is said of another.
func inQuotes(before string) bool {
	return strings.Count(before, "“") > strings.Count(before, "”") || strings.Count(before, "《") > strings.Count(before, "》")
}

// endOf is the last day that a sentence tells; a term counts from the day on which the document comes into force.
func endOf(key string, from gongwen.Date) gongwen.Date {
	if m := endTerm.FindStringSubmatch(key); m != nil {
		return termEnd(from, hanCount(m[1]))
	}
	if m := endSince.FindStringSubmatch(key); m != nil {
		d, _, _ := dateIn(m[1])
		return dayBefore(d)
	}
	if m := endUntil.FindStringSubmatch(key); m != nil {
		d, _, _ := dateIn(m[1])
		return d
	}
	return ""
}

func termEnd(from gongwen.Date, years int) gongwen.Date {
	day, err := time.Parse(time.DateOnly, string(from))
	if err != nil || years == 0 {
		return ""
	}
	return gongwen.Date(day.AddDate(years, 0, -1).Format(time.DateOnly))
}

func dayBefore(d gongwen.Date) gongwen.Date {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return gongwen.Date(day.AddDate(0, 0, -1).Format(time.DateOnly))
}

// datesOf are the days of effect and of expiry that labels tell.
func (p *page) datesOf() (effective, expires gongwen.Date) {
	for _, e := range p.entries {
		switch d, start, _ := dateIn(e.value.key); {
		case e.field == effectiveField && d != "" && start == 0 && effective == "":
			effective = d
		case e.field == expiryField && d != "" && start == 0 && expires == "":
			expires = d
		}
	}
	for _, e := range p.entries {
		if e.field == termField && expires == "" {
			expires = endOf("有效期"+strings.TrimLeft(strings.TrimSpace(e.value.key), ":"), effective)
		}
	}
	if expires != "" && expires < effective {
		expires = ""
	}
	return effective, expires
}
