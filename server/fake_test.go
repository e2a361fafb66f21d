package server

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongwen"
	"gongwen/search"
)

// fake is a searcher over a few documents: enough of the laws of a query to tell a story by, no more.
type fake struct {
	documents []*gongwen.Document
	err       error         // what every call returns, where it is set
	block     chan struct{} // what every search waits for, where it is set
}

func (f *fake) Status(context.Context) (search.Status, error) {
	return search.Status{
		Engine: "fake", Documents: len(f.documents), FirstYear: 2017, LastYear: 2019,
		Updated: time.Date(2026, 11, 24, 1, 2, 3, 0, time.UTC),
	}, f.err
}

func (f *fake) Read(_ context.Context, id string, q search.Query) (*search.Reading, error) {
	if f.err != nil {
		return nil, f.err
	}
	for _, d := range f.documents {
		if d.ID == id || slices.ContainsFunc(d.Addresses, func(a gongwen.Address) bool { return a.ID == id }) {
			return &search.Reading{Document: d, Title: parts(d.Title, literals(q)), Marks: marks(d.Text, literals(q))}, nil
		}
	}
	return nil, search.ErrNotFound
}

func (f *fake) Search(ctx context.Context, request search.Request) (*search.Result, error) {
	if f.block != nil {
		select {
		case <-f.block:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if f.err != nil {
		return nil, f.err
	}
	if request.Cursor == "expired" {
		return nil, search.ErrCursorExpired
	}
	var found []*gongwen.Document
	for _, d := range f.documents {
		if holds(d, request.Query) && passes(d, request.Filters, "") {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, func(a, b *gongwen.Document) int {
		switch request.Sort {
		case search.SortNewest:
			return cmp.Compare(b.Dated(), a.Dated())
		case search.SortOldest:
			return cmp.Compare(a.Dated(), b.Dated())
		}
		return 0
	})
	words := literals(request.Query)
	result := &search.Result{
		Total: len(found), All: len(found), Together: len(found), Words: words,
		Took: 3 * time.Millisecond, Facets: f.facets(request),
	}
	if len(found) == 0 {
		for _, word := range words {
			n := 0
			for _, d := range f.documents {
				if holds(d, search.Run{Text: word}) {
					n++
				}
			}
			result.Why = append(result.Why, search.Found{Part: word, Total: n})
		}
	}
	size := cmp.Or(request.Size, search.DefaultSize)
	result.Offset, _ = strconv.Atoi(request.Cursor)
	for _, d := range found[min(result.Offset, len(found)):] {
		if len(result.Hits) >= size {
			result.Next = strconv.Itoa(result.Offset + size)
			break
		}
		result.Hits = append(result.Hits, hit(d, words))
	}
	if result.Offset > 0 {
		result.Prev = strconv.Itoa(max(0, result.Offset-size))
	}
	return result, nil
}

func (f *fake) facets(request search.Request) map[search.Field][]search.FacetValue {
	facets := map[search.Field][]search.FacetValue{}
	for _, field := range search.FacetFields() {
		counts := map[string]int{}
		for _, d := range f.documents {
			if !holds(d, request.Query) || !passes(d, request.Filters, field) {
				continue
			}
			for _, value := range valuesOf(d, field) {
				counts[value]++
			}
		}
		facets[field] = search.RankFacet(field, counts, nil, -1)
	}
	return facets
}

// passes applies all filters but those of one facet.
func passes(d *gongwen.Document, filters []search.Condition, except search.Field) bool {
	asked, met := map[search.Field]bool{}, map[search.Field]bool{}
	for _, c := range filters {
		if c.Field == except {
			continue
		}
		asked[c.Field] = true
		for _, value := range valuesOf(d, c.Field) {
			from, to, isRange := strings.Cut(c.Value, "..")
			if value == c.Value || isRange && from <= value && (to == "" || value <= to) {
				met[c.Field] = true
			}
		}
	}
	return len(asked) == len(met)
}

func valuesOf(d *gongwen.Document, field search.Field) []string {
	if !search.IsSectionFacet(field) {
		return search.FacetValues(field, d)
	}
	var values []string
	gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) {
		value := string(s.Topic)
		if field == search.FieldRole {
			value = string(s.Role)
		}
		if value = search.FacetText(value); !slices.Contains(values, value) {
			values = append(values, value)
		}
	})
	return values
}

func holds(d *gongwen.Document, q search.Query) bool {
	switch q := q.(type) {
	case nil:
		return true
	case search.Run:
		return strings.Contains(d.Text+d.Title+d.Number, q.Text)
	case search.Words:
		return strings.Contains(d.Text+d.Title+d.Number, q.Text)
	case search.Where:
		switch q.Field {
		case search.FieldNumber:
			return d.Number == q.Value
		case search.FieldCites:
			return slices.ContainsFunc(d.Cites, func(c gongwen.Citation) bool { return c.Number == q.Value })
		}
		return passes(d, []search.Condition{q.Condition}, "")
	case search.Not:
		return !holds(d, q.Of)
	case search.Or:
		return slices.ContainsFunc(q.Of, func(q search.Query) bool { return holds(d, q) })
	case search.And:
		return !slices.ContainsFunc(q.Of, func(q search.Query) bool { return !holds(d, q) })
	}
	panic("unknown query")
}

// literals are what a query marks.
func literals(q search.Query) []string {
	switch q := q.(type) {
	case search.Run:
		return []string{q.Text}
	case search.Words:
		return []string{q.Text}
	case search.Or:
		var all []string
		for _, of := range q.Of {
			all = append(all, literals(of)...)
		}
		return all
	case search.And:
		return literals(search.Or(q))
	}
	return nil
}

func marks(text string, words []string) []gongwen.Span {
	var spans []gongwen.Span
	for at := 0; at < len(text); {
		length := 0
		for _, word := range words {
			if word != "" && strings.HasPrefix(text[at:], word) {
				length = max(length, len(word))
			}
		}
		if length > 0 {
			spans = append(spans, gongwen.Span{Start: at, End: at + length})
		}
		at += max(length, 1)
	}
	return spans
}

func parts(text string, words []string) []search.Part {
	var all []search.Part
	at := 0
	for _, m := range marks(text, words) {
		if m.Start > at {
			all = append(all, search.Part{Text: text[at:m.Start]})
		}
		all = append(all, search.Part{Text: m.Cut(text), Match: true})
		at = m.End
	}
	if at < len(text) {
		all = append(all, search.Part{Text: text[at:]})
	}
	return all
}

func hit(d *gongwen.Document, words []string) search.Hit {
	all := marks(d.Text, words)
	h := search.Hit{Document: d, Title: parts(d.Title, words), Score: 1, Marks: len(all)}
	gongwen.Walk(d.Sections, func(s *gongwen.Section, ancestors []*gongwen.Section) {
		first, n := 0, 0
		for i, m := range all {
			if slices.ContainsFunc(s.Own(), func(own gongwen.Span) bool { return own.Contains(m.Start) }) {
				n++
				first = cmp.Or(first, i+1)
			}
		}
		if n == 0 {
			return
		}
		if len(h.Sections) == search.MaxHitSections {
			h.More++
			return
		}
		sh := search.SectionHit{Section: s, Marks: n}
		for _, above := range ancestors {
			sh.Path = append(sh.Path, above.Name())
		}
		m := all[first-1]
		from, to := back(d.Text, m.Start, 20), ahead(d.Text, m.End, 50)
		sh.Fragments = []search.Fragment{{
			Parts: parts(d.Text[from:to], words), Span: gongwen.Span{Start: from, End: to}, Mark: first,
			Cut: search.Cut{Before: from > 0 && d.Text[from-1] != '\n', After: to < len(d.Text) && d.Text[to] != '\n'},
		}}
		h.Sections = append(h.Sections, sh)
	})
	return h
}

// back and ahead go so many characters from a place, but not past a line break.
func back(text string, at, runes int) int {
	all := []rune(text[strings.LastIndexByte(text[:at], '\n')+1 : at])
	return at - len(string(all[max(0, len(all)-runes):]))
}

func ahead(text string, at, runes int) int {
	all := []rune(text[at:lineEnd(text, at)])
	return at + len(string(all[:min(len(all), runes)]))
}

var (
	chapter = regexp.MustCompile(`^([一二三四五六七八九十]+、)(.{2,40})$`)
	article = regexp.MustCompile(`^(（[一二三四五六七八九十]+）)([^。]{2,30})。`)
)

// outlined gives a document the outline that its lines announce: chapters on lines of their own, articles run in.
func outlined(d *gongwen.Document) *gongwen.Document {
	topics := []gongwen.Topic{gongwen.TopicLeadership, gongwen.TopicFunction, gongwen.TopicDecision, gongwen.TopicEnforcement, gongwen.TopicDispute}
	at := 0
	var chapters []gongwen.Section
	for line := range strings.SplitAfterSeq(d.Text, "\n") {
		bare := strings.TrimRight(line, "\n")
		end := at + len(line)
		switch {
		case chapter.MatchString(bare):
			m := chapter.FindStringSubmatch(bare)
			chapters = append(chapters, gongwen.Section{
				Label: m[1], Heading: m[2], Level: 1, Span: gongwen.Span{Start: at},
				Topic: topics[len(chapters)%len(topics)], Role: gongwen.RoleResults,
			})
		case article.MatchString(bare) && len(chapters) > 0:
			m := article.FindStringSubmatch(bare)
			above := &chapters[len(chapters)-1]
			above.Sections = append(above.Sections, gongwen.Section{
				ID: fmt.Sprintf("%d.%d", len(chapters), len(above.Sections)+1), Label: m[1], Heading: m[2], Level: 2,
				Span: gongwen.Span{Start: at, End: end}, Topic: above.Topic, Role: above.Role,
			})
		case len(chapters) == 0 || strings.HasPrefix(bare, "回顾"):
			s := gongwen.Section{Level: 1, Span: gongwen.Span{Start: at}}
			if strings.HasPrefix(bare, "回顾") {
				s.Role = gongwen.RoleProblems
			}
			chapters = append(chapters, s)
		}
		at = end
	}
	for i := range chapters {
		s := &chapters[i]
		s.ID = strconv.Itoa(i + 1)
		s.Span.End = len(d.Text)
		if i+1 < len(chapters) {
			s.Span.End = chapters[i+1].Span.Start
		}
		for j := range s.Sections {
			s.Sections[j].ID = fmt.Sprintf("%d.%d", i+1, j+1)
		}
		if strings.Contains(s.Heading, "安排") {
			s.Role = gongwen.RolePlan
		}
	}
	d.Sections = chapters
	for _, number := range gongwen.FindDocNumbers(d.Text) {
		d.Cites = append(d.Cites, gongwen.Citation{Number: number.String(), Span: number.Span})
	}
	return d
}

// reportText is a report about an invented place.
const reportText = `%[2]d年，%[1]s人民政府坚持以法治政府建设为统领，严格落实《法治政府建设实施纲要》，各项工作取得新的进展。现将有关情况报告如下。
一、加强组织领导，压实主体责任
区政府常务会议专题听取法治政府建设汇报%[3]d次，主任办公会议研究重大事项均先行合法性审查。根据%[5]s政办发〔%[2]d〕%[4]d号的要求，把行政执法三项制度落实情况纳入年度考核。
二、依法全面履行政府职能
（一）深化行政审批制度改革。取消行政许可事项%[3]d项，政务服务事项网上可办率达到9%[3]d.6%%，企业开办时间压缩至1.5个工作日。继续推进“放管服”改革，公布权责清单并实行动态调整。
（二）优化法治化营商环境。制定涉企行政执法检查计划，同一企业同一年度联合检查不超过1次；清理妨碍统一市场和公平竞争的文件%[3]d件。
三、推进行政决策科学化、民主化、法治化
完善法律顾问制度，区政府法律顾问团队增至%[4]d人，全年审查合同、文件等涉法事项1%[3]d9件，提出意见建议230余条。
四、严格规范公正文明执法
（一）全面推行行政执法三项制度。区级行政执法单位全部公示执法依据和流程，配备执法记录仪3%[4]d台，重大执法决定法制审核率达到100%%。
（二）规范行政处罚自由裁量权。修订自由裁量基准，办理行政处罚案件1,1%[4]d件，未发生因执法不当引发的重大舆情。
五、依法有效化解社会矛盾纠纷
全年受理行政复议案件%[4]d件，办理行政诉讼案件81件，行政机关负责人出庭应诉率85.7%%。
回顾一年来的工作，还存在一些不足：行政执法信息化水平不高，案件办理仍以纸质流转为主；镇街承接执法事项的能力不足。
六、下一年工作安排
（一）建设智慧执法平台。开发移动执法终端，推动行政执法案件网上办理、数据实时归集。
（二）挂牌成立行政争议调解中心。6月底前投入运行，配备专职调解员3名以上。`

// reports are reports of five bodies over three years.
func reports() []*gongwen.Document {
	places := []struct{ name, region, short string }{
		{"青溪区", "云川省/安澜市/青溪区", "青溪"},
		{"临岚县", "云川省/安澜市/临岚县", "临岚"},
		{"沧屿市", "海东省/沧屿市", "沧屿"},
		{"苍城经济技术开发区", "海东省/苍城市", "苍城"},
		{"亭浦县", "", "亭浦"},
		{"雁河区", "云川省/北雁市/雁河区", "雁河"},
		{"岚平新区", "云川省/岚平市", "岚平"},
		{"朔原县", "云川省/朔原市/朔原县", "朔原"},
		{"白桦市", "海东省/白桦市", "白桦"},
	}
	var all []*gongwen.Document
	for i, place := range places {
		for year := 2017; year <= 2019; year++ {
			d := &gongwen.Document{
				ID:        fmt.Sprintf("%s-%d", place.short, year),
				Title:     fmt.Sprintf("%s人民政府关于%d年度法治政府建设情况的报告", place.name, year),
				Kind:      "法治政府建设年度报告",
				Year:      year,
				Published: gongwen.Date(fmt.Sprintf("%d-0%d-2%d", year+1, i%3+1, i%7)),
				Signed:    gongwen.Date(fmt.Sprintf("%d-01-1%d", year+1, i%7)),
				Source:    place.short + "政府办公室",
				Issuer:    place.name + "人民政府",
				Region:    place.region,
				URL:       fmt.Sprintf("https://www.example.org/%d/%d.html", year, i),
				Text:      fmt.Sprintf(reportText, place.name, year, i+2, i+17, place.short),
			}
			if i%2 == 0 {
				d.Number = fmt.Sprintf("%s政发〔%d〕%d号", place.short, year+1, i+3)
			}
			all = append(all, outlined(d))
		}
	}
	return all
}

// hostile is a document every field of which tries to be markup.
func hostile() *gongwen.Document {
	const attack = `"><script>alert(1)</script><b onclick='x'>'`
	return outlined(&gongwen.Document{
		ID: "a/b?c#d%20" + attack, Title: attack, Kind: attack, Source: attack, Issuer: attack, Region: attack + "/" + attack,
		Number: attack, Status: attack, URL: "javascript:alert(1)", Published: `2019-01"><script>`, Copies: []string{attack},
		Addresses: []gongwen.Address{{ID: "x" + attack, File: attack, Source: attack, URL: "javascript:alert(1)"}},
		Versions:  []gongwen.Version{{ID: attack, Title: attack, Number: attack, Status: attack, Dated: attack, Likeness: 0.5}},
		Text:      "一、" + attack + "\n（一）" + attack + "。" + attack + "\n" + attack,
		Cites: []gongwen.Citation{
			{Title: attack},
		},
	})
}
