package figure

import (
	"fmt"
	"strings"
	"testing"

	"gongwen"
)

// report is a document of 2021 with one section.
func report(text string, role gongwen.Role) *gongwen.Document {
	return &gongwen.Document{
		ID: "a", Kind: "法治政府建设年度报告", Year: 2021, Text: text,
		Sections: []gongwen.Section{{ID: "1", Level: 1, Role: role, Span: gongwen.Span{Start: 0, End: len(text)}}},
	}
}

// written writes a figure as tests compare it: cut=value unit noun, then qualifier, change and year where there are some.
func written(text string, f gongwen.Figure) string {
	s := fmt.Sprintf("%s=%s %s %s", f.Span.Cut(text), f.Value, f.Unit, f.Noun)
	if f.Qualifier != "" {
		s += " " + string(f.Qualifier)
	}
	if f.Change != nil {
		s += fmt.Sprintf(" [%s %s %s %s]", f.Change.Basis, f.Change.Value, f.Change.Unit, f.Change.Span.Cut(text))
	}
	if f.Year != 2021 {
		s += fmt.Sprintf(" (%d)", f.Year)
	}
	return s
}

func all(text string, role gongwen.Role) string {
	var lines []string
	for _, f := range Find(report(text, role)) {
		lines = append(lines, written(text, f))
	}
	return strings.Join(lines, "|")
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Values.
		{"受理行政复议案件1.2万件。", "1.2万件=12000 件 受理行政复议案件"},
		{"受理行政复议案件一百二十三件。", "一百二十三件=123 件 受理行政复议案件"},
		{"开展检查十余次。", "十余次=10 次 开展检查 over"},
		{"挽回损失3.6亿元。", "3.6亿元=360000000 元 挽回损失"},
		{"新增贷款1亿2000万元。", "1亿2000万元=120000000 元 新增贷款"},
		{"公开信息1,234条。", "1,234条=1234 条 公开信息"},
		{"公开信息１２３４条。", "１２３４条=1234 条 公开信息"},
		{"进出口总额达到1 9 5 . 3 亿美元。", "1 9 5 . 3 亿美元=19530000000 美元 进出口总额"},
		{"合格率为百分之七十。", "百分之七十=70 % 合格率"},
		{"意见采纳率达到七成。", "七成=70 % 意见采纳率"},
		{"户均收入为七十八元五角。", "七十八元五角=78.5 元 户均收入"},
		{"工本费收取3元6角5分。", "3元6角5分=3.65 元 工本费收取"},
		{"调解率达到四成三。", "四成三=43 % 调解率"},
		{"出生率为5.2‰。", "5.2‰=5.2 ‰ 出生率"},
		{"惠及群众20余万人。", "20余万人=200000 人 惠及群众 over"},
		{"运输货物五亿二千万吨。", "五亿二千万吨=520000000 吨 运输货物"},
		{"产值三万亿元。", "三万亿元=3000000000000 元 产值"},
		{"产量三点五万吨。", "三点五万吨=35000 吨 产量"},
		{"培训两百三十人。", "两百三十人=230 人 培训"},
		{"收到建议515+218+297件。", "515=515 件 收到建议|218=218 件 收到建议|297件=297 件 收到建议"},
		{"每个司法所配备工作人员2至3名。", "2=2 名 配备工作人员|3名=3 名 配备工作人员"},
		{"常住人口9.4万。", "9.4万=94000  常住人口"},
		{"铁路里程2万5千公里。", "2万5千公里=25000 公里 铁路里程"},
		{"旅游人次增加到1亿3千多万。", "1亿3千多万=130000000  旅游人次 over"},
		{"入选16个案例。", "16个=16 个 案例"},
		{"新增存款4万多亿元。", "4万多亿元=4000000000000 元 新增存款 over"},
		{"惠及1100多万学生。", "1100多万=11000000  学生 over"},
		{"联合五部门开展检查12次。", "五=5  部门|12次=12 次 开展检查"},
		{"落实资金20至30万元。", "20=200000 元 落实资金|30万元=300000 元 落实资金"},
		// What is counted.
		{"全年共受理行政复议案件12件。", "12件=12 件 受理行政复议案件"},
		{"受理12件行政复议案件。", "12件=12 件 行政复议案件"},
		{"对12个部门开展专项督察。", "12个=12 个 部门"},
		{"办理案件共12件，其中维持5件、终止2件。", "12件=12 件 办理案件|5件=5 件 维持|2件=2 件 终止"},
		{"行政许可、行政处罚分别为5件、3件。", "5件=5 件 行政许可|3件=3 件 行政处罚"},
		{"68名村（社区）法律顾问提供法律咨询5320人次。", "68名=68 名 村（社区）法律顾问|5320人次=5320 人次 提供法律咨询"},
		{"培育“法律明白人”68名。", "68名=68 名 培育“法律明白人”"},
		{"负责人出庭应诉率连续三年达到100%。", "100%=100 % 负责人出庭应诉率"},
		{"两处政务公开专区建成使用。", "两处=2 处 政务公开专区"},
		{"审查合同、协议176份。", "176份=176 份 审查合同、协议"},
		{"29个部门保留行政职权3874项。", "29个=29 个 部门|3874项=3874 项 保留行政职权"},
		{"县司法局抽查案卷84宗。", "84宗=84 宗 抽查案卷"},
		{"败诉主要集中在征地拆迁（5宗）、信息公开（3宗）。", "5宗=5 宗 征地拆迁|3宗=3 宗 信息公开"},
		{"8个街道、镇全部配备法律顾问。", "8个=8 个 街道、镇"},
		{"执法辅助人员427名管理不规范。", "427名=427 名 执法辅助人员"},
		{"区委书记、区长分别主持研究法治工作5次、8次。", "5次=5 次 研究法治工作|8次=8 次 研究法治工作"},
		{"与上位法不一致的6件。", "6件=6 件 与上位法不一致"},
		{"钢产量增长42%，达到8000万吨。", "42%=42 % 钢产量增长|8000万吨=80000000 吨 钢产量"},
		{"营养改善计划惠及3600多万农村学生。", "3600多万=36000000  农村学生 over"},
		{"全国有13亿多人口。", "13亿多=1300000000  人口 over"},
		{"审议通过工作规则、细则6份。", "6份=6 份 审议通过工作规则、细则"},
		// What will or would be.
		{"拖拉机站将增加到275个。", ""},
		{"到2030年，产量达到9400万吨。", ""},
		{"如果每件少用两斤棉花，可以增产两万件。", ""},
		// Qualifiers.
		{"节约费用约860万元。", "约860万元=8600000 元 节约费用 about"},
		{"近1.2万人参加培训。", "近1.2万人=12000 人 参加培训 near"},
		{"建成不少于4个调解室。", "不少于4个=4 个 调解室 atleast"},
		{"专业人员占比60%以上。", "60%以上=60 % 专业人员占比 atleast"},
		{"投诉不足20件。", "不足20件=20 件 投诉 under"},
		{"裁量偏离率控制在5%以内。", "5%以内=5 % 裁量偏离率 atmost"},
		// Changes.
		{"受理案件26件，同比增长12.5%。", "26件=26 件 受理案件 [同比 12.5 % 同比增长12.5%]"},
		{"受理案件26件，比上年减少3件。", "26件=26 件 受理案件 [比上年 -3 件 比上年减少3件]"},
		{"持证率98%，较2020年提高2.8个百分点。", "98%=98 % 持证率 [较2020年 2.8 百分点 较2020年提高2.8个百分点]"},
		{"受理案件26件，比2020年的24件增加2件。", "26件=26 件 受理案件 [比2020年 2 件 比2020年的24件增加2件]|24件=24 件 受理案件 (2020)"},
		{"城镇收入17175元，农村收入5153元，实际增长9.8%和8.5%。", "17175元=17175 元 城镇收入 [ 9.8 % 增长9.8%]|5153元=5153 元 农村收入 [ 8.5 % 8.5%]"},
		{"地区生产总值增长6.5%。", "6.5%=6.5 % 地区生产总值增长"},
		{"编制由28名增至35名。", "28名=28 名 编制 (2020)|35名=35 名 编制"},
		// Years.
		{"受理案件21件；2020年为15件。", "21件=21 件 受理案件|15件=15 件 受理案件 (2020)"},
		{"去年办结的18件。", "18件=18 件 办结 (2020)"},
		{"对2010年以来的文件进行清理，废止23件。", "23件=23 件 废止"},
		{"上年结转5件。", "5件=5 件 上年结转"},
		// Labels run into numbers.
		{"1.9月16日挂牌。\n4.68名律师参加。", "68名=68 名 律师"},
		{"3.2亿元投资到位。", "3.2亿元=320000000 元 投资"},
	} {
		if got := all(c.text, gongwen.RoleResults); got != c.want {
			t.Errorf("%s\ngave %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestPromised: a number in a commitment is none, wherever that stands, but for what is there already.
func TestPromised(t *testing.T) {
	const text = "受理案件26件；明年培训40人，剩余的12个村全部覆盖。"
	d := report(text, gongwen.RoleResults)
	d.Commitments = []gongwen.Commitment{{Span: gongwen.Span{Start: strings.Index(text, "明年"), End: strings.Index(text, "。")}}}
	var cuts []string
	for _, f := range Find(d) {
		cuts = append(cuts, f.Span.Cut(text))
	}
	if got := strings.Join(cuts, "|"); got != "26件|12个" {
		t.Errorf("found %s", got)
	}
}

// TestRefusals: in the example of a rule nothing is counted, and the rule is why.
func TestRefusals(t *testing.T) {
	names := map[string]bool{}
	for _, rule := range refusals {
		if names[rule.name] {
			t.Errorf("two rules are called %q", rule.name)
		}
		names[rule.name] = true
		if got := all(rule.example, gongwen.RoleResults); got != "" && rule.name != "goal" {
			t.Errorf("%s: %s gave %s", rule.name, rule.example, got)
		}
		if !fires(rule.name, rule.example) {
			t.Errorf("%s does not fire on %s", rule.name, rule.example)
		}
	}
}

// fires reports whether a rule refuses a number of a text.
func fires(name, text string) bool {
	p := newProse(text, 0)
	p.plan = name == "goal"
	p.find()
	for i := range p.numbers {
		if p.numbers[i].refused == name {
			return true
		}
	}
	return false
}

func TestNothingIsCounted(t *testing.T) {
	for _, text := range []string{
		"2021年3月15日，印发《关于开展2021年第3次检查的通知》（青政办发〔2021〕15号）。", "第三条、第12次会议", "三项制度全面推行，“双随机、一公开”抽查",
		"12345热线、110联动", "“八五”普法启动，“十四五”开局", "一窗受理、一网通办", "三年内完成，5个工作日办结，8小时值守", "联系电话：0990-6620112，邮编116000",
		"多次研究，数十家企业，上百人", "党的二十大、二十届三中全会", "三级联动，两法衔接", "以下三个方面", "每季度1次", "5G基站、PM2.5", "一批、一系列、一体化、进一步",
		"二〇二二年一月二十五日", "2016—2020年", "一是加强学习。二是完善制度。", "（一）健全机制\n1.强化责任", "一村一法律顾问", "三分之一", "十分重视，千方百计，百姓",
	} {
		if got := all(text, gongwen.RoleResults); got != "" {
			t.Errorf("%s gave %s", text, got)
		}
	}
}

// TestGoals: what a plan promises is no figure, what it says of the present is one.
func TestGoals(t *testing.T) {
	for _, c := range []struct {
		text string
		role gongwen.Role
		want string
	}{
		{"2022年底前合格率达到95%，新建站点12个。", gongwen.RolePlan, ""},
		{"完成剩余的3个镇的改革。", gongwen.RolePlan, "3个=3 个 镇"},
		{"力量不足，现有法制审核人员3名，明年将增配2名。", gongwen.RoleProblems, "3名=3 名 法制审核人员"},
		{"力争全年应诉率达到70%以上。", gongwen.RoleResults, ""},
		{"应诉率达到74%，超过原定的70%。", gongwen.RoleResults, "74%=74 % 应诉率|70%=70 % 应诉率"},
	} {
		if got := all(c.text, c.role); got != c.want {
			t.Errorf("%s\ngave %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestWorkReportsTellOfTheYearBefore(t *testing.T) {
	text := "城镇新增就业48万人。2023年为45万人。今年已完成3万人。"
	d := &gongwen.Document{ID: "a", Kind: workReport, Year: 2026, Text: text}
	var years []int
	for _, f := range Find(d) {
		years = append(years, f.Year)
	}
	if fmt.Sprint(years) != "[2025 2023 2026]" {
		t.Errorf("years %v", years)
	}
}

func TestNormsCountNothing(t *testing.T) {
	const text = "处罚款1万元或者3万元。"
	for _, d := range []gongwen.Document{
		{Kind: "地方性法规", Text: text}, {Kind: "规范性文件", Text: text}, {Title: "某法第十二条", Text: text}, {Text: "第十二条　" + text},
		{Kind: "通知", Text: "第一条　" + text + "\n第二条　" + text + "\n第三条　" + text},
	} {
		if got := Find(&d); got != nil {
			t.Errorf("%+v gave %d figures", d, len(got))
		}
	}
	if len(Find(report(text, gongwen.RoleResults))) != 2 {
		t.Error("a report that says so counts two")
	}
}
