package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"gongwen/api"
)

// client asks a server over one connection that it keeps. It takes answers as they are, without compression.
type client struct {
	base string
	web  http.Client
}

// askWithin is how long an answer may take.
const askWithin = 30 * time.Second

func newClient(base string) *client {
	return &client{base, http.Client{
		Timeout:   askWithin,
		Transport: &http.Transport{MaxConnsPerHost: 1, MaxIdleConnsPerHost: 1, DisableCompression: true},
	}}
}

func (c *client) close() { c.web.CloseIdleConnections() }

// get reads a page whole.
func (c *client) get(ctx context.Context, path string) (body []byte, status int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return nil, 0, fmt.Errorf("ask server: %w", err)
	}
	request.Header.Set("Cache-Control", "no-cache")
	response, err := c.web.Do(request)
	if err != nil {
		return nil, 0, fmt.Errorf("ask server: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if body, err = io.ReadAll(response.Body); err != nil {
		return nil, 0, fmt.Errorf("read answer: %w", err)
	}
	return body, response.StatusCode, nil
}

// page is get where anything but status 200 is an error.
func (c *client) page(ctx context.Context, path string) ([]byte, error) {
	body, status, err := c.get(ctx, path)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("ask server: %s: status %d: %.200s", path, status, body)
	}
	return body, err
}

// reply is an answer and what it took to come, from the call to its last byte; reading it is not counted.
type reply struct {
	api.Answer
	took  time.Duration
	bytes int
}

// search asks the API and reads the answer.
func (c *client) search(ctx context.Context, values url.Values) (reply, bool, error) {
	var r reply
	start := time.Now()
	body, err := c.page(ctx, "/api/v1/search?"+values.Encode())
	r.took, r.bytes = time.Since(start), len(body)
	if err != nil {
		return r, false, err
	}
	if err := json.Unmarshal(body, &r.Answer); err != nil {
		return r, false, fmt.Errorf("read answer: %w", err)
	}
	return r, r.Total > 0 && len(r.Hits) > 0, nil
}
