package server

import (
	"context"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gongwen/search"
)

// browse starts a browser and a server for it; it skips the test where there is no browser. Set GONGWEN_SCREENSHOTS to
// a folder to keep pictures of the pages.
func browse(t *testing.T, searcher search.Searcher) (context.Context, string) {
	t.Helper()
	s, _ := newTest(t, searcher, Options{Notice: "示例文集：地名、机构和数字均为虚构。"})
	return browseServer(t, s)
}

// browseServer is browse for a server that is there.
func browseServer(t *testing.T, s *Server) (context.Context, string) {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium on this machine")
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-dev-shm-usage", true),
	))
	t.Cleanup(cancel)
	limited, stop := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	if err := chromedp.Do(limited, chromedp.Navigate("about:blank")); err != nil {
		t.Skipf("the browser does not start: %v", err)
	}
	return limited, web.URL
}

// states are the pages that the checks visit.
func states() map[string]string {
	long := documentPath("青溪-2019")
	return map[string]string{
		"home":     "/",
		"results":  "/search?" + url.Values{"q": {"行政执法"}, "year": {"2018"}, "region": {"云川省"}}.Encode(),
		"many":     "/search?q=" + url.QueryEscape("法治政府建设"),
		"zero":     "/search?" + url.Values{"q": {"涉企 飞碟"}, "year": {"2018"}}.Encode(),
		"fault":    "/search?q=" + url.QueryEscape("执法 年度:abc"),
		"facets":   "/search/facets?facet=region&q=" + url.QueryEscape("行政执法"),
		"document": long,
		"marked":   long + "?" + url.Values{"q": {"行政执法"}, "hit": {"3"}, "r": {"1"}}.Encode() + "#m3",
		"long":     documentPath("long") + "?part=2&q=" + url.QueryEscape("总则"),
		"help":     "/help",
		"missing":  "/documents/nothing",
		"hostile":  documentPath(hostile().ID),
	}
}

// No page scrolls sideways, has more than one heading of the first level, main part or search form, or anything that
// moves; Tab reaches the skip link first.
func TestBrowser(t *testing.T) {
	ctx, base := browse(t, &fake{documents: append(reports(), hostile(), longDocument(9))})
	folder := os.Getenv("GONGWEN_SCREENSHOTS")
	for name, path := range states() {
		for _, size := range [][2]int64{{320, 568}, {390, 844}, {1280, 800}} {
			open := chromedp.Steps(chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(base+path))
			if err := chromedp.Do(ctx, open); err != nil {
				t.Fatalf("%s at %d: %v", name, size[0], err)
			}
			type page struct {
				Width, Headings, Mains, Searches, Moving int
				Wide                                     string
			}
			got, err := chromedp.Run(ctx, chromedp.Evaluate[page](`({
				Width: document.documentElement.scrollWidth,
				Headings: document.querySelectorAll("h1").length,
				Mains: document.querySelectorAll("main").length,
				Searches: document.querySelectorAll("[role=search]").length,
				Moving: document.getAnimations().length,
				Wide: [...document.querySelectorAll("body *")].filter(e => !e.closest(".vh") && e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.outerHTML.slice(0, 80)).slice(0, 3).join("\n"),
			})`))
			if err != nil {
				t.Fatalf("%s at %d: %v", name, size[0], err)
			}
			if int64(got.Width) > size[0] || got.Wide != "" {
				t.Errorf("%s at %d: %d wide: %s", name, size[0], got.Width, got.Wide)
			}
			if got.Headings != 1 || got.Mains != 1 || got.Searches != 1 || got.Moving != 0 {
				t.Errorf("%s: %+v", name, got)
			}
			if folder != "" && size[0] != 320 {
				picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(folder, name+"-"+map[int64]string{390: "390", 1280: "1280"}[size[0]]+".png")
				if err := os.WriteFile(file, picture, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			t.Fatal(err)
		}
		focused, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.activeElement.className`))
		if err != nil {
			t.Fatal(err)
		}
		if name != "marked" && focused != "skip" { // a fragment moves the starting point of Tab
			t.Errorf("%s: Tab goes to %q first", name, focused)
		}
	}
}

// A link to a mark lands on it: it is the target, visible, and nothing lies on top of it. Going back lands on the hit.
func TestLanding(t *testing.T) {
	ctx, base := browse(t, &fake{documents: reports()})
	for _, size := range [][2]int64{{1280, 800}, {390, 844}, {320, 568}, {640, 360}} {
		for _, mark := range []string{"1", "3", "6"} {
			path := documentPath("青溪-2019") + "?" + url.Values{"q": {"行政执法"}, "hit": {mark}, "r": {"7"}}.Encode() + "#m" + mark
			open := chromedp.Steps(chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate("about:blank"), chromedp.Navigate(base+path))
			if err := chromedp.Do(ctx, open); err != nil {
				t.Fatal(err)
			}
			got, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(() => {
				const m = document.querySelector("mark:target");
				if (!m) return "no target";
				const r = m.getClientRects()[0];
				const e = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
				return e === m ? m.textContent : "under " + (e ? e.outerHTML.slice(0, 60) : "nothing");
			})()`))
			if err != nil {
				t.Fatal(err)
			}
			if got != "行政执法" {
				t.Errorf("mark %s at %v: %s", mark, size, got)
			}
		}
	}
}

// The filters stand open beside the hits on a wide screen and are a closed row on a phone.
func TestFiltersOpen(t *testing.T) {
	ctx, base := browse(t, &fake{documents: reports()})
	for _, test := range []struct {
		width   int64
		visible bool
	}{{1280, true}, {390, false}} {
		if err := chromedp.Do(ctx, chromedp.Steps(chromedp.EmulateViewport(test.width, 800), chromedp.Navigate(base+states()["results"]))); err != nil {
			t.Fatal(err)
		}
		type seen struct{ Facets, Summary bool }
		got, err := chromedp.Run(ctx, chromedp.Evaluate[seen](`({
			Facets: document.querySelector(".facets").checkVisibility(),
			Summary: document.querySelector(".filters > summary").checkVisibility(),
		})`))
		if err != nil {
			t.Fatal(err)
		}
		if got.Facets != test.visible || got.Summary == test.visible {
			t.Errorf("at %d: %+v", test.width, got)
		}
		type place struct{ Top float64 }
		first, err := chromedp.Run(ctx, chromedp.Evaluate[place](`({Top: document.querySelector(".hits h2").getBoundingClientRect().top})`))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("first title at %.0f px on %d", first.Top, test.width)
	}
}

// A mark can be told from its text in the dark, in forced colours and on paper; paper has the text without the controls.
func TestSchemes(t *testing.T) {
	ctx, base := browse(t, &fake{documents: reports()})
	folder := os.Getenv("GONGWEN_SCREENSHOTS")
	dark := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}
	for _, scheme := range []struct {
		name     string
		media    string
		features []*emulation.MediaFeature
	}{
		{"dark", "", dark},
		{"forced", "", append(dark, &emulation.MediaFeature{Name: "forced-colors", Value: "active"})},
		{"print", "print", nil},
	} {
		for _, state := range []string{"results", "marked"} {
			emulate := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: scheme.media, Features: scheme.features})
				return err
			})
			open := chromedp.Steps(chromedp.EmulateViewport(1280, 800), emulate, chromedp.Navigate("about:blank"), chromedp.Navigate(base+states()[state]))
			if err := chromedp.Do(ctx, open); err != nil {
				t.Fatal(err)
			}
			type mark struct {
				Back, Text         string
				Controls, Citation bool
			}
			got, err := chromedp.Run(ctx, chromedp.Evaluate[mark](`(() => {
				const style = getComputedStyle(document.querySelector("mark"));
				const shown = s => [...document.querySelectorAll(s)].some(e => e.checkVisibility());
				return {Back: style.backgroundColor, Text: style.color, Controls: shown("form, .facets, .bar a, .outline a, footer"), Citation: shown(".cite p")};
			})()`))
			if err != nil {
				t.Fatal(err)
			}
			if got.Back == got.Text || strings.HasPrefix(got.Back, "rgba") {
				t.Errorf("%s in %s: %+v", state, scheme.name, got)
			}
			if scheme.media == "print" && (got.Controls || got.Citation != (state == "marked")) {
				t.Errorf("%s in %s: %+v", state, scheme.name, got)
			}
			if folder == "" {
				continue
			}
			picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, state+"-"+scheme.name+".png"), picture, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
