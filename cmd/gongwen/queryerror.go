package main

import (
	"errors"
	"strings"
	"unicode/utf8"

	"gongwen/search"
)

// queryError is a *search.QueryError with the query that it is about.
type queryError struct {
	*search.QueryError
	query string
}

func (e *queryError) Unwrap() error { return e.QueryError }

// withQuery adds the query to an error that is about one.
func withQuery(err error, query string) error {
	var fault *search.QueryError
	if errors.As(search.Placed(err, query), &fault) {
		return &queryError{fault, query}
	}
	return err
}

// shownRunes is how many characters of a long query stand on either side of its fault.
const shownRunes = 20

// sayQueryError shows what is wrong with a query, where, and what to do.
func (a *app) sayQueryError(e *queryError) string {
	lines := []string{a.translate(e.Message)}
	if e.Param == "q" {
		before, after := e.query, ""
		if e.Offset <= len(e.query) {
			before, after = e.query[:e.Offset], e.query[e.Offset:]
		}
		value := ""
		if strings.HasPrefix(after, e.Value) {
			value, after = e.Value, after[len(e.Value):]
		}
		before, value, after = lastRunes(visible(before)), firstRunes(visible(value)), firstRunes(visible(after))
		lines = append(lines, "  "+before+value+after, "  "+strings.Repeat(" ", columns(before))+strings.Repeat("^", max(1, columns(value))))
	} else {
		lines = append(lines, "  --"+strings.ReplaceAll(e.Param, "_", "-")+" "+firstRunes(visible(e.Value)))
	}
	if e.Hint != "" {
		lines = append(lines, a.translate(e.Hint))
	}
	return strings.Join(lines, "\n")
}

func firstRunes(text string) string {
	if utf8.RuneCountInString(text) <= shownRunes {
		return text
	}
	return string([]rune(text)[:shownRunes]) + "…"
}

func lastRunes(text string) string {
	n := utf8.RuneCountInString(text)
	if n <= shownRunes {
		return text
	}
	return "…" + string([]rune(text)[n-shownRunes:])
}
