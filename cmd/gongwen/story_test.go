package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"gongwen/analyzers"
	"gongwen/api"
	"gongwen/search/embedded"
	"gongwen/search/owner"
)

// A newcomer's first hour: index, look again, search in every form, read, prune.
func TestStory(t *testing.T) {
	p, data := newProgram(t)
	folder := writeSeeds(t)

	r := p.expect(exitPart, "search", "法律顾问")
	contains(t, r.stderr, "没有数据文件夹 "+data, "gongwen index --data "+data, "gongwen demo")

	report := filepath.Join(t.TempDir(), "report.jsonl")
	r = p.expect(exitDone, "index", "--report", report, folder)
	contains(t, r.stdout, "收录 28 篇", "MB/秒", "数据文件夹 "+data+" 现有 28 篇")
	if r.stderr != "" {
		t.Errorf("index says %q", r.stderr)
	}
	lines, err := os.ReadFile(report)
	if err != nil || bytes.Count(lines, []byte("\n")) != 28 || !bytes.Contains(lines, []byte(`"outcome":"accepted"`)) {
		t.Errorf("report: %v\n%s", err, lines)
	}
	contains(t, p.expect(exitDone, "index", folder).stdout, "收录 0 篇，未变 28 篇")

	r = p.expect(exitDone, "search", "法律顾问", "-n", "2")
	contains(t, r.stdout, "第 1–2 条", "法律顾问", "▸ ", "ID ", "分布", "年度", "下一页：--page 2")
	if strings.Contains(r.stdout, "\x1b") {
		t.Error("colours outside a terminal")
	}
	contains(t, p.expect(exitDone, "search", "--color", "always", "法律顾问").stdout, "\x1b[1;31m法律顾问\x1b[0m")

	var answer api.Answer
	decode(t, p.expect(exitDone, "search", "--json", "法律顾问").stdout, &answer)
	if answer.Total < 10 || len(answer.Hits) != answer.Total || answer.Facets["year"] == nil {
		t.Fatalf("answer %+v", answer)
	}
	id := answer.Hits[0].Document.ID
	first := answer.Hits[0].Sections[0].Fragments[0]

	r = p.expect(exitDone, "show", "--query", "法律顾问", "--color", "always", id)
	contains(t, r.stdout, *answer.Hits[0].Document.Title, "发文机关", "章节", "处", "\x1b[1;31m法律顾问\x1b[0m")
	var full api.FullDocument
	decode(t, p.expect(exitDone, "show", "--json", id).stdout, &full)
	if full.ID != id || !strings.Contains(full.Text[first.Start:first.End], "法律顾问") || len(full.Sections) == 0 {
		t.Errorf("document %+v", full)
	}
	contains(t, p.expect(exitPart, "show", "nosuch").stderr, "没有编号为 nosuch 的文档")

	if err := os.Remove(aSeed(t, folder, "云岭县2019")); err != nil {
		t.Fatal(err)
	}
	contains(t, p.expect(exitDone, "index", "--prune", folder).stdout, "删除 1 篇", "现有 27 篇")
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("decode: %v\n%s", err, text)
	}
	if decoder.More() {
		t.Fatalf("more than one value:\n%s", text)
	}
}

// Every way through the hits lists the same ones.
func TestPages(t *testing.T) {
	p, _ := newProgram(t)
	p.expect(exitDone, "index", writeSeeds(t))
	ids := func(args ...string) []string {
		t.Helper()
		var answer api.Answer
		decode(t, p.expect(exitDone, append([]string{"search", "--json", "行政执法"}, args...)...).stdout, &answer)
		ids := []string{}
		for _, hit := range answer.Hits {
			ids = append(ids, hit.Document.ID)
		}
		return ids
	}
	all := ids("--all")
	if len(all) < 15 {
		t.Fatalf("%d hits", len(all))
	}
	equal := func(what string, got, want []string) {
		t.Helper()
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	equal("first page", ids("-n", "4"), all[:4])
	equal("third page", ids("-n", "4", "--page", "3"), all[8:12])
	equal("past the end", ids("-n", "100", "--page", "2"), nil)

	var answer api.Answer
	decode(t, p.expect(exitDone, "search", "--json", "行政执法", "-n", "4").stdout, &answer)
	equal("cursor of another process", ids("-n", "4", "--cursor", *answer.Next), all[4:8])
	contains(t, p.expect(exitUsage, "search", "公开", "--cursor", *answer.Next).stderr, "另一次检索", "--cursor")

	rows, err := csv.NewReader(strings.NewReader(p.expect(exitDone, "search", "--csv", "--all", "行政执法").stdout)).ReadAll()
	if err != nil || len(rows) != len(all)+1 || strings.Join(rows[0], ",") != strings.Join(csvHeader, ",") {
		t.Fatalf("csv: %v, %d rows, want %d", err, len(rows), len(all)+1)
	}
	if rows[1][0] != all[0] || !strings.Contains(rows[1][8], "执法") {
		t.Errorf("first row %q", rows[1])
	}
	r := p.expect(exitDone, "search", "行政执法", "--year", "2019", "--year", "2020", "--role", "下一步计划", "--unit", "section", "--match", "all", "--sort", "newest")
	contains(t, r.stdout, " 节（", "2020 年度")
	if strings.Contains(r.stdout, "2022 年度") {
		t.Errorf("the year is no filter:\n%s", r.stdout)
	}
}

func TestAnswers(t *testing.T) {
	p, _ := newProgram(t)
	p.expect(exitDone, "index", writeSeeds(t))
	contains(t, p.expect(exitDone, "search", "--explain", "法律顾问 年度报告").stdout, "得分 ", "最佳章节", "权重")
	contains(t, p.expect(exitDone, "search", "行政复意").stdout, "是不是要找：", "行政复议（")
	contains(t, p.expect(exitDone, "search", "“行政执法火星”", "--year", "1999").stdout, "没有找到", "可以这样找：", "放宽匹配 行政执法火星")
	contains(t, p.expect(exitDone, "search", "“涉企复议顾问”").stdout, "没有找到：“涉企复议顾问”", "各部分单独检索的结果", "复议", "件")
	contains(t, p.expect(exitDone, "search", "执法记录仪", "诉讼", "青溪", "林长制").stdout, "全部检索词", "林长制")
	contains(t, p.expect(exitDone, "search", `"行政执法`).stdout, "提示：引号没有闭合")
	contains(t, p.expect(exitDone, "search").stdout, "28 件，第 1–10 条")
	// A sign before a word is part of the query, not a flag.
	with, without := p.expect(exitDone, "search", "--json", "法律顾问"), p.expect(exitDone, "search", "--json", "法律顾问", "-石桥区")
	var a, b api.Answer
	decode(t, with.stdout, &a)
	decode(t, without.stdout, &b)
	if b.Total == 0 || b.Total >= a.Total {
		t.Errorf("-石桥区 leaves %d of %d", b.Total, a.Total)
	}
}

// What cannot be read is named; everything else is indexed.
func TestBadFiles(t *testing.T) {
	p, data := newProgram(t)
	folder := t.TempDir()
	write(t, filepath.Join(folder, "good.txt"), "关于开展检查的通知\n一、检查范围\n全区范围。\n")
	write(t, filepath.Join(folder, "empty.txt"), "")
	write(t, filepath.Join(folder, "binary.txt"), "\x00\x01\x02\x03")
	write(t, filepath.Join(folder, "broken.docx"), "PK")
	write(t, filepath.Join(folder, "scan.dwg"), "AC")

	r := p.expect(exitPart, "index", folder)
	contains(t, r.stdout, "收录 1 篇，未收录 3 项，略过 1 项", "其余都已收录", "--report", "  格式  文件", "\n  文本     3 ", "\n  Word     1 ")
	contains(t, r.stderr, "empty.txt：", "binary.txt：", "broken.docx：", "Word")
	contains(t, p.expect(exitPart, "index", filepath.Join(folder, "nosuch")).stderr, "nosuch", "找不到")
	contains(t, p.expect(exitDone, "search", "检查范围").stdout, "关于开展检查的通知")

	only := t.TempDir()
	write(t, filepath.Join(only, "scan.dwg"), "AC")
	contains(t, p.expect(exitDone, "index", only).stderr, "略过 ", "scan.dwg", "请先转换")

	for _, name := range []string{"empty.txt", "binary.txt", "broken.docx", "nosuch.txt"} {
		r := p.expect(exitPart, "outline", "--json", filepath.Join(folder, name))
		contains(t, r.stderr, name+"：")
		if r.stdout != "" {
			t.Errorf("outline of %s prints %q", name, r.stdout)
		}
	}
	contains(t, p.expect(exitPart, "outline", folder).stderr, "是文件夹")

	p.stdin = `{"id":"a","title":"通知","text":"全文"}` + "\n{\n"
	contains(t, p.expect(exitPart, "index", "-").stderr, "-:2")
	contains(t, p.expect(exitDone, "show", "a").stdout, "全文")

	file := write(t, filepath.Join(t.TempDir(), "file"), "")
	for _, args := range [][]string{{"index", "--data", file, folder}, {"search", "--data", file, "x"}, {"serve", "--data", file}} {
		contains(t, p.expect(exitFailed, args...).stderr, "无法打开数据文件夹 "+file)
	}
	contains(t, p.expect(exitFailed, "index", "--report", filepath.Join(file, "report"), folder).stderr, "无法写入处理报告")

	words, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	mute, err := embedded.Open(filepath.Join(data, "index"), words) // has the index open and listens to nobody
	if err != nil {
		t.Fatal(err)
	}
	contains(t, p.expect(exitFailed, "index", folder).stderr, "数据文件夹 "+data, "没有应答")
	if err := mute.Close(); err != nil {
		t.Fatal(err)
	}
	busy, err := owner.Open(t.Context(), data, words)
	if err != nil {
		t.Fatal(err)
	}
	p.expect(exitDone, "search", "检查范围") // through the owner
	p.expect(exitPart, "index", folder)
	if err := busy.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOutline(t *testing.T) {
	p, _ := newProgram(t)
	path := aSeed(t, writeSeeds(t), "石桥区2018年")
	r := p.expect(exitDone, "outline", path)
	contains(t, r.stdout, "报告年度  2018", "2019-01-22", "云川省安澜市石桥区人民政府", "存在问题", "下一步计划", "topic=", "0–")

	var full api.FullDocument
	decode(t, p.expect(exitDone, "outline", "--json", path).stdout, &full)
	if full.ID == "" || *full.Year != 2018 || len(full.Sections) < 5 || full.Sections[len(full.Sections)-1].End != len(full.Text) {
		t.Errorf("document %+v", full.Document)
	}
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p.stdin = string(page)
	var piped api.FullDocument
	decode(t, p.expect(exitDone, "outline", "--json", "-").stdout, &piped)
	if piped.Text != full.Text {
		t.Error("standard input gives another text than the file")
	}
}

// The columns of a table are straight although Han are two columns wide.
func TestColumns(t *testing.T) {
	p, _ := newProgram(t)
	out := p.expect(exitDone, "outline", aSeed(t, writeSeeds(t), "青溪区2018年")).stdout
	_, table, ok := strings.Cut(out, "\n\n")
	if !ok {
		t.Fatalf("no table:\n%s", out)
	}
	span := regexp.MustCompile(`\d+–\d+`)
	want := -1
	for line := range strings.Lines(table) {
		at := span.FindStringIndex(line)
		if at == nil {
			continue
		}
		if column := columns(line[:at[0]]); want < 0 {
			want = column
		} else if column != want {
			t.Errorf("bytes begin at column %d, not %d: %s", column, want, line)
		}
	}
	if want < 0 {
		t.Errorf("no bytes in:\n%s", table)
	}
}

// safeBuffer lets a test read what a server that still runs has printed.
type safeBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(p)
}

func (b *safeBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}

// start runs a server command until the test ends, checks its exit code then, and returns its address and output.
func (p *program) start(args ...string) (string, *safeBuffer) {
	p.t.Helper()
	stdout := &safeBuffer{}
	env := p.environment(nil, &bytes.Buffer{})
	env.stdout = stdout
	ctx, cancel := context.WithCancel(p.t.Context())
	code := make(chan int, 1)
	go func() { code <- run(ctx, env, args) }()
	p.t.Cleanup(func() {
		cancel()
		if got := <-code; got != exitDone {
			p.t.Errorf("gongwen %s: exit code %d", strings.Join(args, " "), got)
		}
	})
	address := regexp.MustCompile(`http://[0-9.:]+`)
	for range 1000 {
		if found := address.FindString(stdout.String()); found != "" {
			return found, stdout
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.t.Fatalf("no address in %q", stdout.String())
	return "", nil
}

func fetchPage(t *testing.T, address, query string) api.Answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/api/v1/search?q="+url.QueryEscape(query), nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer api.Answer
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %v", response.StatusCode, err)
	}
	return answer
}

// A server started on nothing says how to index, and finds what is indexed beside it.
func TestServe(t *testing.T) {
	p, data := newProgram(t)
	address, stdout := p.start("serve", "--addr", "127.0.0.1:0")
	contains(t, stdout.String(), "已就绪", "0 件", "gongwen index --data "+data)
	if answer := fetchPage(t, address, "法律顾问"); answer.Total != 0 {
		t.Errorf("%d hits in nothing", answer.Total)
	}
	p.expect(exitDone, "index", writeSeeds(t))
	answer := fetchPage(t, address, "法律顾问")
	var printed api.Answer
	decode(t, p.expect(exitDone, "search", "--json", "法律顾问").stdout, &printed)
	printed.TookMS, answer.TookMS = 0, 0
	a, errA := json.Marshal(answer)
	b, errB := json.Marshal(printed)
	if errA != nil || errB != nil || answer.Total == 0 || !bytes.Equal(a, b) {
		t.Errorf("the command line answers\n%s\nthe API\n%s", b, a)
	}
	taken := strings.TrimPrefix(address, "http://")
	contains(t, p.expect(exitFailed, "serve", "--addr", taken).stderr, taken+" 已被其他程序占用")
	contains(t, p.expect(exitFailed, "serve", "--addr", "nonsense").stderr, "无法监听 nonsense")
}

func TestDemo(t *testing.T) {
	p, data := newProgram(t)
	p.vars["GONGWEN_ADDR"] = "127.0.0.1:0"
	address, stdout := p.start("demo")
	contains(t, stdout.String(), "28 件示例文档", address+"/search?q=", "curl", "gongwen index")
	for _, query := range demoQueries {
		if fetchPage(t, address, query).Total < 2 {
			t.Errorf("the demo's own query %s finds little", query)
		}
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("the demo wrote into the data folder: %v", err)
	}
}

func TestInterrupted(t *testing.T) {
	p, _ := newProgram(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	if code := run(ctx, p.environment(&stdout, &stderr), []string{"index", writeSeeds(t)}); code != exitInterrupted {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
	contains(t, stderr.String(), "已中断")
}

func TestVersion(t *testing.T) {
	p, _ := newProgram(t)
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	r := p.expect(exitDone, "version")
	contains(t, r.stdout, "gongwen ", "go1.", "词典 "+words.Fingerprint())
	if other := p.expect(exitDone, "--version"); other != r {
		t.Errorf("--version says %q, version %q", other.stdout, r.stdout)
	}
}

// A collection is backed up, rebuilt, damaged and restored.
func TestKeeping(t *testing.T) {
	p, data := newProgram(t)
	folder := writeSeeds(t)
	file := filepath.Join(t.TempDir(), "backup")
	p.expect(exitDone, "index", folder)
	contains(t, p.expect(exitDone, "backup", file).stdout, "已备份 28 篇")
	contains(t, p.expect(exitDone, "check").stdout, "索引完好，共 28 篇")

	p.expect(exitDone, "index", "--rebuild", aSeed(t, folder, "青溪区2018年"))
	contains(t, p.expect(exitDone, "check").stdout, "共 1 篇")
	contains(t, p.expect(exitDone, "restore", file).stdout, "已恢复 28 篇")
	contains(t, p.expect(exitDone, "check").stdout, "共 28 篇")

	sides, err := filepath.Glob(filepath.Join(data, "index*", "store", "*.gw"))
	if err != nil || len(sides) == 0 {
		t.Fatalf("side files %v, %v", sides, err)
	}
	for _, side := range sides {
		if err := os.Truncate(side, 100); err != nil {
			t.Fatal(err)
		}
	}
	contains(t, p.expect(exitFailed, "search", "法律顾问").stderr, "已损坏", filepath.Base(sides[0])[:8], "index --rebuild")
	p.expect(exitDone, "index", "--rebuild", folder)
	contains(t, p.expect(exitDone, "check").stdout, "共 28 篇")

	if err := os.Truncate(file, 1000); err != nil {
		t.Fatal(err)
	}
	contains(t, p.expect(exitFailed, "restore", file).stderr, "没有恢复")
	contains(t, p.expect(exitFailed, "restore", filepath.Join(data, "nothing")).stderr, "无法读取备份")
}
