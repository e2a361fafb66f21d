package gongwen

// Commitment (承诺) is one thing that a document promises to do. The program finds it and what later documents say of it;
// whether it was kept is for the reader to judge.
type Commitment struct {
	// ID is "c" and a hash of the text and of its place among equal ones; unique in the document.
	ID      string     `json:"id"`
	Section string     `json:"section"`               // ID of the section that holds it, "" where the document has none
	Span    Span       `json:"span"`                  // the item, without the white space and punctuation around it
	Text    string     `json:"text"`                  // what the span cuts
	Target  int        `json:"target_year,omitempty"` // in which it shall be done; of several years the last
	Topic   Topic      `json:"topic,omitempty"`
	Due     *Deadline  `json:"deadline,omitempty"`
	Goal    *Goal      `json:"target,omitempty"`
	Cites   []Citation `json:"cites,omitempty"`
	Rule    string     `json:"rule"`                 // the name of the rule that found it
	Dated   string     `json:"target_rule"`          // the name of the rule that told the target year
	Sorted  string     `json:"topic_rule,omitempty"` // the name of the rule that told the topic
}

// Deadline is the time by which something is promised.
type Deadline struct {
	By   Date `json:"by"`   // the last day, month or year, as far as the text tells: 2022年6月底前, 上半年 are months, 年底前, 三年内 years
	Span Span `json:"span"` // as written: 2022年6月底前, 年内, 三年内
}

// Goal is the number that is promised: 覆盖率达到90%.
type Goal struct {
	Value     Decimal   `json:"value"`
	Unit      string    `json:"unit,omitempty"`
	Qualifier Qualifier `json:"qualifier,omitempty"`
	Span      Span      `json:"span"` // the number with its qualifier and unit
}

// FollowUpStatus says what a later document says of a commitment, as far as its words tell.
type FollowUpStatus string

// The statuses of a follow-up.
const (
	StatusReported     FollowUpStatus = "reported"        // a passage tells what became of it
	StatusRepeated     FollowUpStatus = "repeated"        // it is promised again
	StatusNotMentioned FollowUpStatus = "not_mentioned"   // the later document has no passage about it
	StatusNoLater      FollowUpStatus = "no_later_report" // there is no later document of the body
)

// FollowUp is what one later document of the same body says of a commitment.
type FollowUp struct {
	Document string         `json:"document"` // its ID
	Year     int            `json:"year,omitempty"`
	Status   FollowUpStatus `json:"status"`
	Passages []Mention      `json:"passages,omitempty"` // best first
}

// Mention is a passage of a later document that speaks of a commitment.
type Mention struct {
	Section string         `json:"section"`
	Span    Span           `json:"span"`
	Score   float64        `json:"score"` // from 0 to 1: how much of the commitment's weight its words make up
	Words   []string       `json:"words"` // that both hold, those that tell most first
	Status  FollowUpStatus `json:"status"`
	Rule    string         `json:"rule"`
}
