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
		// Not while it is held: a swap would wait for the survey, and every search for the swap. The snapshot outlives the engine.
		engine, _ := using(o, func(e *embedded.Engine) (*embedded.Engine, error) { return e, nil })
		return engine.Survey(ctx, every, visit)
	}
	return e.Export(ctx, func(record search.Record) error { return visit(&record.Document) })
}
