package gongwen

import (
	"slices"
	"testing"
)

func TestDocNumberVariantsAreOneNumber(t *testing.T) {
	want := "大长管办发〔2018〕47号"
	for _, text := range []string{
		"大长管办发〔2018〕47号", "大长管办发[2018]47号", "大长管办发［2018］47号", "大长管办发(2018)47号", "大长管办发（2018）47号",
		"大长管办发【2018】47号", "大长管办发﹝2018﹞47号", "大长管办发〖2018〗47号", "大长管办发〔２０１８〕４７号", "大长管办发〔2018〕第47号",
		"大长管办发 〔2018〕 47 号", "大长管办发〔2018〕047号", "大长管办发〔2018年〕47号", "　大长管办发〔2018〕47号 ",
	} {
		n, ok := ParseDocNumber(text)
		if !ok || n.String() != want {
			t.Errorf("ParseDocNumber(%q) = %v, %v, want %s", text, n, ok, want)
		}
	}
}

func TestDocNumberSerialIsWhole(t *testing.T) {
	n, _ := ParseDocNumber("国办发〔2018〕147号")
	for _, other := range []string{"国办发〔2018〕47号", "国办发〔2018〕1470号", "办发〔2018〕147号", "国办发〔2017〕147号"} {
		p, ok := ParseDocNumber(other)
		if !ok {
			t.Fatalf("ParseDocNumber(%q) failed", other)
		}
		if n.Matches(p) {
			t.Errorf("%v matches %v", n, p)
		}
	}
	if p, _ := ParseDocNumber("〔2018〕147号"); !n.Matches(p) {
		t.Errorf("%v does not match %v", n, p)
	}
}

func TestFindDocNumbersCutsThePlace(t *testing.T) {
	text := "根据国发〔2012〕77号和冀发[2013]9号，《通知》(大长管办发〔2018〕47号)以及〔2018〕50号，2018年（2019）年"
	want := []string{"国发〔2012〕77号", "冀发[2013]9号", "大长管办发〔2018〕47号", "〔2018〕50号"}
	found := FindDocNumbers(text)
	if len(found) != len(want) {
		t.Fatalf("found %v, want %v", found, want)
	}
	for i, f := range found {
		if got := f.Span.Cut(text); got != want[i] {
			t.Errorf("span %d cuts %q, want %q", i, got, want[i])
		}
	}
}

// TestFindDocNumbersInLongTexts holds the quick search, which looks before each 号 only, to matching everywhere.
func TestFindDocNumbersInLongTexts(t *testing.T) {
	text := "根据国发〔2012〕77号和冀发[2013]9号，第3号令，（大长管办发〔2018〕47号）以及〔2018〕50号、12 号楼；桐政办发 （２０１８） 第 ７ 号\n青政发(2020)3号青政发(2020)4号"
	if want, got := matchNumbers(text), FindDocNumbers(text); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func FuzzDocNumber(f *testing.F) {
	f.Add("按照国办发〔2018〕118号")
	f.Fuzz(func(t *testing.T, text string) {
		for _, n := range FindDocNumbers(text) {
			if n.Span.Start < 0 || n.Span.End > len(text) || n.Span.Start >= n.Span.End {
				t.Fatalf("span %v outside text of %d bytes", n.Span, len(text))
			}
			again, ok := ParseDocNumber(n.DocNumber.String())
			if !ok || again != n.DocNumber {
				t.Fatalf("Parse(%q) = %v, %v", n.DocNumber.String(), again, ok)
			}
		}
	})
}
