package owner

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"gongwen"
	"gongwen/search"
)

// request is search.Request as it travels; the query is what Parse reads back as the same tree.
type request struct {
	Query   string
	Filters []search.Condition
	Match   search.Match
	Sort    search.Sort
	Unit    search.Unit
	Size    int
	Cursor  string
	Facets  int

	NoAliases, Explain bool
}

// read asks for a document.
type read struct {
	ID    string
	Query string
}

func pack(r search.Request) request {
	return request{text(r.Query), r.Filters, r.Match, r.Sort, r.Unit, r.Size, r.Cursor, r.Facets, r.NoAliases, r.Explain}
}

func (r request) unpack() (search.Request, error) {
	q, _, err := search.Parse(r.Query)
	return search.Request{
		Query: q, Filters: r.Filters, Match: r.Match, Sort: r.Sort, Unit: r.Unit, Size: r.Size, Cursor: r.Cursor, Facets: r.Facets,
		NoAliases: r.NoAliases, Explain: r.Explain,
	}, err
}

func text(q search.Query) string {
	if q == nil {
		return ""
	}
	return q.String()
}

// fault is an error as it travels.
type fault struct {
	Kind    string
	Message string
	Query   *search.QueryError `json:",omitempty"`
	Reasons map[string]string  `json:",omitempty"` // of a *search.RejectedError
}

// sentinels are the errors that callers tell apart.
var sentinels = map[string]error{
	"not found": search.ErrNotFound, "unavailable": search.ErrUnavailable, "expired": search.ErrCursorExpired,
	"canceled": context.Canceled, "deadline": context.DeadlineExceeded,
}

func packError(err error) fault {
	f := fault{Message: err.Error()}
	if errors.As(err, &f.Query) {
		return f
	}
	var rejected *search.RejectedError
	if errors.As(err, &rejected) {
		f.Reasons = rejected.Reasons
		return f
	}
	for kind, sentinel := range sentinels {
		if errors.Is(err, sentinel) {
			f.Kind = kind
		}
	}
	return f
}

func (f fault) unpack() error {
	if f.Query != nil {
		return f.Query
	}
	if f.Reasons != nil {
		return search.Rejected(f.Reasons)
	}
	if sentinel, ok := sentinels[f.Kind]; ok {
		return fmt.Errorf("%w (from the owner: %s)", sentinel, f.Message)
	}
	return errors.New(f.Message)
}

// The calls, by path.
const (
	pathSearch = "/search"
	pathRead   = "/read"
	pathStatus = "/status"
	pathWrite  = "/write"
	pathKnown  = "/known"
	pathExport = "/export"
	pathCheck  = "/check"
	pathFacts  = "/facts"
	pathSwap   = "/swap"
)

// exported is a line of an export: a record, or what ended it early, or that it is whole.
type exported struct {
	Record   *search.Record    `json:",omitempty"`
	Document *gongwen.Document `json:",omitempty"` // where facts are asked for
	Fault    *fault            `json:",omitempty"`
	End      bool              `json:",omitempty"`
}

const faultStatus = http.StatusUnprocessableEntity
