package owner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded"
)

const (
	currentName = "CURRENT"
	firstFolder = "index"
)

// currentFolder returns the subfolder of the index that serves: what CURRENT says.
func currentFolder(dir string) (string, error) {
	name, err := os.ReadFile(filepath.Join(dir, currentName))
	if errors.Is(err, os.ErrNotExist) {
		return firstFolder, nil
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", currentName, err)
	}
	folder := strings.TrimSpace(string(name))
	if !isFolder(folder) {
		return "", fmt.Errorf("read %s: %q is no index folder", currentName, folder)
	}
	return folder, nil
}

func isFolder(name string) bool {
	return name == firstFolder || strings.HasPrefix(name, firstFolder+"-") && filepath.Base(name) == name
}

// newFolder names a subfolder that was never used.
func newFolder() string { return firstFolder + "-" + strconv.FormatInt(time.Now().UnixNano(), 36) }

// openCurrent opens the index that serves and removes others, which a rebuild that was killed has left.
func openCurrent(dir string, words search.Segmenter) (*embedded.Engine, error) {
	folder, err := currentFolder(dir)
	if err != nil {
		return nil, err
	}
	engine, err := embedded.Open(filepath.Join(dir, folder), words)
	if err != nil {
		return nil, err
	}
	return engine, errors.Join(removeOthers(dir, folder))
}

// removeOthers removes the indexes beside the one that serves, but for those that a process is just building.
func removeOthers(dir, folder string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("remove old indexes: %w", err)
	}
	var errs []error
	for _, e := range entries {
		if e.IsDir() && isFolder(e.Name()) && e.Name() != folder && !embedded.InUse(filepath.Join(dir, e.Name())) {
			errs = append(errs, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(errs...)
}

// swap serves the index in another subfolder from now on, and removes the one that served. Queries that are under way end
// on the old one; cursors into it have expired.
func (o *owned) swap(_ context.Context, folder string) error {
	if !isFolder(folder) {
		return fmt.Errorf("swap index: %q is no index folder", folder)
	}
	next, err := embedded.Open(filepath.Join(o.dir, folder), o.words)
	if err != nil {
		return fmt.Errorf("swap index: %w", err)
	}
	if err := writeCurrent(o.dir, folder); err != nil {
		return errors.Join(fmt.Errorf("swap index: %w", err), next.Close())
	}
	o.mu.Lock()
	old := o.current
	o.current = next
	o.mu.Unlock()
	return errors.Join(old.Close(), removeOthers(o.dir, folder))
}

// writeCurrent names the index that serves, whole or not at all.
func writeCurrent(dir, folder string) error {
	path := filepath.Join(dir, currentName)
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	_, err = f.WriteString(folder + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// using calls do with the engine that serves; it is not closed meanwhile.
func using[R any](o *owned, do func(*embedded.Engine) (R, error)) (R, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return do(o.current)
}

func (o *owned) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	return using(o, func(e *embedded.Engine) (*search.Result, error) { return e.Search(ctx, r) })
}

func (o *owned) Read(ctx context.Context, id string, q search.Query) (*search.Reading, error) {
	return using(o, func(e *embedded.Engine) (*search.Reading, error) { return e.Read(ctx, id, q) })
}

func (o *owned) Status(ctx context.Context) (search.Status, error) {
	return using(o, func(e *embedded.Engine) (search.Status, error) { return e.Status(ctx) })
}

func (o *owned) Write(ctx context.Context, batch search.Batch) error {
	_, err := using(o, func(e *embedded.Engine) (struct{}, error) { return struct{}{}, e.Write(ctx, batch) })
	return err
}

func (o *owned) Known(ctx context.Context) (map[string]search.Origin, error) {
	return using(o, func(e *embedded.Engine) (map[string]search.Origin, error) { return e.Known(ctx) })
}

func (o *owned) Export(ctx context.Context, visit func(search.Record) error) error {
	_, err := using(o, func(e *embedded.Engine) (struct{}, error) { return struct{}{}, e.Export(ctx, visit) })
	return err
}

func (o *owned) Facts(ctx context.Context, visit func(*gongwen.Document) error) error {
	_, err := using(o, func(e *embedded.Engine) (struct{}, error) { return struct{}{}, e.Facts(ctx, visit) })
	return err
}

func (o *owned) Check(ctx context.Context) ([]string, error) {
	return using(o, func(e *embedded.Engine) ([]string, error) { return e.Check(ctx) })
}
