package server

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongwen"
)

// longDocument is a law of so many chapters of about 10,000 characters.
func longDocument(chapters int) *gongwen.Document {
	var b strings.Builder
	for i := range chapters {
		fmt.Fprintf(&b, "%s、总则之%d\n", string([]rune("一二三四五六七八九十")[i]), i+1)
		for j := range 20 {
			fmt.Fprintf(&b, "（%s）条款%d。%s\n", string([]rune("一二三四五六七八九十")[j%10]), j, strings.Repeat("行政机关依法办事，", 55))
		}
	}
	return outlined(&gongwen.Document{ID: "long", Title: "长法", Text: b.String()})
}

func TestPartition(t *testing.T) {
	sized := func(level, runes int) block {
		return block{Level: level, Text: []piece{{Text: strings.Repeat("字", runes)}}}
	}
	for _, test := range []struct {
		name   string
		blocks []block
		want   []int // blocks a part
	}{
		{"nothing", nil, []int{0}},
		{"short", []block{sized(2, 20_000), sized(2, 20_000)}, []int{2}},
		{"chapters", []block{sized(2, 20_000), sized(2, 20_000), sized(2, 1)}, []int{1, 1, 1}},
		{"articles", []block{sized(2, 0), sized(4, 39_000), sized(4, 2_000), sized(4, 3)}, []int{3, 1}},
		{"no headings", []block{sized(0, 50_000), sized(0, 20_000), sized(0, 1)}, []int{2, 1}},
	} {
		var got []int
		for _, part := range partition(test.blocks) {
			got = append(got, len(part))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// A part that begins deep in the outline begins with a heading of the second level all the same.
func TestPartLevels(t *testing.T) {
	levels := func(all ...int) (blocks []block) {
		for _, level := range all {
			blocks = append(blocks, block{Level: level})
		}
		return blocks
	}
	for _, test := range []struct{ given, want []block }{
		{levels(), levels()},
		{levels(2, 3, 0, 4, 2), levels(2, 3, 0, 4, 2)},
		{levels(0, 4, 5, 4, 3, 4, 2, 3), levels(0, 2, 3, 2, 2, 3, 2, 3)},
	} {
		raise(test.given)
		if fmt.Sprint(test.given) != fmt.Sprint(test.want) {
			t.Errorf("got %v, want %v", test.given, test.want)
		}
	}
}

func TestChoosePart(t *testing.T) {
	at := places{sections: map[string]int{"5": 2}, marks: map[int]int{7: 3}}
	for _, test := range []struct {
		where position
		parts int
		want  int
	}{
		{position{}, 1, 0}, {position{}, 3, 1}, {position{Part: "2"}, 3, 2}, {position{Part: "all"}, 3, 0}, {position{Part: "4"}, 3, 1},
		{position{Part: "x", Hit: 7}, 3, 3}, {position{Hit: 7, Part: "1"}, 3, 1}, {position{Section: "5"}, 3, 2}, {position{Section: "9"}, 3, 1},
	} {
		if got := at.choose(test.where, test.parts); got != test.want {
			t.Errorf("%+v: %d, want %d", test, got, test.want)
		}
	}
}

// The parts of a long document hold all of it, and every link of outline and bars lands on the part that it names.
func TestLongDocument(t *testing.T) {
	d := longDocument(9)
	s, _ := newTest(t, &fake{documents: []*gongwen.Document{d}}, Options{})
	follow := func(link string) node {
		if strings.HasPrefix(link, "?") {
			link = documentPath(d.ID) + link
		}
		path, fragment, _ := strings.Cut(link, "#")
		page := open(t, s, path)
		if fragment != "" && len(page.all("[id="+fragment+"]")) != 1 {
			t.Errorf("nothing at %s", link)
		}
		return page
	}
	page := follow(documentPath(d.ID) + "?q=" + url.QueryEscape("总则"))
	parts, sentences := 0, 0
	for {
		parts++
		for _, p := range page.all("article.text p") {
			if p.Parent.Data != "div" || !strings.Contains(attribute(node{p.Parent}, "class"), "parts") {
				sentences += strings.Count(p.text(), "办事")
			}
		}
		next := page.all("div.parts a[rel=next]")
		if len(next) == 0 {
			break
		}
		page = follow(next[0].href())
	}
	if want := strings.Count(d.Text, "办事"); sentences != want || parts != 5 {
		t.Errorf("%d of %d on %d parts", sentences, want, parts)
	}
	for _, a := range page.all("nav.outline a") {
		link := a.href()
		if strings.HasPrefix(link, "#") {
			if len(page.all("[id="+link[1:]+"]")) != 1 {
				t.Errorf("nothing at %s", link)
			}
			continue
		}
		follow(link)
	}
	hit := follow(documentPath(d.ID) + "?q=" + url.QueryEscape("总则") + "&hit=9#m9")
	if got := hit.one(t, "mark#m9").text(); got != "总则" {
		t.Error(got)
	}
	follow(hit.named(t, "上一处").href())
	follow(hit.all("a.permalink")[0].href())
	follow(documentPath(d.ID) + "?section=8#s-8")
	whole := follow(hit.named(t, "全文").href())
	if got := len(whole.all("mark")); got != 9 {
		t.Errorf("%d marks in the whole", got)
	}
}

func attribute(n node, name string) string {
	v, _ := n.attr(name)
	return v
}
