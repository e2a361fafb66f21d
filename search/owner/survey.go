package owner

import (
	"context"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded"
)

// Survey calls visit with every document of one snapshot, in any order, until it returns an error. One in so many has its text
// for certain. It is much faster than Export where this process owns the folder.
func (e *Engine) Survey(ctx context.Context, every int, visit func(*gongwen.Document) error) error {
	if o, ok := e.engine().(*owned); ok {
		_, err := using(o, func(e *embedded.Engine) (struct{}, error) { return struct{}{}, e.Survey(ctx, every, visit) })
		return err
	}
	return e.Export(ctx, func(record search.Record) error { return visit(&record.Document) })
}
