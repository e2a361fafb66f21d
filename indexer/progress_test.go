package indexer

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestProgressLines(t *testing.T) {
	var out bytes.Buffer
	start := time.Now().Add(-2 * lineInterval)
	l := &lines{to: &out, started: start, last: start}
	l.Total(4e6)
	l.Settled(&Entry{Outcome: Accepted})
	l.Read(1e6)
	if got := out.String(); !strings.HasPrefix(got, "已处理 1 篇；已读 0.0 MB，共 4.0 MB") || strings.Count(got, "\n") != 1 {
		t.Errorf("wrote %q", got)
	}
	out.Reset()
	l.last = start
	l.Settled(&Entry{Outcome: Refused})
	if got := out.String(); !strings.Contains(got, "拒收 1；已读 1.0 MB") || !strings.Contains(got, "约剩 3") {
		t.Errorf("wrote %q", got)
	}
}

// counted is a Progress that only adds up.
type counted struct {
	lines
	done bool
}

func (c *counted) Done(*Summary) { c.done = true }

func TestProgressOfRun(t *testing.T) {
	content := jsonlOf(0, 700)
	folder := writeFiles(t, map[string]string{"a.jsonl": content, "b.txt": reportText, "c.dwg": "AC"})
	c := &counted{lines: lines{to: os.Stderr, last: time.Now()}}
	runOver(t, newIndexer(t, Options{}), &fakeWriter{}, folder, RunOptions{Progress: c})
	if want := int64(len(content) + len(reportText)); !c.done || c.read != want || c.total != want || c.settled != 701 {
		t.Errorf("done %v, read %d, total %d, want %d; settled %d", c.done, c.read, c.total, want, c.settled)
	}
}

// TestBar: the bar neither hangs nor fails where the run is over before the total is known, or the other way round.
func TestBar(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for _, total := range []int64{0, 50, 100, 200} {
		b := newBar(file)
		b.Read(50)
		b.Total(total)
		b.Settled(&Entry{Outcome: Refused})
		b.Read(50)
		b.Done(&Summary{})
	}
}
