package commitment_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongwen"
	"gongwen/indexer"
	"gongwen/indexer/commitment"
)

const corpora = "../../../shared/corpora"

// read returns the documents of a corpus as the indexer understands them.
func read(t testing.TB, name string) []*gongwen.Document {
	t.Helper()
	path := filepath.Join(corpora, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real texts are not beside the project: %v", err)
	}
	return documents(t, path)
}

func documents(t testing.TB, paths ...string) []*gongwen.Document {
	t.Helper()
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var all []*gongwen.Document
	for _, path := range paths {
		for d, err := range ix.Documents(t.Context(), path) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, &d)
		}
	}
	return all
}

// TestCorpora holds the laws on all real texts, and that reports promise and norms do not.
func TestCorpora(t *testing.T) {
	for name, want := range map[string]struct{ least, most int }{
		"state-council-reports.jsonl.gz":   {5000, 20000},
		"provincial-reports-2026.jsonl.gz": {2000, 6000},
		"laws.jsonl.gz":                    {0, 40},

		"law-articles.jsonl.gz":               {0, 40},
		"statute-retrieval/articles.jsonl.gz": {0, 40},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && want.least == 0 {
				t.Skip("a long corpus, not read with -short")
			}
			total := 0
			for _, d := range read(t, name) {
				found := checkLaws(t, d)
				if total += len(found); want.least == 0 && len(found) > 0 {
					t.Logf("%s, %s: %d, first %.120q", d.Title, d.Kind, len(found), found[0].Span.Cut(d.Text))
				}
			}
			if total < want.least || total > want.most {
				t.Errorf("%d commitments, want from %d to %d", total, want.least, want.most)
			}
			t.Logf("%d commitments", total)
		})
	}
}

// TestReports holds the laws on the invented reports of the project.
func TestReports(t *testing.T) {
	paths, err := filepath.Glob("../testdata/*/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d reports: %v", len(paths), err)
	}
	seeds, err := filepath.Glob("../../seeds/*.txt")
	if err != nil || len(seeds) == 0 {
		t.Fatalf("%d seeds: %v", len(seeds), err)
	}
	for _, d := range documents(t, append(paths, seeds...)...) {
		if found := checkLaws(t, d); len(found) == 0 && strings.HasSuffix(d.Kind, "报告") {
			t.Errorf("%s promises nothing", d.Title)
		}
	}
}

// TestLinear shows that long texts of one thing cost no more than their length.
func TestLinear(t *testing.T) {
	size := 200_000
	if testing.Short() {
		size = 30_000
	}
	for _, piece := range []string{
		"一是推进改革，", "（一）推进改革。", "1.甲。2.乙。", "①甲。一是乙。", "2022年底前完成，", "不少于5名，", "“", "（", "《", "明年，将建成。", "下一步\n",
		"推进改革，", "第一，甲。第二，乙。（1）丙。", "三年内", "各位代表，", "坚持稳中求进，", "一、甲。", "首先，", "：", "。\n", "百分之九十", "一是不足，明年将建成；二是弱，下一步将改进。",
	} {
		text := "一、2021年工作情况\n举办培训3期。\n二、下一步工作\n2022年，" + strings.Repeat(piece, size/len(piece))
		d := &gongwen.Document{ID: "long", Kind: annual, Year: 2021, Text: text, Sections: []gongwen.Section{
			{ID: "1", Level: 1, Role: gongwen.RolePlan, Label: "二、", Heading: "下一步工作", Span: gongwen.Span{Start: 0, End: len(text)}}}}
		for _, role := range []gongwen.Role{gongwen.RolePlan, gongwen.RoleProblems} {
			d.Sections[0].Role = role
			start := time.Now()
			checkLaws(t, d)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%q in a part on %s: %v for %d bytes", piece, role, took, len(text))
			} else if took > 2*time.Second {
				t.Logf("%q in a part on %s: %v", piece, role, took)
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for _, name := range []string{"state-council-reports.jsonl.gz", "laws.jsonl.gz"} {
		b.Run(name, func(b *testing.B) {
			all := read(b, name)
			size := 0
			for _, d := range all {
				size += len(d.Text)
			}
			b.SetBytes(int64(size))
			for b.Loop() {
				for _, d := range all {
					commitment.Find(d)
				}
			}
		})
	}
	b.Run("seeds", func(b *testing.B) {
		paths, err := filepath.Glob("../../seeds/*.txt")
		if err != nil {
			b.Fatal(err)
		}
		all := documents(b, paths...)
		size := 0
		for _, d := range all {
			size += len(d.Text)
		}
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, d := range all {
				commitment.Find(d)
			}
		}
	})
}
