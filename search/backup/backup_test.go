package backup

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/zstd"

	"gongwen/analyzers"
	"gongwen/search"
	"gongwen/search/enginetest"
	"gongwen/search/memory"
)

func records(t *testing.T, from search.Exporter) []search.Record {
	t.Helper()
	var all []search.Record
	if err := from.Export(t.Context(), func(r search.Record) error {
		all = append(all, r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func unpack(t *testing.T, packed []byte) []byte {
	t.Helper()
	reader, err := zstd.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	data, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRestoreIsWhatWasBackedUp(t *testing.T) {
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	from, to := memory.New(words), memory.New(words)
	w, other := enginetest.NewWorkload(1), enginetest.NewWorkload(2)
	for range 10 {
		if err := errors.Join(from.Write(t.Context(), w.Batch()), to.Write(t.Context(), other.Batch())); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	n, err := Write(t.Context(), &file, from)
	if err != nil {
		t.Fatal(err)
	}
	if verified, err := Verify(t.Context(), bytes.NewReader(file.Bytes())); err != nil || verified != n {
		t.Errorf("verified %d of %d, %v", verified, n, err)
	}
	if restored, err := Restore(t.Context(), bytes.NewReader(file.Bytes()), to); err != nil || restored != n {
		t.Errorf("restored %d of %d, %v", restored, n, err)
	}
	if diff := cmp.Diff(records(t, from), records(t, to), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	for i := 0; i < file.Len(); i += 1 + file.Len()/400 {
		damaged := slices.Clone(file.Bytes())
		damaged[i] ^= 0x40
		switch _, err := Verify(t.Context(), bytes.NewReader(damaged)); {
		case err == nil && bytes.Equal(unpack(t, damaged), unpack(t, file.Bytes())): // some bits of packed data don't count
		case !errors.Is(err, ErrDamaged):
			t.Errorf("byte %d changed: %v", i, err)
		}
		if _, err := Verify(t.Context(), bytes.NewReader(file.Bytes()[:i])); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}
