package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"gongwen/search"
)

// style is a way to show text on a terminal: the parameters of the escape sequence that sets it.
type style string

const (
	plain  style = ""
	strong style = "1"
	faint  style = "2"
	marked style = "1;31" // what a query found, as grep has it
)

// piece is text in one style.
type piece struct {
	text  string
	style style
}

// screen gathers lines for a person to read. On a terminal they are coloured and broken at its width; elsewhere they are
// the text as it stands, so that what follows in a pipe can search it.
type screen struct {
	to     io.Writer
	lines  bytes.Buffer
	colour bool
	width  int // in columns; 0 breaks no line
}

// The values of the flag --color.
const (
	colourAuto   = "auto"
	colourAlways = "always"
	colourNever  = "never"
)

// newScreen returns a screen on standard output.
func (a *app) newScreen(colour string) (*screen, error) {
	s := &screen{to: a.stdout}
	if file, ok := a.stdout.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		dumb, _ := a.lookup("TERM")
		_, without := a.lookup("NO_COLOR")
		s.colour = !without && dumb != "dumb"
		if width, _, err := term.GetSize(int(file.Fd())); err == nil {
			s.width = width
		}
	}
	switch colour {
	case colourAuto:
	case colourAlways:
		s.colour = true
	case colourNever:
		s.colour = false
	default:
		return nil, usageFault(a.say(flagBadValue, "--color", colour))
	}
	return s, nil
}

// flush prints what was gathered.
func (s *screen) flush() error {
	if _, err := s.lines.WriteTo(s.to); err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	return nil
}

// blank adds an empty line.
func (s *screen) blank() { s.lines.WriteByte('\n') }

// say adds a line in the plain style.
func (s *screen) say(text string) { s.put(0, piece{text: text}) }

// put adds a line of pieces, indented, and broken where it reaches the width.
func (s *screen) put(indent int, pieces ...piece) { s.hang(indent, indent, pieces...) }

// hang is put with another indent for the lines after the first.
func (s *screen) hang(first, indent int, pieces ...piece) {
	margin := strings.Repeat(" ", indent)
	s.lines.WriteString(strings.Repeat(" ", first))
	at := first
	for _, p := range pieces {
		if s.colour && p.style != plain && p.text != "" {
			s.lines.WriteString("\x1b[" + string(p.style) + "m")
		}
		for _, unit := range units(visible(p.text)) {
			wide := columns(unit)
			if s.width > 0 && at+wide > s.width-2 && at > indent && !closing(unit) {
				s.lines.WriteString("\n" + margin)
				at = indent
				if unit == " " {
					continue
				}
			}
			s.lines.WriteString(unit)
			at += wide
		}
		if s.colour && p.style != plain && p.text != "" {
			s.lines.WriteString("\x1b[0m")
		}
	}
	s.lines.WriteByte('\n')
}

// units cuts text where a line may be broken: before and after every character but those of a Latin word or a number.
func units(text string) []string {
	var all []string
	start := 0
	inWord := false
	for i, r := range text {
		word := r < unicode.MaxASCII && r > ' '
		if i > start && (!word || !inWord) {
			all = append(all, text[start:i])
			start = i
		}
		inWord = word
	}
	if start < len(text) {
		all = append(all, text[start:])
	}
	return all
}

// closing reports whether a character must not begin a line; there is room for it in the last two columns.
func closing(unit string) bool { return strings.Contains(closers, unit) }

const closers = "，。、；：？！）】〕》〉”’」』…"

// marks turns the parts of a title or fragment into pieces; base is the style of what is not marked.
func marks(parts []search.Part, base style) []piece {
	pieces := make([]piece, len(parts))
	for i, part := range parts {
		pieces[i] = piece{part.Text, base}
		if part.Match {
			pieces[i].style = marked
		}
	}
	return pieces
}

// visible drops the characters of a text that would steer a terminal. Documents come from anywhere.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
}

// narrow takes the characters of ambiguous width for one column, as terminals do by default.
var narrow = &runewidth.Condition{}

// columns is the width of text on a terminal.
func columns(text string) int { return narrow.StringWidth(text) }

// fill pads text with blanks to a width; "%-20s" would count characters, and Han are two columns wide.
func fill(text string, width int) string { return narrow.FillRight(text, width) }

// clip cuts text to a width.
func clip(text string, width int) string { return narrow.Truncate(text, width, "…") }

// table adds rows as straight columns. Cells of a column longer than most are clipped; the last column never is.
func (s *screen) table(indent int, most int, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], min(columns(visible(cell)), most))
		}
	}
	for n, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if cell = visible(cell); i < len(row)-1 {
				cell = fill(clip(cell, most), widths[i]+2)
			}
			line.WriteString(cell)
		}
		p := piece{text: strings.TrimRight(line.String(), " ")}
		if n == 0 {
			p.style = faint
		}
		s.put(indent, p)
	}
}
