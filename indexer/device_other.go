//go:build !unix

package indexer

import "io/fs"

// device is the disk, share or volume that holds a file; 0 where the system does not say.
func device(fs.FileInfo) uint64 { return 0 }
