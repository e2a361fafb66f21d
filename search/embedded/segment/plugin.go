package segment

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/mmap-go"
	api "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"

	"gongwen/search"
)

// Type is the name of the segment format in Scorch.
const Type = "gongwen"

// Suffix is what a side file's name has beside that of its zap file.
const Suffix = ".gw"

var register sync.Once

// Register makes the format known to Scorch. It must have been called before an index is made or opened.
func Register() {
	register.Do(func() { scorch.RegisterSegmentPlugin(&plugin{}, false) })
}

// NewDocument makes a record into what a batch takes. It does the work of indexing the document, and is safe to call from
// many goroutines. A fault in that work is an error: Scorch's workers, who would do it otherwise, die of a panic.
func NewDocument(record search.Record) (_ *document.Document, err error) {
	defer recovered("prepare document", &err)
	if err := record.Document.Validate(); err != nil {
		return nil, err
	}
	entry, err := NewEntry(record)
	if err != nil {
		return nil, err
	}
	d := document.NewDocument(record.Document.ID)
	return d.AddField(&carrier{entry, len(record.Document.Text)}), nil
}

// carrier is the field that carries an entry to the segment. It has no terms for zap.
type carrier struct {
	entry *Entry
	text  int // bytes
}

// carrierName is the name of the field in zap.
const carrierName = "_gongwen"

func (c *carrier) Name() string                                     { return carrierName }
func (c *carrier) Value() []byte                                    { return nil }
func (c *carrier) ArrayPositions() []uint64                         { return nil }
func (c *carrier) EncodedFieldType() byte                           { return 't' }
func (c *carrier) Options() index.FieldIndexingOptions              { return index.IndexField }
func (c *carrier) AnalyzedLength() int                              { return 0 }
func (c *carrier) AnalyzedTokenFrequencies() index.TokenFrequencies { return nil }
func (c *carrier) NumPlainTextBytes() uint64                        { return uint64(c.text) }
func (c *carrier) Analyze()                                         {}

// Size is what Scorch counts against its limits of memory.
func (c *carrier) Size() int { return c.entry.Size() }

// memory is a segment that is not on disk yet.
type memory struct {
	*zap.SegmentBase
	side *Side
	data []byte
}

// onDisk is a segment with its two files. Both mappings go with the last reference.
type onDisk struct {
	*zap.Segment
	side *Side
	refs atomic.Int64
}

var (
	_ api.UnpersistedSegment = (*memory)(nil)
	_ api.PersistedSegment   = (*onDisk)(nil)
)

// SideOf returns the side of one of our segments, or nil for another.
func SideOf(s api.Segment) *Side {
	switch s := s.(type) {
	case *memory:
		return s.side
	case *onDisk:
		return s.side
	}
	return nil
}

// Persist writes both files and waits until they are on the disk: zap's first, since Scorch removes what it does not know.
func (m *memory) Persist(path string) (err error) {
	defer recovered("persist segment", &err)
	if err := m.SegmentBase.Persist(path); err != nil {
		return fmt.Errorf("persist segment: %w", err)
	}
	return writeSide(path, func(f *os.File) error {
		_, err := f.Write(m.data)
		return err
	})
}

func (m *memory) Size() int { return m.SegmentBase.Size() + len(m.data) }

// writeSide writes the side file of the zap file at path; it is there whole or not at all.
func writeSide(path string, write func(*os.File) error) error {
	side := path + Suffix
	f, err := os.OpenFile(side+".tmp", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write side file: %w", err)
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(side+".tmp", side)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(side))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write side file: %w", err), removeIfThere(side+".tmp"), removeIfThere(path))
	}
	return nil
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

func (s *onDisk) AddRef() {
	s.Segment.AddRef()
	s.refs.Add(1)
}

func (s *onDisk) DecRef() error {
	var err error
	if s.refs.Add(-1) == 0 {
		err = s.side.close()
	}
	return errors.Join(s.Segment.DecRef(), err)
}

func (s *onDisk) Close() error { return s.DecRef() }

// Open maps and checks a side file.
func Open(path string) (*Side, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open side file: %w", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open side file: %w", err)
	}
	if info.Size() == 0 {
		return nil, fmt.Errorf("open %s: %w: empty", path, ErrDamaged)
	}
	mapped, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map side file: %w", err)
	}
	side, err := Read(mapped)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), mapped.Unmap())
	}
	side.mapped = mapped
	return side, nil
}

// Close gives the mapping back; nothing may be read from the side afterwards.
func (s *Side) Close() error { return s.close() }

func (s *Side) close() error {
	if s.mapped == nil {
		return nil
	}
	mapped := s.mapped
	s.mapped, s.cut = nil, [parts][]byte{}
	return mapped.Unmap()
}

// plugin implements scorch.SegmentPlugin.
type plugin struct{ zap zap.ZapPlugin }

var _ scorch.SegmentPlugin = (*plugin)(nil)

func (p *plugin) Type() string    { return Type }
func (p *plugin) Version() uint32 { return Version }

func (p *plugin) New(results []index.Document) (api.Segment, uint64, error) {
	return p.NewUsing(results, nil)
}

// NewUsing makes the segment of a batch.
func (p *plugin) NewUsing(results []index.Document, config map[string]any) (_ api.Segment, _ uint64, err error) {
	defer recovered("make segment", &err)
	entries := make([]*Entry, len(results))
	for i, d := range results {
		d.VisitFields(func(f index.Field) {
			if c, ok := f.(*carrier); ok {
				entries[i] = c.entry
			}
		})
		if entries[i] == nil {
			return nil, 0, fmt.Errorf("make segment: document %s was not made by NewDocument", d.ID())
		}
	}
	base, size, err := p.zap.NewUsing(results, config)
	if err != nil {
		return nil, 0, fmt.Errorf("make segment: %w", err)
	}
	zapped, ok := base.(*zap.SegmentBase)
	if !ok {
		return nil, 0, fmt.Errorf("make segment: zap made a %T", base)
	}
	data, err := Build(entries)
	if err != nil {
		return nil, 0, fmt.Errorf("make segment: %w", err)
	}
	side, err := Read(data)
	if err != nil {
		return nil, 0, fmt.Errorf("make segment: %w", err)
	}
	return &memory{SegmentBase: zapped, side: side, data: data}, size + uint64(len(data)), nil
}

func (p *plugin) Open(path string) (api.Segment, error) { return p.OpenUsing(path, nil) }

// OpenUsing opens both files of a segment.
func (p *plugin) OpenUsing(path string, config map[string]any) (_ api.Segment, err error) {
	defer recovered("open segment", &err)
	side, err := Open(path + Suffix)
	if err != nil {
		return nil, err
	}
	base, err := p.zap.OpenUsing(path, config)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open segment: %w", err), side.close())
	}
	zapped, ok := base.(*zap.Segment)
	if !ok || base.Count() != uint64(side.Docs()) {
		return nil, errors.Join(fmt.Errorf("open segment %s: %w: zap has %d documents, the side %d", path, ErrDamaged, base.Count(), side.Docs()),
			base.Close(), side.close())
	}
	s := &onDisk{Segment: zapped, side: side}
	s.refs.Store(1)
	return s, nil
}

func (p *plugin) Merge(segments []api.Segment, drops []*roaring.Bitmap, path string, stop chan struct{}, s api.StatsReporter) (
	[][]uint64, uint64, error,
) {
	return p.MergeUsing(segments, drops, path, stop, s, nil)
}

// MergeUsing merges zap's files by zap, which knows its own types only, and the sides by Merge.
func (p *plugin) MergeUsing(segments []api.Segment, drops []*roaring.Bitmap, path string, stop chan struct{},
	stats api.StatsReporter, config map[string]any,
) (_ [][]uint64, _ uint64, err error) {
	defer recovered("merge segments", &err)
	zaps := make([]api.Segment, len(segments))
	sides := make([]*Side, len(segments))
	for i, s := range segments {
		switch s := s.(type) {
		case *memory:
			zaps[i], sides[i] = s.SegmentBase, s.side
		case *onDisk:
			zaps[i], sides[i] = s.Segment, s.side
		default:
			return nil, 0, fmt.Errorf("merge segments: a %T among them", s)
		}
	}
	places, size, err := p.zap.MergeUsing(zaps, drops, path, stop, stats, config)
	if errors.Is(err, api.ErrClosed) {
		return nil, 0, api.ErrClosed // Scorch knows it by identity
	}
	if err != nil {
		return nil, 0, fmt.Errorf("merge segments: %w", err)
	}
	err = writeSide(path, func(f *os.File) error {
		buffered := bufio.NewWriterSize(f, 1<<20)
		return errors.Join(Merge(buffered, sides, drops, stop), buffered.Flush())
	})
	if errors.Is(err, api.ErrClosed) {
		return nil, 0, api.ErrClosed
	}
	if err != nil {
		return nil, 0, err
	}
	if info, err := os.Stat(path + Suffix); err == nil {
		size += uint64(info.Size())
	}
	return places, size, nil
}

// recovered turns a panic into an error: Scorch swallows those of its merger and stops merging, and dies of others.
func recovered(doing string, err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("%s: %v\n%s", doing, fault, debug.Stack())
	}
}

// RemoveOrphansOf removes the side files in a folder whose zap file is gone, since Scorch removes zap files only. With seen
// it removes those alone whose zap file was there before, because a side file may come into being before its zap file;
// nil is for a folder in which nothing writes. It returns the zap files that are there.
func RemoveOrphansOf(dir string, seen map[string]bool) (map[string]bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return seen, fmt.Errorf("remove orphaned side files: %w", err)
	}
	there := map[string]bool{}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".zap") {
			there[e.Name()] = true
		}
	}
	var errs []error
	for _, e := range entries {
		zapName, side := strings.CutSuffix(strings.TrimSuffix(e.Name(), ".tmp"), Suffix)
		if side && !there[zapName] && (seen == nil || seen[zapName]) {
			errs = append(errs, removeIfThere(filepath.Join(dir, e.Name())))
		}
	}
	return there, errors.Join(errs...)
}
