package cluster

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"gongwen/search"
)

// query is a question in the cluster's language. The zero value finds nothing.
type query struct {
	every bool    // finds everything
	text  string  // JSON
	all   []query // the parts, of which all must hold, where it was made by and
}

var (
	everything = query{every: true}
	nothing    = query{}
)

func ask(dsl object) query {
	text, err := json.Marshal(dsl)
	if err != nil {
		panic(fmt.Sprintf("encode query: %v", err)) // strings and numbers: cannot fail
	}
	return query{text: string(text)}
}

func (q query) none() bool { return !q.every && q.text == "" && q.all == nil }

func (q query) equals(other query) bool { return string(q.json()) == string(other.json()) }

// json is the question as it is sent.
func (q query) json() json.RawMessage {
	switch {
	case q.every:
		return json.RawMessage(`{"match_all":{}}`)
	case q.none():
		return json.RawMessage(`{"match_none":{}}`)
	case q.all != nil:
		return json.RawMessage(ask(object{"bool": object{"filter": list(q.all)}}).text)
	}
	return json.RawMessage(q.text)
}

func list(of []query) []json.RawMessage {
	written := make([]json.RawMessage, len(of))
	for i, q := range of {
		written[i] = q.json()
	}
	return written
}

// and joins conditions; what is asked twice is asked once.
func and(of ...query) query {
	var all []query
	seen := map[string]bool{}
	var add func(of []query) bool
	add = func(of []query) bool {
		for _, q := range of {
			switch {
			case q.none():
				return false
			case q.every, q.all == nil && seen[q.text]:
			case q.all != nil:
				add(q.all)
			default:
				seen[q.text] = true
				all = append(all, q)
			}
		}
		return true
	}
	if !add(of) {
		return nothing
	}
	switch len(all) {
	case 0:
		return everything
	case 1:
		return all[0]
	}
	return query{all: all}
}

func or(of ...query) query {
	var some []query
	seen := map[string]bool{}
	for _, q := range of {
		if q.every {
			return everything
		}
		if text := string(q.json()); !q.none() && !seen[text] {
			seen[text] = true
			some = append(some, q)
		}
	}
	switch len(some) {
	case 0:
		return nothing
	case 1:
		return some[0]
	}
	return ask(object{"bool": object{"should": list(some), "minimum_should_match": 1}})
}

func not(q query) query {
	switch {
	case q.every:
		return nothing
	case q.none():
		return everything
	}
	return ask(object{"bool": object{"must_not": q.json()}})
}

// nested finds documents by their sections.
func nested(q query) query {
	if q.none() {
		return nothing
	}
	return ask(object{"nested": object{"path": fieldSections, "query": q.json(), "score_mode": "none"}})
}

func exactly(field, value string) query {
	return ask(object{"term": object{field: object{"value": value}}})
}

func exists(field string) query { return ask(object{"exists": object{"field": field}}) }

// contains finds values of a field of keywords that hold a text.
func contains(field, text string) query {
	escaped := strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`).Replace(text)
	return ask(object{"wildcard": object{field: object{"value": "*" + escaped + "*"}}})
}

// run finds texts that hold exactly the run, with its edges if it is a word.
func run(field, literal string, word bool) query {
	if literal == "" {
		return nothing
	}
	return ask(scored(field, literal, word, 1))
}

// scored is run with a weight.
func scored(field, literal string, word bool, weight float64) object {
	text := edged(literal, word)
	if utf8.RuneCountInString(text) <= 2 {
		return object{"term": object{field: object{"value": text, "boost": weight}}}
	}
	return object{"match_phrase": object{field: object{"query": text, "analyzer": analyzerPairs, "boost": weight}}}
}

// holds finds texts that hold the term, as search.Term.Holds does.
func holds(field string, t *search.Term) query {
	var some []query
	for _, literal := range t.Literals() {
		some = append(some, run(field, literal, !t.Quoted))
	}
	if parts := t.Parts(); len(parts) > 0 {
		some = append(some, ask(object{"intervals": object{field: byParts(field, parts)}}))
	}
	return or(some...)
}

// holdsAll finds values of a field that each hold every term.
func holdsAll(field string, terms []search.Term) query {
	switch len(terms) {
	case 0:
		return nothing
	case 1:
		return holds(field, &terms[0])
	}
	places := make([]object, len(terms))
	for i := range terms {
		t := &terms[i]
		var any []object
		for _, literal := range t.Literals() {
			any = append(any, place(edged(literal, !t.Quoted)))
		}
		if parts := t.Parts(); len(parts) > 0 {
			any = append(any, byParts(field, parts))
		}
		places[i] = object{"any_of": object{"intervals": any}}
	}
	return ask(object{"intervals": object{field: object{"all_of": object{"intervals": places, "ordered": false, "max_gaps": valueGap / 2}}}})
}

// place is where a run stands, as a rule of intervals.
func place(run string) object {
	analyzer := analyzerPairs
	if utf8.RuneCountInString(run) == 1 {
		analyzer = "keyword"
	}
	return object{"match": object{"query": run, "analyzer": analyzer, "ordered": true, "max_gaps": 0}}
}

// byParts is where all parts of a word stand in one sentence, as a rule of intervals.
func byParts(field string, parts []string) object {
	places := make([]object, len(parts))
	for i, part := range parts {
		places[i] = place(part)
	}
	var ends []object
	for _, end := range []string{"。", "!", "?", "\n"} {
		ends = append(ends, place(end))
	}
	rule := object{
		"intervals": places, "ordered": false,
		"filter": object{"not_containing": object{"any_of": object{"intervals": ends}}},
	}
	if field != fieldText { // others have values, and none of them is so long
		rule["max_gaps"] = valueGap / 2
	}
	return object{"all_of": rule}
}
