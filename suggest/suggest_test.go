package suggest

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/search"
)

var loaded = sync.OnceValues(func() (*analyzers.Words, error) { return analyzers.NewWords() })

// documents are a collection in memory.
type documents []gongwen.Document

func (d documents) Status(context.Context) (search.Status, error) {
	return search.Status{Documents: len(d)}, nil
}

func (d documents) Export(_ context.Context, visit func(search.Record) error) error {
	for i := range d {
		if err := visit(search.Record{Document: d[i]}); err != nil {
			return err
		}
	}
	return nil
}

func filled(t *testing.T, source Source) *Suggester {
	t.Helper()
	words, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	s := New(source, words, slog.New(slog.DiscardHandler))
	if err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

var some = documents{
	{ID: "1", Title: "安澜市法治政府建设年度报告", Issuer: "安澜市人民政府", Text: "推进依法行政，行政复议和行政处罚。", Sections: []gongwen.Section{{ID: "1", Heading: "优化营商环境"}}},
	{ID: "2", Title: "关于印发《重庆市长江保护办法（试行）》的通知", Issuer: "云川省司法厅", Text: "行政执法公示，绿化工作。"},
	{ID: "3", Title: "長沙市銀行管理ＡＢＣ辦法", Source: "西安市会计局", Text: "会计制度。"},
	{ID: "4", Title: "加入WTO后的工作\n安排", Text: "世贸组织"},
}

func texts(found []Suggestion) []string {
	var all []string
	for _, f := range found {
		all = append(all, f.Text)
	}
	return all
}

// TestWays: what one wants is offered however one types it.
func TestWays(t *testing.T) {
	s := filled(t, some)
	for typed, want := range map[string]string{
		"行政复":          "行政复议",
		"xingzhengfu":  "行政复议",
		"xzfy":         "行政复议",
		"行政fuyi":       "行政复议",
		"行政f":          "行政复议",
		"xing zheng f": "行政复议",
		"XZFY":         "行政复议",
		"ｘｚｆｙ":         "行政复议",
		"xzhengfy":     "行政复议",
		"法治zf":         "安澜市法治政府建设年度报告",
		"fazhizhengfu": "安澜市法治政府建设年度报告",
		"fzzf":         "安澜市法治政府建设年度报告",
		"yshj":         "优化营商环境",
		"yhysh":        "优化营商环境",
		"chongqing":    "关于印发《重庆市长江保护办法（试行）》的通知",
		"gyyfcqs":      "关于印发《重庆市长江保护办法（试行）》的通知",
		"关于印发重庆市":      "关于印发《重庆市长江保护办法（试行）》的通知",
		"长江bh":         "关于印发《重庆市长江保护办法（试行）》的通知",
		"changsha":     "長沙市銀行管理ＡＢＣ辦法",
		"长沙市银行":        "長沙市銀行管理ＡＢＣ辦法",
		"yinhang":      "長沙市銀行管理ＡＢＣ辦法",
		"xi'an":        "西安市会计局",
		"kuaiji":       "会计制度",
		"lvhua":        "绿化",
		"加入wto":        "加入WTO后的工作 安排",
		"jrwto":        "加入WTO后的工作 安排",
		"司法":           "云川省司法厅",
		"sft":          "云川省司法厅",
	} {
		if got := texts(s.Suggest(typed, MaxSize)); !slices.Contains(got, want) {
			t.Errorf("%s: %v, want %s", typed, got, want)
		}
	}
	for _, typed := range []string{"zhangsha", "yinxing", "", "《", "zzzzzz", strings.Repeat("啊", 100), "\x00", "'"} {
		if got := s.Suggest(typed, MaxSize); len(got) > 0 {
			t.Errorf("%s: %v, want none", typed, texts(got))
		}
	}
}

// TestLastWord: behind other words the last one is completed, and what was typed before stays.
func TestLastWord(t *testing.T) {
	s := filled(t, some)
	for typed, want := range map[string]string{
		"公示 xzfy": "公示 行政复议", "年度:2018　行政复": "年度:2018　行政复议", "改革 sft": `改革 机关:"云川省司法厅"`, "xing zheng f": "行政复议",
	} {
		var queries []string
		for _, suggestion := range s.Suggest(typed, MaxSize) {
			queries = append(queries, suggestion.Query())
		}
		if !slices.Contains(queries, want) {
			t.Errorf("%s: %q, want %s", typed, queries, want)
		}
	}
}

// TestPrefixes: whatever begins like an entry finds it: each of its characters typed as itself, in pinyin or by its initial.
func TestPrefixes(t *testing.T) {
	s := filled(t, some)
	for _, l := range *s.lists.Load() {
		for number, start := range l.starts {
			line := l.line(start)
			runes := []rune(line)
			readings := s.table.Read(runes)
			for n := 1; n <= min(len(runes), 8); n++ {
				for way := range 1 << (2 * min(n, 4)) { // of the first four characters; others as they are
					var b strings.Builder
					for i, r := range runes[:n] {
						choice := way >> (2 * i) & 3
						switch {
						case i > 3 || choice == 0 || len(readings[i]) == 0:
							b.WriteRune(r)
						case choice == 1:
							b.WriteString(readings[i][0])
						case choice == 2:
							b.WriteString(readings[i][len(readings[i])-1][:1])
						default:
							b.WriteString(readings[i][0] + " ")
						}
					}
					typed, ok := newTyped(b.String(), s.table)
					if !ok {
						continue
					}
					found := l.find(&typed, 1000)
					if !slices.ContainsFunc(found, func(f Suggestion) bool { return f.Text == l.suggestion(uint32(number), start, 1).Text }) {
						t.Fatalf("%s: %q finds %v", line, b.String(), texts(found))
					}
				}
			}
		}
	}
}

// FuzzSuggest: nothing that is typed is an error, and a match is cut out of its text.
func FuzzSuggest(f *testing.F) {
	words, err := loaded()
	if err != nil {
		f.Fatal(err)
	}
	s := New(some, words, slog.New(slog.DiscardHandler))
	if err := s.Fill(f.Context()); err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"行政", "xz", "zhuanghuang", "加入ｗｔｏ", "長沙", "a b'c", "《重", "（试"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := s.Suggest(text, DefaultSize)
		if len(found) > DefaultSize {
			t.Errorf("%q: %d suggestions", text, len(found))
		}
		for _, suggestion := range found {
			if m := suggestion.Match; m.Start < 0 || m.Start >= m.End || m.End > len(suggestion.Text) || suggestion.Kind == "" {
				t.Errorf("%q: %+v", text, suggestion)
			}
		}
	})
}

// TestBest: the best places of any ranges come in order.
func TestBest(t *testing.T) {
	var o order
	for i := range uint32(10_000) {
		o.places = append(o.places, i*7919%10_007)
	}
	o.seal()
	for _, spans := range [][]span{{{0, 10_000}}, {{5, 6}}, {{3, 3}}, {{100, 9000}}, {{63, 129}, {200, 300}, {4096, 8192}}} {
		var want, got []uint32
		for _, s := range spans {
			want = append(want, o.places[s.from:s.to]...)
		}
		slices.Sort(want)
		o.best(spans, func(place uint32) bool {
			got = append(got, place)
			return true
		})
		if !slices.Equal(got, want) {
			t.Errorf("%v: %d places, want %d in order", spans, len(got), len(want))
		}
	}
}

// TestQueries: what one asks for a suggestion is what Parse reads.
func TestQueries(t *testing.T) {
	for _, kind := range Kinds() {
		for _, text := range []string{"行政执法", "“放管服”改革", `引"号\`, "安澜市（本级）"} {
			q, notices, err := search.Parse(Suggestion{Text: text, Kind: kind}.Query())
			if err != nil || len(notices) > 0 && kind != KindTerm {
				t.Errorf("%s %s: %v %v", kind, text, notices, err)
			}
			switch q := q.(type) {
			case search.Run:
				if q.Text != text {
					t.Errorf("%s: %q", text, q.Text)
				}
			case search.Where:
				if q.Field != search.FieldDepartment || !q.Exact || q.Value != text {
					t.Errorf("%s: %+v", text, q.Condition)
				}
			default:
				if kind != KindTerm {
					t.Errorf("%s %s: %T", kind, text, q)
				}
			}
		}
	}
}
