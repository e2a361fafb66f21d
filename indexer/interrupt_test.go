//go:build unix

package indexer

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongwen/indexer/format/sample"
)

// TestRunInterruptsChild: a run that is cancelled ends while a child still works, and says nothing of its file.
func TestRunInterruptsChild(t *testing.T) {
	child := filepath.Join(t.TempDir(), "child")
	if err := os.WriteFile(child, []byte("#!/bin/sh\nexec sleep 600\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	folder := writeFiles(t, map[string]string{"a.pdf": string(sample.New(1).PDF())})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	var report bytes.Buffer
	started := time.Now()
	_, err := newIndexer(t, Options{Child: child}).Run(ctx, &fakeWriter{}, []string{folder}, RunOptions{Report: &report})
	if !errors.Is(err, context.DeadlineExceeded) || report.Len() > 0 || time.Since(started) > 30*time.Second {
		t.Errorf("%v after %v, report %q", err, time.Since(started), report.String())
	}
}
