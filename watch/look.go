package watch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongwen/indexer"
)

// look is one comparison of the folders with the manifest.
type look struct {
	*Watcher
	walk   indexer.Walk
	filled map[string]bool // folders with files in or below them
	now    time.Time
	took   time.Duration // to find out what is due

	due       map[string]indexer.Stamp // what has settled: to be read, or zero, to be deleted
	seen      map[string]bool          // what is pending still
	held      map[string]int           // files that are not deleted because a folder seems not to be mounted, by the folder
	unsettled bool                     // something is to be looked at again soon
	more      bool                     // not all that is due was done
	orphans   bool                     // documents wait to be deleted of which the manifest knows nothing
	faults    []fault                  // beside those of the manifest
	summary   indexer.Summary          // of what was done
}

// look goes through the folders once and brings the collection in step with what has settled. A thorough one also asks the
// collection what it holds.
func (w *Watcher) look(ctx context.Context, bell *bell, thorough bool) (*look, error) {
	l := &look{
		Watcher: w, filled: map[string]bool{}, now: time.Now(),
		due: map[string]indexer.Stamp{}, seen: map[string]bool{}, held: map[string]int{},
	}
	var err error
	if l.walk, err = w.ix.Walk(ctx, w.folders, w.options.Exclude); err != nil {
		return l, err
	}
	for _, entry := range l.walk.Faults {
		reason := entry.Reason
		if _, err := os.Stat(entry.Path); errors.Is(err, fs.ErrNotExist) && slices.Contains(w.folders, entry.Path) {
			reason = "找不到这个文件夹；它的文档都还在，文件夹出现后会继续跟踪"
		}
		l.faults = append(l.faults, fault{entry.Path, reason})
	}
	l.unsettled = bell.attend(l.walk.Folders)
	if bell.deaf != "" {
		l.faults = append(l.faults, fault{Reason: bell.deaf})
	}
	for path := range l.walk.Files {
		for at := filepath.Dir(path); !l.filled[at]; at = filepath.Dir(at) {
			l.filled[at] = true
		}
	}
	l.compareFiles()
	if err := l.compareCorrections(ctx); err != nil {
		return l, err
	}
	if thorough {
		if err := l.compareCollection(ctx); err != nil {
			return l, err
		}
	}
	for folder, files := range l.held {
		l.faults = append(l.faults, fault{folder, fmt.Sprintf(
			"文件夹空了，原有 %d 个文件；它们所在的磁盘或共享可能没有挂载，所以没有删除文档。确实要删除，请运行 gongwen index --prune %s", files, folder)})
	}
	l.took = time.Since(l.now)
	maps.DeleteFunc(w.pending, func(path string, _ sighting) bool { return !l.seen[path] })
	if len(l.due) > 0 {
		err = l.update(ctx)
	}
	return l, err
}

// settle makes a change due when it was seen twice, a while apart. A zero stamp is that of a file that is gone.
func (l *look) settle(path string, stamp indexer.Stamp) {
	l.seen[path] = true
	known, waiting := l.pending[path]
	switch {
	case !waiting || known.stamp != stamp:
		l.pending[path] = sighting{stamp, l.now}
		l.unsettled = true
	case l.now.Sub(known.since) < l.options.Settle:
		l.unsettled = true
	default:
		l.due[path] = stamp
	}
}

// compareFiles compares the folders with the manifest.
func (l *look) compareFiles() {
	for path, stamp := range l.walk.Files {
		if known := l.manifest.files[path]; known == nil || known.Stamp != stamp {
			l.settle(path, stamp)
		}
	}
	for path, file := range l.manifest.files {
		if _, there := l.walk.Files[path]; there {
			continue
		}
		if !l.watched(path) {
			l.manifest.forget(path) // what is not watched any more stays in the collection
			continue
		}
		l.gone(path, file.Device)
	}
}

// compareCollection finds what the collection lacks of the files, and what it holds of files that are gone and not in the
// manifest.
func (l *look) compareCollection(ctx context.Context) error {
	known, err := l.collection.Known(ctx)
	if err != nil {
		return fmt.Errorf("read collection: %w", err)
	}
	counts, sums := map[string]int{}, map[string]uint64{}
	isThere := func(at string) bool { _, there := l.walk.Files[at]; return there }
	isKnown := func(at string) bool { return l.manifest.files[at] != nil }
	for id, origin := range known {
		if file := fileOf(origin.Path, isThere); file != "" {
			counts[file]++
			sums[file] += sumOf(id, origin.Hash)
		} else if l.watched(origin.Path) && fileOf(origin.Path, isKnown) == "" {
			l.gone(origin.Path, 0)
			l.orphans = l.orphans || l.seen[origin.Path]
		}
	}
	for path, file := range l.manifest.files {
		// What is refused may have left older documents.
		lacks := counts[path] < file.Documents || file.Refused == 0 && sums[path] != file.Sum
		if stamp, there := l.walk.Files[path]; there && lacks {
			l.manifest.stale(file)
			l.settle(path, stamp)
		}
	}
	return nil
}

// gone settles that a file is gone, unless that only seems so: its folder cannot be read, or is empty and not the one on
// the device where the file was (0 where that is not known), as a mount point is whose share is not mounted.
func (l *look) gone(path string, device uint64) {
	if slices.ContainsFunc(l.walk.Absent, func(folder string) bool { return under(path, folder) }) {
		return
	}
	isFolder := func(at string) bool { _, there := l.walk.Folders[at]; return there }
	if at := fileOf(path, isFolder); at != "" && !l.filled[at] && l.walk.Folders[at].Device != device {
		l.held[at]++
		return
	}
	l.settle(path, indexer.Stamp{})
}

// update reads what is due, deletes what is gone, and keeps in the manifest what came of it.
func (l *look) update(ctx context.Context) error {
	l.tellProgress()
	recorder := &recorder{files: map[string]*record{}}
	files, gone := l.portion()
	for _, path := range files {
		recorder.files[path] = &record{Path: path, Stamp: l.due[path], Device: l.walk.Folders[filepath.Dir(path)].Device}
	}
	var err error
	options := indexer.RunOptions{Progress: recorder}
	if l.summary, err = l.ix.Update(ctx, l.collection, files, gone, options); err != nil {
		return fmt.Errorf("update collection: %w", err)
	}
	if status, err := l.collection.Status(ctx); err == nil {
		l.updated = status.Updated
	}
	for _, path := range gone {
		delete(l.pending, path)
		l.manifest.forget(path)
	}
	for path, file := range recorder.files {
		delete(l.pending, path)
		if !file.vanished() { // the next look finds it gone
			l.manifest.keep(file)
		}
	}
	if l.summary.Deleted > 0 {
		for path, file := range l.manifest.files {
			if file.Waits && recorder.files[path] == nil {
				l.manifest.stale(file)
				l.unsettled = true
			}
		}
	}
	return l.checkCorrections(ctx)
}

const (
	// maxFiles and maxBytes are how much is read before the next look, so that what changes while a year of reports is read
	// does not wait for all of it.
	maxFiles = 500
	maxBytes = 64 << 20
)

// portion is what is done of what is due: what is gone, and the newest files.
func (l *look) portion() (files, gone []string) {
	paths := slices.SortedFunc(maps.Keys(l.due), func(a, b string) int {
		return cmp.Or(cmp.Compare(l.due[b].Modified, l.due[a].Modified), strings.Compare(a, b))
	})
	bytes := int64(0)
	for _, path := range paths {
		stamp := l.due[path]
		switch {
		case stamp == indexer.Stamp{}:
			gone = append(gone, path)
		case len(files) > 0 && (len(files) == maxFiles || bytes+stamp.Size > maxBytes):
			l.more = true
		default:
			files, bytes = append(files, path), bytes+stamp.Size
		}
	}
	return files, gone
}

// watched reports whether a path lies in a folder that is watched.
func (w *Watcher) watched(path string) bool {
	return slices.ContainsFunc(w.folders, func(folder string) bool { return under(path, folder) })
}

// under reports whether path is folder or lies below it.
func under(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator))
}

// fileOf is the path, or the nearest above it, of which this is so: a document may lie in an archive. Else it is "".
func fileOf(path string, is func(at string) bool) string {
	for at := path; ; at = filepath.Dir(at) {
		if is(at) {
			return at
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}
