package format

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// printed is a run of characters on a page. Lengths are in any one unit, y grows downwards.
type printed struct {
	text        string
	left, right float64
	top, bottom float64
}

func (p *printed) size() float64 { return p.bottom - p.top }

// paperPage is a page of a document that knows where characters stand and not what they are.
type paperPage struct {
	height float64
	runs   []printed
	sorted bool // the runs are in reading order
}

// layPaper makes a document of pages: runs to lines, lines to paragraphs. Page numbers and running heads are left out.
func layPaper(pages []paperPage) Document {
	printedLines := make([][]printed, len(pages))
	for i := range pages {
		printedLines[i] = pages[i].lines()
	}
	dropFurniture(pages, printedLines)
	w := paperWriter{}
	for _, page := range printedLines {
		w.page(page)
	}
	return w.document()
}

// lines joins the runs that stand beside each other.
func (p *paperPage) lines() []printed {
	if !p.sorted {
		p.sortRuns()
	}
	var all []printed
	var text strings.Builder // of the last line
	end := func() {
		if len(all) > 0 {
			all[len(all)-1].text = text.String()
		}
		text.Reset()
	}
	for _, run := range p.runs {
		if strings.TrimSpace(run.text) == "" {
			continue
		}
		if len(all) > 0 {
			if last := &all[len(all)-1]; beside(last, &run) {
				text.WriteString(spaceBetween(last, &run, text.String()))
				text.WriteString(run.text)
				last.right = max(last.right, run.right)
				last.top, last.bottom = min(last.top, run.top), max(last.bottom, run.bottom)
				continue
			}
		}
		end()
		all = append(all, run)
		text.WriteString(run.text)
	}
	end()
	return all
}

// sortRuns brings the runs into rows from the top down, and each row from left to right.
func (p *paperPage) sortRuns() {
	middle := func(r printed) float64 { return (r.top + r.bottom) / 2 }
	slices.SortStableFunc(p.runs, func(a, b printed) int { return compare(middle(a), middle(b)) })
	for start := 0; start < len(p.runs); {
		end := start + 1
		for end < len(p.runs) && middle(p.runs[end])-middle(p.runs[start]) < p.runs[start].size()/2 {
			end++
		}
		slices.SortStableFunc(p.runs[start:end], func(a, b printed) int { return compare(a.left, b.left) })
		start = end
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// beside reports whether a run goes on in the line.
func beside(line, run *printed) bool {
	overlap := min(line.bottom, run.bottom) - max(line.top, run.top)
	return overlap > min(line.size(), run.size())/2 && run.left > line.left && run.left > line.right-line.size()
}

// cellGap is the white between two cells, in sizes of a character: one that stands between words is smaller.
const cellGap = 1.6

// spaceBetween is what parts a run from the text of the line before it: a tab between cells, a blank between words.
func spaceBetween(line, run *printed, text string) string {
	gap := run.left - line.right
	size := min(line.size(), run.size())
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(run.text)
	switch {
	case gap > cellGap*size:
		return "\t"
	case last == ' ' || first == ' ':
	case gap > size*2/5, gap > size/4 && !(isWideRune(last) && isWideRune(first)):
		return " " // Chinese text is stretched to fill its line
	}
	return ""
}

const (
	// marginPart is how much of a page's height, at its top and at its bottom, running heads lie in.
	marginPart = 0.14
	// fewestHeads is on how many pages a line must return to be a running head.
	fewestHeads = 3
)

var (
	pageNumber = regexp.MustCompile(`^[-—–－_·•~\s]*(?:第\s*)?(?:[0-9０-９]{1,4}|[一二三四五六七八九十百]{1,5}|[ivxIVX]{1,6})` +
		`\s*页?(?:\s*(?:[/／,，]\s*共?|共|of)\s*[0-9]{1,4}\s*页?)?[-—–－_·•~\s]*$`)
	anyNumber = regexp.MustCompile(`[0-9]+`)
)

// dropFurniture takes page numbers and running heads off the pages.
func dropFurniture(pages []paperPage, printedLines [][]printed) {
	heads := map[string]int{}
	edge := func(i int, line *printed) bool {
		return line.bottom < pages[i].height*marginPart || line.top > pages[i].height*(1-marginPart)
	}
	name := func(line *printed) string {
		return anyNumber.ReplaceAllString(strings.Join(strings.Fields(line.text), ""), "#")
	}
	for i := range printedLines {
		for j := range printedLines[i] {
			if line := &printedLines[i][j]; edge(i, line) {
				heads[name(line)]++
			}
		}
	}
	for i := range printedLines {
		kept := printedLines[i][:0]
		for _, line := range printedLines[i] {
			number := pageNumber.MatchString(line.text) && edge(i, &line)
			if !number && !(edge(i, &line) && heads[name(&line)] >= max(fewestHeads, len(pages)/3)) {
				kept = append(kept, line)
			}
		}
		printedLines[i] = kept
	}
}

// paperWriter writes lines as paragraphs.
type paperWriter struct {
	paragraph strings.Builder
	last      printed // line of the paragraph
	full      bool    // that line reached the right margin
	text      lines
	broken    []int // where pages begin in the paragraph that is being written
}

// page writes the lines of a page, column by column.
func (w *paperWriter) page(page []printed) {
	started := false
	begin := func() {
		if !started {
			w.broken = append(w.broken, w.paragraph.Len())
		}
		started = true
	}
	whole := marginsOf(page)
	for start := 0; start < len(page); {
		end := start + 1
		for end < len(page) && page[end].top > page[end-1].top-page[end].size() {
			end++
		}
		m := whole
		if end-start >= shortestColumn {
			m = marginsOf(page[start:end])
		}
		for i := start; i < end; i++ {
			line := &page[i]
			if !w.goesOn(line, m, i == start) {
				w.end()
			}
			begin()
			w.join(line.text)
			w.last = *line
			w.full = line.right > m.right-line.size()*1.75 && !strings.Contains(line.text, "\t")
		}
		start = end
	}
	begin()
}

// shortestColumn is how many lines a column has at least; what is shorter is a cell.
const shortestColumn = 5

// goesOn reports whether a line goes on in the paragraph before it. first is the first line of a column or page: where
// the one before it lies says nothing there, but how it ends does.
func (w *paperWriter) goesOn(line *printed, m margins, first bool) bool {
	if w.paragraph.Len() == 0 || !w.full || strings.Contains(line.text, "\t") ||
		math.Abs(line.size()-w.last.size()) > w.last.size()/6 ||
		line.left > m.left+line.size()*3/4 {
		return false
	}
	if first {
		return !ends(w.last.text)
	}
	return line.top-w.last.top < m.pitch*1.6
}

// ends reports whether a line ends as a paragraph does.
func ends(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(text))
	return strings.ContainsRune("。！？：；…!?:;", last)
}

// join adds a line to the paragraph, clean, so that what is in it has its place for good.
func (w *paperWriter) join(text string) {
	text = strings.TrimFunc(text, unicode.IsSpace)
	if !strings.Contains(text, "\t") {
		text = cleanLine(text)
	}
	if w.paragraph.Len() > 0 {
		w.paragraph.WriteString(between(w.last.text, text))
	}
	w.paragraph.WriteString(text)
}

// end writes the paragraph, or the row: that has no other line in it. Pages that begin in it are noted.
func (w *paperWriter) end() {
	paragraph := w.paragraph.String()
	w.paragraph.Reset()
	start := w.text.text.Len()
	if cells := strings.Split(paragraph, "\t"); len(cells) > 1 {
		w.text.row(cells)
	} else {
		w.text.write(strings.TrimSpace(paragraph))
	}
	for _, at := range w.broken {
		w.text.pages = append(w.text.pages, min(start+at, w.text.text.Len()))
	}
	w.broken = w.broken[:0]
}

func (w *paperWriter) document() Document {
	w.end()
	return w.text.document()
}

// margins are where the lines of a column begin and end, and how far one lies below the other. The left one is the
// farthest left of which a few lines begin; paragraphs are indented.
type margins struct{ left, right, pitch float64 }

func marginsOf(page []printed) (m margins) {
	if len(page) == 0 {
		return m
	}
	var lefts, rights, pitches []float64
	for i := range page {
		lefts, rights = append(lefts, page[i].left), append(rights, page[i].right)
		if i > 0 && page[i].top > page[i-1].top {
			pitches = append(pitches, page[i].top-page[i-1].top)
		}
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	slices.Sort(pitches)
	size := page[len(page)/2].size()
	few := max(1, min(2, len(page)/8))
	m.left, m.right = lefts[0], rights[len(rights)-1]
	for _, l := range lefts {
		if near(lefts, l, size/2) > few {
			m.left = l
			break
		}
	}
	for _, r := range slices.Backward(rights) {
		if near(rights, r, size) > few {
			m.right = r
			break
		}
	}
	m.pitch = size * 1.8
	if len(pitches) > 0 {
		m.pitch = pitches[len(pitches)/2]
	}
	return m
}

// near counts the sorted values within distance of one.
func near(sorted []float64, value, distance float64) int {
	from, _ := slices.BinarySearch(sorted, value-distance)
	to, _ := slices.BinarySearch(sorted, value+distance)
	return to - from
}
