package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path"
	"slices"
	"strings"

	"gongwen"
	"gongwen/indexer"
	"gongwen/seeds"
)

// labelledFiles is where the texts and the labels of a set lie.
type labelledFiles struct{ texts, labels fs.FS }

// labelledSet finds the files of a set beside this package, from its own folder or from the project's root.
func labelledSet(name string) (labelledFiles, error) {
	for _, folder := range []string{"testdata", "bench/extraction/testdata"} {
		folder = path.Join(folder, name)
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			continue
		}
		files := labelledFiles{os.DirFS(folder), os.DirFS(folder)}
		if name == "seeds" {
			files.texts = seeds.Files
		}
		return files, nil
	}
	return labelledFiles{}, fmt.Errorf("find labels: no set %q below bench/extraction/testdata", name)
}

// report is a labelled report as the indexer serves it.
type report struct {
	document    *gongwen.Document
	body        string
	year        int // of its facts, as labelled
	figures     []figureLabel
	commitments []commitmentLabel
}

// figureLabel is a labelled figure of running text or a cell of a table.
type figureLabel struct {
	span      gongwen.Span
	value     gongwen.Decimal
	units     []string // any of them
	nouns     []string // any of them, the core in square brackets
	qualifier gongwen.Qualifier
	changes   []changeLabel // any of them; empty for none
	year      int           // -1 is not judged
	optional  bool
	cell      bool // of a table: row and column say what is counted
	row       string
	column    string
}

type changeLabel struct {
	basis string
	value gongwen.Decimal
	unit  string
	span  gongwen.Span
}

type commitmentLabel struct {
	span      gongwen.Span
	target    int
	topics    []gongwen.Topic
	due       gongwen.Date
	goals     []goalLabel
	followUps []followUpLabel
	optional  bool
}

type goalLabel struct {
	value gongwen.Decimal
	unit  string
	span  gongwen.Span
}

type followUpLabel struct {
	report  string
	status  gongwen.FollowUpStatus
	passage string
}

// line is one line of a file of labels; which field is set says what it labels.
type line struct {
	Report *struct {
		Body string `json:"body"`
		Year int    `json:"year"`
	} `json:"report"`
	Figure     string          `json:"figure"`
	Commitment string          `json:"commitment"`
	Table      []string        `json:"table"`
	Nth        int             `json:"nth"`
	Optional   bool            `json:"optional"`
	Value      json.Number     `json:"value"`
	Unit       string          `json:"unit"`
	Units      []string        `json:"units"`
	Noun       []string        `json:"noun"`
	Qualifier  string          `json:"qualifier"`
	Year       int             `json:"year"`
	Rows       [][]any         `json:"rows"`
	Target     int             `json:"target"`
	Topic      []gongwen.Topic `json:"topic"`
	Changes    []struct {
		Basis string      `json:"basis"`
		Value json.Number `json:"value"`
		Unit  string      `json:"unit"`
		Text  string      `json:"text"`
		Nth   int         `json:"nth"`
	} `json:"changes"`
	Deadline *struct {
		Text string       `json:"text"`
		By   gongwen.Date `json:"by"`
	} `json:"deadline"`
	Goals []struct {
		Text      string      `json:"text"`
		Value     json.Number `json:"value"`
		Unit      string      `json:"unit"`
		Qualifier string      `json:"qualifier"`
	} `json:"goals"`
	FollowUps []struct {
		Report  string                 `json:"report"`
		Status  gongwen.FollowUpStatus `json:"status"`
		Passage string                 `json:"passage"`
	} `json:"followups"`
}

const labelSuffix = ".gold.jsonl"

// loadReports reads every labelled report of a set, in the order of their names. A label whose text is not where it says
// is an error.
func loadReports(ix *indexer.Indexer, files labelledFiles) ([]*report, error) {
	names, err := fs.Glob(files.labels, "*"+labelSuffix)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var reports []*report
	for _, name := range names {
		stem := strings.TrimSuffix(name, labelSuffix)
		page, err := fs.ReadFile(files.texts, stem+".txt")
		if err != nil {
			return nil, fmt.Errorf("read report: %w", err)
		}
		labels, err := fs.ReadFile(files.labels, name)
		if err != nil {
			return nil, fmt.Errorf("read labels: %w", err)
		}
		d := ix.Document(string(page), "")
		d.ID = stem
		r, err := readLabels(&d, labels)
		if err != nil {
			return nil, fmt.Errorf("read labels of %s: %w", stem, err)
		}
		reports = append(reports, r)
	}
	return reports, checkPassages(reports)
}

// readLabels finds the labels in the text of a document.
func readLabels(d *gongwen.Document, labels []byte) (*report, error) {
	r := &report{document: d}
	year, tables := 0, 0
	scanner := bufio.NewScanner(bytes.NewReader(labels))
	scanner.Buffer(nil, 1<<20)
	for number := 1; scanner.Scan(); number++ {
		decoder := json.NewDecoder(bytes.NewReader(scanner.Bytes()))
		decoder.UseNumber()
		decoder.DisallowUnknownFields()
		var l line
		err := decoder.Decode(&l)
		switch {
		case err != nil:
		case l.Report != nil:
			r.body, r.year, year = l.Report.Body, l.Report.Year, l.Report.Year
		case l.Figure != "":
			err = r.addFigure(&l, year)
		case l.Commitment != "":
			err = r.addCommitment(&l)
		case len(l.Table) > 0:
			tables, err = r.addTable(&l, year, tables)
		default:
			err = errors.New("the line labels nothing")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	return r, scanner.Err()
}

func (r *report) addFigure(l *line, year int) error {
	span, err := find(r.document.Text, l.Figure, l.Nth)
	if err != nil {
		return err
	}
	f := figureLabel{span: span, units: []string{l.Unit}, nouns: l.Noun, qualifier: gongwen.Qualifier(l.Qualifier),
		year: year, optional: l.Optional}
	if f.value, err = decimalOf(l.Value, 1); err != nil {
		return err
	}
	if l.Year != 0 {
		f.year = l.Year
	}
	for _, noun := range l.Noun {
		if !strings.Contains(r.document.Text, whole(noun)) {
			return fmt.Errorf("the text has no %q", whole(noun))
		}
	}
	for _, c := range l.Changes {
		change := changeLabel{basis: c.Basis, unit: c.Unit}
		if change.value, err = decimalOf(c.Value, 1); err != nil {
			return err
		}
		if change.span, err = find(r.document.Text, c.Text, c.Nth); err != nil {
			return err
		}
		f.changes = append(f.changes, change)
	}
	r.figures = append(r.figures, f)
	return nil
}

func (r *report) addCommitment(l *line) error {
	span, err := find(r.document.Text, l.Commitment, l.Nth)
	if err != nil {
		return err
	}
	c := commitmentLabel{span: span, target: l.Target, topics: l.Topic, optional: l.Optional}
	if l.Deadline != nil {
		if !strings.Contains(l.Commitment, l.Deadline.Text) {
			return fmt.Errorf("the commitment has no %q", l.Deadline.Text)
		}
		c.due = l.Deadline.By
	}
	for _, g := range l.Goals {
		within, err := find(l.Commitment, g.Text, 1)
		if err != nil {
			return err
		}
		goal := goalLabel{unit: g.Unit, span: gongwen.Span{Start: span.Start + within.Start, End: span.Start + within.End}}
		if goal.value, err = decimalOf(g.Value, 1); err != nil {
			return err
		}
		c.goals = append(c.goals, goal)
	}
	for _, f := range l.FollowUps {
		c.followUps = append(c.followUps, followUpLabel{f.Report, f.Status, f.Passage})
	}
	r.commitments = append(r.commitments, c)
	return nil
}

// addTable finds the cells of a table from an offset on and returns the end of the last.
func (r *report) addTable(l *line, year, from int) (int, error) {
	for _, row := range l.Rows {
		heading, ok := row[0].(string)
		at := strings.Index(r.document.Text[from:], heading)
		if !ok || at < 0 {
			return from, fmt.Errorf("the table has no row %v", row[0])
		}
		from += at + len(heading)
		for i, cell := range row[1:] {
			if cell == nil {
				continue
			}
			written, ok := cell.(json.Number)
			if !ok || i >= len(l.Table) {
				return from, fmt.Errorf("row %s: %v is no cell of it", heading, cell)
			}
			start := strings.IndexAny(r.document.Text[from:], "0123456789")
			if start < 0 || !strings.HasPrefix(r.document.Text[from+start:], string(written)) {
				return from, fmt.Errorf("row %s: the next number is not %s", heading, written)
			}
			unit := l.Unit
			if i < len(l.Units) {
				unit = l.Units[i]
			}
			units, times := cellUnits(unit)
			value, err := decimalOf(written, times)
			if err != nil {
				return from, err
			}
			span := gongwen.Span{Start: from + start, End: from + start + len(written)}
			from = span.End
			r.figures = append(r.figures, figureLabel{span: span, value: value, units: units, year: year, cell: true,
				row: heading, column: l.Table[i]})
		}
	}
	return from, nil
}

// cellUnits returns the units that a cell may have and how many times its number is meant.
func cellUnits(unit string) ([]string, int64) {
	switch unit {
	case "":
		return []string{"", "件"}, 1
	case "万元":
		return []string{"元"}, 10_000
	}
	return []string{unit}, 1
}

// checkPassages reports a follow-up whose report or passage is not there.
func checkPassages(reports []*report) error {
	for _, r := range reports {
		for _, c := range r.commitments {
			for _, f := range c.followUps {
				later := reportNamed(reports, f.report)
				if later == nil || later.body != r.body {
					return fmt.Errorf("read labels of %s: no later report %s of its body", r.document.ID, f.report)
				}
				if !strings.Contains(later.document.Text, f.passage) {
					return fmt.Errorf("read labels of %s: %s has no %q", r.document.ID, f.report, f.passage)
				}
			}
		}
	}
	return nil
}

func reportNamed(reports []*report, name string) *report {
	for _, r := range reports {
		if r.document.ID == name {
			return r
		}
	}
	return nil
}

// find returns the nth occurrence of a part, the first where nth is 0; occurrences may overlap.
func find(text, part string, nth int) (gongwen.Span, error) {
	from := 0
	for n := 1; ; n++ {
		at := strings.Index(text[from:], part)
		if at < 0 || part == "" {
			return gongwen.Span{}, fmt.Errorf("the text has no %q number %d", part, max(nth, 1))
		}
		if n >= nth {
			return gongwen.Span{Start: from + at, End: from + at + len(part)}, nil
		}
		from += at + 1
	}
}

// decimalOf is a written number in its shortest form, so many times.
func decimalOf(number json.Number, times int64) (gongwen.Decimal, error) {
	value, ok := new(big.Rat).SetString(string(number))
	if !ok {
		return "", fmt.Errorf("%q is no number", number)
	}
	value.Mul(value, big.NewRat(times, 1))
	written := value.FloatString(12)
	written = strings.TrimRight(strings.TrimRight(written, "0"), ".")
	d := gongwen.Decimal(written)
	if !d.Valid() {
		return "", fmt.Errorf("%q has no shortest form", number)
	}
	return d, nil
}
