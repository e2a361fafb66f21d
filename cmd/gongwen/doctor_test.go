package main

import (
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"

	"gongwen/doctor"
)

// What is doubtful is listed from the index, also through the server that holds it; its lines make a file of corrections
// as they are, and after that nothing of it is doubtful any more.
func TestDoctor(t *testing.T) {
	p, data := newProgram(t)
	contains(t, p.expect(exitPart, "doctor").stderr, "没有数据文件夹 "+data)
	folder := writeSeeds(t)
	p.expect(exitDone, "index", folder)
	contains(t, p.expect(exitDone, "doctor").stdout, "28 篇都没有可疑之处")

	write(t, filepath.Join(folder, "a.txt"), "通知\n来源：青溪区司法局\n各单位要认真执行。\n")
	write(t, filepath.Join(folder, "b.jsonl"), `{"id":"b 1","title":"2019年工作总结","issuer":"青溪区司法局","published":"2020-01-02","year":"2002","text":"全文。"}`+"\n")
	p.expect(exitDone, "index", folder)
	p.start("serve", "--addr", "127.0.0.1:0")
	r := p.expect(exitPart, "doctor")
	contains(t, r.stdout, "（标题未识别）", filepath.Join(folder, "a.txt"), "没有标题 [no-title]", "年度是 2002，日期却是 2020-01-02 [year-far]",
		`更正："b 1": {year: 2019} # 2019年工作总结`, "30 篇中有 2 篇可疑", "\n       1  年度与日期不符 [year-far]", filepath.Join(folder, "gongwen.corrections.yaml"), "gongwen index "+folder)
	contains(t, p.expect(exitPart, "doctor", "-n", "1").stdout, "另有 1 篇")
	contains(t, p.expect(exitPart, "doctor", "--rule", "year-far").stdout, "30 篇中有 1 篇可疑")
	p.expect(exitDone, "doctor", "--rule", "lost-characters,signed-late")

	var answer doctorAnswer
	decode(t, p.expect(exitPart, "doctor", "--json").stdout, &answer)
	if answer.Documents != 30 || answer.Doubtful != 2 || len(answer.Findings) != 2 || answer.Rules["no-title"] != 1 {
		t.Errorf("%+v", answer)
	}
	rows, err := csv.NewReader(strings.NewReader(p.expect(exitPart, "doctor", "--csv").stdout)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%v %v", rows, err)
	}
	// The lines are a file of corrections as they are; what is not filled in corrects nothing.
	lines := p.expect(exitPart, "doctor", "--yaml").stdout
	write(t, filepath.Join(folder, "gongwen.corrections.yaml"), lines)
	contains(t, p.expect(exitDone, "index", folder).stdout, "收录 2 篇") // the years and issuers that were guessed
	if out := p.expect(exitPart, "doctor").stdout; strings.Contains(out, "year-far") || !strings.Contains(out, "no-title") {
		t.Error(out)
	}
	// So are the rows, with a title typed in.
	for _, row := range rows[1:] {
		if row[3] == "" && row[0] != "b 1" {
			row[3], row[5], row[6], row[9] = "青溪区2020年工作要点", "2020", "2020年3月1日", "青溪区司法局"
		}
	}
	var sheet strings.Builder
	w := csv.NewWriter(&sheet)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "gongwen.corrections.yaml"), "")
	write(t, filepath.Join(folder, "gongwen.corrections.csv"), sheet.String())
	p.expect(exitDone, "index", folder)
	contains(t, p.expect(exitDone, "doctor").stdout, "30 篇都没有可疑之处")

	list := p.expect(exitDone, "doctor", "--rules").stdout
	for _, rule := range doctor.Rules {
		contains(t, list, rule.Name, rule.Chinese)
	}
	contains(t, p.expect(exitUsage, "doctor", "--rule", "nosuch").stderr, "没有“nosuch”这条规则")
	contains(t, p.expect(exitUsage, "doctor", "--json", "--csv").stderr, "只能用一个")
}

// A data folder in the folder that is indexed is none of its documents.
func TestDataWithin(t *testing.T) {
	p, _ := newProgram(t)
	folder := writeSeeds(t)
	p.vars["GONGWEN_DATA"] = filepath.Join(folder, "data")
	p.expect(exitDone, "index", folder)
	contains(t, p.expect(exitDone, "index", folder).stdout, "收录 0 篇，未变 28 篇，略过 1 项")
}

// Corrections that cannot be used are named by line, and everything else is done.
func TestCorrections(t *testing.T) {
	p, _ := newProgram(t)
	folder := writeSeeds(t)
	mine := write(t, filepath.Join(t.TempDir(), "mine.yaml"), "nosuch: {year: 2019}\n"+aSeed(t, folder, "云岭县2019")+": {年度: 2018, yeer: 1}\n")
	r := p.expect(exitPart, "index", "--corrections", mine, folder)
	contains(t, r.stderr, "更正表 "+mine+":1：没有编号或文件“nosuch”", "更正表 "+mine+":2：没有“yeer”这个字段")
	contains(t, r.stdout, "收录 28 篇，更正表有 2 处问题")
	contains(t, p.expect(exitDone, "outline", aSeed(t, folder, "云岭县2019")).stdout, "报告年度  2019") // knows nothing of --corrections
	write(t, filepath.Join(folder, "gongwen.corrections.yaml"), filepath.Base(aSeed(t, folder, "云岭县2019"))+": {年度: 2018}\n")
	contains(t, p.expect(exitDone, "outline", aSeed(t, folder, "云岭县2019")).stdout, "报告年度  2018")
	contains(t, p.expect(exitPart, "index", "--corrections", filepath.Join(folder, "nosuch.yaml"), folder).stderr, "nosuch.yaml：找不到")
	contains(t, p.expect(exitPart, "search", "x", "--data", folder+"-none").stderr, "没有数据文件夹")
}
