package embedded

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/util"
	bolt "go.etcd.io/bbolt"

	"gongwen/search/embedded/segment"
)

// Check verifies every side file that the newest state of an index names. Scorch would serve an older state, or none,
// without a word. It must be called before the index is opened. The error names the file.
func Check(dir string) error {
	names, err := segmentFiles(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		side, err := segment.Open(name + segment.Suffix)
		if err != nil {
			return fmt.Errorf("check index: %w", err)
		}
		if err := side.Close(); err != nil {
			return fmt.Errorf("check index: %w", err)
		}
	}
	return nil
}

// segmentFiles returns the zap files of the newest state of an index.
func segmentFiles(dir string) ([]string, error) {
	store := filepath.Join(dir, "store")
	root := filepath.Join(store, "root.bolt")
	if _, err := os.Stat(root); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("check index %s: %w: root.bolt is missing", dir, segment.ErrDamaged)
	}
	db, err := bolt.Open(root, 0o600, &bolt.Options{ReadOnly: true, Timeout: 2 * time.Second})
	if errors.Is(err, bolt.ErrTimeout) { //nolint:staticcheck // the name that this version of bbolt returns
		return nil, fmt.Errorf("check index %s: %w", dir, ErrInUse)
	}
	if err != nil {
		return nil, fmt.Errorf("check index %s: %w: %w", dir, segment.ErrDamaged, err)
	}
	names, err := segmentsOf(db)
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, fmt.Errorf("check index %s: %w", dir, err)
	}
	for i := range names {
		names[i] = filepath.Join(store, names[i])
	}
	return names, nil
}

// segmentsOf returns the zap files that the newest snapshot names.
func segmentsOf(db *bolt.DB) ([]string, error) {
	var names []string
	err := db.View(func(tx *bolt.Tx) error {
		snapshots := tx.Bucket(util.BoltSnapshotsBucket)
		if snapshots == nil {
			return nil // nothing was ever written
		}
		newest, _ := snapshots.Cursor().Last()
		if newest == nil {
			return nil
		}
		snapshot := snapshots.Bucket(newest)
		if snapshot == nil {
			return fmt.Errorf("%w: the newest snapshot is empty", segment.ErrDamaged)
		}
		meta := snapshot.Bucket(util.BoltMetaDataKey)
		if meta == nil {
			return fmt.Errorf("%w: the newest snapshot has no metadata", segment.ErrDamaged)
		}
		if kind := string(meta.Get(util.BoltMetaDataSegmentTypeKey)); kind != segment.Type {
			return fmt.Errorf("%w: segments of type %q", segment.ErrDamaged, kind)
		}
		if version := meta.Get(util.BoltMetaDataSegmentVersionKey); len(version) >= 4 && binary.BigEndian.Uint32(version) != segment.Version {
			return fmt.Errorf("%w: segments of layout %d, want %d", segment.ErrOutdated, binary.BigEndian.Uint32(version), segment.Version)
		}
		return snapshot.ForEachBucket(func(key []byte) error {
			if path := snapshot.Bucket(key).Get(util.BoltPathKey); path != nil {
				names = append(names, string(path))
			}
			return nil
		})
	})
	return names, err
}

// InUse reports whether a process has the index in dir open.
func InUse(dir string) bool {
	root := filepath.Join(dir, "store", "root.bolt")
	if _, err := os.Stat(root); err != nil {
		return false
	}
	db, err := bolt.Open(root, 0o600, &bolt.Options{ReadOnly: true, Timeout: 10 * time.Millisecond})
	if err != nil {
		return errors.Is(err, bolt.ErrTimeout) //nolint:staticcheck // the name that this version of bbolt returns
	}
	_ = db.Close() // opened for reading only
	return false
}
