package commitment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongwen"
	"gongwen/indexer/commitment"
	"gongwen/indexer/outline"
)

const annual = "法治政府建设年度报告"

func document(kind, title string, year int, text string) *gongwen.Document {
	return &gongwen.Document{ID: "d", Kind: kind, Title: title, Year: year, Text: text, Sections: outline.Split(text, year)}
}

// items lists what a document promises as target year, text.
func items(d *gongwen.Document) []string {
	var all []string
	for _, c := range commitment.Find(d) {
		all = append(all, fmt.Sprintf("%d %s", c.Target, strings.ReplaceAll(c.Span.Cut(d.Text), "\n", "|")))
	}
	return all
}

// TestItems shows for each way of writing a plan what its items are.
func TestItems(t *testing.T) {
	for _, test := range []struct {
		name, kind, title string
		year              int
		text              string
		want              []string
	}{
		{"labelled parts, however many sentences", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、下一步工作\n下一步，我区将重点做好以下工作。\n（一）规范执法。修订裁量基准；开展评查。年底前完成。\n（二）建好平台。对接省平台。\n溪口区人民政府\n2022年1月5日",
			[]string{"2022 规范执法。修订裁量基准；开展评查。年底前完成", "2022 建好平台。对接省平台"}},
		{"innermost labels", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、2022年工作安排\n（一）充实力量。\n1.招录执法人员6名。\n2.组织全员轮训。\n（二）完善制度。起草管理办法。",
			[]string{"2022 招录执法人员6名", "2022 组织全员轮训", "2022 完善制度。起草管理办法"}},
		{"一是 in running text; what follows the last item is none", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、2022年打算\n重点抓好三件事：一是推行远程调解，二是修订应急预案，三是建成公证工作室。通过努力，使群众更加满意。",
			[]string{"2022 推行远程调解", "2022 修订应急预案", "2022 建成公证工作室"}},
		{"without labels: between stops and semicolons", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、2022年打算\n2022年，我区将修订管理细则，厘清权责；组建专班；选调骨干充实基层。坚持以人民为中心，努力开创法治政府建设新局面。",
			[]string{"2022 2022年，我区将修订管理细则，厘清权责", "2022 组建专班", "2022 选调骨干充实基层"}},
		{"a lead before a colon", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、2022年打算\n将从三个方面发力：推进机构改革；建立监督员制度。",
			[]string{"2022 推进机构改革", "2022 建立监督员制度"}},
		{"paragraphs with a title of their own", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、2022年打算\n完善信用体系。出台评价办法，推动结果运用。\n健全普法机制。制定重点目录，按月推送案例。",
			[]string{"2022 完善信用体系。出台评价办法，推动结果运用", "2022 健全普法机制。制定重点目录，按月推送案例"}},
		{"a heading line above its paragraph", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、2022年打算\n（一）优化服务\n推动“跨省通办”，网上可办率突破90%。\n（二）加大投入\n安排专项经费。",
			[]string{"2022 优化服务|推动“跨省通办”，网上可办率突破90%", "2022 加大投入|安排专项经费"}},
		{"a sentence among problems", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、存在的问题\n执法力量不足，明年将从局机关下沉12名人员。培训形式单一，有待改进。",
			[]string{"2022 明年将从局机关下沉12名人员"}},
		{"a promise within one of several problems", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、存在的不足\n一是执法水平有待提升，下一步将加强案卷评查；二是法制力量薄弱，力争2022年每个镇1名法制员；三是文件清理不及时。",
			[]string{"2022 下一步将加强案卷评查", "2022 力争2022年每个镇1名法制员"}},
		{"answers to problems in one paragraph", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n举办培训3期。\n二、存在的不足\n一是信息更新不及时；二是解读形式单一。针对上述问题，一是建立月更新制度；二是增加视频解读，不少于12件。",
			[]string{"2022 建立月更新制度", "2022 增加视频解读，不少于12件"}},
		{"lines that head plans where no other headings are", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一年来，我区依法行政取得成效。\n★ 审批提速\n压减环节12个。\n★ 2022年这样干\n1）配齐法制审核人员3名；\n2）实施“阳光执法”直播12场。",
			[]string{"2022 配齐法制审核人员3名", "2022 实施“阳光执法”直播12场"}},
		{"results and what was planned before are none", annual, "溪口区2021年法治政府建设年度报告", 2021,
			"一、2021年工作情况\n按照年初计划，建成服务站12个。常务会议研究部署了下一步工作。未能按计划在年底前接入平台。",
			nil},
		{"a work report plans for its own year; its chapters are no items", "政府工作报告", "溪口区2022年政府工作报告", 2022,
			"各位代表：\n现在，我代表区人民政府向大会作政府工作报告，请审议。\n一、2021年工作回顾\n生产总值增长6%。\n二、2022年工作安排\n总体要求是：坚持稳中求进。主要目标是：生产总值增长6%左右；新增就业3000人以上。\n（一）壮大产业，增添动能。建设中试基地2个。到2025年，产值突破百亿元。\n各位代表，让我们团结一心，奋力谱写新篇章！",
			[]string{"2022 生产总值增长6%左右", "2022 新增就业3000人以上", "2022 建设中试基地2个", "2025 到2025年，产值突破百亿元"}},
		{"a plan is planned as a whole", "通知", "溪口区2022年普法工作要点", 2022,
			"一、总体要求\n坚持服务大局。\n二、抓好宣传\n举办宪法宣传周活动10场。\n三、抓好督查\n各单位要在6月底前报送总结。\n四、组织保障\n各单位要高度重视。",
			[]string{"2022 抓好宣传|举办宪法宣传周活动10场"}},
		{"norms bind and promise nothing", "规范性文件", "溪口区公共停车管理办法", 2022,
			"第一条 为规范管理，制定本办法。\n第二条 主管部门应当在2023年底前建成停车信息平台。\n第三条 下一步，各镇要推进车位共享。",
			nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := items(document(test.kind, test.title, test.year, test.text)); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// TestRecord shows all that is told of an item.
func TestRecord(t *testing.T) {
	text := "一、2021年工作情况\n举办培训3期。\n二、2022年打算\n（一）做好《溪口区停车管理办法》（溪政发〔2019〕3号）修订，2022年6月底前征求意见，满意率不低于90%。\n（二）组织普法宣传。"
	d := document(annual, "溪口区2021年法治政府建设年度报告", 2021, text)
	found := commitment.Find(d)
	if len(found) != 2 {
		t.Fatalf("%d items", len(found))
	}
	c := found[0]
	if c.Due == nil || c.Due.By != "2022-06" || c.Due.Span.Cut(text) != "2022年6月底前" {
		t.Errorf("deadline %+v", c.Due)
	}
	if c.Goal == nil || c.Goal.Value != "90" || c.Goal.Unit != "%" || c.Goal.Qualifier != gongwen.QualifierAtLeast ||
		c.Goal.Span.Cut(text) != "不低于90%" {
		t.Errorf("goal %+v", c.Goal)
	}
	if len(c.Cites) != 1 || c.Cites[0].String() != "溪政发〔2019〕3号" || c.Cites[0].Title != "溪口区停车管理办法" ||
		!strings.Contains(c.Cites[0].Span.Cut(text), "停车") {
		t.Errorf("cites %+v", c.Cites)
	}
	if found[1].Topic != gongwen.TopicCapacity || c.Rule != "label" || c.Dated != "year:by month" || c.Section == "" {
		t.Errorf("topic %s, rules %q %q, section %q", found[1].Topic, c.Rule, c.Dated, c.Section)
	}
}

// TestID shows that an ID stays when other items come or go, and that equal items have different ones.
func TestID(t *testing.T) {
	plan := func(items ...string) *gongwen.Document {
		return document(annual, "溪口区2021年法治政府建设年度报告", 2021, "一、2021年工作情况\n举办培训3期。\n二、2022年打算\n"+strings.Join(items, "\n"))
	}
	before := commitment.Find(plan("（一）组织全员轮训。", "（二）修订应急预案。", "（三）修订应急预案。"))
	after := commitment.Find(plan("（一）修订应急预案。", "（二）建成调解中心。"))
	if len(before) != 3 || len(after) != 2 {
		t.Fatalf("%d and %d items", len(before), len(after))
	}
	if before[1].ID != after[0].ID || before[1].ID == before[2].ID {
		t.Errorf("IDs %s %s and %s", before[1].ID, before[2].ID, after[0].ID)
	}
}

// checkLaws reports whether what was found keeps the laws: it is found again, spans lie in their section without overlap and cut
// text, IDs are unique, dates and decimals are in form.
func checkLaws(t testing.TB, d *gongwen.Document) []gongwen.Commitment {
	t.Helper()
	found := commitment.Find(d)
	again := commitment.Find(d)
	spans := map[string][]gongwen.Span{}
	gongwen.Walk(d.Sections, func(s *gongwen.Section, _ []*gongwen.Section) { spans[s.ID] = s.Own() })
	ids, end := map[string]bool{}, 0
	for i, c := range found {
		if again[i].ID != c.ID || again[i].Span != c.Span {
			t.Errorf("%s: found again as another: %+v, %+v", d.ID, c, again[i])
		}
		if ids[c.ID] {
			t.Errorf("%s: two of ID %s", d.ID, c.ID)
		}
		ids[c.ID] = true
		if c.Span.Start < end || c.Span.End > len(d.Text) || c.Span.Start >= c.Span.End {
			t.Fatalf("%s: span %+v after %d", d.ID, c.Span, end)
		}
		end = c.Span.End
		text := c.Span.Cut(d.Text)
		if strings.TrimSpace(text) != text || strings.ContainsAny(text[len(text)-1:], ";.:!?") ||
			!utf8.ValidString(text) && utf8.ValidString(d.Text) {
			t.Errorf("%s: %q", d.ID, text)
		}
		if r, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune("。；：，、", r) {
			t.Errorf("%s: %q ends in punctuation", d.ID, text)
		}
		inside := func(s gongwen.Span) bool {
			return slices.ContainsFunc(spans[c.Section], func(own gongwen.Span) bool {
				return own.Start <= s.Start && s.End <= own.End
			})
		}
		if len(d.Sections) > 0 && !inside(c.Span) {
			t.Errorf("%s: %q lies not in section %s", d.ID, text, c.Section)
		}
		within := func(s gongwen.Span) bool { return c.Span.Start <= s.Start && s.Start < s.End && s.End <= c.Span.End }
		if c.Due != nil && (!within(c.Due.Span) || c.Due.By.Year() == 0) {
			t.Errorf("%s: deadline %+v of %q", d.ID, c.Due, text)
		}
		if c.Goal != nil && (!within(c.Goal.Span) || !c.Goal.Value.Valid()) {
			t.Errorf("%s: goal %+v of %q", d.ID, c.Goal, text)
		}
		for _, cited := range c.Cites {
			if !within(cited.Span) {
				t.Errorf("%s: cites %+v of %q", d.ID, cited, text)
			}
		}
		if c.Rule == "" || c.Sorted == "" || c.Target > 0 && c.Dated == "" {
			t.Errorf("%s: rules %q %q %q", d.ID, c.Rule, c.Dated, c.Sorted)
		}
	}
	return found
}

func FuzzFind(f *testing.F) {
	f.Add("一、情况\n举办培训3期。\n二、下一步工作\n（一）建平台。2022年6月底前，覆盖率达到９０％。\n１．二〇二三年\n一是甲；二是乙。", 2021)
	f.Add("下一步，将（一是“修订《办法》”，力争十四五末完成。\n特此报告。", 0)
	f.Add("明年\u3000我區將\u200b推進改革，到2025年內達到百分之九十以上。\n\n①甲②乙", 2020)
	f.Fuzz(func(t *testing.T, text string, year int) {
		if !utf8.ValidString(text) || year < 0 || year > 3000 {
			t.Skip()
		}
		checkLaws(t, document(annual, "工作报告", year, text))
		checkLaws(t, document("政府工作报告", "政府工作报告", year, text))
		checkLaws(t, document("通知", "2022年工作要点", year, text))
	})
}
