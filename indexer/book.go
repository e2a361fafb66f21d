package indexer

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"gongwen/indexer/correction"
	"gongwen/indexer/format"
)

// book is one file of corrections.
type book struct {
	path   string // of the file, absolute
	rows   []correction.Row
	byKey  map[string]map[string]string // values by key
	broken bool                         // nothing of it can be read
	faults []Entry
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
