package server

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"unicode/utf8"

	"gongwen"
	"gongwen/search"
)

// passageAnchor is the id of the passage that an address points at.
const passageAnchor = "here"

// passageLink is the address of a stretch of a document's text. It opens there, and the stretch is marked.
func passageLink(id string, span gongwen.Span) string {
	values := url.Values{"start": {strconv.Itoa(span.Start)}, "end": {strconv.Itoa(span.End)}}
	return address(documentPath(id), values) + "#" + passageAnchor
}

// stands reports whether a span cuts whole characters of a text and at least one.
func stands(span gongwen.Span, text string) bool {
	whole := func(at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }
	return 0 <= span.Start && span.Start < span.End && span.End <= len(text) && whole(span.Start) && whole(span.End)
}

// marked cuts a stretch of text at the borders of the marks in it.
func marked(text string, span gongwen.Span, marks []gongwen.Span) []search.Part {
	var parts []search.Part
	for _, p := range cut(text, span.Start, span.End, marks) {
		if p.Break {
			p.Text = "\n"
		}
		parts = append(parts, search.Part{Text: p.Text, Match: p.Mark > 0})
	}
	return parts
}

// around is a stretch of text, marked, with so many characters before and behind it: of its lines alone, or of those next to
// them as well.
func around(text string, span gongwen.Span, runes int, across bool) snippet {
	from, to := span.Start, span.End
	for n := 0; n < runes && from > 0 && (across || text[from-1] != '\n'); n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	for n := 0; n < runes && to < len(text) && (across || text[to] != '\n'); n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return snippet{
		Parts:  marked(text, gongwen.Span{Start: from, End: to}, []gongwen.Span{span}),
		Before: from > 0 && text[from-1] != '\n',
		After:  to < len(text) && text[to] != '\n',
	}
}

// readings are documents that a page cuts passages out of, by ID, each read once.
type readings struct {
	server *Server
	query  search.Query // what is marked in them; nil for nothing
	known  map[string]*search.Reading
}

func (s *Server) readings(query search.Query) *readings {
	return &readings{s, query, map[string]*search.Reading{}}
}

// of returns a document, or nil where it is gone meanwhile.
func (r *readings) of(ctx context.Context, id string) (*search.Reading, error) {
	if reading, ok := r.known[id]; ok {
		return reading, nil
	}
	reading, err := r.server.searcher.Read(ctx, id, r.query)
	if errors.Is(err, search.ErrNotFound) {
		reading, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	r.known[id] = reading
	return reading, nil
}
