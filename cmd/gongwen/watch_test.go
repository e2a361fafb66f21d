package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongwen/api"
)

func within(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 1000 {
		if is() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s: not within 20 s", what)
}

// Files come, change and go under a server that watches, and no query fails or misses what stays.
func TestServeWatch(t *testing.T) {
	p, _ := newProgram(t)
	folder := writeSeeds(t)
	stays := fetchable("法律顾问")
	later := filepath.Join(t.TempDir(), "later")
	address, stdout := p.start("serve", "--addr", "127.0.0.1:0", "--watch", folder, "--watch", later, "--watch-every", "500ms")
	contains(t, stdout.String(), "正在跟踪 "+folder+"、"+later, "/readyz")
	within(t, "first files", func() bool { return fetchPage(t, address, "法律顾问").Total > 10 })
	before := fetchPage(t, address, "法律顾问").Total

	done := make(chan struct{})
	var asking sync.WaitGroup
	var asked atomic.Int64
	for _, query := range []string{stays, fetchable("飞碟"), "/search?q=" + url.QueryEscape("法律顾问"), "/commitments", "/readyz"} {
		asking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				body, status := askPath(t, address+query)
				if status != http.StatusOK {
					t.Errorf("%s: status %d: %s", query, status, body)
					return
				}
				var answer api.Answer
				if query == stays && (json.Unmarshal([]byte(body), &answer) != nil || answer.Total < before) {
					t.Errorf("%d hits, %d before", answer.Total, before)
					return
				}
				asked.Add(1)
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
	for round := range 2 {
		name := filepath.Join(folder, fmt.Sprintf("sub%d", round), "new.txt")
		write(t, name, "关于开展飞碟检查的通知\n一、范围\n各单位要认真检查。\n")
		within(t, "new file", func() bool { return fetchPage(t, address, "“飞碟检查”").Total == 1 })
		write(t, name, "关于开展热气球检查的通知\n一、范围\n各单位要认真检查。\n")
		within(t, "changed file", func() bool {
			return fetchPage(t, address, "“热气球检查”").Total == 1 && fetchPage(t, address, "“飞碟检查”").Total == 0
		})
		write(t, name, "\x00\x01\x02")
		within(t, "bad file", func() bool { body, _ := askPath(t, address+"/readyz"); return strings.Contains(body, "/new.txt") })
		if fetchPage(t, address, "“热气球检查”").Total != 1 {
			t.Error("a file that turned bad lost its document")
		}
		if err := os.RemoveAll(filepath.Dir(name)); err != nil {
			t.Fatal(err)
		}
		within(t, "file gone", func() bool { return fetchPage(t, address, "“热气球检查”").Total == 0 })
	}
	write(t, filepath.Join(later, "a.txt"), "关于开展皮划艇检查的通知\n一、范围\n各单位要认真检查。\n")
	within(t, "a folder that was not there", func() bool { return fetchPage(t, address, "“皮划艇检查”").Total == 1 })
	close(done)
	asking.Wait()
	if asked.Load() < 20 {
		t.Errorf("only %d questions were asked", asked.Load())
	}
	contains(t, p.expect(exitUsage, "serve", "--watch", aSeed(t, folder, "云岭县2019")).stderr, "不是文件夹")
	contains(t, p.expect(exitUsage, "serve", "--watch", folder, "--watch-every", "-1s").stderr, "--watch-every")
}

func fetchable(query string) string { return "/api/v1/search?q=" + url.QueryEscape(query) }

// ask returns an answer of any kind.
func askPath(t *testing.T, address string) (body string, status int) {
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Error(err)
		return "", 0
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Error(err)
		return "", 0
	}
	defer func() { _ = response.Body.Close() }()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return string(all), response.StatusCode
}
