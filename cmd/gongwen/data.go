package main

import (
	"context"
	"errors"
	"os"

	"gongwen/search/embedded/segment"
	"gongwen/search/owner"
)

// openData opens a data folder, which it makes if need be; through the process that has it open, where there is one.
func (a *app) openData(ctx context.Context, data string) (*owner.Engine, error) {
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

// openFilled opens a data folder to search in; one that is not there is not made.
func (a *app) openFilled(ctx context.Context, data string) (*owner.Engine, error) {
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		return nil, &exitError{code: exitPart, message: a.noDocuments(data)}
	}
	return a.openData(ctx, data)
}
