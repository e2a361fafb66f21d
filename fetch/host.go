package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/time/rate"
)

const (
	maxHops      = 10 // redirects in a row
	maxUnreached = 5  // failures in a row after which a host is left alone
)

var (
	errLoop   = errors.New("网站把网址转来转去，没有尽头")
	errLeft   = errors.New("left for another run")
	errRobots = errors.New("robots.txt 不允许")
)

// host is one host, which is asked by one goroutine at a time.
type host struct {
	name     string
	queue    []*task
	busy     bool
	failures int // in a row, of the connection
	told     bool

	pace   *rate.Limiter
	delay  time.Duration
	rules  *robots // nil as long as robots.txt was not read
	broken error   // why it cannot be
}

func (r *run) host(address *url.URL) *host {
	h := r.hosts[address.Host]
	if h == nil {
		h = &host{name: address.Host}
		h.setDelay(r.options.Delay)
		r.hosts[address.Host] = h
		r.order = append(r.order, h)
	}
	return h
}

func (h *host) setDelay(delay time.Duration) {
	h.delay = delay
	limit := rate.Inf
	if delay > 0 {
		limit = rate.Every(delay)
	}
	if h.pace == nil {
		h.pace = rate.NewLimiter(limit, 1)
		return
	}
	h.pace.SetLimit(limit)
}

// wait returns when the host may be asked again.
func (h *host) wait(ctx context.Context) error {
	if err := h.pace.Wait(ctx); err != nil {
		return errors.Join(errLeft, err) // the run is over by then
	}
	return nil
}

// result is what became of a task.
type result struct {
	task   *task
	host   *host
	final  *url.URL // after redirects on the host
	answer *response
	err    error
	plan   bool // allowed, and not asked for
}

// perform fetches one address; it changes nothing but its host.
func (r *run) perform(ctx context.Context, h *host, t *task) *result {
	done := &result{task: t, host: h, final: t.address}
	if done.err = r.readRobots(ctx, h, t.address); done.err != nil {
		return done
	}
	if !h.rules.allows(t.address) {
		done.err = errRobots
		return done
	}
	if r.options.DryRun && (t.attached || t.left == 0) {
		done.plan = true
		return done
	}
	ask := request{address: t.address, limit: r.options.MaxSize}
	done.answer, done.final, done.err = r.follow(ctx, h, ask, true)
	return done
}

// follow asks, and goes along with redirects as long as they stay on the host; one that leaves it is the answer.
func (r *run) follow(ctx context.Context, h *host, ask request, heed bool) (*response, *url.URL, error) {
	ask.wait = h.wait
	for range maxHops {
		if known, ok := r.journal.get(ask.address.String()); ok && heed && !r.options.DryRun && known.File != "" {
			ask.etag, ask.modified = known.ETag, known.Modified
		} else {
			ask.etag, ask.modified = "", ""
		}
		answer, err := r.client.get(ctx, ask)
		if err != nil || answer.location == nil || answer.location.Host != ask.address.Host {
			return answer, ask.address, err
		}
		ask.address = answer.location
		if heed && !h.rules.allows(ask.address) {
			return nil, ask.address, errRobots
		}
	}
	return nil, ask.address, errLoop
}

// readRobots reads robots.txt of a host once. One that is not there allows everything, one that cannot be read nothing.
func (r *run) readRobots(ctx context.Context, h *host, page *url.URL) error {
	if h.rules != nil || h.broken != nil {
		return h.broken
	}
	address := &url.URL{Scheme: page.Scheme, Host: page.Host, Path: "/robots.txt"}
	var answer *response
	var err error
	for range maxHops {
		answer, err = r.client.get(ctx, request{address: address, limit: maxRobots, cut: true, wait: h.wait})
		if err != nil || answer.location == nil {
			break
		}
		address = answer.location
	}
	var status *statusError
	switch {
	case errors.Is(err, errLeft) || ctx.Err() != nil:
		return errLeft
	case errors.As(err, &status) && status.status >= 400 && status.status < 500 && status.status != http.StatusTooManyRequests:
		h.rules = &robots{}
	case err != nil:
		h.broken = &robotsError{err}
		return h.broken
	case answer.status == http.StatusOK:
		rules := parseRobots(answer.body, product(r.options.Agent))
		h.rules = &rules
	default:
		h.rules = &robots{}
	}
	if h.rules.delay > h.delay {
		h.setDelay(h.rules.delay)
	}
	return nil
}

// robotsError is a robots.txt that cannot be read, so that nothing may be fetched.
type robotsError struct{ cause error }

func (e *robotsError) Error() string { return "robots.txt: " + e.cause.Error() }
func (e *robotsError) Unwrap() error { return e.cause }
