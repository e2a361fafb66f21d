package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gongwen/fetch"
	"gongwen/indexer"
	"gongwen/search"
	"gongwen/search/cluster"
	"gongwen/search/embedded/segment"
	"gongwen/search/owner"
)

// indexFlags are the flags of "gongwen index".
type indexFlags struct {
	data        *string
	prune       *bool
	report      *string
	rebuild     *bool
	corrections *[]string
}

func (a *app) indexCommand() *cobra.Command {
	var flags indexFlags
	cmd := a.command(a.say(indexUse), indexShort, indexLong, indexExample, func(cmd *cobra.Command, args []string) error {
		return a.index(cmd, flags, args)
	})
	cmd.Args = a.atLeast(1, aPath)
	flags.data = a.dataFlag(cmd.Flags())
	flags.prune = cmd.Flags().Bool("prune", false, a.say(flagPrune))
	flags.rebuild = cmd.Flags().Bool("rebuild", false, a.say(flagRebuild))
	flags.corrections = a.correctionsFlag(cmd.Flags())
	flags.report = cmd.Flags().String("report", "", a.say(flagReport))
	return cmd
}

func (a *app) index(cmd *cobra.Command, flags indexFlags, paths []string) (err error) {
	ix, err := indexer.New(indexer.Options{
		Stdin: a.stdin, Child: a.child, Origins: new(fetch.Origins), Corrections: *flags.corrections,
	})
	if err != nil {
		return err
	}
	engine, err := a.openData(cmd.Context(), *flags.data)
	unusable := errors.Is(err, segment.ErrOutdated) || errors.Is(err, segment.ErrDamaged) || cluster.Unbuilt(err)
	if err != nil && !(*flags.rebuild && unusable) {
		return err
	}
	if engine != nil {
		defer func() { err = errors.Join(err, engine.Close()) }()
	}

	summaryTo := a.stdout
	options := indexer.RunOptions{Prune: *flags.prune, Exclude: *flags.data}
	switch *flags.report {
	case "":
	case "-":
		options.Report, summaryTo = a.stdout, a.stderr
	default:
		file, err := os.Create(*flags.report)
		if err != nil {
			return &exitError{code: exitFailed, message: a.say(cannotWriteReport), err: err}
		}
		options.Report = file
		defer func() {
			if closing := file.Close(); err == nil && closing != nil {
				err = &exitError{code: exitFailed, message: a.say(cannotWriteReport), err: closing}
			}
		}()
	}
	watch := &skipWatch{}
	if file, ok := a.stderr.(*os.File); ok {
		watch.Progress = indexer.NewProgress(file)
	}
	options.Progress = watch

	var summary indexer.Summary
	run := func(writer search.Engine) (err error) {
		summary, err = ix.Run(cmd.Context(), writer, paths, options)
		return err
	}
	switch {
	case engine == nil:
		err = a.replace(cmd.Context(), *flags.data, run)
	case *flags.rebuild:
		err = engine.Rebuild(cmd.Context(), run)
	default:
		err = run(engine)
	}
	if printed := a.printSummary(summaryTo, &summary, watch.skipped, *flags.report != ""); printed != nil {
		return errors.Join(err, printed)
	}
	if errors.Is(err, context.Canceled) {
		return &exitError{code: exitInterrupted, message: a.say(indexInterrupted)}
	}
	if err != nil {
		return err
	}
	if engine != nil {
		if err := a.printHolding(cmd, summaryTo, engine, *flags.data); err != nil {
			return err
		}
	}
	if summary.Refused+summary.Ignored > 0 {
		return &exitError{code: exitPart}
	}
	return nil
}

// correctionsFlag adds the flag that every command that reads files for good has.
func (a *app) correctionsFlag(flags *pflag.FlagSet) *[]string {
	return flags.StringArray("corrections", nil, a.say(flagCorrections))
}

// replace builds an index in the place of one that cannot be opened.
func (a *app) replace(ctx context.Context, data string, run func(search.Engine) error) error {
	if remote, err := a.onCluster(); err != nil {
		return err
	} else if remote {
		return a.replaceCluster(ctx, run)
	}
	words, err := a.loadWords()
	if err != nil {
		return err
	}
	return owner.Replace(ctx, data, words, run)
}

// printSummary says what became of a run: refusals one by one, then the counts.
func (a *app) printSummary(to io.Writer, s *indexer.Summary, skipped []indexer.Entry, reported bool) error {
	for i := range s.Refusals {
		if _, err := fmt.Fprintln(a.stderr, visible(a.say(refusedLine, s.Refusals[i].Place(), s.Refusals[i].Reason))); err != nil {
			return fmt.Errorf("write refusals: %w", err)
		}
	}
	if more := s.Refused - len(s.Refusals); more > 0 {
		if _, err := fmt.Fprintln(a.stderr, a.say(moreRefused, more)); err != nil {
			return fmt.Errorf("write refusals: %w", err)
		}
	}
	for i := range s.Ignores {
		if _, err := fmt.Fprintln(a.stderr, visible(a.say(ignoredLine, s.Ignores[i].Place(), s.Ignores[i].Reason))); err != nil {
			return fmt.Errorf("write faults: %w", err)
		}
	}
	if s.Accepted+s.Unchanged == 0 {
		for i := range skipped {
			if _, err := fmt.Fprintln(a.stderr, visible(a.say(skippedLine, skipped[i].Place(), skipped[i].Reason))); err != nil {
				return fmt.Errorf("write skips: %w", err)
			}
		}
	}
	counts := []string{a.say(countAccepted, s.Accepted)}
	for _, part := range []struct {
		what  text
		count int
	}{{countUnchanged, s.Unchanged}, {countDeleted, s.Deleted}, {countRefused, s.Refused}, {countSkipped, s.Skipped}, {countIgnored, s.Ignored}} {
		if part.count > 0 {
			counts = append(counts, a.say(part.what, part.count))
		}
	}
	line := strings.Join(counts, a.say(comma)) + a.say(countRate, float64(s.Bytes)/1e6, s.Elapsed.Seconds(), s.Rate())
	for _, row := range a.formatTable(s.Formats) {
		line += "\n" + row
	}
	if s.Refused > 0 && s.Accepted+s.Unchanged > 0 {
		line += "\n" + a.say(restIndexed, s.Refused)
	}
	if s.Skipped > 0 && !reported {
		line += "\n" + a.say(skippedHint)
	}
	if _, err := fmt.Fprintln(to, line); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

// formatTable is what was read by format, in straight columns; nothing where there is nothing to compare.
func (a *app) formatTable(formats []indexer.FormatSummary) []string {
	if len(formats) < 2 && (len(formats) == 0 || formats[0].Refused == 0) {
		return nil
	}
	rows := [][]string{{a.say(columnFormat), a.say(columnFiles), a.say(columnDocuments), a.say(columnRefused), "MB", a.say(columnRate)}}
	for i := range formats {
		f := &formats[i]
		rows = append(rows, []string{
			f.Name, strconv.Itoa(f.Files), strconv.Itoa(f.Documents), strconv.Itoa(f.Refused),
			fmt.Sprintf("%.1f", float64(f.Bytes)/1e6), fmt.Sprintf("%.1f", f.Rate()),
		})
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columns(cell))
		}
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		line := "  " + fill(row[0], widths[0])
		for j, cell := range row[1:] {
			line += strings.Repeat(" ", widths[j+1]-columns(cell)+2) + cell
		}
		lines[i] = line
	}
	return lines
}

// printHolding says how many documents there are now and what one can do with them.
func (a *app) printHolding(cmd *cobra.Command, to io.Writer, engine search.Engine, data string) error {
	known, err := engine.Known(cmd.Context())
	if err != nil {
		return fmt.Errorf("count documents: %w", err)
	}
	status, err := engine.Status(cmd.Context())
	if err != nil {
		return fmt.Errorf("count documents: %w", err)
	}
	one, _ := a.placed(data, holdingOne, clusterHoldingOne)
	many, place := a.placed(data, holdingMany, clusterHoldingMany)
	line := a.count(status.Documents, one, many, place)
	if more := len(known) - status.Documents; more > 0 {
		line += a.count(more, holdingSame, holdingSames)
	}
	if _, err = fmt.Fprintln(to, line); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

// maxSkipped is how many skipped files are named where nothing at all was indexed.
const maxSkipped = 5

// skipWatch keeps the first files that a run skipped, and passes everything on.
type skipWatch struct {
	indexer.Progress // nil for nobody

	mutex   sync.Mutex
	skipped []indexer.Entry
}

func (w *skipWatch) Total(bytes int64) {
	if w.Progress != nil {
		w.Progress.Total(bytes)
	}
}

func (w *skipWatch) Read(bytes int64) {
	if w.Progress != nil {
		w.Progress.Read(bytes)
	}
}

func (w *skipWatch) Settled(entry *indexer.Entry) {
	if entry.Outcome == indexer.Skipped {
		w.mutex.Lock()
		if len(w.skipped) < maxSkipped {
			w.skipped = append(w.skipped, *entry)
		}
		w.mutex.Unlock()
	}
	if w.Progress != nil {
		w.Progress.Settled(entry)
	}
}

func (w *skipWatch) Done(summary *indexer.Summary) {
	if w.Progress != nil {
		w.Progress.Done(summary)
	}
}
