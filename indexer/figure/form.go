package figure

import (
	"slices"
	"strings"
)

// The yearly form of disclosure reports (国办公开办函〔2021〕30号) heads its columns with names that are parted over two or
// three lines; flattened to text their order changes from page to page, but not that of the numbers.
var (
	// applicantNames head the table 收到和处理政府信息公开申请情况.
	applicantNames = []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"}
	// resultNames head each part of the table 政府信息公开行政复议、行政诉讼情况.
	resultNames = []string{"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"}
	// resultGroups are the parts of that table in order.
	resultGroups = []string{"行政复议", "未经复议直接起诉", "复议后起诉"}
)

// formRows head the rows of the table of applications, without their labels.
var formRows = words(`本年新收政府信息公开申请数量 上年结转政府信息公开申请数量 予以公开 属于国家秘密 其他法律行政法规禁止公开 危及“三安全一稳定”
	保护第三方合法权益 属于三类内部事务信息 属于四类过程性信息 属于行政执法案卷 属于行政查询事项 本机关不掌握相关政府信息 没有现成信息需要另行制作
	补正后申请内容仍不明确 信访举报投诉类申请 重复申请 要求提供公开出版物 无正当理由大量反复申请 要求行政机关确认或重新出具已获取信息
	申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
	申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 其他 总计 结转下年度继续办理`)

// isFormRow reports whether a heading is one of that table, however it is labelled and spaced.
func isFormRow(name string) bool {
	name = strings.NewReplacer("\"", "“", "'", "“").Replace(noun(squeezed(name)))
	return slices.Contains(formRows, name) || strings.HasPrefix(name, "部分公开") && !isRest(name) && len(name) > len("部分公开（")
}

// maxPieces is in how many pieces the heading of a row may come, broken over lines or at white space.
const maxPieces = 6

// rowOf returns the heading of a row, put together where it was broken, and the headings before it. The pieces have nothing
// but white space between them.
func (t *table) rowOf(heads []cell) (name string, before []cell) {
	last := len(heads) - 1
	pieces := 1
	for pieces < min(len(heads), maxPieces) && t.touch(heads[last-pieces], heads[last-pieces+1]) {
		pieces++
	}
	for n := 1; n <= pieces; n++ {
		before = heads[:len(heads)-n]
		if name = heads[len(heads)-n].text + name; isFormRow(name) {
			return name, before
		}
	}
	name, before = heads[last].text, heads[:last]
	for n := 1; n < pieces && isRest(name); n++ {
		name, before = before[len(before)-1].text+name, before[:len(before)-1]
	}
	return name, before
}

// touch reports whether nothing but white space stands between two cells.
func (t *table) touch(a, b cell) bool { return strings.TrimSpace(t.text[a.End:b.Start]) == "" }

// applicantsOf returns the columns of the table of applications where its names are among the headings, in any pieces.
func applicantsOf(heads []cell, count int) []string {
	if count != len(applicantNames) {
		return nil
	}
	known, text := 0, joinedText(heads)
	for _, name := range applicantNames {
		if strings.Contains(text, name) {
			known++
		}
	}
	if known < len(applicantNames)-2 {
		return nil
	}
	return applicantNames
}

// joinedText is all headings in one, without white space.
func joinedText(heads []cell) string {
	var b strings.Builder
	for _, h := range heads {
		b.WriteString(squeezed(h.text))
	}
	return b.String()
}

// resultsOf returns the rows and columns of the table of reviews and lawsuits where its names head so many numbers.
func resultsOf(heads []cell, count int) (rows, columns []string, ok bool) {
	blocks := count / len(resultNames)
	if count%len(resultNames) != 0 || blocks > len(resultGroups) {
		return nil, nil, false
	}
	text := joinedText(heads)
	whole := true
	for _, name := range resultNames {
		whole = whole && strings.Contains(text, name)
	}
	if blocks == len(resultGroups) && (whole || strings.Contains(text, "行政复议") && strings.Contains(text, "起诉")) {
		return resultGroups, resultNames, true
	}
	if !whole || isFormRow(heads[len(heads)-1].text) && squeezed(heads[len(heads)-1].text) != "总计" {
		return nil, nil, false
	}
	var groups []string
	for _, h := range heads {
		if text := squeezed(h.text); text == "行政诉讼" || slices.Contains(resultGroups, text) {
			groups = append(groups, h.text)
		}
	}
	switch {
	case len(groups) >= blocks:
		return groups[len(groups)-blocks:], resultNames, true
	case blocks == 1:
		return []string{""}, resultNames, true
	}
	return nil, nil, false
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
