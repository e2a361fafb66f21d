package search

import (
	"slices"
	"testing"
)

// TestVariants: each variant is another request, told by what one types, and reads as it is written.
func TestVariants(t *testing.T) {
	year := Condition{Field: FieldYear, Value: "2018"}
	kind := Condition{Field: FieldKind, Value: "通知"}
	for text, want := range map[string][]string{
		"涉企 飞碟":              {"unfilter year:2018", "unfilter kind:通知", "unfilter year:2018 kind:通知", "without 涉企", "without 飞碟", "any 涉企 OR 飞碟"},
		`"涉企检查"`:             {"unfilter year:2018", "unfilter kind:通知", "unfilter year:2018 kind:通知", "unquoted 涉企检查", "loose 涉企检查"},
		`"A b" -c region:辽宁`: {"unfilter year:2018", "unfilter kind:通知", "unfilter year:2018 kind:通知", `without "A b"`, "without -c", "without region:辽宁", "unquoted A b -c region:辽宁", "loose A b -c"},
		"+飞碟":                {"unfilter year:2018", "unfilter kind:通知", "unfilter year:2018 kind:通知", "loose 飞碟", "loose 飞碟"},
	} {
		q, _, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		request, err := Request{Query: q, Filters: []Condition{year, kind}}.Normal()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range Variants(request) {
			got = append(got, string(v.Kind)+" "+v.Part)
			if v.Request.Hash() == request.Hash() {
				t.Errorf("%s: %s is the same request", text, v.Part)
			}
			if v.Request.Query == nil {
				continue
			}
			again, _, err := Parse(v.Request.Query.String())
			if err != nil || again.String() != v.Request.Query.String() {
				t.Errorf("%s: %s reads as %v, %v", text, v.Request.Query, again, err)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", text, got, want)
		}
	}
	if v := Variants(Request{}); len(v) > 0 {
		t.Errorf("of nothing: %v", v)
	}
}
