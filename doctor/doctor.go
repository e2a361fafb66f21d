// Package doctor answers "Which documents were understood badly, by the look of them?" and how to put that right.
//
// Useful for: a list to go through after indexing. Not for: judging texts, and for reading them anew. Limits: rules look at
// one document each; what is plausible and wrong is not found.
package doctor

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongwen"
)

// Finding is a document with what is doubtful in it.
type Finding struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Path     string    `json:"path"` // of the file that it was read from, or ""
	Problems []Problem `json:"problems"`
	// Correction is a line for a file of corrections, with what is to be filled in left empty; "" where nothing can be
	// corrected so.
	Correction string `json:"correction"`
}

// Problem is what one rule found.
type Problem struct {
	Rule    string `json:"rule"`
	Message string `json:"message"` // a sentence for people
	Field   string `json:"field"`   // what to correct, "" for nothing
	Better  string `json:"better"`  // a guess at its value, or ""
}

// Examiner looks at documents.
type Examiner struct {
	rules []Rule
	today gongwen.Date
}

// New returns an examiner by the rules of these names, or by all for none. The error names one that there is not.
func New(today time.Time, names ...string) (*Examiner, error) {
	e := &Examiner{today: gongwen.Date(today.Format(time.DateOnly))}
	for _, name := range names {
		if !slices.ContainsFunc(Rules, func(r Rule) bool { return r.Name == name }) {
			return nil, &UnknownRuleError{name}
		}
	}
	for _, rule := range Rules {
		if len(names) == 0 || slices.Contains(names, rule.Name) {
			e.rules = append(e.rules, rule)
		}
	}
	return e, nil
}

// UnknownRuleError names a rule that there is not.
type UnknownRuleError struct{ Name string }

func (e *UnknownRuleError) Error() string { return fmt.Sprintf("no rule %q", e.Name) }

// Examine returns what is doubtful in a document; ok is false where nothing is.
func (e *Examiner) Examine(d *gongwen.Document, path string) (finding Finding, ok bool) {
	finding = Finding{ID: d.ID, Title: d.Title, Path: path}
	for _, rule := range e.rules {
		if said, found := rule.find(d, e.today); found {
			finding.Problems = append(finding.Problems, Problem{rule.Name, said.message, rule.Field, said.better})
		}
	}
	finding.Correction = correctionLine(&finding)
	return finding, len(finding.Problems) > 0
}

var plainKey = regexp.MustCompile(`^[\p{Han}A-Za-z0-9][\p{Han}A-Za-z0-9_./-]*$`)

// correctionLine is the line that corrects a document, in YAML.
func correctionLine(f *Finding) string {
	var fields []string
	for _, p := range f.Problems {
		if p.Field == "" || slices.ContainsFunc(fields, func(field string) bool { return strings.HasPrefix(field, p.Field+":") }) {
			continue
		}
		value := p.Better
		if value != "" && !plainKey.MatchString(value) {
			value = strconv.Quote(value)
		}
		fields = append(fields, p.Field+": "+value)
	}
	if len(fields) == 0 {
		return ""
	}
	key := f.ID
	if !plainKey.MatchString(key) {
		key = strconv.Quote(key)
	}
	line := key + ": {" + strings.Join(fields, ", ") + "}"
	if title := strings.Join(strings.Fields(f.Title), " "); title != "" {
		line += " # " + title
	}
	return line
}
