package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongwen/api"
	"gongwen/indexer/format/sample"
)

// fakePortal is a site on loopback.
type fakePortal struct {
	*httptest.Server
	mutex sync.Mutex
	pages map[string]string
}

func newFakePortal(t *testing.T) *fakePortal {
	t.Helper()
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(`<html><head><meta charset="gb2312"><title>关于清泉巷改造的通知</title></head><body>
<h1>关于清泉巷改造的通知</h1><p>各街道办事处：清泉巷改造工程已经批准，请各单位依法做好征收补偿工作。</p><p>附件：<a href="/up/1.docx">改造方案说明.docx</a></p></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	report := sample.New(3)
	p := &fakePortal{pages: map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /admin/\n",
		"/list/": `<html><ul><li><a href="a.html">甲</a><li><a href="b.html">乙</a><li><a href="c.html">丙</a><li><a href="/admin/">管理</a>
<li><a href="d.html">丁</a><li><a href="e.html">戊</a></ul></html>`,
		"/list/a.html": gbk,
		"/list/b.html": `<html><title>乙县公告</title><body><h1>乙县公告</h1><p>白石桥将于近期封闭维修，请过往车辆绕行，特此公告。</p></body></html>`,
		"/list/c.html": `<html><title>丙县公告</title><body><h1>丙县公告</h1><p>红旗渠灌区的取水许可，依法办理延续手续，特此公告。</p></body></html>`,
		"/up/1.docx":   string(report.DOCX()),
	}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mutex.Lock()
		body, ok := p.pages[r.URL.Path]
		p.mutex.Unlock()
		if !ok {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, filepath.Base(r.URL.Path+"index.html"), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), strings.NewReader(body))
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *fakePortal) set(path, body string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.pages[path] = body; body == "" {
		delete(p.pages, path)
	}
}

// From an address to a hit that names it; then what is gone, with and without --prune.
func TestFetchStory(t *testing.T) {
	portal := newFakePortal(t)
	p, data := newProgram(t)
	store := filepath.Join(t.TempDir(), "web")
	start := portal.URL + "/list/"
	run := func(code int, more ...string) result {
		t.Helper()
		return p.expect(code, append([]string{"fetch", "--allow-private", "--delay", "0s", "--store", store, start}, more...)...)
	}

	r := p.expect(exitPart, "fetch", "--store", store, start)
	contains(t, r.stderr, "内网或保留地址", "--allow-private")
	r = run(exitDone, "--dry-run")
	contains(t, r.stdout, start+"\n", portal.URL+"/list/a.html\n", "会抓取 6", "robots.txt 不允许 1")
	if _, err := os.Stat(filepath.Join(store, "127.0.0.1")); err == nil {
		t.Error("a dry run stored something")
	}

	r = run(exitPart)
	contains(t, r.stdout, "新增 4（其中附件 1）", "目录页 1", "略过 1（robots.txt 不允许 1）", "失败 2", "收录 4 篇", "数据文件夹 "+data+" 现有 4 篇")
	contains(t, r.stderr, "未抓取 "+portal.URL+"/list/d.html：网页不存在（404）（链接在 "+start+"）")
	var answer api.Answer
	decode(t, p.expect(exitDone, "search", "--json", "“清泉巷改造工程”").stdout, &answer)
	if len(answer.Hits) != 1 || answer.Hits[0].Document.URL == nil || *answer.Hits[0].Document.URL != portal.URL+"/list/a.html" {
		t.Fatalf("%+v", answer.Hits)
	}
	contains(t, p.expect(exitDone, "show", answer.Hits[0].Document.ID).stdout, portal.URL+"/list/a.html")
	addresses := p.expect(exitDone, "search", "--all", "--csv").stdout
	contains(t, addresses, portal.URL+"/up/1.docx", portal.URL+"/list/b.html")

	portal.set("/list/d.html", "<html><title>丁县公告</title><body><h1>丁县公告</h1><p>黑龙潭景区门票减免办法，依法公开征求社会各界意见。</p></body></html>")
	portal.set("/list/e.html", "<html><title>戊县公告</title><body><h1>戊县公告</h1><p>黄土坡隧道通车时间，另行依法公告，请社会各界周知。</p></body></html>")
	portal.set("/list/b.html", "")
	r = run(exitDone)
	contains(t, r.stdout, "新增 2", "未变 4", "已消失 1", "--prune", "现有 6 篇")
	contains(t, r.stderr, "已消失 "+portal.URL+"/list/b.html")
	contains(t, p.expect(exitDone, "search", "“白石桥”").stdout, "1 件")
	// Indexing the folder anew keeps the addresses.
	p.expect(exitDone, "index", "--rebuild", store)
	contains(t, p.expect(exitDone, "search", "--all", "--csv").stdout, portal.URL+"/list/b.html")

	contains(t, run(exitDone, "--prune").stdout, "已消失 1", "删除 1 篇", "现有 5 篇")
	contains(t, p.expect(exitDone, "search", "“白石桥”").stdout, "没有找到")

	report := filepath.Join(t.TempDir(), "report.jsonl")
	list := write(t, filepath.Join(t.TempDir(), "list.txt"), "# 名单\n"+portal.URL+"/list/c.html 备注\n\n")
	p.expect(exitDone, "fetch", "--allow-private", "--delay", "0s", "--store", store, "--list", list, "--report", report)
	lines, err := os.ReadFile(report)
	if err != nil || bytes.Count(lines, []byte("\n")) != 1 || !bytes.Contains(lines, []byte(`"outcome":"unchanged"`)) {
		t.Errorf("report: %v\n%s", err, lines)
	}
}

// An interrupted run says how to go on, keeps what it has, and is gone on with.
func TestFetchInterrupted(t *testing.T) {
	portal := newFakePortal(t)
	p, _ := newProgram(t)
	store := filepath.Join(t.TempDir(), "web")
	ctx, cancel := context.WithCancel(t.Context())
	var asked atomic.Int64
	inner := portal.Config.Handler
	portal.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 4 { // robots.txt, the list, a page, and this one, which is not answered any more
			cancel()
			<-r.Context().Done()
			return
		}
		inner.ServeHTTP(w, r)
	})
	args := []string{"fetch", "--allow-private", "--delay", "0s", "--store", store, portal.URL + "/list/"}
	var stdout, stderr bytes.Buffer
	if code := run(ctx, p.environment(&stdout, &stderr), args); code != exitInterrupted {
		t.Fatalf("exit code %d\n%s%s", code, &stdout, &stderr)
	}
	contains(t, stderr.String(), "已中断", "再次运行同一命令会接着抓取")
	contains(t, stdout.String(), "新增 1", "待取", "收录 1 篇")
	contains(t, p.expect(exitDone, "search", "“清泉巷改造工程”").stdout, "1 件")
	contains(t, p.expect(exitPart, args...).stdout, "上次已完成 2", "新增 3", "现有 4 篇")
}

func TestFetchUsage(t *testing.T) {
	p, _ := newProgram(t)
	contains(t, p.expect(exitUsage, "fetch").stderr, "缺少要抓取的网址")
	contains(t, p.expect(exitUsage, "fetch", "--delay", "-1s", "a.example").stderr, "--delay", "-1s")
	contains(t, p.expect(exitFailed, "fetch", "--list", "/nowhere/list.txt").stderr, "无法读取网址列表 /nowhere/list.txt")
	contains(t, p.expect(exitPart, "fetch", "--store", t.TempDir(), "ftp://a.example/").stderr, "http://")
}

// A list by standard input has no name: another one does not ask again for the addresses of the first.
func TestFetchListFromStdin(t *testing.T) {
	portal := newFakePortal(t)
	p, _ := newProgram(t)
	args := []string{"fetch", "--allow-private", "--delay", "0s", "--store", filepath.Join(t.TempDir(), "web"), "--list", "-"}
	p.stdin = portal.URL + "/list/b.html\n"
	contains(t, p.expect(exitDone, args...).stdout, "新增 1；", "现有 1 篇")
	p.stdin = portal.URL + "/list/c.html\n"
	contains(t, p.expect(exitDone, args...).stdout, "新增 1；", "现有 2 篇")
}
