package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gongwen/analyzers"
	"gongwen/search"
	"gongwen/search/enginetest"
	"gongwen/test/opensearch"
)

var words = sync.OnceValues(func() (*analyzers.Words, error) { return analyzers.NewWords() })

func testWords(t testing.TB) *analyzers.Words {
	t.Helper()
	w, err := words()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// shared is the cluster of all tests but those that break it; started at first use.
var shared struct {
	once    sync.Once
	cluster *opensearch.Cluster
	err     error
	dir     string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.cluster != nil {
		if err := shared.cluster.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	if shared.dir != "" {
		_ = os.RemoveAll(shared.dir) // of the system's temporary folder
	}
	os.Exit(code)
}

// addresses are those of a cluster of three nodes. GONGWEN_TEST_OPENSEARCH names one that runs already, or is none.
func addresses(t testing.TB) []string {
	t.Helper()
	if running := os.Getenv("GONGWEN_TEST_OPENSEARCH"); running != "" && running != "none" {
		return strings.Split(running, ",")
	}
	if testing.Short() {
		t.Skip("needs a cluster of three nodes")
	}
	shared.once.Do(func() {
		if shared.dir, shared.err = os.MkdirTemp("", "gongwen-cluster-test-"); shared.err == nil {
			shared.cluster, shared.err = opensearch.Start(context.Background(), shared.dir, 3)
		}
	})
	if errors.Is(shared.err, opensearch.ErrMissing) {
		t.Skip(shared.err)
	}
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.cluster.Addresses()
}

// tests counts the collections of this process.
var tests atomic.Int64

// testOptions name a collection of the test's own, which its end deletes.
func testOptions(t testing.TB, addresses []string) Options {
	t.Helper()
	return Options{Addresses: addresses, Index: fmt.Sprintf("test-%d-%d", os.Getpid(), tests.Add(1)), Replicas: -1}
}

func open(t testing.TB, o Options) *Engine {
	t.Helper()
	e, err := Open(t.Context(), o, testWords(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		names, _ := e.behind(context.Background())
		for _, name := range names {
			if err := e.drop(name); err != nil {
				t.Error(err)
			}
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// TestConformance makes an eighth of the rounds, or with GONGWEN_TEST_THOROUGH all of them.
func TestConformance(t *testing.T) {
	nodes := addresses(t)
	run := enginetest.RunSparingly
	if os.Getenv("GONGWEN_TEST_THOROUGH") != "" {
		run = enginetest.Run
	}
	run(t, func(t *testing.T) search.Engine { return open(t, testOptions(t, nodes)) }, lacking()...)
}

// lacking are the laws that doc/opensearch.md names as not yet held.
func lacking() []enginetest.Lacking {
	const operators = "connectors and wildcards are refused"
	return []enginetest.Lacking{
		{Law: "connectors", Reason: operators}, {Law: "nearer", Reason: operators}, {Law: "wildcards", Reason: operators},
		{Law: "wider", Reason: operators},
		{Law: "one document", Reason: "files with the same text stay documents that name each other as copies"},
		{Law: "versions", Reason: "versions are not looked for"},
	}
}

// TestLackingIsRefused asks for what this engine does not have yet, wherever it may stand.
func TestLackingIsRefused(t *testing.T) {
	f := &fake{root: fakeRoot, index: ourIndex()}
	e, err := Open(t.Context(), f.options(t), testWords(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		"行政 /s 复议", "行政 >3 复议", "行政*复议", "法律 -(行政 /p 复议)", "法律 OR 行政?复议", "(行政 /s 复议)^2", "title:行政*复议", "法律 title:行政*复议^2",
		"法律 -heading:行政?议",
	} {
		q, _, err := search.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		var fault *search.QueryError
		if err := known(q); !errors.As(err, &fault) || fault.Param != "q" {
			t.Errorf("%s: %v, want a refusal", query, err)
		}
		if _, err := e.Read(t.Context(), "x", q); !errors.As(err, &fault) {
			t.Errorf("read with %s: %v, want a refusal", query, err)
		}
	}
}
