package cluster

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/opensearch-project/opensearch-go/v4"

	"gongwen/search"
)

// object is JSON on its way to the cluster.
type object = map[string]any

// client sends requests to whichever node of the cluster answers.
type client struct {
	nodes     *opensearch.Client
	transport *http.Transport
	releasing sync.WaitGroup // snapshots that are being given back
}

func newClient(o Options) (*client, error) {
	addresses := make([]string, len(o.Addresses))
	for i, address := range o.Addresses {
		u, err := url.Parse(strings.TrimSpace(address))
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, fault(kindAddress, "集群地址应写作 https://主机:9200。", errors.New("read address"))
		}
		if u.User != nil { // no address with a password in it is kept, or it would come into messages
			return nil, fault(kindAddress, "集群地址里不要写用户名和密码，请用 --opensearch-user 和 GONGWEN_OPENSEARCH_PASSWORD。", errors.New("read address"))
		}
		addresses[i] = u.String()
	}
	if len(addresses) == 0 {
		return nil, fault(kindAddress, "没有集群地址：请用 --opensearch-address 写上，如 https://主机:9200。", errors.New("read address"))
	}
	secure := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: o.Insecure}
	if o.CA != nil {
		secure.RootCAs = x509.NewCertPool()
		if !secure.RootCAs.AppendCertsFromPEM(o.CA) {
			return nil, fault(kindAddress, "CA 证书文件里没有 PEM 格式的证书。", errors.New("read authority"))
		}
	}
	transport := &http.Transport{
		TLSClientConfig:       secure,
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		MaxIdleConnsPerHost:   32,
		IdleConnTimeout:       time.Minute,
		DisableCompression:    true,            // to pack and unpack an answer of a megabyte takes longer than to send it
		ResponseHeaderTimeout: 2 * time.Minute, // of a bulk that waits for replicas
	}
	no := false
	nodes, err := opensearch.NewClient(opensearch.Config{
		Addresses: addresses, Username: o.User, Password: o.Password,
		Transport: transport, MaxRetries: max(3, len(addresses)), RetryOnStatus: []int{502, 504}, DiscoverNodesOnStart: &no,
		ResurrectTimeoutInitial: time.Second, ResurrectTimeoutMax: 5 * time.Second,
	})
	if err != nil {
		return nil, fault(kindAddress, "集群的地址或证书不对，请检查。", fmt.Errorf("set up client: %w", err))
	}
	return &client{nodes: nodes, transport: transport}, nil
}

func (c *client) close() error {
	c.releasing.Wait()
	defer c.transport.CloseIdleConnections()
	if err := c.nodes.Close(); err != nil {
		return fmt.Errorf("close client: %w", err)
	}
	return nil
}

// statusError is an answer of the cluster that is an error.
type statusError struct {
	Status int
	Type   string
	Reason string
	Causes []string // types and reasons below
}

func (e *statusError) Error() string {
	return fmt.Sprintf("status %d: %s: %s %s", e.Status, e.Type, e.Reason, strings.Join(e.Causes, "; "))
}

// mentions reports whether the error, or one of its causes, says any of the words.
func (e *statusError) mentions(words ...string) bool {
	all := e.Error()
	for _, word := range words {
		if strings.Contains(all, word) {
			return true
		}
	}
	return false
}

// do sends a request with a JSON body, or none where it is nil, and reads the answer into out, or nowhere where that is nil.
func (c *client) do(ctx context.Context, method, path string, body, out any) error {
	var data []byte
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return fmt.Errorf("encode request: %w", err)
		}
	}
	return c.send(ctx, method, path, "application/json", data, out)
}

func (c *client) send(ctx context.Context, method, path, contentType string, data []byte, out any) error {
	request, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("make request: %w", err)
	}
	if data == nil {
		request.Body, request.GetBody = nil, nil
	} else {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := c.nodes.Stream(request)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var certificate *tls.CertificateVerificationError
		if errors.As(err, &certificate) {
			return fault(kindDenied, "无法核对集群的证书，请用 --opensearch-ca 给出签发它的 CA 证书。", err)
		}
		return fault(kindUnreachable, "连不上 OpenSearch 集群，请检查集群是否运行、地址和网络是否正常。", err)
	}
	defer func() { _ = response.Body.Close() }() // only read from
	var read bytes.Buffer
	read.Grow(int(max(0, min(response.ContentLength, 64<<20))) + bytes.MinRead)
	_, err = read.ReadFrom(response.Body)
	answer := read.Bytes()
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fault(kindUnreachable, "集群的应答中断了，请稍后再试。", err)
	}
	if response.StatusCode >= 300 {
		return explain(newStatusError(response.StatusCode, answer))
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fault(kindForeign, "应答的不是 OpenSearch 集群，请检查地址。", fmt.Errorf("read answer: %w", err))
	}
	return nil
}

// newStatusError reads what the cluster says of an error.
func newStatusError(status int, answer []byte) *statusError {
	type cause struct {
		Type   string          `json:"type"`
		Reason string          `json:"reason"`
		Cause  json.RawMessage `json:"caused_by"`
	}
	var said struct {
		Error struct {
			cause
			Root   []cause `json:"root_cause"`
			Failed []struct {
				Reason cause `json:"reason"`
			} `json:"failed_shards"`
		} `json:"error"`
	}
	e := &statusError{Status: status}
	if json.Unmarshal(answer, &said) != nil {
		e.Type = "unknown"
		return e
	}
	e.Type, e.Reason = said.Error.Type, said.Error.Reason
	add := func(c cause) {
		for range 5 { // causes of causes, as far as they tell something
			if line := c.Type + ": " + c.Reason; len(e.Causes) < 8 {
				e.Causes = append(e.Causes, line)
			}
			var next cause
			if json.Unmarshal(c.Cause, &next) != nil {
				return
			}
			c = next
		}
	}
	for _, c := range said.Error.Root {
		add(c)
	}
	for _, f := range said.Error.Failed {
		add(f.Reason)
	}
	add(said.Error.cause)
	return e
}

// errLong is what a query gets that the cluster would not, or should not, read.
var errLong = &search.QueryError{Param: "q", Message: "检索式太长或太复杂，集群无法处理。", Hint: "请减少检索词，或缩短引号里的原文。"}

// explain makes an error of the cluster one that tells its reader what to do.
func explain(e *statusError) error {
	switch {
	case e.mentions("too_many_clauses", "too_many_nested_clauses", "maxClauseCount", "nested depth"):
		return errLong
	case e.Status == http.StatusUnauthorized:
		return fault(kindDenied, "集群不接受用户名或密码，请检查 --opensearch-user 和 GONGWEN_OPENSEARCH_PASSWORD。", e)
	case e.Status == http.StatusForbidden && !e.mentions("cluster_block_exception"):
		return fault(kindDenied, "集群用户的权限不够：请按 doc/opensearch.md 给它权限。", e)
	case e.mentions("search_context_missing_exception", "point_in_time"):
		return fault(kindGone, "集群不再保留这次检索的快照，请重新检索。", e)
	case e.Status == http.StatusTooManyRequests:
		return fault(kindBusy, "集群太忙，请稍后再试。", e)
	case e.Status == http.StatusForbidden:
		return fault(kindBlocked, "集群把索引设为只读了，通常因为磁盘快满：请腾出空间或增加节点。", e)
	case e.Status == http.StatusServiceUnavailable || e.Status == http.StatusBadGateway || e.Status == http.StatusGatewayTimeout ||
		e.mentions("no_shard_available", "node_not_connected", "node_disconnected", "node_closed", "unavailable_shards", "connect_transport",
			"cluster_manager_not_discovered", "master_not_discovered", "timeout", "all shards failed", "Partial shards failure"):
		return fault(kindShards, "集群有分片不可用，请检查节点是否都在运行。", e)
	}
	return e
}
