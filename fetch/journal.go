package fetch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2"
)

const (
	stateFolder = ".fetch" // hidden, so that nobody indexes it
	journalName = "journal.jsonl"
	lockName    = "lock"
	// resumeWithin is how old a run may be that is gone on with; an older one is begun anew, by what has changed since.
	resumeWithin = 24 * time.Hour
	maxLine      = 1 << 20
)

// ErrInUse is the error of a folder that another process fetches into.
var ErrInUse = errors.New("another process fetches into this folder")

// record is what is known of an address: the last line of the journal that names it.
type record struct {
	URL      string    `json:"url"`
	Key      string    `json:"key"`            // of the run that saw it last
	Checked  time.Time `json:"checked"`        // when the site was asked last
	File     string    `json:"file,omitempty"` // in the folder, parted by "/"; "" where nothing is stored
	Type     string    `json:"type,omitempty"` // as the site declared it
	Size     int64     `json:"size,omitempty"`
	Hash     string    `json:"hash,omitempty"`
	ETag     string    `json:"etag,omitempty"`
	Modified string    `json:"modified,omitempty"`
	Redirect string    `json:"redirect,omitempty"` // where the address led to
	Gone     int       `json:"gone,omitempty"`     // 404 or 410 since it was stored
	From     string    `json:"from,omitempty"`     // the page on which the address stood
}

// mark is a line about a run.
type mark struct {
	Key   string    `json:"run"`
	State string    `json:"state"` // begin or end
	At    time.Time `json:"at"`
}

// journal is the state of a folder: lines of JSON, each written and synced after the file that it names is in its place.
// A line that was torn by a crash does not parse and is passed over; its address is then fetched again. A record counts
// only as long as its file lies there with the right size, so that a lost file heals itself.
type journal struct {
	folder string
	lock   *flock.Flock // nil for one that is only read

	mutex   sync.Mutex
	file    *os.File
	records map[string]*record
	begun   map[string]time.Time // runs that have not ended
	lines   int
}

// openJournal opens the state of a folder and locks it; readOnly makes nothing and locks nothing.
func openJournal(folder string, readOnly bool) (*journal, error) {
	j := &journal{folder: folder, records: map[string]*record{}, begun: map[string]time.Time{}}
	state := filepath.Join(folder, stateFolder)
	if !readOnly {
		if err := os.MkdirAll(state, 0o750); err != nil {
			return nil, fmt.Errorf("make folder: %w", err)
		}
		j.lock = flock.New(filepath.Join(state, lockName))
		locked, err := j.lock.TryLock()
		if err == nil && !locked {
			err = ErrInUse
		}
		if err != nil {
			return nil, fmt.Errorf("lock folder: %w", err)
		}
	}
	path := filepath.Join(state, journalName)
	torn, err := j.load(path)
	if err == nil && !readOnly {
		err = j.open(path, torn)
	}
	if err != nil {
		return nil, errors.Join(err, j.Close())
	}
	return j, nil
}

// open makes the journal ready for new lines, without lines that later ones replace where those are most of it.
func (j *journal) open(path string, torn bool) (err error) {
	if torn || j.lines > 2*len(j.records)+1000 {
		if err := j.compact(path); err != nil {
			return fmt.Errorf("rewrite journal: %w", err)
		}
	}
	if j.file, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
		return fmt.Errorf("open journal: %w", err)
	}
	return nil
}

// load reads the journal; torn says that its last line has no end.
func (j *journal) load(path string) (torn bool, err error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read journal: %w", err)
	}
	defer func() { _ = file.Close() }() // only read from
	reader := bufio.NewReaderSize(file, maxLine)
	for {
		line, err := reader.ReadSlice('\n')
		switch {
		case err == nil:
			j.take(line)
		case errors.Is(err, bufio.ErrBufferFull): // no line of ours
		case errors.Is(err, io.EOF):
			return len(line) > 0, nil
		default:
			return false, fmt.Errorf("read journal: %w", err)
		}
	}
}

// take applies a line; one that does not parse says nothing.
func (j *journal) take(line []byte) {
	j.lines++
	if bytes.HasPrefix(line, []byte(`{"run"`)) {
		var m mark
		if json.Unmarshal(line, &m) != nil {
			return
		}
		if m.State == "begin" {
			j.begun[m.Key] = m.At
		} else {
			delete(j.begun, m.Key)
		}
		return
	}
	var r record
	if json.Unmarshal(line, &r) == nil && r.URL != "" && (r.File == "" || filepath.IsLocal(filepath.FromSlash(r.File))) {
		j.records[r.URL] = &r
	}
}

func (j *journal) compact(path string) error {
	var b bytes.Buffer
	encode := func(v any) error {
		line, err := json.Marshal(v)
		b.Write(append(line, '\n'))
		return err
	}
	for _, key := range slices.Sorted(keysOf(j.begun)) {
		if err := encode(mark{key, "begin", j.begun[key]}); err != nil {
			return err
		}
	}
	for _, address := range slices.Sorted(keysOf(j.records)) {
		if err := encode(j.records[address]); err != nil {
			return err
		}
	}
	return renameio.WriteFile(path, b.Bytes(), 0o600)
}

func keysOf[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// get is what is known of an address; its file, if it has one, is there.
func (j *journal) get(address string) (record, bool) {
	j.mutex.Lock()
	known := j.records[address]
	j.mutex.Unlock()
	if known == nil {
		return record{}, false
	}
	r := *known
	if r.File != "" {
		info, err := os.Stat(j.path(r.File))
		if err != nil || !info.Mode().IsRegular() || info.Size() != r.Size {
			r.ETag, r.Modified, r.Hash, r.Checked = "", "", "", time.Time{} // its place stays its own
		}
	}
	return r, true
}

func (j *journal) path(file string) string { return filepath.Join(j.folder, filepath.FromSlash(file)) }

// put makes a record durable.
func (j *journal) put(r record) error {
	if err := j.write(r); err != nil {
		return err
	}
	j.mutex.Lock()
	j.records[r.URL] = &r
	j.mutex.Unlock()
	return nil
}

func (j *journal) write(v any) error {
	line, err := json.Marshal(v)
	if err == nil {
		_, err = j.file.Write(append(line, '\n')) // one write: a crash tears at most the last line
	}
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// begin starts a run, or goes on with one that did not end; since is when that began.
func (j *journal) begin(key string, now time.Time) (since time.Time, resumed bool, err error) {
	if at, ok := j.begun[key]; ok && now.Sub(at) < resumeWithin && !at.After(now) {
		return at, true, nil
	}
	j.begun[key] = now
	return now, false, j.write(mark{key, "begin", now})
}

func (j *journal) end(key string, now time.Time) error {
	delete(j.begun, key)
	return j.write(mark{key, "end", now})
}

// of lists the addresses that runs of this key stored, in order.
func (j *journal) of(key string) []record {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	var all []record
	for _, r := range j.records {
		if r.Key == key && r.File != "" {
			all = append(all, *r)
		}
	}
	slices.SortFunc(all, func(a, b record) int { return strings.Compare(a.URL, b.URL) })
	return all
}

// Close gives the folder back.
func (j *journal) Close() error {
	var err error
	if j.file != nil {
		err = j.file.Close()
	}
	if j.lock != nil {
		err = errors.Join(err, j.lock.Close())
	}
	return err
}
