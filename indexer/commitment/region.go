package commitment

import (
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// region is a stretch of a section's own text, folded so that the rules need one writing of each mark.
type region struct {
	folded string
	back   analyzers.Map
	start  int // of the stretch in the document's text
}

func newRegion(d *gongwen.Document, span gongwen.Span) *region {
	folded, back := analyzers.FoldMap(span.Cut(d.Text))
	return &region{folded, back, span.Start}
}

// unit is a stretch of a region, in bytes of its folded text, and the rule that cut it.
type unit struct {
	start, end int
	rule       string
	year       int // that its sentence begins with, or 0
}

// The rules that cut items; those of plan sentences elsewhere are the cues.
const (
	byLabel    = "label"        // a numbered or headed part of a plan: （一）优化服务。推动“跨省通办”
	byItem     = "item"         // a member of an enumeration in running text: 一是推动“跨省通办”；
	byTitle    = "title"        // a paragraph with a title sentence: 优化服务。推动“跨省通办”。
	byLead     = "after a lead" // what follows a colon: 做好以下工作：推动“跨省通办”
	bySentence = "sentence"     // what stands between stops: 2022年，我区将推动“跨省通办”；
)

// span is where the unit stands in the document's text.
func (r *region) span(u unit) gongwen.Span {
	start, end := r.back.Original(u.start, u.end)
	return gongwen.Span{Start: r.start + start, End: r.start + end}
}

// edge is what stands around items and belongs to none.
const edge = " \n。;,、:.!?…*•●■◆★▲◎○□◇☆"

// trim takes white space and the punctuation of sentences off both ends; an empty unit comes back where nothing is left.
func (r *region) trim(u unit) unit {
	for u.start < u.end {
		c, size := utf8.DecodeRuneInString(r.folded[u.start:u.end])
		if !strings.ContainsRune(edge, c) {
			break
		}
		u.start += size
	}
	for u.start < u.end {
		c, size := utf8.DecodeLastRuneInString(r.folded[u.start:u.end])
		if !strings.ContainsRune(edge, c) {
			break
		}
		u.end -= size
	}
	return u
}

// paragraph returns where the paragraph that holds offset at ends: at the end of its line, or of the line in which its
// sentence ends where a copy has broken it.
func (r *region) paragraph(at int) int {
	for {
		i := strings.IndexByte(r.folded[at:], '\n')
		if i < 0 {
			return len(r.folded)
		}
		end := at + i
		next := r.folded[end+1:]
		if j := strings.IndexByte(next, '\n'); j >= 0 {
			next = next[:j]
		}
		torn := !ends(r.folded[at:end]) && longer(r.folded[at:end], shortLine)
		if !torn || readLabel(next).kind != labelNone || !ends(next) && !longer(next, shortLine) {
			return end
		}
		at = end + 1
	}
}

// shortLine is the number of characters up to which a line without a stop is a heading, a signature or the like.
const shortLine = 25

// ends reports whether a line ends as sentences and clauses of lists do.
func ends(line string) bool {
	line = strings.TrimRight(line, " ”’)》*")
	last, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("。;!?:…", last)
}

// longer reports whether s has more than n characters.
func longer(s string, n int) bool {
	return len(s) > n && (len(s) > n*utf8.UTFMax || utf8.RuneCountInString(s) > n)
}

// body returns the end of what the region says: before the signature, the date and the furniture that follow the last
// sentence. A region whose lines all lack a stop is a heading, of which the first line counts.
func (r *region) body() int {
	end := len(strings.TrimRight(r.folded, " \n"))
	for {
		begin := strings.LastIndexByte(r.folded[:end], '\n') + 1
		line := r.folded[begin:end]
		if begin == 0 || !closing.MatchString(line) && (ends(line) || longer(line, maxSignature)) {
			return end
		}
		end = len(strings.TrimRight(r.folded[:begin], " \n"))
		if end == 0 {
			return 0
		}
	}
}

// maxSignature is the number of characters up to which a last line without a stop is no text.
const maxSignature = 45

// firstHan is the first of the characters that are no punctuation of a folded text.
const firstHan = 0x3400

// pieces cuts folded[start:end] where one of stops stands outside of brackets, quotation marks and titles, and at the
// ends of paragraphs. The stops belong to no piece.
func (r *region) pieces(start, end int, stops string) []unit {
	var all []unit
	depth, from := 0, start
	limit := min(end, r.paragraph(start))
	flush := func(to, next int) {
		if u := r.trim(unit{start: from, end: to}); u.start < u.end {
			all = append(all, u)
		}
		from, depth = next, 0
	}
	for i := start; i < end; {
		c, size := utf8.DecodeRuneInString(r.folded[i:])
		if c >= firstHan { // nearly all characters
			i += size
			continue
		}
		switch {
		case i >= limit && c == '\n':
			flush(i, i+size)
			limit = min(end, r.paragraph(i+size))
		case c == '(' || c == '“' || c == '《':
			depth++
		case c == ')' || c == '”' || c == '》':
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune(stops, c):
			flush(i, i+size)
		}
		i += size
	}
	flush(end, end)
	return all
}
