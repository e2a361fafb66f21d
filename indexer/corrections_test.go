package indexer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongwen"
	"gongwen/indexer/format/sample"
)

const sidecar = "gongwen.corrections.yaml"

// correctedFiles are documents that corrections are for.
func correctedFiles(t *testing.T, corrections string) string {
	t.Helper()
	return writeFiles(t, map[string]string{
		"a.txt": reportText, "2019/b.txt": reportText, "2019/c/d.txt": reportText,
		"lines.jsonl": `{"id":"one","title":"旧标题","issuer":"旧机关","text":"正文一。"}` + "\n" + `{"id":"two","title":"二","text":"正文二。"}` + "\n",
		"year.zip":    string(sample.Zip("in/e.txt", reportText)),
		sidecar:       corrections,
	})
}

func byPath(w *fakeWriter, folder string) map[string]gongwen.Document {
	documents := map[string]gongwen.Document{}
	for _, record := range w.documents {
		name := strings.TrimPrefix(record.Origin.Path, folder+"/")
		if name == "lines.jsonl" {
			name = record.Document.ID
		}
		documents[name] = record.Document
	}
	return documents
}

// TestCorrections: what a person says goes before what was read; the nearest path and the ID win; the text stays; a second
// run changes nothing; another sidecar changes what it touches; without one all is as it was.
func TestCorrections(t *testing.T) {
	folder := correctedFiles(t, "")
	var plain fakeWriter
	runOver(t, newIndexer(t, Options{}), &plain, folder, RunOptions{})
	before := byPath(&plain, folder)

	write(t, filepath.Join(folder, sidecar), `
# what is known better
a.txt: {标题: 更好的标题, year: 2018年度, issuer: "-", published: 2019年1月31日}
2019: {region: 辽宁省/大连市, kind: 其他文件}
2019/c/:
  region: 辽宁省沈阳市
.: {status: 现行有效}
one: {issuer: 新机关, number: 大政发〔2019〕3号}
year.zip/in/e.txt: {year: 2001}
`)
	var w fakeWriter
	summary, _ := runOver(t, newIndexer(t, Options{}), &w, folder, RunOptions{})
	if summary.Ignored != 0 {
		t.Fatalf("ignored %+v", summary.Ignores)
	}
	after := byPath(&w, folder)
	for name, want := range map[string][6]any{ // title, year, published, issuer, region, number
		"a.txt":             {"更好的标题", 2018, gongwen.Date("2019-01-31"), "", before["a.txt"].Region, ""},
		"2019/b.txt":        {before["a.txt"].Title, 2020, before["a.txt"].Published, before["a.txt"].Issuer, "辽宁省/大连市", ""},
		"2019/c/d.txt":      {before["a.txt"].Title, 2020, before["a.txt"].Published, before["a.txt"].Issuer, "辽宁省/沈阳市", ""},
		"one":               {"旧标题", 0, gongwen.Date(""), "新机关", before["one"].Region, "大政发〔2019〕3号"},
		"year.zip/in/e.txt": {before["a.txt"].Title, 2001, before["a.txt"].Published, before["a.txt"].Issuer, before["a.txt"].Region, ""},
	} {
		d := after[name]
		if got := [6]any{d.Title, d.Year, d.Published, d.Issuer, d.Region, d.Number}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if after["two"].Status != "现行有效" || after["2019/c/d.txt"].Status != "现行有效" {
		t.Error("the folder's own correction does not count")
	}
	if after["2019/b.txt"].Kind != "其他文件" {
		t.Errorf("kind %q", after["2019/b.txt"].Kind)
	}
	for name, d := range after {
		if d.Text != before[name].Text {
			t.Errorf("%s: another text:\n%s", name, d.Text)
		}
		if err := d.Validate(); err != nil {
			t.Error(err)
		}
	}

	unchanged := func(what string, accepted int) {
		t.Helper()
		summary, entries := runOver(t, newIndexer(t, Options{}), &w, folder, RunOptions{Prune: true})
		if summary.Accepted != accepted || summary.Deleted != 0 || summary.Refused != 0 {
			t.Errorf("%s: %+v, %v", what, summary, entries)
		}
	}
	unchanged("again", 0)
	write(t, filepath.Join(folder, sidecar), "a.txt: [\n")
	unchanged("a sidecar that cannot be read changes nothing", 0)
	if byPath(&w, folder)["a.txt"].Year != 2018 {
		t.Error("what was corrected is lost")
	}
	write(t, filepath.Join(folder, "2019", "gongwen.corrections.csv"), "文件,年度\nb.txt,2007\n")
	write(t, filepath.Join(folder, sidecar), "one: {issuer: 新机关, number: 大政发〔2019〕3号}\n")
	unchanged("all lose a correction", 6)
	if d := byPath(&w, folder)["2019/b.txt"]; d.Year != 2007 || d.Region != before["a.txt"].Region {
		t.Errorf("%d %s", d.Year, d.Region)
	}
	for _, path := range []string{sidecar, "2019/gongwen.corrections.csv"} {
		if err := os.Remove(filepath.Join(folder, path)); err != nil {
			t.Fatal(err)
		}
	}
	unchanged("none is left", 2)
	for name, d := range byPath(&w, folder) {
		if d.Year != before[name].Year || d.Issuer != before[name].Issuer || d.Title != before[name].Title {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

// TestCorrectionsFaults: what cannot be used is named by line and stops nothing.
func TestCorrectionsFaults(t *testing.T) {
	folder := correctedFiles(t, `a.txt: {yeer: 2018, year: 去年, published: 昨天, issuer: 某局}
nosuch.txt: {year: 2018}
nosuchid: {year: 2018}
one: 2018
two: {region: 火星, url: 某网, source: "http://a.example/"}
year.zip: {year: 2018}
`)
	var w fakeWriter
	ix := newIndexer(t, Options{Corrections: []string{filepath.Join(folder, "missing.yaml")}})
	summary, err := ix.Run(t.Context(), &w, []string{folder}, RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1 没有“yeer”这个字段", "1 published “昨天”不是日期", "1 year “去年”不是年份", "2 没有编号或文件“nosuch.txt”", "3 没有编号或文件“nosuchid”",
		"4 “one”后面应当是字段和值", "5 region “火星”不在地名表里", "5 source “http://a.example/”是网址", "5 url “某网”不是网址", "0 找不到这个文件",
	}
	if len(summary.Ignores) != len(want) {
		t.Errorf("%d faults: %+v", len(summary.Ignores), summary.Ignores)
	}
	for i, entry := range summary.Ignores {
		if i < len(want) && !strings.HasPrefix(fmt.Sprintf("%d %s", entry.Line, entry.Reason), want[i]) {
			t.Errorf("%d: %+v, want %s", i, entry, want[i])
		}
	}
	documents := byPath(&w, folder)
	if documents["a.txt"].Issuer != "某局" || documents["a.txt"].Year != 2020 || documents["two"].Region != "火星" || documents["year.zip/in/e.txt"].Year != 2018 {
		t.Errorf("what is right does not count: %+v", documents)
	}
}

// TestCorrectionsNamed: a file that is named goes before those in folders.
func TestCorrectionsNamed(t *testing.T) {
	folder := correctedFiles(t, "a.txt: {year: 2001}\n2019: {year: 2002}\n")
	named := filepath.Join(folder, "mine.csv")
	write(t, named, "id;path;title;year;备注\n;a.txt;;2011;because\none;;;2012;\n;2019/b.txt;;;nothing\n")
	var w fakeWriter
	summary, entries := runOver(t, newIndexer(t, Options{Corrections: []string{named}}), &w, folder, RunOptions{})
	documents := byPath(&w, folder)
	if documents["a.txt"].Year != 2011 || documents["one"].Year != 2012 || documents["2019/b.txt"].Year != 2002 || summary.Ignored > 0 {
		t.Errorf("%+v %+v", documents, summary.Ignores)
	}
	for place, entry := range entries {
		if strings.HasPrefix(place, "mine.csv") || strings.HasPrefix(place, sidecar) {
			t.Errorf("corrections are read as a document: %+v", entry)
		}
	}
}
