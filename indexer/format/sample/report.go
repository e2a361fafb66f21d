// Package sample answers "Here is a report: what does it look like as a file of each format?" Tests and benchmarks read
// the files that it makes; everything in them is invented.
package sample

import (
	"fmt"
	"strings"
)

// Report is a document before it became a file.
type Report struct {
	Title, Source string
	Published     string // 2021-01-20
	Blocks        []Block
}

// Block is a paragraph, a heading or a table.
type Block struct {
	Level int    // of a heading, from 1; 0 for a paragraph
	Label string // the number of a heading: 一、
	Text  string
	Rows  [][]string // of a table; Text is "" then
}

// New returns a report of so many chapters; each has two sections, a paragraph each, and the first one a table.
func New(chapters int) Report {
	r := Report{Title: "青溪区2020年法治政府建设年度报告", Source: "青溪区司法局", Published: "2021-01-20"}
	r.Blocks = append(r.Blocks, Block{Text: "2020年，青溪区坚持以人民为中心，深入推进依法行政，法治政府建设取得新进展。现将有关情况报告如下："})
	subjects := []string{"健全依法行政制度体系", "规范重大行政决策程序", "严格规范公正文明执法", "强化行政权力监督", "化解社会矛盾纠纷", "加强组织保障"}
	for i := range chapters {
		subject := subjects[i%len(subjects)]
		r.Blocks = append(r.Blocks, Block{Level: 1, Label: numeral(i+1) + "、", Text: subject})
		for j := range 2 {
			r.Blocks = append(r.Blocks,
				Block{Level: 2, Label: "（" + numeral(j+1) + "）", Text: []string{"完善工作机制", "提升队伍能力"}[j]},
				Block{Text: fmt.Sprintf("围绕%s，全区各部门制定实施方案%d项，开展专题培训%d场次，参训人员达到%d人次。"+
					"对照年度目标逐项检查，发现问题%d个，均已完成整改，群众满意度比上年提高%d.%d个百分点。",
					subject, i*3+j+2, i+j+5, 120+i*17+j*5, i+j+1, j+1, (i+3)%10)})
		}
		if i == 0 {
			r.Blocks = append(r.Blocks, Block{Rows: [][]string{
				{"项目", "2019年", "2020年"}, {"行政复议案件", "31件", "42件"}, {"行政应诉案件", "18件", "25件"}, {"规范性文件备案", "9件", "12件"},
			}})
		}
	}
	r.Blocks = append(r.Blocks, Block{Text: "青溪区人民政府"}, Block{Text: "2021年1月18日"})
	return r
}

func numeral(n int) string {
	digits := strings.Split("零一二三四五六七八九", "")
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + strings.TrimPrefix(digits[n%10], "零")
	case n < 100:
		return digits[n/10] + "十" + strings.TrimPrefix(digits[n%10], "零")
	}
	return digits[n/100] + "百" + strings.TrimPrefix(numeral(n%100), "零")
}

// Lines are the lines of the report, its title and header first, the cells of a row parted by tabs.
func (r Report) Lines() []string {
	return append([]string{r.Title, r.headline()}, r.body()...)
}

func (r Report) headline() string { return "发布时间：" + r.Published + "  来源：" + r.Source }

func (r Report) body() []string {
	var lines []string
	for _, b := range r.Blocks {
		for _, row := range b.Rows {
			lines = append(lines, strings.Join(row, "\t"))
		}
		if b.Rows == nil {
			lines = append(lines, b.Label+b.Text)
		}
	}
	return lines
}

// Text is the report as plain text.
func (r Report) Text() string { return strings.Join(r.Lines(), "\n") + "\n" }

// Markdown is the report in Markdown.
func (r Report) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", r.Title, r.headline())
	for _, block := range r.Blocks {
		switch {
		case block.Rows != nil:
			for i, row := range block.Rows {
				fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
				if i == 0 {
					b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
				}
			}
			b.WriteString("\n")
		case block.Level > 0:
			fmt.Fprintf(&b, "%s %s%s\n\n", strings.Repeat("#", block.Level+1), block.Label, block.Text)
		default:
			b.WriteString(block.Text + "\n\n")
		}
	}
	return b.String()
}
