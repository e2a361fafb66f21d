// Package fetch answers "Here is an address: which pages and files are behind it?" and keeps them in a folder.
//
// A run asks politely: robots.txt is heeded, a host gets one request at a time with a pause between two, and what did not
// change is not sent again (ETag, Last-Modified). It goes on where an earlier one was stopped or killed; journal.go says
// how. Every connection is judged by the guard once its name is resolved.
//
// Not for: what the pages say, which the indexer finds out from the stored bytes. Limits: pages that are made by scripts
// show their links to nobody here; no logins, no forms, no proxies.
package fetch

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"crypto/sha256"
	"encoding/hex"
)

// Plan is what a run is asked for.
type Plan struct {
	URLs     []string // begun from
	Sitemaps []string
	List     []string // addresses of a list
	ListName string   // what the list is called: a run over the same one goes on with the last
}

// key names a plan: a run goes on with what another one of the same key left.
func (p *Plan) key() string {
	parts := slices.Concat(p.URLs, []string{"\x00"}, p.Sitemaps, []string{"\x00", p.ListName})
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x01")))
	return hex.EncodeToString(sum[:6])
}

// Options are what a run can be told. Zero limits are none, but for the size of a file.
type Options struct {
	Folder       string
	Depth        int  // how many links pages are followed from Plan.URLs
	ListedDepth  int  // the same from the addresses of lists and sitemaps
	OtherHosts   bool // attachments may lie on other hosts
	AllowPrivate bool // addresses that are not of the public internet may be connected to
	DryRun       bool // stores nothing and asks only for pages whose links are needed
	Prune        bool // deletes the files of what is gone

	Delay    time.Duration // between two requests to a host; a longer Crawl-delay counts
	Timeout  time.Duration // of one request with its answer
	MaxPages int           // requests, without those for robots.txt and sitemaps, and for what did not change
	MaxSize  int64         // bytes of one file, unpacked
	MaxTotal int64         // bytes received
	MaxTime  time.Duration

	Agent      string   // User-Agent; robots.txt knows it by what stands before the stroke
	Extensions []string // of the files that are read, in lower case with their points

	// Tell is told of each address, in one goroutine, with the number of those that wait; the run rests meanwhile.
	Tell func(e *Event, waiting int)
	// Slow is told of a host that wants more time between requests than Delay.
	Slow func(host string, delay time.Duration)

	backoff time.Duration                       // 0 is a second
	verdict func(network, address string) error // nil is the guard's
}

const (
	defaultSize = 64 << 20
	maxActive   = 4       // hosts asked at the same time, each with a file in memory
	maxSeen     = 500_000 // addresses of one run
)

// Run fetches what the plan names. The error is the folder's or the context's; what sites do wrong is told. What was told
// as stored is durable. The Summary is true in every case.
func Run(ctx context.Context, plan *Plan, options Options) (summary Summary, err error) {
	started := time.Now()
	summary = Summary{Counts: map[Outcome]int{}, Causes: map[Cause]int{}}
	defer func() { summary.Elapsed = time.Since(started) }()
	if options.MaxSize <= 0 {
		options.MaxSize = defaultSize
	}
	if options.backoff <= 0 {
		options.backoff = time.Second
	}
	if options.Timeout <= 0 {
		options.Timeout = 2 * time.Minute
	}
	asking, err := newClient(&options)
	if err != nil {
		return summary, err
	}
	state, err := openJournal(options.Folder, options.DryRun)
	if err != nil {
		return summary, err
	}
	defer func() { err = errors.Join(err, state.Close()) }()
	r := &run{
		options: &options, client: asking, journal: state, key: plan.key(), summary: &summary,
		readable: " " + strings.Join(options.Extensions, " ") + " ",
		scope:    map[string]bool{}, hosts: map[string]*host{}, seen: map[string]bool{}, results: make(chan *result),
	}
	if !options.DryRun {
		if r.since, r.resumed, err = state.begin(r.key, started); err != nil {
			return summary, err
		}
	}
	limited := ctx
	if options.MaxTime > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, options.MaxTime)
		defer cancel()
	}
	r.plan(plan)
	if err := r.sitemaps(limited, plan.Sitemaps); err == nil {
		r.loop(limited)
	}
	summary.Waiting = r.waiting()
	switch {
	case r.failure != nil:
		return summary, r.failure
	case ctx.Err() != nil:
		return summary, ctx.Err()
	case limited.Err() != nil || r.over:
		summary.Stopped = TimeLimit
	case summary.Stopped == "" && !options.DryRun:
		return summary, state.end(r.key, time.Now())
	}
	return summary, nil
}

// run is the state of one Run. Its loop alone changes it; the goroutines that wait for sites only ask.
type run struct {
	options  *Options
	client   *client
	journal  *journal
	summary  *Summary
	key      string
	since    time.Time // when the run began, or the one that it goes on with
	resumed  bool
	readable string // extensions, parted by blanks

	scope   map[string]bool // sites whose pages are fetched
	hosts   map[string]*host
	order   []*host
	seen    map[string]bool
	results chan *result
	active  int
	asked   int
	checked bool  // what earlier runs stored was added
	over    bool  // there is no time for another request
	failure error // of the folder
}

// task is an address to fetch.
type task struct {
	address  *url.URL
	left     int    // how many links further pages are followed
	attached bool   // by its name
	start    bool   // named by the person who runs this
	from     string // the page on which it stood, or ""
	words    string // of the link
	via      []string
}

// plan adds what the plan names by itself.
func (r *run) plan(p *Plan) {
	for _, group := range []struct {
		typed []string
		left  int
	}{{p.URLs, r.options.Depth}, {p.List, r.options.ListedDepth}} {
		var addresses []*url.URL
		for _, typed := range group.typed {
			address, err := ParseAddress(typed)
			if err != nil {
				r.tell(&Event{URL: typed, Outcome: Failed, Reason: reason(err)})
				continue
			}
			r.scope[site(address)] = true
			addresses = append(addresses, address)
		}
		for _, address := range addresses {
			r.add(&task{address: address, left: group.left, start: true})
		}
	}
}

// add queues an address, once, if it is to be fetched at all.
func (r *run) add(t *task) {
	key := t.address.String()
	if r.seen[key] || len(r.seen) >= maxSeen {
		return
	}
	r.seen[key] = true
	k := r.kindOf(t.address, t.words)
	t.attached = k == anAttached
	known := r.scope[site(t.address)]
	switch {
	case k == noDocument && !t.start:
		return
	case k == noDocument || k == anUnread:
		r.skip(t, NoReader, "程序不读取 "+extension(t.address.Path)+" 文件")
		return
	case !known && !(t.attached && r.options.OtherHosts):
		r.skip(t, OtherHost, "在其他网站")
		return
	}
	h := r.host(t.address)
	h.queue = append(h.queue, t)
}

func (r *run) skip(t *task, cause Cause, why string) {
	r.tell(&Event{URL: t.address.String(), Outcome: Skipped, Cause: cause, Reason: why, From: t.from, Attached: t.attached})
}

// tell counts an event and passes it on.
func (r *run) tell(e *Event) {
	r.summary.count(e)
	if r.options.Tell != nil {
		r.options.Tell(e, r.waiting())
	}
}

func (r *run) waiting() int {
	n := r.active
	for _, h := range r.order {
		n += len(h.queue)
	}
	return n
}

// loop fetches until nothing waits, a limit is reached or the context is done.
func (r *run) loop(ctx context.Context) {
	for {
		if !r.ended(ctx) {
			r.dispatch(ctx)
		}
		if r.active == 0 {
			if r.ended(ctx) || r.checked {
				return
			}
			r.checked = true
			r.recheck()
			continue
		}
		done := <-r.results
		r.active--
		done.host.busy = false
		r.settle(ctx, done)
	}
}

// ended reports whether no more may be asked, and remembers which limit it was.
func (r *run) ended(ctx context.Context) bool {
	o := r.options
	if ctx.Err() != nil || r.failure != nil || r.over {
		return true
	}
	waits := slices.ContainsFunc(r.order, func(h *host) bool { return len(h.queue) > 0 })
	switch {
	case r.summary.Stopped != "":
	case r.full() && r.active == 0 && waits: // what is under way may turn out not to count
		r.summary.Stopped = PageLimit
	case o.MaxTotal > 0 && r.summary.Bytes >= o.MaxTotal && waits:
		r.summary.Stopped = ByteLimit
	}
	return r.summary.Stopped != ""
}

// full reports whether no more pages may be asked for.
func (r *run) full() bool { return r.options.MaxPages > 0 && r.asked >= r.options.MaxPages }

// recheck adds what earlier runs of the plan stored and this one did not meet: a page that was taken off its list, or off
// the site.
func (r *run) recheck() {
	for _, known := range r.journal.of(r.key) {
		if address, err := resolve(noAddress, known.URL); err == nil {
			r.add(&task{address: address, from: known.From})
		}
	}
}

// dispatch gives each idle host its next address.
func (r *run) dispatch(ctx context.Context) {
	for i := 0; i < len(r.order); i++ { // replaying may add hosts
		h := r.order[i]
		for !h.busy && len(h.queue) > 0 && r.active < maxActive && !r.ended(ctx) {
			t := h.queue[0]
			h.queue = h.queue[1:]
			if r.replay(t) {
				continue
			}
			if r.full() {
				h.queue = append([]*task{t}, h.queue...)
				return
			}
			h.busy = true
			r.active++
			r.asked++
			go func() { r.results <- r.perform(ctx, h, t) }()
		}
	}
}

// replay takes an address that the run that is gone on with has done already: only its links are of interest.
func (r *run) replay(t *task) bool {
	if !r.resumed {
		return false
	}
	known, ok := r.journal.get(t.address.String())
	if !ok || known.Key != r.key || known.Checked.Before(r.since) {
		return false
	}
	r.summary.Resumed++
	switch {
	case known.Redirect != "":
		if to, err := resolve(noAddress, known.Redirect); err == nil {
			r.redirected(t, to)
		}
	case known.File != "" && known.Gone == 0:
		r.expandStored(t, &known)
	}
	return true
}
