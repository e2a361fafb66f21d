package search

import (
	"slices"
	"sync"
	"time"
)

// A state that a cursor names is kept this long after its last use, and no more than so many of them.
const (
	keepStates = 8
	keepFor    = 5 * time.Minute
)

// Kept holds the states of a collection that cursors name, so that a walk sees one state from end to end. Both functions
// are called under its lock; acquire makes a state stay, release lets it go.
type Kept[S any] struct {
	acquire, release func(S)

	mu     sync.Mutex
	states []keptState[S] // the one used last at the end
}

type keptState[S any] struct {
	id    string
	state S
	used  time.Time
}

// NewKept returns an empty one.
func NewKept[S any](acquire, release func(S)) *Kept[S] {
	return &Kept[S]{acquire: acquire, release: release}
}

// Keep holds a state from now on.
func (k *Kept[S]) Keep(id string, state S) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.expire()
	if i := k.index(id); i >= 0 {
		k.states = append(slices.Delete(k.states, i, i+1), keptState[S]{id, state, time.Now()})
		return
	}
	k.acquire(state)
	k.states = append(k.states, keptState[S]{id, state, time.Now()})
	if len(k.states) > keepStates {
		k.release(k.states[0].state)
		k.states = slices.Delete(k.states, 0, 1)
	}
}

// Start returns the state and the place in it where a request's page starts: those of its cursor, or the newest state and
// its beginning. The state is acquired for the caller, by newest as by Take. The error is that of newest or ParsePosition,
// or ErrCursorExpired.
func (k *Kept[S]) Start(request Request, newest func() (state S, id string, err error)) (S, Position, error) {
	if request.Cursor == "" {
		state, id, err := newest()
		return state, Position{Snapshot: id, Request: request.Hash()}, err
	}
	position, err := ParsePosition(request)
	if err != nil {
		var none S
		return none, position, err
	}
	state, err := k.Take(position.Snapshot)
	return state, position, err
}

// Take returns a state that is held, acquired once more for the caller, or ErrCursorExpired.
func (k *Kept[S]) Take(id string) (state S, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.expire()
	i := k.index(id)
	if i < 0 {
		return state, ErrCursorExpired
	}
	k.acquire(k.states[i].state)
	return k.states[i].state, nil
}

// Clear lets every state go.
func (k *Kept[S]) Clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, s := range k.states {
		k.release(s.state)
	}
	k.states = nil
}

func (k *Kept[S]) index(id string) int {
	return slices.IndexFunc(k.states, func(s keptState[S]) bool { return s.id == id })
}

func (k *Kept[S]) expire() {
	k.states = slices.DeleteFunc(k.states, func(s keptState[S]) bool {
		old := time.Since(s.used) > keepFor
		if old {
			k.release(s.state)
		}
		return old
	})
}
