package search

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
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

// Placed places a fault that an engine found in a query, which it does not know as it was typed.
func Placed(err error, typed string) error {
	var fault *QueryError
	if !errors.As(err, &fault) || fault.Param != "q" || fault.Value == "" || strings.HasPrefix(typed[min(fault.Offset, len(typed)):], fault.Value) {
		return err
	}
	at := strings.Index(typed, fault.Value)
	if at < 0 {
		return err
	}
	placed := *fault
	placed.Offset = at
	return &placed
}

// RejectedError names the documents of a batch that cannot be kept, by ID, and says why. Everything else of the batch is
// written.
type RejectedError struct{ Reasons map[string]string }

func (e *RejectedError) Error() string {
	var all []string
	for _, id := range slices.Sorted(maps.Keys(e.Reasons)) {
		all = append(all, id+": "+e.Reasons[id])
	}
	return "write documents: rejected " + strings.Join(all, "; ")
}

// Rejected returns the error for rejected documents; nil where there are none.
func Rejected(reasons map[string]string) error {
	if len(reasons) == 0 {
		return nil
	}
	return &RejectedError{reasons}
}
