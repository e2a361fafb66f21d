package search

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Position is where a cursor stands: in which snapshot and at which hit. Its String is what callers carry around.
type Position struct {
	Snapshot string `json:"s"`
	Offset   int    `json:"o"`
	Request  string `json:"q"` // a hash of what was asked, so that no cursor is used for another request
}

func (p Position) String() string {
	data, err := json.Marshal(p)
	if err != nil {
		panic(fmt.Sprintf("encode cursor: %v", err)) // strings and an int: cannot fail
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// ParsePosition reads the cursor of a request; the *QueryError says that it is damaged or belongs to another request.
func ParsePosition(request Request) (Position, error) {
	fault := func(message string) (Position, error) {
		return Position{}, &QueryError{
			Param: "cursor", Value: request.Cursor, Message: message, Hint: "请去掉 cursor，从第一页重新开始。",
		}
	}
	data, err := base64.RawURLEncoding.DecodeString(request.Cursor)
	if err != nil {
		return fault("翻页标记已损坏。")
	}
	var p Position
	if err := json.Unmarshal(data, &p); err != nil || p.Offset < 0 || p.Snapshot == "" {
		return fault("翻页标记已损坏。")
	}
	if p.Request != request.Hash() {
		return fault("翻页标记属于另一次检索。")
	}
	return p, nil
}

// Page sets where the hits of a request lie in the whole list, by the result's Total, and the cursors beside them. It
// returns the places of the first hit and after the last.
func (r *Result) Page(request Request, position Position) (from, to int) {
	from = min(position.Offset, r.Total)
	to = min(from+request.Size, r.Total)
	r.Offset = from
	if to < r.Total && request.Size > 0 {
		position.Offset = to
		r.Next = position.String()
	}
	if from > 0 {
		position.Offset = max(0, from-request.Size)
		r.Prev = position.String()
	}
	return from, to
}

// Hash tells requests apart that do not list the same hits in the same order.
func (r Request) Hash() string {
	var filters []string
	for _, condition := range r.Filters {
		filters = append(filters, condition.String())
	}
	slices.Sort(filters)
	query := ""
	if r.Query != nil {
		query = r.Query.String()
	}
	hash := sha256.New()
	_, _ = fmt.Fprintf(hash, "%q %q %q %q %q", query, strings.Join(filters, " "), r.Match, r.Sort, r.Unit)
	if r.NoAliases {
		_, _ = fmt.Fprint(hash, " no aliases")
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// Normal fills in the defaults of a request, or says which value is impossible.
func (r Request) Normal() (Request, error) {
	if r.Match == "" {
		r.Match = MatchMost
	}
	if r.Sort == "" {
		r.Sort = SortRelevance
	}
	if r.Unit == "" {
		r.Unit = UnitDocument
	}
	if r.Size == 0 {
		r.Size = DefaultSize
	}
	if r.Facets == 0 {
		r.Facets = DefaultFacetValues
	}
	switch {
	case r.Match != MatchMost && r.Match != MatchAll:
		return r, &QueryError{Param: "match", Value: string(r.Match), Message: "match 的值不对。", Hint: "可用 most 或 all。"}
	case r.Sort != SortRelevance && r.Sort != SortNewest && r.Sort != SortOldest:
		return r, &QueryError{Param: "sort", Value: string(r.Sort), Message: "sort 的值不对。", Hint: "可用 relevance、newest 或 oldest。"}
	case r.Unit != UnitDocument && r.Unit != UnitSection:
		return r, &QueryError{Param: "unit", Value: string(r.Unit), Message: "unit 的值不对。", Hint: "可用 document 或 section。"}
	case r.Size > MaxSize:
		return r, &QueryError{
			Param: "size", Value: fmt.Sprint(r.Size), Message: fmt.Sprintf("每页最多 %d 条。", MaxSize), Hint: "要更多结果，请用 next 翻页。",
		}
	}
	r.Size = max(r.Size, 0) // negative asks for none
	return r, nil
}
