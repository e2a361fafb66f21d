package format

import (
	"strings"
	"testing"

	"gongwen/indexer/format/sample"
)

// wrap breaks the lines of a text at so many columns; indent stands before each paragraph.
func wrap(text string, width int, indent string) string {
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		rest := []rune(indent + line)
		for columnsOf(string(rest)) > width {
			n := width / 2
			for columnsOf(string(rest[:n+1])) <= width {
				n++
			}
			out = append(out, string(rest[:n]))
			rest = rest[n:]
		}
		out = append(out, string(rest))
	}
	return strings.Join(out, "\n") + "\n"
}

// TestRunning: a text that was broken into lines is whole again, and one that was not is left alone.
func TestRunning(t *testing.T) {
	r := sample.New(6)
	clean := func(text string) string {
		var l lines
		l.add(text)
		return strings.ReplaceAll(l.document().Text, "  ", " ")
	}
	text := strings.ReplaceAll(r.Text(), "\t", " ")
	for _, test := range []struct{ name, text, want string }{
		{"paragraphs", text, text},
		{"indented", wrap(text, 56, "　　"), text},
		{"indented, narrow", wrap(text, 44, "　　"), text},
		{"page numbers", strings.ReplaceAll(wrap(text, 56, "　　"), "人次", "人次\n- 3 -\n"), ""},
		{"a table of one width", strings.Repeat("青溪区司法局关于某事的批复 2020年1月1日 有效\n", 20), strings.Repeat("青溪区司法局关于某事的批复 2020年1月1日 有效\n", 20)},
		{"few lines", "甲乙丙丁，\n戊己庚辛。\n", "甲乙丙丁，\n戊己庚辛。\n"},
	} {
		if got := clean(running(test.text)); test.want != "" && got != clean(test.want) {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, clean(test.want))
		} else if hanOf(got) != hanOf(test.text) {
			t.Errorf("%s lost characters", test.name)
		}
	}
	wrapped := wrap(text, 56, "　　")
	cut := strings.Index(wrapped, "\n全") // between two lines of a paragraph
	if cut < 0 {
		cut = strings.Index(wrapped, "\n项")
	}
	if cut > 0 {
		if got := clean(running(wrapped[:cut] + "\n — 3 — " + wrapped[cut:])); got != clean(text) {
			t.Errorf("with a page number: %q", got)
		}
	}
	for spaced, want := range map[string]string{
		"1 9 9 3 年 1 2 月 3 日发布": "1993年12月3日发布", "于2 0 2 0 年印发": "于2020年印发", "于 2 0 2 0 年印发": "于 2020年印发", "1 2 3 4 5": "1 2 3 4 5",
	} {
		if got := running(spaced); got != want {
			t.Errorf("%q became %q, want %q", spaced, got, want)
		}
	}
}

// FuzzRunning: no character but white space and page numbers is lost.
func FuzzRunning(f *testing.F) {
	f.Add(wrap(sample.New(1).Text(), 40, ""))
	f.Fuzz(func(t *testing.T, text string) {
		if hanOf(linePageNumber.ReplaceAllString(text, "")) == hanOf(text) && hanOf(running(text)) != hanOf(text) {
			t.Errorf("%q became %q", text, running(text))
		}
	})
}
