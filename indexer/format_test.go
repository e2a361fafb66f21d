package indexer

import (
	"encoding/json"
	"fmt"
	escape "html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"gongwen"
	"gongwen/indexer/format"
	"gongwen/indexer/format/sample"
	"gongwen/indexer/header"
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
		"paper.pdf":      string(r.PDF()),
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

// TestPages: a document knows on which page a sentence of it stands, wherever the header was cut off.
func TestPages(t *testing.T) {
	r := sample.New(12)
	plain := documentOf(t, "a.txt", r.Text())
	for name, content := range map[string]string{"a.ofd": string(r.OFD()), "a.pdf": string(r.PDF())} {
		d := documentOf(t, name, content)
		if d.Text != plain.Text || len(d.Pages) < 4 || d.Page(0) != 1 || d.Page(len(d.Text)-1) != len(d.Pages) {
			t.Errorf("%s: pages %v of %d bytes", name, d.Pages, len(d.Text))
			continue
		}
		// 22 lines a page, the last of which are full, so that a page has as many characters as fit.
		for i := 1; i < len(d.Pages); i++ {
			size := len([]rune(d.Text[d.Pages[i-1]:d.Pages[i]]))
			if size < 100 || size > 22*28 || d.Page(d.Pages[i]) != i+1 || d.Page(d.Pages[i]-1) != i {
				t.Errorf("%s: page %d has %d characters, %v", name, i, size, d.Pages)
			}
		}
	}
	if plain.Page(5) != 0 {
		t.Error("a text has pages")
	}
}

// TestArchiveAgain: a file that is gone from an archive is deleted with Prune; an archive that is broken now hides all.
func TestArchiveAgain(t *testing.T) {
	folder := writeFiles(t, map[string]string{"a.zip": string(sample.Zip("甲.txt", reportText, "乙/丙.txt", reportText, "图.png", "x"))})
	ix, w := newIndexer(t, Options{}), &fakeWriter{}
	summary, entries := runOver(t, ix, w, folder, RunOptions{})
	if summary.Accepted != 2 || summary.Skipped != 1 || entries["a.zip/乙/丙.txt"].Outcome != Accepted || entries["a.zip/图.png"].Outcome != Skipped {
		t.Fatalf("%+v, %+v", summary, entries)
	}
	if summary, _ := runOver(t, ix, w, folder, RunOptions{Prune: true}); summary.Unchanged != 2 || summary.Deleted != 0 {
		t.Errorf("again: %+v", summary)
	}
	write(t, filepath.Join(folder, "a.zip"), string(sample.Zip("甲.txt", reportText))[:200])
	if summary, _ := runOver(t, ix, w, folder, RunOptions{Prune: true}); summary.Refused != 1 || summary.Deleted != 0 || len(w.documents) != 2 {
		t.Errorf("broken: %+v", summary)
	}
	write(t, filepath.Join(folder, "a.zip"), string(sample.Zip("甲.txt", reportText)))
	if summary, _ := runOver(t, ix, w, folder, RunOptions{Prune: true}); summary.Unchanged != 1 || summary.Deleted != 1 || len(w.documents) != 1 {
		t.Errorf("one gone: %+v", summary)
	}
}

// TestPlace: what was cut out of the middle moves what follows.
func TestPlace(t *testing.T) {
	text := "页眉\n标题\n一、甲\n正文一。\n打印\n二、乙\n正文二，\t在表里。\n页脚"
	s := source{format.Document{Text: text, Headings: []format.Heading{
		{Line: "标题", Start: strings.Index(text, "标题"), Level: 1}, {Line: "一、甲", Start: strings.Index(text, "一、"), Level: 2}, {Line: "二、乙", Start: strings.Index(text, "二、"), Level: 2},
	}, Pages: []int{0, strings.Index(text, "打印"), strings.Index(text, "文二"), len(text)}}}
	for _, body := range []string{"一、甲\n正文一。\n二、乙\n正文二， 在表里。", "一、甲\n正文一。\n打印\n二、乙\n正文二， 在表里。"} {
		headings, pages := s.place(body)
		second := strings.Index(body, "二、")
		if len(headings) != 2 || headings[0].Start != 0 || headings[1].Start != second {
			t.Errorf("%q: headings %v", body, headings)
		}
		cut := strings.Index(body, "打印")
		if cut < 0 {
			cut = second
		}
		if want := []int{0, cut, strings.Index(body, "文二"), len(body)}; !slices.Equal(pages, want) {
			t.Errorf("%q: pages %v, want %v", body, pages, want)
		}
	}
}

var blanks = regexp.MustCompile(` +`)

// bare is a document without what two files of one text differ in, and the rules that found its sections: a heading
// that is marked needs none.
func bare(d gongwen.Document) gongwen.Document {
	d.ID, d.URL, d.Pages = "", "", nil
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

// TestHeadersInPages: a page that somebody copied and the same page as HTML or Word give the same document. The pages are
// read where they are beside the project.
func TestHeadersInPages(t *testing.T) {
	file, err := os.Open("../../shared/headers/pages.jsonl")
	if err != nil {
		t.Skipf("the pages are not beside the project: %v", err)
	}
	defer func() { _ = file.Close() }()
	ix := newIndexer(t, Options{})
	decoder := json.NewDecoder(file)
	for {
		var page struct{ ID, Text string }
		if err := decoder.Decode(&page); err != nil {
			break
		}
		page.Text = blanks.ReplaceAllString(page.Text, " ") // a browser shows no more than one
		want := ix.Document(page.Text, "")
		if want.Text == "" {
			continue
		}
		var html, word strings.Builder
		for line := range strings.Lines(header.Clean(page.Text)) {
			fmt.Fprintf(&html, "<div>%s</div>\n", escape.EscapeString(strings.TrimSuffix(line, "\n")))
			fmt.Fprintf(&word, "<p><r><t>%s</t></r></p>", escape.EscapeString(strings.TrimSuffix(line, "\n")))
		}
		for name, content := range map[string]string{
			"a.html": "<html><head><meta charset=utf-8></head><body>" + html.String() + "</body></html>",
			"a.docx": string(sample.Zip("word/document.xml", "<document><body>"+word.String()+"</body></document>")),
		} {
			got := documentOf(t, name, content)
			if diff := cmp.Diff(bare(want), bare(got)); diff != "" {
				t.Errorf("%s as %s differs (-text +%s):\n%.3000s", page.ID, name, name, diff)
			}
		}
	}
}
