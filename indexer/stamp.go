package indexer

import (
	"context"
	"io/fs"
	"path/filepath"
)

// Stamp is what tells a file that has changed without reading it.
type Stamp struct {
	Size     int64 `json:"size"`
	Modified int64 `json:"modified"` // in nanoseconds since 1970
}

func stampOf(info fs.FileInfo) Stamp { return Stamp{info.Size(), info.ModTime().UnixNano()} }

// Folder is a folder that a walk went through.
type Folder struct {
	Real   string // its path without links
	Device uint64 // the disk, share or volume that holds it; 0 where the system does not say
}

// Walk is what lies in folders at one time.
type Walk struct {
	Files   map[string]Stamp  // what a run would read, by path
	Folders map[string]Folder // by path, those below links too
	// Corrections are the files of corrections for them, by path, also those that lie elsewhere.
	Corrections map[string]Stamp
	Faults      []Entry  // refused: what cannot be gone through
	Absent      []string // of Faults: folders and everything in them
}

// Walk goes through files and folders as Run does, and reads none. The error is the context's.
func (ix *Indexer) Walk(ctx context.Context, paths []string, exclude string) (Walk, error) {
	walk := Walk{Files: map[string]Stamp{}, Folders: map[string]Folder{}, Corrections: ix.sidecarsAbove(paths)}
	w := ix.walker(exclude)
	w.through = func(p place, device uint64) { walk.Folders[p.path] = Folder{p.real, device} }
	for f := range w.walk(ctx, paths) {
		switch {
		case f.sidecar:
			walk.Corrections[f.path] = f.stamp
		case f.entry == nil:
			walk.Files[f.path] = f.stamp
		case f.entry.Outcome == Refused:
			walk.Faults = append(walk.Faults, *f.entry)
			if f.folder {
				walk.Absent = append(walk.Absent, f.path)
			}
		}
	}
	return walk, ctx.Err()
}

func (ix *Indexer) walker(exclude string) walker {
	if real, err := filepath.EvalSymlinks(exclude); err == nil { // a folder that is not there is not met
		exclude = real
	}
	if absolute, err := filepath.Abs(exclude); exclude != "" && err == nil {
		exclude = absolute
	}
	return walker{formats: ix.formats, isOurs: ix.isCorrections, exclude: exclude}
}
