package outline

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongwen"
)

// gold is a section as labelled by hand; see indexer/testdata/reports/README.md.
type gold struct {
	Label      string `json:"label"`
	Heading    string `json:"heading"`
	StartsWith string `json:"starts_with"`
	Role       gongwen.Role
	Topic      gongwen.Topic
	Items      []struct {
		Label      string `json:"label"`
		StartsWith string `json:"starts_with"`
	}
	Sections []gold
}

// score counts what was right in one report.
type score struct {
	gold, found, matched        int // sections
	depth, heading              int // of the matched ones
	role, topic                 int
	items, itemsFound, itemsHit int
}

func (s *score) add(o score) {
	s.gold += o.gold
	s.found += o.found
	s.matched += o.matched
	s.depth += o.depth
	s.heading += o.heading
	s.role += o.role
	s.topic += o.topic
	s.items += o.items
	s.itemsFound += o.itemsFound
	s.itemsHit += o.itemsHit
}

func percent(a, b int) float64 {
	if b == 0 {
		return 100
	}
	return 100 * float64(a) / float64(b)
}

// report is a labelled report: its body and its sections at their offsets in it.
type labelled struct {
	name  string
	text  string
	year  int
	depth []int
	at    []int // offset of the first character of each section
	flat  []gold
}

// readLabelled reads a report and strips header and furniture crudely: the body begins at the first section and ends
// before the first line that only a page has.
func readLabelled(t *testing.T, path string) labelled {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(strings.TrimSuffix(path, ".txt") + ".gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Year     int
		Sections []gold
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	l := labelled{name: filepath.Base(path), year: file.Year}
	var walk func([]gold, int)
	walk = func(sections []gold, depth int) {
		for _, g := range sections {
			l.flat = append(l.flat, g)
			l.depth = append(l.depth, depth)
			walk(g.Sections, depth+1)
		}
	}
	walk(file.Sections, 1)
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	pos := 0
	for _, g := range l.flat {
		i := lineStarting(text, pos, g.StartsWith)
		if i < 0 {
			t.Fatalf("%s: no line begins with %q", l.name, g.StartsWith)
		}
		l.at = append(l.at, i)
		pos = i + len(g.StartsWith)
	}
	begin := strings.LastIndexByte(text[:l.at[0]], '\n') + 1
	end := len(text)
	for i := pos; i < len(text); {
		j := strings.IndexByte(text[i:], '\n')
		if j < 0 {
			break
		}
		i += j + 1
		for _, mark := range []string{"上一篇", "下一篇", "上一条", "下一条", "主办", "扫一扫", "【打印", "打印", "相关链接", "版权所有", "备案号", "分享", "附件下载", "【关闭"} {
			if strings.HasPrefix(strings.TrimFunc(text[i:], blank), mark) {
				end = min(end, i)
			}
		}
	}
	l.text = text[begin:end]
	for k := range l.at {
		l.at[k] -= begin
	}
	return l
}

// lineStarting finds the line at or after pos that begins with prefix, and returns the offset of the prefix.
func lineStarting(text string, pos int, prefix string) int {
	for {
		i := strings.Index(text[pos:], prefix)
		if i < 0 {
			return -1
		}
		i += pos
		start := strings.LastIndexByte(text[:i], '\n') + 1
		if strings.TrimFunc(text[start:i], blank) == "" {
			return i
		}
		pos = i + len(prefix)
	}
}

func scoreReport(t *testing.T, l labelled) score {
	var s score
	byStart := make(map[int]*gongwen.Section)
	gongwen.Walk(Split(l.text, l.year), func(sec *gongwen.Section, _ []*gongwen.Section) {
		body := sec.Span.Cut(l.text)
		at := sec.Span.Start + len(body) - len(strings.TrimLeftFunc(body, blank))
		if strings.HasPrefix(l.text[at:], "**") {
			at += 2
		}
		byStart[at] = sec
		s.found++
		s.itemsFound += len(sec.Items)
	})
	seen := make(map[int]bool)
	for k, g := range l.flat {
		s.gold++
		s.items += len(g.Items)
		sec := byStart[l.at[k]]
		if sec == nil {
			t.Logf("%s: missed %q", l.name, g.StartsWith)
			continue
		}
		seen[l.at[k]] = true
		s.matched++
		if sec.Level == l.depth[k] {
			s.depth++
		} else {
			t.Logf("%s: %q at level %d, want %d", l.name, g.StartsWith, sec.Level, l.depth[k])
		}
		if sec.Heading == g.Heading && sec.Label == g.Label {
			s.heading++
		} else {
			t.Logf("%s: heading %q %q, want %q %q", l.name, sec.Label, sec.Heading, g.Label, g.Heading)
		}
		if sec.Role == g.Role {
			s.role++
		} else {
			t.Logf("%s: %q has role %s (%s), want %s", l.name, g.StartsWith, sec.Role, sec.RoleRule, g.Role)
		}
		if sec.Topic == g.Topic {
			s.topic++
		} else {
			t.Logf("%s: %q has topic %s (%s), want %s", l.name, g.StartsWith, sec.Topic, sec.TopicRule, g.Topic)
		}
		for _, want := range g.Items {
			for _, item := range sec.Items {
				if item.Label == want.Label && strings.HasPrefix(item.Cut(l.text), want.StartsWith) {
					s.itemsHit++
					break
				}
			}
		}
	}
	for at, sec := range byStart {
		if !seen[at] {
			t.Logf("%s: no such section %q %q at %q", l.name, sec.Label, sec.Heading, firstRunes(l.text[at:], 16))
		}
	}
	return s
}

// TestReports scores the splitter over the labelled reports. The floors are what it reached, less a little: a change
// that loses more than it wins shows here.
func TestReports(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "reports", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skip("no labelled reports in ../testdata/reports")
	}
	var total score
	t.Logf("%-32s %9s %9s %6s %6s %6s %6s %9s", "report", "recall", "precision", "level", "head", "role", "topic", "items")
	row := func(name string, s score) {
		t.Logf("%-32s %3d/%3d=%3.0f %8.0f%% %5.0f%% %5.0f%% %5.0f%% %5.0f%% %3d/%3d (%d)", name, s.matched, s.gold,
			percent(s.matched, s.gold), percent(s.matched, s.found), percent(s.depth, s.matched),
			percent(s.heading, s.matched), percent(s.role, s.matched), percent(s.topic, s.matched), s.itemsHit, s.items,
			s.itemsFound)
	}
	for _, path := range paths {
		l := readLabelled(t, path)
		s := scoreReport(t, l)
		row(l.name, s)
		total.add(s)
	}
	row("all", total)
	for _, floor := range []struct {
		name string
		got  float64
		want float64
	}{
		{"sections found", percent(total.matched, total.gold), 99},
		{"sections that are ones", percent(total.matched, total.found), 99},
		{"levels", percent(total.depth, total.matched), 99},
		{"headings", percent(total.heading, total.matched), 98},
		{"roles", percent(total.role, total.matched), 98},
		{"topics", percent(total.topic, total.matched), 96},
		{"items found", percent(total.itemsHit, total.items), 97},
		{"items that are ones", percent(total.itemsHit, total.itemsFound), 95},
	} {
		if floor.got < floor.want {
			t.Errorf("%s: %.1f %%, want %.0f %%", floor.name, floor.got, floor.want)
		}
	}
}
