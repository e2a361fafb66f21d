package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gongwen/analyzers"
	"gongwen/fetch"
	"gongwen/indexer"
	"gongwen/search"
	"gongwen/server"
	"gongwen/suggest"
	"gongwen/watch"
)

// serveFlags are the flags of "gongwen serve".
type serveFlags struct {
	data    *string
	address *string
	base    *string
	bodies  *string
	watch   *[]string
	every   *time.Duration

	corrections *[]string
}

// defaultAddress can be reached from this machine only.
const defaultAddress = "127.0.0.1:8080"

func (a *app) addressFlag(flags *pflag.FlagSet) *string {
	return flags.String("addr", defaultAddress, a.say(flagAddress))
}

func (a *app) serveCommand() *cobra.Command {
	var flags serveFlags
	cmd := a.command(a.say(serveUse), serveShort, serveLong, serveExample, func(cmd *cobra.Command, _ []string) error {
		return a.serveData(cmd.Context(), flags)
	})
	cmd.Args = a.exactly(0, text{})
	flags.data = a.dataFlag(cmd.Flags())
	flags.address = a.addressFlag(cmd.Flags())
	flags.base = cmd.Flags().String("base-url", "", a.say(flagBase))
	flags.bodies = a.bodiesFlag(cmd.Flags())
	flags.corrections = a.correctionsFlag(cmd.Flags())
	flags.watch = cmd.Flags().StringArray("watch", nil, a.say(flagWatch))
	flags.every = cmd.Flags().Duration("watch-every", watch.DefaultEvery, a.say(flagWatchEvery))
	a.aliasesFlag(cmd.Flags())
	return cmd
}

func (a *app) serveData(ctx context.Context, flags serveFlags) (err error) {
	engine, err := a.openData(ctx, *flags.data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	status, err := engine.Status(ctx)
	if err != nil {
		return fmt.Errorf("read collection: %w", err)
	}
	words, err := a.loadWords()
	if err != nil {
		return err
	}
	register, err := a.newRegister(engine, words, *flags.bodies)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	options := server.Options{BaseURL: *flags.base, Register: register, Suggester: a.suggester(ctx, engine, words)}
	if len(*flags.watch) > 0 {
		watcher, err := a.newWatcher(engine, flags)
		if err != nil {
			return err
		}
		options.Watch = func() any { return watcher.Status() }
		var watching sync.WaitGroup
		watching.Go(func() { watcher.Run(ctx) })
		defer func() { // before the engine is closed
			cancel()
			watching.Wait()
		}()
	}
	return a.serve(ctx, engine, *flags.address, options, func(url string) string {
		ready, place := a.placed(*flags.data, servingData, servingCluster)
		message := a.say(ready, url, place, a.count(status.Documents, oneDocument, manyDocuments))
		if len(*flags.watch) > 0 {
			return message + "\n" + a.say(servingWatch, strings.Join(*flags.watch, a.say(listComma)), url)
		}
		if status.Documents == 0 {
			message += "\n" + a.noDocuments(*flags.data) + "\n" + a.say(servingFollows)
		}
		return message
	})
}

// manifestName is the file in the data folder in which is kept what was watched. Its name is none that is indexed.
const manifestName = "watch.manifest"

// newWatcher sets up the keeping up with folders.
func (a *app) newWatcher(engine watch.Collection, flags serveFlags) (*watch.Watcher, error) {
	for _, folder := range *flags.watch {
		info, err := os.Stat(folder)
		switch {
		case err != nil: // a share may be mounted later
			if _, err := fmt.Fprintln(a.stderr, a.say(watchMissing, folder)); err != nil {
				return nil, fmt.Errorf("write warning: %w", err)
			}
		case !info.IsDir():
			return nil, usageFault(a.say(watchNoFolder, folder))
		}
	}
	if *flags.every <= 0 {
		return nil, usageFault(a.say(flagBadValue, "--watch-every", flags.every.String()))
	}
	ix, err := indexer.New(indexer.Options{Child: a.child, Origins: new(fetch.Origins), Corrections: *flags.corrections})
	if err != nil {
		return nil, err
	}
	return watch.New(ix, engine, *flags.watch, watch.Options{
		Manifest: filepath.Join(*flags.data, manifestName), Exclude: *flags.data, Every: *flags.every,
		Logger: slog.New(slog.NewTextHandler(a.stderr, nil)),
	})
}

// suggester returns one that reads the collection in the background until ctx is done.
func (a *app) suggester(ctx context.Context, source suggest.Source, words *analyzers.Words) *suggest.Suggester {
	s := suggest.New(source, words, slog.New(slog.NewTextHandler(a.stderr, nil)))
	go s.Run(ctx)
	return s
}

// serverGC is the growth of the heap, in percent, after which a server collects garbage.
const serverGC = 300

// serve answers requests until ctx is done. ready makes the lines that are printed once requests are answered.
func (a *app) serve(ctx context.Context, searcher search.Searcher, address string, options server.Options, ready func(url string) string) error {
	if _, set := os.LookupEnv("GOGC"); !set {
		// The dictionary is most of the heap and never changes: tracing it less often makes the slowest answers faster, for
		// some hundred megabytes.
		debug.SetGCPercent(serverGC)
	}
	options.Logger = slog.New(slog.NewTextHandler(a.stderr, nil))
	options.Version = newBuild().version
	web, err := server.New(searcher, options)
	if err != nil {
		return fmt.Errorf("set up server: %w", err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return &exitError{code: exitFailed, message: a.say(addressInUse, address)}
	case err != nil:
		return &exitError{code: exitFailed, message: a.say(cannotListen, address), err: err}
	}
	if _, err := fmt.Fprintln(a.stdout, ready(webAddress(listener.Addr()))); err != nil {
		return errors.Join(fmt.Errorf("write address: %w", err), listener.Close())
	}
	return web.ServeListener(ctx, listener)
}

// webAddress is where a browser on this machine finds a listener.
func webAddress(address net.Addr) string {
	host, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return "http://" + address.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
