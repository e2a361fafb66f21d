// Package compare answers: what differs between two texts? It compares them paragraph by paragraph, as people read them, and
// says within paragraphs that changed which words went and which came. Differences that only typing makes (width, case,
// white space, traditional characters) are none.
//
// The time it takes is bounded, however long the texts are and however they differ: what would take longer is said to
// have been replaced as a whole.
package compare

import (
	"strings"

	"gongwen"
	"gongwen/analyzers"
)

// Kind says what became of a paragraph.
type Kind string

// The kinds.
const (
	Same     Kind = "same"
	Changed  Kind = "changed"
	Deleted  Kind = "deleted"  // stands in the old text only
	Inserted Kind = "inserted" // stands in the new text only
)

// Block is a paragraph of the two texts, or of one of them. The spans are bytes of the texts, both on rune boundaries; the
// one of a text that lacks the paragraph is empty and says where it would stand. Blank lines belong to no block.
type Block struct {
	Kind     Kind
	Old, New gongwen.Span
	Parts    []Part // of a changed paragraph
}

// Part is a piece of a changed paragraph: Same, Deleted or Inserted. Without the inserted ones the parts join to the old
// paragraph, without the deleted ones to the new; of what is the same but for typing they have the new writing.
type Part struct {
	Kind Kind
	Text string
}

// Texts compares two texts. Every paragraph of either is in one block, and the blocks are in the order of both.
func Texts(before, after string) []Block {
	c := comparison{old: paragraphs(before), fresh: paragraphs(after), oldEnd: len(before), newEnd: len(after), budget: mostWork}
	c.align(0, len(c.old), 0, len(c.fresh), mostDepth)
	return c.blocks
}

// paragraph is a line that is not blank.
type paragraph struct {
	gongwen.Span
	text  string
	key   string // folded
	loose string // the key without its number: paragraphs are renumbered when one before them goes
}

func paragraphs(text string) []paragraph {
	var all []paragraph
	start := 0
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		if key := analyzers.Fold(trimmed); key != "" {
			at := start + strings.Index(line, trimmed)
			all = append(all, paragraph{gongwen.Span{Start: at, End: at + len(trimmed)}, trimmed, key, withoutLabel(key)})
		}
		start += len(line)
	}
	return all
}

// comparison aligns paragraphs. Ranges are half open; o counts in the old text, n in the new one.
type comparison struct {
	old, fresh     []paragraph
	oldEnd, newEnd int
	blocks         []Block
	budget         int // what comparing may still cost
}

// mostDepth is how often what lies between anchors is looked through for further ones.
const mostDepth = 30

// align writes the blocks of two ranges: what both begin and end with, then what stands in each but once, and between those
// again.
func (c *comparison) align(o, oEnd, n, nEnd, depth int) {
	for o < oEnd && n < nEnd && c.old[o].key == c.fresh[n].key {
		c.pair(o, n)
		o, n = o+1, n+1
	}
	tail := 0
	for o < oEnd-tail && n < nEnd-tail && c.old[oEnd-tail-1].key == c.fresh[nEnd-tail-1].key {
		tail++
	}
	oEnd, nEnd = oEnd-tail, nEnd-tail
	key := func(p *paragraph) string { return p.key }
	loose := func(p *paragraph) string { return p.loose }
	anchors := c.anchors(o, oEnd, n, nEnd, key)
	if len(anchors) == 0 {
		anchors = c.anchors(o, oEnd, n, nEnd, loose)
	}
	if len(anchors) == 0 || depth == 0 {
		c.gap(o, oEnd, n, nEnd)
	} else {
		for _, a := range anchors {
			c.align(o, a.old, n, a.fresh, depth-1)
			c.pair(a.old, a.fresh)
			o, n = a.old+1, a.fresh+1
		}
		c.align(o, oEnd, n, nEnd, depth-1)
	}
	for i := range tail {
		c.pair(oEnd+i, nEnd+i)
	}
}

// anchor is a paragraph that stands once in either range.
type anchor struct{ old, fresh int }

// anchors returns the longest row of such paragraphs that has one order in both.
func (c *comparison) anchors(o, oEnd, n, nEnd int, key func(*paragraph) string) []anchor {
	if o == oEnd || n == nEnd {
		return nil
	}
	type seen struct{ olds, news, old, fresh int }
	places := make(map[string]*seen, oEnd-o)
	for i := o; i < oEnd; i++ {
		k := key(&c.old[i])
		if places[k] == nil {
			places[k] = &seen{}
		}
		places[k].olds++
		places[k].old = i
	}
	for i := n; i < nEnd; i++ {
		if s := places[key(&c.fresh[i])]; s != nil {
			s.news++
			s.fresh = i
		}
	}
	var once []anchor
	for i := o; i < oEnd; i++ {
		if k := key(&c.old[i]); k != "" {
			if s := places[k]; s.olds == 1 && s.news == 1 {
				once = append(once, anchor{i, s.fresh})
			}
		}
	}
	return rising(once)
}

// rising returns the longest part of the anchors, which are in the order of the old text, that rises in the new one.
func rising(all []anchor) []anchor {
	var ends []int // by length less one: the anchor with the least place at which such a row ends
	before := make([]int, len(all))
	for i, a := range all {
		low, high := 0, len(ends)
		for low < high {
			if middle := (low + high) / 2; all[ends[middle]].fresh < a.fresh {
				low = middle + 1
			} else {
				high = middle
			}
		}
		before[i] = -1
		if low > 0 {
			before[i] = ends[low-1]
		}
		if low == len(ends) {
			ends = append(ends, i)
		} else {
			ends[low] = i
		}
	}
	row := make([]anchor, len(ends))
	for i, at := len(ends)-1, -1; i >= 0; i-- {
		if at < 0 {
			at = ends[i]
		} else {
			at = before[at]
		}
		row[i] = all[at]
	}
	return row
}

// pair writes a paragraph that stands in both texts.
func (c *comparison) pair(o, n int) {
	before, after := &c.old[o], &c.fresh[n]
	if before.key == after.key {
		c.blocks = append(c.blocks, Block{Kind: Same, Old: before.Span, New: after.Span})
		return
	}
	parts, ok := c.words(before.text, after.text)
	if !ok {
		c.deleted(o, n)
		c.inserted(o+1, n)
		return
	}
	c.blocks = append(c.blocks, Block{Kind: Changed, Old: before.Span, New: after.Span, Parts: parts})
}

func (c *comparison) deleted(o, n int) {
	at := startOf(c.fresh, n, c.newEnd)
	c.blocks = append(c.blocks, Block{Kind: Deleted, Old: c.old[o].Span, New: gongwen.Span{Start: at, End: at}})
}

func (c *comparison) inserted(o, n int) {
	at := startOf(c.old, o, c.oldEnd)
	c.blocks = append(c.blocks, Block{Kind: Inserted, Old: gongwen.Span{Start: at, End: at}, New: c.fresh[n].Span})
}

func startOf(all []paragraph, i, end int) int {
	if i < len(all) {
		return all[i].Start
	}
	return end
}
