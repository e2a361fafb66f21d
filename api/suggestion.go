package api

import "gongwen/suggest"

// Suggestions are what one may be about to type.
type Suggestions struct {
	Ready       bool         `json:"ready" doc:"False until the collection has been read; then there are no suggestions."`
	Suggestions []Suggestion `json:"suggestions" nullable:"false" doc:"What goes on as was typed, in characters or in pinyin."`
}

// Suggestion is something that the collection holds.
type Suggestion struct {
	Text  string `json:"text" doc:"The word, name, heading or title."`
	Kind  string `json:"kind" enum:"term,institution,heading,title" doc:"What it is."`
	Parts []Part `json:"parts" nullable:"false" doc:"The text in parts; match says which of it was typed."`
	Query string `json:"query" doc:"What one asks to find it."`
}

// NewSuggestions returns the view of suggestions.
func NewSuggestions(ready bool, found []suggest.Suggestion) Suggestions {
	view := Suggestions{Ready: ready, Suggestions: make([]Suggestion, 0, len(found))}
	for _, s := range found {
		suggestion := Suggestion{Text: s.Text, Kind: string(s.Kind), Query: s.Query(), Parts: []Part{}}
		for _, part := range []Part{
			{Text: s.Text[:s.Match.Start]}, {Text: s.Text[s.Match.Start:s.Match.End], Match: true}, {Text: s.Text[s.Match.End:]},
		} {
			if part.Text != "" {
				suggestion.Parts = append(suggestion.Parts, part)
			}
		}
		view.Suggestions = append(view.Suggestions, suggestion)
	}
	return view
}
