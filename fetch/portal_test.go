package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// portal is a site on loopback whose pages a test changes.
type portal struct {
	*httptest.Server
	mutex    sync.Mutex
	pages    map[string]string
	handlers map[string]http.HandlerFunc
	asked    []string
}

func newPortal(t *testing.T, pages map[string]string) *portal {
	t.Helper()
	p := &portal{pages: pages, handlers: map[string]http.HandlerFunc{}}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mutex.Lock()
	body, ok := p.pages[r.URL.Path]
	handler := p.handlers[r.URL.Path]
	p.asked = append(p.asked, r.URL.RequestURI())
	p.mutex.Unlock()
	switch {
	case handler != nil:
		handler(w, r)
	case !ok:
		http.NotFound(w, r)
	default:
		etag := `"` + contentHash([]byte(body)) + `"`
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if strings.HasSuffix(r.URL.Path, ".html") || strings.HasSuffix(r.URL.Path, "/") {
			w.Header().Set("Content-Type", "text/html")
		}
		_, _ = w.Write([]byte(body))
	}
}

func (p *portal) set(path, body string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.pages[path] = body; body == "" {
		delete(p.pages, path)
	}
}

func (p *portal) handle(path string, handler http.HandlerFunc) { p.handlers[path] = handler }

// requests is what was asked for since the last call, robots.txt left out.
func (p *portal) requests() []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	asked := slices.DeleteFunc(p.asked, func(path string) bool { return path == "/robots.txt" })
	p.asked = nil
	return asked
}

const sentence = "<p>各单位要坚持依法行政，规范行政执法行为，切实加强监督检查。</p>"

func article(title, rest string) string {
	return "<html><title>" + title + "</title><body><h1>" + title + "</h1>" + sentence + rest + "</body></html>"
}

// list is a page that is nothing but links.
func list(paths ...string) string {
	var b strings.Builder
	for _, path := range paths {
		fmt.Fprintf(&b, "<li><a href=%q>%s</a></li>", path, path)
	}
	return "<html><body><ul>" + b.String() + "</ul></body></html>"
}

func smallPortal(t *testing.T) *portal {
	t.Helper()
	return newPortal(t, map[string]string{
		"/robots.txt":    "User-agent: *\nDisallow: /secret/\n",
		"/list/":         list("a.html", "b.html", "c.html", "d.html", "../secret/x.html", "http://other.example/e.html", "/logo.png", "/old.rar", "missing.html"),
		"/list/a.html":   article("甲", `<a href="f.pdf">附件：清单.pdf</a>`),
		"/list/b.html":   article("乙", `<a href="/deep.html">更深</a>`),
		"/list/c.html":   article("丙", ""),
		"/list/d.html":   article("丁", ""),
		"/list/f.pdf":    "%PDF-1.4 not a real one",
		"/deep.html":     article("深", ""),
		"/secret/x.html": article("密", ""),
	})
}

// fetched runs once and returns the outcomes by path and query.
func fetched(t *testing.T, p *portal, folder string, plan *Plan, change func(*Options)) (map[string]Event, Summary) {
	t.Helper()
	events, summary, err := tryFetch(t.Context(), p, folder, plan, change)
	if err != nil {
		t.Fatal(err)
	}
	return events, summary
}

func tryFetch(ctx context.Context, p *portal, folder string, plan *Plan, change func(*Options)) (map[string]Event, Summary, error) {
	events := map[string]Event{}
	options := Options{
		Folder: folder, Depth: 1, AllowPrivate: true, Agent: "gongwen/test", Timeout: 10 * time.Second, backoff: time.Millisecond,
		Extensions: strings.Fields(".txt .html .htm .pdf .doc .docx .xls .zip .csv"),
		Tell:       func(e *Event, _ int) { events[strings.TrimPrefix(e.URL, p.URL)] = *e },
	}
	if change != nil {
		change(&options)
	}
	summary, err := Run(ctx, plan, options)
	return events, summary, err
}

func wantOutcomes(t *testing.T, events map[string]Event, want map[string]Outcome) {
	t.Helper()
	for path, outcome := range want {
		if events[path].Outcome != outcome {
			t.Errorf("%s: got %q (%s), want %q", path, events[path].Outcome, events[path].Reason, outcome)
		}
	}
	for path, e := range events {
		if want[path] == "" {
			t.Errorf("%s: got %q (%s), want nothing", path, e.Outcome, e.Reason)
		}
	}
}

// A portal is fetched, fetched again, changed and fetched again.
func TestPortal(t *testing.T) {
	p, folder := smallPortal(t), t.TempDir()
	plan := &Plan{URLs: []string{p.URL + "/list/"}}
	events, summary := fetched(t, p, folder, plan, nil)
	wantOutcomes(t, events, map[string]Outcome{
		"/list/": Listed, "/list/a.html": New, "/list/b.html": New, "/list/c.html": New, "/list/d.html": New, "/list/f.pdf": New,
		"/secret/x.html": Skipped, "http://other.example/e.html": Skipped, "/old.rar": Skipped, "/list/missing.html": Failed,
	})
	if summary.Causes[ByRobots] != 1 || summary.Causes[OtherHost] != 1 || summary.Causes[NoReader] != 1 || summary.Attached != 1 {
		t.Errorf("%+v", summary)
	}
	if asked := p.requests(); slices.Contains(asked, "/secret/x.html") || slices.Contains(asked, "/deep.html") {
		t.Errorf("asked for %q", asked)
	}
	file := events["/list/f.pdf"].File
	if content, err := os.ReadFile(file); err != nil || string(content) != p.pages["/list/f.pdf"] {
		t.Errorf("%s: %q, %v", file, content, err)
	}
	var origins Origins
	if got := origins.Of(file + "/inner.txt"); got != p.URL+"/list/f.pdf" {
		t.Errorf("origin %q", got)
	}
	if origins.Of(filepath.Join(folder, "mine.txt")) != "" {
		t.Error("a file of the user's own has an address")
	}

	events, summary = fetched(t, p, folder, plan, nil)
	if summary.Counts[Unchanged] != 6 || summary.Counts[New]+summary.Counts[Changed] != 0 || summary.Bytes != 0 {
		t.Errorf("%+v\n%+v", summary, events)
	}

	p.set("/list/b.html", article("乙二", ""))
	p.set("/list/c.html", "")
	p.set("/list/", list("a.html", "b.html", "g.html", "h.html", "i.html", "j.html")) // c and d are taken off
	p.set("/list/g.html", article("庚", ""))
	plain := events["/list/c.html"].File
	events, _ = fetched(t, p, folder, plan, nil)
	wantOutcomes(t, events, map[string]Outcome{
		"/list/": Listed, "/list/a.html": Unchanged, "/list/f.pdf": Unchanged, "/list/b.html": Changed, "/list/g.html": New,
		"/list/c.html": Gone, "/list/d.html": Unchanged, "/list/h.html": Failed, "/list/i.html": Failed, "/list/j.html": Failed,
	})
	if _, err := os.Stat(plain); err != nil || events["/list/c.html"].Deleted {
		t.Errorf("a page that is gone was deleted: %v", err)
	}
	events, _ = fetched(t, p, folder, plan, func(o *Options) { o.Prune = true })
	if _, err := os.Stat(plain); !errors.Is(err, os.ErrNotExist) || !events["/list/c.html"].Deleted {
		t.Errorf("a page that is gone was not deleted: %v", err)
	}
	events, _ = fetched(t, p, folder, plan, nil)
	if _, again := events["/list/c.html"]; again {
		t.Error("what was deleted is asked for again")
	}
}

func TestDryRun(t *testing.T) {
	p, folder := smallPortal(t), filepath.Join(t.TempDir(), "web")
	events, summary := fetched(t, p, folder, &Plan{URLs: []string{p.URL + "/list/"}}, func(o *Options) { o.DryRun = true })
	if summary.Counts[Planned] != 6 || events["/secret/x.html"].Outcome != Skipped {
		t.Errorf("%+v", events)
	}
	if asked := p.requests(); !slices.Equal(asked, []string{"/list/"}) {
		t.Errorf("asked for %q", asked)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a dry run made a folder: %v", err)
	}
}

// A run that is stopped at any page is gone on with: nothing is asked for twice, nothing is left out.
func TestResume(t *testing.T) {
	for stop := 1; stop <= 6; stop++ {
		p, folder := smallPortal(t), t.TempDir()
		plan := &Plan{URLs: []string{p.URL + "/list/"}}
		ctx, cancel := context.WithCancel(t.Context())
		told := 0
		_, _, err := tryFetch(ctx, p, folder, plan, func(o *Options) {
			o.Tell = func(e *Event, _ int) {
				if e.Outcome == New || e.Outcome == Listed {
					if told++; told == stop {
						cancel()
					}
				}
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) && stop < 6 {
			t.Fatalf("stop %d: %v", stop, err)
		}
		// What a kill leaves behind: a torn line, a torn file beside its place.
		tear(t, folder)
		before := p.requests()
		_, summary := fetched(t, p, folder, plan, nil)
		again := p.requests()
		all := slices.Concat(before, again)
		for _, path := range []string{"/list/", "/list/a.html", "/list/b.html", "/list/c.html", "/list/d.html", "/list/f.pdf"} {
			n := 0
			for _, asked := range all {
				if asked == path {
					n++
				}
			}
			// One request may have been under way when the run was stopped.
			if n == 0 || n > 2 || n == 2 && slices.Index(before, path) < len(before)-2 && stop < 6 {
				t.Errorf("stop %d: %s was asked for %d times: %q, %q", stop, path, n, before, again)
			}
		}
		if stop < 6 && summary.Resumed < stop {
			t.Errorf("stop %d: only %d were gone on with", stop, summary.Resumed)
		}
	}
}

func tear(t *testing.T, folder string) {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(folder, stateFolder, journalName), os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = file.WriteString(`{"url":"http://torn.example/","key":"x","fi`)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestLimits(t *testing.T) {
	p, folder := smallPortal(t), t.TempDir()
	plan := &Plan{URLs: []string{p.URL + "/list/"}}
	_, summary := fetched(t, p, folder, plan, func(o *Options) { o.MaxPages = 3 })
	if summary.Stopped != PageLimit || summary.Waiting == 0 || len(p.requests()) != 3 {
		t.Errorf("%+v", summary)
	}
	_, summary = fetched(t, p, folder, plan, nil)
	if summary.Stopped != "" || summary.Resumed != 3 {
		t.Errorf("%+v", summary)
	}
	// What has not changed does not count: each run gets further than the last.
	if _, summary = fetched(t, p, folder, plan, func(o *Options) { o.MaxPages = 2 }); summary.Stopped != "" || summary.Counts[Unchanged] != 6 {
		t.Errorf("%+v", summary)
	}
	_, summary = fetched(t, p, t.TempDir(), plan, func(o *Options) { o.MaxTotal = 1 })
	if summary.Stopped != ByteLimit {
		t.Errorf("%+v", summary)
	}
	_, summary = fetched(t, p, t.TempDir(), plan, func(o *Options) { o.Delay, o.MaxTime = time.Hour, 50*time.Millisecond })
	if summary.Stopped != TimeLimit || summary.Counts[Failed] != 0 {
		t.Errorf("%+v", summary)
	}
}

func TestInUse(t *testing.T) {
	folder := t.TempDir()
	j, err := openJournal(folder, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), &Plan{}, Options{Folder: folder}); !errors.Is(err, ErrInUse) {
		t.Errorf("got %v", err)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}
