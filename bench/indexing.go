package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// indexing is what an indexing run took.
type indexing struct {
	took     time.Duration
	peak     memory
	closed   int64 // bytes under the data folder once the process had ended
	outcomes map[string]int
}

// index runs the indexing command on the files.
func (b *bench) index(ctx context.Context) (*indexing, error) {
	step("index %d files", len(b.files))
	report := filepath.Join(b.folder, "report.jsonl")
	start := time.Now()
	peak, err := b.program.run(ctx, append([]string{"index", "--data", b.data, "--report", report}, b.files...)...)
	if err != nil {
		return nil, err
	}
	i := &indexing{took: time.Since(start), peak: peak, outcomes: map[string]int{}}
	if i.closed, err = sizeOf(b.data); err != nil {
		return nil, err
	}
	err = eachEntry(report, func(e entry) error {
		i.outcomes[e.Outcome]++
		return nil
	})
	return i, err
}

// entry is a line of an indexing report, as far as it matters here.
type entry struct {
	ID, Title, Outcome string
}

// eachEntry calls visit for every whole line of a report; the last line of a process that was killed may not be whole.
func eachEntry(path string, visit func(entry) error) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read report: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for lines := bufio.NewReaderSize(f, 1<<20); ; {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read report: %w", err)
		}
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("read report: %w", err)
		}
		if err := visit(e); err != nil {
			return err
		}
	}
}

// settle lets a server finish what merging the index left, and prints what indexing took.
func (b *bench) settle(ctx context.Context, i *indexing, c *collection) error {
	step("wait until merging calms")
	s, err := serve(ctx, b.program, b.data)
	if err != nil {
		return err
	}
	calm, err := awaitCalm(ctx, b.data)
	if err := errors.Join(err, s.stop()); err != nil {
		return err
	}
	settled, err := sizeOf(b.data)
	if err != nil {
		return err
	}
	if _, err := b.program.run(ctx, "check", "--data", b.data); err != nil {
		return err
	}

	t := newTable("index", "")
	t.row("documents", len(c.documents))
	t.row("sections", c.sections)
	t.row("text, MB", megabytes(c.bytes))
	perByte := func(size int64) string { return decimal(2, float64(size)/float64(max(c.bytes, 1))) }
	if i != nil {
		t.row("accepted, refused, skipped", fmt.Sprintf("%d, %d, %d", i.outcomes["accepted"], i.outcomes["refused"], i.outcomes["skipped"]))
		t.row("seconds", decimal(1, i.took.Seconds()))
		t.row("MB of text a second", decimal(1, float64(c.bytes)/1e6/i.took.Seconds()))
		t.row("peak memory, MB (anonymous, file)", fmt.Sprintf("%s (%s, %s)", megabytes(i.peak.peak), megabytes(i.peak.anonymous), megabytes(i.peak.file)))
		t.row("bytes on disk per byte of text, when the process ended", perByte(i.closed))
	}
	name := "bytes on disk per byte of text, settled"
	if !calm {
		name = "bytes on disk per byte of text, while merging went on"
	}
	t.row(name, perByte(settled))
	t.end()
	return nil
}
