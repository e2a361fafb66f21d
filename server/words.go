package server

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gongwen"
	"gongwen/search"
)

// count writes a number with a comma between thousands.
func count(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// shorten cuts text to so many characters and shows that it did.
func shorten(text string, runes int) string {
	if utf8.RuneCountInString(text) <= runes {
		return text
	}
	return string([]rune(text)[:runes]) + "…"
}

// chineseDate writes as much of a date as is known; what is no date is left as it is.
func chineseDate(d gongwen.Date) string {
	parts := strings.Split(string(d), "-")
	units := []string{"年", "月", "日"}
	if len(parts) > len(units) {
		return string(d)
	}
	var b strings.Builder
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil {
			return string(d)
		}
		b.WriteString(strconv.Itoa(n) + units[i])
	}
	return b.String()
}

// beijing is the time of everybody who reads these documents; a fixed zone, since a container may lack the tables.
func beijing(t time.Time) time.Time { return t.In(time.FixedZone("CST", 8*60*60)) }

// unitName is the measure word of a count.
func unitName(unit search.Unit) string {
	if unit == search.UnitSection {
		return "节"
	}
	return "件"
}

// facetName is the name of a facet as its legend has it.
func facetName(field search.Field) string {
	if field == search.FieldRole {
		return "内容类型"
	}
	return field.Chinese()
}

// valueName is what readers see of a facet value. full says whether a region is written as its whole path.
func valueName(field search.Field, value string, full bool) string {
	if value == search.Unknown {
		return "未识别"
	}
	switch field {
	case search.FieldYear:
		if from, to, ok := strings.Cut(value, ".."); ok {
			return yearRange(from, to)
		}
		if _, err := strconv.Atoi(value); err == nil {
			return value + " 年度"
		}
	case search.FieldTopic:
		if name := gongwen.Topic(value).Chinese(); name != gongwen.Topic("").Chinese() {
			return name
		}
	case search.FieldRole:
		if name := gongwen.Role(value).Chinese(); name != gongwen.Role("").Chinese() {
			return name
		}
	case search.FieldRegion:
		if !full {
			return value[strings.LastIndexByte(value, '/')+1:]
		}
		return strings.ReplaceAll(value, "/", " ")
	}
	return value
}

// yearRange names a range of years either end of which may be open.
func yearRange(from, to string) string {
	switch {
	case from == "":
		return to + " 年度及以前"
	case to == "":
		return from + " 年度及以后"
	}
	return from + "–" + to + " 年度"
}

// orderName is the name of an order.
func orderName(order search.Sort) string {
	switch order {
	case search.SortNewest:
		return "最新"
	case search.SortOldest:
		return "最早"
	}
	return "相关度"
}

// sectionName is where in a document a passage stands: the headings above it and its own.
func sectionName(path []string, s *gongwen.Section) string {
	names := append([]string{}, path...)
	if name := strings.TrimSpace(s.Name()); name != "" {
		names = append(names, name)
	}
	for i, name := range names {
		names[i] = shorten(name, maxOutlineRunes)
	}
	if len(names) == 0 {
		return "正文"
	}
	return strings.Join(names, " › ")
}

// classNames says what a section is about and what it does, as far as rules could tell.
func classNames(s *gongwen.Section) string {
	var names []string
	if s.Role != "" && s.Role != gongwen.RoleOther {
		names = append(names, s.Role.Chinese())
	}
	if s.Topic != "" && s.Topic != gongwen.TopicOther {
		names = append(names, s.Topic.Chinese())
	}
	return strings.Join(names, " · ")
}
