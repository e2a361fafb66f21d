package search

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gongwen/analyzers"
)

// TestReadAliases says which way names go, and that a further file counts alone for the names that it gives.
func TestReadAliases(t *testing.T) {
	a, err := ReadAliases(strings.NewReader("# a comment\n甲方 乙方 = 丙方\n丁方 > 戊方 己方\n丁方 ＞ 庚方\r\n辛方 >\n"))
	if err != nil {
		t.Fatal(err)
	}
	further, err := ReadAliases(strings.NewReader("甲方 > 壬方\n戊方 = 子方"))
	if err != nil {
		t.Fatal(err)
	}
	all := a.With(further)
	for name, want := range map[string][2][]string{
		"甲方": {{"乙方", "丙方"}, {"壬方"}}, "丙方": {{"甲方", "乙方"}, {"甲方", "乙方"}},
		"丁方": {{"戊方", "己方", "庚方"}, {"戊方", "己方", "庚方"}}, "戊方": {nil, {"子方"}}, "辛方": {nil, nil},
	} {
		for i, names := range []*Aliases{a, all} {
			if _, got := names.at(name); !slices.Equal(got, want[i]) {
				t.Errorf("%s in file %d: %v, want %v", name, i, got, want[i])
			}
		}
	}
}

// TestAliasErrors: a bad line is named by its number, as it stands, with a sentence.
func TestAliasErrors(t *testing.T) {
	for _, line := range []string{
		"甲方 乙方", "甲方 =", "= 甲方", "> 甲方", "甲方 = 乙方 > 丙方", "甲方 > 乙方 > 丙方", "甲方 = ---", "\xff = 甲方",
		"甲方 = " + strings.Repeat("乙", 50), strings.Repeat("乙 ", 5000),
	} {
		_, err := ReadAliases(strings.NewReader("# 说明\n甲方 = 乙方\n\n" + line + "\n丙方 = 丁方\n"))
		var fault *AliasError
		if !errors.As(err, &fault) || fault.Line != 4 || fault.Problem == "" {
			t.Errorf("%.30q: %v", line, err)
		}
	}
}

// TestJoinNames: a name that the segmenter does not know is one word, one that is made of words is not.
func TestJoinNames(t *testing.T) {
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"道交法处罚": "道交法 处罚", "违反道交法": "违反 道交法"} {
		var got []string
		for _, term := range wordTerms(words, text) {
			got = append(got, term.Text)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s is cut into %s, want %s", text, s, want)
		}
	}
	if got := wordTerms(words, "执法三项制度"); len(got) < 2 {
		t.Errorf("执法三项制度 is cut into %v", got)
	}
}

// FuzzAliases: no file makes it panic, and what it reads is folded and never its own name.
func FuzzAliases(f *testing.F) {
	f.Add("甲 = 乙\n丙 > 丁")
	f.Add(">\n=\n#")
	f.Fuzz(func(t *testing.T, file string) {
		a, err := ReadAliases(strings.NewReader(file))
		if err != nil {
			return
		}
		for name, others := range a.names {
			if name == "" || slices.Contains(others, name) || slices.Contains(others, "") {
				t.Errorf("%q: %q", name, others)
			}
		}
	})
}

// TestPlainly: the query that looks for no other names marks the same words.
func TestPlainly(t *testing.T) {
	words, err := analyzers.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"放管服 改革", "放管服 OR (复议 -诉讼)", `"放管服" 改革 年度:2018`, "-刑诉法", "刑诉法"} {
		q, _, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		plain := Plainly(q)
		again, _, err := Parse(plain.String())
		if err != nil || again.String() != plain.String() {
			t.Errorf("%s: %v, %v", plain, again, err)
		}
		if p := Compile(Request{Query: plain}, words); len(p.Also()) > 0 || len(p.Aliases) > 0 {
			t.Errorf("%s: also %v", plain, p.Also())
		}
	}
}
