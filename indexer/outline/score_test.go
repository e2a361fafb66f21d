package outline

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
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

// stripped is the report as header.Read hands it over: every line trimmed, no blank ones.
func (l *labelled) stripped() labelled {
	out := *l
	out.at = slices.Clone(l.at)
	var b strings.Builder
	next := 0
	for start := 0; start < len(l.text); {
		end := len(l.text)
		if i := strings.IndexByte(l.text[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		if body := strings.TrimFunc(l.text[start:end], blank); body != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			for next < len(l.at) && l.at[next] < end {
				out.at[next] = b.Len()
				next++
			}
			b.WriteString(body)
		}
		start = end
	}
	out.text = b.String()
	return out
}

// floors are what the splitter reached on a folder, less a little: a change that loses more than it wins shows here.
type floors struct {
	sections, precise, level, heading, role, topic, items, itemsPrecise float64
}

// TestReports scores the splitter over the labelled reports, as they stand in the files and as header.Read leaves them.
func TestReports(t *testing.T) {
	for folder, want := range map[string]floors{
		"reports":  {99, 99, 99, 98, 98, 96, 97, 95},
		"heldout":  {98, 98, 99, 98, 98, 93, 97, 95},
		"heldout2": {98, 98, 98, 98, 98, 88, 88, 88},
	} {
		paths, err := filepath.Glob(filepath.Join("..", "testdata", folder, "*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{"as filed", "stripped"} {
			t.Run(folder+" "+form, func(t *testing.T) {
				if len(paths) == 0 {
					t.Skip("no labelled reports")
				}
				var total score
				for _, path := range paths {
					l := readLabelled(t, path)
					if form == "stripped" {
						l = l.stripped()
					}
					s := scoreReport(t, l)
					s.log(t, l.name)
					total.add(s)
				}
				total.log(t, "all")
				total.check(t, want)
			})
		}
	}
}

func (s *score) log(t *testing.T, name string) {
	t.Logf("%-28s found %d/%d=%.0f%% precise %.0f%% level %.0f%% heading %.0f%% role %.0f%% topic %.0f%% items %d/%d (%d)",
		name, s.matched, s.gold, percent(s.matched, s.gold), percent(s.matched, s.found), percent(s.depth, s.matched),
		percent(s.heading, s.matched), percent(s.role, s.matched), percent(s.topic, s.matched), s.itemsHit, s.items, s.itemsFound)
}

func (s *score) check(t *testing.T, want floors) {
	for _, floor := range []struct {
		name string
		got  float64
		want float64
	}{
		{"sections found", percent(s.matched, s.gold), want.sections},
		{"sections that are ones", percent(s.matched, s.found), want.precise},
		{"levels", percent(s.depth, s.matched), want.level},
		{"headings", percent(s.heading, s.matched), want.heading},
		{"roles", percent(s.role, s.matched), want.role},
		{"topics", percent(s.topic, s.matched), want.topic},
		{"items found", percent(s.itemsHit, s.items), want.items},
		{"items that are ones", percent(s.itemsHit, s.itemsFound), want.itemsPrecise},
	} {
		if floor.got < floor.want {
			t.Errorf("%s: %.1f %%, want %.0f %%", floor.name, floor.got, floor.want)
		}
	}
}
