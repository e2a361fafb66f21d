// Package seeds holds the sample documents of a fresh clone, embedded in the program, so that one can search something
// at once. README.md beside them says what is in them; everything in them is invented.
package seeds

import "embed"

// Files holds the sample documents: UTF-8 texts as copied from a web page, "*.txt", without folders.
//
//go:embed *.txt
var Files embed.FS
