package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gongwen/search"
	"gongwen/server"
)

// serveFlags are the flags of "gongwen serve".
type serveFlags struct {
	data    *string
	address *string
	base    *string
	bodies  *string
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
	options := server.Options{BaseURL: *flags.base, Register: register}
	return a.serve(ctx, engine, *flags.address, options, func(url string) string {
		ready, place := a.placed(*flags.data, servingData, servingCluster)
		message := a.say(ready, url, place, a.count(status.Documents, oneDocument, manyDocuments))
		if status.Documents == 0 {
			message += "\n" + a.noDocuments(*flags.data) + "\n" + a.say(servingFollows)
		}
		return message
	})
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
