package indexer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"gongwen"
	"gongwen/indexer/format/sample"
)

// files are the same report in every format and encoding, by name.
func files(t *testing.T, r sample.Report) map[string]string {
	t.Helper()
	in := func(e encoding.Encoding, text string) string {
		data, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	return map[string]string{
		"utf8.txt":       r.Text(),
		"mark.txt":       "\ufeff" + r.Text(),
		"windows.txt":    strings.ReplaceAll(r.Text(), "\n", "\r\n"),
		"utf16.txt":      in(xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM), r.Text()),
		"utf16be.txt":    in(xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM), r.Text()),
		"bare16.txt":     in(xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), r.Text()),
		"gbk.txt":        in(simplifiedchinese.GBK, r.Text()),
		"gb18030.txt":    in(simplifiedchinese.GB18030, r.Text()),
		"packed.txt.gz":  zipped(t, r.Text()),
		"utf8.md":        r.Markdown(),
		"gbk.md":         in(simplifiedchinese.GBK, r.Markdown()),
		"utf8.html":      r.HTML("utf-8"),
		"gbk.htm":        in(simplifiedchinese.GBK, r.HTML("gb2312")),
		"wrong.html":     in(simplifiedchinese.GBK, r.HTML("utf-8")),
		"wrongutf8.html": r.HTML("gbk"),
		"word.docx":      string(r.DOCX()),
		"paper.ofd":      string(r.OFD()),
		"letter.eml":     r.EML("GBK", func(text string) string { return in(simplifiedchinese.GBK, text) }, "", nil),
		"word.zip":       string(sample.Zip("年报/正文.docx", string(r.DOCX()))),
		"page.tar.gz":    string(sample.TarGzip("年报/正文.htm", in(simplifiedchinese.GBK, r.HTML("gb2312")))),
		"twice.zip":      string(sample.Zip("年报.zip", string(sample.Zip("正文.md", r.Markdown())))),
		"line.jsonl":     r.Record(),
		"comma.csv":      r.CSV(','),
		"gbk.csv":        in(simplifiedchinese.GBK, r.CSV(',')),
		"tab.tsv":        in(xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM), r.CSV('\t')),
		"row.xlsx":       string(r.XLSX()),
	}
}

// TestFormats: the same report gives the same document, whatever it was saved as.
func TestFormats(t *testing.T) {
	r := sample.New(6)
	want := documentOf(t, "utf8.txt", r.Text())
	if want.Title != r.Title || want.Source != r.Source || string(want.Published) != r.Published || want.Signed != "2021-01-18" ||
		want.Issuer != "青溪区人民政府" || want.Year != 2020 || len(want.Sections) < 7 {
		t.Fatalf("plain text gave %+v", want)
	}
	for _, line := range strings.Split(want.Text, "\n") {
		if !strings.Contains(strings.ReplaceAll(r.Text(), "\t", " "), line) {
			t.Errorf("plain text gave the line %q", line)
		}
	}
	for name, content := range files(t, r) {
		t.Run(name, func(t *testing.T) {
			got := documentOf(t, name, content)
			checkSections(t, name, &got)
			if diff := cmp.Diff(bare(want), bare(got)); diff != "" {
				t.Errorf("differs from plain text (-text +%s):\n%s", name, diff)
			}
		})
	}
}

// bare is a document without what two files of one text differ in, and the rules that found its sections: a heading
// that is marked needs none.
func bare(d gongwen.Document) gongwen.Document {
	d.ID, d.URL = "", ""
	var without func(sections []gongwen.Section) []gongwen.Section
	without = func(sections []gongwen.Section) []gongwen.Section {
		var kept []gongwen.Section
		for _, s := range sections {
			s.RoleRule, s.TopicRule = "", ""
			s.Sections = without(s.Sections)
			kept = append(kept, s)
		}
		return kept
	}
	d.Sections = without(d.Sections)
	return d
}
