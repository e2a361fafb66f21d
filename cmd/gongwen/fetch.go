package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gongwen/fetch"
	"gongwen/indexer"
	"gongwen/indexer/format"
	"gongwen/search"
)

// fetchFlags are the flags of "gongwen fetch".
type fetchFlags struct {
	data, store, list, agent, report *string
	sitemaps                         *[]string
	depth, pages                     *int
	size, total                      *int64
	delay, timeout, time             *time.Duration
	others, private, prune, dry      *bool
}

// The limits of those who name none.
const (
	defaultStore   = "web"
	defaultPages   = 1000
	defaultFile    = 64   // MB
	defaultTotal   = 2048 // MB
	defaultDelay   = time.Second
	defaultTimeout = 2 * time.Minute
	defaultTime    = 6 * time.Hour
	// indexEvery is how many new files are indexed at a time while more are fetched.
	indexEvery = 50
)

func (a *app) fetchCommand() *cobra.Command {
	var flags fetchFlags
	cmd := a.command(a.say(fetchUse), fetchShort, fetchLong, fetchExample, func(cmd *cobra.Command, args []string) error {
		return a.fetch(cmd, flags, args)
	})
	set := cmd.Flags()
	flags.data = a.dataFlag(set)
	flags.store = set.String("store", defaultStore, a.say(flagStore))
	flags.sitemaps = set.StringArray("sitemap", nil, a.say(flagSitemap))
	flags.list = set.String("list", "", a.say(flagList))
	flags.depth = set.Int("depth", 1, a.say(flagDepth))
	flags.others = set.Bool("other-hosts", false, a.say(flagOthers))
	flags.private = set.Bool("allow-private", false, a.say(flagPrivate))
	flags.dry = set.Bool("dry-run", false, a.say(flagDry))
	flags.prune = set.Bool("prune", false, a.say(flagPruneFetched))
	flags.delay = set.Duration("delay", defaultDelay, a.say(flagDelay))
	flags.timeout = set.Duration("timeout", defaultTimeout, a.say(flagTimeout))
	flags.pages = set.Int("max-pages", defaultPages, a.say(flagMaxPages))
	flags.size = set.Int64("max-size", defaultFile, a.say(flagMaxSize))
	flags.total = set.Int64("max-total", defaultTotal, a.say(flagMaxTotal))
	flags.time = set.Duration("max-time", defaultTime, a.say(flagMaxTime))
	flags.agent = set.String("agent", "gongwen/"+newBuild().version, a.say(flagAgent))
	flags.report = set.String("report", "", a.say(flagFetchReport))
	return cmd
}

// fetchPlan reads what is to be fetched.
func (a *app) fetchPlan(cmd *cobra.Command, flags *fetchFlags, args []string) (*fetch.Plan, error) {
	plan := &fetch.Plan{URLs: args, Sitemaps: *flags.sitemaps, ListName: *flags.list}
	switch {
	case plan.ListName == "-":
		plan.List = fetch.ReadList(a.stdin)
		plan.ListName = strings.Join(plan.List, "\n") // it has no name, and another one is another plan
	case plan.ListName != "":
		file, err := os.Open(plan.ListName)
		if err != nil {
			return nil, &exitError{code: exitFailed, message: a.say(cannotReadList, plan.ListName), err: err}
		}
		plan.List = fetch.ReadList(file)
		_ = file.Close() // only read from
		if absolute, err := filepath.Abs(plan.ListName); err == nil {
			plan.ListName = absolute
		}
	}
	if len(plan.URLs)+len(plan.Sitemaps)+len(plan.List) == 0 {
		return nil, usageFault(a.say(missingArgument, a.say(anAddress)))
	}
	for _, name := range []string{"depth", "delay", "timeout", "max-pages", "max-size", "max-total", "max-time"} {
		if value := cmd.Flags().Lookup(name).Value.String(); strings.HasPrefix(value, "-") {
			return nil, usageFault(a.say(flagBadValue, "--"+name, value))
		}
	}
	return plan, nil
}

func (a *app) fetch(cmd *cobra.Command, flags fetchFlags, args []string) (err error) {
	plan, err := a.fetchPlan(cmd, &flags, args)
	if err != nil {
		return err
	}
	options := fetch.Options{
		Folder: *flags.store, Depth: *flags.depth, OtherHosts: *flags.others, AllowPrivate: *flags.private, DryRun: *flags.dry,
		Prune: *flags.prune, Delay: *flags.delay, Timeout: *flags.timeout, MaxPages: *flags.pages, MaxSize: *flags.size << 20,
		MaxTotal: *flags.total << 20, MaxTime: *flags.time, Agent: *flags.agent,
		Extensions: format.New(format.Options{}).Extensions(),
	}
	if cmd.Flags().Changed("depth") {
		options.ListedDepth = *flags.depth
	}
	if options.Folder, err = filepath.Abs(options.Folder); err != nil {
		return fmt.Errorf("find folder: %w", err)
	}
	work := &fetching{app: a, ctx: cmd.Context(), folder: options.Folder, out: a.stdout}
	switch *flags.report {
	case "":
	case "-":
		work.report, work.out = json.NewEncoder(a.stdout), a.stderr
	default:
		file, err := os.Create(*flags.report)
		if err != nil {
			return &exitError{code: exitFailed, message: a.say(cannotWriteReport), err: err}
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		work.report = json.NewEncoder(file)
	}
	if !options.DryRun {
		engine, err := a.openData(cmd.Context(), *flags.data) // first: nobody wants to learn at the end that it is damaged
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		work.engine = engine
		if work.ix, err = indexer.New(indexer.Options{Child: a.child, Origins: new(fetch.Origins)}); err != nil {
			return err
		}
	}
	work.watch = a.newFetchWatch()
	options.Tell, options.Slow = work.tell, work.slow
	summary, failure := fetch.Run(cmd.Context(), plan, options)
	work.watch.done()
	if errors.Is(failure, fetch.ErrInUse) {
		return &exitError{code: exitFailed, message: a.say(storeInUse, *flags.store)}
	}
	return work.finish(cmd, &summary, failure, flags)
}

// fetching is one run of "gongwen fetch": what comes is indexed while more is fetched.
type fetching struct {
	app    *app
	ctx    context.Context
	folder string
	engine search.Engine // nil for a dry run
	ix     *indexer.Indexer
	watch  *fetchWatch
	report *json.Encoder
	out    io.Writer

	waiting []string // stored, not indexed
	indexed int
	took    time.Duration // for indexing
	named   []string      // of what was skipped, for the end
	gone    []fetch.Event
	failure error
}

// maxNamed is how many addresses that were skipped or are gone are named.
const maxNamed = 20

func (f *fetching) tell(e *fetch.Event, waiting int) {
	f.watch.told(e, waiting)
	if f.report != nil && f.failure == nil {
		if err := f.report.Encode(e); err != nil {
			f.failure = &exitError{code: exitFailed, message: f.app.say(cannotWriteReport), err: err}
		}
	}
	switch e.Outcome {
	case fetch.New, fetch.Changed:
		if f.waiting = append(f.waiting, e.File); len(f.waiting) >= indexEvery {
			f.index(f.ctx)
		}
	case fetch.Planned:
		f.print(strings.TrimSpace(e.URL + "  " + e.Reason))
	case fetch.Gone:
		f.gone = append(f.gone, *e)
	case fetch.Skipped:
		if (e.Cause == fetch.TooLarge || e.Cause == fetch.NoReader || e.From == "") && len(f.named) < maxNamed {
			f.named = append(f.named, f.app.say(skippedLine, e.URL, e.Reason))
		}
	}
}

func (f *fetching) slow(host string, delay time.Duration) {
	f.watch.say(f.app.say(slowHost, host, delay))
}

func (f *fetching) print(line string) {
	if _, err := fmt.Fprintln(f.out, visible(line)); err != nil && f.failure == nil {
		f.failure = fmt.Errorf("write result: %w", err)
	}
}

func (f *fetching) warn(line string) {
	_, _ = fmt.Fprintln(f.app.stderr, visible(line)) // nobody is left to tell
}

// index takes in what was stored since the last time. What is refused is told by the last run over the folder.
func (f *fetching) index(ctx context.Context) {
	if f.failure != nil || len(f.waiting) == 0 || f.engine == nil {
		return
	}
	summary, err := f.ix.Run(ctx, f.engine, f.waiting, indexer.RunOptions{})
	f.waiting = nil
	f.indexed += summary.Accepted
	f.took += summary.Elapsed
	if err != nil && ctx.Err() == nil {
		f.failure = err
	}
}

// finish indexes the rest and says what came of it all.
func (f *fetching) finish(cmd *cobra.Command, s *fetch.Summary, failure error, flags fetchFlags) error {
	a := f.app
	interrupted := errors.Is(failure, context.Canceled)
	a.nameFetched(f, s)
	f.print(a.fetchCounts(s))
	a.fetchHints(f, s, *flags.prune)
	if failure != nil && !interrupted {
		return &exitError{code: exitFailed, message: a.say(cannotFetch, *flags.store), err: failure}
	}
	if *flags.dry {
		if interrupted {
			return context.Canceled
		}
		return f.outcome(s, 0)
	}
	if interrupted {
		f.index(context.WithoutCancel(f.ctx)) // a second signal ends the process at once
		f.print(a.say(countAccepted, f.indexed))
		return &exitError{code: exitInterrupted, message: a.say(fetchInterrupted)}
	}
	f.index(f.ctx)
	if f.failure != nil {
		return f.failure
	}
	summary, err := f.all(*flags.prune)
	if err == nil && summary.Accepted+summary.Unchanged+summary.Refused+summary.Deleted == 0 {
		return f.outcome(s, 0) // nothing was ever stored: all is said
	}
	if printed := a.printSummary(f.out, &summary, nil, true); printed != nil {
		return errors.Join(err, printed)
	}
	if errors.Is(err, context.Canceled) {
		return &exitError{code: exitInterrupted, message: a.say(fetchInterrupted)}
	}
	if err == nil {
		err = a.printHolding(cmd, f.out, f.engine, *flags.data)
	}
	if err != nil {
		return err
	}
	return f.outcome(s, summary.Refused)
}

// all runs over the whole folder: what an earlier run stored and could not index any more is taken in, and with prune
// what has no file any more is deleted.
func (f *fetching) all(prune bool) (indexer.Summary, error) {
	children, err := os.ReadDir(f.folder)
	if err != nil {
		return indexer.Summary{}, fmt.Errorf("read folder: %w", err)
	}
	var hosts []string
	for _, child := range children {
		if child.IsDir() && !strings.HasPrefix(child.Name(), ".") {
			hosts = append(hosts, filepath.Join(f.folder, child.Name()))
		}
	}
	if len(hosts) == 0 {
		return indexer.Summary{}, nil
	}
	summary, err := f.ix.Run(f.ctx, f.engine, hosts, indexer.RunOptions{Prune: prune})
	summary.Accepted += f.indexed
	summary.Unchanged = max(summary.Unchanged-f.indexed, 0)
	summary.Elapsed += f.took
	return summary, err
}

func (f *fetching) outcome(s *fetch.Summary, refused int) error {
	switch {
	case f.failure != nil:
		return f.failure
	case s.Counts[fetch.Failed] > 0 || s.Stopped != "" || refused > 0:
		return &exitError{code: exitPart}
	}
	return nil
}
