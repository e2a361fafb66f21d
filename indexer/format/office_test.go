//go:build unix

package format

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongwen/indexer/format/sample"
)

// oldWord begins as a file of Word 97 does.
func oldWord() []byte {
	return append(append(append([]byte{}, oleMagic...), wideBytes("Root Entry")...), make([]byte, 600)...)
}

// office is a program that does as LibreOffice: it runs the script, in which $out is the folder for the result.
func office(t *testing.T, script string) *Set {
	t.Helper()
	program := filepath.Join(t.TempDir(), "soffice")
	head := "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --outdir ] && out=$2; shift; done\n"
	if err := os.WriteFile(program, []byte(head+script), 0o755); err != nil {
		t.Fatal(err)
	}
	limit := time.Minute
	if strings.HasPrefix(script, "sleep") {
		limit = 500 * time.Millisecond
	}
	return New(Options{Office: program, ChildTime: limit})
}

func readAll(t *testing.T, s *Set, name string, data []byte) (texts []string, reasons string) {
	t.Helper()
	for p, err := range s.Read(t.Context(), File{Name: name, Reader: bytes.NewReader(data)}) {
		var d Document
		if err == nil {
			d, err = p.Parse(t.Context())
		}
		if err != nil {
			reasons += asRefusal(err).Reason
			continue
		}
		texts = append(texts, d.Text)
	}
	return texts, reasons
}

// TestOffice: old files go by way of LibreOffice, and what it does wrong refuses them.
func TestOffice(t *testing.T) {
	r := sample.New(2)
	folder := t.TempDir()
	document, book := filepath.Join(folder, "a.docx"), filepath.Join(folder, "a.xlsx")
	for path, data := range map[string][]byte{document: r.DOCX(), book: r.XLSX()} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	good := office(t, `cp "`+document+`" "$out/in.docx"; cp "`+book+`" "$out/in.xlsx"`)
	for name, data := range map[string][]byte{"a.doc": oldWord(), "a.wps": oldWord(), "a.docx": oldWord(), "a.rtf": []byte(`{\rtf1 x}`), "a.xls": oldWord(), "a.et": oldWord()} {
		if texts, reasons := readAll(t, good, name, data); len(texts) != 1 || !strings.Contains(texts[0], "全区各部门制定实施方案2项") {
			t.Errorf("%s: %d texts, %s", name, len(texts), reasons)
		}
	}
	encrypted := append(oldWord(), wideBytes("EncryptedPackage")...)
	for _, test := range []struct {
		name, file string
		set        *Set
		data       []byte
		want       string
	}{
		{"fails", "a.doc", office(t, "exit 1"), oldWord(), "无法转换"},
		{"writes nothing", "a.doc", office(t, "exit 0"), oldWord(), "无法转换"},
		{"hangs, with a child", "a.doc", office(t, "sleep 60 & wait"), oldWord(), "已停止"},
		{"noise", "a.doc", good, []byte("\x01\x02\x03\x04"), "不是 .doc 文件"},
		{"encrypted", "a.docx", good, encrypted, "设了密码"},
		{"encrypted workbook", "a.xlsx", good, encrypted, "设了密码"},
	} {
		started := time.Now()
		if texts, reasons := readAll(t, test.set, test.file, test.data); len(texts) != 0 || !strings.Contains(reasons, test.want) || time.Since(started) > 30*time.Second {
			t.Errorf("%s: %q, %q after %v, want %q", test.name, texts, reasons, time.Since(started), test.want)
		}
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		if _, reasons := readAll(t, New(Options{}), "a.doc", oldWord()); !strings.Contains(reasons, "需要 LibreOffice") {
			t.Errorf("without LibreOffice: %s", reasons)
		}
	}
}

// TestMisnamed: files are read as what they are.
func TestMisnamed(t *testing.T) {
	r := sample.New(1)
	s := childSet(t)
	for name, data := range map[string][]byte{
		"page.doc": []byte(r.HTML("utf-8")), "page.xls": []byte(r.HTML("utf-8")), "page": []byte(r.HTML("utf-8")), "page.txt": []byte(r.HTML("utf-8")),
		"word.doc": r.DOCX(), "word": r.DOCX(), "book.xls": r.XLSX(), "paper.txt": r.PDF(), "paper": r.OFD(), "a.zip.txt": sample.Zip("a.txt", r.Text()),
		"line": []byte(r.Record()),
	} {
		if texts, reasons := readAll(t, s, name, data); len(texts) != 1 || !strings.Contains(texts[0], "全区各部门制定实施方案2项") {
			t.Errorf("%s: %d texts, %s", name, len(texts), reasons)
		}
	}
}
