package server

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gongwen/register"
)

// registerStates are the pages of the register that the checks visit. promise is the ID of one that later reports mention.
func registerStates(promise string) map[string]string {
	return map[string]string{
		"commitments":       "/commitments",
		"commitments-some":  "/commitments?" + url.Values{"q": {"行政执法"}, "status": {"reported"}, "region": {"云川省/安澜市/石桥区"}}.Encode(),
		"commitments-zero":  "/commitments?" + url.Values{"q": {"飞碟"}, "target_year": {"2021"}}.Encode(),
		"commitments-fault": "/commitments?q=" + url.QueryEscape("执法 年度:abc"),
		"commitments-all":   "/commitments/facets?facet=department",
		"commitment":        commitmentPath(promise),
		"figures":           "/figures?size=50",
		"charts":            "/figures?q=" + url.QueryEscape("行政复议"),
		"chart":             "/figures?" + url.Values{"q": {"行政复议"}, "department": {"云川省安澜市石桥区人民政府"}}.Encode(),
		"passage":           documentPath(sampleReport),
	}
}

// mentioned is a promise with passages in later reports.
func mentioned(t *testing.T, c *registeredSamples) string {
	t.Helper()
	page, err := c.register.Commitments(t.Context(), register.Request{Status: "reported", Size: register.MaxSize})
	if err != nil || len(page.Items) == 0 {
		t.Fatalf("no promise is mentioned later: %v", err)
	}
	return page.Items[len(page.Items)-1].ID
}

// No page of the register scrolls sideways, on paper or a phone, in the light or in the dark, and its letters stand out.
func TestRegisterBrowser(t *testing.T) {
	s, c := registered(t)
	ctx, base := browseServer(t, s)
	folder := os.Getenv("GONGWEN_SCREENSHOTS")
	for name, path := range registerStates(mentioned(t, c)) {
		for _, size := range [][2]int64{{320, 568}, {390, 844}, {1280, 800}} {
			for _, scheme := range []string{"light", "dark"} {
				emulate := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
					_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
						Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
					})
					return err
				})
				if err := chromedp.Do(ctx, chromedp.Steps(chromedp.EmulateViewport(size[0], size[1]), emulate, chromedp.Navigate(base+path))); err != nil {
					t.Fatalf("%s at %d: %v", name, size[0], err)
				}
				type page struct {
					Width         int
					Wide, Unseen  string
					Small, Hidden int
				}
				got, err := chromedp.Run(ctx, chromedp.Evaluate[page](`({
					Width: document.documentElement.scrollWidth,
					Wide: [...document.querySelectorAll("body *")].filter(e => !e.closest(".vh, .scroll, thead") && e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.outerHTML.slice(0, 80)).slice(0, 3).join("\n"),
					Unseen: [...document.querySelectorAll("svg .stroke")].filter(e => getComputedStyle(e).stroke === getComputedStyle(document.body).backgroundColor).map(e => e.outerHTML.slice(0, 80)).join("\n"),
					Small: [...document.querySelectorAll("main a")].filter(e => e.checkVisibility() && !e.closest("p") && e.getBoundingClientRect().height < 20).length,
					Hidden: [...document.querySelectorAll("svg a .area")].filter(e => { const r = e.getBoundingClientRect(); return r.width < 20; }).length,
				})`))
				if err != nil {
					t.Fatalf("%s at %d: %v", name, size[0], err)
				}
				if int64(got.Width) > size[0] || got.Wide != "" || got.Unseen != "" || got.Small > 0 || got.Hidden > 0 && size[0] > 320 {
					t.Errorf("%s at %d, %s: %+v", name, size[0], scheme, got)
				}
				if folder == "" || size[0] == 320 {
					continue
				}
				picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(folder, strings.Join([]string{name, scheme, map[int64]string{390: "390", 1280: "1280"}[size[0]]}, "-")+".png")
				if err := os.WriteFile(file, picture, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// Every link of a timeline lands on its passage: it is the target, in sight, and nothing lies on top of it.
func TestTimelineLanding(t *testing.T) {
	s, c := registered(t)
	ctx, base := browseServer(t, s)
	for _, size := range [][2]int64{{390, 844}, {1280, 800}} {
		page := base + commitmentPath(mentioned(t, c))
		if err := chromedp.Do(ctx, chromedp.Steps(chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(page))); err != nil {
			t.Fatal(err)
		}
		type link struct{ Link, Text string }
		links, err := chromedp.Run(ctx, chromedp.Evaluate[[]link](`[...document.querySelectorAll(".timeline .where a")].map(a => ({
			Link: a.href, Text: a.closest("li").querySelector("blockquote").textContent.replace(/\s/g, ""),
		}))`))
		if err != nil || len(links) == 0 {
			t.Fatalf("%d links, %v", len(links), err)
		}
		for _, l := range links {
			if err := chromedp.Do(ctx, chromedp.Steps(chromedp.Navigate("about:blank"), chromedp.Navigate(l.Link))); err != nil {
				t.Fatal(err)
			}
			got, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(() => {
				const m = document.querySelector("mark:target");
				if (!m) return "no target";
				const r = m.getClientRects()[0];
				const e = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
				if (e !== m) return "under " + (e ? e.outerHTML.slice(0, 60) : "nothing");
				return [...document.querySelectorAll("mark")].map(m => m.textContent).join("").replace(/\s/g, "");
			})()`))
			if err != nil {
				t.Fatal(err)
			}
			if got != l.Text {
				t.Errorf("%s at %v: %s, want %s", l.Link, size, got, l.Text)
			}
		}
	}
}

// With the keyboard one comes from the box through filters and charts to the last link, in the order of the page, and sees
// where one is.
func TestRegisterKeyboard(t *testing.T) {
	s, c := registered(t)
	ctx, base := browseServer(t, s)
	states := registerStates(mentioned(t, c))
	for _, name := range []string{"commitments-some", "commitment", "chart"} {
		if err := chromedp.Do(ctx, chromedp.Steps(chromedp.EmulateViewport(1280, 800), chromedp.Navigate("about:blank"), chromedp.Navigate(base+states[name]))); err != nil {
			t.Fatal(err)
		}
		type stop struct {
			Place          int
			Name           string
			Outlined, Last bool
		}
		before, points := -1, 0
		for range 400 {
			if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
				t.Fatal(err)
			}
			at, err := chromedp.Run(ctx, chromedp.Evaluate[stop](`(() => {
				const e = document.activeElement, all = [...document.querySelectorAll("*")];
				const area = e.querySelector(".area"), style = getComputedStyle(area || e);
				return {
					Place: all.indexOf(e), Name: e.closest("svg") ? "point" : e.outerHTML.slice(0, 60),
					Outlined: area ? parseFloat(style.strokeWidth) >= 2 && style.stroke !== "none" : parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none",
					Last: !!e.closest("footer") && e === [...document.querySelectorAll("a")].pop(),
				};
			})()`))
			if err != nil {
				t.Fatal(err)
			}
			if !at.Outlined || at.Place <= before {
				t.Errorf("%s: %+v after %d", name, at, before)
			}
			if at.Name == "point" {
				points++
			}
			if before = at.Place; at.Last {
				break
			}
		}
		if (points > 0) != (name == "chart") {
			t.Errorf("%s: %d points of charts on the way", name, points)
		}
	}
}
