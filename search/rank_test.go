package search

import (
	"slices"
	"testing"
	"unicode/utf8"

	"gongwen/analyzers"
)

// TestStandings runs the example of every row: the first row that fits its name is itself.
func TestStandings(t *testing.T) {
	for i, row := range standings {
		if kind := NewNaming(analyzers.Fold(row.example)).Kind; kind != i+1 {
			t.Errorf("%s is of kind %d, want %d", row.example, kind, i+1)
		}
		if n := NewNaming(analyzers.Fold(row.example + "第二十一条")); n.Kind != i+1 || n.Standing() != row.factor {
			t.Errorf("an article of %s is of kind %d, want %d", row.example, n.Kind, i+1)
		}
	}
	if n := NewNaming("青溪区2019年法治政府建设工作报告"); n.Kind != 0 || n.Standing() != 1 {
		t.Errorf("a report is of kind %d", n.Kind)
	}
}

// TestAliasFile holds the file to its shape: names of two characters or more, none its own alias, none given twice.
func TestAliasFile(t *testing.T) {
	a := BuiltInAliases()
	if len(a.names) < 300 {
		t.Errorf("%d names", len(a.names))
	}
	for name, others := range a.names {
		if utf8.RuneCountInString(name) < 2 && !slices.Contains([]string{"告", "娃", "偷"}, name) {
			t.Errorf("%s is too short to be told from what is said of other things", name)
		}
		if slices.Contains(others, name) {
			t.Errorf("%s is its own alias", name)
		}
		if n := len(slices.Compact(slices.Sorted(slices.Values(others)))); n != len(others) {
			t.Errorf("%s has an alias twice: %v", name, others)
		}
		if found, _ := a.at(name + "的"); found != name {
			t.Errorf("%s is read as %s", name, found)
		}
	}
}

// TestLightFile holds the file to its shape: shares from 0 to below 1, no word in two rows.
func TestLightFile(t *testing.T) {
	seen := map[string]bool{}
	for line := range dataLines(lightFile) {
		for _, word := range foldedFields(line)[1:] {
			if seen[word] {
				t.Errorf("%s stands twice", word)
			}
			seen[word] = true
		}
	}
	for word, share := range lightWords() {
		if share < 0 || share >= 1 {
			t.Errorf("%s keeps %v of its weight", word, share)
		}
	}
}
