package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongwen/api"
	"gongwen/indexer/format/sample"
)

// oldRules and newRules are two issues of one rule.
func rules() (before, after string) {
	var b strings.Builder
	for i := range 24 {
		fmt.Fprintf(&b, "第%d条　渔业第%d项事务由主管机关依照规定%d办理，期限%d日。\n", i+1, i*i+7, i*i*i+11, i+3)
	}
	before = "桐川县渔业管理办法\n" + b.String() + "第25条　本办法自2004年5月1日起施行，有效期5年。\n"
	after = strings.NewReplacer("桐川县渔业管理办法", "桐川县渔业管理办法（2009年修订）", "期限8日", "期限十个工作日", "2004年5月1日", "2009年6月1日").Replace(before)
	return before, after
}

// A report that lies in a folder in several formats is one document with several addresses; two issues of a rule are versions
// of each other, and what differs between them is shown.
func TestKinStory(t *testing.T) {
	p, _ := newProgram(t)
	folder := t.TempDir()
	report := sample.New(6)
	before, after := rules()
	files := map[string]string{
		"报告.txt": report.Text(), "报告.docx": string(report.DOCX()), "门户/报告.html": report.HTML("utf-8"), "门户/报告.ofd": string(report.OFD()),
		"旧办法.txt": before, "新办法.txt": after,
	}
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	contains(t, p.expect(exitDone, "index", folder).stdout, "收录 6 篇", "现有 3 篇。另有 3 个文件与其中的内容相同")
	contains(t, p.expect(exitDone, "index", folder).stdout, "收录 0 篇，未变 6 篇")

	find := func(query string) api.Answer {
		t.Helper()
		var answer api.Answer
		decode(t, p.expect(exitDone, "search", "--json", query).stdout, &answer)
		return answer
	}
	answer := find(`"青溪区坚持以人民为中心"`)
	if answer.Total != 1 || len(answer.Hits[0].Document.Addresses) != 3 {
		t.Fatalf("the report is found %d times: %+v", answer.Total, answer.Hits)
	}
	document := answer.Hits[0].Document
	contains(t, p.expect(exitDone, "search", "青溪区坚持以人民为中心").stdout, "另有 3 个地址")
	shown := p.expect(exitDone, "show", document.ID).stdout
	other := document.Addresses[0].ID
	contains(t, shown, "其他地址", *document.Addresses[0].File, *document.Addresses[2].File, "ID "+other)
	contains(t, p.expect(exitDone, "show", other).stdout, other+" 与 "+document.ID+" 内容相同")

	// What is deleted is no address any more, and the rest are still one.
	for _, name := range []string{"报告.txt", "报告.docx", "门户/报告.html", "门户/报告.ofd"} {
		if err := os.Remove(filepath.Join(folder, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
		p.expect(exitDone, "index", "--prune", folder)
		left := 0
		if answer := find(`"青溪区坚持以人民为中心"`); answer.Total > 0 {
			left = 1 + len(answer.Hits[0].Document.Addresses)
		}
		delete(files, name)
		if want := len(files) - 2; left != want {
			t.Errorf("%d addresses are left without %s, want %d", left, name, want)
		}
	}

	answer = find("标题:渔业管理办法")
	if answer.Total != 2 || answer.Hits[0].Versions != 1 || answer.Hits[1].Versions != 1 {
		t.Fatalf("the rule: %+v", answer.Hits)
	}
	ids := map[string]string{}
	for _, hit := range answer.Hits {
		ids[*hit.Document.Title] = hit.Document.ID
	}
	old, fresh := ids["桐川县渔业管理办法"], ids["桐川县渔业管理办法（2009年修订）"]
	contains(t, p.expect(exitDone, "search", "标题:渔业管理办法").stdout, "另有 1 个版本", "2004-05-01 起施行", "有效期至 2009-04-30")
	contains(t, p.expect(exitDone, "show", old).stdout, "其他版本  桐川县渔业管理办法（2009年修订） · 约 ", "施行日期  2004-05-01", "有效期至  2009-04-30")
	contains(t, p.expect(exitDone, "diff", old, fresh).stdout,
		"修改 2 段，删去 0 段，新增 0 段，23 段相同。", "期限[-8-]{+十个工作+}日。", "自[-2004年5-]{+2009年6+}月1日起施行", "（5 段相同）")
	var comparison api.Comparison
	decode(t, p.expect(exitDone, "diff", "--json", old, fresh).stdout, &comparison)
	if len(comparison.Blocks) != 4 || comparison.Old.ID != old || comparison.Blocks[1].Kind != "changed" {
		t.Errorf("comparison %+v", comparison.Blocks)
	}
	contains(t, p.expect(exitPart, "diff", old, "nosuch").stderr, "没有编号为 nosuch 的文档")
	contains(t, p.expect(exitUsage, "diff", old).stderr, "缺少两个文档编号")
	if answer := find("施行:2009.."); answer.Total != 1 || answer.Hits[0].Document.ID != fresh {
		t.Errorf("in force from 2009 on: %d", answer.Total)
	}
}
