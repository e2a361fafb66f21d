package indexer

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"gongwen"
	"gongwen/indexer/correction"
	"gongwen/indexer/format"
	"gongwen/indexer/header"
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

// book is one file of corrections.
type book struct {
	path   string // of the file, absolute
	rows   []correction.Row
	byKey  map[string]map[string]string // values by key
	broken bool                         // nothing of it can be read
	faults []Entry
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
	if known.Path != now.Path {
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

// openBook reads a file of corrections; nil where there is none.
func (ix *Indexer) openBook(path string) *book {
	b := &book{path: path, byKey: map[string]map[string]string{}}
	fail := func(line int, reason string) {
		b.faults = append(b.faults, Entry{Path: path, Line: line, Outcome: Ignored, Reason: reason})
	}
	info, err := os.Stat(path)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrPermission) || ix.IsNamed(path):
		return b.unreadable(fail, err)
	default: // there is none
		return nil
	}
	if info.Size() > correction.MaxSize || !info.Mode().IsRegular() {
		b.broken = true
		fail(0, fmt.Sprintf("更正表超过 %d MB 或不是文件，没有采用", correction.MaxSize>>20))
		return b
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return b.unreadable(fail, err)
	}
	rows, faults, err := correction.Read(path, data)
	for _, f := range faults {
		fail(f.Line, f.Reason)
	}
	var wrong *correction.UnreadableError
	if errors.As(err, &wrong) {
		b.broken = true
		fail(wrong.Line, wrong.Reason)
	}
	for _, row := range rows {
		for _, note := range ix.checkRow(&row) {
			fail(row.Line, note)
		}
		if b.byKey[row.Key] == nil {
			b.byKey[row.Key] = map[string]string{}
		}
		maps.Copy(b.byKey[row.Key], row.Values)
		b.rows = append(b.rows, row)
	}
	return b
}

func (b *book) unreadable(fail func(int, string), err error) *book {
	b.broken = true
	fail(0, format.Refusal(err).Reason)
	return b
}

// checkRow takes out of a row the values that mean nothing, and says why.
func (ix *Indexer) checkRow(row *correction.Row) []string {
	var wrong []string
	for _, field := range slices.Sorted(maps.Keys(row.Values)) {
		value := row.Values[field]
		if value == correction.Clear {
			continue
		}
		given, notes := ix.given(fieldsOf(map[string]string{field: value}))
		switch {
		case len(notes) > 0:
			wrong = append(wrong, notes...)
			delete(row.Values, field)
		case field == "source" && given.Source == "":
			wrong = append(wrong, "source “"+value+"”是网址或路径，没有采用；网址请写在 url")
			delete(row.Values, field)
		case field == "url" && !isWeb(given.URL):
			wrong = append(wrong, "url “"+value+"”不是网址，没有采用；网址以 http:// 或 https:// 开头")
			delete(row.Values, field)
		case field == "region" && value != "全国" && ix.places.Find(value) == "":
			wrong = append(wrong, "region “"+value+"”不在地名表里，照写采用；请核对，写法如 辽宁省/大连市")
		}
	}
	return wrong
}

// fieldsOf are values as a file would give them.
func fieldsOf(values map[string]string) format.Fields {
	get := func(field string) string {
		if value := values[field]; value != correction.Clear {
			return value
		}
		return ""
	}
	return format.Fields{
		Title: get("title"), Kind: get("kind"), Year: get("year"), Published: get("published"), Signed: get("signed"),
		Source: get("source"), Issuer: get("issuer"), Region: get("region"), Number: get("number"), Status: get("status"), URL: get("url"),
	}
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

// IsNamed reports whether a file is one of Options.Corrections, by its absolute path.
func (ix *Indexer) IsNamed(path string) bool { return slices.Contains(ix.corrections, path) }

// Said is what a file of corrections says.
type Said struct {
	Keys   map[string]string // a digest of what is said, by the ID or path of which it is said
	Broken bool              // it cannot be read at all
	Faults []Entry           // what could not be used
}

// ReadCorrections reads a file of corrections for a collection; one that is not there says nothing.
func (ix *Indexer) ReadCorrections(path string, known map[string]search.Origin) Said {
	said := Said{Keys: map[string]string{}}
	c := ix.newCorrections()
	b := c.book(path)
	if b == nil {
		return said
	}
	for key, values := range b.byKey {
		said.Keys[key] = (&corrected{values: values}).digest()
	}
	said.Broken, said.Faults = b.broken, c.faults(known, nil)
	return said
}

// isCorrections reports whether a file is one of corrections, and no document.
func (ix *Indexer) isCorrections(path string) bool {
	return correction.IsName(filepath.Base(path)) || ix.IsNamed(path)
}

// sidecarsAbove are the files of corrections that count for what lies in folders and does not lie there itself: in the
// folders above, and those that Options name.
func (ix *Indexer) sidecarsAbove(paths []string) map[string]Stamp {
	stamps := map[string]Stamp{}
	add := func(path string) {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			stamps[path] = stampOf(info)
		}
	}
	for _, path := range paths {
		absolute, err := filepath.Abs(path)
		if err != nil {
			continue
		}
		for at := filepath.Dir(absolute); ; at = filepath.Dir(at) {
			for _, name := range correction.Names {
				add(filepath.Join(at, name))
			}
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	for _, path := range ix.corrections {
		add(path)
	}
	return stamps
}

// over is what is given, with what is better in its place; but not the title, which also tells the body from what stands
// around it.
func (g given) over(other given) given {
	title := other.Title
	for _, pair := range []struct{ to, from *string }{
		{&other.Kind, &g.Kind}, {&other.Source, &g.Source}, {&other.Issuer, &g.Issuer}, {&other.Region, &g.Region},
		{&other.Number, &g.Number}, {&other.Status, &g.Status}, {&other.URL, &g.URL},
	} {
		*pair.to = cmp.Or(*pair.from, *pair.to)
	}
	other.Title, other.Year = title, cmp.Or(g.Year, other.Year)
	other.Published, other.Signed = cmp.Or(g.Published, other.Published), cmp.Or(g.Signed, other.Signed)
	return other
}

// correct puts what a person says into a document. What a better title says of kind, year and place fills what is unknown.
func (ix *Indexer) correct(d *gongwen.Document, better given, said corrected) {
	if better.Title != "" {
		d.Title = better.Title
		read := ix.titles.read(better.Title)
		if d.Kind == "" || d.Kind == header.KindOther {
			d.Kind = read.Kind
		}
		fill(&d.Year, read.Year)
		fill(&d.Issuer, read.Issuer)
		fill(&d.Region, read.Region)
	}
	for field, value := range said.values {
		if value != correction.Clear {
			continue
		}
		switch field {
		case "title":
			d.Title = ""
		case "kind":
			d.Kind = ""
		case "year":
			d.Year = 0
		case "published":
			d.Published = ""
		case "signed":
			d.Signed = ""
		case "source":
			d.Source = ""
		case "issuer":
			d.Issuer = ""
		case "region":
			d.Region = ""
		case "number":
			d.Number = ""
		case "status":
			d.Status = ""
		case "url":
			d.URL = ""
		}
	}
}
