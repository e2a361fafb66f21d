package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A bad line of one's own file is named; a good one is looked for, told, and can be left aside.
func TestAliases(t *testing.T) {
	p, _ := newProgram(t)
	file, report := filepath.Join(t.TempDir(), "own.txt"), filepath.Join(t.TempDir(), "r.txt")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(report, "关于电梯加装的通知\n\n各县区：\n　　推进既有住宅增设电梯工作。\n")
	p.expect(exitDone, "index", report)
	write(file, "# 自编\n旧楼装梯 > 增设电梯\n")
	r := p.expect(exitDone, "search", "--aliases", file, "旧楼装梯")
	contains(t, r.stdout, "旧楼装梯→增设电梯", "加装")
	if r := p.run("search", "--aliases", file, "--synonyms=false", "旧楼装梯"); strings.Contains(r.stdout, "加装") {
		t.Errorf("left aside: %+v", r)
	}
	write(file, "# 自编\n旧楼装梯 增设电梯\n")
	contains(t, p.expect(exitUsage, "search", "--aliases", file, "旧楼装梯").stderr, "第 2 行")
	p.expect(exitUsage, "search", "--aliases", file+".no", "旧楼装梯")
}
