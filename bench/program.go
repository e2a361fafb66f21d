package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// program is the path of the built binary.
type program string

// build makes the program as users get it.
func build(ctx context.Context, dir string) (program, error) {
	p := filepath.Join(dir, "gongwen")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", p, "./cmd/gongwen")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build program: %w", err)
	}
	return program(p), nil
}

func (p program) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, string(p), args...)
	cmd.Env = append(os.Environ(), "GONGWEN_LANG=en")
	return cmd
}

// measureIndexing indexes the files and prints what it took.
func measureIndexing(ctx context.Context, p program, o options, texts *texts) error {
	cmd := p.command(ctx, append([]string{"index", "--data", o.data}, o.files...)...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	took := time.Since(start)
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return errors.New("read usage: none")
	}
	// Opening once more lets merging settle what closing left.
	if out, err := p.command(ctx, "check", "--data", o.data).CombinedOutput(); err != nil {
		return fmt.Errorf("check index: %w: %s", err, out)
	}
	size, err := sizeOf(o.data)
	if err != nil {
		return err
	}
	fmt.Println("| indexing | |\n|---|---|")
	fmt.Printf("| seconds | %.1f |\n| MB of text a second | %.1f |\n| peak memory, MB | %d |\n| bytes on disk per byte of text | %.2f |\n\n",
		took.Seconds(), float64(texts.bytes)/1e6/took.Seconds(), usage.Maxrss>>10, float64(size)/float64(texts.bytes))
	return nil
}

func sizeOf(dir string) (int64, error) {
	var size int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("measure folder: %w", err)
	}
	return size, nil
}

// server is a running gongwen serve.
type server struct {
	cmd    *exec.Cmd
	base   string
	client *http.Client
	ready  time.Duration
}

// serve starts the server on a free port of loopback and waits until it is ready.
func serve(ctx context.Context, p program, data string) (*server, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("find a port: %w", err)
	}
	addr := listener.Addr().String()
	if err := listener.Close(); err != nil {
		return nil, fmt.Errorf("find a port: %w", err)
	}
	s := &server{base: "http://" + addr, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	s.cmd = p.command(ctx, "serve", "--data", data, "--addr", addr)
	start := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	for time.Since(start) < time.Minute {
		if answer, err := s.client.Get(s.base + "/readyz"); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				s.ready = time.Since(start)
				return s, nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.stop()
	return nil, errors.New("serve: not ready in a minute")
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	_ = s.cmd.Wait() // however it ended
}

// printMemory prints what the server takes by now.
func (s *server) printMemory() error {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return fmt.Errorf("read memory: %w", err)
	}
	defer func() { _ = f.Close() }()
	fmt.Printf("| serving | |\n|---|---|\n| start to ready, ms | %d |\n", s.ready.Milliseconds())
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		if name == "VmRSS" || name == "RssAnon" || name == "RssFile" {
			fmt.Printf("| %s after the queries | %s |\n", name, strings.TrimSpace(value))
		}
	}
	fmt.Println()
	return nil
}
