package indexer

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongwen/indexer/format"
)

// found is a file that a walk came by, or what it has to say about a path instead.
type found struct {
	path     string // absolute, or stdinPath
	stamp    Stamp
	explicit bool   // named by the caller, not found in a folder
	entry    *Entry // a refusal or a skip; there is nothing to read then
	sidecar  bool   // it holds corrections
	folder   bool   // the entry is about a folder and everything in it
}

// walker goes through files and folders. Files come in the order of the paths and, in a folder, of their names;
// symbolic links come after all else, so that a file is known by its own path wherever it has one.
type walker struct {
	formats *format.Set
	isOurs  func(path string) bool       // files of corrections
	exclude string                       // a folder that is passed over, where it really is; "" for none
	through func(p place, device uint64) // told of every folder that is gone through; nil for nobody
	roots   []place
	links   []place
}

// place is a path as it was reached and where it really is.
type place struct{ path, real string }

// under reports whether path is folder or lies below it.
func under(path, folder string) bool {
	if path == folder {
		return true
	}
	return strings.HasPrefix(path, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator))
}

// walk yields every file once.
func (w *walker) walk(ctx context.Context, paths []string) iter.Seq[found] {
	return func(yield func(found) bool) {
		stopped := false
		tell := func(f found) bool {
			stopped = stopped || ctx.Err() != nil || !yield(f)
			return !stopped
		}
		var starts []found
		for _, path := range paths {
			if start, ok := w.start(path); ok {
				starts = append(starts, start)
			}
		}
		for _, start := range starts {
			root := slices.IndexFunc(w.roots, func(p place) bool { return p.path == start.path })
			if start.entry != nil || root < 0 { // root < 0: standard input
				tell(start)
			} else {
				w.visit(w.roots[root], true, tell)
			}
			if stopped {
				return
			}
		}
		for len(w.links) > 0 && !stopped {
			link := w.links[0]
			w.links = w.links[1:]
			w.follow(link, tell)
		}
	}
}

// start makes a root of a path that the caller gave; ok is false where another root has it already.
func (w *walker) start(path string) (start found, ok bool) {
	if path == stdinPath {
		return found{path: path, explicit: true}, true
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return found{path: path, explicit: true, folder: true, entry: failed(path, err)}, true
	}
	real, err := filepath.EvalSymlinks(absolute)
	if err != nil {
		return found{path: absolute, explicit: true, folder: true, entry: failedLink(absolute, err)}, true
	}
	if w.covered(real) {
		return found{}, false
	}
	w.roots = append(w.roots, place{absolute, real})
	return found{path: absolute, explicit: true}, true
}

// covered reports whether a real path is, or will be, reached from a root without a link.
func (w *walker) covered(real string) bool {
	return slices.ContainsFunc(w.roots, func(root place) bool {
		if !under(real, root.real) {
			return false
		}
		below, err := filepath.Rel(root.real, real)
		return err == nil && !slices.ContainsFunc(strings.Split(below, string(filepath.Separator)), hidden)
	})
}

func hidden(name string) bool { return len(name) > 1 && name[0] == '.' && name != ".." }

// visit yields a file, or the files of a folder.
func (w *walker) visit(p place, explicit bool, tell func(found) bool) bool {
	info, err := os.Lstat(p.real)
	if !explicit && errors.Is(err, fs.ErrNotExist) {
		return true // deleted since the folder was read
	}
	if err != nil {
		return tell(found{path: p.path, folder: true, entry: failed(p.path, err)})
	}
	name := filepath.Base(p.path)
	switch {
	case !explicit && hidden(name):
		return tell(found{path: p.path, entry: skipped(p.path, "名称以点开头，是隐藏的文件或文件夹")})
	case !explicit && strings.HasPrefix(name, "~$"):
		return tell(found{path: p.path, entry: skipped(p.path, "办公软件打开文件时的临时文件")})
	case info.Mode().IsRegular() && w.isOurs(p.path):
		entry := skipped(p.path, "更正表，用来更正其他文件的信息")
		return tell(found{path: p.path, stamp: stampOf(info), explicit: explicit, entry: entry, sidecar: true})
	case p.real == w.exclude:
		return tell(found{path: p.path, entry: skipped(p.path, "gongwen 自己的数据文件夹")})
	case info.Mode()&fs.ModeSymlink != 0:
		w.links = append(w.links, p)
		return true
	case info.IsDir():
		return w.folder(p, device(info), explicit, tell)
	case !info.Mode().IsRegular():
		return tell(w.unread(p, explicit, "不是普通文件（设备、管道或套接字），没有读取"))
	case !w.formats.Known(name):
		return tell(w.unread(p, explicit, "不支持 "+format.Extension(strings.ToLower(name))+" 文件；可以收录 "+
			strings.Join(w.formats.Extensions(), "、")+" 及其 .gz，请先转换"))
	case !explicit && format.Extension(strings.TrimSuffix(strings.ToLower(name), ".gz")) == "" && !recognised(p.real):
		return tell(w.unread(p, explicit, "没有扩展名，内容也无法识别"))
	}
	return tell(found{path: p.path, stamp: stampOf(info), explicit: explicit})
}

func (w *walker) folder(p place, device uint64, explicit bool, tell func(found) bool) bool {
	// A folder that is a root of its own, met below a link, is read there.
	if !explicit && slices.ContainsFunc(w.roots, func(root place) bool { return root.real == p.real && root.path != p.path }) {
		return tell(found{path: p.path, entry: skipped(p.path, "与 "+p.real+" 是同一个文件夹，已经读过")})
	}
	children, err := os.ReadDir(p.real)
	if err != nil {
		return tell(found{path: p.path, folder: true, entry: failed(p.path, err)})
	}
	if w.through != nil {
		w.through(p, device)
	}
	for _, child := range children {
		if !w.visit(place{filepath.Join(p.path, child.Name()), filepath.Join(p.real, child.Name())}, false, tell) {
			return false
		}
	}
	return true
}

// unread is a file that cannot be read: that is a fault where it was named, and none where it was met in a folder.
func (w *walker) unread(p place, explicit bool, reason string) found {
	entry := skipped(p.path, reason)
	if explicit {
		entry.Outcome = Refused
	}
	return found{path: p.path, explicit: explicit, entry: entry}
}

// follow reads what a symbolic link leads to, unless it has a path of its own or leads back.
func (w *walker) follow(link place, tell func(found) bool) bool {
	real, err := filepath.EvalSymlinks(link.real)
	switch {
	case err != nil && errors.Is(err, fs.ErrNotExist):
		return tell(found{path: link.path, entry: refusedLink(link.path, "符号链接指向的文件不存在；请修复或删除这个链接")})
	case err != nil:
		return tell(found{path: link.path, folder: true, entry: failedLink(link.path, err)})
	case under(link.real, real):
		return tell(found{path: link.path, entry: refusedLink(link.path, "符号链接指向它自己所在的上级文件夹 "+real+"，形成循环；请删除这个链接")})
	case w.covered(real):
		return tell(found{path: link.path, entry: skipped(link.path, "符号链接，与 "+real+" 是同一个文件或文件夹，只收录一次")})
	}
	w.roots = append(w.roots, place{link.path, real})
	return w.visit(place{link.path, real}, false, tell)
}

func failed(path string, err error) *Entry {
	var refused *RefusedError
	errors.As(asRefusal(err), &refused) // always is one
	return &Entry{Path: path, Outcome: Refused, Reason: refused.Reason}
}

// failedLink is failed for a path whose links could not be followed. EvalSymlinks has no error of its own for a ring
// of links, so what is neither missing nor forbidden is one.
func failedLink(path string, err error) *Entry {
	var refused *RefusedError
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.As(err, &refused) {
		return failed(path, err)
	}
	return refusedLink(path, "符号链接互相指向，形成循环（"+err.Error()+"）；请删除其中一个链接")
}

func refusedLink(path, reason string) *Entry {
	return &Entry{Path: path, Outcome: Refused, Reason: reason}
}

func skipped(path, reason string) *Entry {
	return &Entry{Path: path, Outcome: Skipped, Reason: reason}
}

// recognised reports whether a file without extension begins as something does that is read. One that cannot be opened
// counts as such, so that it is refused by reason and not passed over.
func recognised(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return true
	}
	defer func() { _ = file.Close() }() // only read from
	start := make([]byte, 8<<10)
	n, _ := file.Read(start) // an error or nothing read: refused as that when it is read for good
	return format.Recognised(start[:n])
}
