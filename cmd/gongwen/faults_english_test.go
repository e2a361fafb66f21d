package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// Whatever search says of a query in Chinese, it says in English too.
func TestFaultsInEnglish(t *testing.T) {
	a := &app{lang: english}
	files, err := filepath.Glob("../../search/*.go")
	files = append(files, "../../search/cluster/known.go", "../../search/cluster/evaluate.go")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	literal := regexp.MustCompile(`"((?:[^"\\\n]|\\.)*[。？])"`)
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "aliases.go") { // a file of one's own is in Chinese
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(source), -1) {
			message := verbs.ReplaceAllString(m[1], "7")
			if !strings.ContainsFunc(message, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				continue
			}
			if m[1] == "的条件没有值。" {
				message = "年度" + message
			}
			found++
			if english := a.translate(message); strings.ContainsAny(english, "。？，") || strings.Contains(english, "%!") {
				t.Errorf("%s: %s is not in English: %s", filepath.Base(file), m[1], english)
			}
		}
	}
	if found < 20 {
		t.Errorf("%d messages", found)
	}
	for _, row := range faultsEnglish {
		if len(verbs.FindAllString(row.zh, -1)) != len(verbs.FindAllString(row.en, -1)) {
			t.Errorf("%s and %s differ in what is filled in", row.zh, row.en)
		}
	}
	if got := a.translate("“50%d”不是年度。"); !strings.Contains(got, "is no year") {
		t.Error(got)
	}
}

// A fault of a query is told in the user's language, with the place.
func TestEnglishFault(t *testing.T) {
	p, _ := newProgram(t)
	p.vars["LANG"] = "en_US.UTF-8"
	p.expect(exitDone, "index", writeSeeds(t))
	contains(t, p.expect(exitUsage, "search", "year:abc").stderr, "“abc” is no year.", "year:abc", "A year is written 2018")
	contains(t, p.expect(exitDone, "search", "(法律顾问").stdout, "Note: A bracket is not closed")
}
