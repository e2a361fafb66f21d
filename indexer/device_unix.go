//go:build unix

package indexer

import (
	"io/fs"
	"syscall"
)

// device is the disk, share or volume that holds a file.
func device(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Dev) //nolint:gosec,unconvert // a number to compare; its type differs between systems
	}
	return 0
}
