package embedded

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gongwen"
	"gongwen/search"
)

// TestSurvey: a survey shows each live document once, as it is, and the texts that were asked for.
func TestSurvey(t *testing.T) {
	e := openTest(t, t.TempDir())
	for i := range 3 {
		var batch search.Batch
		for n := range 400 {
			id := fmt.Sprintf("d%d", i*300+n) // some replace those of the batch before
			text := fmt.Sprintf("一、%s号\n第%d次的文本", id, i)
			batch.Put = append(batch.Put, search.Record{Document: gongwen.Document{ID: id, Title: "标题" + id, Issuer: "安澜市", Text: text, Sections: []gongwen.Section{
				{ID: "1", Level: 1, Label: "一、", Heading: id + "号", Span: gongwen.Span{Start: 0, End: len(text)}},
			}}})
		}
		batch.Delete = []string{fmt.Sprintf("d%d", i)}
		if err := e.Write(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]gongwen.Document{}
	if err := e.Export(t.Context(), func(r search.Record) error {
		want[r.Document.ID] = r.Document
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, every := range []int{1, 7} {
		seen, texts := map[string]bool{}, 0
		err := e.Survey(t.Context(), every, func(d *gongwen.Document) error {
			if seen[d.ID] {
				t.Errorf("%s twice", d.ID)
			}
			seen[d.ID] = true
			other := want[d.ID]
			if d.Text != "" {
				texts++
			} else {
				other.Text = ""
			}
			if diff := cmp.Diff(other, *d, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s: %s", d.ID, diff)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(seen) != len(want) || texts < len(want)/(2*every) || every > 1 && texts > len(want)/2 {
			t.Errorf("every %d: %d of %d documents, %d texts", every, len(seen), len(want), texts)
		}
	}
}
