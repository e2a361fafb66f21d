package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"gongwen/api"
	"gongwen/search"
)

const apiRoot = "/api/v1"

// routeAPI sets up the JSON API and its description.
func (s *Server) routeAPI(router *echo.Echo) {
	config := huma.DefaultConfig("gongwen 公文检索", s.options.Version)
	config.Info.Description = "Full-text search over Chinese administrative documents (公文). " +
		"All parameters and answers are UTF-8; every start and end counts bytes of a document's text. " +
		"Counts are exact and come from one state of the collection. Errors are problem+json (RFC 9457)."
	config.OpenAPIPath = apiRoot + "/openapi"
	config.DocsPath, config.SchemasPath = "", ""
	// The schema link would put this server's own address into every answer, as the Host header spells it.
	config.CreateHooks = nil
	// Clients must bear fields that later versions add.
	config.AllowAdditionalPropertiesByDefault = true
	if s.options.BaseURL != "" {
		config.Servers = []*huma.Server{{URL: s.options.BaseURL}}
	}
	describeDecimals(config.Components.Schemas)
	described := humaecho.New(router, config)
	problems := described.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[problem](), true, "Problem")

	operation(s, described, problems, huma.Operation{
		OperationID: "search", Path: apiRoot + "/search", Summary: "Search documents or sections",
		Description: "Without q every document is a hit. Filters of one facet are joined by OR, those of different facets by AND.",
	}, s.searchAPI)
	operation(s, described, problems, huma.Operation{
		OperationID: "getDocument", Path: apiRoot + "/documents/{id}", Summary: "Get a document with text, outline and citations",
	}, s.documentAPI)
	operation(s, described, problems, huma.Operation{
		OperationID: "compare", Path: apiRoot + "/compare", Summary: "Get what differs between two documents",
	}, s.compareAPI)
	operation(s, described, problems, huma.Operation{
		OperationID: "getFacets", Path: apiRoot + "/facets", Summary: "Get all values of every facet of a search",
	}, s.facetsAPI)
	if s.options.Suggester != nil {
		s.routeSuggestAPI(described, problems)
	}
	if s.options.Register != nil {
		s.routeRegisterAPI(described, problems)
	}
}

// input is embedded in the inputs of all operations: the request as it came. huma describes the parameters; reading and
// checking them is readParams' work, so that API and pages agree and faults are worded alike.
type input struct{ call echo.Context }

// Resolve is huma's hook to reach the request.
func (in *input) Resolve(ctx huma.Context) []error {
	in.call = humaecho.Unwrap(ctx)
	return nil
}

func (in *input) echo() echo.Context { return in.call }

func (in *input) query() string { return in.call.Request().URL.RawQuery }

// caller is an input that embeds input.
type caller interface{ echo() echo.Context }

// output is an answer with what lets a client ask whether it changed.
type output[B any] struct {
	Status int
	ETag   string `header:"ETag" doc:"Weak validator of the answer, for If-None-Match."`
	Body   B
}

// operation describes an operation and wires its handler: errors become problems, answers get an ETag.
func operation[I any, P interface {
	*I
	caller
}, B any](s *Server, described huma.API, problems *huma.Schema, operation huma.Operation, handle func(context.Context, P) (B, error)) {
	complete(&operation, problems)
	operation.Responses["200"] = &huma.Response{Description: "The answer"}
	operation.Responses["304"] = &huma.Response{Description: "The answer is the one whose ETag the client sent in If-None-Match."}
	huma.Register(described, operation, func(ctx context.Context, in *I) (*output[B], error) {
		call := P(in).echo()
		body, err := handle(ctx, in)
		if err != nil {
			return nil, s.report(call, err)
		}
		tag, err := etag(body)
		if err != nil {
			return nil, s.report(call, err)
		}
		out := &output[B]{Status: http.StatusOK, ETag: tag, Body: body}
		if matches(call.Request().Header.Get(headerIfNoneMatch), tag) {
			out.Status = http.StatusNotModified
		}
		return out, nil
	})
}

// complete fills in what all operations have in common.
func complete(operation *huma.Operation, problems *huma.Schema) {
	operation.Method = http.MethodGet
	operation.SkipValidateParams = true
	operation.Responses = map[string]*huma.Response{}
	for _, status := range []int{400, 404, 410, 503, 504} {
		operation.Responses[strconv.Itoa(status)] = problemResponse(http.StatusText(status), problems)
	}
	operation.Responses["default"] = problemResponse("Any other error", problems)
}

func problemResponse(description string, schema *huma.Schema) *huma.Response {
	return &huma.Response{
		Description: description,
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schema}},
	}
}

// etag is a weak validator of an answer: weak because compression changes its bytes and its timing is left out.
func etag(body any) (string, error) {
	if answer, ok := body.(api.Answer); ok {
		answer.TookMS = 0
		body = answer
	}
	content, err := json.Marshal(body)
	if err != nil {
		return "", fmt.Errorf("encode answer: %w", err)
	}
	sum := sha256.Sum256(content)
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`, nil
}

// matches is the weak comparison of If-None-Match (RFC 9110, 13.1.2).
func matches(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// pathValue is a path parameter decoded. Echo matches the encoded path where the two differ and leaves the value so.
func pathValue(c echo.Context, name string) (string, error) {
	value := c.Param(name)
	if c.Request().URL.RawPath == "" {
		return value, nil
	}
	decoded, err := url.PathUnescape(value)
	if err != nil {
		return "", search.ErrNotFound
	}
	return decoded, nil
}
