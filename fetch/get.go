package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	maxTries      = 4
	maxRetryAfter = 5 * time.Minute // a site that wants a longer rest is left for another run
	maxWait       = time.Minute     // between two tries
	headerTime    = 30 * time.Second
)

// client makes requests. It knows no proxy: what a proxy connects to, no guard here can judge.
type client struct {
	http    *http.Client
	agent   string
	timeout time.Duration // of one try
	backoff time.Duration // before the second try
}

func newClient(o *Options) (*client, error) {
	verdict := o.verdict
	if verdict == nil && !o.AllowPrivate {
		verdict = newGuard().verdict
	}
	dialer := &net.Dialer{Timeout: headerTime}
	if verdict != nil {
		dialer.Control = control(verdict)
	}
	jar, err := cookiejar.New(nil) // some sites redirect to themselves until a cookie comes back
	if err != nil {
		return nil, fmt.Errorf("make cookie jar: %w", err)
	}
	return &client{agent: o.Agent, timeout: o.Timeout, backoff: o.backoff, http: &http.Client{
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: headerTime, ResponseHeaderTimeout: headerTime,
			MaxResponseHeaderBytes: 256 << 10, MaxIdleConns: 16, IdleConnTimeout: headerTime, ForceAttemptHTTP2: true,
			DisableCompression: true, // unpacked here, so that the site's word about the length is checked
		},
	}}, nil
}

// request is what is asked for once.
type request struct {
	address  *url.URL
	etag     string
	modified string
	limit    int64
	cut      bool                            // a longer body is cut, not refused
	wait     func(ctx context.Context) error // called before each try
}

// response is an answer that means something: a page, no change, a redirect, or not there.
type response struct {
	status   int
	header   http.Header
	body     []byte
	location *url.URL // of a redirect
}

// tooLargeError is a body beyond its limit.
type tooLargeError struct{ limit int64 }

func (e *tooLargeError) Error() string { return fmt.Sprintf("超过 %d MB 的上限", e.limit>>20) }

// statusError is an answer that is none.
type statusError struct {
	status int
	after  time.Duration // what the site wants to be left alone for
}

func (e *statusError) Error() string {
	if e.after > 0 {
		return fmt.Sprintf("网站答复 %d，要求 %s 之后再来", e.status, e.after.Round(time.Second))
	}
	return fmt.Sprintf("网站答复 %d", e.status)
}

// get asks until there is an answer, the tries are used up, or the failure is for good.
func (c *client) get(ctx context.Context, r request) (*response, error) {
	intervals := &backoff.ExponentialBackOff{
		InitialInterval: c.backoff, RandomizationFactor: 0.3, Multiplier: 2, MaxInterval: maxWait,
	}
	var cause error
	answer, err := backoff.Retry(ctx, func() (*response, error) {
		answer, err := c.try(ctx, r)
		cause = err
		var status *statusError
		switch {
		case err == nil:
			return answer, nil
		case errors.As(err, &status) && status.after > 0 && status.after <= maxRetryAfter && retried(status.status):
			return nil, &backoff.RetryAfterError{Duration: status.after}
		case !temporary(err):
			return nil, backoff.Permanent(err)
		}
		return nil, err
	}, backoff.WithBackOff(intervals), backoff.WithMaxTries(maxTries))
	if err != nil && ctx.Err() == nil {
		err = cause // not that of backoff
	}
	return answer, err
}

// retried reports whether a status says "not now".
func retried(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// temporary reports whether the same request may get an answer a little later.
func temporary(err error) bool {
	var large *tooLargeError
	var status *statusError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &status):
		return retried(status.status) && status.after <= maxRetryAfter
	case errors.As(err, &name):
		return !name.IsNotFound
	case errors.As(err, &large), errors.As(err, &certificate), errors.Is(err, ErrPrivate), errors.Is(err, context.Canceled),
		errors.Is(err, context.DeadlineExceeded), errors.Is(err, errPacked), errors.Is(err, errLeft):
		return false
	}
	return true
}

var errPacked = errors.New("压缩方式无法识别")

// try asks once.
func (c *client) try(ctx context.Context, r request) (*response, error) {
	if err := r.wait(ctx); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	asked, err := http.NewRequestWithContext(ctx, http.MethodGet, r.address.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	asked.Header.Set("User-Agent", c.agent)
	asked.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	asked.Header.Set("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.3")
	asked.Header.Set("Accept-Encoding", "gzip")
	if r.etag != "" {
		asked.Header.Set("If-None-Match", r.etag)
	}
	if r.modified != "" {
		asked.Header.Set("If-Modified-Since", r.modified)
	}
	got, err := c.http.Do(asked)
	if err != nil {
		return nil, err
	}
	defer func() { _ = got.Body.Close() }() // only read from
	answer := &response{status: got.StatusCode, header: got.Header}
	switch {
	case got.StatusCode == http.StatusOK:
		answer.body, err = readBody(got, r.limit, r.cut)
		return answer, err
	case got.StatusCode == http.StatusNotModified, got.StatusCode == http.StatusNotFound, got.StatusCode == http.StatusGone:
		return answer, nil
	case 300 <= got.StatusCode && got.StatusCode < 400 && got.Header.Get("Location") != "":
		answer.location, err = resolve(r.address, got.Header.Get("Location"))
		if err != nil {
			return nil, backoff.Permanent(fmt.Errorf("重定向的目标无法识别：%w", err))
		}
		return answer, nil
	}
	return nil, &statusError{got.StatusCode, retryAfter(got.Header.Get("Retry-After"), time.Now())}
}

// readBody reads up to limit bytes, unpacked ones.
func readBody(got *http.Response, limit int64, cut bool) ([]byte, error) {
	if got.ContentLength > limit && !cut {
		return nil, &tooLargeError{limit}
	}
	var body io.Reader = got.Body
	switch strings.ToLower(got.Header.Get("Content-Encoding")) {
	case "", "identity":
	case "gzip", "x-gzip":
		unpacked, err := gzip.NewReader(got.Body)
		if errors.Is(err, io.EOF) {
			return nil, nil // nothing, packed
		}
		if err != nil {
			return nil, fmt.Errorf("unpack answer: %w", err)
		}
		body = unpacked
	default:
		return nil, errPacked
	}
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(body, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read answer: %w", err)
	case n > limit && !cut:
		return nil, &tooLargeError{limit}
	}
	return b.Bytes()[:min(n, limit)], nil
}

// retryAfter reads seconds or a date; 0 is none.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
		return time.Duration(min(max(seconds, 0), 1e8)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// reason says why a request failed, for people.
func reason(err error) string {
	var large *tooLargeError
	var status *statusError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, ErrPrivate):
		return "这是内网或保留地址，没有连接；确要抓取内网网站，请加 --allow-private"
	case errors.As(err, &large), errors.As(err, &status):
		return err.Error()
	case errors.As(err, &name) && name.IsNotFound:
		return "找不到主机 " + name.Name + "；请检查网址"
	case errors.As(err, &name):
		return "无法解析主机 " + name.Name + "；请检查网络"
	case errors.As(err, &certificate):
		return "网站的证书无效（" + certificate.Err.Error() + "）"
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return "网站没有在规定时间内答复完"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "网站拒绝连接"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return "连接在中途断开"
	case errors.Is(err, errPacked), errors.Is(err, errNotWeb), errors.Is(err, errLongURL), errors.Is(err, errLoop),
		errors.Is(err, errNoSitemap):
		return err.Error()
	}
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	return "请求失败（" + err.Error() + "）"
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
