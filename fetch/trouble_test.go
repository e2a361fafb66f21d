package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// one fetches a single page that a handler gives.
func one(t *testing.T, handler http.HandlerFunc, change func(*Options)) (Event, *portal) {
	t.Helper()
	p := newPortal(t, map[string]string{})
	p.handle("/page.html", handler)
	events, _ := fetched(t, p, t.TempDir(), &Plan{URLs: []string{p.URL + "/page.html"}}, change)
	return events["/page.html"], p
}

func wantReason(t *testing.T, e Event, outcome Outcome, part string) {
	t.Helper()
	if e.Outcome != outcome || !strings.Contains(e.Reason, part) {
		t.Errorf("got %q (%s), want %q (…%s…)", e.Outcome, e.Reason, outcome, part)
	}
}

func TestTrouble(t *testing.T) {
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 64 {
			_, _ = packed.Write(zeros)
		}
		_ = packed.Close()
	}
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		change  func(*Options)
		outcome Outcome
		reason  string
		asked   int
	}{
		{"slow", func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte("<html>"))
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, func(o *Options) { o.Timeout = 50 * time.Millisecond }, Failed, "规定时间", 1},
		{"huge, declared", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000000")
			_, _ = w.Write(make([]byte, 5000000))
		}, func(o *Options) { o.MaxSize = 1 << 20 }, Skipped, "1 MB", 1},
		{"huge, not declared", func(w http.ResponseWriter, _ *http.Request) {
			for range 40 {
				_, _ = w.Write(make([]byte, 1<<16))
				w.(http.Flusher).Flush()
			}
		}, func(o *Options) { o.MaxSize = 1 << 20 }, Skipped, "1 MB", 1},
		{"gzip bomb", bomb, func(o *Options) { o.MaxSize = 1 << 20 }, Skipped, "1 MB", 1},
		{"shorter than declared", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("<html>short"))
		}, nil, Failed, "中途断开", maxTries},
		{"gzip cut short", func(w http.ResponseWriter, _ *http.Request) {
			var b bytes.Buffer
			packed := gzip.NewWriter(&b)
			_, _ = packed.Write([]byte(strings.Repeat("<p>正文", 100)))
			_ = packed.Close()
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(b.Bytes()[:b.Len()-10])
		}, nil, Failed, "中途断开", maxTries},
		{"packed otherwise", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			_, _ = w.Write([]byte("x"))
		}, nil, Failed, "压缩方式", 1},
		{"loop", func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.URL.Query().Get("n"))
			http.Redirect(w, r, "/page.html?n="+strconv.Itoa((n+1)%3), http.StatusFound)
		}, nil, Failed, "没有尽头", maxHops},
		{"cookie", func(w http.ResponseWriter, r *http.Request) {
			if _, err := r.Cookie("seen"); err != nil {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
				http.Redirect(w, r, "/page.html", http.StatusFound)
				return
			}
			_, _ = w.Write([]byte(article("甲", "")))
		}, nil, New, "", 2},
		{"ftp", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "ftp://example.com/")
			w.WriteHeader(http.StatusFound)
		}, nil, Failed, "重定向", 1},
		{"forbidden", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, nil, Failed, "403", 1},
		{"broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, nil, Failed, "500", maxTries},
		{"picture", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write([]byte("\x89PNG\r\n\x1a\n"))
		}, nil, Skipped, "image/png", 1},
		{"empty", func(http.ResponseWriter, *http.Request) {}, nil, Failed, "空文件", 1},
		{"long rest", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusServiceUnavailable)
		}, nil, Failed, "2h", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, p := one(t, test.handler, test.change)
			wantReason(t, e, test.outcome, test.reason)
			if asked := p.requests(); len(asked) != test.asked {
				t.Errorf("asked %d times, want %d: %q", len(asked), test.asked, asked)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	var times atomic.Int32
	var rest time.Duration
	var last time.Time
	e, _ := one(t, func(w http.ResponseWriter, _ *http.Request) {
		if times.Add(1) == 1 {
			last = time.Now()
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		rest = time.Since(last)
		_, _ = w.Write([]byte(article("甲", "")))
	}, nil)
	if e.Outcome != New || rest < 900*time.Millisecond {
		t.Errorf("%+v after %v", e, rest)
	}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-3": 0, "soon": 0, now.Add(time.Minute).Format(http.TimeFormat): time.Minute,
		now.Add(-time.Minute).Format(http.TimeFormat): 0, "99999999999999999999": 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
}

func TestPace(t *testing.T) {
	p := smallPortal(t)
	p.set("/robots.txt", "User-agent: gongwen\nCrawl-delay: 0.1\n")
	slow := time.Duration(0)
	started := time.Now()
	_, summary := fetched(t, p, t.TempDir(), &Plan{URLs: []string{p.URL + "/list/"}}, func(o *Options) {
		o.Delay, o.MaxPages = 10*time.Millisecond, 5
		o.Slow = func(_ string, delay time.Duration) { slow = delay }
	})
	if took := time.Since(started); summary.Stopped != PageLimit || took < 400*time.Millisecond || slow != 100*time.Millisecond {
		t.Errorf("took %v, told of %v: %+v", took, slow, summary)
	}
}

func TestRobotsUnreachable(t *testing.T) {
	p := smallPortal(t)
	p.handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	events, _ := fetched(t, p, t.TempDir(), &Plan{URLs: []string{p.URL + "/list/", p.URL + "/deep.html"}}, nil)
	wantReason(t, events["/list/"], Failed, "robots.txt")
	wantReason(t, events["/deep.html"], Failed, "robots.txt")
	if asked := p.requests(); len(asked) != 0 {
		t.Errorf("asked for %q", asked)
	}
}

// A redirect, a link, a sitemap and a name that lead into a private network are judged by their address.
func TestPrivateRefused(t *testing.T) {
	p := newPortal(t, map[string]string{"/start.html": article("甲", `<a href="in.pdf">附件</a>`)})
	p.handle("/in.pdf", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/latest/meta.pdf", http.StatusFound)
	})
	own, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	events, _ := fetched(t, p, t.TempDir(), &Plan{URLs: []string{p.URL + "/start.html", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://localhost:1/"}},
		func(o *Options) {
			o.OtherHosts, o.AllowPrivate = true, false
			o.verdict = func(network, address string) error { // the portal stands for a public site
				if address == own.Host {
					return nil
				}
				return newGuard().verdict(network, address)
			}
		})
	for _, address := range []string{"http://169.254.169.254/latest/meta.pdf", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://localhost:1/"} {
		wantReason(t, events[address], Failed, "内网")
	}
	if e := events["/in.pdf"]; e.Outcome != Moved || e.To == "" {
		t.Errorf("%+v", e)
	}
	events, _ = fetched(t, p, t.TempDir(), &Plan{URLs: []string{p.URL + "/start.html"}, Sitemaps: []string{p.URL + "/s.xml"}}, func(o *Options) { o.AllowPrivate = false })
	wantReason(t, events["/start.html"], Failed, "--allow-private")
	wantReason(t, events["/s.xml"], Failed, "--allow-private")
	if asked := p.requests(); slices.Contains(asked, "/s.xml") {
		t.Errorf("asked for %q", asked)
	}
}

// The proxy of the environment is not asked: it would connect to anything.
func TestNoProxy(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	c, err := newClient(&Options{})
	if err != nil {
		t.Fatal(err)
	}
	if transport := c.http.Transport.(*http.Transport); transport.Proxy != nil {
		t.Error("there is a proxy")
	}
}

func TestGuard(t *testing.T) {
	g := newGuard()
	for _, address := range []string{
		"0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255", "100.100.100.200", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1",
		"172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1",
		"240.0.0.1", "255.255.255.255", "168.63.129.16", "[::]", "[::1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "[::ffff:10.0.0.1]",
		"[64:ff9b::7f00:1]", "[64:ff9b::808:808]", "[64:ff9b:1::1]", "[100::1]", "[2001::1]", "[2001:0:4136:e378::1]", "[2001:db8::1]", "[2002:7f00:1::]",
		"[2002:a00:1::1]", "[3fff::1]", "[fc00::1]", "[fd12:3456::1]", "[fe80::1]", "[fe80::1%eth0]", "[fec0::1]", "[ff02::1]", "[5f00::1]",
		"[2606:4700::1%eth0]",
	} {
		network := "tcp4"
		if address[0] == '[' {
			network = "tcp6"
		}
		if err := g.verdict(network, address+":80"); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s is let through: %v", address, err)
		}
	}
	for _, address := range []string{"8.8.8.8:80", "100.63.255.255:443", "100.128.0.1:80", "172.32.0.1:8080", "223.5.5.5:80", "11.0.0.1:80"} {
		if err := g.verdict("tcp4", address); err != nil {
			t.Errorf("%s is refused: %v", address, err)
		}
	}
	for _, address := range []string{"[2400:3200::1]:80", "[2606:4700:4700::1111]:443"} {
		if err := g.verdict("tcp6", address); err != nil {
			t.Errorf("%s is refused: %v", address, err)
		}
	}
	for _, address := range []string{"", "x", "8.8.8.8", "example.com:80", "1.2.3.4:99999"} {
		if g.verdict("tcp4", address) == nil {
			t.Errorf("%q is let through", address)
		}
	}
	if g.verdict("udp", "8.8.8.8:53") == nil || g.verdict("unix", "/tmp/x") == nil {
		t.Error("other networks are let through")
	}
}

func TestOtherHosts(t *testing.T) {
	files := newPortal(t, map[string]string{"/a.pdf": "%PDF-1.4", "/page.html": article("外", "")})
	other := strings.Replace(files.URL, "127.0.0.1", "localhost", 1)
	p := newPortal(t, map[string]string{"/": article("甲", `<a href="`+files.URL+`/a.pdf">附件</a><a href="`+other+`/page.html">外</a>`)})
	plan := &Plan{URLs: []string{p.URL}}
	events, summary := fetched(t, p, t.TempDir(), plan, nil)
	if events[files.URL+"/a.pdf"].Outcome != Skipped || summary.Elsewhere != 1 || len(files.requests()) != 0 {
		t.Errorf("%+v", events)
	}
	events, _ = fetched(t, p, t.TempDir(), plan, func(o *Options) { o.OtherHosts = true })
	if events[files.URL+"/a.pdf"].Outcome != New || events[other+"/page.html"].Outcome != Skipped {
		t.Errorf("%+v", events)
	}
}

// A page that was moved is stored once, and what a person named may have moved to another host.
func TestMoved(t *testing.T) {
	new1 := newPortal(t, map[string]string{"/new.html": article("新", `<a href="b.html">乙</a>`), "/b.html": article("乙", "")})
	old := newPortal(t, map[string]string{})
	old.handle("/old.html", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, new1.URL+"/new.html", http.StatusMovedPermanently)
	})
	old.handle("/again.html", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/old.html", http.StatusFound) })
	plan := &Plan{URLs: []string{old.URL + "/old.html", old.URL + "/again.html"}}
	folder := t.TempDir()
	events, summary := fetched(t, old, folder, plan, nil)
	if events[new1.URL+"/new.html"].Outcome != New || events[new1.URL+"/b.html"].Outcome != New || summary.Counts[New] != 2 || events["/old.html"].Outcome != Moved {
		t.Errorf("%+v", events)
	}
	_, summary = fetched(t, old, folder, plan, nil)
	if summary.Counts[Unchanged] != 2 || summary.Counts[New]+summary.Counts[Failed] != 0 {
		t.Errorf("%+v", summary)
	}
}

// A host that does not answer is not asked a thousand times.
func TestDeadHost(t *testing.T) {
	p := newPortal(t, nil)
	p.handle("/robots.txt", http.NotFound)
	var urls []string
	for i := range 30 {
		p.handle("/"+strconv.Itoa(i), func(w http.ResponseWriter, _ *http.Request) {
			connection, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = connection.Close()
			}
		})
		urls = append(urls, p.URL+"/"+strconv.Itoa(i))
	}
	_, summary := fetched(t, p, t.TempDir(), &Plan{URLs: urls}, nil)
	// The transport itself may repeat a request whose connection was lost.
	if asked := len(p.requests()); summary.Counts[Failed] != 30 || asked > 2*maxUnreached*maxTries {
		t.Errorf("%d requests, %+v", asked, summary)
	}
}
