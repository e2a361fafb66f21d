package memory

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"gongwen"
	"gongwen/search"
)

// ErrInUse says that another process owns the data folder.
var ErrInUse = errors.New("data folder in use")

const (
	logName  = "documents.jsonl"
	lockName = "lock"
)

// store keeps batches as JSON lines: one for every document or deletion, then one that commits them. Lines without their
// commit are no part of the collection, so that a batch is there whole or not at all.
type store struct {
	dir      string
	readOnly bool
	lock     *flock.Flock
	file     *os.File
	size     int64 // of what is committed and read
	lines    int   // documents and deletions among it
}

// line is one of the three kinds of line; exactly one field is set.
type line struct {
	Document *gongwen.Document `json:"document,omitempty"`
	Origin   *search.Origin    `json:"origin,omitempty"`
	Delete   string            `json:"delete,omitempty"`
	Commit   *time.Time        `json:"commit,omitempty"`
}

// timedBatch is a batch with the time of its commit.
type timedBatch struct {
	search.Batch
	Time time.Time
}

func openStore(dir string) (*store, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, lockName))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	if !ok {
		return nil, fmt.Errorf("lock data folder %s: %w", dir, ErrInUse)
	}
	file, err := os.OpenFile(filepath.Join(dir, logName), os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open documents: %w", err), lock.Unlock())
	}
	return &store{dir: dir, lock: lock, file: file}, nil
}

func readStore(dir string) *store { return &store{dir: dir, readOnly: true} }

func (s *store) close() error {
	var errs []error
	if s.file != nil {
		errs = append(errs, s.file.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Unlock())
	}
	return errors.Join(errs...)
}

// read returns the batches committed since the last call. fresh says that they make up the whole collection, because the
// file is another than before.
func (s *store) read() (batches []timedBatch, fresh bool, err error) {
	path := filepath.Join(s.dir, logName)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) && s.readOnly {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read documents: %w", err)
	}
	if s.file != nil {
		open, err := s.file.Stat()
		if err != nil {
			return nil, false, fmt.Errorf("read documents: %w", err)
		}
		if s.readOnly && (!os.SameFile(open, info) || info.Size() < s.size) {
			if err := s.file.Close(); err != nil {
				return nil, false, fmt.Errorf("close documents: %w", err)
			}
			s.file, s.size, s.lines, fresh = nil, 0, 0, true
		}
	}
	if s.file == nil {
		if s.file, err = os.Open(path); err != nil {
			return nil, false, fmt.Errorf("open documents: %w", err)
		}
	}
	if info.Size() == s.size {
		return nil, fresh, nil
	}
	batches, err = s.readCommitted()
	return batches, fresh, err
}

// readCommitted reads from where the last call ended, up to the last commit. The rest is the batch of a process that was
// killed, or is still writing.
func (s *store) readCommitted() ([]timedBatch, error) {
	if _, err := s.file.Seek(s.size, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	reader := bufio.NewReaderSize(s.file, 1<<20)
	var batches []timedBatch
	var open timedBatch
	at := s.size
	for {
		data, err := reader.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return batches, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read documents: %w", err)
		}
		var l line
		if err := json.Unmarshal(data, &l); err != nil {
			return nil, fmt.Errorf("read documents at byte %d of %s: %w", at, s.file.Name(), err)
		}
		at += int64(len(data))
		switch {
		case l.Commit != nil:
			open.Time = *l.Commit
			batches = append(batches, open)
			s.lines += len(open.Put) + len(open.Delete)
			open = timedBatch{}
			s.size = at
		case l.Document != nil:
			record := search.Record{Document: *l.Document}
			if l.Origin != nil {
				record.Origin = *l.Origin
			}
			open.Put = append(open.Put, record)
		case l.Delete != "":
			open.Delete = append(open.Delete, l.Delete)
		}
	}
}

// write appends a batch and waits until it is on the disk. What an earlier batch left without a commit is written over.
func (s *store) write(batch search.Batch, now time.Time) error {
	if s.readOnly {
		return fmt.Errorf("write documents: %w", errors.ErrUnsupported)
	}
	if err := s.file.Truncate(s.size); err != nil {
		return fmt.Errorf("write documents: %w", err)
	}
	if _, err := s.file.Seek(s.size, io.SeekStart); err != nil {
		return fmt.Errorf("write documents: %w", err)
	}
	n, err := encode(s.file, batch, now)
	if err != nil {
		return fmt.Errorf("write documents: %w", err)
	}
	if err := s.file.Sync(); err != nil {
		return fmt.Errorf("write documents: %w", err)
	}
	s.size += n
	s.lines += len(batch.Put) + len(batch.Delete)
	return nil
}

// compact writes the file anew with the documents alone; readers notice that it is another file.
func (s *store) compact(docs []*document, now time.Time) error {
	batch := search.Batch{}
	for _, d := range docs {
		batch.Put = append(batch.Put, d.Record)
	}
	path := filepath.Join(s.dir, logName)
	file, err := os.OpenFile(path+".new", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o640)
	if err != nil {
		return fmt.Errorf("compact documents: %w", err)
	}
	n, err := encode(file, batch, now)
	if err == nil {
		err = file.Sync()
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("compact documents: %w", errors.Join(err, file.Close()))
	}
	old := s.file
	s.file, s.size, s.lines = file, n, len(docs)
	if err := old.Close(); err != nil {
		return fmt.Errorf("compact documents: %w", err)
	}
	return nil
}

// encode writes a batch and its commit, and says how many bytes they are.
func encode(w io.Writer, batch search.Batch, now time.Time) (int64, error) {
	counted := &counter{w: w}
	buffered := bufio.NewWriterSize(counted, 1<<20)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for _, id := range batch.Delete {
		if err := encoder.Encode(line{Delete: id}); err != nil {
			return 0, err
		}
	}
	for i := range batch.Put {
		if err := encoder.Encode(line{Document: &batch.Put[i].Document, Origin: &batch.Put[i].Origin}); err != nil {
			return 0, err
		}
	}
	if err := encoder.Encode(line{Commit: &now}); err != nil {
		return 0, err
	}
	err := buffered.Flush()
	return counted.n, err
}

// counter counts the bytes that it passes on.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
