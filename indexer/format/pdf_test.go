package format

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gongwen/indexer/format/sample"
)

// TestMain makes the test program its own child.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == ChildArgument {
		switch os.Args[2] {
		case "hang":
			select {}
		case "die":
			fmt.Fprintln(os.Stderr, "fatal: out of memory")
			os.Exit(2)
		case "noise":
			fmt.Println("no answer")
			os.Exit(0)
		}
		if err := ServeChild(os.Args[2], os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// childSet reads PDFs in a child.
func childSet(t testing.TB) *Set {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return New(Options{Child: program})
}

func readPDFInChild(t testing.TB, data []byte) (Document, error) {
	t.Helper()
	return parsePDF(t.Context(), &input{set: childSet(t)}, data)
}

func TestPDF(t *testing.T) {
	r := sample.New(12)
	d, err := readPDFInChild(t, r.PDF())
	if err != nil {
		t.Fatal(err)
	}
	checkPaper(t, r, d)
}

func TestPDFRefused(t *testing.T) {
	whole := sample.New(2).PDF()
	scan := sample.PDF([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"})
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"no PDF", []byte("这不是 PDF"), "不是 PDF 文件"},
		{"head only", whole[:200], "不完整或已损坏"},
		{"scan", scan, "没有文字层（共 1 页"},
	} {
		_, err := readPDFInChild(t, test.data)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// TestPDFBombs: files that unpack to gigabytes, refer to themselves or nest without end are over soon.
func TestPDFBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	for range 1 << 16 {
		_, _ = z.Write([]byte(strings.Repeat("BT /F1 9 Tf 9 9 Td (A) Tj ET q Q\n", 256)))
	}
	_ = z.Close()
	document := func(page string, more ...string) []byte {
		return sample.PDF(append([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page}, more...))
	}
	form := func(n int) string {
		const stream = "/F Do /F Do /F Do /F Do"
		return fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length %d>>stream\n%s\nendstream", n, len(stream), stream)
	}
	nested := []string{}
	for i := range 40 {
		nested = append(nested, form(i+5))
	}
	for name, data := range map[string][]byte{
		"packed": document("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 4 0 R>>",
			fmt.Sprintf("<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream", packed.Len(), packed.String())),
		"forms":      document("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Contents 44 0 R>>", nested...),
		"ring":       sample.PDF([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 99999999/Kids[2 0 R 2 0 R]>>"}),
		"deep array": document("<</Type/Page/Parent 2 0 R/MediaBox " + strings.Repeat("[", 100000) + strings.Repeat("]", 100000) + ">>"),
	} {
		s := childSet(t)
		s.options.ChildTime = time.Minute
		started := time.Now()
		_, err := parsePDF(t.Context(), &input{set: s}, data)
		t.Logf("%s, %d bytes: %v after %v", name, len(data), err, time.Since(started))
		if err == nil || time.Since(started) > 90*time.Second {
			t.Errorf("%s: %v after %v", name, err, time.Since(started))
		}
	}
}

// FuzzPDF runs each input in a child, as files are: one that hangs or dies is no fault here, but a wrong place is.
func FuzzPDF(f *testing.F) {
	f.Add(sample.New(1).PDF())
	f.Add([]byte("%PDF-1.7\ntrailer<</Root 1 0 R>>"))
	s := childSet(f)
	s.options.ChildTime = 5 * time.Second
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := parsePDF(t.Context(), &input{set: s}, data)
		if err == nil {
			checkPages(t, d)
		}
	})
}

// FuzzPaper: whatever stands wherever, no character is lost in the middle of a page, and pages are in order.
func FuzzPaper(f *testing.F) {
	f.Add("一、甲乙丙丁\n戊己庚辛", []byte{10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140})
	f.Add("a b\tc", []byte{0, 0, 0, 0, 0, 255, 255, 255})
	f.Fuzz(func(t *testing.T, text string, places []byte) {
		if !utf8.ValidString(text) {
			return
		}
		var pages []paperPage
		for i, r := range []rune(text) {
			if i%40 == 0 {
				pages = append(pages, paperPage{height: 10000, sorted: i%80 == 0})
			}
			x, y := float64(i), 5000.0
			if 2*i+1 < len(places) {
				x, y = float64(places[2*i]), 4000+float64(places[2*i+1])*8
			}
			p := &pages[len(pages)-1]
			p.runs = append(p.runs, printed{text: string(r), left: x, right: x + 10, top: y, bottom: y + 10})
		}
		d := layPaper(pages)
		checkPages(t, d)
		if len(hanOf(d.Text)) != len(hanOf(text)) {
			t.Errorf("%q became %q", text, d.Text)
		}
	})
}

// checkPages: there is a place for every page, in order, on a character.
func checkPages(t *testing.T, d Document) {
	t.Helper()
	last := 0
	for i, at := range d.Pages {
		if at < last || at > len(d.Text) || i == 0 && at != 0 || at < len(d.Text) && !utf8.RuneStart(d.Text[at]) {
			t.Errorf("page %d begins at %d of %q", i+1, at, d.Text)
		}
		last = at
	}
}

// TestChild: a child that hangs is killed, and one that fails refuses its file.
func TestChild(t *testing.T) {
	s := childSet(t)
	for kind, want := range map[string]string{"die": "out of memory", "noise": "异常结束", "unknown": "无法读取 unknown"} {
		if _, err := s.isolated(t.Context(), kind, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", kind, err, want)
		}
	}
	s.options.ChildTime = 300 * time.Millisecond
	started := time.Now()
	_, err := s.isolated(t.Context(), "hang", make([]byte, 1<<20))
	if err == nil || !strings.Contains(err.Error(), "已停止") || time.Since(started) > 30*time.Second {
		t.Errorf("a child that hangs: %v after %v", err, time.Since(started))
	}
}
