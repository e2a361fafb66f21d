package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"
)

// server is a running "gongwen serve".
type server struct {
	cmd    *exec.Cmd
	base   string // its address
	client *client
	ready  time.Duration // from the start of the process to the first answer of /readyz
	said   *log
}

var address = regexp.MustCompile(`http://\S+`)

// startWithin is how long a server may take to be ready.
const startWithin = time.Minute

// serve starts the server on a free port and waits until it is ready.
func serve(ctx context.Context, p program, data string) (*server, error) {
	s := &server{cmd: p.command(ctx, "serve", "--data", data, "--addr", "127.0.0.1:0"), said: &log{}}
	s.cmd.Stderr = s.said
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start server: %w", err)
	}
	start := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start server: %w", err)
	}
	fail := func(err error) (*server, error) {
		return nil, fmt.Errorf("start server: %w: %s", errors.Join(err, s.stop()), tail(s.said.String()))
	}
	late := time.AfterFunc(startWithin, func() { _ = s.cmd.Process.Kill() })
	defer late.Stop()
	lines := bufio.NewReader(out)
	for s.base == "" {
		line, err := lines.ReadString('\n')
		s.base = strings.TrimRight(address.FindString(line), "/")
		if err != nil && s.base == "" {
			return fail(fmt.Errorf("read address: %w", err))
		}
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }() // ends with the process
	s.client = newClient(s.base)
	for {
		body, status, err := s.client.get(ctx, "/readyz")
		if err == nil && status == http.StatusOK {
			s.ready = time.Since(start)
			return s, nil
		}
		if time.Since(start) > startWithin || ctx.Err() != nil {
			return fail(errors.Join(fmt.Errorf("wait for readiness: status %d: %s", status, body), err, ctx.Err()))
		}
		time.Sleep(time.Millisecond)
	}
}

// stop asks the server to end and waits for it.
func (s *server) stop() error {
	if s.client != nil {
		s.client.close()
	}
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop server: %w", err)
	}
	slow := time.AfterFunc(grace, func() { _ = s.cmd.Process.Kill() })
	defer slow.Stop()
	if err := s.cmd.Wait(); err != nil {
		return fmt.Errorf("stop server: %w: %s", err, tail(s.said.String()))
	}
	return nil
}

// memory is what the server takes by now.
func (s *server) memory() memory { return memoryOf(s.cmd.Process.Pid) }

// log keeps what a process says while it runs.
type log struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write implements io.Writer.
func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// starts is how often each kind of start is measured.
const starts = 5

// measureStarts starts the server some times, with its files in memory and without.
func (b *bench) measureStarts(ctx context.Context) error {
	t := newTable(fmt.Sprintf("start of the server, ms, median (most) of %d", starts), "ready", "first answer")
	for _, cold := range []bool{false, true} {
		name := "files in the page cache"
		if cold {
			name = "data and program dropped from the page cache"
			if !canEvict {
				continue
			}
		}
		step("start the server, %s", name)
		var ready, first []time.Duration
		for range starts {
			if cold {
				if err := evictAll(b.data, b.program); err != nil {
					return err
				}
			}
			start := time.Now()
			s, err := serve(ctx, b.program, b.data)
			if err != nil {
				return err
			}
			_, _, err = s.client.search(ctx, ask(quote("规定")))
			ready, first = append(ready, s.ready), append(first, time.Since(start))
			if err := errors.Join(err, s.stop()); err != nil {
				return err
			}
		}
		cell := func(took []time.Duration) string {
			p := summarize(took)
			return fmt.Sprintf("%.0f (%.0f)", milliseconds(p.p50), milliseconds(p.max))
		}
		t.row(name, cell(ready), cell(first))
	}
	t.end()
	return nil
}
