package search

import (
	"time"

	"gongwen"
)

// Result is the answer to a Request. Every number in it is exact and comes from one snapshot of the collection.
type Result struct {
	Total    int // of what is listed, in the request's unit
	All      int // of these, how many hold every word; less than Total only if Relaxed
	Sections int // sections that hold every word in their text or heading path
	Together int // documents with every word in one section

	Relaxed bool     // fewer than RelaxBelow documents hold every word, so those that hold enough are listed too
	LeftOut []string // the words that some listed hit lacks
	Why     []Found  // where nothing was found: what each part of the query finds by itself
	Also    []Also   // the other names that were looked for beside them
	Words   []string // the parts into which the query was cut, as they were looked for
	Notices []Notice // what the reader of the query should know, such as a quote left open

	Took   time.Duration
	Offset int    // of the first hit in the whole list
	Next   string // cursor of the following page, "" at the end
	Prev   string // cursor of the page before, "" at the start
	Hits   []Hit
	Facets map[Field][]FacetValue // by the fields of FacetFields, all of them present
}

// Found says how many documents one part of a query finds by itself.
type Found struct {
	Part  string // as one would type it as a query
	Total int
}

// FacetValue is a value and the total one gets on choosing it alone in its facet. An unknown value is "unknown".
type FacetValue struct {
	Value string
	Count int
}

// Hit is a document and its best sections.
type Hit struct {
	Document    *gongwen.Document // without text, outline, figures, commitments and versions and versions
	Title       []Part
	Score       float64
	Explanation *Explanation // where the request asks for it and hits are ranked, else nil
	Missing     []string     // words of the query that the document lacks, also by other names
	Sections    []SectionHit // the best first, at most MaxHitSections; with unit section exactly one
	More        int          // further sections with marks
	Marks       int          // places marked in the text
	Versions    int          // documents that are versions of this one
}

// MaxHitSections is the number of sections that a hit shows.
const MaxHitSections = 3

// SectionHit is a section of a hit with the passages that matched.
type SectionHit struct {
	Section   *gongwen.Section
	Path      []string // the names of the sections above it, from the top, without empty ones
	Marks     int      // places marked in the section's own text
	Fragments []Fragment
}

// Fragment is a passage of a document's text, cut from it without a change except that a line break becomes a space.
type Fragment struct {
	Parts []Part
	Span  gongwen.Span // where the passage stands in the document's Text
	Mark  int          // ordinal, from 1, of the fragment's first mark among the marks of the document; 0 without mark
	Page  int          // of the paper, from 1, on which its first mark begins, without mark the passage; 0 where pages are not known
	Cut   Cut          // whether text of the section was left out before and after
}

// Cut says on which sides a fragment was cut out of running text.
type Cut struct{ Before, After bool }

// Part is a piece of text, marked or not. The parts of a fragment or title join to the text without a change.
type Part struct {
	Text  string `json:"text"`
	Match bool   `json:"match"`
}

// Notice is a remark on how a query was read; Code is for programs, Message a Chinese sentence.
type Notice struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}
