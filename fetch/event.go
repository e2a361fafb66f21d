package fetch

import "time"

// Outcome says what became of an address.
type Outcome string

// The outcomes of a run.
const (
	New       Outcome = "new"       // stored for the first time
	Changed   Outcome = "changed"   // stored in place of what it was
	Unchanged Outcome = "unchanged" // the site, or a comparison, says so
	Listed    Outcome = "listed"    // a page of links, which is kept to follow them and is no document
	Moved     Outcome = "moved"     // leads to another address, which is fetched in its place
	Skipped   Outcome = "skipped"   // not meant to be fetched: robots.txt, another host, too large, no document
	Failed    Outcome = "failed"    // could not be fetched
	Gone      Outcome = "gone"      // was stored, and is not there any more
	Planned   Outcome = "planned"   // would be fetched (Options.DryRun)
)

// Cause is why an address was skipped, for counting.
type Cause string

// The causes of skips.
const (
	ByRobots  Cause = "robots"
	OtherHost Cause = "other-host"
	TooLarge  Cause = "too-large"
	NoReader  Cause = "format"
)

// Event is one line of the report.
type Event struct {
	URL     string  `json:"url"`
	Outcome Outcome `json:"outcome"`
	Cause   Cause   `json:"cause,omitempty"`
	Reason  string  `json:"reason,omitempty"` // a sentence for people
	To      string  `json:"to,omitempty"`     // where a redirect led
	From    string  `json:"from,omitempty"`   // the page on which the address stood
	File    string  `json:"file,omitempty"`   // absolute; of what is stored
	Type    string  `json:"type,omitempty"`   // as the site declared it
	Bytes   int64   `json:"bytes,omitempty"`
	// Attached is set for what a page has beside it and is no page.
	Attached bool `json:"attached,omitempty"`
	Deleted  bool `json:"deleted,omitempty"` // of what is gone: its file was removed (Options.Prune)
}

// Summary counts a run.
type Summary struct {
	Counts   map[Outcome]int
	Causes   map[Cause]int
	Attached int   // of the new and changed, the attachments
	Bytes    int64 // received
	Waiting  int   // addresses that a limit or an interruption left for another run
	Resumed  int   // addresses that an earlier run had done, which this one went on with
	Stopped  Limit // which limit ended the run, or ""
	Elapsed  time.Duration
	Failures []Event // the first maxFailures
	// Elsewhere are attachments on other hosts, which Options.OtherHosts would fetch.
	Elsewhere int
}

// Limit is a limit of a run.
type Limit string

// The limits.
const (
	PageLimit Limit = "pages"
	ByteLimit Limit = "bytes"
	TimeLimit Limit = "time"
)

const maxFailures = 20

func (s *Summary) count(e *Event) {
	s.Counts[e.Outcome]++
	switch e.Outcome {
	case New, Changed:
		if e.Attached {
			s.Attached++
		}
	case Skipped:
		s.Causes[e.Cause]++
		if e.Cause == OtherHost && e.Attached {
			s.Elsewhere++
		}
	case Failed:
		if len(s.Failures) < maxFailures {
			s.Failures = append(s.Failures, *e)
		}
	}
}
