package numeral

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// write writes a number in words, as one who learned it at school does.
func write(n int64) string {
	if n == 0 {
		return "零"
	}
	digits := []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	section := func(n int64, first bool) string {
		var b strings.Builder
		gap := !first && n < 1000
		for i, by := range []int64{1000, 100, 10, 1} {
			d := n / by % 10
			if d == 0 {
				gap = gap || b.Len() > 0
				continue
			}
			if gap {
				b.WriteString("零")
				gap = false
			}
			b.WriteString(digits[d] + []string{"千", "百", "十", ""}[i])
		}
		return b.String()
	}
	var b strings.Builder
	for _, part := range []struct {
		by   int64
		name string
	}{{1e8, "亿"}, {1e4, "万"}, {1, ""}} {
		if d := n / part.by % 10000; d > 0 {
			b.WriteString(section(d, b.Len() == 0) + part.name)
		}
	}
	return b.String()
}

// TestWritten: what is written in words is read again.
func TestWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range int64(200_000) {
		n := i
		if i >= 20_000 {
			n = random.Int64N(int64(1) << (5 + i%34))
		}
		s := write(n)
		if read := Read(s + "个"); read.Form != Words || read.Digits != n || read.Scale != 0 || read.End != len(s) {
			t.Fatalf("%d is written %s and read as %+v", n, s, read)
		}
		if got, ok := Count(s); !ok || int64(got) != n {
			t.Fatalf("%s counts as %d, %v", s, got, ok)
		}
		if got, size := Label(s + "、"); n > 0 && n < 1000 && (int64(got) != n || size != len(s)) {
			t.Fatalf("the label %s is read as %d of %d bytes", s, got, size)
		}
	}
}

func TestRead(t *testing.T) {
	for _, test := range []struct {
		text   string
		digits int64
		scale  int
		form   Form
		rest   string
	}{
		{"三个", 3, 0, Words, "个"}, {"十", 10, 0, Words, ""}, {"二十一条", 21, 0, Words, "条"}, {"一百零五", 105, 0, Words, ""},
		{"两万五", 25000, 0, Words, ""}, {"一百二", 120, 0, Words, ""}, {"三点五亿元", 350000000, 0, Words, "元"}, {"三点五", 35, 1, Words, ""},
		{"二〇二一年", 2021, 0, Serial, "年"}, {"三四个", 34, 0, Vague, "个"}, {"二十余万人", 200000, 0, Words, "人"}, {"三千瓦", 3, 0, Words, "千瓦"},
		{"五亿二千万", 520000000, 0, Words, ""}, {"案件", 0, 0, None, "案件"}, {"", 0, 0, None, ""}, {"三点", 3, 0, Words, "点"},
	} {
		n := Read(test.text)
		if n.Digits != test.digits || n.Scale != test.scale || n.Form != test.form || test.text[n.End:] != test.rest {
			t.Errorf("%s is read as %+v", test.text, n)
		}
	}
}

// FuzzRead: any text is read without a panic, up to the border of a character, and what Begins denies is no number.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"一百二十三", "三点五亿", "二〇二一", "两万五", "一亿亿", "九千九百九十九万九千九百九十九亿", "\xff一", "零零一", strings.Repeat("九", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Read(s)
		first, _ := utf8.DecodeRuneInString(s)
		switch {
		case n.End < 0 || n.End > len(s) || n.End < len(s) && !utf8.RuneStart(s[n.End]) && utf8.ValidString(s):
			t.Fatalf("%q ends at %d", s, n.End)
		case n.Digits < 0 || n.Scale < 0 || n.Digits > maxCounted:
			t.Fatalf("%q is read as %+v", s, n)
		case (n.Form == None) != (n.End == 0):
			t.Fatalf("%q is read as %+v", s, n)
		case n.End > 0 && !Begins(first):
			t.Fatalf("%q begins a number that it may not", s)
		}
		if again := Read(s[:n.End]); n.Form == Words && again != n {
			t.Fatalf("%q is read as %+v and its cut as %+v", s, n, again)
		}
		if value, size := Label(s); size > len(s) || value < 0 {
			t.Fatalf("the label of %q is %d of %d bytes", s, value, size)
		}
	})
}
