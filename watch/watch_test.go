package watch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongwen/indexer"
	"gongwen/indexer/format/sample"
	"gongwen/search"
	"gongwen/search/memory"
)

// TestInStep: whatever happens in the folders, the collection comes to hold what an index made anew does; with
// notification and without.
func TestInStep(t *testing.T) {
	for _, options := range []Options{{}, {Silent: true, Every: often}} {
		t.Run(fmt.Sprintf("silent %v", options.Silent), func(t *testing.T) {
			t.Parallel()
			engine, folder, outside := newEngine(t), t.TempDir(), t.TempDir()
			write(t, filepath.Join(folder, "first.txt"), notice("首次"))
			must(t, os.Symlink(folder, filepath.Join(folder, "loop")))
			w := start(t, engine, options, folder)
			random := rand.New(rand.NewPCG(7, 11))
			for round := range 6 {
				for range 8 {
					disturb(t, random, folder, outside)
					time.Sleep(time.Duration(random.IntN(40)) * time.Millisecond)
				}
				want := anew(t, folder)
				w.until(fmt.Sprintf("round %d", round), func() bool { return maps.Equal(texts(t, engine), want) }, func() string { return cmp.Diff(want, texts(t, engine)) })
			}
			w.until("rest", func() bool { return w.Status().Pending == 0 })
			if n := strings.Count(w.log.String(), "loop"); n > 2 { // place and reason
				t.Errorf("the loop is in the log %d times:\n%s", n, w.log)
			}
		})
	}
}

// disturb does one thing to a folder.
func disturb(t *testing.T, random *rand.Rand, folder, outside string) {
	t.Helper()
	subject := fmt.Sprintf("第%d号", random.IntN(1000))
	name := filepath.Join(folder, []string{"", "sub", "sub/deep", "other"}[random.IntN(4)], string(rune('a'+random.IntN(4))))
	moved := filepath.Join(outside, "moved")
	switch random.IntN(14) {
	case 0, 1, 2:
		write(t, name+".txt", notice(subject))
	case 3: // as editors save
		write(t, name+".tmp", notice(subject))
		must(t, os.Rename(name+".tmp", name+".txt"))
	case 4:
		_ = os.Remove(name + ".txt") // mostly there
	case 5:
		_ = os.RemoveAll(filepath.Dir(name))
		must(t, os.MkdirAll(folder, 0o750))
	case 6:
		write(t, name+".zip", string(sample.Zip("甲.txt", notice(subject), "乙/丙.txt", notice("其他"))))
	case 7:
		// No two files have one ID: which of them keeps it depends on what came first.
		write(t, name+".jsonl", fmt.Sprintf("{\"id\":\"%d\",\"text\":\"%s\"}\n{\"text\":\"无号。\"}\n", random.Int(), subject))
	case 8:
		_ = os.Rename(filepath.Join(folder, "sub"), moved)
	case 9:
		_ = os.Rename(moved, filepath.Join(folder, "other", "back"))
	case 10:
		write(t, filepath.Join(outside, "linked", "x.txt"), notice(subject))
		_ = os.Symlink(filepath.Join(outside, "linked"), name+"-link")
	case 11:
		write(t, filepath.Join(filepath.Dir(name), "gongwen.corrections.yaml"), fmt.Sprintf("%s.txt: {year: %d}\n.: {title: 更正}\n", filepath.Base(name), 1950+random.IntN(50)))
	case 12:
		write(t, filepath.Join(folder, "gongwen.corrections.csv"), fmt.Sprintf("path,year\nsub,%d\n", 1950+random.IntN(50)))
	case 13:
		_ = os.Remove(filepath.Join(filepath.Dir(name), "gongwen.corrections.yaml"))
	}
}

// TestHalfWritten: a file that is being written is not read before it is whole.
func TestHalfWritten(t *testing.T) {
	engine, folder := newEngine(t), t.TempDir()
	w := start(t, engine, Options{}, folder)
	w.until("first look", func() bool { return !w.Status().Looked.IsZero() })
	file, err := os.Create(filepath.Join(folder, "slow.txt"))
	must(t, err)
	whole := strings.Repeat(notice("慢写"), 10)
	for i := 0; i < len(whole); i += 40 {
		_, err := file.WriteString(whole[i:min(i+40, len(whole))])
		must(t, err)
		time.Sleep(quick / 5)
		for _, text := range texts(t, engine) {
			t.Fatalf("read after %d of %d bytes: %s", i, len(whole), text)
		}
	}
	must(t, file.Close())
	want := anew(t, folder)
	w.until("whole file", func() bool { return maps.Equal(texts(t, engine), want) })
}

// TestTurnsBad: a file that cannot be read any more keeps its documents, and is reported and logged once; when it is gone,
// they are.
func TestTurnsBad(t *testing.T) {
	engine, folder := newEngine(t), t.TempDir()
	path := filepath.Join(folder, "a.txt")
	write(t, path, notice("甲"))
	good := anew(t, folder)
	w := start(t, engine, Options{Every: often}, folder)
	w.until("good file", func() bool { return maps.Equal(texts(t, engine), good) })

	write(t, path, "\x00\x01\x02\x03")
	w.until("problem", func() bool { return w.Status().Faulty == 1 })
	time.Sleep(3 * often)
	if got := texts(t, engine); !maps.Equal(got, good) {
		t.Errorf("kept %v, want %v", got, good)
	}
	problem := w.Status().Problems[0]
	if problem.Place != filepath.Base(folder)+"/a.txt" || !strings.Contains(problem.Reason, "二进制") {
		t.Errorf("problem %+v", problem)
	}
	if n := strings.Count(w.log.String(), "problem in a watched folder"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, w.log)
	}
	must(t, os.Remove(path))
	w.until("file gone", func() bool { return len(texts(t, engine)) == 0 && w.Status().Faulty == 0 })
}

// TestRestart: what changed while nobody watched is found, and what did not change is not opened.
func TestRestart(t *testing.T) {
	engine, folder := newEngine(t), t.TempDir()
	options := Options{Manifest: filepath.Join(t.TempDir(), "watch.manifest")}
	for _, name := range []string{"same", "changed", "gone", "moved"} {
		write(t, filepath.Join(folder, name+".txt"), notice(name))
	}
	w := start(t, engine, options, folder)
	w.until("four files", func() bool { return len(texts(t, engine)) == 4 })
	w.stop()

	same := filepath.Join(folder, "same.txt")
	info, err := os.Stat(same)
	must(t, err)
	write(t, same, strings.ReplaceAll(notice("same"), "same", "SAME")) // nobody can tell without opening it
	must(t, os.Chtimes(same, info.ModTime(), info.ModTime()))
	write(t, filepath.Join(folder, "changed.txt"), notice("另外"))
	write(t, filepath.Join(folder, "new.txt"), notice("新的"))
	must(t, os.Remove(filepath.Join(folder, "gone.txt")))
	must(t, os.Rename(filepath.Join(folder, "moved.txt"), filepath.Join(folder, "away.txt")))
	want := anew(t, folder)
	for key, text := range want {
		want[key] = strings.ReplaceAll(text, "SAME", "same")
	}
	w = start(t, engine, options, folder)
	w.until("changes", func() bool { return maps.Equal(texts(t, engine), want) })
	w.stop()

	// What the collection has lost, or holds of a file that nobody remembers, is found too.
	lost := slices.Sorted(maps.Keys(want))[0]
	_, id, _ := strings.Cut(lost, "#")
	record := search.Record{Origin: search.Origin{Path: filepath.Join(folder, "ghost.zip", "a.txt")}}
	record.Document.ID, record.Document.Text = "ghost", "鬼"
	must(t, engine.Write(t.Context(), search.Batch{Put: []search.Record{record}, Delete: []string{id}}))
	w = start(t, engine, options, folder)
	w.until("lost and found", func() bool {
		got := texts(t, engine)
		return len(got) == len(want) && got[lost] != "" && got[record.Origin.Path+"#ghost"] == ""
	})
	must(t, engine.Write(t.Context(), search.Batch{Delete: []string{id}}))
	write(t, filepath.Join(folder, "wake.txt"), notice("唤醒"))
	w.until("lost while watched", func() bool { return texts(t, engine)[lost] != "" })
	path, _, _ := strings.Cut(lost, "#")
	older := search.Record{Origin: search.Origin{Path: path, Hash: "older"}}
	older.Document.ID, older.Document.Text = id, "旧的" // as an index has it that was built while the file changed
	must(t, engine.Write(t.Context(), search.Batch{Put: []search.Record{older}}))
	write(t, filepath.Join(folder, "wake.txt"), notice("再唤醒"))
	w.until("older while watched", func() bool { return texts(t, engine)[lost] == want[lost] })
	w.stop()

	// A manifest that is damaged or of another version costs time only.
	for _, damage := range []string{"", "{", `{"gongwen_watch":"0"}` + "\n"} {
		write(t, options.Manifest, damage)
		write(t, filepath.Join(folder, "new.txt"), notice("损坏"+damage))
		want := anew(t, folder)
		w = start(t, engine, options, folder)
		w.until("damage", func() bool { return maps.Equal(texts(t, engine), want) })
		w.stop()
	}
}

// TestCorrected: a change of corrections writes the documents that it touches and no others; faults are told while they last.
func TestCorrected(t *testing.T) {
	engine, folder := newEngine(t), t.TempDir()
	for _, name := range []string{"a", "b"} {
		write(t, filepath.Join(folder, name+".txt"), notice(name))
	}
	named := filepath.Join(t.TempDir(), "mine.yaml")
	write(t, named, "")
	ix, err := indexer.New(indexer.Options{Corrections: []string{named}})
	must(t, err)
	log := &safeBuffer{}
	w, err := New(ix, engine, []string{folder}, Options{Settle: quick, Every: often, Logger: slog.New(slog.NewTextHandler(log, nil))})
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { w.Run(ctx) })
	defer running.Wait()
	defer cancel()
	watched := &watching{Watcher: w, t: t, log: log}
	year := func(name string, want int) func() bool {
		return func() bool {
			for key, text := range texts(t, engine) {
				if strings.Contains(key, "/"+name+".txt#") && strings.Contains(text, fmt.Sprintf("通知 %d\n", want)) {
					return true
				}
			}
			return false
		}
	}
	watched.until("both", func() bool { return year("a", 0)() && year("b", 0)() })
	sidecar := filepath.Join(folder, "gongwen.corrections.yaml")
	write(t, sidecar, "a.txt: {year: 1998}\nc.txt: {year: 1999}\n")
	watched.until("corrected", year("a", 1998))
	watched.until("fault", func() bool {
		return w.Status().Faulty == 1 && w.Status().Problems[0].Place == filepath.Base(folder)+"/gongwen.corrections.yaml:2"
	})
	if n := strings.Count(log.String(), "accepted=1 "); n != 1 {
		t.Errorf("more was written than what is touched:\n%s", log)
	}
	write(t, named, "b.txt: {year: 1997}\n"+filepath.Join(folder, "b.txt")+": {year: 1996}\n")
	watched.until("named", year("b", 1996))
	write(t, filepath.Join(folder, "c.txt"), notice("c"))
	watched.until("new file", year("c", 1999))
	watched.until("one fault less", func() bool { return w.Status().Faulty == 1 }) // the first line of the named ones
	write(t, sidecar, "a.txt: {year")
	watched.until("broken", func() bool { return strings.Contains(fmt.Sprint(w.Status().Problems), "YAML") })
	if !year("a", 1998)() {
		t.Error("a file of corrections that cannot be read changes a document")
	}
	write(t, filepath.Join(folder, "a.txt"), notice("a")+"三、其他\n另行通知。\n")
	watched.until("changed meanwhile", year("a", 0))
	write(t, sidecar, "a.txt: {year: 1998}\nc.txt: {year: 1999}\n")
	watched.until("mended", func() bool { return year("a", 1998)() && year("c", 1999)() })
	must(t, os.Remove(sidecar))
	watched.until("as before", func() bool { return year("a", 0)() && year("c", 0)() && year("b", 1996)() })
}

// TestOneID: the first file that has an ID keeps it, whichever is read again; when it goes the other one gets it.
func TestOneID(t *testing.T) {
	engine, folder := newEngine(t), t.TempDir()
	a, b := filepath.Join(folder, "a.jsonl"), filepath.Join(folder, "b.jsonl")
	write(t, b, `{"id":"x","text":"乙的正文。"}`+"\n")
	w := start(t, engine, Options{}, folder)
	text := func() string { return texts(t, engine)[b+"#x"] + texts(t, engine)[a+"#x"] }
	w.until("first", func() bool { return strings.Contains(text(), "乙") })
	write(t, a, `{"id":"x","text":"甲的正文。"}`+"\n")
	w.until("second refused", func() bool { return w.Status().Faulty == 1 })
	if !strings.Contains(text(), "乙") || !strings.Contains(w.Status().Problems[0].Reason, filepath.Base(folder)+"/b.jsonl 已经用了它") {
		t.Errorf("%s, %+v", text(), w.Status())
	}
	must(t, os.Remove(b))
	w.until("freed", func() bool { return strings.Contains(text(), "甲") && w.Status().Faulty == 0 })
}

// TestUnmounted: where a folder is empty and on another device nothing is deleted, and it is said.
func TestUnmounted(t *testing.T) {
	engine, folder := newEngine(t), t.TempDir()
	options := Options{Manifest: filepath.Join(t.TempDir(), "watch.manifest"), Every: often}
	share := filepath.Join(folder, "share")
	write(t, filepath.Join(share, "a.txt"), notice("甲"))
	write(t, filepath.Join(folder, "b.txt"), notice("乙"))
	w := start(t, engine, options, folder)
	w.until("two files", func() bool { return len(texts(t, engine)) == 2 })
	w.stop()

	saved, err := os.ReadFile(options.Manifest)
	must(t, err)
	if !bytes.Contains(saved, []byte(`"device":`)) {
		t.Skip("the system does not tell devices apart")
	}
	write(t, options.Manifest, strings.ReplaceAll(string(saved), `"device":`, `"device":9`))
	must(t, os.Remove(filepath.Join(share, "a.txt")))
	w = start(t, engine, options, folder)
	w.until("said", func() bool { return w.Status().Faulty == 1 })
	time.Sleep(3 * often)
	if got := texts(t, engine); len(got) != 2 || !strings.Contains(w.Status().Problems[0].Reason, "没有挂载") {
		t.Errorf("%v, %+v", got, w.Status())
	}
	// A folder that is missing altogether keeps its documents too.
	must(t, os.Rename(folder, folder+"-away"))
	w.until("missing", func() bool { return strings.Contains(fmt.Sprint(w.Status().Problems), "找不到") })
	time.Sleep(2 * often)
	must(t, os.Rename(folder+"-away", folder))
	must(t, os.Remove(share)) // by whoever sees b.txt beside it
	w.until("deleted", func() bool { return len(texts(t, engine)) == 1 })
}

// failing is a collection that cannot be written for a while.
type failing struct {
	*memory.Engine
	mu   sync.Mutex
	left int
}

func (f *failing) Write(ctx context.Context, batch search.Batch) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left > 0 {
		f.left--
		return errors.New("disk full")
	}
	return f.Engine.Write(ctx, batch)
}

// TestTriesAgain: an error of the collection is told, logged once, and passes.
func TestTriesAgain(t *testing.T) {
	engine, folder := &failing{Engine: newEngine(t), left: 2}, t.TempDir()
	write(t, filepath.Join(folder, "a.txt"), notice("甲"))
	w := start(t, engine, Options{Every: often}, folder)
	w.until("error", func() bool { return strings.Contains(w.Status().Error, "disk full") })
	w.until("passed", func() bool { return w.Status().Error == "" && len(texts(t, engine)) == 1 })
	if n := strings.Count(w.log.String(), "disk full"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, w.log)
	}
}

// TestSchedule: events bring a look forward, gather, and starve neither each other nor the machine.
func TestSchedule(t *testing.T) {
	now := time.Unix(1000, 0)
	s := schedule{}
	s.looked(time.Second, now, time.Minute)
	if got := s.next.Sub(now); got != time.Minute {
		t.Errorf("without events after %v", got)
	}
	s.ring(now)
	if got := s.next.Sub(now); got != rest*time.Second {
		t.Errorf("after a long look at %v", got)
	}
	s.looked(time.Second, now, 100*time.Millisecond)
	if got := s.next.Sub(now); got != rest*time.Second {
		t.Errorf("what never settles has long looks follow after %v", got)
	}
	s.looked(time.Second, now, 0)
	if got := s.next.Sub(now); got != 0 {
		t.Errorf("what is left to do waits for %v", got)
	}
	s.looked(0, now, time.Minute)
	last := now
	for at := now; at.Before(now.Add(10 * time.Second)); at = at.Add(50 * time.Millisecond) {
		if !at.Before(s.next) && !s.first.IsZero() {
			if wait := at.Sub(last); wait > mostDelay+debounce {
				t.Errorf("waited %v", wait)
			}
			s.looked(0, at, time.Minute)
			last = at
		}
		s.ring(at)
	}
	if last.Equal(now) {
		t.Error("events that never end put off the look")
	}
	s.looked(0, now, 100*time.Millisecond)
	s.ring(now)
	if got := s.next.Sub(now); got != 100*time.Millisecond {
		t.Errorf("an event puts off a look that was planned, to %v", got)
	}
}
