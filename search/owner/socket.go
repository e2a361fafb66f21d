package owner

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
)

// maxSocketPath is what systems allow for the address of a socket, with room to spare.
const maxSocketPath = 100

// socketOf is where the owner of a folder listens: in the folder, or where its path is too long for a socket, in the
// folder for temporary files under a name made of it.
func socketOf(dir string) string {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		absolute = dir
	}
	path := filepath.Join(absolute, "owner.sock")
	if len(path) <= maxSocketPath {
		return path
	}
	sum := sha256.Sum256([]byte(absolute))
	return filepath.Join(os.TempDir(), "gongwen-"+hex.EncodeToString(sum[:8])+".sock")
}
