package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Exit codes. The help of the root command lists them.
const (
	exitDone        = 0
	exitPart        = 1 // the rest was done: a file refused, a document not found, an empty collection
	exitUsage       = 2 // the command line or the query is at fault
	exitFailed      = 3 // nothing, or not all, could be done: data folder in use, port taken, disk full
	exitInterrupted = 130
)

// exitError ends a command with an exit code. message is for the user and "" where everything is said already.
type exitError struct {
	code    int
	message string
	err     error // the cause, or nil
}

func (f *exitError) Error() string {
	switch {
	case f.err == nil:
		return f.message
	case f.message == "":
		return f.err.Error()
	}
	return f.message + ": " + f.err.Error()
}

func (f *exitError) Unwrap() error { return f.err }

// usageFault is a command line that its author can mend.
func usageFault(message string) error { return &exitError{code: exitUsage, message: message} }

// report prints an error once and returns the exit code.
func (a *app) report(cmd *cobra.Command, err error) int {
	var known *exitError
	var query *queryError
	code, message := exitFailed, ""
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &query):
		code, message = exitUsage, a.sayQueryError(query)
	case errors.As(err, &known):
		if code = known.code; known.message == "" && known.err == nil {
			return code
		}
		message = known.Error()
		if code == exitUsage && cmd.Name() != "help" {
			message += "\n" + a.say(seeHelp, cmd.CommandPath())
		}
	case errors.Is(err, context.Canceled):
		code, message = exitInterrupted, a.say(interrupted)
	default:
		var name string
		message = err.Error()
		if n, _ := fmt.Sscanf(message, "unknown command %q", &name); n == 1 && cmd == cmd.Root() {
			code, message = exitUsage, a.unknownCommand(cmd, name)
		}
	}
	_, _ = fmt.Fprintln(a.stderr, "gongwen: "+visible(message)) // nobody is left to tell
	return code
}

func (a *app) unknownCommand(root *cobra.Command, name string) string {
	root.SuggestionsMinimumDistance = 2
	message := a.say(unknownCommand, name)
	if similar := root.SuggestionsFor(name); len(similar) > 0 {
		slices.SortStableFunc(similar, func(a, b string) int { return editDistance(a, name) - editDistance(b, name) })
		message += "\n" + a.say(didYouMean, "gongwen "+strings.Join(similar, ", gongwen "))
	}
	return message + "\n" + a.say(seeHelp, "gongwen")
}

// flagFault says in the user's language what pflag found wrong.
func (a *app) flagFault(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &missing):
		name := missing.GetSpecifiedName()
		if short := missing.GetSpecifiedShortnames(); short != "" {
			message := a.say(unknownFlag, "-"+short)
			if cmd.Name() == "search" {
				message += "\n" + a.say(minusHint, "-"+short)
			}
			return usageFault(message)
		}
		message := a.say(unknownFlag, "--"+name)
		if similar := similarFlag(cmd.Flags(), name); similar != "" {
			message += "\n" + a.say(didYouMean, "--"+similar)
		}
		return usageFault(message)
	case errors.As(err, &empty):
		return usageFault(a.say(flagWithoutValue, "--"+empty.GetFlag().Name))
	case errors.As(err, &invalid):
		return usageFault(a.say(flagBadValue, "--"+invalid.GetFlag().Name, invalid.GetValue()))
	}
	return usageFault(err.Error())
}

// similarFlag is the flag whose name begins like name or is at most two letters away from it, or "".
func similarFlag(flags *pflag.FlagSet, name string) string {
	best, least := "", 3
	flags.VisitAll(func(f *pflag.Flag) {
		distance := editDistance(f.Name, name)
		if len(name) > 1 && strings.HasPrefix(f.Name, name) {
			distance = 1
		}
		if distance < least {
			best, least = f.Name, distance
		}
	})
	return best
}

// editDistance counts the letters to add, drop or change.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
