package indexer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"gongwen/search"
)

const (
	// maxBatch and maxBatchText bound what one Write makes durable: large enough that the cost of a commit is small,
	// small enough that a kill loses seconds of work.
	maxBatch     = 500
	maxBatchText = 8 << 20
	// maxWaiting is how many entries of the report may wait for a batch that fills slowly among unchanged documents.
	maxWaiting = 5000
	// maxDeletes is how many documents one batch of deletions names.
	maxDeletes = 5000
)

// collector gathers documents into batches, writes them, and reports what has become true.
type collector struct {
	writer   search.Writer
	known    map[string]search.Origin
	reporter *reporter

	batch   search.Batch
	text    int     // bytes of text in the batch
	waiting []Entry // to be reported, in order, once the batch is written

	seen    map[string]spot // where each ID of this run was first met
	only    map[string]bool // the files that may take an ID from each other; nil for all
	kept    map[spot]bool   // refused: a file, as its path, or one document of it, as its ID; not to be pruned
	folders []string        // refused
}

// spot is where a document was met. Two words and a shared string: there are as many as documents.
type spot struct {
	path string
	line int
}

func (s spot) place() string { return (&Entry{Path: s.path, Line: s.line}).Place() }

// keptID marks the line of a spot in kept as none: the path is an ID.
const keptID = -1

func newCollector(writer search.Writer, known map[string]search.Origin, only map[string]bool, reporter *reporter) *collector {
	return &collector{writer: writer, known: known, only: only, reporter: reporter, seen: map[string]spot{}, kept: map[spot]bool{}}
}

// add takes one job that is ready.
func (c *collector) add(ctx context.Context, j *job) error {
	entry := j.entry
	switch entry.Outcome {
	case Accepted, Unchanged:
		if first := c.holder(&entry); first != "" {
			entry = Entry{
				Path: entry.Path, Line: entry.Line, ID: entry.ID, Outcome: Refused, Format: entry.Format, Holder: first,
				Reason: fmt.Sprintf("id “%s”重复：%s 已经用了它，这一条没有收录；请给每条不同的 id", entry.ID, first),
			}
			break
		}
		c.seen[entry.ID] = spot{entry.Path, entry.Line}
		if j.record != nil {
			c.batch.Put = append(c.batch.Put, *j.record)
			c.text += len(j.record.Document.Text)
		}
	case Refused:
		c.refused(j)
	}
	if len(c.batch.Put) == 0 {
		return c.reporter.tell(&entry)
	}
	c.waiting = append(c.waiting, entry)
	if len(c.batch.Put) >= maxBatch || c.text >= maxBatchText || len(c.waiting) >= maxWaiting {
		return c.flush(ctx)
	}
	return nil
}

// holder is the place of another document that has the ID already: one of this run, or of a file that is not read in it.
func (c *collector) holder(entry *Entry) string {
	if first, twice := c.seen[entry.ID]; twice {
		return first.place()
	}
	origin := c.known[entry.ID]
	if c.only == nil || origin.Path == "" || origin.Path == entry.Path || within(origin.Path, func(at string) bool { return c.only[at] }) {
		return ""
	}
	if !within(origin.Path, isFile) {
		return "" // gone, which nobody has noticed yet
	}
	return origin.Path
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// within reports whether it is so for a path or one above it: a document may lie in an archive.
func within(path string, is func(at string) bool) bool {
	for at := path; ; at = filepath.Dir(at) {
		if is(at) || at == filepath.Dir(at) {
			return is(at)
		}
	}
}

// refused remembers what a refusal may be hiding: the document it was, or where that is not known, all of the file.
func (c *collector) refused(j *job) {
	switch {
	case j.folder:
		c.folders = append(c.folders, j.entry.Path)
	case j.whole:
		c.kept[spot{path: j.entry.Path}] = true
	default:
		c.kept[spot{j.entry.ID, keptID}] = true
	}
}

// flush writes the batch and then reports its entries.
func (c *collector) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(c.batch.Put)+len(c.batch.Delete) > 0 {
		err := c.writer.Write(ctx, c.batch)
		var rejected *search.RejectedError
		if errors.As(err, &rejected) {
			err = nil
			c.refuse(rejected.Reasons)
		}
		if err != nil {
			return fmt.Errorf("write batch of %d documents: %w", len(c.batch.Put)+len(c.batch.Delete), err)
		}
	}
	for i := range c.waiting {
		if err := c.reporter.tell(&c.waiting[i]); err != nil {
			return err
		}
	}
	// The writer may keep the batch: a new one, not the old array again.
	c.batch, c.text, c.waiting = search.Batch{}, 0, c.waiting[:0]
	return nil
}

// refuse makes refusals of the waiting entries whose documents the writer rejected.
func (c *collector) refuse(reasons map[string]string) {
	for i := range c.waiting {
		e := &c.waiting[i]
		if reason, ok := reasons[e.ID]; ok && e.Outcome == Accepted {
			*e = Entry{
				Path: e.Path, Line: e.Line, ID: e.ID, Outcome: Refused, Format: e.Format,
				Reason: fmt.Sprintf("索引存不下这一篇（%s），原来收录的内容不变；请把文件和这条信息报告给开发者", reason),
			}
		}
	}
}

// prune deletes what the collection holds of these paths and the run did not meet.
func (c *collector) prune(ctx context.Context, below func(path string) bool) error {
	var gone []string
	for id, origin := range c.known {
		if _, met := c.seen[id]; !met && below(origin.Path) && !c.isKept(id, origin.Path) {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone) // a map has no order, a report should
	for part := range slices.Chunk(gone, maxDeletes) {
		c.batch.Delete = part
		for _, id := range part {
			c.waiting = append(c.waiting, Entry{Path: c.known[id].Path, ID: id, Outcome: Deleted})
		}
		if err := c.flush(ctx); err != nil {
			return err
		}
	}
	return nil
}

// isKept reports whether a refusal may be hiding the document: its own, that of its file, or of one that the file lies in.
func (c *collector) isKept(id, path string) bool {
	if c.kept[spot{id, keptID}] {
		return true
	}
	if within(path, func(at string) bool { return c.kept[spot{path: at}] }) {
		return true
	}
	return slices.ContainsFunc(c.folders, func(folder string) bool { return under(path, folder) })
}
