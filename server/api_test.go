package server

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"gongwen"
)

// description is the OpenAPI document that the server sends.
func description(t *testing.T, s *Server) map[string]any {
	t.Helper()
	w := get(s, apiRoot+"/openapi.json")
	if w.Code != 200 {
		t.Fatalf("status %d", w.Code)
	}
	return object(t, w)
}

// dig follows keys into a JSON value.
func dig(t *testing.T, value any, keys ...string) any {
	t.Helper()
	for _, key := range keys {
		m, ok := value.(map[string]any)
		if !ok || m[key] == nil {
			t.Fatalf("nothing at %q of %v", key, keys)
		}
		value = m[key]
	}
	return value
}

// fit checks a value against a schema: required fields, no unknown ones, types, null only where it is allowed.
func fit(t *testing.T, root map[string]any, schema map[string]any, value any, at string) {
	t.Helper()
	if ref, ok := schema["$ref"].(string); ok {
		keys := strings.Split(strings.TrimPrefix(ref, "#/"), "/")
		fit(t, root, dig(t, root, keys...).(map[string]any), value, at)
		return
	}
	if either, ok := schema["oneOf"].([]any); ok { // an object or null
		if value == nil {
			fit(t, root, either[1].(map[string]any), value, at)
		} else {
			fit(t, root, either[0].(map[string]any), value, at)
		}
		return
	}
	allowed := map[string]bool{}
	switch of := schema["type"].(type) {
	case string:
		allowed[of] = true
	case []any:
		for _, name := range of {
			allowed[name.(string)] = true
		}
	}
	kind := ""
	switch v := value.(type) {
	case nil:
		kind = "null"
	case bool:
		kind = "boolean"
	case string:
		kind = "string"
		if of, ok := schema["enum"].([]any); ok && !strings.Contains(toJSON(of), `"`+v+`"`) {
			t.Errorf("%s: %q is none of %v", at, v, of)
		}
	case float64:
		kind = "number"
		if allowed["integer"] && v == float64(int64(v)) {
			kind = "integer"
		}
	case []any:
		kind = "array"
		items, ok := schema["items"].(map[string]any)
		if !ok {
			t.Errorf("%s: no schema of items", at)
			return
		}
		for _, item := range v {
			fit(t, root, items, item, at+"[]")
		}
	case map[string]any:
		kind = "object"
		properties, _ := schema["properties"].(map[string]any)
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				t.Errorf("%s: no %s", at, name)
			}
		}
		for name, field := range v {
			if of, ok := properties[name].(map[string]any); ok {
				fit(t, root, of, field, at+"."+name)
			} else if of, ok := schema["additionalProperties"].(map[string]any); ok {
				fit(t, root, of, field, at+"."+name)
			} else {
				t.Errorf("%s: %s is not described", at, name)
			}
		}
		if len(properties) != len(required) {
			t.Errorf("%s: %d fields, %d required", at, len(properties), len(required))
		}
	}
	if !allowed[kind] {
		t.Errorf("%s: %s where %v is described", at, kind, schema["type"])
	}
}

func toJSON(v any) string {
	b, _ := json.Marshal(v) // made of a decoded value
	return string(b)
}

// The description is OpenAPI 3.1, names every parameter, and real answers are as it says.
func TestDescription(t *testing.T) {
	f := &fake{documents: append(reports(), &gongwen.Document{ID: "bare", Text: "正文"})}
	s, _ := newTest(t, f, Options{Version: "1.2.3"})
	root := description(t, s)
	if got := root["openapi"]; !strings.HasPrefix(got.(string), "3.1") {
		t.Errorf("openapi %v", got)
	}
	if got := dig(t, root, "info", "version"); got != "1.2.3" {
		t.Errorf("version %v", got)
	}
	for path, want := range map[string]string{
		"/search":         "q year year_from year_to department topic role region kind status match synonyms unit sort explain size cursor",
		"/facets":         "q year year_from year_to department topic role region kind status match synonyms unit",
		"/documents/{id}": "id",
	} {
		var names []string
		for _, p := range dig(t, root, "paths", apiRoot+path, "get", "parameters").([]any) {
			names = append(names, p.(map[string]any)["name"].(string))
			if p.(map[string]any)["description"] == nil {
				t.Errorf("%s: %v has no description", path, p)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: parameters %s, want %s", path, got, want)
		}
	}
	for _, answer := range []struct{ path, operation, status, media string }{
		{"/search?q=" + url.QueryEscape("行政执法"), "/search", "200", "application/json"},
		{"/search", "/search", "200", "application/json"},
		{"/search?q=" + url.QueryEscape("飞碟"), "/search", "200", "application/json"},
		{"/facets", "/facets", "200", "application/json"},
		{documentPath("青溪-2018"), "/documents/{id}", "200", "application/json"},
		{documentPath("bare"), "/documents/{id}", "200", "application/json"},
		{"/search?size=0", "/search", "400", "application/problem+json"},
		{documentPath("nothing"), "/documents/{id}", "404", "application/problem+json"},
	} {
		w := get(s, apiRoot+answer.path)
		schema := dig(t, root, "paths", apiRoot+answer.operation, "get", "responses", answer.status, "content", answer.media, "schema")
		if w.Header().Get("Content-Type") != answer.media {
			t.Errorf("%s: %s", answer.path, w.Header().Get("Content-Type"))
		}
		fit(t, root, schema.(map[string]any), object(t, w), answer.path)
	}
}

// Answers of the API: filters, pages and facets agree with each other.
func TestAnswers(t *testing.T) {
	s, _ := newTest(t, &fake{documents: reports()}, Options{})
	seen := map[string]bool{}
	path := apiRoot + "/search?size=10&year=2016..2018&q=" + url.QueryEscape("行政执法")
	for next := path; next != ""; {
		answer := object(t, get(s, next))
		if answer["total"] != 18.0 {
			t.Fatalf("total %v", answer["total"])
		}
		for _, h := range answer["hits"].([]any) {
			seen[dig(t, h, "document", "id").(string)] = true
		}
		next = ""
		if cursor, ok := answer["next"].(string); ok {
			next = path + "&cursor=" + cursor
		}
	}
	if len(seen) != 18 {
		t.Errorf("%d documents on the way", len(seen))
	}
	facets := object(t, get(s, apiRoot+"/facets?year=2018"))
	if got := len(dig(t, facets, "facets", "department").([]any)); got != 9 || facets["total"] != 9.0 {
		t.Errorf("%d departments, total %v", got, facets["total"])
	}
	// An open quote is no error, but a notice.
	answer := object(t, get(s, apiRoot+"/search?q="+url.QueryEscape(`"行政执法`)))
	if len(answer["notices"].([]any)) != 1 {
		t.Errorf("notices %v", answer["notices"])
	}
}
