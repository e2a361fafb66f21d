package main

import (
	"context"
	"errors"
	"os"

	"gongwen/search"
	"gongwen/search/embedded/segment"
	"gongwen/search/owner"
)

// store is an open collection.
type store interface {
	search.Engine
	// Rebuild makes the collection anew beside the one that serves, and serves it once fill has returned without an error.
	Rebuild(ctx context.Context, fill func(search.Engine) error) error
}

// openData opens a collection, which it makes if need be: on the cluster where the flags say so, else in a data folder, through the
// process that has it open, where there is one.
func (a *app) openData(ctx context.Context, data string) (store, error) {
	if remote, err := a.onCluster(); err != nil {
		return nil, err
	} else if remote {
		return a.openCluster(ctx)
	}
	words, err := a.loadWords()
	if err != nil {
		return nil, err
	}
	lexicon, err := a.lexicon(words)
	if err != nil {
		return nil, err
	}
	engine, err := owner.Open(ctx, data, lexicon)
	var inUse *owner.InUseError
	switch {
	case errors.As(err, &inUse):
		return nil, &exitError{code: exitFailed, message: a.say(dataInUse, data, inUse.PID)}
	case errors.Is(err, segment.ErrOutdated):
		return nil, &exitError{code: exitFailed, message: a.say(dataOutdated, data), err: err}
	case errors.Is(err, segment.ErrDamaged):
		return nil, &exitError{code: exitFailed, message: a.say(dataDamaged, data), err: err}
	case err != nil:
		return nil, &exitError{code: exitFailed, message: a.say(cannotOpenData, data), err: err}
	}
	return engine, nil
}

// openFilled opens a collection to search in; a data folder that is not there is not made.
func (a *app) openFilled(ctx context.Context, data string) (store, error) {
	if a.store.engine != engineEmbedded {
		return a.openData(ctx, data)
	}
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		return nil, &exitError{code: exitPart, message: a.noDocuments(data)}
	}
	return a.openData(ctx, data)
}
