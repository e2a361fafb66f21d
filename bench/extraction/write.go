package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// write prints the scores as a Markdown table.
func (s *sheet) write(out io.Writer) error {
	var b strings.Builder
	b.WriteString("| | found | labelled | right | precision | recall | F1 |\n|---|---|---|---|---|---|---|\n")
	for _, row := range s.scores {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %s | %s | %s |\n", row.name, row.found, row.labelled, row.right,
			ratio(row.precision(), row.found), ratio(row.recall(), row.labelled), ratio(row.f1(), row.found+row.labelled))
	}
	if s.control {
		fmt.Fprintf(&b, "\nControl, the later reports swapped for other bodies': %d of %d follow-ups say reported (%s).\n",
			s.told, s.swapped, ratio(share(s.told, s.swapped), s.swapped))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// ratio writes a share with three places, or nothing where there is nothing to share.
func ratio(value float64, of int) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.3f", value)
}

// writeMisses prints what went wrong, by field and by report.
func (s *sheet) writeMisses(out io.Writer) error {
	ordered := slices.Clone(s.misses)
	slices.SortStableFunc(ordered, func(a, b miss) int {
		return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.kind, b.kind), cmp.Compare(a.report, b.report))
	})
	var b strings.Builder
	heading := ""
	for _, m := range ordered {
		if h := m.field + ", " + m.kind; h != heading {
			heading = h
			fmt.Fprintf(&b, "\n## %s\n\n", h)
		}
		fmt.Fprintf(&b, "- %s: %s\n", m.report, m.text)
	}
	_, err := io.WriteString(out, b.String())
	return err
}
