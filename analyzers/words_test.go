package analyzers

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// loaded shares one dictionary between tests: loading it takes a third of a second.
var loaded = sync.OnceValues(func() (*Words, error) { return NewWords() })

func testWords(t testing.TB) *Words {
	t.Helper()
	w, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func cut(w *Words, text string) string {
	var words []string
	for _, word := range w.Cut(Fold(text)) {
		words = append(words, word.Text)
	}
	return strings.Join(words, "|")
}

func TestCut(t *testing.T) {
	w := testWords(t)
	for _, c := range []struct{ text, want string }{
		{"涉企检查", "涉企|检查"},
		{"依法行政", "依法行政"},
		{"推进“放管服”改革", "推进|放管服|改革"},
		{"法律顾问", "法律顾问"},
		{"2018年12月4日召开", "2018年12月4日|召开"},
		{"１２月４日", "12月4日"},
		{"2019-01-31发布", "2019-01-31|发布"},
		{"大长管办发[2018]47号", "大长管办发(2018)47号"},
		{"根据国办发〔2018〕118号", "根据|国办发(2018)118号"},
		{"受理81件,增长69.45%", "受理|81件|增长|69.45%"},
		{"1,234.5万元", "1,234.5万元"},
		{"PM2.5和5G", "pm2.5|和|5g"},
		{"2016—2020年", "2016|2020年"},
		{"3个百分点", "3个|百分点"},
	} {
		if got := cut(w, c.text); got != c.want {
			t.Errorf("Cut(%q) = %s, want %s: help: is the word in data/administrative.txt?", c.text, got, c.want)
		}
	}
}

func TestPartsOfCompounds(t *testing.T) {
	w := testWords(t)
	for _, c := range []struct{ text, part string }{{"法律顾问", "顾问"}, {"行政执法三项制度", "行政"}, {"2018年12月4日", "12月"}} {
		words := w.Cut(c.text)
		if len(words) != 1 || !slices.ContainsFunc(allParts(words[0]), func(p Word) bool { return p.Text == c.part }) {
			t.Errorf("Cut(%q) = %+v, want one word with the part %s", c.text, words, c.part)
		}
	}
}

func allParts(w Word) []Word {
	var all []Word
	for _, part := range w.Parts {
		all = append(all, part)
		all = append(all, allParts(part)...)
	}
	return all
}

func TestAdministrativeDictionary(t *testing.T) {
	words := Administrative()
	if len(words) < 1500 {
		t.Errorf("the dictionary has %d words, want at least 1,500", len(words))
	}
	if !slices.IsSorted(words) {
		t.Error("the dictionary is not sorted")
	}
	for i, word := range words {
		if i > 0 && words[i-1] == word {
			t.Errorf("%s stands twice", word)
		}
		if Fold(word) != word {
			t.Errorf("%s is not folded: %s", word, Fold(word))
		}
		if n := utf8.RuneCountInString(word); n < 2 || n > 20 {
			t.Errorf("%s has %d characters", word, n)
		}
	}
}

func TestFingerprintKnowsTheDictionary(t *testing.T) {
	other, err := NewWords("数字法治政府驾驶舱")
	if err != nil {
		t.Fatal(err)
	}
	if w := testWords(t); w.Fingerprint() == other.Fingerprint() || w.Fingerprint() == "" {
		t.Errorf("fingerprints %q and %q: want them different", w.Fingerprint(), other.Fingerprint())
	}
	if got := cut(other, "数字法治政府驾驶舱"); got != "数字法治政府驾驶舱" {
		t.Errorf("an extra word is cut as %s", got)
	}
}

// FuzzCut holds the laws of cutting: words lie in order, without overlap, on rune boundaries, are what they say they
// are, and between them is nothing but punctuation and space; parts lie inside their word.
func FuzzCut(f *testing.F) {
	f.Add("按照国办发〔2018〕118号，2018年12月4日受理行政复议案件81件。")
	f.Add("PM2.5 1,234.5% 第3条①")
	w := testWords(f)
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		end := 0
		for _, word := range w.Cut(folded) {
			if word.Start < end || word.End <= word.Start || folded[word.Start:word.End] != word.Text {
				t.Fatalf("word %+v after byte %d of %q", word, end, folded)
			}
			if !utf8.ValidString(word.Text) {
				t.Fatalf("word %q breaks a rune", word.Text)
			}
			if strings.ContainsFunc(folded[end:word.Start], func(r rune) bool { return IsHan(r) || isDigit(r) || isLatin(r) }) {
				t.Fatalf("letters between words: %q", folded[end:word.Start])
			}
			for _, part := range allParts(word) {
				if part.Start < word.Start || part.End > word.End || folded[part.Start:part.End] != part.Text {
					t.Fatalf("part %+v outside %+v", part, word)
				}
			}
			end = word.End
		}
		if strings.ContainsFunc(folded[end:], func(r rune) bool { return IsHan(r) || isDigit(r) || isLatin(r) }) {
			t.Fatalf("letters after the last word: %q", folded[end:])
		}
	})
}

func TestCutConcurrently(t *testing.T) {
	w := testWords(t)
	want := cut(w, "推进行政执法三项制度和法律顾问制度")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				if got := cut(w, "推进行政执法三项制度和法律顾问制度"); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
	wait.Wait()
}

func BenchmarkCut(b *testing.B) {
	w := testWords(b)
	text := Fold(strings.Repeat("推进“放管服”改革，落实行政执法三项制度（２０１８年），受理行政复议案件81件。\n", 1000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		w.Cut(text)
	}
}

func BenchmarkNewWords(b *testing.B) {
	for b.Loop() {
		if _, err := NewWords(); err != nil {
			b.Fatal(err)
		}
	}
}
