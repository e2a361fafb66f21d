package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"gongwen/fetch"
)

// nameFetched names what a person may want to do something about.
func (a *app) nameFetched(f *fetching, s *fetch.Summary) {
	for i := range s.Failures {
		e := &s.Failures[i]
		line := a.say(notFetched, e.URL, e.Reason)
		if e.From != "" {
			line += a.say(linkedFrom, e.From)
		}
		f.warn(line)
	}
	if more := s.Counts[fetch.Failed] - len(s.Failures); more > 0 {
		f.warn(a.say(moreNotFetched, more))
	}
	for _, line := range f.named {
		f.warn(line)
	}
	for i, e := range f.gone {
		if i == maxNamed {
			f.warn(a.say(moreGone, len(f.gone)-maxNamed))
			break
		}
		f.warn(a.say(goneLine, e.URL, e.Reason))
	}
}

// fetchCounts is what became of all addresses, in one line.
func (a *app) fetchCounts(s *fetch.Summary) string {
	var parts []string
	add := func(what text, count int) {
		if count > 0 {
			parts = append(parts, a.say(what, count))
		}
	}
	c := s.Counts
	add(countPlanned, c[fetch.Planned])
	if c[fetch.Planned] == 0 {
		parts = append(parts, a.say(countNew, c[fetch.New]))
	}
	if s.Attached > 0 && c[fetch.New] > 0 {
		parts[len(parts)-1] += a.say(countAttached, s.Attached)
	}
	add(countChanged, c[fetch.Changed])
	add(countSame, c[fetch.Unchanged])
	add(countResumed, s.Resumed)
	add(countListed, c[fetch.Listed])
	add(countGone, c[fetch.Gone])
	if skipped := c[fetch.Skipped]; skipped > 0 {
		var causes []string
		for _, cause := range []struct {
			name text
			n    int
		}{
			{byRobots, s.Causes[fetch.ByRobots]}, {byHost, s.Causes[fetch.OtherHost]}, {bySize, s.Causes[fetch.TooLarge]},
			{byFormat, s.Causes[fetch.NoReader]},
		} {
			if cause.n > 0 {
				causes = append(causes, a.say(cause.name, cause.n))
			}
		}
		parts = append(parts, a.say(countPassed, skipped, strings.Join(causes, a.say(comma))))
	}
	add(countFailed, c[fetch.Failed])
	add(countWaiting, s.Waiting)
	return a.say(fetchedLine, strings.Join(parts, a.say(comma)), float64(s.Bytes)/1e6, s.Elapsed.Seconds())
}

// fetchHints says what one could do next.
func (a *app) fetchHints(f *fetching, s *fetch.Summary, pruned bool) {
	for limit, hint := range map[fetch.Limit]text{fetch.PageLimit: hintPages, fetch.ByteLimit: hintBytes, fetch.TimeLimit: hintTime} {
		if s.Stopped == limit {
			f.print(a.say(hint))
		}
	}
	if s.Elsewhere > 0 {
		f.print(a.say(hintElsewhere, s.Elsewhere))
	}
	if len(f.gone) > 0 && !pruned {
		f.print(a.say(hintGone))
	}
}

// fetchWatch shows how far fetching is: a bar on a terminal, a line now and then in a log, nothing in a test.
type fetchWatch struct {
	app       *app
	to        io.Writer // nil for nobody
	container *mpb.Progress
	bar       *mpb.Bar

	mutex           sync.Mutex
	settled, failed int
	now             string
	waiting         int
	last            time.Time
	started         time.Time
}

// maxPlace is how much of an address is shown beside the bar: its end, which changes.
const maxPlace = 24

// watchInterval is the time between two lines of a log.
const watchInterval = 5 * time.Second

func (a *app) newFetchWatch() *fetchWatch {
	w := &fetchWatch{app: a, started: time.Now(), last: time.Now()}
	file, ok := a.stderr.(*os.File)
	if !ok {
		return w
	}
	w.to = file
	if !term.IsTerminal(int(file.Fd())) {
		return w
	}
	w.container = mpb.New(mpb.WithOutput(file), mpb.WithWidth(30))
	w.bar = w.container.AddBar(0, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return w.line() + " " })),
		mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_MMSS), decor.Any(func(decor.Statistics) string { return " " + w.place() })),
	)
	return w
}

func (w *fetchWatch) line() string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	line := w.app.say(fetchProgress, w.settled, w.waiting)
	if w.failed > 0 {
		line += w.app.say(fetchProgressFailed, w.failed)
	}
	return line
}

// place is the address that was fetched last, short enough for a terminal of eighty columns.
func (w *fetchWatch) place() string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	_, place, _ := strings.Cut(visible(w.now), "://")
	if len(place) > maxPlace { // escaped, so bytes are columns
		return "…" + place[len(place)-maxPlace:]
	}
	return place
}

func (w *fetchWatch) told(e *fetch.Event, waiting int) {
	if e.Outcome == fetch.Skipped && e.Cause != fetch.TooLarge {
		return
	}
	w.mutex.Lock()
	w.settled++
	if e.Outcome == fetch.Failed {
		w.failed++
	}
	w.waiting, w.now = waiting, e.URL
	due := time.Since(w.last) >= watchInterval
	w.mutex.Unlock()
	switch {
	case w.bar != nil:
		w.bar.SetTotal(int64(w.settled+waiting)+1, false)
		w.bar.SetCurrent(int64(w.settled))
	case w.to != nil && due:
		w.last = time.Now()
		w.say(w.line())
	}
}

// say shows a line beside the bar.
func (w *fetchWatch) say(line string) {
	switch {
	case w.container != nil:
		_, _ = fmt.Fprintln(w.container, visible(line)) // progress is for watching
	case w.to != nil:
		_, _ = fmt.Fprintln(w.to, visible(line))
	}
}

func (w *fetchWatch) done() {
	if w.bar != nil {
		w.bar.Abort(true)
		w.container.Wait()
	}
}
