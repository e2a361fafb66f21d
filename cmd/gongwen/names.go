package main

import (
	"strings"

	"gongwen"
	"gongwen/search"
)

// fieldName is a field as people read it.
func (a *app) fieldName(field search.Field) string {
	if a.lang == chinese {
		return field.Chinese()
	}
	return string(field)
}

// valueName is a facet value as people read it. In English it is the value that a flag takes.
func (a *app) valueName(field search.Field, value string) string {
	if a.lang != chinese {
		return value
	}
	if value == search.Unknown {
		return gongwen.Role("").Chinese()
	}
	switch field {
	case search.FieldTopic:
		return gongwen.Topic(value).Chinese()
	case search.FieldRole:
		return gongwen.Role(value).Chinese()
	case search.FieldRegion:
		return value[strings.LastIndexByte(value, '/')+1:]
	}
	return value
}

// roleName and topicName are the classes of a section, or "" where it has none.
func (a *app) roleName(role gongwen.Role) string {
	if role == "" {
		return ""
	}
	return a.valueName(search.FieldRole, string(role))
}

func (a *app) topicName(topic gongwen.Topic) string {
	if topic == "" {
		return ""
	}
	return a.valueName(search.FieldTopic, string(topic))
}

// filterUsage is what the help says of a filter flag.
func filterUsage(field search.Field) text {
	switch field {
	case search.FieldYear:
		return flagYear
	case search.FieldTopic:
		return flagTopic
	case search.FieldRole:
		return flagRole
	case search.FieldDepartment:
		return flagDepartment
	case search.FieldRegion:
		return flagRegion
	case search.FieldKind:
		return flagKind
	case search.FieldStatus:
		return flagStatus
	}
	return text{"`值`", "`VALUE`"}
}
