package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/analyzers"
)

// formTexts are pieces of text full of traps: borders of sentences and lines, numbers in numbers, runs in themselves.
var formTexts = []string{"行政", "处罚", "听证", "人", "人人", "。", "，", "\n", "1", "47号", "wto", "x", "的", "!", "𠮷", "公益", "诉讼", "(", " "}

// formQueries hold every connector and wildcard.
var formQueries = []string{
	"行政 /s 处罚", "行政 /p 处罚", "行政 /2 处罚", "行政 >3 处罚", "行政 >s 处罚", "行政 >p 听证", "人 /1 人人", "人人 /s 人人", "人 >1 人 >1 人",
	"“。人” /s 行政", "(行政 OR 人人) /3 (处罚 OR 听证 OR 人)", "行政 /s 处罚 /p 听证", "行政 /5 处罚 >2 听证 /p 人", "47号 /3 1", "wto /2 x",
	"行政*诉讼", "行政?诉讼", "行政??诉讼", "人*人", "人?人*的", "4*号", "*7号", "4*", "w*o", "*𠮷*的", "行政*诉讼 /4 处罚", "(人*的 OR 行政) >6 听证",
	"𠮷 /1 人", "“行政” /2 “处罚”",
}

func formOf(t *testing.T, query string) *Form {
	t.Helper()
	q, _, err := Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	return newForm(q)
}

func randomText(random *rand.Rand, pieces []string) string {
	var b strings.Builder
	for range 1 + random.IntN(25) {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return analyzers.Fold(b.String())
}

// TestFormSpans holds forms to what they say, told by trying every choice of places.
func TestFormSpans(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	found := 0
	for _, query := range formQueries {
		form := formOf(t, query)
		for range 400 {
			text := randomText(random, formTexts)
			got, want := form.Spans(text), tryForm(form, text)
			if !slices.Equal(got, want) {
				t.Fatalf("%s in %q: %v, want %v", query, text, got, want)
			}
			found += len(got)
		}
	}
	if found < 2000 {
		t.Errorf("%d places in all: the texts hold too little", found)
	}
}

func FuzzForm(f *testing.F) {
	for _, query := range formQueries {
		f.Add(query, strings.Join(formTexts, ""))
	}
	f.Fuzz(func(t *testing.T, query, text string) {
		q, _, err := Parse(query)
		if err != nil || len(text) > 300 {
			return
		}
		var form *Form
		switch q.(type) {
		case Near, Wild:
			form = newForm(q)
		}
		if form == nil || len(form.Operands) > 4 {
			return
		}
		text = analyzers.Fold(text)
		if got, want := form.Spans(text), tryForm(form, text); !slices.Equal(got, want) {
			t.Fatalf("%s in %q: %v, want %v", query, text, got, want)
		}
	})
}

// tryForm tries every choice of places.
func tryForm(f *Form, folded string) []gongwen.Span {
	text := []rune(folded)
	places := make([][][2]int, len(f.Operands))
	for i, patterns := range f.Operands {
		for _, p := range patterns {
			places[i] = append(places[i], tryPattern(p, text)...)
		}
	}
	var spans []gongwen.Span
	var choose func(chosen [][2]int)
	choose = func(chosen [][2]int) {
		n := len(chosen)
		if n >= 2 && !tryConnector(f.By[n-2], text, chosen[n-2], chosen[n-1]) {
			return
		}
		if n == len(places) {
			for _, c := range chosen {
				start := len(string(text[:c[0]]))
				spans = append(spans, gongwen.Span{Start: start, End: start + len(string(text[c[0]:c[1]]))})
			}
			return
		}
		for _, p := range places[n] {
			choose(append(slices.Clone(chosen), p))
		}
	}
	choose(nil)
	slices.SortFunc(spans, func(a, b gongwen.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	return slices.Compact(spans)
}

// tryPattern returns the places that hold no other one.
func tryPattern(p Pattern, text []rune) [][2]int {
	var all [][2]int
	for start := range text {
		for end := start + 1; end <= len(text); end++ {
			if tryPieces(p.Pieces, p.Gaps, text[start:end]) &&
				(p.Front || start == 0 || !sameClass(text[start-1], text[start])) &&
				(p.Back || end == len(text) || !sameClass(text[end-1], text[end])) {
				all = append(all, [2]int{start, end})
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(a [2]int) bool {
		return slices.ContainsFunc(all, func(b [2]int) bool { return a != b && a[0] <= b[0] && b[1] <= a[1] })
	})
}

// tryPieces reports whether the text is the pieces with such gaps, whole.
func tryPieces(pieces []string, gaps []Gap, text []rune) bool {
	first := []rune(pieces[0])
	if !strings.HasPrefix(string(text), pieces[0]) {
		return false
	}
	rest := text[len(first):]
	if len(pieces) == 1 {
		return len(rest) == 0
	}
	for n := gaps[0].Least; n <= gaps[0].Most && n <= len(rest); n++ {
		if strings.ContainsAny(string(rest[:n]), WildBorders+" \n") {
			return false
		}
		if tryPieces(pieces[1:], gaps[1:], rest[n:]) {
			return true
		}
	}
	return false
}

func tryConnector(c Connector, text []rune, a, b [2]int) bool {
	first, second := a, b
	if b[0] < a[0] {
		first, second = b, a
		if c.Ordered {
			return false
		}
	}
	if second[0] < first[1] {
		return false
	}
	whole := string(text[first[0] : second[1]-1])
	switch c.Scope {
	case ScopeSentence:
		return !strings.ContainsAny(whole, "。!?\n")
	case ScopeParagraph:
		return !strings.Contains(whole, "\n")
	}
	return !strings.Contains(whole, "\n") && second[0]-first[1] <= c.Within
}

// TestUnresolvedLike holds that a query that no engine resolved finds nothing.
func TestUnresolvedLike(t *testing.T) {
	plan := Compile(Request{Query: Like{ID: "d1"}}, nil)
	if plan.Accepts(nothing{}) {
		t.Error("everything is like a document that nobody looked for")
	}
}

type nothing struct{}

func (nothing) Holds(int) bool      { return false }
func (nothing) Anywhere(int) bool   { return false }
func (nothing) Accepts(Filter) bool { return false }
