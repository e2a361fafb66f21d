package compare

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"gongwen"
	"gongwen/analyzers"
)

// check holds the laws of a comparison: every paragraph of either text once, in order, and the parts of a changed one are it.
func check(t *testing.T, before, after string, blocks []Block) {
	t.Helper()
	var old, fresh []gongwen.Span
	for _, b := range blocks {
		if b.Kind != Inserted {
			old = append(old, b.Old)
		}
		if b.Kind != Deleted {
			fresh = append(fresh, b.New)
		}
		switch b.Kind {
		case Same:
			if analyzers.Fold(b.Old.Cut(before)) != analyzers.Fold(b.New.Cut(after)) {
				t.Errorf("%q is said to be %q", b.Old.Cut(before), b.New.Cut(after))
			}
		case Changed:
			var was, is strings.Builder
			for _, p := range b.Parts {
				if p.Kind != Inserted {
					was.WriteString(p.Text)
				}
				if p.Kind != Deleted {
					is.WriteString(p.Text)
				}
			}
			if analyzers.Fold(was.String()) != analyzers.Fold(b.Old.Cut(before)) || is.String() != b.New.Cut(after) {
				t.Errorf("parts %q of %q and %q", b.Parts, b.Old.Cut(before), b.New.Cut(after))
			}
		}
	}
	for _, side := range []struct {
		text  string
		spans []gongwen.Span
	}{{before, old}, {after, fresh}} {
		want := paragraphs(side.text)
		if len(want) != len(side.spans) {
			t.Fatalf("%d paragraphs in blocks, the text has %d", len(side.spans), len(want))
		}
		for i := range want {
			if want[i].Span != side.spans[i] {
				t.Fatalf("paragraph %d is %v, want %v", i, side.spans[i], want[i].Span)
			}
		}
	}
}

// written shows blocks as text: = same, - and + for one text alone, ~ with [-went-]{+came+}.
func written(before, after string, blocks []Block) string {
	var lines []string
	for _, b := range blocks {
		switch b.Kind {
		case Same:
			lines = append(lines, "="+b.New.Cut(after))
		case Deleted:
			lines = append(lines, "-"+b.Old.Cut(before))
		case Inserted:
			lines = append(lines, "+"+b.New.Cut(after))
		case Changed:
			line := "~"
			for _, p := range b.Parts {
				line += map[Kind]string{Same: p.Text, Deleted: "[-" + p.Text + "-]", Inserted: "{+" + p.Text + "+}"}[p.Kind]
			}
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func TestTexts(t *testing.T) {
	for _, test := range []struct{ name, before, after, want string }{
		{"nothing", "", "", ""},
		{"the same", "甲\n\n　乙，\n", "甲\n乙,", "=甲\n=乙,"},
		{"one goes, one comes", "甲一条\n护林员每日巡查。\n丙", "甲一条\n丙\n新设奖励办法。", "=甲一条\n-护林员每日巡查。\n=丙\n+新设奖励办法。"},
		{"a word changes", "第三条 罚款五百元以下。", "第三条 罚款一千元以下。", "~第三条 罚款[-五百-]{+一千+}元以下。"},
		{
			"renumbered", "第一条 为了护林。\n第二条 禁止放牧。\n第三条 本办法自公布之日起施行。", "第一条 为了护林。\n第二条 本办法自公布之日起施行。",
			"=第一条 为了护林。\n-第二条 禁止放牧。\n~第[-三-]{+二+}条 本办法自公布之日起施行。",
		},
		{"typed otherwise", "罰款１２元　整，可并处。", "罚款12元整，并处。", "~罚款12元整，[-可-]并处。"},
	} {
		t.Run(test.name, func(t *testing.T) {
			blocks := Texts(test.before, test.after)
			check(t, test.before, test.after, blocks)
			if got := written(test.before, test.after, blocks); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// TestTime holds that long texts take no long time, however they differ.
func TestTime(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func(lines, letters, alphabet int) string {
		var b strings.Builder
		for i := range lines {
			fmt.Fprintf(&b, "第%d条 ", i)
			for range letters {
				b.WriteRune(rune(0x4e00 + random.IntN(alphabet)))
			}
			b.WriteByte('\n')
		}
		return b.String()
	}
	long := text(2000, 80, 800)
	for name, pair := range map[string][2]string{
		"nothing alike":        {text(2000, 80, 800), text(2000, 80, 800)},
		"everything alike":     {text(2000, 80, 3), text(2000, 80, 3)},
		"one paragraph":        {text(1, 170_000, 800), text(1, 170_000, 800)},
		"few long paragraphs":  {text(90, 1900, 3), text(90, 1900, 3)},
		"short lines":          {strings.Repeat("甲\n乙\n", 80_000), strings.Repeat("乙\n甲\n丙\n", 60_000)},
		"every one renumbered": {long, strings.Join(strings.Split(long, "\n")[1:], "\n")},
		"backwards":            {text(5000, 20, 800), text(5000, 20, 800)},
		"gap":                  {text(200, 800, 4), text(200, 800, 4)},
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			blocks := Texts(pair[0], pair[1])
			if took := time.Since(started); took > time.Minute {
				t.Errorf("took %v", took)
			} else {
				t.Log(took)
			}
			check(t, pair[0], pair[1], blocks)
		})
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("甲\n乙\n第一条 丙", "乙\n第二条 丙\n甲")
	f.Add("a \r\n\u3000\n（一）x", "\xff\n\n（二）x")
	f.Fuzz(func(t *testing.T, before, after string) {
		before, after = strings.ToValidUTF8(before, "?"), strings.ToValidUTF8(after, "?")
		check(t, before, after, Texts(before, after))
		for _, b := range Texts(before, before) {
			if b.Kind != Same {
				t.Errorf("a text differs from itself: %+v", b)
			}
		}
	})
}
