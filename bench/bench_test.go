package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/api"
	"gongwen/search"
)

func collect(t *testing.T, texts ...string) *collection {
	t.Helper()
	c := &collection{}
	for _, text := range texts {
		record := search.Record{Document: gongwen.Document{ID: text, Text: text}}
		if err := c.Write(t.Context(), search.Batch{Put: []search.Record{record}}); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func TestSummarize(t *testing.T) {
	var took []time.Duration
	for i := range 200 {
		took = append(took, time.Duration(200-i)*time.Millisecond)
	}
	want := latency{100 * time.Millisecond, 190 * time.Millisecond, 198 * time.Millisecond, 200 * time.Millisecond}
	if got := summarize(took); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFrequent(t *testing.T) {
	c := collect(t, "人民政府和人民政府", "市人民政府，主管部门", "主管部门")
	if got := c.frequent()[:2]; !slices.Equal(got, []string{"人民政府", "主管部门"}) {
		t.Errorf("got %v", got)
	}
}

// What is drawn stands in a text, and the same is drawn again from the same seed.
func TestDraw(t *testing.T) {
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	c := collect(t, "第一条 为了规范行政处罚的设定和实施。\n\n第二条 行政机关应当公开。", "行政复议 2018 年报告")
	draw := func() []string {
		d := &drawer{c, rand.New(rand.NewPCG(1, 1)), words}
		var drawn []string
		for range 50 {
			_, word := d.word()
			drawn = append(drawn, d.character(), d.run(3), d.run(6), word)
		}
		return drawn
	}
	drawn := draw()
	for _, run := range drawn {
		if !strings.Contains(c.documents[0].text+"\n"+c.documents[1].text, run) {
			t.Errorf("%q is in no text", run)
		}
	}
	if !slices.Equal(drawn, draw()) {
		t.Error("the same seed draws something else")
	}
}

func TestMarked(t *testing.T) {
	parts := []api.Part{{Text: "为"}, {Text: "Ａ 市", Match: true}}
	hit := &api.Hit{Sections: []api.SectionHit{{Fragments: []api.Fragment{{Parts: parts}}}}}
	if !markedIn(hit, "ａ市") || markedIn(hit, "为") {
		t.Error("the marks of a fragment")
	}
	const page = `<h1><mark>题</mark></h1><h2>一、<mark id="m1">总</mark></h2><p><mark>则&amp;</mark>一 <mark id="m2">条</mark></p>`
	for run, want := range map[string]bool{"题": true, "总则&": true, "总": true, "条": true, "总则&条": false, "一": false} {
		if got := markedPage(page, run); got != want {
			t.Errorf("%s: got %v, want %v", run, got, want)
		}
	}
}

func TestOptions(t *testing.T) {
	o, err := readOptions([]string{"-corpora", "texts", "-files", "a.jsonl, ./b.jsonl", "-clients", "2,8"})
	if err != nil || !slices.Equal(o.clients, []int{2, 8}) || len(o.files) != 2 || o.files[1] != "./b.jsonl" {
		t.Errorf("got %+v, %v", o, err)
	}
	if skip, err := missing(o); err != nil || !strings.Contains(skip, "texts") {
		t.Errorf("got %q, %v", skip, err)
	}
	for _, bad := range [][]string{{"-clients", "0"}, {"-skip-index"}, {"file"}} {
		if _, err := readOptions(bad); err == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
}
