package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// program is the path of the built binary.
type program string

// build makes the program as users get it.
func build(ctx context.Context, folder string) (program, error) {
	name := "gongwen"
	if filepath.Separator == '\\' {
		name += ".exe"
	}
	path := filepath.Join(folder, name)
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", path, "gongwen/cmd/gongwen")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build program: %w", err)
	}
	return program(path), nil
}

// grace is how long a process may take to end once it is asked to.
const grace = 30 * time.Second

// command prepares a child process, which is asked to end when the context does. The environment's settings of the program
// are left out.
func (p program) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, string(p), args...)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "GONGWEN_") {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(cmd.Env, "GONGWEN_LANG=en")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	return cmd
}

// run carries out a command to its end and returns what it took in memory at most.
func (p program) run(ctx context.Context, args ...string) (memory, error) {
	cmd := p.command(ctx, args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return memory{}, fmt.Errorf("start gongwen %s: %w", args[0], err)
	}
	watched := watch(cmd.Process.Pid)
	err := cmd.Wait()
	peak := watched()
	if err != nil {
		return peak, fmt.Errorf("run gongwen %s: %w: %s", args[0], errors.Join(ctx.Err(), err), tail(said.String()))
	}
	return peak, nil
}

// watchEvery is how often the memory of a process is looked at. Its peak never falls, so that only what it takes in its last
// moment can be missed.
const watchEvery = 20 * time.Millisecond

// watch follows the memory of a process; the function that it returns ends that and returns the largest figures. The usage
// that the system hands out for a child that ended is of no use: it begins with the memory of its parent.
func watch(pid int) func() memory {
	var most memory
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(watchEvery)
		defer ticker.Stop()
		for {
			now := memoryOf(pid)
			most.peak, most.resident = max(most.peak, now.peak), max(most.resident, now.resident)
			most.anonymous, most.file = max(most.anonymous, now.anonymous), max(most.file, now.file)
			select {
			case <-end:
				return
			case <-ticker.C:
			}
		}
	}()
	return func() memory {
		close(end)
		<-ended
		return most
	}
}

// tail is the end of what a process said.
func tail(said string) string {
	const most = 2000
	said = strings.TrimSpace(said)
	if len(said) > most {
		said = "… " + strings.ToValidUTF8(said[len(said)-most:], "")
	}
	return said
}
