package watch

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"gongwen/indexer"
)

// manifest is what was read of every file, so that a file that is as it was need not be opened. What it says may be lost:
// then files are read once more, and the collection knows by their content that they have not changed.
type manifest struct {
	files       map[string]*record
	corrections map[string]*record // files of corrections
	dirty       bool
	saved       time.Time
}

// record is a file as it was when it was read.
type record struct {
	Path  string        `json:"path"`
	Stamp indexer.Stamp `json:"stamp"`
	// Device is that of the folder in which the file lay, 0 where it is not known.
	Device    uint64  `json:"device,omitempty"`
	Documents int     `json:"documents,omitempty"` // that the collection holds since
	Sum       uint64  `json:"sum,omitempty"`       // of what they are, see sumOf
	Refused   int     `json:"refused,omitempty"`
	Faults    []fault `json:"faults,omitempty"` // the first of what was refused
	// Waits says that an ID was taken by a document of another file: it may be free when that goes.
	Waits bool `json:"waits,omitempty"`
	// Corrections says that it holds corrections and no documents.
	Corrections bool `json:"corrections,omitempty"`
	// Keys are what it says, see indexer.Said.
	Keys map[string]string `json:"keys,omitempty"`
	// Broken says that it cannot be read; Keys are what it said last.
	Broken bool `json:"broken,omitempty"`
}

// fault is what is wrong with a file or a part of one.
type fault struct {
	Place  string `json:"place"`
	Reason string `json:"reason"`
}

// maxFaults is how many faults of a file are kept.
const maxFaults = 5

// header is the first line of the file.
type header struct {
	Version string `json:"gongwen_watch"`
}

// manifestVersion changes with what is understood of files, which are then read again.
func manifestVersion() string { return "1 " + indexer.Version() }

func newManifest() *manifest {
	return &manifest{files: map[string]*record{}, corrections: map[string]*record{}}
}

func (m *manifest) keep(file *record) {
	if file.Corrections {
		m.corrections[file.Path] = file
	} else {
		m.files[file.Path] = file
	}
	m.dirty = true
}

// stale has a file read again.
func (m *manifest) stale(file *record) {
	file.Stamp = indexer.Stamp{}
	m.dirty = true
}

func (m *manifest) forget(path string) {
	delete(m.files, path)
	delete(m.corrections, path)
	m.dirty = true
}

var errOtherVersion = errors.New("written by another version")

// readManifest reads what writeManifest has written.
func readManifest(from io.Reader) (*manifest, error) {
	m := newManifest()
	lines := json.NewDecoder(bufio.NewReader(from))
	var head header
	if err := lines.Decode(&head); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	if head.Version != manifestVersion() {
		return nil, fmt.Errorf("read manifest: %w", errOtherVersion)
	}
	for {
		var r record
		err := lines.Decode(&r)
		if errors.Is(err, io.EOF) {
			m.dirty = false
			return m, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read manifest: %w", err)
		}
		m.keep(&r)
	}
}

// write writes a line a file.
func (m *manifest) write(to io.Writer) error {
	buffered := bufio.NewWriter(to)
	lines := json.NewEncoder(buffered)
	lines.SetEscapeHTML(false)
	err := lines.Encode(header{manifestVersion()})
	for _, records := range []map[string]*record{m.files, m.corrections} {
		for _, r := range records {
			if err == nil {
				err = lines.Encode(r)
			}
		}
	}
	return errors.Join(err, buffered.Flush())
}

// load reads the manifest of the last run; without one all files are read.
func (w *Watcher) load() *manifest {
	if w.options.Manifest == "" {
		return newManifest()
	}
	file, err := os.Open(w.options.Manifest)
	if err == nil {
		defer func() { _ = file.Close() }() // only read from
		var m *manifest
		if m, err = readManifest(file); err == nil {
			return m
		}
	}
	if !errors.Is(err, os.ErrNotExist) {
		w.log.Info("watched files are read once more", "reason", err)
	}
	return newManifest()
}

// save replaces the manifest's file.
func (w *Watcher) save() {
	if w.options.Manifest == "" || !w.manifest.dirty {
		return
	}
	part := w.options.Manifest + ".part"
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err == nil {
		err = errors.Join(w.manifest.write(file), file.Close())
	}
	if err == nil {
		err = os.Rename(part, w.options.Manifest)
	}
	w.manifest.saved = time.Now()
	if err != nil {
		w.log.Warn("cannot keep what was watched; it will be read once more after a restart", "error", err)
		return
	}
	w.manifest.dirty = false
}
