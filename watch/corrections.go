package watch

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"gongwen/indexer"
	"gongwen/search"
)

// compareCorrections has the files read again of which changed corrections speak. Only the documents whose corrections are
// others are then written.
func (l *look) compareCorrections(ctx context.Context) error {
	for path, stamp := range l.walk.Corrections {
		if known := l.manifest.corrections[path]; known == nil || known.Stamp != stamp {
			l.settle(path, stamp)
		}
	}
	for path := range l.manifest.corrections {
		if _, there := l.walk.Corrections[path]; !there {
			l.settle(path, indexer.Stamp{})
		}
	}
	var known map[string]search.Origin
	for path, stamp := range l.due {
		_, there := l.walk.Corrections[path]
		before := l.manifest.corrections[path]
		if !there && before == nil {
			continue
		}
		if known == nil {
			var err error
			if known, err = l.collection.Known(ctx); err != nil {
				return fmt.Errorf("read collection: %w", err)
			}
		}
		delete(l.due, path)
		delete(l.pending, path)
		if before == nil {
			before = &record{}
		}
		said := l.ix.ReadCorrections(path, known)
		if said.Broken {
			said.Keys = before.Keys // documents stay as they were corrected last
		}
		if before.Broken { // but files that have changed meanwhile were not corrected
			l.touch(path, slices.Collect(maps.Keys(said.Keys)), known)
		}
		l.touch(path, changed(before.Keys, said.Keys), known)
		if !there {
			l.manifest.forget(path)
			continue
		}
		next := &record{Path: path, Stamp: stamp, Corrections: true, Keys: said.Keys, Broken: said.Broken}
		next.take(said.Faults)
		l.manifest.keep(next)
	}
	return nil
}

// changed are the keys of which something else is said.
func changed(before, now map[string]string) []string {
	var keys []string
	for key, digest := range now {
		if before[key] != digest {
			keys = append(keys, key)
		}
	}
	for key := range before {
		if _, still := now[key]; !still {
			keys = append(keys, key)
		}
	}
	return keys
}

// touch has the files read again that keys of a file of corrections mean: by path, that of a folder above, or the ID of a
// document in them.
func (l *look) touch(corrections string, keys []string, known map[string]search.Origin) {
	meant := map[string]bool{}
	isFile := func(at string) bool { return l.manifest.files[at] != nil }
	for _, key := range keys {
		path := filepath.FromSlash(key)
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(corrections), path)
		}
		meant[path] = true
		for _, path := range []string{path, known[key].Path} {
			if file := fileOf(path, isFile); file != "" {
				meant[file] = true // an archive, or the file of an ID
			}
		}
	}
	if len(meant) == 0 {
		return
	}
	everywhere := l.ix.IsNamed(corrections)
	for path, file := range l.manifest.files {
		if _, due := l.due[path]; due || !everywhere && !under(path, filepath.Dir(corrections)) {
			continue
		}
		if fileOf(path, func(at string) bool { return meant[at] }) != "" {
			l.manifest.stale(file)
			if stamp, there := l.walk.Files[path]; there {
				l.due[path] = stamp
			}
		}
	}
}

// checkCorrections looks again at faults of corrections: what they name may have come.
func (l *look) checkCorrections(ctx context.Context) error {
	var known map[string]search.Origin
	for path, file := range l.manifest.corrections {
		if file.Refused == 0 {
			continue
		}
		if known == nil {
			var err error
			if known, err = l.collection.Known(ctx); err != nil {
				return fmt.Errorf("read collection: %w", err)
			}
		}
		file.take(l.ix.ReadCorrections(path, known).Faults)
		l.manifest.dirty = true
	}
	return nil
}

// take keeps faults of corrections.
func (r *record) take(faults []indexer.Entry) {
	r.Refused, r.Faults = len(faults), nil
	for i := range faults[:min(len(faults), maxFaults)] {
		r.Faults = append(r.Faults, fault{faults[i].Place(), faults[i].Reason})
	}
}
