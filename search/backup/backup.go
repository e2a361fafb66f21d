// Package backup turns a collection into one file and back. The file is compressed JSON lines: a head, a document with its
// origin each, and a tail with their number and checksum, so that a file cut short or changed is not restored. It depends on
// no engine and no format of an index.
package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"

	"gongwen/search"
)

// ErrDamaged says that a file is no backup, or not the whole of one.
var ErrDamaged = errors.New("backup damaged")

const format = "gongwen backup 1"

// line is a line of a backup; exactly one of its parts is set.
type line struct {
	Format string         `json:"format,omitempty"` // of the head
	Record *search.Record `json:"record,omitempty"`
	Tail   *tail          `json:"tail,omitempty"`
}

// tail closes a backup.
type tail struct {
	Documents int    `json:"documents"`
	SHA256    string `json:"sha256"` // of every line before it
}

// Write writes the documents of one snapshot and returns their number.
func Write(ctx context.Context, to io.Writer, from search.Exporter) (int, error) {
	packed, err := zstd.NewWriter(to)
	if err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	sum := sha256.New()
	lines := json.NewEncoder(io.MultiWriter(packed, sum))
	lines.SetEscapeHTML(false)
	documents := 0
	err = lines.Encode(line{Format: format})
	if err == nil {
		err = from.Export(ctx, func(record search.Record) error {
			documents++
			return lines.Encode(line{Record: &record})
		})
	}
	if err == nil {
		err = json.NewEncoder(packed).Encode(line{Tail: &tail{documents, hex.EncodeToString(sum.Sum(nil))}})
	}
	if err = errors.Join(err, packed.Close()); err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	return documents, nil
}

// Verify reads a whole backup and returns the number of its documents. The error wraps ErrDamaged.
func Verify(ctx context.Context, from io.Reader) (int, error) {
	return read(ctx, from, func(search.Record) error { return nil })
}

// Sizes of the batches in which a backup is restored.
const (
	batchDocuments = 500
	batchBytes     = 8 << 20
)

// Restore makes a collection what a backup says: its documents are written, others deleted. Verify the backup first: what
// is damaged shows at the end only. It returns the number of documents.
func Restore(ctx context.Context, from io.Reader, to search.Writer) (int, error) {
	known, err := to.Known(ctx)
	if err != nil {
		return 0, fmt.Errorf("restore backup: %w", err)
	}
	var batch search.Batch
	size := 0
	flush := func() error {
		err := to.Write(ctx, batch)
		batch, size = search.Batch{}, 0
		return err
	}
	documents, err := read(ctx, from, func(record search.Record) error {
		delete(known, record.Document.ID)
		batch.Put = append(batch.Put, record)
		if size += len(record.Document.Text); len(batch.Put) < batchDocuments && size < batchBytes {
			return nil
		}
		return flush()
	})
	if err != nil {
		return 0, fmt.Errorf("restore backup: %w", err)
	}
	for id := range known {
		batch.Delete = append(batch.Delete, id)
	}
	if err := flush(); err != nil {
		return 0, fmt.Errorf("restore backup: %w", err)
	}
	return documents, nil
}

// read calls visit for every document and checks the backup on the way.
func read(ctx context.Context, from io.Reader, visit func(search.Record) error) (int, error) {
	fault := func(err error) (int, error) { return 0, fmt.Errorf("%w: %w", ErrDamaged, err) }
	unpacked, err := zstd.NewReader(from)
	if err != nil {
		return fault(err)
	}
	defer unpacked.Close()
	reader := bufio.NewReaderSize(unpacked, 1<<20)
	sum := sha256.New()
	if l, err := next(reader, sum); err != nil || l.Format != format {
		return fault(errors.Join(errors.New("the head is missing"), err))
	}
	for documents := 0; ; documents++ {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		before := hex.EncodeToString(sum.Sum(nil))
		l, err := next(reader, sum)
		switch {
		case err != nil:
			return fault(err)
		case l.Tail != nil:
			if l.Tail.Documents != documents || l.Tail.SHA256 != before {
				return fault(errors.New("the checksum differs"))
			}
			if more, err := io.Copy(io.Discard, reader); more > 0 || err != nil {
				return fault(errors.Join(errors.New("something follows the tail"), err))
			}
			return documents, nil
		case l.Record == nil:
			return fault(errors.New("a line is neither document nor tail"))
		}
		if err := visit(*l.Record); err != nil {
			return 0, err
		}
	}
}

func next(reader *bufio.Reader, sum hash.Hash) (line, error) {
	data, err := reader.ReadBytes('\n')
	if err != nil {
		return line{}, fmt.Errorf("the end is missing: %w", err)
	}
	_, _ = sum.Write(data) // never fails
	var l line
	if err := json.Unmarshal(data, &l); err != nil {
		return line{}, err
	}
	return l, nil
}
