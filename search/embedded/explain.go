package embedded

import (
	"fmt"

	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// explain says how the score of a hit comes about, by looking through its whole document.
func (e *evaluation) explain(l *list, hit *entry) (*search.Explanation, error) {
	p, doc := l.run, int(hit.doc)
	d, err := p.side.Document(doc)
	if err != nil {
		return nil, fmt.Errorf("explain document %s: %w", p.side.Column(segment.ColumnID).Value(doc), err)
	}
	prepared := search.Prepare(d)
	if hit.section < 0 {
		return e.scorer.Explain(prepared, nil, l.together.has(doc)), nil
	}
	from, _ := p.side.DocSections(doc)
	return e.scorer.Explain(prepared, &prepared.Passages[int(hit.section)-from], l.together.has(int(hit.section))), nil
}
