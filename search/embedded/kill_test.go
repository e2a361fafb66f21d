package embedded

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"gongwen/search/enginetest"
)

const killEnv = "GONGWEN_TEST_KILLED_WRITER"

// TestKilledWriter is no test of its own: it is the process that TestKill kills.
func TestKilledWriter(t *testing.T) {
	dir := os.Getenv(killEnv)
	if dir == "" {
		t.Skip("started by TestKill")
	}
	e, err := Open(dir, testWords(t))
	if err != nil {
		t.Fatal(err)
	}
	w := enginetest.NewWorkload(uint64(time.Now().UnixNano()))
	prefix := fmt.Sprint(os.Getpid())
	for {
		batch := w.Batch()
		batch.Delete = nil
		for i := range batch.Put {
			batch.Put[i].Document.ID = prefix + batch.Put[i].Document.ID
		}
		if err := e.Write(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
		for _, record := range batch.Put {
			fmt.Println("durable", record.Document.ID)
		}
	}
}

// TestKill kills a writing process at random moments: what it reported is there each time, whole and found.
func TestKill(t *testing.T) {
	kills := 12
	if testing.Short() {
		kills = 3
	}
	dir := t.TempDir()
	durable := map[string]bool{}
	for range kills {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestKilledWriter$")
		child.Env = append(os.Environ(), killEnv+"="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		writing := false
		for lines.Scan() {
			id, ok := strings.CutPrefix(lines.Text(), "durable ")
			if !ok {
				continue
			}
			durable[id] = true
			if !writing { // loading the dictionary takes a while, more so under the race detector
				writing = true
				time.AfterFunc(time.Duration(rand.IntN(1000))*time.Millisecond, func() { _ = child.Process.Kill() })
			}
		}
		_ = child.Wait() // it was killed

		e, err := Open(dir, testWords(t))
		if err != nil {
			t.Fatalf("after a kill: %v", err)
		}
		known, err := e.Known(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for id := range durable {
			if _, ok := known[id]; !ok {
				t.Errorf("%s was reported and is lost", id)
			}
		}
		for id := range known {
			if _, err := e.Read(t.Context(), id, nil); err != nil {
				t.Errorf("%s cannot be read: %v", id, err)
			}
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d documents reported, none lost", kills, len(durable))
	if len(durable) == 0 {
		t.Error("nothing was written")
	}
}
