package fetch

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestKilledChild is the process that TestKilled kills.
func TestKilledChild(t *testing.T) {
	folder, address := os.Getenv("FETCH_TEST_FOLDER"), os.Getenv("FETCH_TEST_URL")
	if folder == "" {
		t.Skip("a part of TestKilled")
	}
	_, err := Run(t.Context(), &Plan{URLs: []string{address}}, Options{
		Folder: folder, Depth: 1, AllowPrivate: true, Agent: "gongwen/test", Delay: 20 * time.Millisecond,
		Extensions: strings.Fields(".html .pdf"),
		Tell: func(e *Event, _ int) {
			if e.File != "" {
				fmt.Println("stored", e.URL, e.File)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A process that is killed loses nothing that it told as stored, and the next one goes on with it.
func TestKilled(t *testing.T) {
	for kill := 1; kill <= 5; kill += 2 {
		p, folder := smallPortal(t), t.TempDir()
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledChild$")
		child.Env = append(os.Environ(), "FETCH_TEST_FOLDER="+folder, "FETCH_TEST_URL="+p.URL+"/list/")
		out, err := child.StdoutPipe()
		if err == nil {
			err = child.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		stored := map[string]string{}
		lines := bufio.NewScanner(out)
		for len(stored) < kill && lines.Scan() {
			if fields := strings.Fields(lines.Text()); len(fields) == 3 && fields[0] == "stored" {
				stored[fields[1]] = fields[2]
			}
		}
		_ = child.Process.Kill()
		_ = child.Wait() // it was killed
		if len(stored) != kill {
			t.Fatalf("%d were stored", len(stored))
		}
		p.requests()
		events, summary := fetched(t, p, folder, &Plan{URLs: []string{p.URL + "/list/"}}, nil)
		if summary.Resumed < kill || summary.Resumed+summary.Counts[New]+summary.Counts[Unchanged]+summary.Counts[Changed]+summary.Counts[Listed] != 6 {
			t.Errorf("killed after %d: %+v\n%+v", kill, summary, events)
		}
		for _, asked := range p.requests() {
			if stored[p.URL+asked] != "" {
				t.Errorf("killed after %d: %s is asked for again", kill, asked)
			}
		}
		for address, file := range stored {
			if content, err := os.ReadFile(file); err != nil || string(content) != p.pages[strings.TrimPrefix(address, p.URL)] {
				t.Errorf("killed after %d: %s: %v", kill, file, err)
			}
		}
	}
}
