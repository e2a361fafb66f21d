// Command gongwen indexes Chinese administrative documents, searches them and serves them over HTTP. This package only
// wires the others together: it reads flags and environment, opens engines, and prints what they answer.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"gongwen/analyzers"
	"gongwen/indexer/format"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == format.ChildArgument {
		if err := format.ServeChild(os.Args[2], os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(exitFailed)
		}
		return
	}
	child, err := os.Executable()
	if err != nil {
		child = "" // then nothing is read in a child
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, environment{
		lookup: os.LookupEnv,
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		child:  child,
		words:  sync.OnceValues(func() (*analyzers.Words, error) { return analyzers.NewWords() }),
	}, os.Args[1:]))
}
