package server

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/series"
)

// Charts put up to maxLines bodies into one picture; a page has up to maxCharts of them.
const (
	maxLines  = 4
	maxCharts = 6
)

// chart is one thing counted in one unit, by up to maxLines bodies.
type chart struct {
	noun, unit string
	series     []series.Series
}

// newCharts puts the series that tell of two years or more into charts, those that tell most first.
func newCharts(all []series.Series) []chart {
	type thing struct{ noun, unit string }
	var order []thing
	groups := map[thing][]series.Series{}
	for _, s := range all {
		if told(&s) < 2 {
			continue
		}
		t := thing{s.Noun, s.Unit}
		if groups[t] == nil {
			order = append(order, t)
		}
		groups[t] = append(groups[t], s)
	}
	var charts []chart
	for _, t := range order {
		for of := range slices.Chunk(groups[t], maxLines) {
			charts = append(charts, chart{t.noun, t.unit, of})
		}
	}
	weight := func(c chart) int {
		n := 0
		for i := range c.series {
			n += told(&c.series[i])
		}
		return n
	}
	slices.SortStableFunc(charts, func(a, b chart) int { return cmp.Compare(weight(b), weight(a)) })
	return charts
}

// told is the number of years that a series has a value for.
func told(s *series.Series) int {
	n := 0
	for _, p := range s.Points {
		if !p.Gap() {
			n++
		}
	}
	return n
}

// chartView is a chart with its table.
type chartView struct {
	ID        string
	Title     string
	Unit      string
	Plot      plot
	Bodies    []bodyView
	Rows      []yearRow
	Spellings []string
	Conflicts []conflictView
}

// conflictView names the documents that disagree about a year.
type conflictView struct {
	Year, Body string
	Values     []valueCell
}

// bodyView heads a column of the table.
type bodyView struct {
	Key  string // what the line is called in the picture; "" where there is one line
	Name string
	Line int // its style

	Marker string // the path of its marker in a sample of the line
}

// yearRow is a year of the table.
type yearRow struct {
	Year  string
	Cells []cellView
}

// cellView is what is told of a body's year; no values is a gap.
type cellView struct {
	Values   []valueCell
	Conflict bool
}

// valueCell is a value with the passages that tell it.
type valueCell struct {
	Text    string
	Link    string
	Title   string
	Further []link
}

// lineKeys name the lines of a picture.
var lineKeys = []string{"甲", "乙", "丙", "丁"}

// newChartView prepares chart n of a page; documents are those that tell it, by ID.
func newChartView(n int, c *chart, documents map[string]*gongwen.Document) chartView {
	view := chartView{ID: "chart" + strconv.Itoa(n), Title: c.noun, Unit: c.unit}
	first, last := c.years()
	var lines []plotted
	for i := range c.series {
		s := &c.series[i]
		body := bodyView{Name: s.Body, Line: i, Marker: markerPath(i, 20, 7)}
		if len(c.series) > 1 {
			body.Key = lineKeys[i]
		}
		if body.Name == "" {
			body.Name = "机关不详"
		}
		view.Bodies = append(view.Bodies, body)
		for _, spelling := range s.Spellings {
			if told := spelled(spelling); !slices.Contains(view.Spellings, told) {
				view.Spellings = append(view.Spellings, told)
			}
		}
		lines = append(lines, plotted{key: body.Key})
	}
	for year := first; year <= last; year++ {
		row := yearRow{Year: strconv.Itoa(year)}
		for i := range c.series {
			cell := newCellView(pointOf(&c.series[i], year), documents)
			if cell.Conflict {
				view.Conflicts = append(view.Conflicts, conflictView{row.Year, strings.TrimSpace(view.Bodies[i].Key + " " + view.Bodies[i].Name), cell.Values})
			}
			row.Cells = append(row.Cells, cell)
			lines[i].add(year, cell, pointOf(&c.series[i], year), view.Bodies[i].Name, c.unit)
		}
		view.Rows = append(view.Rows, row)
	}
	if len(view.Spellings) == 1 {
		view.Spellings = nil
	}
	view.Plot = newPlot(lines, c.unit)
	view.Plot.ID, view.Plot.Title = view.ID, c.noun
	view.Plot.Desc = describe(view)
	return view
}

// years are the first and the last year of a chart.
func (c *chart) years() (first, last int) {
	for _, s := range c.series {
		from, to := s.Points[0].Year, s.Points[len(s.Points)-1].Year
		if first == 0 || from < first {
			first = from
		}
		last = max(last, to)
	}
	return first, last
}

func pointOf(s *series.Series, year int) series.Point {
	if at := year - s.Points[0].Year; at >= 0 && at < len(s.Points) {
		return s.Points[at]
	}
	return series.Point{Year: year}
}

func newCellView(p series.Point, documents map[string]*gongwen.Document) cellView {
	cell := cellView{Conflict: p.Conflict}
	for _, v := range p.Values {
		value := valueCell{Text: exactly(v.Value)}
		for i, source := range v.Sources {
			name := source.Document
			if d := documents[source.Document]; d != nil {
				name = documentTitle(d)
			}
			if i == 0 {
				value.Link, value.Title = passageLink(source.Document, source.Figure.Span), name
				if q := source.Figure.Qualifier; q != "" {
					value.Text = qualified(q, value.Text, "")
				}
				continue
			}
			value.Further = append(value.Further, link{name, passageLink(source.Document, source.Figure.Span)})
		}
		cell.Values = append(cell.Values, value)
	}
	return cell
}

// spelled is a wording with the rules that took it for the same thing.
func spelled(s series.Spelling) string {
	text := s.Noun
	if s.Unit != "" {
		text += "（" + s.Unit + "）"
	}
	if len(s.Rules) > 0 {
		text += " 规则：" + strings.Join(s.Rules, "、")
	}
	return text
}

// describe tells a chart to who does not see it.
func describe(v chartView) string {
	var b strings.Builder
	b.WriteString("折线图，横轴为年度，纵轴为数值")
	if v.Unit != "" {
		b.WriteString("（" + v.Unit + "）")
	}
	b.WriteString("。")
	for i, body := range v.Bodies {
		b.WriteString(body.Key + body.Name + "：")
		for j, row := range v.Rows {
			if j > 0 {
				b.WriteString("，")
			}
			b.WriteString(row.Year + " 年")
			if len(row.Cells[i].Values) == 0 {
				b.WriteString("无数据")
			}
			for k, value := range row.Cells[i].Values {
				if k > 0 {
					b.WriteString("或")
				}
				b.WriteString(" " + value.Text)
			}
		}
		b.WriteString("。")
	}
	b.WriteString("每个点都链接到原文。")
	return b.String()
}
