package indexer

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"gongwen/indexer/correction"
	"gongwen/search"
)

// corrections are those of one run. They are read where a file is met that they are for: in its folder and in those above,
// and from the files that Options name. It is safe for many goroutines at once.
type corrections struct {
	ix    *Indexer
	named []string // Options.Corrections

	mutex  sync.Mutex
	books  map[string]*book // by path; nil where there is none
	layers map[string]layer // by file
}

// layer is what is said of a file by its path, the nearest last, and who may say something of an ID.
type layer struct {
	values map[string]string
	books  []*book // with rows
	broken bool    // what should be said is not known
}

// corrected is what is said of one document.
type corrected struct {
	values map[string]string // by field; nil for nothing
	broken bool
}

// digest is what tells the corrections of a document from others; "" for none.
func (c *corrected) digest() string {
	if len(c.values) == 0 {
		return ""
	}
	var b strings.Builder
	for _, field := range slices.Sorted(maps.Keys(c.values)) {
		fmt.Fprintf(&b, "%s=%q\n", field, c.values[field])
	}
	return shortHash([]byte(b.String()))
}

// hash is that of an origin: of the content, and of what was said of it.
func (c *corrected) hash(content string) string {
	if digest := c.digest(); digest != "" {
		return content + "+" + digest
	}
	return content
}

// unchanged reports whether a document is as it would be read now.
func (c *corrected) unchanged(known, now search.Origin) bool {
	if known.Path != now.Path || known.Unnamed != now.Unnamed {
		return false
	}
	if c.broken { // as it was corrected last
		content, _, _ := strings.Cut(known.Hash, "+")
		return content == now.Hash
	}
	return known.Hash == c.hash(now.Hash)
}

func (ix *Indexer) newCorrections() *corrections {
	return &corrections{ix: ix, named: ix.corrections, books: map[string]*book{}, layers: map[string]layer{}}
}

// of is what is said of a document: by the path of its file, the nearest folder last, then by files that Options name; what
// is said of its ID goes before all that.
func (c *corrections) of(path, id string) corrected {
	l := c.layer(path)
	values := l.values
	copied := false
	for _, book := range l.books {
		if said := book.byKey[id]; len(said) > 0 {
			if !copied {
				values, copied = maps.Clone(values), true
			}
			maps.Copy(values, said)
		}
	}
	return corrected{values, l.broken}
}

func (c *corrections) layer(path string) layer {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if l, known := c.layers[path]; known {
		return l
	}
	l := layer{values: map[string]string{}}
	for _, book := range c.booksFor(path) {
		l.broken = l.broken || book.broken
		if len(book.rows) == 0 {
			continue
		}
		l.books = append(l.books, book)
		below, err := filepath.Rel(filepath.Dir(book.path), path)
		if err != nil || !filepath.IsAbs(path) { // standard input has no place
			continue
		}
		below = filepath.ToSlash(below)
		maps.Copy(l.values, book.byKey["."])
		for _, end := range ends(below) {
			maps.Copy(l.values, book.byKey[below[:end]])
		}
		for _, end := range ends(filepath.ToSlash(path)) {
			maps.Copy(l.values, book.byKey[filepath.ToSlash(path)[:end]])
		}
	}
	if len(c.layers) >= maxLayers {
		clear(c.layers)
	}
	c.layers[path] = l
	return l
}

// maxLayers bounds the memory; files come in the order of folders.
const maxLayers = 10_000

// ends are where the parts of a path end, the folders first.
func ends(path string) []int {
	var ends []int
	for i := range path {
		if path[i] == '/' && i > 0 {
			ends = append(ends, i)
		}
	}
	return append(ends, len(path))
}

// booksFor are the files of corrections for a path, the one that goes before all others last.
func (c *corrections) booksFor(path string) []*book {
	var books []*book
	if filepath.IsAbs(path) {
		var folders []string
		for at := filepath.Dir(path); ; at = filepath.Dir(at) {
			folders = append(folders, at)
			if at == filepath.Dir(at) {
				break
			}
		}
		for _, folder := range slices.Backward(folders) {
			for _, name := range correction.Names {
				books = append(books, c.book(filepath.Join(folder, name)))
			}
		}
	}
	for _, name := range c.named {
		books = append(books, c.book(name))
	}
	return slices.DeleteFunc(books, func(b *book) bool { return b == nil })
}

// book reads a file of corrections, once.
func (c *corrections) book(path string) *book {
	if b, known := c.books[path]; known {
		return b
	}
	b := c.ix.openBook(path)
	c.books[path] = b
	return b
}

// faults are what could not be used of the files that were read, in the order of paths and lines; those that name what is
// nowhere among them. known and seen are the IDs that there are.
func (c *corrections) faults(known map[string]search.Origin, seen map[string]spot) []Entry {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var all []Entry
	var below map[string]bool // paths of documents and all above them, made when it is asked for
	for _, b := range c.books {
		if b == nil {
			continue
		}
		all = append(all, b.faults...)
		for _, row := range b.rows {
			_, isKnown := known[row.Key]
			_, isSeen := seen[row.Key]
			if isKnown || isSeen {
				continue
			}
			path := filepath.FromSlash(row.Key)
			if !filepath.IsAbs(path) {
				path = filepath.Join(filepath.Dir(b.path), path)
			}
			if _, err := os.Stat(path); err == nil {
				continue
			}
			if below == nil {
				below = pathsOf(known, seen)
			}
			if !below[path] {
				all = append(all, Entry{Path: b.path, Line: row.Line, Outcome: Ignored, Reason: "没有编号或文件“" + row.Key + "”；编号见检索结果，文件路径从更正表所在的文件夹写起"})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line)) })
	return all
}

// pathsOf are the paths of all documents, and those above: of archives.
func pathsOf(known map[string]search.Origin, seen map[string]spot) map[string]bool {
	paths := map[string]bool{}
	add := func(path string) {
		for ; !paths[path]; path = filepath.Dir(path) {
			paths[path] = true
		}
	}
	for _, origin := range known {
		add(origin.Path)
	}
	for _, spot := range seen {
		add(spot.path)
	}
	return paths
}
