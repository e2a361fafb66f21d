package followup

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/indexer"
	"gongwen/indexer/commitment"
)

// TestCandidates holds that no passage is passed over that would be shown: one that holds a telling term of the promise is
// a candidate, or its score is too low.
func TestCandidates(t *testing.T) {
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	bodies, err := NewBodies()
	if err != nil {
		t.Fatal(err)
	}
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("../seeds/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d seeds: %v", len(paths), err)
	}
	f := New(words, bodies)
	var documents []*gongwen.Document
	var readings []*Reading
	for i, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d := ix.Document(string(text), "")
		d.ID, d.Issuer, d.Region, d.Year = path, "青溪区司法局", "", 2000+i // so that all follow each other
		d.Commitments = commitment.Find(&d)
		documents = append(documents, &d)
		readings = append(readings, f.Read(Report{Document: &d, Promises: d.Commitments}))
	}
	passed := 0
	for i, d := range documents {
		trail := f.Follow(readings[i], readings)
		for _, c := range d.Commitments {
			v := trail.promised(c).view()
			for _, r := range trail.later {
				v.open(r)
				candidates := v.candidates()
				for k := range r.passages {
					if slices.Contains(candidates, k) {
						continue
					}
					v.look(&r.passages[k])
					if score := v.score(); score >= shown && v.tells() {
						t.Errorf("%q is passed over for %q with score %f", r.passages[k].folded, strings.TrimSpace(c.Text), score)
					}
					passed++
				}
			}
		}
	}
	if passed == 0 {
		t.Error("no passage is passed over")
	}
}

// tells reports whether the passage looked at holds a telling term.
func (v *view) tells() bool {
	for i, t := range v.promised.terms {
		if t.telling && v.stands[i] >= inName {
			return true
		}
	}
	return false
}
