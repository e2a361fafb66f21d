package format

import (
	"strings"
	"unicode/utf8"

	"gongwen/indexer/header"
)

// lines gathers the text of a document as Document says: clean lines, cells apart by tabs, headings and pages noted.
type lines struct {
	text     strings.Builder
	headings []Heading
	pages    []int
}

// add writes a text as lines, as many as it has; blank ones go.
func (l *lines) add(text string) {
	for line := range strings.SplitSeq(header.Clean(text), "\n") {
		l.write(line)
	}
}

// row writes the cells of a row of a table as one line. Empty cells at its end go.
func (l *lines) row(cells []string) {
	clean := make([]string, len(cells))
	for i, cell := range cells {
		clean[i] = cleanLine(cell)
	}
	l.write(strings.Trim(strings.Join(clean, "\t"), "\t"))
}

// heading writes a heading.
func (l *lines) heading(level int, text string) {
	line := cleanLine(text)
	if line == "" {
		return
	}
	l.headings = append(l.headings, Heading{line, l.text.Len(), level})
	l.write(line)
}

func (l *lines) write(line string) {
	if line != "" {
		l.text.WriteString(line)
		l.text.WriteByte('\n')
	}
}

func (l *lines) document() Document {
	text := strings.TrimSuffix(l.text.String(), "\n")
	for i := range l.pages {
		l.pages[i] = min(l.pages[i], len(text)) // pages at the end may be empty
	}
	return Document{Text: text, Headings: l.headings, Pages: l.pages}
}

// cleanLine is a text as one clean line.
func cleanLine(text string) string {
	if plain(text) {
		return text
	}
	return strings.ReplaceAll(header.Clean(text), "\n", " ")
}

// plain reports whether a text is printable ASCII without white space at its ends: most cells are.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] >= utf8.RuneSelf-1 {
			return false
		}
	}
	return true
}
