package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongwen/search"
	"gongwen/search/embedded/segment"
	"gongwen/search/enginetest"
)

// block puts folders where the next side files are to be written, so that nothing can be stored, and returns what removes
// them.
func block(t *testing.T, dir string) (unblock func()) {
	t.Helper()
	store := filepath.Join(dir, "store")
	entries, err := os.ReadDir(store)
	if err != nil {
		t.Fatal(err)
	}
	next := uint64(0)
	for _, e := range entries {
		var id uint64
		if _, err := fmt.Sscanf(e.Name(), "%x.zap", &id); err == nil {
			next = max(next, id)
		}
	}
	var folders []string
	for id := next + 1; id < next+4000; id++ {
		folder := filepath.Join(store, fmt.Sprintf("%012x.zap%s.tmp", id, segment.Suffix))
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		folders = append(folders, folder)
	}
	return func() {
		for _, folder := range folders {
			if err := os.Remove(folder); err != nil && !os.IsNotExist(err) {
				t.Error(err)
			}
		}
	}
}

// await waits until a condition holds.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 400 {
		if holds() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("waited in vain: %s", what)
}

// TestFailedPersist takes the disk away: nobody waits for ever, the engine says what is wrong and goes on answering, and
// what was given up is stored when the disk is back.
func TestFailedPersist(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for giving up")
	}
	dir := t.TempDir()
	e := openTest(t, dir)
	w := enginetest.NewWorkload(3)
	if err := e.Write(t.Context(), w.Batch()); err != nil {
		t.Fatal(err)
	}
	before, err := e.Status(t.Context())
	if err != nil || before.Trouble != "" {
		t.Fatalf("%+v, %v", before, err)
	}
	unblock := block(t, dir)
	if err := e.Write(t.Context(), w.Batch()); !errors.Is(err, search.ErrUnavailable) {
		t.Errorf("a batch that cannot be stored: %v", err)
	}
	await(t, "the trouble to be said", func() bool {
		status, err := e.Status(t.Context())
		return err == nil && strings.Contains(status.Trouble, "side file")
	})
	if _, err := e.Search(t.Context(), search.Request{}); err != nil {
		t.Errorf("a search meanwhile: %v", err)
	}
	unblock()
	await(t, "the trouble to end", func() bool {
		status, err := e.Status(t.Context())
		return err == nil && status.Trouble == ""
	})
	if err := e.Write(t.Context(), w.Batch()); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// TestMappingsAreFreed looks at what the process has mapped while segments come and are merged away.
func TestMappingsAreFreed(t *testing.T) {
	const maps = "/proc/self/maps"
	if _, err := os.Stat(maps); err != nil {
		t.Skip("this system does not say what is mapped")
	}
	dir := t.TempDir()
	mapped := func() int {
		data, err := os.ReadFile(maps)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(data)) {
			if strings.Contains(line, dir) && strings.Contains(line, segment.Suffix) {
				n++
			}
		}
		return n
	}
	e := openTest(t, dir)
	w := enginetest.NewWorkload(4)
	for range 80 {
		if err := e.Write(t.Context(), w.Batch()); err != nil {
			t.Fatal(err)
		}
		if _, err := e.Search(t.Context(), search.Request{}); err != nil {
			t.Fatal(err)
		}
	}
	await(t, "old segments to be unmapped", func() bool {
		if _, err := e.Search(t.Context(), search.Request{}); err != nil { // lets go of the view before
			t.Fatal(err)
		}
		v, err := e.acquire()
		if err != nil {
			t.Fatal(err)
		}
		defer v.release()
		e.renew(e.updated) // the next search looks at the newest state
		return mapped() <= len(v.parts)
	})
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if n := mapped(); n > 0 {
		t.Errorf("%d side files are mapped after closing", n)
	}
}
