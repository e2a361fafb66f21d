package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

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
}

func newGenerator(seed uint64) generator {
	return generator{rand.New(rand.NewPCG(seed, 1)), 1}
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
	switch g.IntN(10) {
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

// NewWorkload starts a stream.
func NewWorkload(seed uint64) *Workload { return &Workload{g: newGenerator(seed)} }

// Batch adds documents, changes some and deletes some.
func (w *Workload) Batch() search.Batch {
	var batch search.Batch
	put := func(id string) {
		batch.Put = append(batch.Put, search.Record{Document: w.g.document(id), Origin: search.Origin{Path: "/" + id, Hash: fmt.Sprint(w.next)}})
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
	q, _, err := search.Parse(w.g.query())
	if err != nil {
		t.Fatal(err)
	}
	request := search.Request{
		Query: q, Facets: -1, Size: 1 + w.g.IntN(30),
		Sort: []search.Sort{search.SortRelevance, search.SortRelevance, search.SortNewest, search.SortOldest}[w.g.IntN(4)],
		Unit: []search.Unit{search.UnitDocument, search.UnitDocument, search.UnitSection}[w.g.IntN(3)],
	}
	for _, f := range append(w.g.filters(), w.g.pick([]string{"title:工作", "heading:行政", "cites:办法", "number:甲政发", "region:安澜", "department:司法"})) {
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
