package main

import (
	"fmt"
	"slices"

	"gongwen"
)

func (s *sheet) commitments(r *report, e extractors, all []*report) {
	for _, name := range []string{rowCommitment, rowTarget, rowTopic, rowDeadline, rowGoal} {
		s.row(name)
	}
	found := e.Commitments.Commitments(r.document)
	spans, labels := make([]gongwen.Span, len(found)), make([]gongwen.Span, len(r.commitments))
	for i := range found {
		spans[i] = found[i].Span
	}
	for i := range r.commitments {
		labels[i] = r.commitments[i].span
	}
	foundAt, labelAt := map[int]int{}, map[int]int{}
	for _, p := range pairs(spans, labels) {
		foundAt[p.found], labelAt[p.label] = p.label, p.found
	}
	for i := range found {
		at, paired := foundAt[i]
		switch {
		case paired && r.commitments[at].optional:
		case paired:
			s.row(rowCommitment).found++
			s.row(rowCommitment).right++
			s.commitment(r, &found[i], &r.commitments[at])
		default:
			s.row(rowCommitment).found++
			s.note(r, rowCommitment, kindNone, r.around(spans[i]))
		}
	}
	for i := range r.commitments {
		label := &r.commitments[i]
		if label.optional {
			continue
		}
		s.row(rowCommitment).labelled++
		at, paired := labelAt[i]
		if !paired {
			s.note(r, rowCommitment, kindMissed, r.around(label.span))
		}
		if e.FollowUps == nil {
			continue
		}
		var said []gongwen.FollowUp
		if paired {
			said = e.FollowUps.FollowUps(r.document, found[at], documents(r.later(all)))
		}
		s.followUps(r, label, paired, said, all)
	}
}

// commitment judges the fields of a pair.
func (s *sheet) commitment(r *report, c *gongwen.Commitment, label *commitmentLabel) {
	shown := oneLine(label.span.Cut(r.document.Text))
	s.field(r, rowTarget, c.Target != 0, label.target != 0, c.Target == label.target,
		fmt.Sprintf("%s: found %d, labelled %d", shown, c.Target, label.target))
	s.field(r, rowTopic, c.Topic != "", len(label.topics) > 0, slices.Contains(label.topics, c.Topic),
		fmt.Sprintf("%s: found %s, labelled %s", shown, c.Topic, label.topics))
	var due gongwen.Date
	if c.Due != nil {
		due = c.Due.By
	}
	s.field(r, rowDeadline, due != "", label.due != "", sameDue(due, label.due),
		fmt.Sprintf("%s: found %q, labelled %q", shown, due, label.due))
	goal, equal := "none", false
	if c.Goal != nil {
		goal = fmt.Sprintf("%s %s", c.Goal.Value, c.Goal.Unit)
		equal = slices.ContainsFunc(label.goals, func(g goalLabel) bool {
			return c.Goal.Value == g.value && sameUnit(c.Goal.Unit, []string{g.unit})
		})
	}
	labelled := "none"
	if len(label.goals) > 0 {
		labelled = fmt.Sprintf("%s %s", label.goals[0].value, label.goals[0].unit)
	}
	s.field(r, rowGoal, c.Goal != nil, len(label.goals) > 0, equal, fmt.Sprintf("%s: found %s, labelled %s", shown, goal, labelled))
}

// followUps judges what was said of a labelled commitment; nothing was where the commitment itself was missed.
func (s *sheet) followUps(r *report, label *commitmentLabel, paired bool, said []gongwen.FollowUp, all []*report) {
	for _, name := range []string{rowStatus, rowReported, rowRepeated, rowNotMentioned, rowNoLater, rowFirstPassage} {
		s.row(name)
	}
	shown := oneLine(label.span.Cut(r.document.Text))
	if paired && len(said) == 0 {
		said = []gongwen.FollowUp{{Status: gongwen.StatusNoLater}}
	}
	labels := label.followUps
	if len(labels) == 0 {
		labels = []followUpLabel{{status: gongwen.StatusNoLater}}
	}
	for i := range said {
		s.countStatus(said[i].Status, func(row *score) { row.found++ })
		if !slices.ContainsFunc(labels, func(l followUpLabel) bool { return l.report == said[i].Document }) {
			s.note(r, rowStatus, kindNone, fmt.Sprintf("%s: found %s in %s", shown, said[i].Status, said[i].Document))
		}
	}
	for _, l := range labels {
		s.countStatus(l.status, func(row *score) { row.labelled++ })
		at := slices.IndexFunc(said, func(f gongwen.FollowUp) bool { return f.Document == l.report })
		if at < 0 {
			s.note(r, rowStatus, kindMissed, fmt.Sprintf("%s: labelled %s in %s", shown, l.status, l.report))
			continue
		}
		if said[at].Status == l.status {
			s.countStatus(l.status, func(row *score) { row.right++ })
		} else {
			s.note(r, rowStatus, kindWrong, fmt.Sprintf("%s: found %s, labelled %s in %s", shown, said[at].Status, l.status, l.report))
		}
		s.passage(r, l, &said[at], shown, all)
	}
}

// passage judges the first passage that was found against the labelled one.
func (s *sheet) passage(r *report, l followUpLabel, f *gongwen.FollowUp, shown string, all []*report) {
	if l.passage == "" {
		return
	}
	row := s.row(rowFirstPassage)
	row.labelled++
	if len(f.Passages) == 0 {
		return // said already: the status is wrong
	}
	row.found++
	later := reportNamed(all, l.report)
	first := f.Passages[0].Span
	for n := 1; ; n++ {
		span, err := find(later.document.Text, l.passage, n)
		if err != nil {
			break
		}
		if overlap(span, first) > 0 {
			row.right++
			return
		}
	}
	s.note(r, rowFirstPassage, kindWrong, fmt.Sprintf("%s: found %s, labelled %s", shown, later.around(first), l.passage))
}

func (s *sheet) countStatus(status gongwen.FollowUpStatus, count func(*score)) {
	// A body without later reports is told by the collection and not by reading: it has a row of its own.
	rows := map[gongwen.FollowUpStatus]string{
		gongwen.StatusReported: rowReported, gongwen.StatusRepeated: rowRepeated,
		gongwen.StatusNotMentioned: rowNotMentioned, gongwen.StatusNoLater: rowNoLater,
	}
	if status != gongwen.StatusNoLater {
		count(s.row(rowStatus))
	}
	if name, ok := rows[status]; ok {
		count(s.row(name))
	}
}

// swap follows every promise that has later reports, but with the texts of other bodies' reports in their place: what is
// said to be reported then is said without ground.
func (s *sheet) swap(reports []*report, e extractors) {
	s.control = true
	next := 0
	for _, r := range reports {
		later := r.later(reports)
		others := slices.DeleteFunc(slices.Clone(reports), func(o *report) bool { return o.body == r.body })
		if len(later) == 0 || len(others) == 0 {
			continue
		}
		var swapped []*gongwen.Document
		for _, l := range later {
			d, other := *l.document, others[next%len(others)].document
			next++
			d.Text, d.Sections, d.Cites = other.Text, other.Sections, other.Cites
			swapped = append(swapped, &d)
		}
		for _, c := range e.Commitments.Commitments(r.document) {
			for _, f := range e.FollowUps.FollowUps(r.document, c, swapped) {
				s.swapped++
				if f.Status == gongwen.StatusReported {
					s.told++
				}
			}
		}
	}
}

// later returns the reports of the same body about later years, in order of year.
func (r *report) later(all []*report) []*report {
	later := slices.DeleteFunc(slices.Clone(all), func(o *report) bool {
		return o.body != r.body || o.document.Year <= r.document.Year
	})
	slices.SortStableFunc(later, func(a, b *report) int { return a.document.Year - b.document.Year })
	return later
}

func documents(reports []*report) []*gongwen.Document {
	all := make([]*gongwen.Document, len(reports))
	for i, r := range reports {
		all[i] = r.document
	}
	return all
}
