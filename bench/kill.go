package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// killed is the file that the killed processes index.
func (o options) killed() string { return filepath.Join(o.corpora, "law-articles.jsonl.gz") }

// When a process is killed: one in earlyShare at a moment of its first seconds, while it opens what an earlier kill has left;
// the others at a moment after the first document of the run was accepted.
const (
	earlyShare  = 4
	earlyWithin = 1500 * time.Millisecond
	lateWithin  = 4 * time.Second
)

// victim is the folder in which processes are killed, until one comes to its end there.
type victim struct {
	folder   string
	accepted map[string]string // titles by the IDs of all that was reported
	newest   []string          // IDs in the order in which they were reported last
}

// measureKills kills indexing processes at random moments and looks each time for every document that they reported as
// accepted. The next process goes on in the same folder; when all is indexed, a new one begins.
func (b *bench) measureKills(ctx context.Context) error {
	random := rand.New(rand.NewPCG(b.seed, uint64(time.Now().UnixNano()))) // the moments are not to be the same each time
	t := newTable("kill", "after, s", "reported by this process", "reported in this folder", "there", "lost")
	reported, lost := 0, 0
	for kills, folders := 0, 1; kills < b.options.kill; folders++ {
		v := &victim{folder: filepath.Join(b.folder, "killed-"+strconv.Itoa(folders)), accepted: map[string]string{}}
		for kills < b.options.kill {
			step("kill %d, folder %d", kills+1, folders)
			took, ended, err := b.killOnce(ctx, v, random)
			if err != nil {
				return err
			}
			there, gone, err := b.look(ctx, v, random)
			if err != nil {
				return err
			}
			name := "not killed, came to its end"
			if !ended {
				kills++
				name = strconv.Itoa(kills)
			}
			t.row(name, decimal(2, took.Seconds()), len(v.newest), len(v.accepted), there, gone)
			lost += gone
			if ended {
				break
			}
		}
		reported += len(v.accepted)
		if err := remove(v.folder); err != nil {
			return err
		}
	}
	t.row("all", "", "", reported, "", lost)
	t.end()
	b.faults += lost
	return nil
}

// killOnce starts an indexing process, kills it and reads what it reported. ended says that it was faster.
func (b *bench) killOnce(ctx context.Context, v *victim, random *rand.Rand) (took time.Duration, ended bool, err error) {
	report := v.folder + ".report"
	if err := os.WriteFile(report, nil, 0o600); err != nil {
		return 0, false, fmt.Errorf("make report: %w", err)
	}
	var said log
	cmd := b.program.command(ctx, "index", "--data", v.folder, "--report", report, b.killed())
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, false, fmt.Errorf("start indexing: %w", err)
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	await := func(moment <-chan time.Time) {
		select {
		case err = <-gone:
			ended = true
		case <-moment:
		}
	}
	if random.IntN(earlyShare) == 0 {
		await(time.After(time.Duration(random.Int64N(int64(earlyWithin)))))
	} else if ended, err = awaitAccepted(report, gone); !ended && err == nil {
		await(time.After(time.Duration(random.Int64N(int64(lateWithin)))))
	}
	took = time.Since(start)
	if !ended {
		killing := cmd.Process.Kill()
		waiting := <-gone
		var exit *exec.ExitError // as it must be
		if waiting != nil && !errors.As(waiting, &exit) {
			killing = errors.Join(killing, waiting)
		}
		ended = waiting == nil
		err = errors.Join(err, killing)
	}
	if err = errors.Join(ctx.Err(), err); err != nil {
		return took, ended, fmt.Errorf("kill indexing: %w: %s", err, tail(said.String()))
	}
	v.newest = v.newest[:0]
	return took, ended, eachEntry(report, func(e entry) error {
		if e.Outcome == "accepted" {
			v.newest = append(v.newest, e.ID)
			v.accepted[e.ID] = e.Title
		}
		return nil
	})
}

// awaitAccepted waits until a report names a document that was accepted, or the process has ended.
func awaitAccepted(report string, gone <-chan error) (ended bool, err error) {
	f, err := os.Open(report)
	if err != nil {
		return false, fmt.Errorf("read report: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	word := []byte(`"outcome":"accepted"`)
	var rest []byte // what a word may begin in
	for {
		more, err := io.ReadAll(f)
		if err != nil {
			return false, fmt.Errorf("read report: %w", err)
		}
		rest = append(rest, more...)
		if bytes.Contains(rest, word) {
			return false, nil
		}
		rest = append([]byte(nil), rest[max(0, len(rest)-len(word)):]...)
		select {
		case err := <-gone:
			return true, err
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// How many documents are asked for over HTTP, of those reported last and of all.
const (
	lookNewest = 300
	lookAll    = 100
)

// look opens a folder after a kill and returns how many documents are there, and how many of those reported are not: none of
// the backup that is written while the server runs, none of those asked for. The index must be sound, too.
func (b *bench) look(ctx context.Context, v *victim, random *rand.Rand) (there, lost int, err error) {
	if _, err := os.Stat(v.folder); errors.Is(err, os.ErrNotExist) {
		return 0, len(v.accepted), nil // killed before it made the folder
	}
	s, err := serve(ctx, b.program, v.folder)
	if err != nil {
		return 0, 0, err
	}
	gone, there, err := v.lookServed(ctx, b, s, random)
	if err := errors.Join(err, s.stop()); err != nil {
		return 0, 0, err
	}
	if _, err := b.program.run(ctx, "check", "--data", v.folder); err != nil {
		return 0, 0, err
	}
	for id := range gone {
		step("fault: %s was reported and is lost", id)
	}
	return there, len(gone), nil
}

func (v *victim) lookServed(ctx context.Context, b *bench, s *server, random *rand.Rand) (gone map[string]bool, there int, err error) {
	gone = map[string]bool{}
	if len(v.accepted) == 0 {
		return gone, 0, nil
	}
	path := v.folder + ".backup"
	if _, err := b.program.run(ctx, "backup", "--data", v.folder, path); err != nil {
		return nil, 0, err
	}
	kept, err := readBackup(ctx, path)
	if err := errors.Join(err, remove(path)); err != nil {
		return nil, 0, err
	}
	titles := make(map[string]string, len(kept.documents))
	ids := make([]string, 0, len(kept.documents))
	for i := range kept.documents {
		if d := &kept.documents[i]; d.text != "" {
			titles[d.id] = d.title
			ids = append(ids, d.id)
		}
	}
	for id, title := range v.accepted {
		if kept, ok := titles[id]; !ok || kept != title {
			gone[id] = true
		}
	}
	asked := v.newest[max(0, len(v.newest)-lookNewest):]
	for range min(lookAll, len(ids)) {
		asked = append(asked[:len(asked):len(asked)], ids[random.IntN(len(ids))])
	}
	for _, id := range asked {
		if _, err := s.client.page(ctx, "/api/v1/documents/"+url.PathEscape(id)); err != nil {
			step("%v", err)
			gone[id] = true
		}
	}
	r, _, err := s.client.search(ctx, url.Values{"size": {"1"}})
	if err == nil && r.Total != len(kept.documents) {
		err = fmt.Errorf("look after a kill: %d documents in the backup, %d found", len(kept.documents), r.Total)
	}
	return gone, len(kept.documents), err
}
