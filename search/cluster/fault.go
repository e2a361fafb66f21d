package cluster

import (
	"errors"
	"fmt"

	"gongwen/search"
)

// kind says what an operator could do about an error.
type kind int

const (
	kindAddress     kind = iota // mend the address
	kindDenied                  // mend the credentials
	kindVersion                 // another cluster
	kindForeign                 // another index, or a rebuild
	kindUnreachable             // wait, or start the cluster
	kindBusy                    // wait
	kindShards                  // wait, or start nodes
	kindBlocked                 // make room
	kindGone                    // ask again
)

// Error is trouble with the cluster. Message is a Chinese sentence for whoever runs it; Error is for logs and holds no secret.
// What may pass by waiting is also search.ErrUnavailable.
type Error struct {
	Message string

	kind kind
	err  error
}

func fault(k kind, message string, err error) error { return &Error{message, k, err} }

func (e *Error) Error() string { return fmt.Sprintf("opensearch: %s (%v)", e.Message, e.err) }

// Cause is what was found, for whoever wants to know more than what to do.
func (e *Error) Cause() error { return e.err }

// Unwrap tells what it is: the cause, and ErrUnavailable.
func (e *Error) Unwrap() []error {
	if e.kind >= kindUnreachable {
		return []error{e.err, search.ErrUnavailable}
	}
	return []error{e.err}
}

// Unbuilt reports whether an index can only be used after "gongwen index --rebuild".
func Unbuilt(err error) bool { return isKind(err, kindForeign) }

func isKind(err error, kinds ...kind) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	for _, k := range kinds {
		if e.kind == k {
			return true
		}
	}
	return false
}

// status is the HTTP status of an answer of the cluster, or 0.
func status(err error) int {
	var e *statusError
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}
