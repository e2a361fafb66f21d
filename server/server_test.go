package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongwen"
	"gongwen/search"
)

// newTest returns a server over documents whose log goes to the buffer.
func newTest(t *testing.T, searcher search.Searcher, options Options) (*Server, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	options.Logger = slog.New(slog.NewTextHandler(&log, nil))
	s, err := New(searcher, options)
	if err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) }
	return s, &log
}

// get asks a server for a path; headers come in pairs.
func get(s http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	return send(s, http.MethodGet, path, nil, headers...)
}

func send(s http.Handler, method, path string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, body)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// object reads a JSON answer.
func object(t *testing.T, w *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return v
}

// Every kind of error has its status, under /api as a problem, elsewhere as a page.
func TestErrors(t *testing.T) {
	engine := func(err error) search.Searcher { return &fake{err: err} }
	good := &fake{documents: reports()}
	tests := []struct {
		name     string
		searcher search.Searcher
		method   string
		path     string // of the API
		page     string // the like among pages, "" for none
		status   int
		kind     string
		param    string
		logged   bool
	}{
		{"size zero", good, "GET", "/search?size=0", "/search?size=0", 400, "query", "size", false},
		{"size too large", good, "GET", "/search?size=101", "/search?size=101", 400, "query", "size", false},
		{"size no number", good, "GET", "/search?size=many", "", 400, "query", "size", false},
		{"unknown sort", good, "GET", "/search?sort=foo", "/search?sort=foo", 400, "query", "sort", false},
		{"unknown unit", good, "GET", "/search?unit=page", "", 400, "query", "unit", false},
		{"unknown match", good, "GET", "/search?match=some", "", 400, "query", "match", false},
		{"year no number", good, "GET", "/search?year=abc", "/search?year=abc", 400, "query", "year", false},
		{"range upside down", good, "GET", "/search?year=2019..2016", "", 400, "query", "year", false},
		{"typed range upside down", good, "GET", "/search?year_from=2019&year_to=2016", "/search?year_from=2019&year_to=2016", 400, "query", "year_from", false},
		{"unknown topic", good, "GET", "/search?topic=weather", "/search?topic=weather", 400, "query", "topic", false},
		{"unknown role", good, "GET", "/facets?role=villain", "", 400, "query", "role", false},
		{"year no number in query", good, "GET", "/search?q=year:abc", "/search?q=year:abc", 400, "query", "q", false},
		{"query too long", good, "GET", "/search?q=" + strings.Repeat("a", 2001), "", 400, "query", "q", false},
		{"given twice", good, "GET", "/search?q=a&q=b", "", 400, "query", "q", false},
		{"not UTF-8", good, "GET", "/search?q=%D2%C0", "/search?q=%D2%C0", 400, "query", "q", false},
		{"broken escape", good, "GET", "/search?q=%zz", "", 400, "query", "query string", false},
		{"unknown facet", good, "GET", "", "/search/facets?facet=shape", 400, "query", "facet", false},
		{"unknown document", good, "GET", "/documents/nothing", "/documents/nothing", 404, "not-found", "", false},
		{"no route", good, "GET", "/nothing", "/nothing", 404, "no-page", "", false},
		{"wrong method", good, "POST", "/search", "/search", 405, "method", "", false},
		{"expired cursor", good, "GET", "/search?cursor=expired", "/search?q=法&cursor=expired", 410, "cursor-expired", "", false},
		{"address too long", good, "GET", "/search?x=" + strings.Repeat("a", maxAddress), "/?x=" + strings.Repeat("a", maxAddress), 414, "too-long", "", false},
		{"unavailable", engine(search.ErrUnavailable), "GET", "/search", "/search", 503, "unavailable", "", true},
		{"not ready", engine(errors.New("disk")), "GET", "/../../readyz", "", 503, "unavailable", "", true},
		{"too slow", engine(context.DeadlineExceeded), "GET", "/search", "/", 504, "timeout", "", true},
		{"unexpected", engine(errors.New("secret detail")), "GET", "/documents/x", "/documents/x", 500, "internal", "", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, log := newTest(t, test.searcher, Options{})
			if test.path != "" {
				path := apiRoot + test.path
				if strings.Contains(test.path, "readyz") {
					path = readyPath
				}
				w := send(s, test.method, path, nil)
				if w.Code != test.status {
					t.Fatalf("status %d, want %d: %s", w.Code, test.status, w.Body)
				}
				if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
					t.Errorf("content type %q", got)
				}
				p := object(t, w)
				if p["type"] != "urn:gongwen:problem:"+test.kind || p["status"] != float64(test.status) || p["title"] == "" ||
					p["detail"] == "" || p["request_id"] != w.Header().Get("X-Request-Id") || p["instance"] != strings.Split(path, "?")[0] {
					t.Errorf("problem %v", p)
				}
				faults := p["errors"].([]any)
				if (test.param == "") != (len(faults) == 0) {
					t.Fatalf("errors %v", faults)
				}
				if test.param != "" {
					f := faults[0].(map[string]any)
					if f["param"] != test.param || f["message"] == "" || f["hint"] == "" {
						t.Errorf("fault %v", f)
					}
				}
				if (test.status == 503) != (w.Header().Get("Retry-After") != "") {
					t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
				}
				if strings.Contains(w.Body.String(), "secret") {
					t.Error("the answer tells of the inside")
				}
				if got := strings.Count(log.String(), "request_id"); got > 1 || (got == 1) != test.logged {
					t.Errorf("logged %d times: %s", got, log)
				}
			}
			if test.page != "" {
				w := send(s, test.method, test.page, nil)
				if w.Code != test.status || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
					t.Errorf("page: status %d, %s", w.Code, w.Header().Get("Content-Type"))
				}
				checkPage(t, w)
				if strings.Contains(w.Body.String(), "secret") {
					t.Error("the page tells of the inside")
				}
			}
		})
	}
}

// panicking is a searcher with a fault in it.
type panicking struct{ fake }

func (p *panicking) Search(context.Context, search.Request) (*search.Result, error) { panic("boom") }

func TestPanic(t *testing.T) {
	s, log := newTest(t, &panicking{}, Options{})
	w := get(s, apiRoot+"/search")
	if p := object(t, w); w.Code != 500 || p["type"] != "urn:gongwen:problem:internal" || strings.Contains(w.Body.String(), "boom") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if w := get(s, "/search"); w.Code != 500 || !strings.Contains(w.Body.String(), "请求编号") {
		t.Errorf("page: status %d: %s", w.Code, w.Body)
	}
	if got := strings.Count(log.String(), "boom"); got != 2 || !strings.Contains(log.String(), "goroutine") {
		t.Errorf("logged %d times: %s", got, log)
	}
}

func TestBodyTooLarge(t *testing.T) {
	s, _ := newTest(t, &fake{}, Options{})
	w := send(s, http.MethodGet, apiRoot+"/search", strings.NewReader(strings.Repeat("a", 5000)))
	if p := object(t, w); w.Code != 413 || p["type"] != "urn:gongwen:problem:too-large" {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

// When all slots are taken, a request is turned away at once, but not a health check; a request that takes too long ends.
func TestLimits(t *testing.T) {
	stuck := &fake{block: make(chan struct{})}
	s, _ := newTest(t, stuck, Options{Concurrent: 1, Timeout: time.Minute})
	done := make(chan int)
	go func() { done <- get(s, apiRoot+"/search").Code }()
	for len(s.slots) == 0 {
		time.Sleep(time.Millisecond)
	}
	w := get(s, apiRoot+"/search")
	if p := object(t, w); w.Code != 503 || p["type"] != "urn:gongwen:problem:busy" || w.Header().Get("Retry-After") == "" {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if w := get(s, healthPath); w.Code != 200 {
		t.Errorf("health: status %d", w.Code)
	}
	close(stuck.block)
	if code := <-done; code != 200 {
		t.Errorf("first request: status %d", code)
	}

	slow, _ := newTest(t, &fake{block: make(chan struct{})}, Options{Timeout: time.Millisecond})
	if w := get(slow, apiRoot+"/search"); w.Code != 504 {
		t.Errorf("slow: status %d: %s", w.Code, w.Body)
	}
}

// Nobody reads the answer of a request whose client is gone, and no operator needs to know.
func TestClientGone(t *testing.T) {
	s, log := newTest(t, &fake{block: make(chan struct{})}, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/search", nil))
	s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, apiRoot+"/search", nil))
	if log.Len() > 0 {
		t.Errorf("logged %s", log)
	}
}

func TestHeaders(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	for _, path := range []string{"/", "/nothing", apiRoot + "/search", apiRoot + "/nothing", "/robots.txt", s.style.path} {
		w := get(s, path, "Origin", "https://other.example")
		h := w.Header()
		if h.Get("Content-Security-Policy") != contentPolicy || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Referrer-Policy") == "" || h.Get("X-Frame-Options") != "DENY" || h.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
		if got, want := h.Get("Access-Control-Allow-Origin"), strings.HasPrefix(path, "/api"); (got == "*") != want {
			t.Errorf("%s: Access-Control-Allow-Origin %q", path, got)
		}
	}
	if w := send(s, http.MethodOptions, apiRoot+"/search", nil, "Origin", "https://other.example", "Access-Control-Request-Method", "GET"); w.Code != 204 {
		t.Errorf("preflight: status %d", w.Code)
	}
	if got := get(s, s.style.path).Header().Get("Cache-Control"); !strings.Contains(got, "max-age=31536000") {
		t.Errorf("style: Cache-Control %q", got)
	}
	w := get(s, apiRoot+"/search", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || !strings.HasPrefix(w.Header().Get("ETag"), "W/") {
		t.Errorf("compressed: headers %v", w.Header())
	}
}

// HEAD answers as GET does, without the body, on every route.
func TestHead(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	for _, path := range []string{"/", "/search?q=法", "/documents/nothing", apiRoot + "/search", apiRoot + "/search?size=0", healthPath, s.style.path} {
		head, full := send(s, http.MethodHead, path, nil), get(s, path)
		if head.Code != full.Code || head.Body.Len() != 0 || head.Header().Get("Content-Type") != full.Header().Get("Content-Type") {
			t.Errorf("%s: status %d, %d bytes, %v", path, head.Code, head.Body.Len(), head.Header())
		}
	}
}

// An answer that has not changed is not sent again.
func TestETag(t *testing.T) {
	f := &fake{documents: reports()}
	s, _ := newTest(t, f, Options{})
	for _, path := range []string{"/search?q=法", "/facets?q=法", "/documents/" + url.PathEscape(f.documents[0].ID)} {
		first := get(s, apiRoot+path)
		tag := first.Header().Get("ETag")
		if first.Code != 200 || !strings.HasPrefix(tag, `W/"`) {
			t.Fatalf("%s: status %d, ETag %q", path, first.Code, tag)
		}
		again := get(s, apiRoot+path, "If-None-Match", `"other", `+tag)
		if again.Code != 304 || again.Body.Len() != 0 || again.Header().Get("ETag") != tag {
			t.Errorf("%s: status %d, ETag %q, body %q", path, again.Code, again.Header().Get("ETag"), again.Body)
		}
		if changed := get(s, apiRoot+path, "If-None-Match", `"other"`); changed.Code != 200 {
			t.Errorf("%s: status %d for another tag", path, changed.Code)
		}
	}
	before := get(s, apiRoot+"/search").Header().Get("ETag")
	f.documents = f.documents[1:]
	if after := get(s, apiRoot+"/search").Header().Get("ETag"); after == before {
		t.Error("the tag did not change with the collection")
	}
}

func TestHealth(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	if w := get(s, healthPath); w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	watching, _ := newTest(t, &fake{documents: reports()}, Options{Watch: func() any { return map[string]int{"files": 3} }})
	if ready := object(t, get(watching, readyPath)); ready["watch"].(map[string]any)["files"] != float64(3) {
		t.Errorf("watch: %v", ready)
	}
	if ready := object(t, get(s, readyPath)); ready["status"] != "ready" || ready["watch"] != nil || ready["documents"] != float64(27) {
		t.Errorf("%v", ready)
	}
	down, _ := newTest(t, &fake{err: search.ErrUnavailable}, Options{})
	if w := get(down, healthPath); w.Code != 200 {
		t.Errorf("alive: %d", w.Code)
	}
}

// Identifiers may hold anything that a file name may.
func TestIdentifiers(t *testing.T) {
	var documents []*gongwen.Document
	for _, id := range []string{"报告", "a/b", "50%", "%25", "a b", "a+b", "a?b#c", "../x", `a"b`, "a;b"} {
		documents = append(documents, &gongwen.Document{ID: id, Text: "正文"})
	}
	s, _ := newTest(t, &fake{documents: documents}, Options{})
	for _, d := range documents {
		if w := get(s, documentPath(d.ID)); w.Code != 200 {
			t.Errorf("page of %q at %s: status %d", d.ID, documentPath(d.ID), w.Code)
		}
		w := get(s, apiRoot+documentPath(d.ID))
		if w.Code != 200 || object(t, w)["id"] != d.ID {
			t.Errorf("API of %q: status %d: %s", d.ID, w.Code, w.Body)
		}
	}
}

// A server that is told to end takes no new requests and finishes those that run.
func TestServe(t *testing.T) {
	f := &fake{documents: reports(), block: make(chan struct{})}
	s, _ := newTest(t, f, Options{})
	listener, err := newListener(t)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.ServeListener(ctx, listener) }()
	answered := make(chan int, 1)
	go func() {
		response, err := http.Get("http://" + listener.Addr().String() + apiRoot + "/search")
		if err != nil {
			answered <- 0
			return
		}
		defer func() { _ = response.Body.Close() }()
		answered <- response.StatusCode
	}()
	for len(s.slots) == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	close(f.block)
	if code := <-answered; code != 200 {
		t.Errorf("running request: status %d", code)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := s.Serve(ctx, "127.0.0.1:999999"); err == nil {
		t.Error("no error for an impossible address")
	}
}

func TestSmallFiles(t *testing.T) {
	s, _ := newTest(t, &fake{}, Options{BaseURL: "https://gongwen.example.org"})
	w := get(s, "/opensearch.xml")
	if !strings.Contains(w.Body.String(), `template="https://gongwen.example.org/search?q={searchTerms}"`) {
		t.Errorf("%s", w.Body)
	}
	if w := get(s, "/robots.txt"); !strings.Contains(w.Body.String(), "Disallow: /search") {
		t.Errorf("%s", w.Body)
	}
	if len(styleSheet) > 20<<10 {
		t.Errorf("style sheet has %d bytes", len(styleSheet))
	}
}
