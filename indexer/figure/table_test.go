package figure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gongwen"
)

// formTable is a table of the yearly form: the headings of its columns as flattened pages have them, and its rows.
type formTable struct {
	before  []string // lines above it
	heads   [][]string
	columns []string
	rows    []string
}

// yearlyForm is the form of disclosure reports, whose wording is the same everywhere.
var yearlyForm = []formTable{
	{[]string{"第二十条第（一）项"}, [][]string{{"信息内容", "本年制发件数", "本年废止件数", "现行有效件数"}}, []string{"本年制发件数", "本年废止件数", "现行有效件数"}, []string{"规章", "行政规范性文件"}},
	{[]string{"第二十条第（五）项"}, [][]string{{"信息内容", "本年处理决定数量"}}, []string{"本年处理决定数量"}, []string{"行政许可"}},
	{[]string{"第二十条第（六）项"}, [][]string{{"信息内容", "本年处理决定数量"}}, []string{"本年处理决定数量"}, []string{"行政处罚", "行政强制"}},
	{[]string{"三、收到和处理政府信息公开申请情况", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"}, [][]string{
		{"申请人情况"}, {"自然人", "法人或其他组织", "总计"}, {"商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"},
	}, applicantNames, []string{
		"一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1.属于国家秘密",
		"2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
		"1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确", "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
		"5.要求行政机关确认或重新出具已获取信息", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
		"2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他", "（七）总计", "四、结转下年度继续办理",
	}},
	{[]string{"四、政府信息公开行政复议、行政诉讼情况", "行政复议"}, [][]string{{"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"}}, resultNames, []string{""}},
	{[]string{"复议后起诉"}, [][]string{{"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"}}, resultNames, []string{""}},
}

// parents are headings that stand above a row, on a line of their own or before it.
var parents = map[string]string{"（一）予以公开": "三、本年度办理结果", "1.属于国家秘密": "（三）不予公开", "1.本机关不掌握相关政府信息": "（四）无法提供", "1.信访举报投诉类申请": "（五）不予处理"}

// TestFormInEveryLayout fills the form with random numbers, writes it in every way that pages are flattened in, and
// wants every number back with its row and column.
func TestFormInEveryLayout(t *testing.T) {
	for _, layout := range []string{"\n", " ", "\t", " | ", "　"} {
		for seed := range uint64(40) {
			random := rand.New(rand.NewPCG(seed, 7))
			var text strings.Builder
			var want []string
			text.WriteString("数据统计期限为2021年1月1日至12月31日。\n")
			for _, table := range yearlyForm {
				writeForm(&text, table, layout, random, &want)
			}
			text.WriteString("五、存在的主要问题及改进情况\n公开不够及时。\n")
			body := text.String()
			var got []string
			for _, f := range Find(report(body, gongwen.RoleOther)) {
				got = append(got, fmt.Sprintf("%s × %s = %s", f.Row, f.Column, strings.ReplaceAll(f.Span.Cut(body), ",", "")))
			}
			if !slices.Equal(got, want) {
				t.Errorf("layout %q:\n%s", layout, firstDifference(got, want))
				break
			}
		}
	}
}

func writeForm(text *strings.Builder, table formTable, layout string, random *rand.Rand, want *[]string) {
	line := func(cells ...string) {
		if layout == " | " {
			text.WriteString("| " + strings.Join(cells, layout) + " |\n")
			return
		}
		text.WriteString(strings.Join(cells, layout) + "\n")
	}
	for _, l := range table.before {
		line(l)
	}
	for _, heads := range table.heads {
		line(heads...)
	}
	for _, row := range table.rows {
		if parent := parents[row]; parent != "" {
			line(parent)
		}
		var cells []string
		if row != "" {
			cells = append(cells, row)
		}
		name := row
		if name == "" {
			name = table.before[len(table.before)-1]
		}
		for _, column := range table.columns {
			n := fmt.Sprint(random.IntN(3) * random.IntN(20000))
			cells = append(cells, n)
			*want = append(*want, fmt.Sprintf("%s × %s = %s", name, column, n))
		}
		line(cells...)
	}
}

func firstDifference(got, want []string) string {
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			return fmt.Sprintf("cell %d: %s\n  want %s", i, g, w)
		}
	}
	return ""
}

func TestTables(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"信息内容 本年收费金额（单位：万元）\n行政事业性收费 1420.6\n", "行政事业性收费 × 本年收费金额（单位：万元） = 14206000 元"},
		{"指标名称 计量单位 统计数\n（一）主动公开政府信息数 条 1234\n（二）发布解读稿件数 篇 56\n", "（一）主动公开政府信息数 × 统计数 = 1234 条|（二）发布解读稿件数 × 统计数 = 56 篇"},
		{"单位：件\n| 类别 | 2020年 | 2021年 |\n| 行政处罚 | 12 | 1,305 |\n", "行政处罚 × 2020年 = 12 件|行政处罚 × 2021年 = 1305 件"},
		{"执法类别 数量（件） 占比\n行政处罚 12 60%\n行政强制 8 40%\n", "行政处罚 × 数量（件） = 12 件|行政处罚 × 占比 = 60 %|行政强制 × 数量（件） = 8 件|行政强制 × 占比 = 40 %"},
		{"部门 解读（篇） 金额（万元）\n经济发展局 9 3.5\n规划建设局 4 2\n", "经济发展局 × 解读（篇） = 9 篇|经济发展局 × 金额（万元） = 35000 元|规划建设局 × 解读（篇） = 4 篇|规划建设局 × 金额（万元） = 20000 元"},
		{"序号 名称 件数 次数\n1 甲 3 4\n2 乙 - 5\n", "甲 × 件数 = 3 件|甲 × 次数 = 4 |乙 × 次数 = 5 "},
		{"行政复议\n行政诉讼\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n1\n0\n0\n0\n1\n0\n0\n1\n0\n1\n", "行政复议 × 结果维持 = 1 |行政复议 × 结果纠正 = 0 |行政复议 × 其他结果 = 0 |行政复议 × 尚未审结 = 0 |行政复议 × 总计 = 1 |" +
			"行政诉讼 × 结果维持 = 0 |行政诉讼 × 结果纠正 = 0 |行政诉讼 × 其他结果 = 1 |行政诉讼 × 尚未审结 = 0 |行政诉讼 × 总计 = 1 "},
		{"第二十条第（九）项\n信息内容 采购项目数量 采购总金额\n政府集中采购 12 345.6万元\n", "政府集中采购 × 采购项目数量 = 12 |政府集中采购 × 采购总金额 = 3456000 元"},
		{"行政复议\n结果维持\n2\n结果纠正\n1\n行政诉讼\n未经复议直接起诉\n结果维持\n3\n", "行政复议 × 结果维持 = 2 |行政复议 × 结果纠正 = 1 |未经复议直接起诉 × 结果维持 = 3 "},
		{"自然人 法人 总计\n（二）部分公开（区分处理的，只计这一情形，不计\n其他情形） 6 1 7\n", "（二）部分公开（区分处理的，只计这一情形，不计其他情形） × 自然人 = 6 |（二）部分公开（区分处理的，只计这一情形，不计其他情形） × 法人 = 1 |" +
			"（二）部分公开（区分处理的，只计这一情形，不计其他情形） × 总计 = 7 "},
		{"商业 科研 社会公 法律服\n企业 机构 益组织 务机构\n（三）不予 公开 1.属于国 家秘密 1 2 3 4 5 6 21\n", "1.属于国家秘密 × 自然人 = 1 |1.属于国家秘密 × 商业企业 = 2 |" +
			"1.属于国家秘密 × 科研机构 = 3 |1.属于国家秘密 × 社会公益组织 = 4 |1.属于国家秘密 × 法律服务机构 = 5 |1.属于国家秘密 × 其他 = 6 |1.属于国家秘密 × 总计 = 21 "},
		{"第二十条第（五）项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n行政许可 12 +3 456\n其他对外管理服务事项 5 -1 0\n", "行政许可 × 上一年项目数量 = 12 |行政许可 × 本年增/减 = 3 |行政许可 × 处理决定数量 = 456 |" +
			"其他对外管理服务事项 × 上一年项目数量 = 5 |其他对外管理服务事项 × 本年增/减 = -1 |其他对外管理服务事项 × 处理决定数量 = 0 "},
		{"一、总体情况\n3\n工作顺利。\n", ""}, // the number of a page
	} {
		var got []string
		for _, f := range Find(report(c.text, gongwen.RoleOther)) {
			got = append(got, fmt.Sprintf("%s × %s = %s %s", f.Row, f.Column, f.Value, f.Unit))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s\ngave %s\nwant %s", c.text, strings.Join(got, "|"), c.want)
		}
	}
}
