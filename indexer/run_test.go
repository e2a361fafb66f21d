package indexer

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gongwen"
	"gongwen/indexer/format"
	"gongwen/search"
)

// fakeWriter is a collection in memory that can be told to fail.
type fakeWriter struct {
	documents map[string]search.Record
	batches   int
	largest   int
	failAt    int    // fail the write with this number, from 1
	onWrite   func() // called before a write takes effect
}

func (w *fakeWriter) Write(ctx context.Context, batch search.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.batches++
	w.largest = max(w.largest, len(batch.Put))
	if w.onWrite != nil {
		w.onWrite()
	}
	if w.batches == w.failAt {
		return errors.New("disk full")
	}
	if w.documents == nil {
		w.documents = map[string]search.Record{}
	}
	for _, id := range batch.Delete {
		delete(w.documents, id)
	}
	for _, record := range batch.Put {
		w.documents[record.Document.ID] = record
	}
	return nil
}

func (w *fakeWriter) Known(context.Context) (map[string]search.Origin, error) {
	known := map[string]search.Origin{}
	for id, record := range w.documents {
		known[id] = record.Origin
	}
	return known, nil
}

func (w *fakeWriter) document(t *testing.T, id string) gongwen.Document {
	t.Helper()
	record, ok := w.documents[id]
	if !ok {
		t.Fatalf("document %q is not there; there are %v", id, slices.Sorted(maps.Keys(w.documents)))
	}
	return record.Document
}

// shared is an Indexer for tests that change nothing of it: to load the gazetteer takes a while.
var shared = sync.OnceValues(func() (*Indexer, error) { return New(Options{}) })

func newIndexer(t testing.TB, options Options) *Indexer {
	t.Helper()
	load := shared
	if options.Stdin != nil || options.Workers > 0 || options.Child != "" || options.Corrections != nil || options.Origins != nil {
		load = func() (*Indexer, error) { return New(options) }
	}
	ix, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// runOver runs and returns the report by place, relative to the folder.
func runOver(t *testing.T, ix *Indexer, w *fakeWriter, folder string, options RunOptions) (Summary, map[string]Entry) {
	t.Helper()
	var report bytes.Buffer
	options.Report = &report
	summary, err := ix.Run(t.Context(), w, []string{folder}, options)
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string]Entry{}
	for _, entry := range readReport(t, &report) {
		place := strings.TrimPrefix(entry.Place(), folder+"/")
		if entry.Outcome == Deleted {
			place = "deleted " + entry.ID
		}
		if _, twice := entries[place]; twice {
			t.Errorf("%s is reported twice", place)
		}
		entries[place] = entry
	}
	return summary, entries
}

func readReport(t *testing.T, report *bytes.Buffer) []Entry {
	t.Helper()
	var entries []Entry
	for line := range bytes.Lines(report.Bytes()) {
		var entry Entry
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatalf("report line %q: %v", line, err)
		}
		entries = append(entries, entry)
	}
	return entries
}

// writeFiles writes files by name into a new folder.
func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		write(t, filepath.Join(folder, name), content)
	}
	return folder
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func zipped(t *testing.T, content string) string {
	t.Helper()
	var buffer bytes.Buffer
	w := gzip.NewWriter(&buffer)
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.String()
}

const reportText = "青溪区2020年法治政府建设年度报告\n发布时间：2021-01-20  来源：区政府办公室\n" +
	"2020年，青溪区法治政府建设取得新进展，现将有关情况报告如下：\n一、主要做法\n全年办理行政复议案件12件。\n二、存在问题\n执法力量不足。\n"

// TestRunBadInput runs over every bad thing at once: each is refused or skipped by name and reason, all else is read.
func TestRunBadInput(t *testing.T) {
	long := strings.Repeat("很长", 12<<20) // 72 MB
	folder := writeFiles(t, map[string]string{
		"a.txt":           reportText,
		"b.text":          reportText,
		"README":          "关于安全生产的说明\n各单位要认真执行。\n第二条要求也要执行。",
		"empty.txt":       "",
		"blank.txt":       " \n\t\n　\n",
		"binary.txt":      "MZ\x00\x01\x02",
		"controls.txt":    strings.Repeat("\x01\x02字", 30),
		"gbk.txt":         "2018\xc4\xea\xb7\xa8\xd6\xce\xd5\xfe\xb8\xae",
		"utf16.txt":       "\xff\xfe\x41\x00",
		"huge.txt":        long,
		"huge.jsonl":      `{"id":"before","title":"甲","text":"正文甲。"}` + "\n" + `{"id":"long","text":"` + long + "\"}\n" + `{"id":"after","title":"乙","text":"正文乙。"}`,
		"lines.jsonl":     `{"id":"one","title":"一","text":"正文一。"}` + "\n\n" + `{"id":"broken","title":` + "\n" + `{"id":"two","title":"二","text":"正文二。"}` + "\n[1]\n" + "{\"id\":\"gbk\",\"text\":\"\xc4\xea\"}\n" + `{"id":"one","title":"三","text":"正文三。"}` + "\n" + `{"id":"no","title":"只有标题"}` + "\n" + `{"id":"null","title":"x","text":null}` + "\n" + `{"id":"odd","text":["x"]}`,
		"array.json":      "[\n{\"id\":\"e1\",\"title\":\"一\",\"text\":\"正文。\"},\n{\"id\":\"e2\",\"title\":\"二\",\"text\":\"正文。\"}\n]",
		"cut.json":        "[\n{\"id\":\"c1\",\"title\":\"一\",\"text\":\"正文。\"},\n{\"id\":\"c2\",",
		"wrong.json":      "[\n{\"id\":\"w1\",\"title\":\"一\",\"text\":\"正文。\"},\n\n{\"id\":\"w2\",\n\"title\" \"二\"}]",
		"object.json":     "{\n  \"id\": \"o1\",\n  \"title\": \"一\",\n  \"text\": \"正文。\"\n}\n",
		"none.json":       "[]",
		"packed.jsonl.gz": zipped(t, `{"id":"z1","title":"一","text":"正文。"}`),
		"broken.jsonl.gz": zipped(t, strings.Repeat(`{"id":"z2","title":"一","text":"正文。"}`+"\n", 1))[:30],
		"unzipped.txt.gz": reportText + "此件没有压缩。",
		"picture.dwg":     "AC",
		"blob":            "\x7fELF\x00\x00",
		".hidden/x.txt":   reportText,
		".secret.txt":     reportText,
		"sub/deep/c.md":   "# 青溪区行政执法办法\n\n## 第一章 总则\n\n第一条 为了**规范**执法，制定本办法。\n",
		"关于1.5万亩造林的通知":    "关于1.5万亩造林的通知\n各镇人民政府：\n请按期完成造林任务。",
	})
	for link, target := range map[string]string{
		"loop-up": folder, "sub/loop-self": "loop-self", "ring-a": "ring-b", "ring-b": "ring-a", "dangling": "nowhere.txt",
		"again.txt": "a.txt", "again-folder": "sub",
	} {
		if err := os.Symlink(target, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	outside := writeFiles(t, map[string]string{"out.txt": reportText})
	if err := os.Symlink(outside, filepath.Join(folder, "linked")); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 {
		write(t, filepath.Join(folder, "locked.txt"), reportText)
		if err := os.Chmod(filepath.Join(folder, "locked.txt"), 0); err != nil {
			t.Fatal(err)
		}
	}

	var w fakeWriter
	summary, entries := runOver(t, newIndexer(t, Options{}), &w, folder, RunOptions{})
	want := map[string]string{ // outcome and a part of the reason
		"a.txt": "accepted ", "b.text": "accepted ", "README": "accepted ", "sub/deep/c.md": "accepted ", "关于1.5万亩造林的通知": "accepted ",
		"linked/out.txt": "accepted ", "unzipped.txt.gz": "accepted ",
		"empty.txt": "refused 文件是空的", "blank.txt": "refused 文件是空的", "binary.txt": "refused 二进制", "controls.txt": "refused 二进制",
		"gbk.txt": "accepted ", "utf16.txt": "accepted ", "huge.txt": "refused 超过 64 MB",
		"huge.jsonl:1": "accepted ", "huge.jsonl:2": "refused 超过 64 MB", "huge.jsonl:3": "accepted ",
		"lines.jsonl:1": "accepted ", "lines.jsonl:3": "refused JSON 语法错误", "lines.jsonl:4": "accepted ", "lines.jsonl:5": "refused 不是 JSON 对象",
		"lines.jsonl:6": "accepted ", "lines.jsonl:7": "refused lines.jsonl:1 已经用了它", "lines.jsonl:8": "refused 没有正文", "lines.jsonl:9": "refused 没有正文",
		"lines.jsonl:10": "refused text 不是文字",
		"array.json:2":   "accepted ", "array.json:3": "accepted ", "cut.json:2": "accepted ", "cut.json:3": "refused JSON", "wrong.json:2": "accepted ", "wrong.json:5": "refused JSON 语法错误", "object.json:1": "accepted ",
		"none.json": "refused 文件是空的", "packed.jsonl.gz:1": "accepted ", "broken.jsonl.gz": "refused ", "picture.dwg": "skipped 不支持 .dwg",
		"blob": "skipped 无法识别", ".hidden": "skipped 隐藏", ".secret.txt": "skipped 隐藏",
		"loop-up": "refused 循环", "sub/loop-self": "refused 循环", "ring-a": "refused 循环", "ring-b": "refused 循环", "dangling": "refused 不存在",
		"again.txt": "skipped 只收录一次", "again-folder": "skipped 只收录一次",
	}
	if os.Geteuid() != 0 {
		want["locked.txt"] = "refused 没有读取权限"
	}
	for place, expected := range want {
		entry, ok := entries[place]
		outcome, reason, _ := strings.Cut(expected, " ")
		if !ok || string(entry.Outcome) != outcome || !strings.Contains(entry.Reason, reason) {
			t.Errorf("%s: got %s %q, want %s with %q", place, entry.Outcome, entry.Reason, outcome, reason)
		}
	}
	for place, entry := range entries {
		if _, ok := want[place]; !ok {
			t.Errorf("%s: %s %q was not expected", place, entry.Outcome, entry.Reason)
		}
	}
	accepted := 0
	for _, expected := range want {
		if strings.HasPrefix(expected, "accepted") {
			accepted++
		}
	}
	if summary.Accepted != accepted || len(w.documents) != accepted {
		t.Errorf("accepted %d, written %d, want %d", summary.Accepted, len(w.documents), accepted)
	}
	if summary.Refused <= maxRefusals || len(summary.Refusals) != maxRefusals {
		t.Errorf("refused %d and lists %d of them", summary.Refused, len(summary.Refusals))
	}
	path := filepath.Join(folder, "a.txt")
	if a := w.documents[fileID(path)]; a.Origin.Path != path || a.Document.Text == "" {
		t.Errorf("a.txt is %+v", a)
	}
	for id, record := range w.documents {
		checkSections(t, id, &record.Document)
	}
}

// TestRunNamedPaths: what a person names and cannot be read is refused, not passed over.
func TestRunNamedPaths(t *testing.T) {
	folder := writeFiles(t, map[string]string{"x.dwg": "AC", ".hidden.txt": reportText, "d/e.txt": reportText})
	ring := filepath.Join(folder, "ring")
	if err := os.Symlink("ring", ring); err != nil {
		t.Fatal(err)
	}
	var w fakeWriter
	var report bytes.Buffer
	paths := []string{
		filepath.Join(folder, "x.dwg"), filepath.Join(folder, "missing"), filepath.Join(folder, ".hidden.txt"), ring,
		filepath.Join(folder, "d"), filepath.Join(folder, "d", "e.txt"), filepath.Join(folder, "d"), "-",
	}
	ix := newIndexer(t, Options{Stdin: strings.NewReader(`{"id":"s","title":"甲","text":"由标准输入而来。"}`)})
	summary, err := ix.Run(t.Context(), &w, paths, RunOptions{Report: &report})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range readReport(t, &report) {
		got = append(got, filepath.Base(entry.Path)+" "+string(entry.Outcome))
	}
	want := []string{"x.dwg refused", "missing refused", ".hidden.txt accepted", "ring refused", "e.txt accepted", "- accepted"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if summary.Refused != 3 || w.document(t, "s").Text != "由标准输入而来。" {
		t.Errorf("summary %+v", summary)
	}
}

func jsonlOf(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, `{"id":"d%05d","title":"第%d号通知","text":"第%d号的正文。"}`+"\n", i, i, i)
	}
	return b.String()
}

// TestRunReportAfterWrite: an entry is reported only after the write that makes it true, in the order of the input.
func TestRunReportAfterWrite(t *testing.T) {
	folder := writeFiles(t, map[string]string{"a.jsonl": jsonlOf(0, 1250)})
	var report bytes.Buffer
	w := &fakeWriter{}
	w.onWrite = func() {
		if lines := bytes.Count(report.Bytes(), []byte("\n")); lines != len(w.documents) {
			t.Errorf("before write %d: %d lines are reported, %d documents written", w.batches, lines, len(w.documents))
		}
	}
	if _, err := newIndexer(t, Options{}).Run(t.Context(), w, []string{folder}, RunOptions{Report: &report}); err != nil {
		t.Fatal(err)
	}
	for i, entry := range readReport(t, &report) {
		if entry.Line != i+1 || entry.Outcome != Accepted || entry.Sections == 0 {
			t.Fatalf("entry %d is %+v", i, entry)
		}
	}
	if w.batches != 3 || w.largest != maxBatch {
		t.Errorf("%d batches, the largest of %d", w.batches, w.largest)
	}
}

func TestRunWriteFails(t *testing.T) {
	folder := writeFiles(t, map[string]string{"a.jsonl": jsonlOf(0, 1250)})
	var report bytes.Buffer
	w := &fakeWriter{failAt: 2}
	summary, err := newIndexer(t, Options{}).Run(t.Context(), w, []string{folder}, RunOptions{Report: &report, Prune: true})
	if err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Fatalf("error is %v", err)
	}
	if got := len(readReport(t, &report)); got != maxBatch || summary.Accepted != maxBatch || len(w.documents) != maxBatch {
		t.Errorf("reported %d, counted %d, written %d", got, summary.Accepted, len(w.documents))
	}
}

func TestRunCancelled(t *testing.T) {
	folder := writeFiles(t, map[string]string{"a.jsonl": jsonlOf(0, 5000)})
	ctx, cancel := context.WithCancel(t.Context())
	var report bytes.Buffer
	w := &fakeWriter{}
	w.onWrite = func() {
		if w.batches == 2 {
			cancel()
		}
	}
	summary, err := newIndexer(t, Options{}).Run(ctx, w, []string{folder}, RunOptions{Report: &report, Prune: true})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error is %v", err)
	}
	if len(w.documents) != 2*maxBatch || summary.Accepted != 2*maxBatch || len(readReport(t, &report)) != 2*maxBatch {
		t.Errorf("written %d, counted %d", len(w.documents), summary.Accepted)
	}
}

// TestRunCancelledStdin: a pipe that nobody writes to does not hold a cancelled run.
func TestRunCancelledStdin(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writer.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = newIndexer(t, Options{Stdin: reader}).Run(ctx, &fakeWriter{}, []string{"-"}, RunOptions{})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error is %v", err)
	}
}

// TestRunAgain: unchanged is skipped, changed replaced, gone deleted with Prune only, refused keeps what there was.
func TestRunAgain(t *testing.T) {
	folder := writeFiles(t, map[string]string{
		"same.txt": reportText, "changed.txt": reportText, "gone.txt": reportText, "spoiled.txt": reportText,
		"lines.jsonl":  jsonlOf(0, 4),
		"broken.jsonl": jsonlOf(10, 12),
		"noid.jsonl":   `{"title":"甲","text":"正文甲。"}` + "\n" + `{"title":"甲","text":"正文甲。"}` + "\n",
	})
	elsewhere := writeFiles(t, map[string]string{"other.txt": reportText})
	ix, w := newIndexer(t, Options{}), &fakeWriter{}
	runOver(t, ix, w, elsewhere, RunOptions{})
	if summary, _ := runOver(t, ix, w, folder, RunOptions{}); summary.Accepted != 12 {
		t.Fatalf("first run: %+v", summary)
	}
	batches := w.batches
	if summary, _ := runOver(t, ix, w, folder, RunOptions{Prune: true}); summary.Unchanged != 12 || summary.Accepted+summary.Deleted != 0 || w.batches != batches {
		t.Fatalf("second run: %+v", summary)
	}

	write(t, filepath.Join(folder, "changed.txt"), reportText+"三、新的打算\n来年再加努力。\n")
	write(t, filepath.Join(folder, "spoiled.txt"), "\x00")
	write(t, filepath.Join(folder, "lines.jsonl"), jsonlOf(0, 1)+`{"id":"d00001","title":"空"}`+"\n"+jsonlOf(3, 5)) // 1 refused, 2 gone, 4 new
	write(t, filepath.Join(folder, "broken.jsonl"), jsonlOf(10, 11)+"{\"id\":\"d00011\",\n")                       // which line it was is not known
	if err := os.Remove(filepath.Join(folder, "gone.txt")); err != nil {
		t.Fatal(err)
	}
	gone := fileID(filepath.Join(folder, "gone.txt"))
	summary, _ := runOver(t, ix, w, folder, RunOptions{})
	if summary.Accepted != 2 || summary.Unchanged != 6 || summary.Refused != 3 || summary.Deleted != 0 || len(w.documents) != 14 {
		t.Fatalf("without prune: %+v, %d documents", summary, len(w.documents))
	}
	if text := w.document(t, fileID(filepath.Join(folder, "changed.txt"))).Text; !strings.Contains(text, "来年再加努力") {
		t.Errorf("changed.txt is still %q", text)
	}
	summary, entries := runOver(t, ix, w, folder, RunOptions{Prune: true})
	if summary.Deleted != 2 || entries["deleted "+gone].Outcome != Deleted || entries["deleted d00002"].Outcome != Deleted {
		t.Fatalf("prune: %+v", summary)
	}
	w.document(t, fileID(filepath.Join(folder, "spoiled.txt")))
	w.document(t, "d00001")
	w.document(t, "d00011")
	w.document(t, fileID(filepath.Join(elsewhere, "other.txt")))

	// A folder that is not there now may be a disk that is not mounted: nothing is deleted.
	before := len(w.documents)
	if err := os.Rename(folder, folder+"-away"); err != nil {
		t.Fatal(err)
	}
	if summary, _ := runOver(t, ix, w, folder, RunOptions{Prune: true}); summary.Deleted != 0 || summary.Refused != 1 || len(w.documents) != before {
		t.Errorf("missing folder: %+v", summary)
	}
}

// TestPanic: a parser that fails refuses its piece and nothing else.
func TestPanic(t *testing.T) {
	broken := piece{"/b.x", format.Piece{Parse: func(context.Context) (format.Document, error) { panic("index out of range") }}}
	for _, p := range []piece{broken, {broken.path, format.Piece{Ordinal: 1, Line: 3, Parse: broken.Parse}}} {
		_, err := newIndexer(t, Options{}).finish(t.Context(), p, newIndexer(t, Options{}).newCorrections())
		var refused *RefusedError
		if !errors.As(err, &refused) || !strings.Contains(refused.Reason, "index out of range") || refused.Path != p.path || refused.Line != p.Line {
			t.Errorf("%+v gave %v", p, err)
		}
	}
}

// checkSections: the top sections cover the text, children lie in their parents in order, borders fall at line breaks.
func checkSections(t *testing.T, id string, d *gongwen.Document) {
	t.Helper()
	next := 0
	for _, s := range d.Sections {
		if s.Span.Start != next {
			t.Errorf("%s: section %s starts at %d, want %d", id, s.ID, s.Span.Start, next)
			return
		}
		next = s.Span.End
	}
	if next != len(d.Text) {
		t.Errorf("%s: sections end at %d, the text at %d", id, next, len(d.Text))
	}
	gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) {
		at := s.Span.Start
		if s.Span.Start > 0 && d.Text[s.Span.Start-1] != '\n' {
			t.Errorf("%s: section %s begins inside a line", id, s.ID)
		}
		for _, child := range s.Sections {
			if child.Span.Start < at || child.Span.End > s.Span.End {
				t.Errorf("%s: section %s leaves its parent or its order", id, child.ID)
			}
			at = child.Span.End
		}
	})
}
