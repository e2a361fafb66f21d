package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// eachFile calls visit for every file below a folder. A file that goes away meanwhile is left out.
func eachFile(folder string, visit func(path string, size int64) error) error {
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return visit(path, info.Size())
	})
	if err != nil {
		return fmt.Errorf("read folder: %w", err)
	}
	return nil
}

// sizeOf is the number of bytes of all files below a folder.
func sizeOf(folder string) (total int64, err error) {
	err = eachFile(folder, func(_ string, size int64) error {
		total += size
		return nil
	})
	return total, err
}

// evictAll drops all files below a folder, and the program, from the page cache.
func evictAll(folder string, p program) error {
	if err := evict(string(p)); err != nil {
		return err
	}
	return eachFile(folder, func(path string, _ int64) error { return evict(path) })
}

// Merging is over when a folder has not changed for calm; longer than calmWithin nobody waits.
const (
	calm       = 3 * time.Second
	calmWithin = 2 * time.Minute
)

// awaitCalm waits until a folder no longer changes in size, and says whether it came to that.
func awaitCalm(ctx context.Context, folder string) (bool, error) {
	const every = 200 * time.Millisecond
	start, since, before := time.Now(), time.Now(), int64(-1)
	for time.Since(start) < calmWithin {
		size, err := sizeOf(folder)
		if err != nil {
			return false, err
		}
		if size != before {
			since, before = time.Now(), size
		}
		if time.Since(since) >= calm {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(every):
		}
	}
	return false, nil
}

// remove takes away a folder of the run's own.
func remove(folder string) error {
	if err := os.RemoveAll(folder); err != nil {
		return fmt.Errorf("remove folder: %w", err)
	}
	return nil
}
