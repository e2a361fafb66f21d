package series_test

import (
	"bufio"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongwen"
	"gongwen/indexer"
	"gongwen/indexer/figure"
	"gongwen/seeds"
	"gongwen/series"
)

// seedSources are the figures of the sample documents.
func seedSources(t *testing.T) []series.Source {
	t.Helper()
	ix, err := indexer.New(indexer.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	paths, err := fs.Glob(seeds.Files, "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []series.Source
	for _, path := range paths {
		page, err := seeds.Files.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d := ix.Document(string(page), "")
		for _, f := range figure.Find(&d) {
			all = append(all, series.Source{Document: path, Body: d.Department(), Figure: f})
		}
	}
	return all
}

// untold are values of the table that the documents tell in words of another thing.
var untold = map[string]string{
	"青溪区 村（社区）法律顾问 2018": "42名律师和基层法律服务工作者担任村（社区）法律顾问",
	"云岭县 村（社区）法律顾问 2019": "县里聘请法律顾问21名，分片服务96个村（社区）",
}

var yearCell = regexp.MustCompile(`^\d{4}$`)

// TestSamples holds the table of figures in doc/samples.md: every value, every gap and the conflict.
func TestSamples(t *testing.T) {
	all := series.Join(seedSources(t))
	table, err := os.Open("../doc/samples.md")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = table.Close() }()
	var years []string
	rows := 0
	for lines := bufio.NewScanner(table); lines.Scan(); {
		line := lines.Text()
		if !strings.HasPrefix(line, "|") {
			years = nil
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case cells[0] == "body" && len(cells) > 2 && yearCell.MatchString(cells[2]):
			years = cells[2:]
		case years != nil && !strings.HasPrefix(cells[0], "-"):
			rows++
			checkRow(t, all, cells[0], cells[1], years, cells[2:])
		}
	}
	if rows < 20 {
		t.Errorf("%d rows found in the table", rows)
	}
}

// checkRow compares one row of the table with the series of its thing.
func checkRow(t *testing.T, all []series.Series, body, thing string, years, cells []string) {
	t.Helper()
	unit := "%"
	if i := strings.LastIndex(thing, "（"); i >= 0 {
		if unit = strings.Trim(thing[i:], "（）"); unit == "率" {
			thing, unit = thing[:i]+"率", "%"
		} else {
			thing = thing[:i]
		}
	}
	thing = strings.Replace(thing, "（新收）", "", 1)
	noun, unit, _ := series.Key(&gongwen.Figure{Noun: thing, Unit: unit})
	at := slices.IndexFunc(all, func(s series.Series) bool {
		of := strings.HasSuffix(s.Body, body) || strings.HasSuffix(s.Body, body+"人民政府")
		return of && s.Noun == noun && s.Unit == unit
	})
	if at < 0 {
		t.Errorf("%s has no series of %s (%s)", body, noun, unit)
		return
	}
	s := all[at]
	for i, year := range years {
		if untold[body+" "+thing+" "+year] != "" {
			continue
		}
		want := []string{}
		for value := range strings.SplitSeq(strings.Trim(cells[i], "*"), "/") {
			if value = strings.Trim(value, " %–"); value != "" {
				want = append(want, value)
			}
		}
		got := []string{}
		for _, p := range s.Points {
			if year == strconv.Itoa(p.Year) {
				for _, v := range p.Values {
					got = append(got, string(v.Value))
				}
				if p.Conflict != (len(want) > 1) {
					t.Errorf("%s, %s, %s: conflict %v, want %v", body, thing, year, p.Conflict, len(want) > 1)
				}
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s, %s, %s: %v, want %v\n%+v", body, thing, year, got, want, s.Spellings)
		}
	}
}

// TestRules runs the example of every rule.
func TestRules(t *testing.T) {
	names := map[string]bool{}
	for _, r := range series.Rules() {
		if names[r.Name] {
			t.Errorf("two rules are called %q", r.Name)
		}
		names[r.Name] = true
		noun, unit, used := series.Key(&gongwen.Figure{Noun: r.From[0], Unit: r.From[1]})
		other, otherUnit, _ := series.Key(&gongwen.Figure{Noun: r.To[0], Unit: r.To[1]})
		if noun != other || unit != otherUnit {
			t.Errorf("%s: %s (%s) and %s (%s) are two", r.Name, noun, unit, other, otherUnit)
		}
		if !slices.Contains(used, r.Name) {
			t.Errorf("%s: its example is joined by %q", r.Name, used)
		}
	}
}

// TestPoints holds the laws of points on the samples: every figure stands in one series at most, years are without a
// break, each value is told by its sources, and only years that are told have values.
func TestPoints(t *testing.T) {
	sources := seedSources(t)
	told := 0
	for _, s := range series.Join(sources) {
		if len(s.Points) == 0 || s.Points[0].Gap() || s.Points[len(s.Points)-1].Gap() {
			t.Errorf("%s %s begins or ends with a gap", s.Body, s.Noun)
		}
		count := 0
		for _, w := range s.Spellings {
			count += w.Count
		}
		for i, p := range s.Points {
			if i > 0 && p.Year != s.Points[i-1].Year+1 {
				t.Errorf("%s %s: %d follows %d", s.Body, s.Noun, p.Year, s.Points[i-1].Year)
			}
			for _, v := range p.Values {
				for _, source := range v.Sources {
					count--
					told++
					if source.Figure.Value != v.Value || source.Figure.Year != p.Year || source.Body != s.Body {
						t.Errorf("%s %s %d: %+v does not tell %s", s.Body, s.Noun, p.Year, source, v.Value)
					}
				}
			}
		}
		if count < 0 {
			t.Errorf("%s %s: more sources than spellings by %d", s.Body, s.Noun, -count)
		}
	}
	if told == 0 || told > len(sources) {
		t.Errorf("%d of %d figures are told", told, len(sources))
	}
}

// TestApart: where one document counts two things apart, the rules that drop verbs do not join them.
func TestApart(t *testing.T) {
	of := func(document, noun string, value gongwen.Decimal, year int) series.Source {
		return series.Source{Document: document, Body: "甲局", Figure: gongwen.Figure{Noun: noun, Unit: "件", Value: value, Year: year}}
	}
	joined := series.Join([]series.Source{of("a", "受理行政复议申请", "79", 2021), of("b", "收到行政复议申请", "81", 2022)})
	if len(joined) != 1 {
		t.Errorf("%d series, want 1: no document tells 受理 from 收到", len(joined))
	}
	split := series.Join([]series.Source{of("a", "受理行政复议申请", "79", 2021), of("a", "收到行政复议申请", "87", 2021), of("b", "收到行政复议申请", "81", 2022)})
	if len(split) != 2 {
		t.Errorf("%d series, want 2: a document tells 受理 from 收到", len(split))
	}
}

// TestYearsAreBounded: no year that a document claims makes a series long.
func TestYearsAreBounded(t *testing.T) {
	figure := gongwen.Figure{Noun: "开展培训", Unit: "次", Value: "2"}
	var sources []series.Source
	for _, year := range []int{-1 << 40, 0, 1, 2021, 1 << 40} {
		figure.Year = year
		sources = append(sources, series.Source{Document: "a", Body: "甲局", Figure: figure})
	}
	if all := series.Join(sources); len(all) != 1 || len(all[0].Points) != 1 {
		t.Errorf("%+v", all)
	}
}

// TestConflict: documents that share no value for a year disagree; one document with two values does not.
func TestConflict(t *testing.T) {
	of := func(document string, value gongwen.Decimal) series.Source {
		return series.Source{Document: document, Body: "甲局", Figure: gongwen.Figure{Noun: "开展培训", Unit: "次", Value: value, Year: 2021}}
	}
	for _, c := range []struct {
		sources []series.Source
		values  int
		want    bool
	}{
		{[]series.Source{of("a", "2"), of("b", "2")}, 1, false},
		{[]series.Source{of("a", "2"), of("b", "3")}, 2, true},
		{[]series.Source{of("a", "2"), of("a", "3")}, 2, false},
		{[]series.Source{of("a", "2"), of("a", "3"), of("b", "3")}, 2, false},
		{[]series.Source{of("a", "2"), of("a", "3"), of("b", "4")}, 3, true},
	} {
		p := series.Join(c.sources)[0].Points[0]
		if len(p.Values) != c.values || p.Conflict != c.want {
			t.Errorf("%+v: %d values, conflict %v", c.sources, len(p.Values), p.Conflict)
		}
	}
}
