package watch

import (
	"path/filepath"

	"gongwen/indexer"
)

// compareCorrections has the files read again for which corrections have changed. Only the documents whose corrections are
// others are then written.
func (l *look) compareCorrections() {
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
	for path, stamp := range l.due {
		_, there := l.walk.Corrections[path]
		if !there && l.manifest.corrections[path] == nil {
			continue
		}
		delete(l.due, path)
		delete(l.pending, path)
		for _, file := range l.manifest.files {
			if _, due := l.due[file.Path]; !due && l.corrects(path, file.Path) {
				l.manifest.stale(file)
				l.unsettled = true
			}
		}
		if stamp == (indexer.Stamp{}) {
			l.manifest.forget(path)
		} else {
			l.manifest.keep(&record{Path: path, Stamp: stamp, Corrections: true})
		}
	}
}

// corrects reports whether a file of corrections is for a file: it lies in its folder or above, or was named for all.
func (l *look) corrects(corrections, file string) bool {
	return under(file, filepath.Dir(corrections)) || l.ix.IsNamed(corrections)
}

// keepFaults keeps what could not be used of the corrections that were read with the files of a recorder.
func (l *look) keepFaults(recorder *recorder) {
	for path, corrections := range l.manifest.corrections {
		for file := range recorder.files {
			if l.corrects(path, file) {
				faults := recorder.ignored[path]
				corrections.Refused, corrections.Faults = len(faults), faults[:min(len(faults), maxFaults)]
				l.manifest.dirty = true
				break
			}
		}
	}
}
