package main

import (
	"fmt"
	"strings"
)

// language is one of the languages that the program speaks.
type language int

const (
	english language = iota
	chinese
)

// languageOf is the language that a user asks for, or that of the locale.
func languageOf(lookup func(string) (string, bool)) language {
	for _, name := range []string{"GONGWEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if value, _ := lookup(name); value != "" {
			if strings.HasPrefix(strings.ToLower(value), "zh") {
				return chinese
			}
			return english
		}
	}
	return english
}

// text is a message in both languages. Where it has verbs of fmt, both have the same.
type text struct{ zh, en string }

// count is a message about n things: one has its own where the language makes a difference. Both take n first.
func (a *app) count(n int, one, many text, values ...any) string {
	if n != 1 {
		one = many
	}
	return a.say(one, append([]any{n}, values...)...)
}

// say is a message in the user's language with its values filled in.
func (a *app) say(t text, values ...any) string {
	format := t.en
	if a.lang == chinese {
		format = t.zh
	}
	if len(values) == 0 {
		return format
	}
	return fmt.Sprintf(format, values...)
}
