package register_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/followup"
	"gongwen/indexer"
	"gongwen/register"
	"gongwen/search"
	"gongwen/search/memory"
	"gongwen/seeds"
)

// samples is the register of the sample documents.
var samples = sync.OnceValues(func() (*register.Register, error) {
	words, err := analyzers.NewWords()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "gongwen-register-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.CopyFS(dir, seeds.Files); err != nil {
		return nil, err
	}
	engine := memory.New(words)
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		return nil, err
	}
	if _, err := ix.Run(context.Background(), engine, []string{dir}, indexer.RunOptions{}); err != nil {
		return nil, err
	}
	bodies, err := followup.NewBodies()
	if err != nil {
		return nil, err
	}
	return register.New(engine, words, bodies), nil
})

func open(t *testing.T) *register.Register {
	t.Helper()
	r, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// kind is one of the two lists, for laws that hold for both.
type kind struct {
	name string
	list func(*register.Register, context.Context, register.Request) (ids []string, total int, next string, facets map[string][]search.FacetValue, err error)
}

func kinds() []kind {
	return []kind{
		{"commitments", func(r *register.Register, ctx context.Context, q register.Request) ([]string, int, string, map[string][]search.FacetValue, error) {
			page, err := r.Commitments(ctx, q)
			if err != nil {
				return nil, 0, "", nil, err
			}
			return ids(page.Items, func(c register.Commitment) string { return c.ID }), page.Total, page.Next, page.Facets, nil
		}},
		{"figures", func(r *register.Register, ctx context.Context, q register.Request) ([]string, int, string, map[string][]search.FacetValue, error) {
			page, err := r.Figures(ctx, q)
			if err != nil {
				return nil, 0, "", nil, err
			}
			return ids(page.Items, func(f register.Figure) string { return f.ID }), page.Total, page.Next, page.Facets, nil
		}},
	}
}

func ids[T any](items []T, id func(T) string) []string {
	var all []string
	for _, i := range items {
		all = append(all, id(i))
	}
	return all
}

// A walk over the pages lists every item once, in the same order whatever the size of the pages.
func TestWalk(t *testing.T) {
	r := open(t)
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			whole, total, _, _, err := k.list(r, t.Context(), register.Request{Size: register.MaxSize})
			if err != nil || total == 0 || len(whole) != min(total, register.MaxSize) {
				t.Fatalf("%d of %d, %v", len(whole), total, err)
			}
			for _, size := range []int{7, 100} {
				var walked []string
				for cursor := ""; len(walked) < len(whole); {
					page, _, next, _, err := k.list(r, t.Context(), register.Request{Size: size, Cursor: cursor})
					if err != nil {
						t.Fatal(err)
					}
					walked = append(walked, page...)
					if cursor = next; cursor == "" {
						break
					}
				}
				if !slices.Equal(walked[:len(whole)], whole) {
					t.Errorf("pages of %d list something else", size)
				}
			}
		})
	}
}

// The whole list holds what the walk over its pages holds.
func TestAll(t *testing.T) {
	r := open(t)
	request := register.Request{Size: register.MaxSize}
	commitments, total, err := r.AllCommitments(t.Context(), register.Request{Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	got := ids(slices.Collect(commitments), func(c register.Commitment) string { return c.ID })
	page, err := r.Commitments(t.Context(), request)
	if err != nil || page.Next != "" || len(got) != total || !slices.Equal(got, ids(page.Items, func(c register.Commitment) string { return c.ID })) {
		t.Errorf("%d commitments of %d, %v", len(got), total, err)
	}
	figures, total, err := r.AllFigures(t.Context(), register.Request{Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	var walked []string
	for f := range figures {
		walked = append(walked, f.ID)
		if len(walked) == register.MaxSize {
			break
		}
	}
	of, err := r.Figures(t.Context(), request)
	if err != nil || of.Total != total || !slices.Equal(walked, ids(of.Items, func(f register.Figure) string { return f.ID })) {
		t.Errorf("%d figures of %d, %v", len(walked), total, err)
	}
}

// A facet's count is the total that one gets on choosing the value, whatever else is chosen.
func TestFacets(t *testing.T) {
	r := open(t)
	base := []register.Request{{}, {Target: 2021}, {Unit: "件"}, {Status: gongwen.StatusReported}, condition(t, search.FieldYear, "2020"), condition(t, search.FieldRegion, "云川省/安澜市")}
	if _, err := r.Commitments(t.Context(), register.Request{Status: gongwen.StatusReported}); err != nil { // now all are known
		t.Fatal(err)
	}
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			for _, request := range base {
				_, _, _, facets, err := k.list(r, t.Context(), request)
				if err != nil {
					t.Fatal(err)
				}
				for name, values := range facets {
					for _, v := range values {
						chosen, ok := choose(t, request, name, v.Value)
						if !ok {
							continue
						}
						if _, total, _, _, err := k.list(r, t.Context(), chosen); err != nil || total != v.Count {
							t.Errorf("%+v: %s=%s counts %d, choosing it gives %d, %v", request, name, v.Value, v.Count, total, err)
						}
					}
				}
			}
		})
	}
}

func condition(t *testing.T, field search.Field, value string) register.Request {
	t.Helper()
	c, err := search.ParseCondition(field, value)
	if err != nil {
		t.Fatal(err)
	}
	return register.Request{Filters: []search.Condition{c}}
}

// choose is a request with a value chosen alone in a facet.
func choose(t *testing.T, request register.Request, name, value string) (register.Request, bool) {
	t.Helper()
	switch name {
	case "target_year":
		if value == search.Unknown {
			request.Target = register.UnknownYear
			return request, true
		}
		year, err := strconv.Atoi(value)
		request.Target = year
		return request, err == nil
	case "status":
		request.Status = gongwen.FollowUpStatus(value)
		return request, true
	case "unit":
		request.Unit = value
		return request, true
	}
	request.Filters = slices.DeleteFunc(slices.Clone(request.Filters), func(c search.Condition) bool { return string(c.Field) == name })
	request.Filters = append(request.Filters, condition(t, search.Field(name), value).Filters...)
	return request, true
}

// A promise is found by its ID, and its status is what its follow-ups say; each stands in a later report of the body.
func TestCommitment(t *testing.T) {
	r := open(t)
	page, err := r.Commitments(t.Context(), register.Request{Size: register.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range page.Items {
		got, followUps, later, err := r.Commitment(t.Context(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Text != want.Text || got.Status != want.Status || followup.Overall(followUps) != want.Status {
			t.Errorf("%s is %+v, want %+v", want.ID, got, want)
		}
		for _, f := range followUps {
			if d := later[f.Document]; d == nil || followup.Year(d) <= want.Document.Year {
				t.Errorf("%s is followed in %+v", want.ID, d)
			}
		}
	}
	for _, id := range []string{"", "~", "nothing~c1", page.Items[0].Document.ID + "~c"} {
		if _, _, _, err := r.Commitment(t.Context(), id); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// Words are looked for in the item itself.
func TestQuery(t *testing.T) {
	r := open(t)
	query, _, err := search.Parse("法律顾问")
	if err != nil {
		t.Fatal(err)
	}
	figures, err := r.Figures(t.Context(), register.Request{Query: query, Size: register.MaxSize})
	if err != nil || figures.Total == 0 {
		t.Fatalf("%+v, %v", figures, err)
	}
	all, err := r.Series(t.Context(), register.Request{Query: query})
	if err != nil || len(all) == 0 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, s := range all {
		for _, p := range s.Points {
			for _, v := range p.Values {
				for _, source := range v.Sources {
					if !slices.ContainsFunc(figures.Items, func(f register.Figure) bool {
						return f.Document.ID == source.Document && f.Span == source.Figure.Span
					}) {
						t.Errorf("%s %d comes from %+v, which is not listed", s.Noun, p.Year, source)
					}
				}
			}
		}
	}
}
