package commitment

import (
	"testing"

	"gongwen"
	"gongwen/analyzers"
)

// TestExamples runs the example of every rule.
func TestExamples(t *testing.T) {
	f := finder{d: &gongwen.Document{}, year: 2020, plannedFor: years{2020, 2020}}
	for name, rules := range map[string]table{
		"whole": whole, "opinion": opinion, "told": told, "principles": principles, "leads": leads, "vows": vows, "cues": cues, "answers": answers, "replies": replies,
	} {
		seen := map[string]bool{}
		for _, r := range rules.rules {
			example := r.example
			if name == "cues" {
				example = f.named(example)
			}
			if !r.pattern.MatchString(example) {
				t.Errorf("%s: %s does not fit its example %q", name, r.name, r.example)
			}
			if seen[r.name] {
				t.Errorf("%s: two rules are named %s", name, r.name)
			}
			seen[r.name] = true
		}
	}
	for i := range timings {
		r := &timings[i]
		d := findDue(r.example, 2019)
		if d.rule != "year:"+r.name {
			t.Errorf("%q fits %q, not %s", r.example, d.rule, r.name)
		}
	}
}

// TestDue holds what words of time mean in a plan for 2022.
func TestDue(t *testing.T) {
	for _, test := range []struct {
		text, by, words string
		year            int
	}{
		{"2022年6月底前完成", "2022-06", "2022年6月底前", 2022},
		{"2022年底前建成", "2022", "2022年底前", 2022},
		{"二〇二三年年底之前建成", "2023", "二〇二三年年底之前", 2023},
		{"年内轮训一遍", "2022", "年内", 2022},
		{"年底前上线", "2022", "年底前", 2022},
		{"今年底前上线", "2022", "今年底前", 2022},
		{"上半年公布结果", "2022-06", "上半年", 2022},
		{"2023年上半年实现", "2023-06", "2023年上半年", 2023},
		{"三季度到岗", "2022-09", "三季度", 2022},
		{"10月底前投用", "2022-10", "10月底前", 2022},
		{"今年9月底前全面运行", "2022-09", "今年9月底前", 2022},
		{"明春三月底以前完成", "2022-03", "明春三月底以前", 2022},
		{"启动迁建，10月主体封顶", "2022-10", "10月", 2022},
		{"力争2024年10月1日前上线", "2024-10-01", "2024年10月1日前", 2024},
		{"6月1日前印发", "2022-06-01", "6月1日前", 2022},
		{"三年内全部覆盖", "2024", "三年内", 2024},
		{"争取用两年时间达到", "2023", "用两年时间", 2023},
		{"两年之内每个乡镇2名", "2023", "两年之内", 2023},
		{"到2025年突破百亿元", "2025", "2025年", 2025},
		{"“十四五”末全覆盖", "2025", "“十四五”末", 2025},
		{"6月底前试点，年底前推开", "2022", "年底前", 2022},
		{"2022年力争达到90%", "", "", 2022},
		{"2024年至2026年分批实施", "", "", 2026},
		{"每季度开展一次巡查", "", "", 0},
		{"15日内办结", "", "", 0},
		{"列入名单后三年内不得承接", "", "", 0},
		{"对1998年以来的档案扫描录入", "", "", 0},
		{"落实《实施纲要（2021—2025年）》", "", "", 0},
		{"实施三年行动计划", "", "", 0},
		{"完成2021年提出的任务", "", "", 0},
		{"为2024年全面建成打好基础", "", "", 0},
	} {
		folded, back := analyzers.FoldMap(test.text)
		d := findDue(folded, 2022)
		words := ""
		if d.by != "" {
			start, end := back.Original(d.at.start, d.at.end)
			words = test.text[start:end]
		}
		if string(d.by) != test.by || words != test.words || d.year != test.year {
			t.Errorf("%s: by %q in %q, year %d (%s); want %q in %q, %d", test.text, d.by, words, d.year, d.rule, test.by, test.words, test.year)
		}
	}
}

// TestGoal holds which number of an item is its goal.
func TestGoal(t *testing.T) {
	for _, test := range []struct {
		text, words string
		value       gongwen.Decimal
		unit        string
		qualifier   gongwen.Qualifier
	}{
		{"覆盖率达到90%", "90%", "90", "%", ""},
		{"首批不少于5名", "不少于5名", "5", "名", gongwen.QualifierAtLeast},
		{"纠错率控制在10%以内", "10%以内", "10", "%", gongwen.QualifierAtMost},
		{"建设面积约800平方米的中心", "约800平方米", "800", "平方米", gongwen.QualifierAbout},
		{"安排经费不少于350万元", "不少于350万元", "3500000", "元", gongwen.QualifierAtLeast},
		{"培育示范户5万户", "5万户", "50000", "户", ""},
		{"合格率达到百分之百", "百分之百", "100", "%", ""},
		{"配备志愿者不少于二十人", "不少于二十人", "20", "人", gongwen.QualifierAtLeast},
		{"新增学位1,800个", "1,800个", "1800", "个", ""},
		{"公开率提至九成", "九成", "90", "%", ""},
		{"公开率提至九成半", "九成半", "95", "%", ""},
		{"公开率提至七成八", "七成八", "78", "%", ""},
		{"产值增长百分之八点三", "百分之八点三", "8.3", "%", ""},
		{"总产量达到十五亿五千万斤", "十五亿五千万斤", "1550000000", "斤", ""},
		{"完成九个企业的验收", "九个", "9", "个", ""},
		{"公开纳入任期考核,权重不低于2分", "不低于2分", "2", "分", gongwen.QualifierAtLeast},
		{"在县城和4个中心镇建设对接站5个", "5个", "5", "个", ""},
		{"确保法治课时不少于四分之一", "", "", "", ""},
		{"审查标的5万元以上的合同", "", "", "", ""},
		{"专班一成立就开展检查", "", "", "", ""},
		{"2022年6月底前建成", "", "", "", ""},
		{"办理时限压缩至5个工作日", "", "", "", ""},
		{"全面推行三项制度", "", "", "", ""},
		{"完成剩余12个村的签约", "", "", "", ""},
		{"每季度开展1次检查", "", "", "", ""},
		{"推进“八五”普法", "", "", "", ""},
		{"修订《100项清单管理办法》", "", "", "", ""},
	} {
		folded, back := analyzers.FoldMap(test.text)
		g, ok := findGoal(folded)
		words := ""
		if ok {
			start, end := back.Original(g.at.start, g.at.end)
			words = test.text[start:end]
		}
		if words != test.words || g.value != test.value || g.unit != test.unit || g.qualifier != test.qualifier {
			t.Errorf("%s: %+v in %q", test.text, g, words)
		}
	}
}

// TestYears holds which years titles plan for.
func TestYears(t *testing.T) {
	for _, test := range []struct {
		title    string
		kind     kind
		from, to int
	}{
		{"法治水务建设规划（2021—2025年）", isPlan, 2021, 2025},
		{"2021－2025年法治政府建设规划", isPlan, 2021, 2025},
		{"2022年法治政府建设工作要点", isPlan, 2021, 2021},
		{"2021年法治政府建设情况报告", promisesPlans, 2022, 2022},
		{"对县政协第87号提案的答复", isReply, 2022, 2022},
	} {
		d := &gongwen.Document{Title: test.title, Year: 2021, Published: "2022-05-06",
			Sections: []gongwen.Section{{Role: gongwen.RolePlan}}}
		if k := kindOf(d); k != test.kind {
			t.Errorf("%s is of kind %d, want %d", test.title, k, test.kind)
		}
		if y, _ := planYears(d, test.kind); y != (years{test.from, test.to}) {
			t.Errorf("%s plans for %v, want %d to %d", test.title, y, test.from, test.to)
		}
	}
}
