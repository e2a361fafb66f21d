package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gongwen/analyzers"
	"gongwen/seeds"
)

// loadOnce spares every run of a test the loading of the dictionary.
var loadOnce = sync.OnceValues(func() (*analyzers.Words, error) { return analyzers.NewWords() })

// result is what a run of the program left behind.
type result struct {
	code           int
	stdout, stderr string
}

// program is the program with an environment of its own.
type program struct {
	t     *testing.T
	vars  map[string]string
	stdin string
}

// newProgram returns a program that speaks Chinese and keeps its data in a folder of its own, which is returned too.
func newProgram(t *testing.T) (*program, string) {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	return &program{t: t, vars: map[string]string{"LANG": "zh_CN.UTF-8", "GONGWEN_DATA": data}}, data
}

func (p *program) environment(stdout, stderr *bytes.Buffer) environment {
	return environment{
		lookup: func(name string) (string, bool) {
			value, ok := p.vars[name]
			return value, ok
		},
		stdin: strings.NewReader(p.stdin), stdout: stdout, stderr: stderr,
		words: loadOnce,
	}
}

func (p *program) run(args ...string) result {
	p.t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(p.t.Context(), p.environment(&stdout, &stderr), args)
	return result{code, stdout.String(), stderr.String()}
}

// expect runs the program and checks its exit code.
func (p *program) expect(code int, args ...string) result {
	p.t.Helper()
	r := p.run(args...)
	if r.code != code {
		p.t.Fatalf("gongwen %s: exit code %d, want %d\nstdout: %s\nstderr: %s", strings.Join(args, " "), r.code, code, r.stdout, r.stderr)
	}
	return r
}

// contains checks that text holds each of the parts.
func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in:\n%s", part, text)
		}
	}
}

// writeSeeds writes the sample documents into a folder and returns it.
func writeSeeds(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "seeds")
	if err := os.CopyFS(folder, seeds.Files); err != nil {
		t.Fatal(err)
	}
	return folder
}

// aSeed is the path of a sample whose name begins so.
func aSeed(t *testing.T, folder, prefix string) string {
	t.Helper()
	names, err := fs.Glob(seeds.Files, prefix+"*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sample %s: %v", prefix, err)
	}
	return filepath.Join(folder, names[0])
}

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
