package opensearch

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Cluster is a running cluster. Its methods are for one goroutine at a time.
type Cluster struct {
	program program
	dir     string
	java    []string
	nodes   []*node
}

// node is one process, or what is left of it.
type node struct {
	name      string
	http      string // host:port
	transport string // host:port
	command   *exec.Cmd
	stdin     io.Closer
	done      chan struct{} // closed when the process has ended
}

// startTimeout is more than a node takes on a busy machine.
const startTimeout = 3 * time.Minute

// Start starts a cluster of so many nodes with their data below dir, and waits until they know each other. An error that is
// ErrMissing is a reason to skip. Further flags of Java come after those for a short life in little memory. The context
// bounds starting only: Close ends the nodes, and so does the end of this process.
func Start(ctx context.Context, dir string, nodes int, java ...string) (*Cluster, error) {
	if os.Getenv("GONGWEN_TEST_OPENSEARCH") == "none" {
		return nil, fmt.Errorf("%w: GONGWEN_TEST_OPENSEARCH is none", ErrMissing)
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	p, err := build(ctx)
	if err != nil {
		return nil, err
	}
	c := &Cluster{program: p, dir: dir, java: java}
	for i := range nodes {
		c.nodes = append(c.nodes, &node{name: fmt.Sprintf("node%d", i+1)})
	}
	err = c.start(ctx, c.nodes[0]) // the others ask it for the cluster
	var wait sync.WaitGroup
	errs := make([]error, nodes)
	for i, n := range c.nodes[1:] {
		if err == nil {
			wait.Go(func() { errs[i] = c.start(ctx, n) })
		}
	}
	wait.Wait()
	if err = errors.Join(append(errs, err)...); err == nil {
		err = c.Wait(ctx, nodes)
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// start runs a node's process until it says where it listens.
func (c *Cluster) start(ctx context.Context, n *node) error {
	home := filepath.Join(c.dir, n.name)
	if err := os.MkdirAll(home, 0o700); err != nil {
		return fmt.Errorf("start node: %w", err)
	}
	log, err := os.OpenFile(filepath.Join(home, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("start node: %w", err)
	}
	defer func() { _ = log.Close() }() // the process has its own
	flags := append([]string{"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.disable.jmx=true"}, c.java...)
	command := exec.Command("java", append(flags,
		"-cp", c.program.classPath, "ClusterNode",
		"cluster.name=gongwen-test", "node.name="+n.name, "path.home="+home, "network.host=127.0.0.1",
		"http.port="+portOf(n.http), "transport.port="+portOf(n.transport),
		"cluster.initial_cluster_manager_nodes=node1", "discovery.seed_hosts="+c.seeds(n),
		"cluster.routing.allocation.disk.threshold_enabled=false",
		// A lost node is noticed within seconds, so that tests do not wait for long.
		"cluster.fault_detection.follower_check.timeout=2s", "cluster.fault_detection.follower_check.retry_count=2",
		"cluster.fault_detection.leader_check.timeout=2s", "cluster.fault_detection.leader_check.retry_count=2",
	)...)
	command.Stderr = log
	stdin, err := command.StdinPipe()
	if err != nil {
		return fmt.Errorf("start node: %w", err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start node: %w", err)
	}
	if err := command.Start(); err != nil {
		return fmt.Errorf("start node: %w", err)
	}
	n.command, n.stdin, n.done = command, stdin, make(chan struct{})
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(io.TeeReader(stdout, log))
		for lines.Scan() {
			if line, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
				ready <- line
			}
		}
		_ = command.Wait() // a node that was killed reports that
		close(n.done)
	}()
	select {
	case line := <-ready:
		n.http, n.transport, _ = strings.Cut(line, " ")
		return nil
	case <-n.done:
		return fmt.Errorf("start node: the process of %s ended; see %s", n.name, log.Name())
	case <-ctx.Done():
		return fmt.Errorf("start node: %s: %w", n.name, ctx.Err())
	}
}

// portOf keeps the port of a node that starts again; the system picks the first.
func portOf(address string) string {
	if i := strings.LastIndexByte(address, ':'); i >= 0 {
		return address[i+1:]
	}
	return "0"
}

// seeds are the addresses of the other nodes that were ever started.
func (c *Cluster) seeds(n *node) string {
	var seeds []string
	for _, other := range c.nodes {
		if other != n && other.transport != "" {
			seeds = append(seeds, other.transport)
		}
	}
	return strings.Join(seeds, ",")
}

// Addresses are the URLs of all nodes, also of those that do not run.
func (c *Cluster) Addresses() []string {
	var all []string
	for _, n := range c.nodes {
		all = append(all, "http://"+n.http)
	}
	return all
}

// PID is the process of a node, counted from 0.
func (c *Cluster) PID(i int) int { return c.nodes[i].command.Process.Pid }

// Kill ends a node at once, as a loss of power would, and waits until its process is gone.
func (c *Cluster) Kill(i int) error {
	n := c.nodes[i]
	if err := n.command.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("kill node: %w", err)
	}
	<-n.done
	return nil
}

// Restart starts a node that was killed, with the data that it left and the ports that it had.
func (c *Cluster) Restart(ctx context.Context, i int) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	return c.start(ctx, c.nodes[i])
}

// Wait waits until the cluster has so many nodes and, where these are all, until they have votes: a cluster whose leader goes
// before the others may vote never comes back. It gives up after startTimeout.
func (c *Cluster) Wait(ctx context.Context, nodes int) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		for _, n := range c.nodes {
			select {
			case <-n.done:
				continue
			default:
			}
			if ask(ctx, n, fmt.Sprintf("/_cluster/health?wait_for_nodes=%d&timeout=5s", nodes), nil) == nil && (nodes < len(c.nodes) || c.vote(ctx, n)) {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %d nodes: %w", nodes, ctx.Err())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// vote reports whether every node of the cluster has a vote; of an even number one never has.
func (c *Cluster) vote(ctx context.Context, n *node) bool {
	var state struct {
		Metadata struct {
			Coordination struct {
				Voters []string `json:"last_committed_config"`
			} `json:"cluster_coordination"`
		} `json:"metadata"`
	}
	err := ask(ctx, n, "/_cluster/state/metadata?filter_path=metadata.cluster_coordination", &state)
	return err == nil && len(state.Metadata.Coordination.Voters) >= len(c.nodes)-1+len(c.nodes)%2
}

// ask reads an answer of a node; into may be nil.
func ask(ctx context.Context, n *node, path string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+n.http+path, nil)
	if err != nil {
		return fmt.Errorf("ask node: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask node: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("ask node: status %d", response.StatusCode)
	}
	if into == nil {
		return nil
	}
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		return fmt.Errorf("ask node: %w", err)
	}
	return nil
}

// Close ends every node, by its process.
func (c *Cluster) Close() error {
	var errs []error
	for i, n := range c.nodes {
		if n.command != nil {
			_ = n.stdin.Close() // asks it to end, should the signal fail
			errs = append(errs, c.Kill(i))
		}
	}
	return errors.Join(errs...)
}
