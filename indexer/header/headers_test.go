package header

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongwen/indexer/gazetteer"
)

// shared is where the project's material that is not committed lies, seen from this package.
const shared = "../../../shared"

// samplePage is a page of shared/headers with its right answers; null is nil.
type samplePage struct {
	ID, URL, Text string
	Gold          struct {
		Title, Kind, Published, Source, Issuer, Region, Number *string
		Year                                                   *int
		Cites                                                  []string
	}
	Extra map[string]any `json:"gold_extra"`
}

// floors are the shares of right answers below which something broke.
var floors = map[string]float64{"title": 0.95, "kind": 0.95, "year": 0.95, "published": 0.95, "source": 0.95, "issuer": 0.95, "region": 0.95, "number": 0.95, "cites": 0.95, "signed": 0.9}

func TestSamplePagesAreReadRight(t *testing.T) {
	t.Run("as copied", func(t *testing.T) { score(t, func(s string) string { return s }) })
	// Live pages have the wide punctuation that copies lose.
	t.Run("wide", func(t *testing.T) {
		score(t, strings.NewReplacer(":", "：", ",", "，", "(", "（", ")", "）", ";", "；").Replace)
	})
	t.Run("navigation around", func(t *testing.T) {
		score(t, func(s string) string {
			return "网站首页\n无障碍 | 繁体版\n首页 >> 政务公开 >> 信息公开\n" + s + "\n【打印】 【关闭】\n上一篇：没有了\n主办单位：某某政府办公室\n京ICP备000000号"
		})
	})
	t.Run("dates in words", func(t *testing.T) {
		stamps := regexp.MustCompile(`(20\d\d)-(\d\d?)-(\d\d?)`)
		score(t, func(s string) string { return stamps.ReplaceAllString(s, "${1}年${2}月${3}日") })
	})
	t.Run("other labels", func(t *testing.T) {
		score(t, strings.NewReplacer("发布时间", "发布日期", "信息来源", "文章来源", "更新时间", "发布时间", "发布机构", "发文机关", "成文日期", "成文时间").Replace)
	})
	t.Run("carriage returns", func(t *testing.T) { score(t, strings.NewReplacer("\n", "\r\n").Replace) })
}

func score(t *testing.T, change func(string) string) {
	pages := samplePages(t)
	places := newPlaces(t)
	right, all := map[string]int{}, map[string]int{}
	for _, page := range pages {
		got, body := Read(change(page.Text), page.URL, places)
		check := func(field string, got, want string) {
			all[field]++
			if got == want {
				right[field]++
			} else {
				t.Logf("%s %s: got %q, want %q", page.ID, field, got, want)
			}
		}
		g := page.Gold
		check("title", narrow(got.Title), narrow(value(g.Title)))
		check("kind", got.Kind, value(g.Kind))
		check("year", number(got.Year), year(g.Year))
		check("published", string(got.Published), value(g.Published))
		check("source", got.Source, value(g.Source))
		check("issuer", got.Issuer, value(g.Issuer))
		check("region", got.Region, value(g.Region))
		check("number", got.Number, value(g.Number))
		var cites []string
		for _, c := range Cites(body, got) {
			if c.Number != "" {
				cites = append(cites, c.Number)
			}
		}
		slices.Sort(cites)
		slices.Sort(g.Cites)
		check("cites", fmt.Sprint(cites), fmt.Sprint(g.Cites))
		if signed, ok := page.Extra["signed"]; ok {
			want, _ := signed.(string)
			check("signed", string(got.Signed), want)
		}
	}
	for _, field := range []string{"title", "kind", "year", "published", "source", "issuer", "region", "number", "cites", "signed"} {
		share := float64(right[field]) / float64(all[field])
		t.Logf("%-10s %3d of %3d  %.2f", field, right[field], all[field], share)
		if share < floors[field] {
			t.Errorf("%s: %.2f right, want at least %.2f", field, share, floors[field])
		}
	}
}

func TestFirstReport(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(shared, "seeds", "2018年度大连长兴岛经济区法治政府建设工作报告.txt"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no shared/seeds beside the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	got, body := Read(string(text), "", newPlaces(t))
	want := Fields{
		Title: "2018年度大连长兴岛经济区法治政府建设工作报告", Kind: kindRuleOfLaw, Year: 2018, Published: "2019-01-31",
		Signed: "2019-01-31", Source: "管委会办公室", Issuer: "大连长兴岛经济区管理委员会", Region: "辽宁省/大连市",
	}
	if got != want {
		t.Errorf("Read = %+v\nwant   %+v", got, want)
	}
	lines := strings.Split(body, "\n")
	if first := lines[0]; len(first) < 30 || first[:len("2018年是贯彻落实")] != "2018年是贯彻落实" {
		t.Errorf("the body begins with %q", first)
	}
	if last := lines[len(lines)-1]; last != "2019年1月31日" {
		t.Errorf("the body ends with %q", last)
	}
	var numbers []string
	for _, c := range Cites(body, got) {
		t.Log(c.Title, c.Number)
		if c.Number != "" {
			numbers = append(numbers, c.Number)
			if c.Title == "" {
				t.Errorf("%s lost its title", c.Number)
			}
		}
	}
	if !slices.Equal(numbers, []string{"大长管办发〔2018〕47号", "大长管办发〔2018〕50号"}) {
		t.Errorf("cited numbers are %v", numbers)
	}
}

func samplePages(t *testing.T) []samplePage {
	t.Helper()
	file, err := os.Open(filepath.Join(shared, "headers", "pages.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no shared/headers beside the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var pages []samplePage
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var page samplePage
		if err := json.Unmarshal(lines.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return pages
}

func newPlaces(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	places, err := gazetteer.New()
	if err != nil {
		t.Fatal(err)
	}
	return places
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func year(y *int) string {
	if y == nil {
		return ""
	}
	return number(*y)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
