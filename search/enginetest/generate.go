package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongwen"
	"gongwen/search"
)

// vocabulary is small on purpose, so that queries have hits, and full of traps: words inside words, numbers inside
// numbers, Latin letters, repeated characters.
var vocabulary = []string{
	"行政", "复议", "行政复议", "案件", "法律", "顾问", "法律顾问", "涉企", "检查", "行政执法", "执法", "计划", "公开", "政务公开",
	"政府", "人民", "人民政府", "法治", "建设", "2018年", "2019年", "12月4日", "47号", "147号", "81件", "wto", "5g", "依法",
	"人人", "放管服", "自由裁量", "的", "和", "推进", "完善", "诉讼", "大连", "培训", "双随机", "一", "行政执法三项制度", "优化服务", "世贸组织",
}

var punctuation = []string{"，", "。", "、", "；", "“", "”", "！", ""}

// generator makes documents of which the tests know everything.
type generator struct {
	*rand.Rand
	sparing int
	lacks   map[string]bool // laws that the engine does not hold yet
}

func newGenerator(seed uint64, lacking ...Lacking) generator {
	g := generator{rand.New(rand.NewPCG(seed, 1)), 1, map[string]bool{}}
	for _, l := range lacking {
		g.lacks[l.Law] = true
	}
	return g
}

// rounds is how many of n rounds a law makes.
func (g generator) rounds(n int) int { return max(1, n/g.sparing) }

func (g generator) pick(of []string) string { return of[g.IntN(len(of))] }

// line has no white space and is folded already but for its punctuation, so that strings.Contains is the truth about it.
func (g generator) line() string {
	var b strings.Builder
	for range 3 + g.IntN(12) {
		b.WriteString(g.pick(vocabulary))
		if g.IntN(3) == 0 {
			b.WriteString(g.pick(punctuation))
		}
	}
	return b.String()
}

// document makes a document with an outline of two levels at most.
func (g generator) document(id string) gongwen.Document {
	d := gongwen.Document{
		ID:     id,
		Title:  g.pick(vocabulary) + g.pick(vocabulary) + "工作报告",
		Kind:   g.pick([]string{"", "法治政府建设年度报告", "通知"}),
		Issuer: g.pick([]string{"", "甲市人民政府", "甲市司法局", "乙县人民政府"}),
		Source: g.pick([]string{"", "甲市司法局", "门户网站"}),
		Region: g.pick([]string{"", "云川省", "云川省/安澜市", "云川省/安澜市/青溪区", "海山省/安澜市"}),
		Status: g.pick([]string{"", "现行有效", "已废止"}),
	}
	if g.IntN(5) > 0 {
		d.Year = 2016 + g.IntN(4)
	}
	if g.IntN(5) > 0 {
		d.Published = gongwen.Date(fmt.Sprintf("20%02d-%02d-%02d", 17+g.IntN(3), 1+g.IntN(12), 1+g.IntN(28)))
	}
	if g.IntN(3) == 0 {
		d.Number = fmt.Sprintf("甲政发〔%d〕%d号", 2016+g.IntN(3), 40+g.IntN(120))
	}
	if g.IntN(3) == 0 {
		d.Effective = gongwen.Date(fmt.Sprintf("20%02d-0%d-01", 17+g.IntN(3), 1+g.IntN(9)))
		if g.IntN(2) == 0 {
			d.Expires = gongwen.Date(fmt.Sprintf("20%02d-12-31", 20+g.IntN(3)))
		}
	}
	for range g.IntN(3) {
		d.Cites = append(d.Cites, gongwen.Citation{
			Title:  g.pick([]string{"", "法治条例", "行政复议法", "大连市法治条例实施办法"}),
			Number: g.pick([]string{"", "甲政发〔2016〕47号", "甲政发〔2016〕147号"}),
		})
	}
	var text strings.Builder
	add := func(line string) {
		text.WriteString(line)
		text.WriteByte('\n')
	}
	section := func(label string, level int) gongwen.Section {
		s := gongwen.Section{Level: level, Label: label, Heading: g.pick(vocabulary), Span: gongwen.Span{Start: text.Len()}}
		s.Role = append(gongwen.Roles(), "")[g.IntN(6)]
		s.Topic = append(gongwen.Topics()[:3], "")[g.IntN(4)]
		add(s.Label + s.Heading)
		for range 1 + g.IntN(3) {
			add(g.line())
		}
		return s
	}
	for i := range 1 + g.IntN(4) {
		s := section(fmt.Sprintf("%d、", i+1), 1)
		s.ID = fmt.Sprint(i + 1)
		for j := range g.IntN(3) {
			child := section(fmt.Sprintf("（%d）", j+1), 2)
			child.ID = fmt.Sprintf("%d.%d", i+1, j+1)
			child.Span.End = text.Len()
			s.Sections = append(s.Sections, child)
		}
		s.Span.End = text.Len()
		d.Sections = append(d.Sections, s)
	}
	d.Text = text.String()
	if g.IntN(2) == 0 {
		d.Pages = []int{0}
		for at := 0; at < len(d.Text); at++ {
			if utf8.RuneStart(d.Text[at]) && at-d.Pages[len(d.Pages)-1] >= 90 {
				d.Pages = append(d.Pages, at)
			}
		}
	}
	return d
}

// relative makes a document that is the same as others, or nearly so: there are few of which it can be one. What is known of it
// differs at times.
func (g generator) relative(id string) gongwen.Document {
	d := newGenerator(uint64(100 + g.IntN(4))).document(id)
	switch g.IntN(3) {
	case 0:
		d.Text = strings.ReplaceAll(d.Text, "。", "，") // as long in bytes, and no letter
	case 1:
		d.Text = strings.Replace(d.Text, "人民", "国民", 1+g.IntN(3))
		d.Title = strings.Replace(d.Title, "工作报告", "工作办法", g.IntN(2))
	}
	if g.IntN(2) == 0 {
		d.Published = gongwen.Date(fmt.Sprintf("2019-01-%02d", 1+g.IntN(28)))
	}
	d.URL = g.pick([]string{"", "https://a.example/" + id})
	for _, field := range []*string{&d.Issuer, &d.Number, &d.Region, &d.Source} {
		if g.IntN(3) == 0 {
			*field = ""
		}
	}
	if g.IntN(6) == 0 {
		d.Issuer, d.Kind = "丁县人民政府", "通知"
	}
	return d
}

func (g generator) documents(n int) []gongwen.Document {
	docs := make([]gongwen.Document, n)
	for i := range docs {
		docs[i] = g.document(fmt.Sprintf("d%04d", i))
	}
	return docs
}

// run cuts a run of 1 to 40 characters out of a line of the document.
func (g generator) run(d gongwen.Document) string {
	lines := strings.Split(strings.TrimSpace(d.Text), "\n")
	runes := []rune(lines[g.IntN(len(lines))])
	from := g.IntN(len(runes))
	return string(runes[from:min(len(runes), from+1+g.IntN(40))])
}

// query makes a query of every kind.
func (g generator) query() string {
	word := func() string { return g.pick(vocabulary) }
	operand := func() string {
		if g.lacks[lawConnectors] {
			return g.pick([]string{word(), `"` + word() + `"`, "(" + word() + " OR " + word() + ")"})
		}
		return g.pick([]string{word(), word(), `"` + word() + `"`, "(" + word() + " OR " + word() + ")", word() + "*" + word()})
	}
	connector := func() string {
		if g.lacks[lawConnectors] {
			return g.pick([]string{" ", " OR "})
		}
		by, _ := g.relation()
		return " " + by + " "
	}
	switch g.IntN(16) {
	case 10:
		return operand() + connector() + operand()
	case 11:
		return operand() + connector() + operand() + connector() + operand()
	case 12:
		return word() + " " + operand() + connector() + operand() + " -(" + operand() + connector() + operand() + ")"
	case 13:
		if g.lacks[lawConnectors] {
			return word() + " title:" + word()
		}
		return word() + g.pick([]string{"*", "?", "??", "*?"}) + word() + g.pick([]string{"", "*", " " + word()})
	case 14:
		if g.lacks[lawConnectors] {
			return word() + "^3 " + word() + g.pick([]string{"", " title:" + word() + "^2", " year:2017^0.5"})
		}
		return word() + "^3 " + word() + g.pick([]string{"", " title:" + word() + "^2", " year:2017^0.5", " title:" + word() + "*" + word()})
	case 15:
		return "(" + operand() + connector() + operand() + ")^2 OR " + word() + " year:2018^3"
	case 0:
		return ""
	case 1:
		return word()
	case 2:
		return word() + " " + word()
	case 3:
		return word() + word() + word()
	case 4:
		return `"` + word() + word() + `"`
	case 5:
		return word() + " OR " + word() + " " + word()
	case 6:
		return word() + " -" + word()
	case 7:
		return "(" + word() + " OR \"" + word() + "\") " + word()
	case 8:
		return "+" + word() + " " + word() + " role:plan"
	}
	return word() + " " + word() + " " + word() + " " + word()
}

// filters makes up to two conditions.
func (g generator) filters() []string {
	all := []string{
		"year:2017", "year:2016..2018", "year:unknown", "topic:leadership", "topic:unknown", "role:plan", "role:results",
		"region:云川省", "region:云川省/安澜市", `department:"甲市司法局"`, `kind:"通知"`, `status:"已废止"`, "published:2018",
		"effective:2018-03..", "expires:unknown", "expires:2021",
	}
	var filters []string
	for range g.IntN(3) {
		filters = append(filters, g.pick(all))
	}
	return filters
}

// Workload is a stream of changes and requests, the same for the same seed, with which two engines can be compared.
type Workload struct {
	g    generator
	next int
	ids  []string
}

// NewWorkload starts a stream, which asks for nothing that is lacking.
func NewWorkload(seed uint64, lacking ...Lacking) *Workload {
	return &Workload{g: newGenerator(seed, lacking...)}
}

// Batch adds documents, changes some and deletes some.
func (w *Workload) Batch() search.Batch {
	var batch search.Batch
	put := func(id string) {
		document, unnamed := w.g.document(id), false
		if w.g.IntN(3) == 0 {
			document, unnamed = w.g.relative(id), w.g.IntN(4) > 0 && !w.g.lacks[lawOneDocument]
		}
		batch.Put = append(batch.Put, search.Record{Document: document, Origin: search.Origin{Path: "/" + id, Hash: fmt.Sprint(w.next), Unnamed: unnamed}})
	}
	for range w.g.IntN(3) {
		if len(w.ids) > 20 {
			i := w.g.IntN(len(w.ids))
			batch.Delete = append(batch.Delete, w.ids[i])
			w.ids = slices.Delete(w.ids, i, i+1)
		}
	}
	if len(w.ids) > 0 {
		put(w.ids[w.g.IntN(len(w.ids))])
	}
	for range 1 + w.g.IntN(12) {
		id := fmt.Sprintf("w%05d", w.next)
		w.next++
		w.ids = append(w.ids, id)
		put(id)
	}
	return batch
}

// Request asks for the first page of any kind of query.
func (w *Workload) Request(t *testing.T) search.Request {
	t.Helper()
	query := w.g.query()
	if len(w.ids) > 0 && w.g.IntN(12) == 0 {
		query = search.Like{ID: w.g.pick(w.ids)}.String() + w.g.pick([]string{"", " " + w.g.pick(vocabulary)})
	}
	q, _, err := search.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	request := search.Request{
		Query: q, Facets: -1, Size: 1 + w.g.IntN(30),
		Sort: []search.Sort{search.SortRelevance, search.SortRelevance, search.SortNewest, search.SortOldest}[w.g.IntN(4)],
		Unit: []search.Unit{search.UnitDocument, search.UnitDocument, search.UnitSection}[w.g.IntN(3)],
	}
	for _, f := range append(w.g.filters(), w.g.pick([]string{"title:工作", "heading:行政", "cites:办法", "cites:法治", "cites:甲政发〔2016〕47号", "number:甲政发", "region:安澜", "department:司法"})) {
		if w.g.IntN(3) > 0 {
			continue
		}
		q, _, err := search.Parse(f)
		if err != nil {
			t.Fatal(err)
		}
		_, conditions := search.SplitConditions(q)
		request.Filters = append(request.Filters, conditions...)
	}
	return request
}
