package watch

import (
	"errors"
	"log/slog"
	"syscall"

	"github.com/fsnotify/fsnotify"

	"gongwen/indexer"
)

// bell rings when the system says that something has happened in a folder.
type bell struct {
	rings   chan struct{}
	watcher *fsnotify.Watcher // nil where there is no notification
	folders map[string]bool   // that are listened to
	log     *slog.Logger
	deaf    string // why not all folders are listened to, or ""
	done    chan struct{}
}

func (w *Watcher) newBell() *bell {
	b := &bell{rings: make(chan struct{}, 1), folders: map[string]bool{}, log: w.log, done: make(chan struct{})}
	close := func() { close(b.done) }
	if w.options.Silent {
		close()
		return b
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		b.fail(err)
		close()
		return b
	}
	b.watcher = watcher
	go func() {
		defer close()
		b.listen()
	}()
	return b
}

// listen rings for events. What has happened does not matter: one looks.
func (b *bell) listen() {
	for {
		select {
		case event, open := <-b.watcher.Events:
			if !open {
				return
			}
			if event.Op == fsnotify.Chmod {
				continue
			}
		case _, open := <-b.watcher.Errors: // an overflow: something has happened
			if !open {
				return
			}
		}
		select {
		case b.rings <- struct{}{}:
		default: // it rings already
		}
	}
}

// attend listens to these folders and no others. It reports whether there are new ones, in which something may have
// happened before that.
func (b *bell) attend(folders map[string]indexer.Folder) (more bool) {
	if b.watcher == nil {
		return false
	}
	wanted := make(map[string]bool, len(folders))
	for _, folder := range folders {
		wanted[folder.Real] = true
	}
	// Where a folder was moved away the system goes on telling of it. One that was deleted is forgotten already.
	for folder := range b.folders {
		if !wanted[folder] {
			_ = b.watcher.Remove(folder)
			delete(b.folders, folder)
		}
	}
	listening := map[string]bool{}
	for _, folder := range b.watcher.WatchList() {
		listening[folder] = true
	}
	b.deaf = ""
	for folder := range wanted {
		if listening[folder] {
			continue
		}
		if err := b.watcher.Add(folder); err != nil {
			if !errors.Is(err, fsnotify.ErrNonExistentWatch) && !errors.Is(err, syscall.ENOENT) {
				b.fail(err)
			}
			continue
		}
		more = true
		b.folders[folder] = true
	}
	return more
}

// fail says for people why the system tells nothing.
func (b *bell) fail(err error) {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		b.deaf = "系统允许监视的文件夹数已用完，其余文件夹改为定时检查；要即时发现变化，请调大系统上限（Linux：sysctl fs.inotify.max_user_watches、max_user_instances）"
	default:
		b.deaf = "系统不能通知文件变化（" + err.Error() + "），改为定时检查"
	}
}

func (b *bell) close() {
	if b.watcher != nil {
		_ = b.watcher.Close() // nothing is lost with it
	}
	<-b.done
}
