package indexer

import (
	"sort"
	"strings"

	"gongwen/indexer/outline"
)

// place finds headings and pages of the text again in the body that header.Read made of it. A heading that was cut away
// with the page is left out; a page begins where the first byte that is left of it does.
func (s *source) place(body string) (headings []outline.Heading, pages []int) {
	if len(s.Headings) == 0 && len(s.Pages) == 0 {
		return nil, nil
	}
	at := s.aligned(body)
	for _, h := range s.Headings {
		if start, kept := at(h.Start); kept {
			headings = append(headings, outline.Heading{Start: start, Level: h.Level})
		}
	}
	for i, page := range s.Pages {
		start, _ := at(page)
		if i == 0 {
			start = 0
		}
		pages = append(pages, start)
	}
	return headings, pages
}

// aligned returns the function from bytes of the text to those of the body. Of a byte that is not in the body it says so
// and gives the next one that is.
func (s *source) aligned(body string) func(offset int) (at int, kept bool) {
	// header.Clean puts a blank for a tab, byte for byte.
	text := strings.ReplaceAll(s.Text, "\t", " ")
	if shift := strings.Index(text, body); shift >= 0 {
		return func(offset int) (int, bool) {
			offset -= shift
			return min(max(offset, 0), len(body)), 0 <= offset && offset < len(body)
		}
	}
	// Lines were taken out of the middle: each line of the body is the next one of the text that equals it.
	type pair struct{ text, body, length int }
	var pairs []pair
	starts := map[string][]int{}
	start := 0
	for line := range strings.Lines(text) {
		key := strings.TrimRight(line, "\n")
		starts[key] = append(starts[key], start)
		start += len(line)
	}
	next, start := 0, 0
	for line := range strings.Lines(body) {
		key := strings.TrimRight(line, "\n")
		waiting := starts[key]
		for len(waiting) > 0 && waiting[0] < next {
			waiting = waiting[1:]
		}
		starts[key] = waiting
		if len(waiting) > 0 {
			pairs = append(pairs, pair{waiting[0], start, len(line)})
			next = waiting[0] + len(line)
		}
		start += len(line)
	}
	return func(offset int) (int, bool) {
		i := sort.Search(len(pairs), func(i int) bool { return pairs[i].text > offset }) - 1
		if i >= 0 && offset-pairs[i].text < pairs[i].length {
			return pairs[i].body + offset - pairs[i].text, true
		}
		if i+1 < len(pairs) {
			return pairs[i+1].body, false
		}
		return len(body), false
	}
}
