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

// applicantsOf returns the columns of the table of applications where its names are among the headings.
func applicantsOf(heads []cell, count int) []string {
	if count != len(applicantNames) {
		return nil
	}
	known := 0
	for _, h := range heads {
		if slices.Contains(applicantNames, squeezed(h.text)) {
			known++
		}
	}
	if known < len(applicantNames)-2 {
		return nil
	}
	return applicantNames
}

// resultsOf returns the rows and columns of the table of reviews and lawsuits where its names head so many numbers.
func resultsOf(heads []cell, count int) (rows, columns []string, ok bool) {
	if count%len(resultNames) != 0 || len(heads) < len(resultNames) {
		return nil, nil, false
	}
	names := 0
	var groups []string
	for _, h := range heads {
		text := squeezed(h.text)
		if slices.Contains(resultNames, text) {
			names++
		} else if text == "行政诉讼" || slices.Contains(resultGroups, text) {
			groups = append(groups, h.text)
		}
	}
	if names < len(resultNames) {
		return nil, nil, false
	}
	for _, name := range resultNames[:4] {
		if !hasText(heads, name) {
			return nil, nil, false
		}
	}
	blocks := count / len(resultNames)
	switch {
	case blocks == len(resultGroups):
		return resultGroups, resultNames, true
	case len(groups) >= blocks:
		return groups[len(groups)-blocks:], resultNames, true
	case blocks == 1:
		return []string{""}, resultNames, true
	}
	return nil, nil, false
}

func hasText(heads []cell, text string) bool {
	return slices.ContainsFunc(heads, func(h cell) bool { return squeezed(h.text) == text })
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
