package owner

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"

	"gongwen"
	"gongwen/search"
)

// errGone says that the owner does not answer.
var errGone = errors.New("owner gone")

// client is the engine of the process that owns the folder.
type client struct{ web *http.Client }

var _ search.Engine = (*client)(nil)

// dial returns the engine behind a socket, if somebody answers.
func dial(ctx context.Context, socket string) (*client, error) {
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}
	c := &client{&http.Client{Transport: transport}}
	if _, err := c.Status(ctx); err != nil {
		transport.CloseIdleConnections()
		return nil, err
	}
	return c, nil
}

// call asks the owner.
func call[R any](ctx context.Context, c *client, path string, argument any) (result R, err error) {
	answer, err := c.post(ctx, path, argument)
	if err != nil {
		return result, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode == http.StatusOK {
		if err := json.NewDecoder(answer.Body).Decode(&result); err != nil {
			return result, fmt.Errorf("ask owner: %w: %w: %w", search.ErrUnavailable, errGone, err)
		}
		return result, nil
	}
	var f fault
	if err := json.NewDecoder(answer.Body).Decode(&f); err != nil || answer.StatusCode != faultStatus {
		return result, fmt.Errorf("ask owner: %w: status %d", search.ErrUnavailable, answer.StatusCode)
	}
	return result, f.unpack()
}

// post sends an argument; the caller closes the answer's body.
func (c *client) post(ctx context.Context, path string, argument any) (*http.Response, error) {
	body, err := json.Marshal(argument)
	if err != nil {
		return nil, fmt.Errorf("ask owner: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://owner"+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("ask owner: %w", err)
	}
	answer, err := c.web.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("ask owner: %w: %w: %w", search.ErrUnavailable, errGone, err)
	}
	return answer, nil
}

func (c *client) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	return call[*search.Result](ctx, c, pathSearch, pack(r))
}

func (c *client) Read(ctx context.Context, id string, q search.Query) (*search.Reading, error) {
	return call[*search.Reading](ctx, c, pathRead, read{id, text(q)})
}

func (c *client) Status(ctx context.Context) (search.Status, error) {
	return call[search.Status](ctx, c, pathStatus, struct{}{})
}

func (c *client) Write(ctx context.Context, batch search.Batch) error {
	_, err := call[struct{}](ctx, c, pathWrite, batch)
	return err
}

func (c *client) Known(ctx context.Context) (map[string]search.Origin, error) {
	return call[map[string]search.Origin](ctx, c, pathKnown, struct{}{})
}

func (c *client) Check(ctx context.Context) ([]string, error) {
	return call[[]string](ctx, c, pathCheck, struct{}{})
}

// swap asks the owner to serve the index in another subfolder.
func (c *client) swap(ctx context.Context, folder string) error {
	_, err := call[struct{}](ctx, c, pathSwap, folder)
	return err
}

// Export reads the records as they come.
func (c *client) Export(ctx context.Context, visit func(search.Record) error) error {
	return c.stream(ctx, pathExport, func(line exported) error { return visit(*line.Record) })
}

// Facts reads the documents as they come.
func (c *client) Facts(ctx context.Context, visit func(*gongwen.Document) error) error {
	return c.stream(ctx, pathFacts, func(line exported) error { return visit(line.Document) })
}

func (c *client) stream(ctx context.Context, path string, visit func(exported) error) error {
	answer, err := c.post(ctx, path, struct{}{})
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	lines := json.NewDecoder(answer.Body)
	for {
		var line exported
		if err := lines.Decode(&line); err != nil {
			return fmt.Errorf("ask owner: %w: answer ended early: %w", search.ErrUnavailable, err)
		}
		switch {
		case line.End:
			return nil
		case line.Fault != nil:
			return line.Fault.unpack()
		}
		if err := visit(line); err != nil {
			return err
		}
	}
}

// Close ends the conversation; the owner goes on.
func (c *client) Close() error {
	c.web.CloseIdleConnections()
	return nil
}
