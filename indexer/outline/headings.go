package outline

import (
	"strings"
	"unicode/utf8"
)

// maxHeading is the number of characters of a heading that runs into its paragraph; maxLine of one that has its line.
const (
	maxHeading  = 40
	maxSentence = 60 // of a numbered paragraph whose first sentence serves as its heading
	maxLine     = 70
)

// headingOf returns the heading that a line holds after its label, or "". A heading either has the line for itself or
// runs into its paragraph: then it ends at the first full stop or colon.
func headingOf(rest string) string {
	end := sentenceEnd(rest)
	first := strings.TrimSuffix(strings.TrimRightFunc(rest[:end], blank), "**")
	if end == len(rest) {
		if longer(first, maxLine) {
			return spaced(first)
		}
		return first
	}
	if longer(first, maxSentence) {
		// The stop that ends the heading may have been lost, and white space left in its place.
		if standing := strings.TrimRight(rest[end:], "。.：:；;！!？?*"); standing == "" && !longer(first, maxLine) {
			return first
		}
		return spaced(first)
	}
	return first
}

// sentenceEnd is the offset at which the first sentence of s ends: before its stop, or at the end of s.
func sentenceEnd(s string) int {
	for i, r := range s {
		switch r {
		case '。', '：', '！', '？', '!', '?':
			return i
		case '；', ';':
			// A semicolon parts clauses of the sentence, unless it ends the line.
			if strings.TrimFunc(s[i+utf8.RuneLen(r):], blank) == "" {
				return i
			}
		case ':':
			// 10:30 is a time.
			if next, _ := utf8.DecodeRuneInString(s[i+1:]); digit(next) < 0 {
				return i
			}
		case '.':
			// A half-width full stop ends a sentence between Chinese characters only.
			before, _ := utf8.DecodeLastRuneInString(s[:i])
			after, size := utf8.DecodeRuneInString(s[i+1:])
			if isHan(before) && (size == 0 || isHan(after) || blank(after)) {
				return i
			}
		}
	}
	return len(s)
}

// spaced returns the heading that white space parts from its paragraph, or "".
func spaced(s string) string {
	for i, r := range s {
		if blank(r) && i > 0 && utf8.RuneCountInString(s[:i]) >= 4 && !longer(s[:i], maxHeading) && countHan(s[:i]) >= 4 {
			return s[:i]
		}
	}
	return ""
}

// annex reports a line that says only that an annex begins.
func annex(s string) bool {
	rest, ok := strings.CutPrefix(s, "附")
	if !ok || longer(s, 6) {
		return false
	}
	rest = strings.TrimLeftFunc(rest, blank)
	for _, word := range []string{"件", "录", "表"} {
		if after, ok := strings.CutPrefix(rest, word); ok {
			after = strings.TrimFunc(after, blank)
			n, size := readNumber(after)
			return after == "" || n > 0 && size == len(after)
		}
	}
	return false
}

// partHeading reports a line that ends in a colon and names a part of a report: 存在的主要问题：
func partHeading(s string) bool {
	s = strings.TrimRight(s, "：:")
	if longer(s, maxTorn) || strings.ContainsAny(s, "，,。；;：:") || strings.Contains(s, "以下") || strings.Contains(s, "如下") ||
		strings.Contains(s, "几个") || strings.Contains(s, "几方面") || strings.Contains(s, "做好") {
		return false
	}
	if strings.ContainsRune("是有为", lastRune(s)) {
		return false
	}
	return part(headingRole(s)) || review.MatchString(s)
}

// issuerLike reports a line that ends like the name of a body that signs.
func issuerLike(s string) bool {
	for _, suffix := range []string{"人民政府", "委员会", "办公室", "办公厅", "局", "厅", "党组", "管委会", "书记", "主席", "市长", "省长", "县长", "区长"} {
		if strings.HasSuffix(s, suffix) {
			// 开创新局 is no body.
			return !strings.HasSuffix(s, "新局") && !strings.HasSuffix(s, "全局") && !strings.HasSuffix(s, "大局")
		}
	}
	return false
}

// isDate reports a line that is only a date.
func isDate(s string) bool {
	if len(s) > 48 || !strings.ContainsRune(s, '年') && !strings.ContainsAny(s, "-/.") {
		return false
	}
	for _, r := range s {
		if digit(r) < 0 && !counts(r) && !strings.ContainsRune("年月日〇零○OＯo-/.（）()印发", r) && !blank(r) {
			return false
		}
	}
	return true
}

// signatureStart is the index of the first line of the signature at the end of the text: names, dates and notes without
// a stop. There are rarely more than six.
func signatureStart(lines []line) int {
	start := len(lines)
	for start > 0 && start > len(lines)-maxSignature {
		l := &lines[start-1]
		note := strings.HasPrefix(l.text, "（") || strings.HasPrefix(l.text, "(") || strings.HasPrefix(l.text, "附件")
		if l.label.style != styleNone || l.known > 0 || longer(l.text, maxHeading) || l.ended() && !note {
			break
		}
		start--
	}
	return start
}

const maxSignature = 7
