package outline

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongwen"
)

// tree writes sections one a line: level, label and heading, role, topic and the labels of the items.
func tree(text string, sections []gongwen.Section) string {
	var b strings.Builder
	gongwen.Walk(sections, func(s *gongwen.Section, above []*gongwen.Section) {
		name := s.Name()
		if name == "" {
			name = "<" + firstRunes(strings.TrimFunc(s.Span.Cut(text), blank), 6) + ">"
		}
		fmt.Fprintf(&b, "%s%s %s/%s", strings.Repeat("  ", len(above)), name, s.Role, s.Topic)
		for _, item := range s.Items {
			b.WriteString(" " + item.Label)
		}
		b.WriteByte('\n')
	})
	return b.String()
}

// splits are layouts in small: a text, the year, and its outline.
var splits = []struct {
	name string
	year int
	text string
	want string
}{
	{
		name: "levels are skipped and every width of bracket is read", year: 2021,
		text: `现将2021年工作情况报告如下：
一、组织领导
1．学习。集中学习三次。
2．部署。召开会议两次。
二．依法决策
(一)目录。公布目录五项。
（1）公示。全部公示。
（2）听证。听证两次。
(二)、顾问。审查合同八份。
`,
		want: `
<现将2021> other/other
一、组织领导 results/leadership
  1．学习 results/leadership
  2．部署 results/leadership
二．依法决策 results/decision
  (一)目录 results/decision
    （1）公示 results/decision
    （2）听证 results/decision
  (二)、顾问 results/decision
`,
	},
	{
		name: "numbers run on across their parents", year: 2020,
		text: `（一）政务公开
1、公开信息三百条。
2、办理申请四件。
（二）行政复议
3、受理两件。
4、审结两件。
（三）普法
5、讲座六场。
`,
		want: `
（一）政务公开 results/disclosure
  1、公开信息三百条 results/disclosure
  2、办理申请四件 results/disclosure
（二）行政复议 results/dispute
  3、受理两件 results/dispute
  4、审结两件 results/dispute
（三）普法 results/capacity
  5、讲座六场 results/capacity
`,
	},
	{
		name: "quantities, years and hotlines begin no section", year: 2021,
		text: `一、优化营商环境
新增
2.5万户市场主体，其中
3.1亿元投向
一、二级园区。
12345热线接听
1.2万件。
2021年，
三、四月份集中走访。
二、推进政务公开
1.
5万人次浏览网站。
三、化解矛盾纠纷
调解
（二）项所列纠纷，按照第三条第
（三）项办理。
`,
		want: `
一、优化营商环境 results/function
二、推进政务公开 results/disclosure
三、化解矛盾纠纷 results/dispute
`,
	},
	{
		name: "problems and plan without headings are parts of their own", year: 2019,
		text: `2019年，我县扎实推进依法行政，完成各项任务。
一、加强普法宣传
开展活动十次，解决存在的问题三个。针对存在的问题，及时整改。
二、规范行政执法
办结案件九件。
一年来，虽然取得了一些成绩，但仍存在一些不足，主要表现在：一是人员少；二是装备旧。
同时，干部能力有待提高。
2020年，我县将重点抓好三项工作：
（一）充实执法力量。招录六人。
（二）更新装备。购置记录仪。
`,
		want: `
<2019年，> results/other
一、加强普法宣传 results/capacity
二、规范行政执法 results/enforcement
<一年来，虽然> problems/other 一是 二是
<2020年，> plan/other
  （一）充实执法力量 plan/enforcement
  （二）更新装备 plan/other
`,
	},
	{
		name: "a chapter of problems and plans has its parts as children", year: 2022,
		text: `一、规范性文件管理
审核文件三件。
二、行政执法
办案八件。
三、存在的问题及下一步打算
今年的工作还有差距：人员不足，培训不够。
下一步，我们将加强培训，充实人员。
`,
		want: `
一、规范性文件管理 results/rulemaking
二、行政执法 results/enforcement
三、存在的问题及下一步打算 problems/other
  <今年的工作还> problems/other
  <下一步，我们> plan/other
`,
	},
	{
		name: "a sentence about next year inside a chapter does not end it", year: 2021,
		text: `一、政务公开
公开信息三百条。
下一步，我们将继续扩大公开范围。
二、行政复议
受理两件。
（一）调解。调解三件。
但是，调解工作还存在短板。
（二）应诉。应诉一件。
`,
		want: `
一、政务公开 results/disclosure
二、行政复议 results/dispute
  （一）调解 results/dispute
  （二）应诉 results/dispute
`,
	},
	{
		name: "headings without a number", year: 2021,
		text: `2021年，我区认真落实各项部署，推进法治建设。

**深化政务公开**

全年公开信息三百余条，办理依申请公开十二件，均在期限内答复申请人。

化解矛盾纠纷

全年调解各类纠纷二百余件，成功率达到九成八，没有一件转为刑事案件。

存在的主要问题

基层人员流动频繁，业务衔接不畅，个别单位公开不够及时，解读材料偏少。

下一步工作打算

加强培训，按季检查，对排名靠后的单位约谈负责人，推动公开工作提质增效。

某某区人民政府
2022年1月10日
`,
		want: `
<2021年，> results/other
深化政务公开 results/disclosure
化解矛盾纠纷 results/dispute
存在的主要问题 problems/other
下一步工作打算 plan/other
`,
	},
	{
		name: "a law has articles, and their items are no sections", year: 0,
		text: `第一章　总　则
第一条　为了规范管理，制定本办法。
第二条　本办法所称文件，包括：
（一）决定；
（二）通知。
第三条　依照第二条
第三款规定办理。
第二章　附则
第四条　本办法自公布之日起施行。
`,
		want: `
第一章总　则 other/other
  第一条 other/other
  第二条 other/other （一） （二）
  第三条 other/other
第二章附则 other/other
  第四条 other/other
`,
	},
	{
		name: "the work report of a year reviews the year before", year: 2025,
		text: `各位代表：
现在，我代表政府，向大会报告政府工作，请予审议。
一、2024年工作回顾
过去一年，经济稳中有进。
各位代表！我们也清醒认识到，发展还面临不少困难和挑战，主要是基础不牢。
二、2025年总体要求和目标任务
今年是关键之年。
三、奋力开创新局面
坚持稳中求进。
`,
		want: `
<各位代表：
> other/other
一、2024年工作回顾 results/other
<各位代表！我> problems/other
二、2025年总体要求和目标任务 plan/other
三、奋力开创新局面 plan/other
`,
	},
	{
		name: "a report without headings has a section a paragraph", year: 2018,
		text: `市人民政府：
按照要求，现将我局依法行政情况报告如下：
在行政执法方面，全年办结案件三百件，没有败诉。
在普法方面，组织讲座二十场，参加
三千人次。
应当看到，我局工作与群众期待还有差距，主要是人手不足。
今后，我局将重点抓好：
一是充实人员。
二是加强培训。
特此报告。
某某市某某局
2019年1月8日
`,
		want: `
<市人民政府：> other/other
<在行政执法方> results/enforcement
<在普法方面，> results/capacity
<应当看到，我> problems/other
<今后，我局将> plan/other 一是 二是
`,
	},
	{
		name: "items stop where the next begins, and a lone one is none", year: 2021,
		text: `一、依法决策
首先，定目录。其次，听意见。最后，评效果。
二、行政执法
一是加强培训。
三、行政复议
细化为（一）受理；（二）审理两类，采取三项措施：①阅卷；②听证；③调解。
`,
		want: `
一、依法决策 results/decision 首先 其次 最后
二、行政执法 results/enforcement
三、行政复议 results/dispute ① ② ③
`,
	},
	{
		name: "parts with chapters inside", year: 2022,
		text: `第一部分 2022年工作情况
一、加强组织领导
开会三次。
二、推进政务公开
公开百条。
第二部分 主要负责人履行第一责任人职责情况
一、亲自部署
主持会议三次。
二、带头学法
学法四次。
第三部分 2023年工作安排
一、深化普法
讲座十场。
二、规范执法
评查案卷。
`,
		want: `
第一部分2022年工作情况 results/other
  一、加强组织领导 results/leadership
  二、推进政务公开 results/disclosure
第二部分主要负责人履行第一责任人职责情况 leader/leadership
  一、亲自部署 leader/leadership
  二、带头学法 leader/leadership
第三部分2023年工作安排 plan/other
  一、深化普法 plan/capacity
  二、规范执法 plan/enforcement
`,
	},
}

func TestSplit(t *testing.T) {
	for _, test := range splits {
		sections := Split(test.text, test.year)
		if got := tree(test.text, sections); got != strings.TrimPrefix(test.want, "\n") {
			t.Errorf("%s:\n%swant:%s", test.name, got, test.want)
		}
		if wrong := checkLaws(test.text, sections); wrong != "" {
			t.Errorf("%s: %s", test.name, wrong)
		}
	}
}

func TestSplitHeadings(t *testing.T) {
	const text = "总则\n本标准说明范围。\n第一条 甲。\n术语\n重伤\n指重的伤。\n轻伤\n指轻的伤。\n"
	var headings []Heading
	for _, h := range []struct {
		line  string
		level int
	}{{"总则", 2}, {"术语", 2}, {"重伤", 3}, {"轻伤", 3}} {
		headings = append(headings, Heading{strings.Index(text, h.line), h.level})
	}
	const want = `总则 other/other
  第一条 other/other
术语 other/other
  重伤 other/other
  轻伤 other/other
`
	if got := tree(text, SplitHeadings(text, headings, 0)); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

// TestGivenReport splits the real report that the project started from; it is no part of the project.
func TestGivenReport(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "seeds", "2018年度大连长兴岛经济区法治政府建设工作报告.txt")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the report is not beside the project:", err)
	}
	_, text, found := strings.Cut(string(raw), "打印本页\n")
	if !found {
		t.Fatal("the page header has changed")
	}
	want := []struct {
		label string
		role  gongwen.Role
		topic gongwen.Topic
		items int
	}{
		{"", gongwen.RoleResults, gongwen.TopicOther, 0},
		{"一、", gongwen.RoleResults, gongwen.TopicLeadership, 0},
		{"二、", gongwen.RoleResults, gongwen.TopicFunction, 0},
		{"三、", gongwen.RoleResults, gongwen.TopicRulemaking, 0},
		{"四、", gongwen.RoleResults, gongwen.TopicDecision, 0},
		{"五、", gongwen.RoleResults, gongwen.TopicEnforcement, 0},
		{"六、", gongwen.RoleResults, gongwen.TopicEnforcement, 0},
		{"七、", gongwen.RoleResults, gongwen.TopicOversight, 0},
		{"八、", gongwen.RoleResults, gongwen.TopicDisclosure, 0},
		{"九、", gongwen.RoleResults, gongwen.TopicDispute, 0},
		{"十、", gongwen.RoleResults, gongwen.TopicCapacity, 0},
		{"", gongwen.RoleProblems, gongwen.TopicOther, 3},
		{"", gongwen.RolePlan, gongwen.TopicOther, 6},
	}
	sections := Split(text, 2018)
	if wrong := checkLaws(text, sections); wrong != "" {
		t.Error(wrong)
	}
	if len(sections) != len(want) {
		t.Fatalf("%d sections, want %d:\n%s", len(sections), len(want), tree(text, sections))
	}
	for i, w := range want {
		s := sections[i]
		if s.Label != w.label || s.Role != w.role || s.Topic != w.topic || len(s.Items) != w.items {
			t.Errorf("section %d is %s%s %s/%s with %d items, want %+v", i+1, s.Label, s.Heading, s.Role, s.Topic, len(s.Items), w)
		}
	}
}

func TestReadLabel(t *testing.T) {
	for _, test := range []struct {
		text  string
		label string
		n     int
	}{
		{"一、总体", "一、", 1}, {"十二、总体", "十二、", 12}, {"二十一．总体", "二十一．", 21}, {"（三）总体", "（三）", 3},
		{"(十) 总体", "(十)", 10}, {"㈡总体", "㈡", 2}, {"（四）、总体", "（四）、", 4}, {"1.总体", "1.", 1}, {"２、总体", "２、", 2},
		{"3．总体", "3．", 3}, {"（4）总体", "（4）", 4}, {"5）总体", "5）", 5}, {"⑥总体", "⑥", 6}, {"第七章 总则", "第七章", 7},
		{"第八条 甲", "第八条", 8}, {"第一百二十条之一 甲", "第一百二十条之一", 120}, {"第一部分 甲", "第一部分", 1}, {"【二】总体", "【二】", 2},
		{"一 总体", "一", 1}, {"1.1 目的", "1.1", 1}, {"三", "三", 3}, {"1.2021年全面完成", "1.", 1}, {"第二節 甲", "第二節", 2},
		{"2.5万件", "", 0}, {"1.5亿元", "", 0}, {"12345热线", "", 0}, {"2021年，全区", "", 0}, {"3.2%", "", 0}, {"《办法》", "", 0},
		{"（一）项目建设", "（一）", 1}, {"(二)目录", "(二)", 2}, {"（一）及时公开", "（一）", 1}, {"（一）和（二）", "", 0},
		{"一是加强", "", 0}, {"三、四月份", "", 0}, {"一、二级响应", "", 0}, {"（三）项规定", "", 0}, {"第三条第二款规定", "", 0}, {"第一书记", "", 0},
		{"〔2018〕47号", "", 0}, {"（2018）辽01号", "", 0}, {"三农工作", "", 0}, {"十四五规划", "", 0}, {"1,250件", "", 0}, {"", "", 0},
	} {
		if l := readLabel(test.text); l.text != test.label || l.n != test.n {
			t.Errorf("readLabel(%q) = %q %d, want %q %d", test.text, l.text, l.n, test.label, test.n)
		}
	}
}

func TestTraditional(t *testing.T) {
	const text = "第一部分 2021年工作開展情況\n一、規範行政執法\n辦案八件。\n二、化解矛盾糾紛\n首先，調解。其次，復議。\n第二部分 存在的問題\n人員不足。\n下一步，我局將加強培訓。\n"
	const want = `第一部分2021年工作開展情況 results/other
  一、規範行政執法 results/enforcement
  二、化解矛盾糾紛 results/dispute 首先 其次
第二部分存在的問題 problems/other
<下一步，我局> plan/other
`
	sections := Split(text, 2021)
	if got := tree(text, sections); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
	if wrong := checkLaws(text, sections); wrong != "" {
		t.Error(wrong)
	}
}
