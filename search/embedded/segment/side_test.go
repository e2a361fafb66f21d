package segment

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"gongwen"
	"gongwen/search"
)

// testRecord makes a record with sections in sections and text of its own around them.
func testRecord(n int) search.Record {
	random := rand.New(rand.NewPCG(uint64(n), 3))
	words := []string{"行政", "复议，", "２０１８年", "權責清單", " WTO ", "：", "法", "𠮷", "\n", "（一）", "人民政府", "主管部门"}
	line := func() string {
		var b strings.Builder
		for range 1 + random.IntN(20) {
			b.WriteString(words[random.IntN(len(words))])
		}
		return b.String() + "\n"
	}
	d := gongwen.Document{
		ID: fmt.Sprintf("d%03d", n), Title: "标题" + fmt.Sprint(n%4), Year: 2015 + n%5, Issuer: fmt.Sprintf("机关%d", n%3), Published: "2019-01-31",
		Kind: "通知", Cites: []gongwen.Citation{{Title: "办法"}},
	}
	if n%3 == 0 {
		d.Figures = []gongwen.Figure{{Value: "1200000000000.05", Unit: "元"}}
		d.Commitments = []gongwen.Commitment{{ID: "c1", Goal: &gongwen.Goal{Value: "90"}}}
	}
	var text strings.Builder
	for i := range random.IntN(4) {
		s := gongwen.Section{ID: fmt.Sprint(i + 1), Level: 1, Role: gongwen.RolePlan, Topic: gongwen.TopicDispute, Heading: "标题", Span: gongwen.Span{Start: text.Len()}}
		text.WriteString(line())
		for j := range random.IntN(3) {
			child := gongwen.Section{ID: fmt.Sprintf("%d.%d", i+1, j+1+n%2), Level: 2, Label: "一、", TopicRule: "words",
				Items: []gongwen.Item{{Label: "一是", Span: gongwen.Span{Start: text.Len(), End: text.Len() + 3}}}, Span: gongwen.Span{Start: text.Len()}}
			text.WriteString(line())
			child.Span.End = text.Len()
			s.Sections = append(s.Sections, child)
			text.WriteString(line()) // the parent's own, between its children
		}
		s.Span.End = text.Len()
		d.Sections = append(d.Sections, s)
	}
	if len(d.Sections) == 0 {
		text.WriteString(line())
	}
	d.Text = text.String()
	return search.Record{Document: d, Origin: search.Origin{Path: "/a", Hash: fmt.Sprint(n)}}
}

func buildData(t testing.TB, from, to int) []byte {
	t.Helper()
	var entries []*Entry
	for n := from; n < to; n++ {
		entry, err := NewEntry(testRecord(n))
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, entry)
	}
	data, err := Build(entries)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func build(t testing.TB, from, to int) *Side {
	t.Helper()
	side, err := Read(buildData(t, from, to))
	if err != nil {
		t.Fatal(err)
	}
	return side
}

// check holds a side file against the records that it was made of.
func check(t *testing.T, side *Side, numbers []int) {
	t.Helper()
	if side.Docs() != len(numbers) {
		t.Fatalf("%d documents, want %d", side.Docs(), len(numbers))
	}
	section := 0
	var origins []search.Origin
	if err := side.Origins(func(_ int, o search.Origin) { origins = append(origins, o) }); err != nil {
		t.Fatal(err)
	}
	for doc, n := range numbers {
		want := testRecord(n)
		got, err := side.Document(doc)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(*got, want.Document) {
			t.Fatalf("document %d is\n%+v, want\n%+v", n, *got, want.Document)
		}
		if origins[doc].Hash != want.Origin.Hash {
			t.Errorf("origin of %d is %v", n, origins[doc])
		}
		if side.Column(ColumnID).Value(doc) != want.Document.ID || side.Column(ColumnIssuer).Value(doc) != want.Document.Issuer {
			t.Errorf("columns of %d: %s", n, side.Column(ColumnID).Value(doc))
		}
		p := search.Prepare(&want.Document)
		if got := side.Text(side.TitlePassage(doc)); got != p.Title {
			t.Errorf("title %q, want %q", got, p.Title)
		}
		for i := range p.Passages {
			passage := side.TextPassage(section)
			kind, owner := side.Owner(passage)
			if kind != KindText || owner != section || side.SectionDoc(section) != doc {
				t.Errorf("passage %d: kind %d of %d", passage, kind, owner)
			}
			if side.Text(passage) != p.Passages[i].Text || side.Text(passage+1) != p.Passages[i].Heads ||
				side.Length(section) != p.Passages[i].Length {
				t.Errorf("section %d: %q, want %q", section, side.Text(passage), p.Passages[i].Text)
			}
			section++
		}
		made := p.Print()
		if !bytes.Equal(side.Sketch(doc), made.Sketch) || side.hash(doc) != hashOf(made.Digest, want.Origin.Unnamed) {
			t.Errorf("document %d has another print", n)
		}
		if near := false; made.Sketch != nil {
			side.Near(made.Sketch, 0, func(d int) { near = near || d == doc })
			if !near {
				t.Errorf("document %d is not near itself", n)
			}
		}
		found := false
		side.Copies(digest(side, doc), func(d int) { found = found || d == doc })
		if !found && want.Document.Text != "" {
			t.Errorf("document %d is no copy of itself", n)
		}
	}
	checkGrams(t, side)
	checkRuns(t, side)
}

// checkRuns counts the common runs by looking.
func checkRuns(t *testing.T, side *Side) {
	t.Helper()
	texts := make([]string, side.Passages())
	for passage := range texts {
		texts[passage] = side.Text(passage)
	}
	for _, run := range commonRuns().list {
		text := decodeUnits(run)
		postings := side.Run(run)
		for passage := range texts {
			want := strings.Count(texts[passage], text)
			if want == 0 {
				continue
			}
			if got, count, ok := postings.Next(); !ok || int(got) != passage || int(count) != want {
				t.Errorf("%s: passage %d, %d times, %v; want passage %d, %d times", text, got, count, ok, passage, want)
			}
		}
		if passage, _, ok := postings.Next(); ok {
			t.Errorf("%s is not in passage %d", text, passage)
		}
	}
}

// checkGrams counts grams by looking.
func checkGrams(t *testing.T, side *Side) {
	t.Helper()
	want := map[uint32]map[int]int{}
	for passage := range side.Passages() {
		for _, pair := range appendGrams(nil, side.Units(passage), uint32(passage)) {
			key := uint32(pair >> 32)
			if want[key] == nil {
				want[key] = map[int]int{}
			}
			want[key][passage]++
		}
	}
	if got := len(side.cut[partGramKeys]) / 4; got != len(want) {
		t.Errorf("%d grams, want %d", got, len(want))
	}
	for key, passages := range want {
		postings := side.Gram(uint16(key>>16), uint16(key))
		if postings == nil {
			t.Fatalf("no gram %x", key)
		}
		n := 0
		for {
			passage, count, ok := postings.Next()
			if !ok {
				break
			}
			n++
			if passages[int(passage)] != int(count) {
				t.Errorf("gram %x stands %d times in %d, want %d", key, count, passage, passages[int(passage)])
			}
		}
		if n != len(passages) {
			t.Errorf("gram %x has %d passages, want %d", key, n, len(passages))
		}
	}
}

func numbers(from, to int) []int {
	var list []int
	for n := from; n < to; n++ {
		list = append(list, n)
	}
	return list
}

func TestBuildKeepsEverything(t *testing.T) { check(t, build(t, 0, 60), numbers(0, 60)) }

func TestMergeKeepsWhatStays(t *testing.T) {
	sides := []*Side{build(t, 0, 40), build(t, 40, 41), build(t, 41, 90)}
	drops := []*roaring.Bitmap{roaring.BitmapOf(0, 7, 39), nil, roaring.BitmapOf(3)}
	stay := slices.DeleteFunc(numbers(0, 90), func(n int) bool { return slices.Contains([]int{0, 7, 39, 44}, n) })
	var out bytes.Buffer
	if err := Merge(&out, sides, drops, nil); err != nil {
		t.Fatal(err)
	}
	merged, err := Read(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	check(t, merged, stay)

	again := bytes.Buffer{}
	if err := Merge(&again, []*Side{merged, build(t, 90, 95)}, nil, nil); err != nil {
		t.Fatal(err)
	}
	if merged, err = Read(again.Bytes()); err != nil {
		t.Fatal(err)
	}
	check(t, merged, append(stay, numbers(90, 95)...))

	stop := make(chan struct{})
	close(stop)
	if err := Merge(&out, sides, drops, stop); !errors.Is(err, api.ErrClosed) {
		t.Errorf("a stopped merge: %v", err)
	}
}

// TestDamageIsSeen changes every byte of a small file in turn.
func TestDamageIsSeen(t *testing.T) {
	data := buildData(t, 1, 3)
	for i := range data {
		damaged := slices.Clone(data)
		damaged[i] ^= 0x10
		if _, err := Read(damaged); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d of %d changed: %v", i, len(data), err)
		}
	}
	for size := range data {
		if _, err := Read(data[:size]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut to %d of %d bytes: %v", size, len(data), err)
		}
	}
}

// FuzzTree holds that no bytes make the reader of outlines panic, and that what it reads is written the same.
func FuzzTree(f *testing.F) {
	for n := range 8 {
		f.Add(appendTree(nil, testRecord(n).Document.Sections))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sections, err := readTree(data)
		if err != nil {
			return
		}
		again, err := readTree(appendTree(nil, sections))
		if err != nil || !reflect.DeepEqual(sections, again) {
			t.Errorf("%v, %+v became %+v", err, sections, again)
		}
	})
}

func BenchmarkBuild(b *testing.B) {
	var entries []*Entry
	size := 0
	for n := range 2000 {
		record := testRecord(n)
		e, err := NewEntry(record)
		if err != nil {
			b.Fatal(err)
		}
		entries = append(entries, e)
		size += len(record.Document.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if _, err := Build(entries); err != nil {
			b.Fatal(err)
		}
	}
}

func digest(side *Side, doc int) uint64 {
	d, _ := side.Hash(doc)
	return d
}
