package seeds_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongwen/analyzers"
	"gongwen/indexer"
	"gongwen/search/memory"
	"gongwen/seeds"
)

const (
	count = 28
	mark  = "【示例文档】地名、机构、人物和数字均为虚构"
)

func names(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(seeds.Files, "*.txt")
	if err != nil || len(names) != count {
		t.Fatalf("%d samples, want %d: %v", len(names), count, err)
	}
	return names
}

func TestMarked(t *testing.T) {
	for _, name := range names(t) {
		page, err := fs.ReadFile(seeds.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if first, _, _ := strings.Cut(string(page), "\n"); strings.TrimSpace(first) != mark {
			t.Errorf("%s begins with %q, not with %q", name, first, mark)
		}
	}
}

func TestIndexed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "seeds")
	if err := os.CopyFS(folder, seeds.Files); err != nil {
		t.Fatal(err)
	}
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	summary, err := ix.Run(t.Context(), memory.New(words), []string{folder}, indexer.RunOptions{})
	if err != nil || summary.Accepted != count || summary.Refused+summary.Skipped > 0 {
		t.Errorf("%+v %v", summary, err)
	}
	for _, name := range names(t) {
		for document, err := range ix.Documents(t.Context(), filepath.Join(folder, name)) {
			if err != nil || document.Title == "" || document.Department() == "" || document.Dated() == "" || len(document.Sections) == 0 {
				t.Errorf("%s: title %q, department %q, date %q, %d sections: %v",
					name, document.Title, document.Department(), document.Dated(), len(document.Sections), err)
			}
		}
	}
}
