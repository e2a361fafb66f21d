package server

import (
	"context"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"gongwen/api"
	"gongwen/search"
	"gongwen/suggest"
)

// Suggester knows what one may be about to type; suggest.Suggester is one.
type Suggester interface {
	Suggest(text string, size int) []suggest.Suggestion
	Ready() bool
	// Correct returns what one may have meant by a query, the likeliest first.
	Correct(q search.Query) []search.Query
}

const suggestPath = apiRoot + "/suggest"

// routeSuggestAPI sets up the suggestions.
func (s *Server) routeSuggestAPI(described huma.API, problems *huma.Schema) {
	operation(s, described, problems, huma.Operation{
		OperationID: "suggest", Path: suggestPath, Summary: "Suggest what one may be about to type",
		Description: "Words, institutions, headings and titles of the collection that go on as q begins, " +
			"by characters, by pinyin, by its initials, or characters and pinyin mixed.",
	}, s.suggestAPI)
}

type suggestInput struct {
	input
	Query string       `query:"q" doc:"What was typed so far." example:"法治zf"`
	Size  suggestParam `query:"size" doc:"Suggestions at most."`
}

// suggestParam is as sizeParam.
type suggestParam string

// Schema describes the parameter.
func (suggestParam) Schema(huma.Registry) *huma.Schema {
	least, most := 1.0, float64(suggest.MaxSize)
	return &huma.Schema{Type: huma.TypeInteger, Minimum: &least, Maximum: &most, Default: suggest.DefaultSize}
}

func (s *Server) suggestAPI(_ context.Context, in *suggestInput) (api.Suggestions, error) {
	r := newReader(in.query())
	typed := r.query()
	if n := utf8.RuneCountInString(typed); n > search.MaxQueryRunes {
		r.note(&search.QueryError{
			Param: "q", Message: fmt.Sprintf("检索式有 %d 个字符，超过 %d 个的上限。", n, search.MaxQueryRunes), Hint: "请只保留要找的词句。",
		})
	}
	size := suggest.DefaultSize
	if text := r.single("size"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > suggest.MaxSize {
			r.note(&search.QueryError{
				Param: "size", Value: text, Message: "建议的条数须为整数。", Hint: fmt.Sprintf("size 可取 1 至 %d。", suggest.MaxSize),
			})
		}
		size = n
	}
	if r.fault != nil {
		return api.Suggestions{}, r.fault
	}
	ready := s.options.Suggester.Ready()
	if ready {
		in.call.Response().Header().Set(echo.HeaderCacheControl, "private, max-age=60") // one types back and forth
	}
	return api.NewSuggestions(ready, s.options.Suggester.Suggest(typed, size)), nil
}
