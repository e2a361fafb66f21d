package format

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongwen/indexer/format/sample"
)

// generated are files of every format, of a report of so many chapters.
func generated(b *testing.B, chapters int) map[string][]byte {
	b.Helper()
	r := sample.New(chapters)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(r.Text())
	if err != nil {
		b.Fatal(err)
	}
	return map[string][]byte{
		"a.txt": []byte(r.Text()), "gbk.txt": []byte(gbk), "a.md": []byte(r.Markdown()), "a.html": []byte(r.HTML("utf-8")), "a.docx": r.DOCX(),
		"a.xlsx": sample.Many(chapters * 20), "a.csv": []byte(strings.Repeat(r.CSV(','), 20)), "a.jsonl": []byte(strings.Repeat(r.Record(), 20)),
		"a.eml": []byte(r.EML("utf-8", func(text string) string { return text }, "", nil)), "a.ofd": r.OFD(), "a.pdf": r.PDF(),
		"a.zip": sample.Zip("a.txt", r.Text(), "b.html", r.HTML("utf-8")), "a.tar.gz": sample.TarGzip("a.txt", r.Text(), "b.html", r.HTML("utf-8")),
	}
}

// BenchmarkFormats reads a file of each format. MB/s are of the file and of the text that it holds; peak-MB is the heap
// at its largest above what there was before, of this process: a PDF has one of its own.
func BenchmarkFormats(b *testing.B) {
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	s := New(Options{Child: program})
	for name, data := range generated(b, 300) {
		b.Run(strings.ReplaceAll(name, ".", "_"), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			peak := watchHeap()
			text := 0
			for b.Loop() {
				text = 0
				for p, err := range s.Read(b.Context(), File{Name: name, Reader: bytes.NewReader(data), At: bytes.NewReader(data), Size: int64(len(data))}) {
					if err != nil {
						b.Fatal(err)
					}
					d, err := p.Parse(b.Context())
					if err != nil {
						b.Fatal(err)
					}
					text += len(d.Text)
				}
			}
			b.ReportMetric(float64(text)*float64(b.N)/1e6/b.Elapsed().Seconds(), "text-MB/s")
			b.ReportMetric(float64(peak())/1e6, "peak-MB")
		})
	}
}

// watchHeap looks at the heap every millisecond; the function that it returns ends that and gives the largest.
func watchHeap() func() uint64 {
	debug.FreeOSMemory()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	stop, result := make(chan struct{}), make(chan uint64)
	go func() {
		most := before.HeapInuse
		for {
			select {
			case <-stop:
				result <- most - before.HeapInuse
				return
			case <-time.After(time.Millisecond):
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapInuse)
			}
		}
	}()
	return func() uint64 {
		close(stop)
		return <-result
	}
}

// TestLarge: files of a hundred megabytes are refused or read in bounded time and memory.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("writes files of a hundred megabytes")
	}
	folder := t.TempDir()
	line := "<p>各单位应当按照本办法的规定，认真开展检查工作，并将检查结果及时上报。</p>\n"
	for name, want := range map[string]string{
		"a.html": "超过 64 MB", "a.txt": "超过 64 MB", "a.docx": "超过 64 MB", "a.eml": "超过 64 MB", "a.pdf": "超过 64 MB", "b.html": "网页超过 16 MB", "b.txt": "不像一份公文",
	} {
		path := filepath.Join(folder, name)
		size := 100 << 20
		if strings.HasPrefix(name, "b") {
			size = 60 << 20
		}
		if err := os.WriteFile(path, []byte(strings.Repeat(line, size/len(line))), 0o644); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		started, peak := time.Now(), watchHeap()
		reason := ""
		for p, err := range New(Options{}).Read(t.Context(), File{Name: name, Reader: file, At: file, Size: int64(size)}) {
			if err == nil {
				_, err = p.Parse(t.Context())
			}
			if err != nil {
				reason += asRefusal(err).Reason
			}
		}
		took, most := time.Since(started), peak()
		_ = file.Close()
		t.Logf("%s: %s after %v, %d MB", name, reason, took.Round(time.Millisecond), most>>20)
		if !strings.Contains(reason, want) || took > time.Minute || most > 1<<30 {
			t.Errorf("%s: %q after %v with %d MB, want %q", name, reason, took, most>>20, want)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSlow: shapes that a careless parser takes quadratic time for.
func TestSlow(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	deep := func(tag string) string { return strings.Repeat("<"+tag+">", 400) }
	var beside strings.Builder
	for i := range n {
		fmt.Fprintf(&beside, `<TextCode X="%d" Y="1">甲</TextCode>`, i)
	}
	for name, data := range map[string][]byte{
		"divs.html":   []byte(deep(`div class="TRS_Editor"`) + strings.Repeat("<p>甲乙丙丁</p>", n)),
		"tables.html": []byte(strings.Repeat("<table><tr><td>甲", 100) + strings.Repeat("<p>甲乙丙丁</p>", n)),
		"attrs.html":  []byte("<p " + strings.Repeat("a=b ", n) + ">甲</p>"),
		"open.html":   []byte(strings.Repeat("<b><i><a href=x>", n/10) + "甲"),
		"link.html":   []byte(strings.Repeat("<a href=x>甲</a> ", n)),
		"bracket.md":  []byte(strings.Repeat("[", n)),
		"runs.docx":   word("<w:p>" + strings.Repeat("<w:r><w:t>甲</w:t></w:r>", n) + "</w:p>"),
		"cells.docx":  word("<w:tbl><w:tr>" + strings.Repeat("<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>", n) + "</w:tr></w:tbl>"),
		"gap.xlsx":    sample.Workbook(strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, n), ""),
		"column.csv":  []byte("标题,正文\n" + strings.Repeat("甲,", n)),
		"lines.jsonl": []byte(strings.Repeat("\n", n) + strings.Repeat("{\n", n)),
		"heads.eml":   []byte(strings.Repeat("X-A: b\n", n) + "\n甲"),
		"parts.eml":   []byte("Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\n甲\n", n)),
		"words.eml":   []byte("Subject: " + strings.Repeat("=?utf-8?Q?=41?= ", n) + "\n\n甲"),
		"lines.ofd": sample.Zip("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>", "D.xml", `<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>`,
			"P.xml", "<Page><Content><Layer>"+strings.Repeat(`<TextObject Boundary="1 1 1 1" Size="1"><TextCode DeltaX="g 60000 1">甲</TextCode></TextObject>`, n/100)+"</Layer></Content></Page>"),
		"line.ofd": sample.Zip("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>", "D.xml", `<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>`,
			"P.xml", "<Page><Content><Layer><TextObject Boundary=\"1 1 1 1\" Size=\"1\">"+beside.String()+"</TextObject></Layer></Content></Page>"),
		"notes.docx": word("<w:p><w:r>"+strings.Repeat(`<w:footnoteReference w:id="1"/>`, n)+"</w:r></w:p>", "word/footnotes.xml",
			`<footnotes><footnote id="1"><p><r><t>`+strings.Repeat("甲", n)+`</t></r></p></footnote></footnotes>`),
		"labels.docx": word(strings.Repeat(`<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>`, n), "word/numbering.xml",
			`<numbering><abstractNum abstractNumId="1"><lvl ilvl="0"><lvlText val="`+strings.Repeat("甲", n)+`"/></lvl></abstractNum><num numId="1"><abstractNumId val="1"/></num></numbering>`),
		"shared.xlsx": sample.Workbook(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, n), "<si><t>"+strings.Repeat("甲", n)+"</t></si>"),
		"title.html":  []byte("<title>" + strings.Repeat("甲", n) + "</title>" + strings.Repeat("<p>甲乙丙丁", n)),
		"pages.ofd": sample.Zip("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>", "D.xml", `<Document><Pages>`+strings.Repeat(`<Page BaseLoc="P.xml"/>`, n/20)+`</Pages></Document>`,
			"P.xml", "<Page><Content><Layer>"+strings.Repeat(`<TextObject Boundary="1 1 1 1" Size="1"><TextCode>甲</TextCode></TextObject>`, 100)+"</Layer></Content></Page>"),
	} {
		started := time.Now()
		pieces, _, reasons := read(t, name, data)
		took := time.Since(started)
		t.Logf("%s: %d kB, %d pieces, %d refused in %v", name, len(data)>>10, len(pieces), len(reasons), took.Round(time.Millisecond))
		if took > time.Minute { // alone it takes seconds; machines are busy
			t.Errorf("%s took %v", name, took)
		}
	}
}
