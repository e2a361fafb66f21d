package indexer

import (
	"regexp"
	"sync"

	"gongwen/indexer/gazetteer"
	"gongwen/indexer/header"
)

// titles reads titles as pages of that line alone and remembers what it read: the articles of one law come in a row,
// a thousand titles that differ in 第N条 only.
type titles struct {
	places *gazetteer.Gazetteer
	mutex  sync.Mutex
	known  map[string]header.Fields
}

// maxTitles bounds the memory; a few laws at a time are enough, as records come in order.
const maxTitles = 1000

var articleSuffix = regexp.MustCompile(`第[〇零一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?$`)

// isArticle reports whether a record is one article of a law: its text is a piece of a document and speaks of years and
// bodies that are not its own.
func isArticle(given given) bool { return given.URL == "" && articleSuffix.MatchString(given.Title) }

// read returns what the title says of the document. It is a pure function of the title.
func (t *titles) read(title string) header.Fields {
	law := articleSuffix.ReplaceAllString(title, "")
	t.mutex.Lock()
	fields, ok := t.known[law]
	t.mutex.Unlock()
	if ok {
		return fields
	}
	fields, _ = header.Read(law, "", t.places)
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.known == nil || len(t.known) >= maxTitles {
		t.known = map[string]header.Fields{}
	}
	t.known[law] = fields
	return fields
}
