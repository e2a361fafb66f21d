package format

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

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
	if err == nil || !strings.Contains(err.Error(), "已停止") || time.Since(started) > 5*time.Second {
		t.Errorf("a child that hangs: %v after %v", err, time.Since(started))
	}
}
