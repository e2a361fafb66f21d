package server

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gongwen"
	"gongwen/search"
	"gongwen/suggest"
)

// suggester suggests the same for everything that begins with x or 行, and remembers what it was asked.
type suggester struct {
	mu    sync.Mutex
	asked []string
}

func (s *suggester) Ready() bool { return true }

func (s *suggester) Suggest(text string, size int) []suggest.Suggestion {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, text)
	if !strings.HasPrefix(text, "x") && !strings.HasPrefix(text, "行") {
		return nil
	}
	all := []suggest.Suggestion{
		{Text: "行政执法", Kind: suggest.KindTerm, Match: gongwen.Span{Start: 0, End: 6}},
		{Text: "<b>行政</b>局", Kind: suggest.KindInstitution, Match: gongwen.Span{Start: 3, End: 9}},
		{Text: "关于行政的“通知”", Kind: suggest.KindTitle, Match: gongwen.Span{Start: 6, End: 12}},
	}
	return all[:min(size, len(all))]
}

func (s *suggester) Correct(q search.Query) []search.Query { return suggest.Correct(q) }

func (s *suggester) last() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) == 0 {
		return ""
	}
	return s.asked[len(s.asked)-1]
}

// The call answers as it is described, its parts join to the text, and what it tells to ask is a query.
func TestSuggestAPI(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{Suggester: &suggester{}})
	w := get(s, "/api/v1/suggest?size=3&q="+url.QueryEscape("行"))
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	var queries []string
	for _, v := range object(t, w)["suggestions"].([]any) {
		one := v.(map[string]any)
		joined := ""
		for _, part := range one["parts"].([]any) {
			joined += part.(map[string]any)["text"].(string)
		}
		if joined != one["text"] {
			t.Errorf("%q in parts is %q", one["text"], joined)
		}
		queries = append(queries, one["query"].(string))
		if w := get(s, "/search?q="+url.QueryEscape(one["query"].(string))); w.Code != 200 {
			t.Errorf("%s: status %d", one["query"], w.Code)
		}
	}
	if got := strings.Join(queries, " "); got != `行政执法 机关:"<b>行政</b>局" "关于行政的“通知”"` {
		t.Error(got)
	}
	for _, bad := range []string{"size=0", "size=x", "size=21", "q=a&q=b", "q=" + strings.Repeat("a", 2001)} {
		if w := get(s, "/api/v1/suggest?"+bad); w.Code != 400 {
			t.Errorf("%s: status %d", bad, w.Code)
		}
	}
	without, _ := newTest(t, &fake{documents: reports()}, Options{})
	if w := get(without, "/api/v1/suggest?q=x"); w.Code != 404 {
		t.Errorf("without a suggester: status %d", w.Code)
	}
}

// The one script is a file of this server, and nothing else may run; without suggestions there is none at all.
func TestScript(t *testing.T) {
	with, _ := newTest(t, &fake{documents: reports()}, Options{Suggester: &suggester{}})
	w := get(with, "/")
	scripts := parse(t, w).all("script")
	if len(scripts) != 1 {
		t.Fatalf("%d scripts", len(scripts))
	}
	src, _ := scripts[0].attr("src")
	if !strings.HasPrefix(src, "/static/suggest.") || scripts[0].text() != "" {
		t.Errorf("script %q", src)
	}
	if file := get(with, src); file.Code != 200 || !strings.HasPrefix(file.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("%s: status %d, %s", src, file.Code, file.Header().Get("Content-Type"))
	}
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self'; connect-src 'self'") || strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
	without, _ := newTest(t, &fake{documents: reports()}, Options{})
	if policy := get(without, "/").Header().Get("Content-Security-Policy"); strings.Contains(policy, "script") {
		t.Error(policy)
	}
}

// A person types, goes through the list by keys, takes one, closes it; while an input method composes nothing is asked.
func TestCombobox(t *testing.T) {
	known := &suggester{}
	s, _ := newTest(t, &fake{documents: reports()}, Options{Suggester: known})
	ctx, base := browseServer(t, s)
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Steps(steps...)); err != nil {
			t.Fatal(err)
		}
	}
	type box struct {
		Role, Expanded, Active, Value string
		Options                       int
		Selected, Said                string
		Width                         int
	}
	look := func() box {
		t.Helper()
		got, err := chromedp.Run(ctx, chromedp.Evaluate[box](`(() => {
			const q = document.querySelector("#q"), l = document.querySelector("#q-list");
			if (!l) return {}; // the page is loading
			return {Role: q.getAttribute("role"), Expanded: q.getAttribute("aria-expanded"), Active: q.getAttribute("aria-activedescendant") || "",
				Value: q.value, Options: l.hidden ? 0 : l.children.length, Selected: (l.querySelector("[aria-selected]") || {}).textContent || "",
				Said: document.querySelector("[role=status]").textContent, Width: document.documentElement.scrollWidth};
		})()`))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	until := func(what string, pass func(box) bool) box {
		t.Helper()
		var got box
		for range 100 {
			if got = look(); pass(got) {
				return got
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("%s: %+v", what, got)
		return got
	}
	open := func(b box) bool { return b.Expanded == "true" && b.Options == 3 }
	shut := func(b box) bool { return b.Expanded == "false" && b.Options == 0 && b.Active == "" }

	do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(base+"/"))
	if got := look(); got.Role != "combobox" || !shut(got) {
		t.Errorf("at first: %+v", got)
	}
	do(chromedp.Focus(chromedp.CSS("#q")), chromedp.KeyEvent("x"))
	if got := until("typed", open); got.Said == "" || got.Active != "" {
		t.Errorf("typed: %+v", got)
	}
	do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	if got := look(); got.Active != "q-1" || got.Selected != "<b>行政</b>局 机关" || got.Value != "x" {
		t.Errorf("two down: %+v", got)
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{390, 1280} {
			do(chromedp.EmulateViewport(width, 800), chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				})
				return err
			}))
			if got := look(); int64(got.Width) > width {
				t.Errorf("at %d: %d wide", width, got.Width)
			}
			if folder := os.Getenv("GONGWEN_SCREENSHOTS"); folder != "" {
				picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
				if err != nil {
					t.Fatal(err)
				}
				name := "suggest-" + scheme + map[int64]string{390: "-390.png", 1280: "-1280.png"}[width]
				if err := os.WriteFile(filepath.Join(folder, name), picture, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	do(chromedp.KeyEvent(kb.Escape))
	if got := until("escape", shut); got.Value != "x" {
		t.Errorf("escape: %+v", got)
	}
	do(chromedp.KeyEvent(kb.ArrowDown))
	until("down again", open)
	do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.Enter))
	for range 100 {
		address, err := chromedp.Run(ctx, chromedp.Evaluate[string]("location.search"))
		if err == nil && strings.Contains(address, url.QueryEscape("“通知”")) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if got := until("taken", shut); got.Value != `"关于行政的“通知”"` {
		t.Errorf("taken: %+v", got)
	}

	// An input method: the letters that it composes are not asked for, what it leaves is.
	do(chromedp.Navigate(base+"/"), chromedp.Focus(chromedp.CSS("#q")))
	before := known.last()
	do(chromedp.Evaluate[chromedp.Void](`(() => {
		const q = document.querySelector("#q");
		q.dispatchEvent(new CompositionEvent("compositionstart"));
		q.value = "xing";
		q.dispatchEvent(new InputEvent("input", {isComposing: true}));
		q.dispatchEvent(new InputEvent("input"));
	})()`))
	time.Sleep(400 * time.Millisecond)
	if got := known.last(); got != before {
		t.Errorf("asked for %q while composing", got)
	}
	do(chromedp.Evaluate[chromedp.Void](`(() => {
		const q = document.querySelector("#q");
		q.value = "行zheng";
		q.dispatchEvent(new CompositionEvent("compositionend"));
	})()`))
	until("composed", open)
	if got := known.last(); got != "行zheng" {
		t.Errorf("asked for %q", got)
	}
}
