// Package owner opens the collection in a data folder: as its owner, or through the process that owns it. One process owns
// a folder; it listens on a socket there, so that every command works whichever came first.
package owner

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"gongwen/search"
	"gongwen/search/embedded"
)

// InUseError says that another process owns the folder and does not answer.
type InUseError struct {
	Dir string
	PID int // 0 where it left no number
}

func (e *InUseError) Error() string {
	return fmt.Sprintf("open data folder %s: owned by process %d, which does not answer", e.Dir, e.PID)
}

const pidName = "owner.pid"

// open returns the engine in the folder, or one that works through the process that owns it.
func open(ctx context.Context, dir string, words search.Segmenter) (search.Engine, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	const tries = 3 // an owner may be just going, or not listening yet
	for range tries {
		if c, err := dial(ctx, socketOf(dir)); err == nil {
			return c, nil
		}
		engine, err := openCurrent(dir, words)
		if err == nil {
			return own(dir, engine, words)
		}
		if !errors.Is(err, embedded.ErrInUse) {
			return nil, err
		}
	}
	pid, _ := os.ReadFile(filepath.Join(dir, pidName))
	n, _ := strconv.Atoi(strings.TrimSpace(string(pid)))
	return nil, &InUseError{Dir: dir, PID: n}
}

// owned is the engine of this process with the socket by which others use it.
type owned struct {
	dir    string
	words  search.Segmenter
	web    *http.Server
	done   chan struct{}
	socket string

	mu      sync.RWMutex // held for reading while the engine is used, so that a swap closes one that nobody uses
	current *embedded.Engine
}

// own makes this process the one that others find.
func own(dir string, engine *embedded.Engine, words search.Segmenter) (search.Engine, error) {
	o := &owned{dir: dir, words: words, done: make(chan struct{}), socket: socketOf(dir), current: engine}
	if err := remove(o.socket); err != nil { // of an owner that was killed
		return nil, errors.Join(fmt.Errorf("listen for other commands: %w", err), engine.Close())
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "unix", o.socket)
	if err == nil {
		err = os.Chmod(o.socket, 0o600)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, pidName), []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen for other commands: %w", err), engine.Close())
	}
	o.web = &http.Server{Handler: handler(o), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(o.done)
		_ = o.web.Serve(listener) // ends with Close
	}()
	return o, nil
}

// closeTimeout is how long the owner waits for what others are doing through it.
const closeTimeout = 10 * time.Second

// Close ends what others do through this process and gives the folder back.
func (o *owned) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	err := o.web.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = o.web.Close()
	}
	<-o.done
	o.mu.Lock()
	defer o.mu.Unlock()
	return errors.Join(err, o.current.Close(), remove(o.socket), remove(filepath.Join(o.dir, pidName)))
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
