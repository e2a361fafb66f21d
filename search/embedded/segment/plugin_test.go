package segment

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"gongwen"
	"gongwen/search"
)

// segmentOf makes a segment in memory as Scorch does.
func segmentOf(t *testing.T, from, to int) *memory {
	t.Helper()
	var documents []index.Document
	for n := from; n < to; n++ {
		d, err := NewDocument(testRecord(n))
		if err != nil {
			t.Fatal(err)
		}
		d.AddIDField()
		for _, f := range []index.Document{d} {
			f.VisitFields(func(f index.Field) { f.Analyze() })
		}
		documents = append(documents, d)
	}
	made, _, err := (&plugin{}).New(documents)
	if err != nil {
		t.Fatal(err)
	}
	return made.(*memory)
}

// TestPanicsAreErrors provokes panics where Scorch would die of them, or stop merging for good.
func TestPanicsAreErrors(t *testing.T) {
	dir := t.TempDir()
	broken := segmentOf(t, 0, 3)
	broken.side = &Side{docs: 3}
	p := &plugin{}
	path := filepath.Join(dir, "1.zap")
	if _, _, err := p.Merge([]api.Segment{broken, segmentOf(t, 3, 6)}, nil, path, make(chan struct{}), nil); err == nil {
		t.Error("a merge with a broken segment succeeds")
	}
	if err := (&memory{}).Persist(path); err == nil {
		t.Error("a segment of nothing is persisted")
	}
	if _, _, err := p.New([]index.Document{nil}); err == nil {
		t.Error("a segment of no document is made")
	}
	if _, err := os.Stat(path + Suffix); !os.IsNotExist(err) {
		t.Errorf("a failed merge leaves its side file: %v", err)
	}
	bad := search.Record{Document: gongwen.Document{ID: "bad", Text: "短", Sections: []gongwen.Section{{ID: "1", Span: gongwen.Span{End: 900}}}}}
	if _, err := NewDocument(bad); err == nil || !strings.Contains(err.Error(), "bad") {
		t.Errorf("an impossible document: %v", err)
	}
}
