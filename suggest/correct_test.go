package suggest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gongwen/search"
)

func parsed(t testing.TB, text string) search.Query {
	t.Helper()
	q, _, err := search.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// TestCorrect: what one meant is among the first, in each of the ways to miss it.
func TestCorrect(t *testing.T) {
	s := filled(t, some)
	for written, meant := range map[string]string{
		"行政复意":            "行政复议",   // sounds alike
		"行政付议":            "行政复议",   //
		"依法行正":            "依法行政",   //
		"优化赢商环境":          "优化营商环境", // in a heading of the collection
		"拔款":              "拨款",     // looks alike
		"行政处罪":            "行政处罚",   //
		"规范性文":            "规范性文件",  // one is missing
		"规范姓文件":           "规范性文件",  //
		"政府信信息公开":         "政府信息公开", // one too many
		"xingzheng":       "行政",     // not yet made characters
		`"行政复意" 年度:2018`:  `"行政复议" year:2018`,
		"诉讼 行政复意":         "诉讼 行政复议",
		"xingzheng fuyi":  "行政复议",
		"zhongguo jiandu": "中国 监督",
		"行政復意":            "行政复议",
	} {
		got := s.Correct(parsed(t, written))
		var found []string
		for _, q := range got {
			found = append(found, q.String())
		}
		if !slices.Contains(found, meant) {
			t.Errorf("%s: %v, want %s", written, found, meant)
		}
	}
}

// TestSlips: an administrative term with one slip of the pen is corrected to itself.
func TestSlips(t *testing.T) {
	general, err := wordList()
	if err != nil {
		t.Fatal(err)
	}
	g := rand.New(rand.NewPCG(3, 3))
	var words []string
	for _, word := range general.list {
		if n := len([]rune(word)); n >= 4 && n <= 7 && general.words[word] == 1000 {
			words = append(words, word)
		}
	}
	tried, found := 0, 0
	for range 400 {
		word := words[g.IntN(len(words))]
		runes := []rune(word)
		i := g.IntN(len(runes))
		switch g.IntN(4) {
		case 0: // another character of the same sound
			other := general.list[g.IntN(len(general.list))]
			runes[i] = []rune(other)[0]
		case 1:
			runes = slices.Delete(runes, i, i+1)
		case 2:
			runes = slices.Insert(runes, i, runes[i])
		default:
			near := shapes()[runes[i]]
			if len(near) == 0 {
				continue
			}
			runes[i] = near[g.IntN(len(near))]
		}
		if string(runes) == word {
			continue
		}
		tried++
		for _, q := range Correct(search.Words{Text: string(runes)}) {
			if q.String() == word {
				found++
				break
			}
		}
	}
	t.Logf("%d of %d", found, tried)
	if found*10 < tried*8 {
		t.Errorf("%d of %d are found", found, tried)
	}
}

// TestCorrectBounds: no query takes long.
func TestCorrectBounds(t *testing.T) {
	s := filled(t, some)
	for _, text := range []string{
		strings.Repeat("行政复意 ", 190), strings.Repeat("一", 1900), strings.Repeat("行长重", 13), strings.Repeat("(", 19) + "法制" + strings.Repeat(")", 19), `""`, "-行政复意",
	} {
		start := time.Now()
		got := s.Correct(parsed(t, text))
		if took := time.Since(start); took > 2*time.Second || len(got) > maxCorrections {
			t.Errorf("%.30s: %d corrections in %v", text, len(got), took)
		}
	}
	for _, q := range s.Correct(parsed(t, "道交法")) {
		if q.String() == "道教法" {
			t.Error("道交法 is cut in two")
		}
	}
	if got := s.Correct(nil); got != nil {
		t.Errorf("nothing: %v", got)
	}
	if got := s.Correct(parsed(t, "-行政复意")); len(got) > 0 {
		t.Errorf("excluded: %v", got)
	}
}
