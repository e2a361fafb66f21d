package header

import (
	"math/rand/v2"
	"strings"
	"testing"

	"gongwen"
)

// sentence makes a line of text: Han characters of all kinds with a comma here and there and a full stop at the end.
func sentence(random *rand.Rand) string {
	words := []rune("县政府办公厅关于印发来源时间发布日期的通知报告点击首页打印上一篇主办单位扫第一条年度法治建设工作情况依执行监督审核群众满意字号各位代表备案下载位置相关")
	var b strings.Builder
	for i, n := 0, 30+random.IntN(60); i < n; i++ {
		switch random.IntN(12) {
		case 0:
			b.WriteRune('，')
		case 1, 2, 3:
			b.WriteRune(rune(0x4e00 + random.IntN(0x5000)))
		default:
			b.WriteRune(words[random.IntN(len(words))])
		}
	}
	b.WriteString("。")
	return b.String()
}

// TestReadLosesNoSentence holds Read to the first law: furniture may stay, text may not go. The sentences are made of the
// very words that mark furniture and header lines.
func TestReadLosesNoSentence(t *testing.T) {
	places := newPlaces(t)
	random := rand.New(rand.NewPCG(1, 2))
	heads := []string{
		"", "首页 > 政务公开\n", "临沅市2019年度法治政府建设情况报告\n来源：市司法局 时间：2020-03-09 点击：12\n",
		"索 引 号 | 1/2 | 文 号 | 临政发〔2020〕3号 |\n关于修桥的通知\n", "发布日期：\n2020-01-02\n\n",
	}
	tails := []string{"", "\n临沅市人民政府\n2020年3月9日", "\n上一篇：没有了\n主办单位：临沅市人民政府 ICP备12号", "\n【打印】 【关闭】"}
	for range 400 {
		var body []string
		for range 1 + random.IntN(12) {
			body = append(body, sentence(random))
		}
		page := heads[random.IntN(len(heads))] + strings.Join(body, "\n") + tails[random.IntN(len(tails))]
		_, got := Read(page, "", places)
		if !strings.Contains(got, strings.Join(body, "\n")) {
			t.Fatalf("Read lost text\n page: %s\n body: %s", page, got)
		}
	}
}

// TestReadOfLongPages holds Read to the end of the header: what stands behind it stays, whatever it looks like.
func TestReadOfLongPages(t *testing.T) {
	places := newPlaces(t)
	for name, line := range map[string]string{
		"titles": "桐川县人民政府关于护林的通知", "labels": "发布日期：2021-01-02", "navigation": "首页 > 政务公开", "bodies": "桐川县林业局", "numbers": "桐政发〔2021〕3号",
		"tools": "打印本页", "dates": "2021年1月2日",
	} {
		t.Run(name, func(t *testing.T) {
			const most = 2000
			_, body := Read(strings.Repeat(line+"\n", most), "", places)
			if got := strings.Count(body, line); got < most-mostHeader {
				t.Errorf("%d lines of %d are left", got, most)
			}
			long := strings.Repeat(line+" ", most)
			if _, body = Read("桐川县护林办法\n"+long+"\n完。", "", places); !strings.Contains(body, strings.TrimSpace(long)) {
				t.Error("a long line is lost")
			}
		})
	}
}

// TestReadKeepsLongTables holds Read to the beginning of the footer.
func TestReadKeepsLongTables(t *testing.T) {
	const rows = 2000
	table := strings.Repeat("打印本页\n", 10) + strings.Repeat("桐川县林业局 3 件\n", rows)
	_, body := Read("桐川县护林办法\n本办法自公布之日起施行，请遵照执行。\n"+table+"上一篇：没有了\n", "", newPlaces(t))
	if got := strings.Count(body, "林业局"); got != rows || strings.Contains(body, "上一篇") {
		t.Errorf("of a table below the text %d rows of %d are left", got, rows)
	}
}

func FuzzRead(f *testing.F) {
	for _, l := range layouts {
		f.Add(l.page, l.url)
	}
	f.Add("《《a》b（国发〔2012〕7号）", "http://%zz")
	f.Add("<p>a</p>\r\n|||\n[\n【", "x")
	places := newPlaces(f)
	f.Fuzz(func(t *testing.T, page, url string) {
		fields, body := Read(page, url, places)
		if again := Clean(body); again != body {
			t.Errorf("the body is not clean: %q became %q", body, again)
		}
		// The body is made of lines of the page, in their order.
		lines := strings.Split(Clean(stripMarkup(page)), "\n")
		for l := range strings.SplitSeq(body, "\n") {
			for len(lines) > 0 && lines[0] != l {
				lines = lines[1:]
			}
			if len(lines) == 0 {
				t.Fatalf("line %q of the body is none of the page, or out of order", l)
			}
			lines = lines[1:]
		}
		for _, d := range []gongwen.Date{fields.Published, fields.Signed} {
			if d != "" && (d.Year() < 1900 || len(d) != 10 && len(d) != 7) {
				t.Errorf("date %q", d)
			}
		}
		if fields.Number != "" {
			if n, ok := gongwen.ParseDocNumber(fields.Number); !ok || n.String() != fields.Number {
				t.Errorf("number %q is not canonical", fields.Number)
			}
		}
		if strings.ContainsAny(fields.Title+fields.Source+fields.Issuer, "\n") {
			t.Errorf("a field holds a line break: %+v", fields)
		}
		checkCites(t, body, fields)
	})
}

func FuzzClean(f *testing.F) {
	f.Add("\ufeff　标题\r\n\r\n\u200b正文 \t x\v末\xff\x00")
	f.Fuzz(func(t *testing.T, text string) {
		once := Clean(text)
		if twice := Clean(once); twice != once {
			t.Errorf("Clean(%q) = %q, and again %q", text, once, twice)
		}
		if strings.Contains(once, "\n\n") || strings.ContainsAny(once, "\r\t\v\ufeff\u200b") {
			t.Errorf("Clean(%q) = %q", text, once)
		}
	})
}

func TestCleanKeepsLines(t *testing.T) {
	got := Clean("\ufeff首页\r\n\r\n　　第一段，\u200b有\t字。　\n\n\x01【打印】\r上一篇")
	if want := "首页\n第一段，有 字。\n【打印】\n上一篇"; got != want {
		t.Errorf("Clean = %q, want %q", got, want)
	}
}
