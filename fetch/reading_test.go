package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestRobots(t *testing.T) {
	for _, test := range []struct {
		name, text string
		allowed    []string
		denied     []string
	}{
		{"nothing", "", []string{"/", "/a"}, nil},
		{"all", "User-agent: *\nDisallow: /", nil, []string{"/", "/a"}},
		{"own group", "User-agent: *\nDisallow: /\n\nUser-agent: Gongwen\nDisallow: /x", []string{"/a"}, []string{"/x/y"}},
		{"own group allows all", "User-agent: gongwen\nDisallow:\n\nUser-agent: *\nDisallow: /", []string{"/a"}, nil},
		{"another's group", "User-agent: gongwenbot\nDisallow: /", []string{"/a"}, nil},
		{"two agents, one group", "User-agent: other\nUser-agent: gongwen/1.0\nDisallow: /a", []string{"/b"}, []string{"/a"}},
		{"groups are joined", "User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		{"longest wins", "User-agent: *\nDisallow: /a\nAllow: /a/b", []string{"/a/b/c"}, []string{"/a", "/a/c"}},
		{"allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a", []string{"/a"}, nil},
		{"stars and end", "User-agent: *\nDisallow: /*.doc$\nDisallow: /*?*print\nAllow: /$", []string{"/", "/x.docx", "/y/"}, []string{"/a/x.doc", "/p?a=1&print=2"}},
		{"end only", "User-agent: *\nDisallow: /\nAllow: /$", []string{"/"}, []string{"/secret/"}},
		{"raw Chinese", "User-agent: *\nDisallow: /内部/", []string{"/公开/"}, []string{"/内部/a", "/%E5%86%85%e9%83%a8/a"}},
		{"escaped", "User-agent: *\nDisallow: /%E5%86%85%E9%83%A8/\nDisallow: /%7eme", nil, []string{"/内部/a", "/~me"}},
		{"nonsense", "\ufeffDisallow: /a\nfoo\nUser-agent: *\nCrawl-delay: soon\nDisallow: /b # note\r\n:", []string{"/a"}, []string{"/b"}},
		{"a page instead", "<html><body>Not Found</body></html>", []string{"/a"}, nil},
	} {
		gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.TrimPrefix(test.text, "\ufeff"))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{test.text, gbk, strings.ReplaceAll(test.text, "\n", "\r")} {
			rules := parseRobots([]byte(text), "gongwen")
			check := func(path string, want bool) {
				u, err := ParseAddress("example.gov.cn" + path)
				if err != nil {
					t.Fatal(err)
				}
				if rules.allows(u) != want {
					t.Errorf("%s: %s: allowed is %v", test.name, path, !want)
				}
			}
			for _, path := range test.allowed {
				check(path, true)
			}
			for _, path := range test.denied {
				check(path, false)
			}
		}
	}
	for text, want := range map[string]time.Duration{"2": 2 * time.Second, "0.5": 500 * time.Millisecond, "-1": 0, "1e300": maxDelay, "NaN": 0, "soon": 0} {
		if got := parseRobots([]byte("User-agent: *\nCrawl-delay: "+text), "gongwen").delay; got != want {
			t.Errorf("Crawl-delay %s: got %v, want %v", text, got, want)
		}
	}
}

// FuzzFits compares with regular expressions.
func FuzzFits(f *testing.F) {
	f.Add("/a*b$", "/axxb")
	f.Add("*a*a*$", "/aaa")
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if len(pattern) > 100 || len(path) > 1000 {
			return
		}
		pattern, path = canonicalPath(pattern), canonicalPath(path)
		quoted := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSuffix(pattern, "$")), `\*`, `.*`)
		if strings.HasSuffix(pattern, "$") {
			quoted += `\z`
		}
		if want := regexp.MustCompile(`(?s)\A` + quoted).MatchString(path); fits(pattern, path) != want {
			t.Errorf("%q on %q: got %v", pattern, path, !want)
		}
		if again := canonicalPath(path); again != path {
			t.Errorf("%q is not canonical: %q", path, again)
		}
	})
}

func TestAddresses(t *testing.T) {
	base, err := ParseAddress("http://www.青溪.example/a/b.html?x=1")
	if err != nil {
		t.Fatal(err)
	}
	for written, want := range map[string]string{
		"c.html": "http://www.xn--19w508f.example/a/c.html", "../d/./e.html#top": "http://www.xn--19w508f.example/d/e.html", "?y=2": "http://www.xn--19w508f.example/a/b.html?y=2",
		"//H.example:80/": "http://h.example/", "HTTPS://u:p@H.example:443": "https://h.example/", "http://h.example:8080/x": "http://h.example:8080/x",
		"/内部/文件.pdf": "http://www.xn--19w508f.example/%E5%86%85%E9%83%A8/%E6%96%87%E4%BB%B6.pdf", "/%e5%86%85": "http://www.xn--19w508f.example/%E5%86%85",
		"/a.jsp;jsessionid=0A1B?id=3": "http://www.xn--19w508f.example/a.jsp?id=3", "/a%2Fb": "http://www.xn--19w508f.example/a%2Fb", "/q?名=值": "http://www.xn--19w508f.example/q?%E5%90%8D=%E5%80%BC",
		"/x\n.html": "http://www.xn--19w508f.example/x.html", `\up\f.doc`: "http://www.xn--19w508f.example/up/f.doc", "http://[2001:DB8::1]:80/": "http://[2001:db8::1]/",
	} {
		got, err := resolve(base, written)
		if err != nil || got.String() != want {
			t.Errorf("%q: got %v, %v, want %s", written, got, err, want)
			continue
		}
		if again, err := resolve(noAddress, got.String()); err != nil || again.String() != want {
			t.Errorf("%s becomes %v", want, again)
		}
	}
	for _, written := range []string{"javascript:void(0)", "mailto:a@b.example", "ftp://h/", "file:///etc/passwd", "data:text/html,x", "http://", "http:///x", "http://./", "/" + strings.Repeat("x", maxAddress), "http://a b/", "%zz"} {
		if got, err := resolve(base, written); err == nil {
			t.Errorf("%q is %v", written, got)
		}
	}
	for typed, want := range map[string]string{"www.gov.example/x": "http://www.gov.example/x", "localhost:8080/a": "http://localhost:8080/a", "HTTPS://A.example": "https://a.example/"} {
		if got, err := ParseAddress(typed); err != nil || got.String() != want {
			t.Errorf("%q: got %v, %v", typed, got, err)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("../a b/%E5?x=y#z")
	f.Add("http://EXAMPLE.com:80/;jsessionid=1")
	f.Fuzz(func(t *testing.T, written string) {
		base := &url.URL{Scheme: "http", Host: "a.example", Path: "/b/c"}
		u, err := resolve(base, written)
		if err != nil {
			return
		}
		again, err := resolve(noAddress, u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q: %s becomes %v, %v", written, u, again, err)
		}
		if file := place(u, nameOf(u, http.Header{}, written), ".html"); !filepath.IsLocal(file) || strings.Contains(file, "/.") || file[0] == '.' {
			t.Errorf("%s is stored at %s", u, file)
		}
	})
}

func TestNames(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("清单.doc")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ address, disposition, words, want string }{
		{"http://a.example/up/P01.doc", "", "附件1：执法事项清单.doc", "执法事项清单.doc"},
		{"http://a.example/up/P01.doc", "", "下载", "P01.doc"},
		{"http://a.example/up/%E6%89%A7%E6%B3%95%E6%B8%85%E5%8D%95.doc", "", "别的名字的文件.doc", "执法清单.doc"},
		{"http://a.example/down?id=1", `attachment; filename="x.doc"; filename*=UTF-8''%E6%B8%85%E5%8D%95.doc`, "", "清单.doc"},
		{"http://a.example/down?id=1", `attachment; filename=%E6%B8%85%E5%8D%95.doc`, "", "清单.doc"},
		{"http://a.example/down?id=1", "attachment; filename=" + gbk, "", "清单.doc"},
		{"http://a.example/down?id=1", `attachment; filename="../../etc/passwd"`, "", "passwd"},
		{"http://a.example/down?id=1", `attachment; filename="..\\..\\x.doc"`, "", "x.doc"},
		{"http://a.example/", "", "", "index.html"},
		{"http://a.example/a/b/", "", "首页", "index.html"},
	} {
		u, err := ParseAddress(test.address)
		if err != nil {
			t.Fatal(err)
		}
		header := http.Header{}
		if test.disposition != "" {
			header.Set("Content-Disposition", test.disposition)
		}
		if got := nameOf(u, header, test.words); got != test.want {
			t.Errorf("%s %s: got %q, want %q", test.address, test.disposition, got, test.want)
		}
	}
	for _, name := range []string{"..", ".hidden", "a/../../b", "a\x00b", strings.Repeat("长", 300), "", "CON:", "\u202egnp.exe"} {
		u, _ := ParseAddress("a.example:8080/x")
		file := place(u, name, ".doc")
		if base := filepath.Base(file); !filepath.IsLocal(file) || base[0] == '.' || len(base) > 200 || strings.Count(file, "/") != 2 || filepath.Ext(base) != ".doc" {
			t.Errorf("%q is stored at %q", name, file)
		}
	}
}

func TestMarkup(t *testing.T) {
	page := `<html><head><base href="/sub/"><meta http-equiv=refresh content="3; url='next.html'"><title>长长的标题也不是正文。长长的标题也不是正文。</title></head>
<body><script>var a="<a href=no.html>";"脚本里的话也不是正文，脚本里的话也不是正文。"</script><a href="a.html#x"><b>甲</b> 文</a><a href="a.html">再次</a>
<iframe src="//other.example/f.html"></iframe><map><area href="m.html"></map><a name=x>锚</a><a href="javascript:x()">脚本</a></body></html>`
	base, _ := ParseAddress("a.example/dir/p.html")
	m := readMarkup([]byte(page), base)
	var got []string
	for _, l := range m.links {
		got = append(got, l.address.String())
	}
	want := []string{"http://a.example/sub/next.html", "http://a.example/sub/a.html", "http://other.example/f.html", "http://a.example/sub/m.html"}
	if !slices.Equal(got, want) || m.prose || m.links[1].words != "甲 文再次" {
		t.Errorf("got %q, prose %v, %+v", got, m.prose, m.links)
	}
	m = readMarkup([]byte(`<meta name="Robots" content="NOINDEX, nofollow">`+sentence), base)
	if !m.noIndex || !m.noFollow || !m.prose {
		t.Errorf("%+v", m)
	}
	started := time.Now()
	readMarkup([]byte(strings.Repeat("<div><a href=", 100_000)), base)
	readMarkup([]byte(strings.Repeat("<a href=x>", 100_000)), base)
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestSitemaps(t *testing.T) {
	const set = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> http://a.example/1.html </loc><lastmod>2026-01-01</lastmod></url>
<url><loc>http://a.example/2.html?a=1&amp;b=2</loc><image:image xmlns:image="http://www.google.com/schemas/x"><image:loc>http://a.example/p.png</image:loc></image:image></url></urlset>`
	var b bytes.Buffer
	packed := gzip.NewWriter(&b)
	_, _ = packed.Write([]byte(set))
	_ = packed.Close()
	want := []string{"http://a.example/1.html", "http://a.example/2.html?a=1&b=2"}
	for name, data := range map[string]string{"plain": set, "packed": b.String(), "torn": set[:len(set)-20], "lines": strings.Join(want, "\n") + "\n"} {
		if pages, maps, err := readSitemap([]byte(data)); err != nil || !slices.Equal(pages, want) || len(maps) != 0 {
			t.Errorf("%s: %q, %q, %v", name, pages, maps, err)
		}
	}
	_, maps, err := readSitemap([]byte(`<sitemapindex><sitemap><loc>http://a.example/s1.xml.gz</loc></sitemap></sitemapindex>`))
	if err != nil || !slices.Equal(maps, []string{"http://a.example/s1.xml.gz"}) {
		t.Errorf("%q, %v", maps, err)
	}
	b.Reset()
	packed = gzip.NewWriter(&b)
	for range 60 {
		_, _ = packed.Write(make([]byte, 1<<20))
	}
	_ = packed.Close()
	var large *tooLargeError
	if _, _, err := readSitemap(b.Bytes()); !errors.As(err, &large) {
		t.Errorf("a bomb: %v", err)
	}
	for _, data := range []string{"", "<html>no</html>", "<", `<!DOCTYPE x [<!ENTITY a "b">]><urlset>&a;</urlset>`} {
		if _, _, err := readSitemap([]byte(data)); !errors.Is(err, errNoSitemap) {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte("<urlset><url><loc>x</loc></url></urlset>"))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _, _ = readSitemap(data) })
}

func FuzzMarkup(f *testing.F) {
	f.Add([]byte("<base href=//x><a href=y>z</a>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		base, _ := ParseAddress("a.example/dir/")
		for _, l := range readMarkup(data, base).links {
			if l.address.Scheme != "http" && l.address.Scheme != "https" || l.address.Host == "" {
				t.Errorf("link to %v", l.address)
			}
		}
	})
}

// Sitemaps list sitemaps, also each other; pages on other hosts are elsewhere.
func TestSitemapRun(t *testing.T) {
	p := newPortal(t, map[string]string{
		"/1.html": article("一", `<a href="9.html">九</a>`), "/2.html": article("二", ""), "/9.html": article("九", ""),
	})
	p.set("/s.xml", "<sitemapindex><sitemap><loc>"+p.URL+"/t.xml</loc></sitemap><sitemap><loc>"+p.URL+"/s.xml</loc></sitemap><sitemap><loc>http://10.0.0.1/x.xml</loc></sitemap></sitemapindex>")
	p.set("/t.xml", "<urlset><url><loc>"+p.URL+"/1.html</loc></url><url><loc>"+p.URL+"/2.html</loc></url><url><loc>http://other.example/</loc></url></urlset>")
	plan := &Plan{Sitemaps: []string{p.URL + "/s.xml"}}
	events, summary := fetched(t, p, t.TempDir(), plan, nil)
	if summary.Counts[New] != 2 || events["http://other.example/"].Outcome != Skipped || summary.Counts[Failed] != 0 {
		t.Errorf("%+v", events)
	}
	_, summary = fetched(t, p, t.TempDir(), plan, func(o *Options) { o.ListedDepth = 1 })
	if summary.Counts[New] != 3 {
		t.Errorf("%+v", summary)
	}
}

// Whatever a journal holds, it is read, and files outside of the folder are nobody's.
func FuzzJournal(f *testing.F) {
	f.Add([]byte(`{"url":"http://a.example/","file":"../../etc/passwd","size":1}` + "\n" + `{"run":"x","state":"begin"}` + "\n{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		folder := t.TempDir()
		if err := os.Mkdir(filepath.Join(folder, stateFolder), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, stateFolder, journalName), data, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := openJournal(folder, false)
		if err != nil {
			t.Fatal(err)
		}
		for address := range j.records {
			if r, _ := j.get(address); r.File != "" && !filepath.IsLocal(r.File) {
				t.Errorf("%s lies at %s", address, r.File)
			}
		}
		own := record{URL: "http://own.example/", Key: "k", File: "a/b", Size: 3}
		if err := errors.Join(j.put(own), j.Close()); err != nil {
			t.Fatal(err)
		}
		again, err := openJournal(folder, true)
		if err != nil || again.records[own.URL] == nil || *again.records[own.URL] != own || len(again.records) < len(j.records) {
			t.Errorf("what was written is not read: %v", err)
		}
	})
}
