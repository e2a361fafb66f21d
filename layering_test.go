package gongwen_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers says which packages of the project each package may import; a name with /... stands for those below it too.
// Imports run one way: cmd → server → api → search → analyzers → gongwen; cmd → indexer → search.
var layers = map[string][]string{
	"gongwen":                    {},
	"gongwen/analyzers":          {"gongwen"},
	"gongwen/analyzers/data/gen": {},
	"gongwen/likeness":           {},
	"gongwen/compare":            {"gongwen", "gongwen/analyzers"},
	"gongwen/search":             {"gongwen", "gongwen/analyzers", "gongwen/likeness"},
	"gongwen/search/memory":      {"gongwen", "gongwen/analyzers", "gongwen/likeness", "gongwen/search"},
	"gongwen/search/embedded":    {"gongwen", "gongwen/analyzers", "gongwen/likeness", "gongwen/search", "gongwen/search/embedded/..."},
	"gongwen/search/enginetest":  {"gongwen", "gongwen/analyzers", "gongwen/likeness", "gongwen/search"},
	"gongwen/search/backup":      {"gongwen/search"},
	"gongwen/search/owner":       {"gongwen", "gongwen/search", "gongwen/search/embedded"},
	"gongwen/bench":              {"gongwen/..."},
	"gongwen/bench/relevance":    {"gongwen/..."},
	"gongwen/bench/extraction":   {"gongwen/..."},
	"gongwen/bench/scaling":      {"gongwen/..."},
	"gongwen/register":           {"gongwen", "gongwen/analyzers", "gongwen/search", "gongwen/followup", "gongwen/series"},

	"gongwen/search/embedded/segment":          {"gongwen", "gongwen/analyzers", "gongwen/likeness", "gongwen/search", "gongwen/search/embedded/units"},
	"gongwen/indexer":                          {"gongwen", "gongwen/search", "gongwen/indexer/..."},
	"gongwen/indexer/header":                   {"gongwen", "gongwen/analyzers", "gongwen/indexer/gazetteer", "gongwen/indexer/pattern"},
	"gongwen/indexer/pattern":                  {},
	"gongwen/indexer/outline":                  {"gongwen", "gongwen/analyzers", "gongwen/indexer/numeral"},
	"gongwen/indexer/commitment":               {"gongwen", "gongwen/analyzers", "gongwen/indexer/header", "gongwen/indexer/numeral", "gongwen/indexer/outline", "gongwen/indexer/pattern"},
	"gongwen/fetch":                            {"gongwen/indexer/format"},
	"gongwen/indexer/numeral":                  {},
	"gongwen/followup":                         {"gongwen", "gongwen/analyzers"},
	"gongwen/indexer/gazetteer":                {},
	"gongwen/api":                              {"gongwen", "gongwen/compare", "gongwen/search", "gongwen/register", "gongwen/series", "gongwen/suggest"},
	"gongwen/server":                           {"gongwen", "gongwen/compare", "gongwen/search", "gongwen/api", "gongwen/register", "gongwen/series", "gongwen/sheet", "gongwen/suggest"},
	"gongwen/watch":                            {"gongwen/search", "gongwen/indexer"},
	"gongwen/doctor":                           {"gongwen"},
	"gongwen/seeds":                            {},
	"gongwen/sheet":                            {"gongwen"},
	"gongwen/cmd/gongwen":                      {"gongwen/..."},
	"gongwen/indexer/figure":                   {"gongwen", "gongwen/analyzers", "gongwen/indexer/header", "gongwen/indexer/numeral", "gongwen/indexer/pattern"},
	"gongwen/series":                           {"gongwen", "gongwen/analyzers"},
	"gongwen/search/embedded/units":            {"gongwen", "gongwen/search"},
	"gongwen/search/embedded/segment/data/gen": {"gongwen/analyzers"},

	"gongwen/suggest":                 {"gongwen", "gongwen/analyzers", "gongwen/search", "gongwen/suggest/..."},
	"gongwen/suggest/pinyin":          {},
	"gongwen/suggest/pinyin/data/gen": {},
	"gongwen/search/cluster":          {"gongwen", "gongwen/analyzers", "gongwen/search"},
	"gongwen/test/opensearch":         {},
	"gongwen/test/opensearch/start":   {"gongwen/test/opensearch"},

	"gongwen/indexer/gazetteer/gen": {},
	"gongwen/indexer/format":        {"gongwen/indexer/header"},
	"gongwen/indexer/format/sample": {},
	"gongwen/indexer/correction":    {"gongwen/indexer/format"},
}

// owners says where alone a library may be seen.
var owners = map[string][]string{
	"github.com/labstack/echo":      {"gongwen/server"},
	"github.com/danielgtaylor/huma": {"gongwen/server"},
	"github.com/go-ego/gse":         {"gongwen/analyzers"},
	"github.com/blevesearch/bleve":  {"gongwen/analyzers", "gongwen/search/embedded/..."},
	"github.com/sergi/go-diff":      {"gongwen/compare"},
	"github.com/spf13/cobra":        {"gongwen/cmd/gongwen"},
	"github.com/xuri/excelize":      {"gongwen/sheet"},
	"github.com/fsnotify/fsnotify":  {"gongwen/watch"},
	"go.yaml.in/yaml":               {"gongwen/indexer/correction"},
	"code.dny.dev/ssrf":             {"gongwen/fetch"},
	"github.com/opensearch-project": {"gongwen/search/cluster"},
	"github.com/klippa-app":         {"gongwen/indexer/format"},
	"github.com/tetratelabs/wazero": {"gongwen/indexer/format"},
}

func TestLayering(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("list packages: %v", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		allowed, ok := layers[p.ImportPath]
		if !ok {
			t.Errorf("%s has no layer: say in layering_test.go what it may import", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if (imported == "gongwen" || strings.HasPrefix(imported, "gongwen/")) && !matches(allowed, imported) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
			for library, by := range owners {
				if strings.HasPrefix(imported, library) && !matches(by, p.ImportPath) {
					t.Errorf("%s imports %s, which is seen in %v only", p.ImportPath, imported, by)
				}
			}
		}
	}
}

func matches(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		below, ok := strings.CutSuffix(pattern, "/...")
		return pattern == path || ok && (path == below || strings.HasPrefix(path, below+"/"))
	})
}
