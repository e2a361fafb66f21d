package units

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
)

// TestUnitsFindWhatTermsFind holds that terms stand in units where they stand in the text.
func TestUnitsFindWhatTermsFind(t *testing.T) {
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 9))
	pieces := []string{"行政", "执法", "三项", "制度", "行政执法三项制度", "。", "\n", "47号", "1", "号", "𠮷", "人人", "人", "5年", " ", "wto", "x", "重大行政决策", "决策", "重大"}
	queries := []string{"行政执法三项制度", "\"人人\"", "47号", "wto", "\"𠮷\"", "5年", "重大行政决策", "\"号1\"",
		"行政 /s 执法", "执法 >2 制度", "人 /1 人", "人人 /p 号", "𠮷 /2 行政", "(行政 OR 重大) /3 (执法 OR 𠮷 OR 号)", "行政*制度", "行政?制度", "𠮷*人",
		"行政 /4 执法 /s 制度 >p 决策", "\"。人\" /s 行政", "重大*策 /5 5年", "4*", "w*o"}
	for range 3000 {
		var b strings.Builder
		for range 1 + random.IntN(30) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := b.String()
		query, _, err := search.Parse(queries[random.IntN(len(queries))])
		if err != nil {
			t.Fatal(err)
		}
		plan := search.Compile(search.Request{Query: query}, words)
		for i := range plan.Terms {
			var got []gongwen.Span
			units, _ := Pattern(text, true)
			EachTerm(units, &plan.Terms[i], func(start, end int) {
				got = append(got, gongwen.Span{Start: textOffset(units, start), End: textOffset(units, end)})
			})
			want := plan.Terms[i].Spans(text)
			if !slices.Equal(got, want) {
				t.Fatalf("%s stands in %q at %v, want %v", plan.Terms[i].Text, text, got, want)
			}
		}
	}
}

// textOffset turns an offset in units into one in UTF-8.
func textOffset(units []byte, at int) int {
	var all []uint16
	for i := 0; i < at; i += 2 {
		all = append(all, uint16(units[i])|uint16(units[i+1])<<8)
	}
	return len(string(utf16.Decode(all)))
}
