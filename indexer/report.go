package indexer

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"gongwen"
)

// Outcome says what became of a document, or of a file that gave none.
type Outcome string

// The outcomes of a run.
const (
	Accepted  Outcome = "accepted"  // written, new or in place of what it was
	Unchanged Outcome = "unchanged" // the collection holds it already, read from the same bytes
	Refused   Outcome = "refused"   // could not be read; what the collection held of it stays
	Skipped   Outcome = "skipped"   // not meant to be read: hidden, another type of file, a second way to one file
	Ignored   Outcome = "ignored"   // a line of corrections that could not be used, or not wholly
	Deleted   Outcome = "deleted"   // its file or line is gone (RunOptions.Prune)
)

// Entry is one line of the report. It is written when it is true: that of an accepted document after the batch that
// holds it has become durable.
type Entry struct {
	Path    string  `json:"path"`
	Line    int     `json:"line,omitempty"` // from 1; 0 for a whole file
	ID      string  `json:"id,omitempty"`
	Outcome Outcome `json:"outcome"`
	Reason  string  `json:"reason,omitempty"` // of a refusal, a skip: what is wrong and what to do
	// Holder is the place of the document that has the ID of a refused one already.
	Holder string `json:"holder,omitempty"`
	// Notes name what was given with an accepted document and could not be used.
	Notes []string `json:"notes,omitempty"`

	Hash     string `json:"hash,omitempty"`     // of an accepted or unchanged document: search.Origin.Hash
	Format   string `json:"format,omitempty"`   // as people call it: 文本, Word, PDF …
	Encoding string `json:"encoding,omitempty"` // of an accepted document's text: UTF-8, GB18030 …; "" where the format has its own

	// What was understood of an accepted document.
	Title     string       `json:"title,omitempty"`
	Kind      string       `json:"kind,omitempty"`
	Year      int          `json:"year,omitempty"`
	Published gongwen.Date `json:"published,omitempty"`
	Issuer    string       `json:"issuer,omitempty"`
	Region    string       `json:"region,omitempty"`
	Number    string       `json:"number,omitempty"`
	Sections  int          `json:"sections,omitempty"` // in the whole tree
}

// Place is the path and line as people write them.
func (e *Entry) Place() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d", e.Path, e.Line)
	}
	return e.Path
}

// acceptedEntry is the line for a document that was written.
func acceptedEntry(p piece, r *reading) Entry {
	document := &r.document
	sections := 0
	gongwen.Walk(document.Sections, func(*gongwen.Section, []*gongwen.Section) { sections++ })
	return Entry{
		Path: p.path, Line: p.Line, ID: document.ID, Outcome: Accepted, Notes: r.notes, Format: p.Format, Encoding: r.encoding,
		Title: document.Title, Kind: document.Kind, Year: document.Year, Published: document.Published,
		Issuer: document.Issuer, Region: document.Region, Number: document.Number, Sections: sections,
	}
}

func refusedEntry(refused *RefusedError) Entry {
	entry := Entry{Path: refused.Path, Line: refused.Line, ID: refused.ID, Outcome: Refused, Reason: refused.Reason}
	if refused.Skip {
		entry.Outcome = Skipped
	}
	return entry
}

// Summary counts a run.
type Summary struct {
	Accepted, Unchanged, Refused, Skipped, Ignored, Deleted int

	Bytes    int64         // of the documents that were read, unpacked
	Elapsed  time.Duration // from the call of Run to its return
	Refusals []Entry       // the first maxRefusals; the report has all
	Ignores  []Entry       // the same of what was ignored

	// Formats count what was read by its format, most files first.
	Formats []FormatSummary
	last    string // path of the file that was counted last
}

// FormatSummary counts what a run read of one format. A file in an archive counts by its own.
type FormatSummary struct {
	Name               string // as people call it
	Files              int
	Documents, Refused int // Documents: accepted and unchanged
	Bytes              int64
	Busy               time.Duration // what one core takes to read and understand them
}

// Rate is the megabytes that one core reads in a second.
func (f *FormatSummary) Rate() float64 { return rate(f.Bytes, f.Busy) }

func rate(bytes int64, in time.Duration) float64 {
	if in <= 0 {
		return 0
	}
	return float64(bytes) / 1e6 / in.Seconds()
}

// format is where files of that name are counted. There are few formats.
func (s *Summary) format(name string) *FormatSummary {
	for i := range s.Formats {
		if s.Formats[i].Name == name {
			return &s.Formats[i]
		}
	}
	s.Formats = append(s.Formats, FormatSummary{Name: name})
	return &s.Formats[len(s.Formats)-1]
}

// read counts what a job read, whatever becomes of it.
func (s *Summary) read(j *job) {
	bytes := int64(len(j.piece.Data))
	s.Bytes += bytes
	if j.entry.Format != "" {
		f := s.format(j.entry.Format)
		f.Bytes += bytes
		f.Busy += j.busy
	}
}

const maxRefusals = 20

// Rate is the megabytes of documents read in a second.
func (s *Summary) Rate() float64 { return rate(s.Bytes, s.Elapsed) }

func (s *Summary) count(entry *Entry) {
	if entry.Format != "" && entry.Outcome != Skipped {
		f := s.format(entry.Format)
		if entry.Path != s.last {
			f.Files++
		}
		if entry.Outcome == Refused {
			f.Refused++
		} else {
			f.Documents++
		}
		s.last = entry.Path
	}
	switch entry.Outcome {
	case Accepted:
		s.Accepted++
	case Unchanged:
		s.Unchanged++
	case Refused:
		s.Refused++
		if len(s.Refusals) < maxRefusals {
			s.Refusals = append(s.Refusals, *entry)
		}
	case Skipped:
		s.Skipped++
	case Ignored:
		s.Ignored++
		if len(s.Ignores) < maxRefusals {
			s.Ignores = append(s.Ignores, *entry)
		}
	case Deleted:
		s.Deleted++
	}
}

// reporter tells everyone who wants to know of an entry: the summary, the report, the progress.
type reporter struct {
	summary  *Summary
	report   *json.Encoder // nil for none
	progress Progress      // nil for none
}

func newReporter(summary *Summary, report io.Writer, progress Progress) *reporter {
	r := &reporter{summary: summary, progress: progress}
	if report != nil {
		r.report = json.NewEncoder(report)
		r.report.SetEscapeHTML(false)
	}
	return r
}

// tell must only be called once the entry is true.
func (r *reporter) tell(entry *Entry) error {
	r.summary.count(entry)
	if r.progress != nil {
		r.progress.Settled(entry)
	}
	if r.report != nil {
		if err := r.report.Encode(entry); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
	}
	return nil
}
