package server

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/api"
	"gongwen/followup"
	"gongwen/indexer"
	"gongwen/register"
	"gongwen/search"
	"gongwen/search/memory"
	"gongwen/seeds"
)

// registeredSamples is an engine with the sample documents and its register.
type registeredSamples struct {
	engine   *memory.Engine
	register *register.Register
}

var loadSamples = sync.OnceValues(func() (*registeredSamples, error) {
	words, err := analyzers.NewWords()
	if err != nil {
		return nil, err
	}
	bodies, err := followup.NewBodies()
	if err != nil {
		return nil, err
	}
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(seeds.Files, "*.txt")
	if err != nil {
		return nil, err
	}
	var batch search.Batch
	for _, name := range names {
		page, err := fs.ReadFile(seeds.Files, name)
		if err != nil {
			return nil, err
		}
		d := ix.Document(string(page), "")
		d.ID = strings.TrimSuffix(name, ".txt")
		batch.Put = append(batch.Put, search.Record{Document: d})
	}
	engine := memory.New(words)
	if err := engine.Write(context.Background(), batch); err != nil {
		return nil, err
	}
	return &registeredSamples{engine, register.New(engine, words, bodies)}, nil
})

// registered is a server over the sample documents and their register.
func registered(t *testing.T) (*Server, *registeredSamples) {
	t.Helper()
	c, err := loadSamples()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := newTest(t, c.engine, Options{Register: c.register})
	return s, c
}

// into asks for a JSON answer of the API.
func into[T any](t *testing.T, s *Server, path string) T {
	t.Helper()
	var v T
	w := get(s, apiRoot+path)
	if w.Code != 200 {
		t.Fatalf("%s: status %d: %s", path, w.Code, w.Body)
	}
	decoder := json.NewDecoder(w.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return v
}

// file reads a file of the API back into rows, the head line first.
func file(t *testing.T, s *Server, path string) [][]string {
	t.Helper()
	w := get(s, apiRoot+path)
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment;") {
		t.Fatalf("%s: status %d, %v: %s", path, w.Code, w.Header(), w.Body)
	}
	if strings.Contains(path, ".xlsx") {
		return workbook(t, w)
	}
	text, ok := strings.CutPrefix(w.Body.String(), "\ufeff")
	if !ok || w.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%s: no byte order mark, or %v", path, w.Header())
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rows
}

func workbook(t *testing.T, w *httptest.ResponseRecorder) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows { // empty cells at the end are left out
		for len(rows[i]) < len(rows[0]) {
			rows[i] = append(rows[i], "")
		}
	}
	return rows
}

func with(path, query string, more url.Values) string {
	values, err := url.ParseQuery(query)
	if err != nil {
		panic(err)
	}
	for name, value := range more {
		values[name] = value
	}
	return address(path, values)
}

// questions narrow the lists in every way.
func questions(s *Server, t *testing.T) map[string][]string {
	t.Helper()
	first := into[api.Commitments](t, s, "/commitments?size=1").Items[0]
	return map[string][]string{
		"/commitments": {
			"", "q=行政执法", "year=2018..2020", "year_from=2021", "target_year=2021", "topic=enforcement&topic=执法", "status=reported",
			"region=云川省/安澜市", "department=" + *first.Department, "document=" + first.Document, "q=没有的词语&year=2018", "kind=unknown",
		},
		"/figures": {"", "q=行政复议", "year=2019&year=2020", "unit=件", "unit=unknown", "region=安澜市", "document=" + first.Document, "q=法律顾问&unit=名"},
	}
}

// A list, walked page by page, its files and its facets tell of the same items.
func TestRegisterLists(t *testing.T) {
	s, _ := registered(t)
	for path, queries := range questions(s, t) {
		for _, query := range queries {
			type item struct{ ID, Text string }
			type answer struct {
				Total  int
				Next   *string
				Items  []item
				Facets map[string][]api.FacetValue
			}
			var walked []string
			var first answer
			for next := ""; ; {
				var page answer
				w := get(s, apiRoot+with(path, query, url.Values{"size": {"90"}, "cursor": {next}}))
				if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || w.Code != 200 {
					t.Fatalf("%s?%s: status %d, %v: %s", path, query, w.Code, err, w.Body)
				}
				if len(walked) == 0 {
					first = page
				}
				for _, i := range page.Items {
					walked = append(walked, i.ID)
				}
				if page.Next == nil {
					break
				}
				next = *page.Next
			}
			if len(walked) != first.Total || query == "" && first.Total == 0 {
				t.Errorf("%s?%s: %d walked, total %d", path, query, len(walked), first.Total)
			}
			for _, extension := range []string{".csv", ".xlsx"} {
				rows := file(t, s, with(path+extension, query, nil))
				var ids []string
				for _, row := range rows[1:] {
					ids = append(ids, row[0])
				}
				if !slices.Equal(ids, walked) {
					t.Errorf("%s%s?%s: %d rows, total %d", path, extension, query, len(ids), first.Total)
				}
			}
			for name, values := range first.Facets {
				for _, v := range values[:min(3, len(values))] {
					chosen := with(path, query, url.Values{name: {v.Value}, "size": {"1"}})
					if name == "year" && strings.Contains(query, "year_from") {
						continue // a typed range and a ticked year are joined
					}
					var got answer
					w := get(s, apiRoot+chosen)
					if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Total != v.Count {
						t.Errorf("%s: total %d, counted %d, %v", chosen, got.Total, v.Count, err)
					}
				}
			}
		}
	}
}

// Every text of an answer is what its document has at that place.
func TestRegisterTexts(t *testing.T) {
	s, c := registered(t)
	texts := map[string]string{}
	cut := func(document string, start, end int) string {
		if _, ok := texts[document]; !ok {
			reading, err := c.engine.Read(t.Context(), document, nil)
			if err != nil {
				t.Fatal(err)
			}
			texts[document] = reading.Document.Text
		}
		return texts[document][start:end]
	}
	check := func(what, document, text string, start, end int) {
		if text == "" || cut(document, start, end) != text {
			t.Errorf("%s of %s: %q is said to stand where %q stands", what, document, text, cut(document, start, end))
		}
	}
	promises := into[api.Commitments](t, s, "/commitments?size=1000")
	passages, deadlines, targets := 0, 0, 0
	for _, item := range promises.Items {
		one := into[api.FollowedCommitment](t, s, "/commitments/"+url.PathEscape(item.ID))
		if toJSON(one.Commitment) != toJSON(item) {
			t.Errorf("%s in the list is %+v, alone %+v", item.ID, item, one.Commitment)
		}
		check("commitment", item.Document, item.Text, item.Start, item.End)
		if d := item.Deadline; d != nil {
			deadlines++
			check("deadline", item.Document, d.Text, d.Start, d.End)
		}
		if g := item.Target; g != nil {
			targets++
			check("target", item.Document, g.Text, g.Start, g.End)
		}
		for _, f := range one.Followups {
			if f.Year != nil && item.Year != nil && *f.Year <= *item.Year || f.DocumentTitle == nil {
				t.Errorf("%s is followed up by %+v", item.ID, f)
			}
			if (f.Status == string(gongwen.StatusNotMentioned)) != (len(f.Passages) == 0) {
				t.Errorf("%s is %s with %d passages", item.ID, f.Status, len(f.Passages))
			}
			for _, p := range f.Passages {
				passages++
				check("passage", f.Document, p.Text, p.Start, p.End)
			}
		}
	}
	if passages == 0 || deadlines == 0 || targets == 0 {
		t.Errorf("%d passages, %d deadlines, %d targets", passages, deadlines, targets)
	}
	for _, f := range into[api.Figures](t, s, "/figures?size=1000").Items {
		check("figure", f.Document, f.Text, f.Start, f.End)
	}
}

// The series, walked page by page, and their files tell of the same points.
func TestRegisterSeries(t *testing.T) {
	s, _ := registered(t)
	for _, query := range []string{"", "q=行政复议", "unit=件&region=安澜市"} {
		var walked []api.Series
		total, rows := 0, 0
		for next := ""; ; {
			page := into[api.SeriesAnswer](t, s, with("/series", query, url.Values{"size": {"150"}, "cursor": {next}}))
			walked, total, rows = append(walked, page.Series...), page.Total, page.Rows
			if page.Next == nil {
				break
			}
			next = *page.Next
		}
		if len(walked) != total || total == 0 {
			t.Errorf("%s: %d series, total %d", query, len(walked), total)
		}
		told := 0
		for _, one := range walked {
			for i, p := range one.Points {
				if p.Gap != (len(p.Values) == 0) || i > 0 && p.Year != one.Points[i-1].Year+1 {
					t.Errorf("%s: point %+v", one.Noun, p)
				}
				for _, v := range p.Values {
					for _, from := range v.Sources {
						if told++; from.DocumentTitle == nil || from.Text == "" {
							t.Errorf("%s: source %+v", one.Noun, from)
						}
					}
				}
				if p.Gap {
					told++
				}
			}
		}
		for _, extension := range []string{".csv", ".xlsx"} {
			if got := len(file(t, s, with("/series"+extension, query, nil))) - 1; got != rows || got != told {
				t.Errorf("%s?%s: %d rows, %d told, %d promised", extension, query, got, told, rows)
			}
		}
	}
	whole := into[api.SeriesAnswer](t, s, "/series?size=1")
	if w := get(s, apiRoot+"/series?size=1&unit=件&cursor="+*whole.Next); w.Code != 400 {
		t.Errorf("the cursor of another request: status %d", w.Code)
	}
}

// Numbers in JSON are written digit by digit.
func TestRegisterNumbers(t *testing.T) {
	s, c := registered(t)
	w := get(s, apiRoot+"/figures?size=1000")
	var answer struct {
		Items []struct {
			ID    string
			Value json.Number
		}
	}
	decoder := json.NewDecoder(w.Body)
	decoder.UseNumber()
	if err := decoder.Decode(&answer); err != nil {
		t.Fatal(err)
	}
	page, err := c.register.Figures(t.Context(), register.Request{Size: 1000})
	if err != nil || len(page.Items) != len(answer.Items) {
		t.Fatalf("%d of %d, %v", len(answer.Items), len(page.Items), err)
	}
	for i, f := range page.Items {
		if string(f.Value) != answer.Items[i].Value.String() {
			t.Errorf("%s is %s, answered %s", f.ID, f.Value, answer.Items[i].Value)
		}
	}
}

// What the register answers is what its description says, parameters and faults included.
func TestRegisterDescription(t *testing.T) {
	s, _ := registered(t)
	root := description(t, s)
	commitments := "q document year year_from year_to department region kind target_year topic status"
	figures := "q document year year_from year_to department region kind unit"
	for path, want := range map[string]string{
		"/commitments": commitments + " size cursor", "/commitments.csv": commitments, "/commitments.xlsx": commitments,
		"/figures": figures + " size cursor", "/figures.csv": figures, "/figures.xlsx": figures,
		"/series": figures + " size cursor", "/series.csv": figures, "/series.xlsx": figures,
		"/commitments/{id}": "id",
	} {
		var names []string
		for _, p := range dig(t, root, "paths", apiRoot+path, "get", "parameters").([]any) {
			names = append(names, p.(map[string]any)["name"].(string))
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: parameters %s, want %s", path, got, want)
		}
	}
	id := into[api.Commitments](t, s, "/commitments?size=1&status=reported").Items[0].ID
	answers := map[string]string{
		"/commitments?size=1000": "/commitments", "/commitments?q=没有的词语": "/commitments", "/commitments/" + url.PathEscape(id): "/commitments/{id}",
		"/figures?size=1000": "/figures", "/series?size=1000": "/series",
	}
	for _, path := range slices.Sorted(maps.Keys(answers)) {
		w := get(s, apiRoot+with(strings.Split(path, "?")[0], strings.Join(strings.Split(path, "?")[1:], ""), nil))
		schema := dig(t, root, "paths", apiRoot+answers[path], "get", "responses", "200", "content", "application/json", "schema")
		fit(t, root, schema.(map[string]any), object(t, w), path)
		if again := get(s, apiRoot+with(strings.Split(path, "?")[0], strings.Join(strings.Split(path, "?")[1:], ""), nil), "If-None-Match", w.Header().Get("ETag")); again.Code != 304 {
			t.Errorf("%s: status %d for its own tag", path, again.Code)
		}
	}
	faults := []struct {
		query, param string
	}{
		{"size=0", "size"}, {"size=1001", "size"}, {"size=x", "size"}, {"year=x", "year"}, {"year=2020..2018", "year"},
		{"q=year:abc", "q"}, {"q=a&q=b", "q"}, {"document=a&document=b", "document"}, {"q=%D2%C0", "q"}, {"cursor=x", "cursor"},
	}
	for _, path := range []string{"/commitments", "/figures", "/series"} {
		own := []struct{ query, param string }{{"topic=enforcement", "topic"}, {"status=reported", "status"}, {"target_year=2020", "target_year"}}
		if path == "/commitments" {
			own = []struct{ query, param string }{{"unit=件", "unit"}, {"status=kept", "status"}, {"target_year=2020..2021", "target_year"}, {"topic=weather", "topic"}}
		}
		for _, f := range slices.Concat(faults, own) {
			for _, extension := range []string{"", ".csv", ".xlsx"} {
				if extension != "" && f.param == "cursor" {
					continue
				}
				w := get(s, apiRoot+path+extension+"?"+f.query)
				p := object(t, w)
				if w.Code != 400 || p["type"] != "urn:gongwen:problem:query" || dig(t, p["errors"].([]any)[0], "param") != f.param {
					t.Errorf("%s%s?%s: status %d: %v", path, extension, f.query, w.Code, p)
				}
			}
		}
	}
	if w := get(s, apiRoot+"/commitments/nothing~c1"); w.Code != 404 || !strings.Contains(w.Body.String(), "承诺") {
		t.Errorf("unknown commitment: status %d: %s", w.Code, w.Body)
	}
	bare, _ := newTest(t, &fake{}, Options{})
	for _, path := range []string{"/commitments", "/figures.csv", "/series"} {
		if w := get(bare, apiRoot+path); w.Code != 404 {
			t.Errorf("%s without a register: status %d", path, w.Code)
		}
	}
}

// A parameter's query string reads as the parameters again.
func TestRegisterParams(t *testing.T) {
	for _, raw := range []string{
		"", "q=法&year=2018&year=2016..2017&topic=执法&region=安澜市&document=a&target_year=2021年&status=reported&unit=件&size=7&cursor=x",
		"year_from=2018&year_to=2019&kind=通知&department=unknown&target_year=unknown",
	} {
		values, err := url.ParseQuery(raw)
		if err != nil {
			t.Fatal(err)
		}
		p, err := readRegisterParams(values.Encode())
		if err != nil {
			t.Fatal(err)
		}
		again, err := readRegisterParams(p.values().Encode())
		if err != nil || fmt.Sprint(again) != fmt.Sprint(p) {
			t.Errorf("%s reads as %+v, then as %+v, %v", raw, p, again, err)
		}
	}
}
