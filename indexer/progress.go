package indexer

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// Progress is told how far a run is. Its methods are called from several goroutines at once, Done last.
type Progress interface {
	// Total says how many bytes on disk the run will read, as soon as that is counted; 0 if nobody knows (stdin).
	Total(bytes int64)
	// Read says that so many more bytes on disk have been read.
	Read(bytes int64)
	// Settled says what became of one more document. The entry must not be kept or changed.
	Settled(entry *Entry)
	// Done says that the run is over, whether or not it reached its end.
	Done(summary *Summary)
}

// NewProgress shows progress on a file such as os.Stderr: a bar on a terminal, a line every few seconds elsewhere.
func NewProgress(file *os.File) Progress {
	if term.IsTerminal(int(file.Fd())) {
		return newBar(file)
	}
	return &lines{to: file, started: time.Now(), last: time.Now()}
}

// bar is a progress bar by bytes, with rate and time left.
type bar struct {
	container *mpb.Progress
	bar       *mpb.Bar
	accepted  atomic.Int64
	refused   atomic.Int64
}

const barWidth = 40 // columns; the words beside it need as many again

func newBar(to io.Writer) *bar {
	b := &bar{container: mpb.New(mpb.WithOutput(to), mpb.WithWidth(barWidth))}
	b.bar = b.container.AddBar(0,
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string {
			if refused := b.refused.Load(); refused > 0 {
				return fmt.Sprintf("已处理 %d 篇，拒收 %d ", b.accepted.Load(), refused)
			}
			return fmt.Sprintf("已处理 %d 篇 ", b.accepted.Load())
		})),
		mpb.AppendDecorators(
			decor.CountersKiloByte(" %.1f / %.1f"),
			decor.AverageSpeed(decor.SizeB1000(0), " %.1f"),
			decor.Name(" 剩余 "),
			decor.AverageETA(decor.ET_STYLE_MMSS),
		),
	)
	return b
}

func (b *bar) Total(bytes int64) { b.bar.SetTotal(bytes, false) }

func (b *bar) Read(bytes int64) { b.bar.IncrInt64(bytes) }

func (b *bar) Settled(entry *Entry) {
	if entry.Outcome == Refused {
		b.refused.Add(1)
		return
	}
	if entry.Outcome != Skipped && entry.Outcome != Ignored {
		b.accepted.Add(1)
	}
}

func (b *bar) Done(*Summary) {
	b.bar.Abort(true)
	b.container.Wait()
}

// lines says a line now and then, for logs.
type lines struct {
	to      io.Writer
	started time.Time

	mutex          sync.Mutex
	total, read    int64
	settled, wrong int
	last           time.Time
}

// lineInterval is the time between two lines: a log of a long run stays short, and nobody thinks it stuck.
const lineInterval = 5 * time.Second

func (l *lines) Total(bytes int64) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.total = bytes
}

func (l *lines) Read(bytes int64) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.read += bytes
	l.tell()
}

func (l *lines) Settled(entry *Entry) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	switch entry.Outcome {
	case Refused:
		l.wrong++
	case Skipped, Ignored:
	default:
		l.settled++
	}
	l.tell()
}

func (l *lines) Done(*Summary) {}

// tell writes a line if it is time; the mutex is held.
func (l *lines) tell() {
	now := time.Now()
	if now.Sub(l.last) < lineInterval {
		return
	}
	l.last = now
	line := fmt.Sprintf("已处理 %d 篇", l.settled)
	if l.wrong > 0 {
		line += fmt.Sprintf("，拒收 %d", l.wrong)
	}
	rate := float64(l.read) / now.Sub(l.started).Seconds()
	line += fmt.Sprintf("；已读 %.1f MB", float64(l.read)/1e6)
	if l.total > 0 {
		line += fmt.Sprintf("，共 %.1f MB", float64(l.total)/1e6)
	}
	line += fmt.Sprintf("（%.1f MB/秒）", rate/1e6)
	if left := l.total - l.read; left > 0 && rate > 0 {
		line += fmt.Sprintf("，约剩 %s", (time.Duration(float64(left)/rate) * time.Second).Round(time.Second))
	}
	_, _ = fmt.Fprintln(l.to, line) // progress is for watching: a closed pipe must not stop a run
}
