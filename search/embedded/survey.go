package embedded

import (
	"context"
	"errors"
	"fmt"

	"gongwen"
)

// Survey calls visit with every document of one snapshot, in any order, until it returns an error: without figures and
// commitments, and with its text only for one in so many. It is much faster than Export.
func (e *Engine) Survey(ctx context.Context, every int, visit func(*gongwen.Document) error) error {
	v, err := e.acquire()
	if err != nil {
		return err
	}
	defer v.release()
	for _, p := range v.parts {
		err := p.side.Survey(p.live.has, func(doc int) bool { return doc%every == 0 }, func(d *gongwen.Document) error {
			return errors.Join(ctx.Err(), visit(d))
		})
		if err != nil {
			return fmt.Errorf("survey: %w", err)
		}
	}
	return nil
}
