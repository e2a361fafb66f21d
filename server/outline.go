package server

import (
	"slices"
	"strings"

	"gongwen"
)

// entry is a line of the outline beside a document.
type entry struct {
	Name    string
	Link    string
	Marks   int // in the section and everything below it
	Entries []entry
}

// newOutline lists the sections that have a name, and those without one that are the problems, the plan or the leader's
// part of a report: readers look for these. Sections that are left out pass on what stands below them. link gives the
// address of a section.
func newOutline(sections []gongwen.Section, marks []gongwen.Span, link func(id string) string) []entry {
	var entries []entry
	for i := range sections {
		s := &sections[i]
		below := newOutline(s.Sections, marks, link)
		name := outlineName(s)
		if name == "" {
			entries = append(entries, below...)
			continue
		}
		entries = append(entries, entry{name, link(s.ID), within(s.Span, marks), below})
	}
	return entries
}

// outlineName is what the outline calls a section, or "" to leave it out.
func outlineName(s *gongwen.Section) string {
	if name := strings.TrimSpace(s.Name()); name != "" {
		return shorten(name, maxOutlineRunes)
	}
	switch s.Role {
	case gongwen.RoleProblems, gongwen.RolePlan, gongwen.RoleLeader:
		return "（" + s.Role.Chinese() + "）"
	}
	return ""
}

// maxOutlineRunes keeps headings that are whole sentences from filling the outline.
const maxOutlineRunes = 40

// within counts the marks that begin in a span.
func within(span gongwen.Span, marks []gongwen.Span) int {
	n := 0
	for _, m := range marks {
		if span.Contains(m.Start) {
			n++
		}
	}
	return n
}

// prune takes from the outline of a long document what stands below chapters of other parts. Where a chapter or its
// first article begins in this part, its link is an anchor alone.
func prune(entries []entry) {
	for i := range entries {
		if here(entries[i]) {
			prune(entries[i].Entries)
		} else {
			entries[i].Entries = nil
		}
	}
}

// here reports whether an entry or anything below it stands on the page.
func here(e entry) bool {
	return strings.HasPrefix(e.Link, "#") || slices.ContainsFunc(e.Entries, here)
}
