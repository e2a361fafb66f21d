package api_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"gongwen"
	"gongwen/api"
	"gongwen/register"
	"gongwen/search"
	"gongwen/series"
)

// An empty document and an empty result say null for what is unknown and [] for what is none.
func TestEmpty(t *testing.T) {
	tests := []struct {
		name string
		view any
		want string
	}{
		{
			"document", api.NewDocument(&gongwen.Document{ID: "a"}),
			`{"id":"a","title":null,"kind":null,"year":null,"published":null,"signed":null,"source":null,"issuer":null,` +
				`"department":null,"region":null,"number":null,"status":null,"effective":null,"expires":null,"url":null,"copies":[],"addresses":[]}`,
		},
		{
			"full document", api.NewFullDocument(&gongwen.Document{ID: "a", Sections: []gongwen.Section{{ID: "1", Level: 1}}}),
			`{"id":"a","title":null,"kind":null,"year":null,"published":null,"signed":null,"source":null,"issuer":null,` +
				`"department":null,"region":null,"number":null,"status":null,"effective":null,"expires":null,"url":null,"copies":[],"addresses":[],` +
				`"text":"","cites":[],"citations":[],"versions":[],"pages":[],"sections":[{"id":"1","label":"","heading":"","level":1,` +
				`"role":"unknown","topic":"unknown","role_rule":"","topic_rule":"","start":0,"end":0,"items":[],"sections":[]}]}`,
		},
		{
			"answer", api.NewAnswer(&search.Result{}),
			`{"total":0,"all":0,"sections":0,"together":0,"relaxed":false,"left_out":[],"why":[],"variants":[],"also":[],"words":[],"notices":[],` +
				`"took_ms":0,"offset":0,"next":null,"previous":null,"hits":[],"facets":{"department":[],"kind":[],"region":[],` +
				`"role":[],"status":[],"topic":[],"year":[]}}`,
		},
		{
			"commitment", api.NewFollowedCommitment(&register.Commitment{ID: "a~c", Document: &gongwen.Document{ID: "a"}, Status: gongwen.StatusNoLater}, nil, nil),
			`{"id":"a~c","document":"a","document_title":null,"published":null,"section":"","text":"","start":0,"end":0,"year":null,` +
				`"target_year":null,"topic":"unknown","deadline":null,"target":null,"department":null,"region":null,` +
				`"status":"no_later_report","cites":[],"rule":"","target_rule":"","topic_rule":"","followups":[]}`,
		},
		{
			"figures", api.NewFigures(&register.Page[register.Figure]{}, nil),
			`{"total":0,"offset":0,"next":null,"notices":[],"items":[],"facets":{}}`,
		},
		{
			"series", api.NewSeriesAnswer(nil, 0, 0, "", nil, nil),
			`{"total":0,"rows":0,"offset":0,"next":null,"notices":[],"series":[]}`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := json.Marshal(test.view)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestFull(t *testing.T) {
	document := &gongwen.Document{
		ID: "a", Title: "报告", Year: 2018, Source: "办公室", Published: "2019-01",
		Cites:    []gongwen.Citation{{Title: "办法", Span: gongwen.Span{Start: 3, End: 9}}, {Number: "国发〔2018〕1号"}},
		Copies:   []string{"b"},
		Sections: []gongwen.Section{{ID: "1", Items: []gongwen.Item{{Label: "一是", Span: gongwen.Span{Start: 1, End: 2}}}, Role: gongwen.RolePlan}},
	}
	full := api.NewFullDocument(document)
	if *full.Department != "办公室" || full.Issuer != nil || *full.Year != 2018 || *full.Published != "2019-01" {
		t.Errorf("document %+v", full.Document)
	}
	if got := strings.Join(full.Cites, " "); got != "《办法》 国发〔2018〕1号" {
		t.Errorf("cites %s", got)
	}
	if full.Citations[0].Start != 3 || full.Citations[0].Number != nil || full.Citations[1].Title != nil {
		t.Errorf("citations %+v", full.Citations)
	}
	if s := full.Sections[0]; s.Role != "plan" || s.Topic != api.Unknown || s.Items[0] != (api.Item{Label: "一是", Start: 1, End: 2}) {
		t.Errorf("section %+v", s)
	}
	full.Copies[0] = "c"
	if document.Copies[0] != "b" {
		t.Error("the view shares its copies with the document")
	}

	answer := api.NewAnswer(&search.Result{
		Total: 3, Took: 1500 * time.Microsecond, Next: "n",
		Notices: []search.Notice{{Code: "open", Message: "引号未闭合"}},
		Why:     []search.Found{{Part: "x", Total: 1}},
		Hits: []search.Hit{{
			Document: document, Title: []search.Part{{Text: "报", Match: true}, {Text: "告"}}, Marks: 2,
			Sections: []search.SectionHit{{Section: &document.Sections[0], Path: []string{"一、总"}, Fragments: []search.Fragment{{
				Parts: []search.Part{{Text: "法", Match: true}}, Span: gongwen.Span{Start: 6, End: 9}, Mark: 2,
			}}}},
		}},
		Facets: map[search.Field][]search.FacetValue{search.FieldYear: {{Value: "2018", Count: 3}}},
	})
	if answer.TookMS != 1 || *answer.Next != "n" || answer.Previous != nil || answer.Why[0] != (api.Found{Part: "x", Total: 1}) {
		t.Errorf("answer %+v", answer)
	}
	hit := answer.Hits[0]
	if !reflect.DeepEqual(hit.TitleParts, []api.Part{{Text: "报", Match: true}, {Text: "告"}}) || hit.Document.ID != "a" || hit.Marks != 2 {
		t.Errorf("hit %+v", hit)
	}
	if f := hit.Sections[0].Fragments[0]; f.Start != 6 || f.End != 9 || f.Mark != 2 || !f.Parts[0].Match {
		t.Errorf("fragment %+v", f)
	}
	if got := answer.Facets["year"]; !reflect.DeepEqual(got, []api.FacetValue{{Value: "2018", Count: 3}}) {
		t.Errorf("facets %+v", got)
	}
}

// A row has a cell for each column, whatever is known.
func TestRows(t *testing.T) {
	d := &gongwen.Document{ID: "a"}
	bare := api.NewFollowedCommitment(&register.Commitment{Document: d}, nil, nil)
	full := api.NewFollowedCommitment(&register.Commitment{Document: d, Commitment: gongwen.Commitment{
		Text: "一个月内办结90%", Span: gongwen.Span{Start: 3, End: 24},
		Due:  &gongwen.Deadline{By: "2020-01", Span: gongwen.Span{Start: 3, End: 15}},
		Goal: &gongwen.Goal{Value: "90", Unit: "%", Span: gongwen.Span{Start: 21, End: 24}},
	}}, []gongwen.FollowUp{{Document: "b"}, {Document: "c", Passages: []gongwen.Mention{
		{Span: gongwen.Span{End: 3}, Status: gongwen.StatusReported, Score: 0.12345}, {Status: gongwen.StatusRepeated},
		{Status: gongwen.StatusNotMentioned},
	}}}, map[string]*gongwen.Document{"c": {Text: "已办结"}})
	if full.Deadline.Text != "一个月内" || full.Target.Text != "90%" || full.Followups[1].Passages[0].Text != "已" || len(full.Followups[1].Passages) != 2 {
		t.Errorf("%+v", full)
	}
	for _, c := range []api.FollowedCommitment{bare, full} {
		if got := len(c.Cells()); got != len(api.CommitmentColumns()) {
			t.Errorf("%d cells of a commitment", got)
		}
		for _, row := range c.Table() {
			if len(row) != len(api.FollowedColumns()) {
				t.Errorf("%d cells of a followed commitment", len(row))
			}
		}
	}
	if got := len(full.Table()); got != 3 {
		t.Errorf("%d rows for a document without passages and two passages", got)
	}
	for _, f := range []gongwen.Figure{{}, {Value: "1", Change: &gongwen.Change{Value: "-2"}}} {
		view := api.NewFigure(&register.Figure{Figure: f, Document: d})
		if got := len(view.Cells()); got != len(api.FigureColumns()) {
			t.Errorf("%d cells of a figure", got)
		}
	}
	one := api.NewSeries(&series.Series{Points: []series.Point{{Year: 2019}, {Year: 2020, Values: []series.Value{{Value: "1", Sources: []series.Source{{Document: "a"}}}}}}}, nil)
	rows := one.Table()
	for _, row := range rows {
		if len(row) != len(api.SeriesColumns()) {
			t.Errorf("%d cells of a point", len(row))
		}
	}
	if len(rows) != 2 {
		t.Errorf("%d rows for a gap and a source", len(rows))
	}
}
