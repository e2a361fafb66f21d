package server

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gongwen/series"
)

// The picture is drawn in units that are about a pixel each, so that its letters have their size on a phone as well.
const (
	plotWidth, plotHeight                    = 400, 260
	plotLeft, plotRight, plotTop, plotBottom = 52, 34, 28, 30

	markerSize  = 4.5
	labelHeight = 16 // that two labels at the ends of lines keep apart
	maxTicks    = 8  // years that are written below
)

// plotted is a line before it is drawn: for each year its values, none for a gap.
type plotted struct {
	key   string
	years []plottedYear
}

type plottedYear struct {
	year   int
	values []plottedValue
}

type plottedValue struct {
	value             float64
	text, link, label string
}

// add appends what is told of a year. A value that is no number of a computer's size stands in the table only.
func (l *plotted) add(year int, cell cellView, point series.Point, body, unit string) {
	y := plottedYear{year: year}
	for i, v := range point.Values {
		n, err := strconv.ParseFloat(string(v.Value), 64)
		if err != nil || math.Abs(n) > 1e18 {
			continue
		}
		label := fmt.Sprintf("%s %d 年：%s%s", body, year, cell.Values[i].Text, unit)
		if point.Conflict {
			label += "（文件之间不一致）"
		}
		y.values = append(y.values, plottedValue{n, shortNumber(exactly(v.Value), n), cell.Values[i].Link, label})
	}
	l.years = append(l.years, y)
}

// plot is a line chart, ready to be written as SVG.
type plot struct {
	ID, Title, Desc, Unit string
	Width, Height         int
	Left, Right, Base     float64
	Grid                  []tick
	Years                 []tick
	Lines                 []plotLine
}

// tick is a place on an axis with what is written there.
type tick struct {
	At   float64
	Text string
}

// plotLine is one line: its strokes, the strokes between different values of one year, its markers, its name at the end.
type plotLine struct {
	Style   int // from 0: how it is dashed and which markers it has
	Path    string
	Spread  string
	Markers []plotMarker
	Key     string
	X, Y    float64 // of the key
}

// plotMarker is a value. Its shape tells the line, an empty one that the year has several values.
type plotMarker struct {
	X, Y  float64
	Path  string
	Open  bool
	Link  string
	Label string
	Text  string // written above it; "" where the picture has no room
	TextY float64
}

// newPlot draws lines over the same years.
func newPlot(lines []plotted, unit string) plot {
	p := plot{
		Unit: unit, Width: plotWidth, Height: plotHeight,
		Left: plotLeft, Right: plotWidth - plotRight, Base: plotHeight - plotBottom,
	}
	low, high, years, least := 0.0, 0.0, 0, 1.0
	for _, l := range lines {
		years = max(years, len(l.years))
		for _, y := range l.years {
			for _, v := range y.values {
				low, high = min(low, v.value), max(high, v.value)
				if v.value != math.Trunc(v.value) {
					least = 0 // whole things are counted by whole steps
				}
			}
		}
	}
	step := max(least, niceStep(high-low))
	low, high = math.Floor(low/step)*step, math.Ceil(high/step)*step
	if high == low {
		high = low + step
	}
	x := func(i int) float64 {
		if years < 2 {
			return round((p.Left + p.Right) / 2)
		}
		inner := 10.0 // so that the first marker does not lie on the axis
		return round(p.Left + inner + (p.Right-p.Left-2*inner)*float64(i)/float64(years-1))
	}
	y := func(v float64) float64 { return round(p.Base - (p.Base-plotTop)*(v-low)/(high-low)) }

	for n := 0; low+float64(n)*step <= high+step/2; n++ {
		v := low + float64(n)*step
		p.Grid = append(p.Grid, tick{y(v), tickText(v)})
	}
	if len(lines) > 0 {
		every := (years + maxTicks - 1) / maxTicks
		for i, year := range lines[0].years {
			if (years-1-i)%every == 0 {
				p.Years = append(p.Years, tick{x(i), strconv.Itoa(year.year)})
			}
		}
	}
	for style, l := range lines {
		p.Lines = append(p.Lines, l.draw(style, len(lines) == 1 && years <= maxTicks, x, y))
	}
	p.spaceKeys()
	return p
}

// draw makes the strokes of a line. Where a year has several values the line leads to each of them, and where it has none
// it is broken.
func (l *plotted) draw(style int, written bool, x func(int) float64, y func(float64) float64) plotLine {
	line := plotLine{Style: style, Key: l.key}
	var path, spread strings.Builder
	var before []plottedValue
	for i, year := range l.years {
		for _, from := range before {
			for _, to := range year.values {
				fmt.Fprintf(&path, "M%v %vL%v %v", x(i-1), y(from.value), x(i), y(to.value))
			}
		}
		before = year.values
		if n := len(year.values); n > 1 {
			ends := slices.SortedFunc(slices.Values(year.values), func(a, b plottedValue) int { return cmp.Compare(a.value, b.value) })
			fmt.Fprintf(&spread, "M%v %vL%v %v", x(i), y(ends[0].value), x(i), y(ends[n-1].value))
		}
		for _, v := range year.values {
			m := plotMarker{X: x(i), Y: y(v.value), Link: v.link, Label: v.label, Open: len(year.values) > 1}
			m.Path = markerPath(style, m.X, m.Y)
			if written {
				m.Text, m.TextY = v.text, round(m.Y-10)
			}
			line.Markers = append(line.Markers, m)
			line.X, line.Y = m.X+9, m.Y+5
		}
	}
	line.Path, line.Spread = path.String(), spread.String()
	return line
}

// spaceKeys moves the names at the ends of lines apart.
func (p *plot) spaceKeys() {
	order := make([]*plotLine, 0, len(p.Lines))
	for i := range p.Lines {
		if p.Lines[i].Key != "" && len(p.Lines[i].Markers) > 0 {
			order = append(order, &p.Lines[i])
		}
	}
	slices.SortFunc(order, func(a, b *plotLine) int { return cmp.Compare(b.Y, a.Y) })
	for i := 1; i < len(order); i++ { // from the lowest upwards
		for j := range i {
			if order[j].X == order[i].X {
				order[i].Y = min(order[i].Y, order[j].Y-labelHeight)
			}
		}
	}
}

// markerPath is a circle, a square, a triangle or a lozenge around a place.
func markerPath(style int, x, y float64) string {
	const r = markerSize
	switch style % maxLines {
	case 1:
		return fmt.Sprintf("M%v %vh%vv%vh-%vz", round(x-r), round(y-r), 2*r, 2*r, 2*r)
	case 2:
		return fmt.Sprintf("M%v %vL%v %vH%vz", x, round(y-r-1), round(x+r+1), round(y+r), round(x-r-1))
	case 3:
		return fmt.Sprintf("M%v %vL%v %vL%v %vL%v %vz", x, round(y-r-1.5), round(x+r+1.5), y, x, round(y+r+1.5), round(x-r-1.5), y)
	}
	return fmt.Sprintf("M%v %va%v %v 0 1 0 %v 0a%v %v 0 1 0 -%v 0z", round(x-r), y, r, r, 2*r, r, r, 2*r)
}

// niceStep divides a range into four to eight steps of 1, 2 or 5 times a power of ten.
func niceStep(width float64) float64 {
	if width <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(width/4)))
	for _, factor := range []float64{5, 2, 1} {
		if width/(factor*power) >= 3 {
			return factor * power
		}
	}
	return power
}

// shortNumber is a number as it is written where that is short, else about it.
func shortNumber(written string, n float64) string {
	if len(written) <= 6 {
		return written
	}
	return tickText(n)
}

// tickText writes a number as shortly as Chinese does: 1.2万, 3亿.
func tickText(v float64) string {
	unit := ""
	switch a := math.Abs(v); {
	case a >= 1e8:
		v, unit = v/1e8, "亿"
	case a >= 1e4:
		v, unit = v/1e4, "万"
	}
	text := strconv.FormatFloat(v, 'f', 2, 64)
	if math.Abs(v) < 0.1 && v != 0 {
		text = strconv.FormatFloat(v, 'g', 2, 64)
	}
	if strings.Contains(text, ".") && !strings.Contains(text, "e") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text + unit
}

// round keeps a tenth of a unit: more nobody sees, and less text goes over the line.
func round(v float64) float64 { return math.Round(v*10) / 10 }
