package search

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongwen"
	"gongwen/analyzers"
)

// Condition asks that a field of a document, or of a section for the fields topic and role, has a value.
type Condition struct {
	Field Field
	// Value is in canonical form: "2018" or "2016..2019" for a year, "2019-01-31" or a range of dates, the code of a topic
	// or role, a region path, a document number, "unknown", or text.
	Value string
	// Exact asks a department, kind or status for the whole value, as choosing a facet value does, and a title or heading
	// for the run; otherwise they need only contain it. The other fields have one way to match and leave it false.
	Exact bool
}

// ParseCondition reads the value of a filter, as a facet lists it or as one types it. The *QueryError names the field.
func ParseCondition(field Field, value string) (Condition, error) {
	condition, err := newCondition(field, value, true)
	if err != nil {
		err.Param = string(field)
		return Condition{}, err
	}
	return condition, nil
}

// String is the condition as one types it in a query.
func (c Condition) String() string {
	value := c.Value
	if c.Exact || !c.Field.exactable() && strings.ContainsFunc(value, func(r rune) bool { return !isWordRune(r) && r != '.' && r != '-' && r != '/' }) {
		value = quote(value)
	}
	return string(c.Field) + ":" + value
}

func newCondition(field Field, value string, exact bool) (Condition, *QueryError) {
	typed := value
	value = strings.TrimSpace(value)
	fault := func(message, hint string) (Condition, *QueryError) {
		return Condition{}, &QueryError{Value: typed, Message: message, Hint: hint}
	}
	if value == "" {
		return fault(field.Chinese()+"的条件没有值。", "请写上值，或去掉这个条件。")
	}
	unknown := isUnknown(value)
	switch field {
	case FieldYear:
		if unknown {
			return Condition{field, Unknown, false}, nil
		}
		from, to, ok := parseRange(value, parseYear)
		if !ok {
			return fault(fmt.Sprintf("“%s”不是年度。", value), "年度写作 2018，范围写作 2016..2019。")
		}
		if from != "" && to != "" && from > to {
			return fault(fmt.Sprintf("年度范围“%s”前后颠倒。", value), fmt.Sprintf("是不是 %s..%s？", to, from))
		}
		return Condition{field, joinRange(from, to), false}, nil
	case FieldPublished, FieldEffective, FieldExpires:
		if unknown {
			return Condition{field, Unknown, false}, nil
		}
		from, to, ok := parseRange(value, parseDay)
		if !ok {
			return fault(fmt.Sprintf("“%s”不是日期。", value), "日期写作 2019-01-31、2019-01 或 2019，范围写作 2019-01..2019-03。")
		}
		if from != "" && to != "" && from > to && !strings.HasPrefix(from, to) {
			return fault(fmt.Sprintf("日期范围“%s”前后颠倒。", value), fmt.Sprintf("是不是 %s..%s？", to, from))
		}
		return Condition{field, joinRange(from, to), false}, nil
	case FieldTopic:
		for _, topic := range gongwen.Topics() {
			if strings.EqualFold(value, string(topic)) || sameName(value, topic.Chinese()) {
				return Condition{field, string(topic), false}, nil
			}
		}
		if unknown {
			return Condition{field, Unknown, false}, nil
		}
		return fault(fmt.Sprintf("没有“%s”这个主题。", value), "主题有："+strings.Join(topicNames(), "、")+"。")
	case FieldRole:
		for _, role := range gongwen.Roles() {
			if strings.EqualFold(value, string(role)) || sameName(value, role.Chinese()) {
				return Condition{field, string(role), false}, nil
			}
		}
		if unknown {
			return Condition{field, Unknown, false}, nil
		}
		return fault(fmt.Sprintf("没有“%s”这种内容。", value), "内容类型有："+strings.Join(roleNames(), "、")+"。")
	case FieldNumber, FieldCites:
		if number, ok := gongwen.ParseDocNumber(value); ok {
			value = number.String()
		}
		return Condition{field, value, false}, nil
	case FieldRegion:
		if unknown {
			value = Unknown
		}
		return Condition{field, strings.Trim(value, "/"), false}, nil
	}
	if unknown && slices.Contains(FacetFields(), field) {
		return Condition{field, Unknown, true}, nil
	}
	return Condition{field, value, exact}, nil
}

func isUnknown(value string) bool {
	switch strings.ToLower(value) {
	case Unknown, "未知", "未识别":
		return true
	}
	return false
}

// sameName lets one type any unbroken beginning of a Chinese name, so that 行政执法 and 执法 need no table.
func sameName(typed, name string) bool {
	typed = analyzers.Fold(typed)
	return len(typed) >= 2*len("字") && typed != "其他" && strings.Contains(name, typed) || typed == name
}

func topicNames() []string {
	var names []string
	for _, topic := range gongwen.Topics() {
		names = append(names, topic.Chinese())
	}
	return names
}

func roleNames() []string {
	var names []string
	for _, role := range gongwen.Roles() {
		names = append(names, role.Chinese())
	}
	return names
}

// parseRange reads "a", "a..b", "a.." or "..b"; a single value is a range of one.
func parseRange(value string, parse func(string) (string, bool)) (from, to string, ok bool) {
	left, right, isRange := strings.Cut(value, "..")
	if !isRange {
		only, ok := parse(value)
		return only, only, ok
	}
	left, right = strings.TrimSpace(left), strings.TrimSpace(strings.TrimLeft(right, "."))
	if left == "" && right == "" {
		return "", "", false
	}
	if left != "" {
		if from, ok = parse(left); !ok {
			return "", "", false
		}
	}
	if right != "" {
		if to, ok = parse(right); !ok {
			return "", "", false
		}
	}
	return from, to, true
}

func joinRange(from, to string) string {
	if from == to {
		return from
	}
	return from + ".." + to
}

// bounds is the way back from joinRange.
func bounds(value string) (from, to string) {
	left, right, isRange := strings.Cut(value, "..")
	if !isRange {
		return value, value
	}
	return left, right
}

// parseYear reads 2018, ２０１８ and 2018年(度).
func parseYear(value string) (string, bool) {
	value = strings.TrimSuffix(strings.TrimSuffix(analyzers.FoldQuery(value), "度"), "年")
	n, err := strconv.Atoi(value)
	if err != nil || n < 1000 || n > 9999 {
		return "", false
	}
	return strconv.Itoa(n), true
}

var datePattern = regexp.MustCompile(`^(\d{4})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?$`)

// parseDay reads a date in the ways one types it and gives as much of it as there is: 2019, 2019-01, 2019-01-31.
func parseDay(value string) (string, bool) {
	m := datePattern.FindStringSubmatch(analyzers.FoldQuery(value))
	if m == nil {
		return "", false
	}
	date, layout := m[1], "2006"
	for i, part := range m[2:] {
		if part == "" {
			break
		}
		date += fmt.Sprintf("-%02s", part)
		layout += []string{"-01", "-02"}[i]
	}
	if _, err := time.Parse(layout, date); err != nil {
		return "", false
	}
	return date, true
}

// inRange reports whether a document's value lies in the range of a condition on years or dates. A date that is known
// less exactly than the bound counts by what is known.
func inRange(value, condition string) bool {
	from, to := bounds(condition)
	if from != "" && value < from && !strings.HasPrefix(from, value) {
		return false
	}
	return to == "" || value <= to || strings.HasPrefix(value, to)
}
