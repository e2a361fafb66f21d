package analyzers

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFoldMakesVariantsEqual(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"權責清單", "权责清单"},
		{"１２月４日", "12月4日"},
		{"大长管办发[2018]47号", "大长管办发〔2018〕47号"},
		{"国办发（２０１８）１１８号", "国办发【2018】118号"},
		{"ＷＴＯ", "wto"},
		{"二○一九年", "二〇一九年"},
		{"推進「放管服」改革", "推进“放管服”改革"},
		{"⼤连⾏政", "大连行政"},
		{"2016—2020年", "2016-2020年"},
		{"依　法 行\t政", "依法行政"},
		{"  A  B  ", "a b"},
		{"政\u200b府\ufeff", "政府"},
	} {
		if Fold(c.a) != Fold(c.b) {
			t.Errorf("Fold(%q) = %q, Fold(%q) = %q: want them equal", c.a, Fold(c.a), c.b, Fold(c.b))
		}
	}
}

func TestFoldKeepsApartWhatDiffers(t *testing.T) {
	for _, c := range []struct{ a, b string }{{"①", "1"}, {"一", "1"}, {"零", "〇"}, {"依法\n行政", "依法行政"}, {"1 9", "19"}} {
		if Fold(c.a) == Fold(c.b) {
			t.Errorf("Fold(%q) equals Fold(%q): want them apart", c.a, c.b)
		}
	}
}

func TestFoldTable(t *testing.T) {
	for r := rune(0); r < 0x10000; r++ {
		once := foldRune(r, nil)
		if once >= 0x10000 {
			t.Errorf("%U folds out of the BMP, to %U", r, once)
		}
		if table := folds().rune(r); table != dropped && folds().rune(table) != table {
			t.Errorf("%U folds to %U, which folds to %U: help: resolve chains in data/simplified.txt", r, table, folds().rune(table))
		}
	}
}

// FuzzFold holds the laws that the rest stands on: folding is idempotent, every folded rune leads back to bytes of the
// original that fold to it, and a run cut from the original is found in the folded text.
func FuzzFold(f *testing.F) {
	f.Add("一、健全 和\u3000完善\n  2018年（A B）", 3, 20)
	f.Add("\xff政\u200b府  \r\n", 0, 4)
	f.Add("ＡＢ 权　责 1 9 9 3 年", 2, 9)
	f.Fuzz(func(t *testing.T, text string, from, length int) {
		folded, back := FoldMap(text)
		if folded != Fold(text) {
			t.Fatalf("FoldMap and Fold differ: %q, %q", folded, Fold(text))
		}
		if again := Fold(folded); again != folded {
			t.Fatalf("Fold(%q) = %q, not itself", folded, again)
		}
		for i, r := range folded {
			start, end := back.Original(i, i+utf8.RuneLen(r))
			if start < 0 || start >= end || end > len(text) {
				t.Fatalf("rune %d of %q leads to [%d:%d] of %d bytes", i, folded, start, end, len(text))
			}
			if got := FoldQuery(text[start:end]); r != ' ' && r != '\n' && got != string(r) {
				t.Fatalf("rune %q leads back to %q, which folds to %q", r, text[start:end], got)
			}
		}
		runes := []rune(text)
		if len(runes) == 0 {
			return
		}
		from = int(uint(from) % uint(len(runes)))
		to := min(len(runes), from+int(uint(length)%40)+1)
		run := string(runes[from:to])
		if strings.ContainsFunc(run, isBreak) {
			return
		}
		want := FoldQuery(run)
		at := strings.Index(folded, want)
		if at < 0 {
			t.Fatalf("run %q folds to %q, which is not in %q", run, want, folded)
		}
		if want == "" {
			return
		}
		start, end := back.Original(at, at+len(want))
		if got := FoldQuery(text[start:end]); got != want {
			t.Fatalf("marked %q folds to %q, want %q", text[start:end], got, want)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("推进“放管服”改革，落实行政执法三项制度（２０１８年）。\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Fold(text)
	}
}
