package search

import "strings"

// Field names a property of documents or sections that a query can ask for.
type Field string

// The fields. Their Chinese names are in fieldNames.
const (
	FieldYear       Field = "year"
	FieldPublished  Field = "published"
	FieldEffective  Field = "effective"
	FieldExpires    Field = "expires"
	FieldDepartment Field = "department"
	FieldTopic      Field = "topic"
	FieldRole       Field = "role"
	FieldRegion     Field = "region"
	FieldKind       Field = "kind"
	FieldStatus     Field = "status"
	FieldNumber     Field = "number"
	FieldCites      Field = "cites"
	FieldTitle      Field = "title"
	FieldHeading    Field = "heading"
)

// FieldID asks for one document. It is not typed: Like excludes its document by it.
const FieldID Field = "id"

// Unknown is the facet value of a document or section without a value.
const Unknown = "unknown"

// fieldNames lists what one may type for each field; the first is the one that people read.
var fieldNames = []struct {
	field Field
	names []string
}{
	{FieldYear, []string{"年度", "year", "年份"}},
	{FieldPublished, []string{"发布", "published", "发布日期", "日期"}},
	{FieldEffective, []string{"施行", "effective", "施行日期", "生效日期", "实施日期"}},
	{FieldExpires, []string{"失效", "expires", "失效日期"}},
	{FieldDepartment, []string{"机关", "department", "部门", "发文机关"}},
	{FieldTopic, []string{"主题", "topic"}},
	{FieldRole, []string{"内容", "role", "内容类型"}},
	{FieldRegion, []string{"地区", "region"}},
	{FieldKind, []string{"类别", "kind", "类型"}},
	{FieldStatus, []string{"状态", "status", "效力"}},
	{FieldNumber, []string{"文号", "number", "发文字号"}},
	{FieldCites, []string{"引用", "cites"}},
	{FieldTitle, []string{"标题", "title"}},
	{FieldHeading, []string{"小标题", "heading", "章节"}},
}

// FacetFields returns the fields that are facets, in the order in which they are shown.
func FacetFields() []Field {
	return []Field{FieldYear, FieldTopic, FieldRole, FieldDepartment, FieldRegion, FieldKind, FieldStatus}
}

// Chinese is the name of the field that people read.
func (f Field) Chinese() string {
	for _, entry := range fieldNames {
		if entry.field == f {
			return entry.names[0]
		}
	}
	return string(f)
}

// fieldOf returns the field that a person names, in either language and any case.
func fieldOf(name string) (Field, bool) {
	name = strings.ToLower(name)
	for _, entry := range fieldNames {
		for _, known := range entry.names {
			if known == name {
				return entry.field, true
			}
		}
	}
	return "", false
}

// exactable fields mean another thing by a quoted value than by a bare one.
func (f Field) exactable() bool {
	switch f {
	case FieldDepartment, FieldKind, FieldStatus, FieldTitle, FieldHeading:
		return true
	}
	return false
}
