// Package series joins the figures of a body's documents over the years: the same thing counted in the same unit. It shows
// which spellings it took for one and by which rules, where documents disagree, and which years nobody tells.
package series

import (
	"cmp"
	"maps"
	"slices"

	"gongwen"
)

// Source is a figure with the document that tells it and the body that the document is of.
type Source struct {
	Document string         `json:"document"` // its ID
	Body     string         `json:"body"`
	Figure   gongwen.Figure `json:"figure"`
}

// Series is one thing counted by one body.
type Series struct {
	Body      string     `json:"body"`
	Noun      string     `json:"noun"` // what is counted, as the rules leave it
	Unit      string     `json:"unit"`
	Spellings []Spelling `json:"spellings"` // as the documents have it, the most frequent first
	Points    []Point    `json:"points"`    // one a year, from the first to the last that is told
}

// Spelling is a wording that was taken for the series, with the names of the rules that made it so.
type Spelling struct {
	Noun  string   `json:"noun"`
	Unit  string   `json:"unit"`
	Count int      `json:"count"` // of figures
	Rules []string `json:"rules,omitempty"`
}

// Point is what is told of one year. A year without values is a gap: nobody tells it, and it is no zero.
type Point struct {
	Year     int     `json:"year"`
	Values   []Value `json:"values"`             // different ones, those told by most documents first
	Conflict bool    `json:"conflict,omitempty"` // two documents have no value in common
}

// Value is a value with everything that tells it.
type Value struct {
	Value   gongwen.Decimal `json:"value"`
	Sources []Source        `json:"sources"`
}

// Gap reports whether nobody tells the year.
func (p Point) Gap() bool { return len(p.Values) == 0 }

// Join makes series of figures, ordered by body, then the longest first, then by noun and unit. A figure stands in one
// series at most. Left out are figures of no known year, of no noun or one that says nothing by itself (审结), rates of
// growth, what was before a change, and bare numbers without a unit outside tables.
func Join(sources []Source) []Series {
	groups := map[group][]member{}
	for _, s := range sources {
		if !s.joins() {
			continue
		}
		m := member{Source: s, plain: plain(&s.Figure), joined: joined(&s.Figure)}
		groups[group{s.Body, m.joined.key}] = append(groups[group{s.Body, m.joined.key}], m)
	}
	var all []Series
	for g, members := range groups {
		if !apart(members) {
			all = append(all, newSeries(g, members))
			continue
		}
		// One document counts two things that the rules take for one: they are two here.
		split := map[key][]member{}
		for _, m := range members {
			m.joined = m.plain
			split[m.plain.key] = append(split[m.plain.key], m)
		}
		for k, members := range split {
			all = append(all, newSeries(group{g.body, k}, members))
		}
	}
	slices.SortFunc(all, func(a, b Series) int {
		longest := cmp.Compare(b.told(), a.told())
		return cmp.Or(cmp.Compare(a.Body, b.Body), longest, cmp.Compare(a.Noun, b.Noun), cmp.Compare(a.Unit, b.Unit))
	})
	return all
}

// told counts the years that are told.
func (s *Series) told() int {
	years := 0
	for _, p := range s.Points {
		if !p.Gap() {
			years++
		}
	}
	return years
}

// group is what a series is told by.
type group struct {
	body string
	key
}

// member is a figure with its names: without and with the rules that join different verbs.
type member struct {
	Source
	plain, joined name
}

// notJoined are the rules of figures that tell a change and no level.
var notJoined = []string{"growth", "earlier level"}

func (s *Source) joins() bool {
	f := &s.Figure
	switch {
	case f.Year < firstYear || f.Year > lastYear, f.Value == "", slices.Contains(notJoined, f.Rule):
		return false
	case f.Row != "":
		return true
	}
	return f.Noun != "" && f.Unit != "" && !slices.Contains(lone, f.Noun)
}

// firstYear and lastYear bound the years of a series, and so its length, whatever a document says.
const (
	firstYear = 1900
	lastYear  = 2200
)

// lone are words that tell what became of things but not of which.
var lone = []string{
	"受理", "审结", "办结", "结案", "立案", "维持", "撤销", "终止", "驳回", "变更", "废止", "修改", "采纳", "答复", "移送", "败诉", "其他", "总计", "其中", "占比",
	"确认违法", "责令履行", "修改意见", "合格率", "办结率", "满意率", "成功率", "继续有效", "宣布失效", "上年结转", "结转下年", "罚款", "金额", "涉及金额", "人员", "单位", "问题", "事项", "项目", "部门",
}

// apart reports whether some document gives two wordings that the rules join different values for one year.
func apart(members []member) bool {
	type place struct {
		document string
		year     int
		plain    key
	}
	values := map[place][]gongwen.Decimal{}
	for _, m := range members {
		p := place{m.Document, m.Figure.Year, m.plain.key}
		if !slices.Contains(values[p], m.Figure.Value) {
			values[p] = append(values[p], m.Figure.Value)
		}
	}
	seen := map[place][]gongwen.Decimal{}
	for p, v := range values {
		wide := place{document: p.document, year: p.year}
		if other, ok := seen[wide]; ok && disjoint(other, v) {
			return true
		}
		seen[wide] = append(seen[wide], v...)
	}
	return false
}

func disjoint(a, b []gongwen.Decimal) bool {
	return !slices.ContainsFunc(a, func(v gongwen.Decimal) bool { return slices.Contains(b, v) })
}

func newSeries(g group, members []member) Series {
	s := Series{Body: g.body, Noun: g.noun, Unit: g.unit}
	type wording struct{ noun, unit string }
	spellings := map[wording]*Spelling{}
	years := map[int][]Source{}
	for _, m := range members {
		w := wording{noun(&m.Figure), m.Figure.Unit}
		if spellings[w] == nil {
			spellings[w] = &Spelling{Noun: w.noun, Unit: w.unit, Rules: m.joined.rules}
		}
		spellings[w].Count++
		years[m.Figure.Year] = append(years[m.Figure.Year], m.Source)
	}
	for _, w := range spellings {
		s.Spellings = append(s.Spellings, *w)
	}
	slices.SortFunc(s.Spellings, func(a, b Spelling) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Noun, b.Noun), cmp.Compare(a.Unit, b.Unit))
	})
	told := slices.Sorted(maps.Keys(years))
	last := told[len(told)-1]
	for year := told[0]; year <= last; year++ {
		s.Points = append(s.Points, newPoint(year, years[year]))
	}
	return s
}

func newPoint(year int, sources []Source) Point {
	p := Point{Year: year}
	sources = exact(sources)
	values := map[gongwen.Decimal][]Source{}
	tells := map[string][]gongwen.Decimal{}
	for _, s := range sources {
		values[s.Figure.Value] = append(values[s.Figure.Value], s)
		tells[s.Document] = append(tells[s.Document], s.Figure.Value)
	}
	for value, of := range values {
		slices.SortFunc(of, func(a, b Source) int {
			return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Figure.Span.Start, b.Figure.Span.Start))
		})
		p.Values = append(p.Values, Value{value, of})
	}
	slices.SortFunc(p.Values, func(a, b Value) int {
		often := cmp.Compare(len(b.Sources), len(a.Sources))
		return cmp.Or(often, cmp.Compare(len(a.Value), len(b.Value)), cmp.Compare(a.Value, b.Value))
	})
	p.Conflict = disagree(slices.Collect(maps.Values(tells)))
	return p
}

// disagree reports whether two documents have no value in common.
func disagree(told [][]gongwen.Decimal) bool {
	for i := range told {
		for j := range i {
			if disjoint(told[i], told[j]) {
				return true
			}
		}
	}
	return false
}

// exact leaves out what a document tells nearly where it tells the same exactly: 应诉率不足六成 beside 57.1%.
func exact(sources []Source) []Source {
	known := map[string]bool{}
	for _, s := range sources {
		if s.Figure.Qualifier == "" {
			known[s.Document] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(sources), func(s Source) bool { return s.Figure.Qualifier != "" && known[s.Document] })
}
