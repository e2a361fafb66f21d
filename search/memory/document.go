package memory

import (
	"sync"

	"gongwen/likeness"
	"gongwen/search"
)

// document is a record with its text folded for looking through, made at first use.
type document struct {
	search.Record
	once     sync.Once
	prepared *search.Prepared
	print    likeness.Print
	kin      search.Kin
}

// prepare folds the document; it is safe to call often.
func (d *document) prepare() *search.Prepared {
	d.once.Do(func() {
		d.prepared = search.Prepare(&d.Document)
		d.print, d.kin = d.prepared.Print(), search.NewKin(&d.Document)
	})
	return d.prepared
}
