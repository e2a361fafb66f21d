package main

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gongwen"
)

// perfect answers with the labels; spoil changes what it answers.
type perfect struct {
	reports map[string]*report
	spoil   func(f []gongwen.Figure, c []gongwen.Commitment) ([]gongwen.Figure, []gongwen.Commitment)
}

func newPerfect(reports []*report) *perfect {
	p := &perfect{reports: map[string]*report{}}
	for _, r := range reports {
		p.reports[r.document.ID] = r
	}
	return p
}

func (p *perfect) Figures(d *gongwen.Document) []gongwen.Figure {
	var found []gongwen.Figure
	for _, l := range p.reports[d.ID].figures {
		f := gongwen.Figure{Span: l.span, Value: l.value, Unit: l.units[len(l.units)-1], Qualifier: l.qualifier, Year: l.year,
			Row: l.row, Column: l.column}
		if len(l.nouns) > 0 {
			f.Noun = whole(l.nouns[0])
		}
		if len(l.changes) > 0 {
			c := l.changes[0]
			f.Change = &gongwen.Change{Basis: c.basis, Value: c.value, Unit: c.unit, Span: c.span}
		}
		found = append(found, f)
	}
	if p.spoil != nil {
		found, _ = p.spoil(found, nil)
	}
	return found
}

func (p *perfect) Commitments(d *gongwen.Document) []gongwen.Commitment {
	var found []gongwen.Commitment
	for _, l := range p.reports[d.ID].commitments {
		c := gongwen.Commitment{Span: l.span, Target: l.target, Topic: l.topics[0]}
		if l.due != "" {
			c.Due = &gongwen.Deadline{By: l.due}
		}
		if len(l.goals) > 0 {
			c.Goal = &gongwen.Goal{Value: l.goals[0].value, Unit: l.goals[0].unit, Span: l.goals[0].span}
		}
		found = append(found, c)
	}
	if p.spoil != nil {
		_, found = p.spoil(nil, found)
	}
	return found
}

func (p *perfect) FollowUps(own *gongwen.Document, promise gongwen.Commitment, later []*gongwen.Document) []gongwen.FollowUp {
	var said []gongwen.FollowUp
	for _, l := range p.reports[own.ID].commitments {
		if l.span != promise.Span {
			continue
		}
		for _, f := range l.followUps {
			said = append(said, p.followUp(f, later))
		}
	}
	return said
}

func (p *perfect) followUp(l followUpLabel, later []*gongwen.Document) gongwen.FollowUp {
	f := gongwen.FollowUp{Document: l.report, Status: gongwen.StatusNotMentioned}
	at := slices.IndexFunc(later, func(d *gongwen.Document) bool { return d.ID == l.report })
	if span, err := find(later[at].Text, l.passage, 1); err == nil {
		f.Status = l.status
		f.Passages = []gongwen.Mention{{Span: span, Status: l.status}}
	}
	return f
}

func measured(reports []*report, p *perfect) *sheet {
	s := newSheet()
	e := extractors{Figures: p, Commitments: p, FollowUps: p}
	for _, r := range reports {
		s.measure(r, e, reports)
	}
	s.swap(reports, e)
	return s
}

// TestLabelsScoreFull holds that who answers with the labels is right everywhere, and tells nothing where the later
// reports are those of others.
func TestLabelsScoreFull(t *testing.T) {
	for _, set := range slices.Concat(sets, unmeasured) {
		reports := load(t, set)
		s := measured(reports, newPerfect(reports))
		for _, row := range s.scores {
			if row.right != row.labelled || row.right != row.found {
				t.Errorf("%s: %s has %d found, %d labelled, %d right", set, row.name, row.found, row.labelled, row.right)
			}
		}
		for _, m := range s.misses {
			t.Errorf("%s: %v", set, m)
		}
		if s.told > 0 {
			t.Errorf("%s: the control says reported %d times", set, s.told)
		}
	}
}

// TestSpoiltAnswersCost takes away, doubles and changes answers and counts what that costs.
func TestSpoiltAnswersCost(t *testing.T) {
	reports := load(t, "dev")
	full := measured(reports, newPerfect(reports))
	cases := []struct {
		name   string
		spoil  func(f []gongwen.Figure, c []gongwen.Commitment) ([]gongwen.Figure, []gongwen.Commitment)
		row    string
		change func(full, got *score) bool
	}{
		{"a figure is left out in each report", func(f []gongwen.Figure, c []gongwen.Commitment) ([]gongwen.Figure, []gongwen.Commitment) {
			return f[min(len(f), 1):], c
		}, rowFigure, func(full, got *score) bool {
			return got.right == full.right-len(reports) && got.found == full.found-len(reports) && got.labelled == full.labelled
		}},
		{"every promise is found twice", func(f []gongwen.Figure, c []gongwen.Commitment) ([]gongwen.Figure, []gongwen.Commitment) {
			return f, append(slices.Clone(c), c...)
		}, rowCommitment, func(full, got *score) bool { return got.right == full.right && got.found == 2*full.found }},
		{"every unit is another", func(f []gongwen.Figure, c []gongwen.Commitment) ([]gongwen.Figure, []gongwen.Commitment) {
			for i := range f {
				f[i].Unit = "尺"
			}
			return f, c
		}, rowFigureBoth, func(full, got *score) bool { return got.right == 0 && got.found == full.found }},
		{"no topic is told", func(f []gongwen.Figure, c []gongwen.Commitment) ([]gongwen.Figure, []gongwen.Commitment) {
			for i := range c {
				c[i].Topic = ""
			}
			return f, c
		}, rowTopic, func(full, got *score) bool { return got.found == 0 && got.labelled == full.labelled }},
		{"no promise is found", func(f []gongwen.Figure, _ []gongwen.Commitment) ([]gongwen.Figure, []gongwen.Commitment) {
			return f, nil
		}, rowStatus, func(full, got *score) bool { return got.found == 0 && got.labelled == full.labelled }},
	}
	for _, c := range cases {
		p := newPerfect(reports)
		p.spoil = c.spoil
		s := measured(reports, p)
		if !c.change(full.row(c.row), s.row(c.row)) {
			t.Errorf("%s: %+v became %+v", c.name, *full.row(c.row), *s.row(c.row))
		}
	}
}

// TestPairsAreOneToOne draws spans and holds what README.md says of pairs.
func TestPairsAreOneToOne(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	draw := func() []gongwen.Span {
		spans := make([]gongwen.Span, random.IntN(8))
		for i := range spans {
			start := random.IntN(20)
			spans[i] = gongwen.Span{Start: start, End: start + 1 + random.IntN(9)}
		}
		return spans
	}
	for range 2000 {
		found, labels := draw(), draw()
		usedFound, usedLabels := map[int]bool{}, map[int]bool{}
		for _, p := range pairs(found, labels) {
			if usedFound[p.found] || usedLabels[p.label] || overlap(found[p.found], labels[p.label]) < 0.5 {
				t.Fatalf("%v and %v make the pair %v", found, labels, p)
			}
			usedFound[p.found], usedLabels[p.label] = true, true
		}
		for i, f := range found {
			for j, l := range labels {
				if overlap(f, l) >= 0.5 && !usedFound[i] && !usedLabels[j] {
					t.Fatalf("%v and %v: %v and %v are left", found, labels, f, l)
				}
			}
		}
		joined := pairs(found, found)
		if len(joined) != len(found) {
			t.Fatalf("%v with itself makes %d pairs", found, len(joined))
		}
	}
}

func TestSameNoun(t *testing.T) {
	cases := []struct {
		found, label string
		same         bool
	}{
		{"受理行政复议案件", "受理[行政复议案件]", true},
		{"行政复议案件", "受理[行政复议案件]", true},
		{"全市共受理行政复议案件", "受理[行政复议案件]", true},
		{"复议案件", "受理[行政复议案件]", false},
		{"2019年受理行政复议案件", "受理[行政复议案件]", false},
		{"法治大讲堂", "举办“[法治大讲堂]”", true},
		{"举办“法治大讲堂”", "举办“[法治大讲堂]”", true},
		{"村(社区)", "[村（社区）]", true},
		{"", "受理[行政复议案件]", false},
	}
	for _, c := range cases {
		if sameNoun(c.found, []string{c.label}) != c.same {
			t.Errorf("%q for %q is taken for %v", c.found, c.label, !c.same)
		}
	}
}

func TestSameRow(t *testing.T) {
	cases := []struct {
		found, label string
		same         bool
	}{
		{"（一）予以公开", "（一）予以公开", true},
		{"予以公开", "（一）予以公开", true},
		{"不予公开 1.属于国家秘密", "（三）不予公开 1.属于国家秘密", true},
		{"属于国家秘密", "（三）不予公开 1.属于国家秘密", true},
		{"行政诉讼 未经复议直接起诉", "未经复议直接起诉", true},
		{"", "行政复议", false},
		{"其他行政机关", "3.其他", false},
	}
	for _, c := range cases {
		if sameRow(c.found, c.label) != c.same {
			t.Errorf("%q for %q is taken for %v", c.found, c.label, !c.same)
		}
	}
}

func TestSameDue(t *testing.T) {
	for _, group := range []string{"2022 2022-12 2022-12-31", "2022-06 2022-06-30", "2024-02 2024-02-29", "2022-06-01"} {
		equal := strings.Fields(group)
		for _, a := range equal {
			if !sameDue(gongwen.Date(equal[0]), gongwen.Date(a)) {
				t.Errorf("%s and %s are two dates", equal[0], a)
			}
		}
		if sameDue(gongwen.Date(equal[0]), "2022-05") {
			t.Errorf("%s is taken for 2022-05", equal[0])
		}
	}
}

func TestFindCountsOccurrences(t *testing.T) {
	text := "3件和13件、3件"
	for n, start := range map[int]int{0: 0, 1: 0, 2: strings.Index(text, "3件、"), 3: strings.LastIndex(text, "3件")} {
		span, err := find(text, "3件", n)
		if err != nil || span.Start != start || span.Cut(text) != "3件" {
			t.Errorf("number %d is at %v, %v", n, span, err)
		}
	}
	if _, err := find(text, "3件", 4); err == nil {
		t.Error("there is a fourth")
	}
	if _, err := find(text, "", 1); err == nil {
		t.Error("nothing is found")
	}
}

func TestDecimalOf(t *testing.T) {
	for written, want := range map[string]gongwen.Decimal{"186.4": "1864000", "0": "0", "0.94": "9400", "1288.35": "12883500"} {
		if got, err := decimalOf(json.Number(written), 10_000); err != nil || got != want {
			t.Errorf("%s times 10000 is %s, %v", written, got, err)
		}
	}
}
