package format

import (
	"os"
	"strings"
	"testing"
)

// TestExtensions: every extension is of one format, is known in any case and packed, and stands in the documentation.
func TestExtensions(t *testing.T) {
	s := New(Options{})
	guide, err := os.ReadFile("../../doc/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, ext := range s.Extensions() {
		if seen[ext] {
			t.Errorf("%s is of two formats", ext)
		}
		seen[ext] = true
		if !s.Known("A"+strings.ToUpper(ext)) || !s.Known("a"+ext+".gz") {
			t.Errorf("%s is not known", ext)
		}
		if !strings.Contains(string(guide), ext+",") && !strings.Contains(string(guide), ext+" ") {
			t.Errorf("%s is not in doc/formats.md", ext)
		}
	}
	for name, want := range map[string]bool{"a.dwg": false, "a": true, "关于1.5万亩的通知": true, "a.exe.gz": false, "a.tar.gz": true, "README": true} {
		if s.Known(name) != want {
			t.Errorf("%s: known is %v", name, !want)
		}
	}
}
