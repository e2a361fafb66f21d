package header

import words "gongwen/indexer/pattern"

// pattern is a regular expression that looks at words before it matches: nearly all lines are no header line of any kind.
type pattern = words.Pattern

func compile(expression string) *pattern { return words.Compile(expression) }
