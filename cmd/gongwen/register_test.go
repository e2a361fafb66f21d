package main

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongwen/api"
)

// rowsOf reads what a command prints with --csv.
func (p *program) rowsOf(head []string, args ...string) [][]string {
	p.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(p.expect(exitDone, args...).stdout)).ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], head) {
		p.t.Fatalf("gongwen %s: %v, %v", strings.Join(args, " "), rows[:min(1, len(rows))], err)
	}
	return rows[1:]
}

// ask gets a JSON answer of a server.
func ask(t *testing.T, address string, into any) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d: %v", address, response.StatusCode, err)
	}
	again, err := json.Marshal(into)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// What a lawyer asks: which promises, for when, and what became of them.
func TestCommitments(t *testing.T) {
	p, data := newProgram(t)
	contains(t, p.expect(exitPart, "commitments").stderr, "没有数据文件夹 "+data)
	p.expect(exitDone, "index", writeSeeds(t))

	r := p.expect(exitDone, "commitments", "--year", "2018", "--target-year", "2019", "--follow", "-n", "3")
	contains(t, r.stdout, "条承诺，第 1–3 条", "2018 年度 → 2019 年", "后续：", "▸ 2019 年度 · ", "ID ", "目标年度", "下一页：--page 2")
	if strings.Contains(r.stdout, "\x1b") {
		t.Error("colours outside a terminal")
	}

	var all api.Commitments
	decode(t, p.expect(exitDone, "commitments", "--json", "--all").stdout, &all)
	if all.Total < 50 || len(all.Items) != all.Total || all.Next != nil {
		t.Fatalf("%d of %d", len(all.Items), all.Total)
	}
	rows := p.rowsOf(api.CommitmentColumns(), "commitments", "--csv", "--all")
	if len(rows) != all.Total || rows[0][0] != all.Items[0].ID {
		t.Errorf("%d rows of %d", len(rows), all.Total)
	}
	var page api.Commitments
	decode(t, p.expect(exitDone, "commitments", "--json", "-n", "7", "--page", "3").stdout, &page)
	if len(page.Items) != 7 || page.Items[0].ID != all.Items[14].ID || page.Offset != 14 {
		t.Errorf("third page %+v", page)
	}
	decode(t, p.expect(exitDone, "commitments", "--json", "-n", "7", "--cursor", *page.Next).stdout, &page)
	if page.Items[0].ID != all.Items[21].ID {
		t.Errorf("page behind the cursor %+v", page)
	}
	decode(t, p.expect(exitDone, "commitments", "--json", "-n", "1000", "--page", "2").stdout, &page)
	if len(page.Items) != 0 || page.Total != all.Total {
		t.Errorf("past the end %+v", page)
	}
	contains(t, p.expect(exitUsage, "commitments", "公开", "--cursor", "x").stderr, "--cursor x")

	// Follow-ups are those of the promises, and a row each passage.
	var followed api.FollowedCommitments
	decode(t, p.expect(exitDone, "commitments", "--json", "--all", "--follow", "--status", "有报告").stdout, &followed)
	passages := 0
	for _, c := range followed.Items {
		reported := false
		for _, f := range c.Followups {
			passages += max(1, len(f.Passages))
			for _, m := range f.Passages {
				reported = reported || m.Status == "reported"
				var full api.FullDocument
				if passages < 40 { // enough of them
					decode(t, p.expect(exitDone, "show", "--json", f.Document).stdout, &full)
					if full.Text[m.Start:m.End] != m.Text {
						t.Errorf("%q is said to stand where %q stands", m.Text, full.Text[m.Start:m.End])
					}
				}
			}
		}
		if !reported || c.Status != "reported" {
			t.Errorf("%s is %s without a passage", c.ID, c.Status)
		}
	}
	rows = p.rowsOf(api.FollowedColumns(), "commitments", "--csv", "--all", "--follow", "--status", "reported")
	if followed.Total == 0 || len(rows) != passages {
		t.Errorf("%d rows, %d passages of %d promises", len(rows), passages, followed.Total)
	}

	address, _ := p.start("serve", "--addr", "127.0.0.1:0")
	var served api.Commitments
	a := ask(t, address+"/api/v1/commitments?size=1000", &served)
	if b, err := json.Marshal(all); err != nil || string(a) != string(b) {
		t.Errorf("the command line answers\n%s\nthe API\n%s", b, a)
	}
}

// What a journalist asks: how many, each year, and where do reports disagree?
func TestFigures(t *testing.T) {
	p, _ := newProgram(t)
	p.expect(exitDone, "index", writeSeeds(t))
	contains(t, p.expect(exitDone, "figures", "行政复议", "-n", "3").stdout, "个数据，第 1–3 条", "“", "单位", "下一页")
	var all api.Figures
	decode(t, p.expect(exitDone, "figures", "--json", "--all", "--unit", "件").stdout, &all)
	rows := p.rowsOf(api.FigureColumns(), "figures", "--csv", "--all", "--unit", "件")
	if all.Total == 0 || len(all.Items) != all.Total || len(rows) != all.Total {
		t.Errorf("%d items, %d rows of %d", len(all.Items), len(rows), all.Total)
	}
	for _, f := range all.Items {
		if f.Unit != "件" {
			t.Errorf("a figure of %q", f.Unit)
		}
	}
	contains(t, p.expect(exitDone, "figures", "行政复议", "--series", "--all").stdout, "个序列", "年份", "没有文件提到", "ID ")
	var series api.SeriesAnswer
	decode(t, p.expect(exitDone, "figures", "--json", "--all", "--series").stdout, &series)
	if got := p.rowsOf(api.SeriesColumns(), "figures", "--csv", "--all", "--series"); series.Total == 0 || len(got) != series.Rows {
		t.Errorf("%d rows of %d", len(got), series.Rows)
	}
	var page api.SeriesAnswer
	decode(t, p.expect(exitDone, "figures", "--json", "--series", "-n", "5", "--page", "2").stdout, &page)
	if len(page.Series) != 5 || page.Series[0].Noun != series.Series[5].Noun || page.Total != series.Total {
		t.Errorf("second page %+v", page)
	}
	contains(t, p.expect(exitDone, "figures", "没有的词语").stdout, "没有找到")
}

// A list of one's own makes bodies one.
func TestBodies(t *testing.T) {
	p, _ := newProgram(t)
	folder := t.TempDir()
	report := func(body, year, next, rest string) string {
		return body + year + "年法治政府建设工作报告\n" + year + "年，我局推进法治政府建设。\n一、主要工作\n" + rest + "\n二、下一步工作\n（一）" + next +
			"建成规范性文件统一查询平台。\n" + body + "\n" + year + "年12月30日\n"
	}
	write(t, filepath.Join(folder, "a.txt"), report("云川省安澜市甲事务局", "2019", "2020年6月底前", "开展培训3场。"))
	write(t, filepath.Join(folder, "b.txt"), report("云川省安澜市乙服务局", "2020", "2021年", "建成规范性文件统一查询平台，收录文件300件。"))
	p.expect(exitDone, "index", folder)
	status := func(args ...string) string {
		var answer api.Commitments
		decode(t, p.expect(exitDone, append([]string{"commitments", "--json", "--year", "2019", "统一查询平台"}, args...)...).stdout, &answer)
		if len(answer.Items) != 1 {
			t.Fatalf("%+v", answer)
		}
		return answer.Items[0].Status
	}
	if got := status(); got != "no_later_report" {
		t.Errorf("two bodies: %s", got)
	}
	list := write(t, filepath.Join(t.TempDir(), "bodies.txt"), "甲事务局 → 乙服务局\n")
	if got := status("--bodies", list); got != "reported" {
		t.Errorf("one body: %s", got)
	}
	broken := write(t, filepath.Join(t.TempDir(), "bodies.txt"), "甲事务局\n")
	for _, command := range []string{"commitments", "figures", "serve", "demo"} {
		contains(t, p.expect(exitUsage, command, "--bodies", broken).stderr, "机关更名表 "+broken, "第 1 行", "旧名 → 新名")
		contains(t, p.expect(exitFailed, command, "--bodies", broken+".none").stderr, "机关更名表")
	}
}

// The demo has the register too.
func TestDemoRegister(t *testing.T) {
	p, _ := newProgram(t)
	address, _ := p.start("demo", "--addr", "127.0.0.1:0")
	var commitments api.Commitments
	ask(t, address+"/api/v1/commitments?status=reported", &commitments)
	var figures api.Figures
	ask(t, address+"/api/v1/figures", &figures)
	if commitments.Total == 0 || figures.Total == 0 {
		t.Errorf("%d commitments, %d figures", commitments.Total, figures.Total)
	}
}
