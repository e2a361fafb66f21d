// Command gongwen indexes Chinese administrative documents, searches them and serves them over HTTP. This package only
// wires the others together: it reads flags and environment, opens engines, and prints what they answer.
package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"gongwen/analyzers"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, environment{
		lookup: os.LookupEnv,
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		words:  sync.OnceValues(func() (*analyzers.Words, error) { return analyzers.NewWords() }),
	}, os.Args[1:]))
}
