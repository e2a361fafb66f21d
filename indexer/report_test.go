package indexer

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"gongwen/indexer/format/sample"
)

// TestReportSaysHow: the report names format and encoding of every document, and the counts by format add up.
func TestReportSaysHow(t *testing.T) {
	encoded := func(e encoding.Encoding, text string) string {
		data, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	line := `{"id":"one","title":"一","text":"正文一。"}` + "\n{\n"
	files := map[string]string{
		"utf8.txt": reportText, "gbk.txt": encoded(simplifiedchinese.GBK, reportText), "big5.txt": encoded(traditionalchinese.Big5, "關於開展檢查的通知\n各單位要認真執行。\n"),
		"utf16.md":    encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "# 关于开展检查的通知\n\n各单位要认真执行。\n"),
		"page.html":   "<html><head><meta charset=gbk></head><body><h1>" + encoded(simplifiedchinese.GBK, "关于开展检查的通知</h1><p>各单位要认真执行。") + "</p></body></html>",
		"lines.jsonl": line, "wide.jsonl": encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), strings.ReplaceAll(line, "one", "two")),
		"table.csv":  encoded(simplifiedchinese.GBK, "标题,正文,年度\n关于检查的通知,各单位要认真执行。,2020\n"),
		"broken.pdf": "%PDF-1.4", "picture.dwg": "AC",
		"year.zip": string(sample.Zip("a.txt", reportText, "b.docx", "PK", "c.dwg", "AC")),
	}
	want := map[string]string{
		"utf8.txt": "文本 UTF-8", "gbk.txt": "文本 GB18030", "big5.txt": "文本 Big5", "utf16.md": "Markdown UTF-16LE", "page.html": "HTML GB18030",
		"lines.jsonl:1": "JSON UTF-8", "lines.jsonl:2": "JSON ", "wide.jsonl:1": "JSON UTF-16BE", "wide.jsonl:2": "JSON ", "table.csv:2": "CSV GB18030",
		"broken.pdf": "PDF ", "picture.dwg": " ", "year.zip/a.txt": "文本 UTF-8", "year.zip/b.docx": "Word ", "year.zip/c.dwg": " ",
	}
	folder := writeFiles(t, files)
	var w fakeWriter
	for range 2 { // what is unchanged is counted alike
		summary, entries := runOver(t, newIndexer(t, Options{}), &w, folder, RunOptions{})
		for place, how := range want {
			entry, ok := entries[place]
			if got := entry.Format + " " + entry.Encoding; !ok || got != how && entry.Outcome != Unchanged {
				t.Errorf("%s: %q, want %q: %+v", place, got, how, entry)
			}
			delete(entries, place)
		}
		if len(entries) > 0 {
			t.Errorf("reported beyond: %v", entries)
		}
		documents, refused, read := 0, 0, int64(0)
		for _, f := range summary.Formats {
			documents, refused, read = documents+f.Documents, refused+f.Refused, read+f.Bytes
		}
		if documents != summary.Accepted+summary.Unchanged || refused != summary.Refused || read != summary.Bytes {
			t.Errorf("%d documents, %d refused, %d bytes by format, of %+v", documents, refused, read, summary)
		}
		if f := summary.format("JSON"); f.Files != 2 || f.Documents != 2 || f.Refused != 2 {
			t.Errorf("JSON: %+v", *f)
		}
		if f := summary.format("文本"); f.Files != 4 || f.Documents != 4 {
			t.Errorf("text: %+v", *f)
		}
	}
}
