package api

import (
	"math"
	"strconv"

	"gongwen"
)

// The rows of lists as tables, for CSV and spreadsheets. A cell is a string, an int, a bool, a gongwen.Decimal, or nil for
// what is unknown.

// CommitmentColumns are the names of the columns of a commitment's row.
func CommitmentColumns() []string {
	return []string{
		"id", "document", "document_title", "published", "department", "region", "year", "target_year", "topic", "status", "text",
		"deadline", "deadline_text", "target_value", "target_unit", "target_qualifier", "target_text", "section", "start", "end", "rule",
	}
}

// Cells is the commitment as a row of a table.
func (c *Commitment) Cells() []any {
	row := []any{
		c.ID, c.Document, cell(c.DocumentTitle), cell(c.Published), cell(c.Department), cell(c.Region), cell(c.Year),
		cell(c.TargetYear), c.Topic, c.Status, c.Text,
	}
	if d := c.Deadline; d != nil {
		row = append(row, d.By, d.Text)
	} else {
		row = append(row, nil, nil)
	}
	if t := c.Target; t != nil {
		row = append(row, t.Value, t.Unit, cell(t.Qualifier), t.Text)
	} else {
		row = append(row, nil, nil, nil, nil)
	}
	return append(row, c.Section, c.Start, c.End, c.Rule)
}

// FollowedColumns are the names of the columns of a followed commitment's rows.
func FollowedColumns() []string {
	return append(CommitmentColumns(), "followup_document", "followup_title", "followup_year", "followup_status",
		"passage", "passage_status", "passage_score", "passage_section", "passage_start", "passage_end")
}

// Table is the commitment as rows of a table: one for each passage, and one for each later document without any; one where
// there is no later document.
func (c *FollowedCommitment) Table() [][]any {
	own := c.Cells()
	row := func(more ...any) []any { return append(own[:len(own):len(own)], more...) }
	if len(c.Followups) == 0 {
		return [][]any{row(make([]any, 10)...)}
	}
	var rows [][]any
	for _, f := range c.Followups {
		later := []any{f.Document, cell(f.DocumentTitle), cell(f.Year), f.Status}
		if len(f.Passages) == 0 {
			rows = append(rows, row(append(later, make([]any, 6)...)...))
		}
		for _, p := range f.Passages {
			score := gongwen.Decimal(strconv.FormatFloat(math.Round(p.Score*1000)/1000, 'f', -1, 64))
			rows = append(rows, row(append(later[:len(later):len(later)], p.Text, p.Status, score, p.Section, p.Start, p.End)...))
		}
	}
	return rows
}

// FigureColumns are the names of the columns of a figure's row.
func FigureColumns() []string {
	return []string{
		"id", "document", "document_title", "published", "department", "region", "year", "noun", "row", "column", "value", "unit",
		"qualifier", "text", "change_basis", "change_value", "change_unit", "section", "start", "end", "rule",
	}
}

// Cells is the figure as a row of a table.
func (f *Figure) Cells() []any {
	row := []any{
		f.ID, f.Document, cell(f.DocumentTitle), cell(f.Published), cell(f.Department), cell(f.Region), cell(f.Year), cell(f.Noun),
		cell(f.Row), cell(f.Column), f.Value, f.Unit, cell(f.Qualifier), f.Text,
	}
	if c := f.Change; c != nil {
		row = append(row, c.Basis, c.Value, c.Unit)
	} else {
		row = append(row, nil, nil, nil)
	}
	return append(row, f.Section, f.Start, f.End, f.Rule)
}

// SeriesColumns are the names of the columns of a series' rows.
func SeriesColumns() []string {
	return []string{
		"body", "noun", "unit", "year", "value", "gap", "conflict", "document", "document_title", "published", "source_noun",
		"qualifier", "text", "section", "start", "end",
	}
}

// Table is the series as rows of a table: one for each source of a value, one for each gap.
func (s *Series) Table() [][]any {
	var rows [][]any
	for _, p := range s.Points {
		if p.Gap {
			rows = append(rows, []any{
				cell(s.Body), s.Noun, s.Unit, p.Year, nil, true, p.Conflict, nil, nil, nil, nil, nil, nil, nil, nil, nil,
			})
		}
		for _, v := range p.Values {
			for i := range v.Sources {
				from := &v.Sources[i]
				rows = append(rows, []any{
					cell(s.Body), s.Noun, s.Unit, p.Year, v.Value, false, p.Conflict, from.Document, cell(from.DocumentTitle),
					cell(from.Published), cell(from.Noun), cell(from.Qualifier), from.Text, from.Section, from.Start, from.End,
				})
			}
		}
	}
	return rows
}

// cell is a value, or nil where it is unknown.
func cell[T any](value *T) any {
	if value == nil {
		return nil
	}
	return *value
}
