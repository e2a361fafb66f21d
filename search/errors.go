package search

import (
	"errors"
	"fmt"
)

// Errors that callers tell apart.
var (
	ErrNotFound      = errors.New("document not found")
	ErrUnavailable   = errors.New("engine unavailable")
	ErrCursorExpired = errors.New("cursor expired")
)

// QueryError is a fault in a request that its author can mend. Free text is never a fault: only limits and impossible
// values are. Message and Hint are Chinese sentences for the author; Error is for logs.
type QueryError struct {
	Param   string // the parameter at fault: "q", "year", "cursor" …
	Value   string // the part at fault, as typed
	Offset  int    // of Value in the parameter, in bytes
	Message string
	Hint    string
}

func (e *QueryError) Error() string {
	return fmt.Sprintf("read %s at byte %d (%q): %s", e.Param, e.Offset, e.Value, e.Message)
}
