package server

import (
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gongwen"
)

// yearsOf makes a line of values, a year each; what is no number is a gap, what stands with / differs within its year.
func yearsOf(key, values string) plotted {
	l := plotted{key: key}
	for i, field := range strings.Fields(values) {
		y := plottedYear{year: 2018 + i}
		for value := range strings.SplitSeq(field, "/") {
			if n, err := strconv.ParseFloat(value, 64); err == nil {
				y.values = append(y.values, plottedValue{value: n, text: value, link: "/" + value})
			}
		}
		l.years = append(l.years, y)
	}
	return l
}

// A gap breaks the line and a year of two values forks it: a stroke joins two values of neighbouring years, and no others.
func TestStrokes(t *testing.T) {
	for values, want := range map[string]int{
		"1 2 3": 2, "1 - 3": 0, "1 2 - 4 5": 2, "1 2/3 4": 4, "1/2 3/4": 4, "- - 1": 0, "": 0, "5": 0,
	} {
		p := newPlot([]plotted{yearsOf("", values)}, "件")
		line := p.Lines[0]
		if got := strings.Count(line.Path, "L"); got != want {
			t.Errorf("%q: %d strokes, want %d", values, got, want)
		}
		markers := 0
		for _, y := range yearsOf("", values).years {
			markers += len(y.values)
		}
		if len(line.Markers) != markers {
			t.Errorf("%q: %d markers", values, len(line.Markers))
		}
		if got, want := strings.Count(line.Spread, "L"), strings.Count(values, "/"); got != want {
			t.Errorf("%q: %d spreads, want %d", values, got, want)
		}
		for _, m := range line.Markers {
			if m.Open != strings.Contains(values, strings.TrimPrefix(m.Link, "/")+"/") && m.Open != strings.Contains(values, "/"+strings.TrimPrefix(m.Link, "/")) {
				t.Errorf("%q: %+v", values, m)
			}
		}
	}
}

var number = regexp.MustCompile(`-?[0-9.]+(e[+-]?[0-9]+)?`)

// However values lie, all is drawn inside the frame, more stands higher, equal is equally high, and the axis holds zero.
func TestPlotFrame(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		var lines []plotted
		years := 1 + r.IntN(30)
		for range 1 + r.IntN(maxLines) {
			l := plotted{key: "甲"}
			scale := math.Pow(10, float64(r.IntN(16)-4))
			for i := range years {
				y := plottedYear{year: 1990 + i}
				for range r.IntN(3) {
					y.values = append(y.values, plottedValue{value: math.Round(r.NormFloat64()*100) / 100 * scale})
				}
				l.years = append(l.years, y)
			}
			lines = append(lines, l)
		}
		p := newPlot(lines, "")
		type drawn struct{ value, y float64 }
		var all []drawn
		for i, l := range lines {
			at := 0
			for _, y := range l.years {
				for _, v := range y.values {
					m := p.Lines[i].Markers[at]
					at++
					all = append(all, drawn{v.value, m.Y})
					if m.X < p.Left || m.X > p.Right || m.Y < plotTop-0.1 || m.Y > p.Base+0.1 || math.IsNaN(m.Y) {
						t.Fatalf("a marker at %v %v", m.X, m.Y)
					}
				}
			}
			for _, text := range number.FindAllString(p.Lines[i].Path+p.Lines[i].Spread, -1) {
				if n, err := strconv.ParseFloat(text, 64); err != nil || n < 0 || n > plotWidth {
					t.Fatalf("a stroke at %s", text)
				}
			}
		}
		for _, a := range all {
			for _, b := range all {
				if a.value > b.value && a.y > b.y || a.value == b.value && a.y != b.y {
					t.Fatalf("%v lies at %v, %v at %v", a.value, a.y, b.value, b.y)
				}
			}
		}
		zero := false
		for _, g := range p.Grid {
			zero = zero || g.Text == "0"
		}
		if !zero || len(p.Grid) > 12 || len(p.Years) > maxTicks {
			t.Fatalf("grid %v, years %v", p.Grid, p.Years)
		}
	}
}

// The lines of a picture differ in their markers, and their names do not lie on one another.
func TestKeys(t *testing.T) {
	var lines []plotted
	for _, key := range lineKeys {
		lines = append(lines, yearsOf(key, "1 2 3"))
	}
	p := newPlot(lines, "")
	shapes := map[string]bool{}
	for i, l := range p.Lines {
		shapes[l.Markers[0].Path] = true
		for _, other := range p.Lines[:i] {
			if math.Abs(l.Y-other.Y) < labelHeight {
				t.Errorf("%s lies on %s", l.Key, other.Key)
			}
		}
	}
	if len(shapes) != maxLines {
		t.Errorf("%d shapes of markers", len(shapes))
	}
}

func TestTickText(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 12: "12", 0.5: "0.5", 9999: "9999", 12000: "1.2万", -30000: "-3万", 3e8: "3亿", 1.25e8: "1.25亿", 100: "100", 0.05: "0.05",
	} {
		if got := tickText(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
	for d, want := range map[string]string{"": "", "0": "0", "-1234567.25": "-1,234,567.25", "123": "123", "1000": "1,000", "0.0005": "0.0005"} {
		if got := exactly(gongwen.Decimal(d)); got != want {
			t.Errorf("%s is written %s", d, got)
		}
	}
}
