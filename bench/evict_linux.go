//go:build amd64 || arm64

package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// canEvict says whether evict works on this system.
const canEvict = true

// dontNeed is POSIX_FADV_DONTNEED.
const dontNeed = 4

// evict drops a file from the page cache, so that the next reader waits for the disk.
func evict(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("evict file: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Sync(); err != nil { // what is not written yet stays
		return fmt.Errorf("evict file: %w", err)
	}
	if _, _, errno := syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, dontNeed, 0, 0); errno != 0 {
		return fmt.Errorf("evict file %s: %w", path, errno)
	}
	return nil
}
