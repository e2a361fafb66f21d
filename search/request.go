package search

// Unit says what a hit, and so every count, is.
type Unit string

// The units.
const (
	UnitDocument Unit = "document"
	UnitSection  Unit = "section"
)

// Sort is the order of hits.
type Sort string

// The orders. Documents without a date come last in both orders by date; ties are broken by ID.
const (
	SortRelevance Sort = "relevance"
	SortNewest    Sort = "newest"
	SortOldest    Sort = "oldest"
)

// Match says how many of a query's words a hit must hold.
type Match string

// The ways to match.
const (
	MatchMost Match = "most" // all words, or enough of their weight where too few documents hold all
	MatchAll  Match = "all"
)

// Limits of a request, so that no request can take the process down.
const (
	DefaultSize   = 20
	MaxSize       = 100
	MaxQueryRunes = 2000 // more than any sentence one would paste, far less than what hurts
	MaxQueryDepth = 20   // brackets within brackets
	MaxQueryTerms = 200  // quoted runs, words and conditions
)

// Request is a question. The zero values of its fields mean: match everything, by relevance, DefaultSize hits from the
// start, documents, each facet with its DefaultFacetValues most frequent values.
type Request struct {
	Query   Query       // nil matches everything
	Filters []Condition // conditions of one field are joined by OR, fields by AND
	Match   Match
	// NoAliases leaves other names of words aside: they neither rank nor make hits.
	NoAliases bool
	// Explain asks each hit to say how its score comes about.
	Explain bool
	// OnlyCount asks for the numbers of the answer alone: no hits, no facets, and nothing of why there is no hit.
	OnlyCount bool

	Sort   Sort
	Unit   Unit
	Size   int    // hits on the page, at most MaxSize; negative for none
	Cursor string // of an earlier Result with the same request; "" for the first page
	Facets int    // values per facet; 0 for DefaultFacetValues, negative for all
}

// DefaultFacetValues is the number of values that a facet lists unless the request says otherwise. Values that are
// chosen are always listed.
const DefaultFacetValues = 50
