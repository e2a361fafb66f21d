package indexer

import (
	"fmt"
	"io/fs"

	"gongwen/search"
)

// Texts reads the texts in a folder that match a pattern of fs.Glob, in the order of their names, and gives each the ID that
// name says, by its place and the name of its file.
func (ix *Indexer) Texts(folder fs.FS, pattern string, name func(place int, file string) string) (search.Batch, error) {
	files, err := fs.Glob(folder, pattern)
	if err != nil {
		return search.Batch{}, fmt.Errorf("list texts: %w", err)
	}
	var batch search.Batch
	for i, file := range files {
		page, err := fs.ReadFile(folder, file)
		if err != nil {
			return search.Batch{}, fmt.Errorf("read text: %w", err)
		}
		document := ix.Document(string(page), "")
		document.ID = name(i, file)
		batch.Put = append(batch.Put, search.Record{Document: document, Origin: search.Origin{Path: file}})
	}
	return batch, nil
}
