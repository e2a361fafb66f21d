package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"gongwen"
	"gongwen/search"
	"gongwen/search/backup"
)

// document is what is known here of a document of the collection.
type document struct {
	id, title string
	year      int
	origin    string // the file that it came from
	text      string // "" once the collection was told to forget
}

// collection is what the data folder holds, in the order of the IDs.
type collection struct {
	documents []document
	sections  int
	bytes     int64   // of all texts
	ends      []int64 // by document: bytes of the texts up to its end
}

// readCollection lets the program write a backup and reads the documents from it, with their texts as they are searched.
func (b *bench) readCollection(ctx context.Context) (c *collection, err error) {
	step("read the texts back")
	path := filepath.Join(b.folder, "backup")
	if _, err := b.program.run(ctx, "backup", "--data", b.data, path); err != nil {
		return nil, err
	}
	c, err = readBackup(ctx, path)
	return c, errors.Join(err, remove(path))
}

func readBackup(ctx context.Context, path string) (c *collection, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read backup: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c = &collection{}
	if _, err := backup.Restore(ctx, f, c); err != nil {
		return nil, err
	}
	if len(c.documents) == 0 {
		return nil, errors.New("read backup: the collection is empty")
	}
	return c, nil
}

// Write implements search.Writer, to which a backup is restored.
func (c *collection) Write(_ context.Context, batch search.Batch) error {
	for i := range batch.Put {
		d := &batch.Put[i].Document
		gongwen.Walk(d.Sections, func(*gongwen.Section, []*gongwen.Section) { c.sections++ })
		c.bytes += int64(len(d.Text))
		c.ends = append(c.ends, c.bytes)
		c.documents = append(c.documents, document{d.ID, d.Title, d.Year, batch.Put[i].Origin.Path, d.Text})
	}
	return nil
}

// Known implements search.Writer.
func (c *collection) Known(context.Context) (map[string]search.Origin, error) { return nil, nil }

// at returns the document that holds a byte of all texts, and where in it.
func (c *collection) at(offset int64) (*document, int) {
	i := sort.Search(len(c.ends), func(i int) bool { return c.ends[i] > offset })
	d := &c.documents[i]
	return d, int(offset - (c.ends[i] - int64(len(d.text))))
}

// forget drops the texts, so that collecting garbage does not disturb what is measured.
func (c *collection) forget() {
	for i := range c.documents {
		c.documents[i].text = ""
	}
}

// byOrigin returns the documents of each file, in the order in which the files come up.
func (c *collection) byOrigin() [][]*document {
	places := map[string]int{}
	var all [][]*document
	for i := range c.documents {
		d := &c.documents[i]
		place, ok := places[d.origin]
		if !ok {
			place = len(all)
			places[d.origin] = place
			all = append(all, nil)
		}
		all[place] = append(all[place], d)
	}
	return all
}
