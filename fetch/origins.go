package fetch

import (
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Origins answers "From which address does this file come?" for files in any folder that was fetched into, at any depth,
// also while a run goes on there. The zero value is ready; it is safe for many goroutines at once.
type Origins struct {
	mutex   sync.Mutex
	folders map[string]*folderOrigins
}

type folderOrigins struct {
	changed time.Time
	size    int64
	byFile  map[string]string
}

// Of is the address of a file, or of the one that path lies in (a part of an archive), or "". path is absolute.
func (o *Origins) Of(path string) string {
	for folder := filepath.Dir(path); ; folder = filepath.Dir(folder) {
		journal := filepath.Join(folder, stateFolder, journalName)
		if info, err := os.Stat(journal); err == nil {
			files := o.folder(folder, info)
			for at := path; at != folder && len(at) > len(folder); at = filepath.Dir(at) {
				if below, err := filepath.Rel(folder, at); err == nil && files[filepath.ToSlash(below)] != "" {
					return files[filepath.ToSlash(below)]
				}
			}
			return ""
		}
		if folder == filepath.Dir(folder) {
			return ""
		}
	}
}

// folder is the addresses of a folder's files, read again where the journal has changed.
func (o *Origins) folder(folder string, info os.FileInfo) map[string]string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if known := o.folders[folder]; known != nil && known.changed.Equal(info.ModTime()) && known.size == info.Size() {
		return known.byFile
	}
	byFile := map[string]string{}
	if j, err := openJournal(folder, true); err == nil { // one that cannot be read names no address
		for _, r := range j.records {
			if r.File != "" {
				byFile[r.File] = r.URL
			}
		}
	}
	if o.folders == nil {
		o.folders = map[string]*folderOrigins{}
	}
	o.folders[folder] = &folderOrigins{info.ModTime(), info.Size(), byFile}
	return byFile
}
