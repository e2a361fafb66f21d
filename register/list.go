package register

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
)

func sortDocuments(documents []*gongwen.Document) {
	slices.SortFunc(documents, func(a, b *gongwen.Document) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), strings.Compare(a.ID, b.ID))
	})
}

// item is what is listed: a promise or a figure as the plan of a request sees it.
type item struct {
	document *gongwen.Document
	place    int // among those of its document
	year     int
	text     string // what words are looked for in
	folded   string // the same, once it was asked for
	topic    gongwen.Topic
	facets   []string // by facet of the list: its value, "" for unknown
}

// test asks a plan about an item.
type test struct {
	plan *search.Plan
	item *item
}

func (t test) Holds(term int) bool {
	if t.item.folded == "" {
		t.item.folded = analyzers.Fold(t.item.text)
	}
	return t.plan.Terms[term].Holds(t.item.folded)
}

func (t test) Anywhere(term int) bool { return t.Holds(term) }

func (t test) Accepts(f search.Filter) bool {
	switch f.Field {
	case search.FieldTopic:
		return f.AcceptsSection(&gongwen.Section{Topic: t.item.topic})
	case search.FieldYear:
		return f.Accepts(&gongwen.Document{Year: t.item.year})
	}
	return f.Accepts(t.item.document)
}

// facet is a field by which a list is counted and filtered.
type facet struct {
	name  string
	field search.Field // "" for one that is no field of a search
	asked string       // the only value that a request asks for where it is no field of a search, else ""
}

// listing carries out a request over items of one kind.
type listing struct {
	request Request
	plan    *search.Plan
	facets  []facet
	counts  []map[string]int
	found   []*item
}

func (r *Register) newListing(request Request, facets []facet) *listing {
	l := &listing{
		request: request, facets: facets,
		plan: search.Compile(search.Request{Query: request.Query, Filters: request.Filters, Match: search.MatchAll}, r.words),
	}
	for range facets {
		l.counts = append(l.counts, map[string]int{})
	}
	return l
}

// add lists an item if it is asked for, and counts it in the facets; each ignores its own filter.
func (l *listing) add(i *item) {
	if l.request.Document != "" && i.document.ID != l.request.Document {
		return
	}
	t := test{l.plan, i}
	failed, at := 0, ""
	for field, filters := range l.plan.Filters {
		if !slices.ContainsFunc(filters, t.Accepts) {
			failed++
			at = string(field)
		}
	}
	for n, f := range l.facets {
		if f.asked != "" && cmp.Or(i.facets[n], search.Unknown) != f.asked {
			failed++
			at = f.name
		}
	}
	if failed > 1 || !l.plan.Accepts(t) {
		return
	}
	for n, f := range l.facets {
		if failed == 1 && at != f.name && at != string(f.field) {
			continue
		}
		value := cmp.Or(i.facets[n], search.Unknown)
		l.counts[n][value]++
		if f.field == search.FieldRegion { // a region is within every one above it
			for above, _, ok := cutLast(value); ok; above, _, ok = cutLast(above) {
				l.counts[n][above]++
			}
		}
	}
	if failed == 0 {
		l.found = append(l.found, i)
	}
}

func cutLast(region string) (above, name string, ok bool) {
	i := strings.LastIndexByte(region, '/')
	if i < 0 {
		return "", "", false
	}
	return region[:i], region[i+1:], true
}

// position is where a cursor stands: after an item of the list as it was. It needs no snapshot: where documents came or went
// since, the walk goes on behind that item.
type position struct {
	Request  string `json:"q"`
	Year     int    `json:"y"`
	Document string `json:"d"`
	Place    int    `json:"p"`
}

func (l *listing) hash() string {
	var filters []string
	for _, c := range l.request.Filters {
		filters = append(filters, c.String())
	}
	slices.Sort(filters)
	query := ""
	if l.request.Query != nil {
		query = l.request.Query.String()
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %d %q %q", query, filters, l.request.Document, l.request.Target, l.request.Status, l.request.Unit))
	return hex.EncodeToString(sum[:8])
}

// page cuts the page out of the list.
func (l *listing) page() (found []*item, offset int, next string, err error) {
	size := l.request.Size
	switch {
	case size == 0:
		size = search.DefaultSize
	case size > MaxSize:
		return nil, 0, "", &search.QueryError{
			Param: "size", Value: fmt.Sprint(size), Message: fmt.Sprintf("每页最多 %d 条。", MaxSize), Hint: "要更多结果，请用 next 翻页。",
		}
	}
	size = max(size, 0)
	if l.request.Cursor != "" {
		p, err := l.parse(l.request.Cursor)
		if err != nil {
			return nil, 0, "", err
		}
		offset, _ = slices.BinarySearchFunc(l.found, p, func(i *item, p position) int {
			return cmp.Or(cmp.Compare(p.Year, i.document.Year), strings.Compare(i.document.ID, p.Document), cmp.Compare(i.place, p.Place), -1)
		})
	}
	to := min(offset+size, len(l.found))
	found = l.found[offset:to]
	if to < len(l.found) && len(found) > 0 {
		last := found[len(found)-1]
		data, err := json.Marshal(position{l.hash(), last.document.Year, last.document.ID, last.place})
		if err != nil {
			return nil, 0, "", fmt.Errorf("encode cursor: %w", err)
		}
		next = base64.RawURLEncoding.EncodeToString(data)
	}
	return found, offset, next, nil
}

func (l *listing) parse(cursor string) (p position, err error) {
	fault := func(message string) (position, error) {
		return p, &search.QueryError{Param: "cursor", Value: cursor, Message: message, Hint: "请去掉 cursor，从第一页重新开始。"}
	}
	data, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(data, &p) != nil {
		return fault("翻页标记已损坏。")
	}
	if p.Request != l.hash() {
		return fault("翻页标记属于另一次检索。")
	}
	return p, nil
}

// ranked are the values of the facets, the most frequent first, those of years the newest first.
func (l *listing) ranked() map[string][]search.FacetValue {
	all := map[string][]search.FacetValue{}
	for n, f := range l.facets {
		values := []search.FacetValue{}
		for value, count := range l.counts[n] {
			values = append(values, search.FacetValue{Value: value, Count: count})
		}
		years := strings.HasSuffix(f.name, "year")
		slices.SortFunc(values, func(a, b search.FacetValue) int {
			if years {
				return strings.Compare(b.Value, a.Value)
			}
			return cmp.Or(b.Count-a.Count, strings.Compare(a.Value, b.Value))
		})
		all[f.name] = values
	}
	return all
}

func yearText(year int) string {
	switch {
	case year == 0:
		return ""
	case year < 0:
		return search.Unknown
	}
	return fmt.Sprint(year)
}
