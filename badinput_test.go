package gongwen_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
	"gongwen/search/embedded"
	"gongwen/server"
)

// A query may take so long, and its answer may come so much later, on a machine that does other work and where the race
// detector slows everything.
const (
	timeLimit = 6 * time.Second
	lateness  = 6 * time.Second
)

// TestBadInput asks for what hurts most: every query gets an answer, or an error that says what to do, within the limit of
// time. Where everything is slow, the heaviest may be told that it ran out.
func TestBadInput(t *testing.T) {
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := embedded.Open(t.TempDir(), words)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = engine.Close() }()
	if err := engine.Write(t.Context(), search.Batch{Put: dullRecords(150)}); err != nil {
		t.Fatal(err)
	}
	s, err := server.New(engine, server.Options{Logger: slog.New(slog.DiscardHandler), Timeout: timeLimit})
	if err != nil {
		t.Fatal(err)
	}
	times := func(n int, text string) string { return strings.TrimSpace(strings.Repeat(text, n)) }
	for _, c := range []struct {
		name, query string
		status      []int
	}{
		{"10,000 characters", times(10000, "法"), []int{400, 414}},
		{"2,000 characters", times(2000, "法"), []int{200}},
		{"1,000 clauses", times(1000, "法 OR "), []int{400, 414}},
		{"200 clauses", times(199, "法 OR ") + " 的", []int{200}},
		{"200 excluded", times(200, "-法 "), []int{200}},
		{"deep brackets", times(1000, "(") + "法" + times(999, ")"), []int{400}},
		{"brackets that close nowhere", times(20, "(") + "法", []int{200}},
		{"a wildcard for everything", "*", []int{400}},
		{"wildcards for everything", times(20, "*?"), []int{400}},
		{"wildcards that match everything", times(20, "的*的 "), []int{200, 504}},
		{"wildcards beside each other", "的*的*的*的*的*的*的*的*的", []int{200}},
		{"too many wildcards", times(21, "的*的 "), []int{400}},
		{"a thousand wildcards", times(900, "的*"), []int{400}},
		{"question marks", "的" + times(1900, "?") + "的", []int{200}},
		{"connectors that join everything", "的 " + times(20, "/p 的 "), []int{200, 504}},
		{"too many connectors", "的 " + times(21, "/p 的 "), []int{400}},
		{"connectors of alternatives", "的 " + times(9, "/200 (的 OR 行政 OR 的*的) "), []int{200, 504}},
		{"a connector without terms", "/s", []int{400}},
		{"a distance of nothing", "的 /0 的", []int{400}},
		{"a distance of a page", "的 /999999999 的", []int{400}},
		{"similar to nobody", "like:nobody", []int{400}},
		{"similar to all", "like:d1 like:d2 like:d3", []int{200}},
		{"weights", times(100, "的^10 "), []int{200}},
		{"preferences", times(100, "title:的^10 "), []int{200}},
	} {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/search?"+url.Values{"q": {c.query}}.Encode(), http.NoBody)
		w := httptest.NewRecorder()
		start := time.Now()
		s.ServeHTTP(w, r)
		took := time.Since(start)
		t.Logf("%s: %s", c.name, took.Round(time.Millisecond))
		if took > timeLimit+lateness {
			t.Errorf("%s: took %s", c.name, took)
		}
		fits := false
		for _, status := range c.status {
			fits = fits || w.Code == status
		}
		if !fits {
			t.Errorf("%s: status %d, want one of %v: %.300s", c.name, w.Code, c.status, w.Body)
		}
		if w.Code == http.StatusBadRequest {
			var problem struct {
				Errors []struct {
					Param, Value, Hint string
					Offset             int
				}
			}
			if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || len(problem.Errors) != 1 {
				t.Errorf("%s: %v in %.300s", c.name, err, w.Body)
				continue
			}
			fault := problem.Errors[0]
			if fault.Hint == "" || fault.Offset < 0 || fault.Offset > len(c.query) || !strings.HasPrefix(c.query[fault.Offset:], fault.Value) {
				t.Errorf("%s: %+v does not say where or what to do", c.name, fault)
			}
		}
	}
}

// dullRecords hold the same characters over and over, in long lines.
func dullRecords(n int) []search.Record {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"的", "的的", "行政", "法", "处罚", "，", "。", "一"}
	records := make([]search.Record, n)
	for i := range records {
		var text strings.Builder
		for range 2000 {
			text.WriteString(pieces[random.IntN(len(pieces))])
			if random.IntN(300) == 0 {
				text.WriteByte('\n')
			}
		}
		records[i].Document = gongwen.Document{ID: fmt.Sprintf("d%d", i), Title: "关于的通知", Text: text.String()}
	}
	return records
}
