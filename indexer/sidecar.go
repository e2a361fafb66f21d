package indexer

import (
	"os"
	"path/filepath"
	"slices"

	"gongwen/indexer/correction"
	"gongwen/search"
)

// IsNamed reports whether a file is one of Options.Corrections, by its absolute path.
func (ix *Indexer) IsNamed(path string) bool { return slices.Contains(ix.corrections, path) }

// Said is what a file of corrections says.
type Said struct {
	Keys   map[string]string // a digest of what is said, by the ID or path of which it is said
	Broken bool              // it cannot be read at all
	Faults []Entry           // what could not be used
}

// ReadCorrections reads a file of corrections for a collection; one that is not there says nothing.
func (ix *Indexer) ReadCorrections(path string, known map[string]search.Origin) Said {
	said := Said{Keys: map[string]string{}}
	c := ix.newCorrections()
	b := c.book(path)
	if b == nil {
		return said
	}
	for key, values := range b.byKey {
		said.Keys[key] = (&corrected{values: values}).digest()
	}
	said.Broken, said.Faults = b.broken, c.faults(known, nil)
	return said
}

// isCorrections reports whether a file is one of corrections, and no document.
func (ix *Indexer) isCorrections(path string) bool {
	return correction.IsName(filepath.Base(path)) || ix.IsNamed(path)
}

// sidecarsAbove are the files of corrections that count for what lies in folders and does not lie there itself: in the
// folders above, and those that Options name.
func (ix *Indexer) sidecarsAbove(paths []string) map[string]Stamp {
	stamps := map[string]Stamp{}
	add := func(path string) {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			stamps[path] = stampOf(info)
		}
	}
	for _, path := range paths {
		absolute, err := filepath.Abs(path)
		if err != nil {
			continue
		}
		for at := filepath.Dir(absolute); ; at = filepath.Dir(at) {
			for _, name := range correction.Names {
				add(filepath.Join(at, name))
			}
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	for _, path := range ix.corrections {
		add(path)
	}
	return stamps
}
