package memory

import (
	"slices"

	"gongwen"
	"gongwen/search"
)

// show makes a hit of an entry: its title marked and its best sections cut.
func (e *evaluation) show(hit entry) search.Hit {
	d := hit.doc
	document := d.Document
	document.Copies = e.snapshot.copiesOf(d)
	weight := func(term int) float64 { return e.weights[term] + 0.01 }
	highlighter := e.plan.Highlight(document.Text, weight)
	shown := search.Hit{
		Document: &document,
		Title:    e.plan.MarkParts(document.Title),
		Score:    hit.score,
		Missing:  e.terms(hit.missing),
		Marks:    highlighter.Total(),
	}
	if hit.unit >= 0 {
		shown.Sections = []search.SectionHit{e.section(highlighter, &d.units[hit.unit], 2)}
		return shown
	}
	ranked, marked := e.rankUnits(d, highlighter)
	for i, u := range ranked[:min(search.MaxHitSections, len(ranked))] {
		shown.Sections = append(shown.Sections, e.section(highlighter, u, max(1, 2-i)))
	}
	shown.More = max(0, marked-len(shown.Sections))
	return shown
}

// rankUnits returns the sections of a hit that have marks, those that hold every word first, then by score; or the first
// section with text where none has any.
func (e *evaluation) rankUnits(d *document, highlighter *search.Highlighter) (units []*unit, marked int) {
	type ranked struct {
		unit  *unit
		full  bool
		score float64
	}
	var found []ranked
	var first *unit
	topics, roles := e.plan.Filters[search.FieldTopic], e.plan.Filters[search.FieldRole]
	for u := range d.units {
		current := &d.units[u]
		if !anySection(topics, current.section) || !anySection(roles, current.section) {
			continue
		}
		if first == nil && current.length > 0 {
			first = current
		}
		if highlighter.Count(current.own) == 0 {
			continue
		}
		full := true
		for t := range e.plan.Terms {
			full = full && (!e.plan.Positive(t) || current.holds(&e.plan.Terms[t]))
		}
		found = append(found, ranked{current, full, e.unitScore(current)})
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		switch {
		case a.full != b.full && a.full, a.full == b.full && a.score > b.score:
			return -1
		case a.full != b.full, a.score < b.score:
			return 1
		}
		return 0
	})
	for _, r := range found {
		units = append(units, r.unit)
	}
	if len(units) == 0 && first != nil {
		units = append(units, first)
	}
	return units, len(found)
}

func (e *evaluation) section(highlighter *search.Highlighter, u *unit, fragments int) search.SectionHit {
	return search.SectionHit{
		Section:   u.section,
		Path:      names(u.above),
		Marks:     highlighter.Count(u.own),
		Fragments: highlighter.Fragments(u.own, fragments),
	}
}

func names(sections []*gongwen.Section) []string {
	names := []string{}
	for _, s := range sections {
		if name := s.Name(); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// terms returns the terms of a set as they are shown.
func (e *evaluation) terms(set bits) []string {
	var shown []string
	for t := range e.plan.Terms {
		if set.has(t) {
			shown = append(shown, e.plan.Terms[t].String())
		}
	}
	return shown
}
