package doctor

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gongwen"
	"gongwen/indexer/correction"
)

var today = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

// sound is a document that no rule finds doubtful.
func sound() gongwen.Document {
	return gongwen.Document{
		ID: "3f2a9c0d1e5b7a68", Title: "青溪区2020年法治政府建设年度报告", Year: 2020, Published: "2021-01-20", Signed: "2021-01",
		Issuer: "青溪区人民政府", Text: "全年工作有序推进。",
	}
}

// TestRules: every rule finds its example, under a name of its own, and nothing in a sound document.
func TestRules(t *testing.T) {
	all, err := New(today)
	if err != nil {
		t.Fatal(err)
	}
	d := sound()
	if finding, found := all.Examine(&d, ""); found {
		t.Errorf("a sound document: %+v", finding)
	}
	names := map[string]bool{}
	for _, rule := range Rules {
		if names[rule.Name] || names[rule.Chinese] {
			t.Errorf("two rules %s %s", rule.Name, rule.Chinese)
		}
		names[rule.Name], names[rule.Chinese] = true, true
		one, err := New(today, rule.Name)
		if err != nil {
			t.Fatal(err)
		}
		example := rule.Example
		example.ID = "x"
		finding, found := one.Examine(&example, "/a.txt")
		if !found || len(finding.Problems) != 1 || finding.Problems[0].Rule != rule.Name || finding.Problems[0].Message == "" || finding.Path != "/a.txt" {
			t.Errorf("%s finds %+v in its example", rule.Name, finding)
		}
		if finding, found := one.Examine(&d, ""); found {
			t.Errorf("%s finds %+v in a sound document", rule.Name, finding)
		}
		if (rule.Field != "") != (finding.Correction != "") {
			t.Errorf("%s: correction %q", rule.Name, finding.Correction)
		}
	}
	var unknown *UnknownRuleError
	if _, err := New(today, "no-such"); !errors.As(err, &unknown) {
		t.Errorf("%v", err)
	}
}

// TestGuesses: what is guessed is what a person would write.
func TestGuesses(t *testing.T) {
	for _, test := range []struct {
		d    gongwen.Document
		rule string
		want string
	}{
		{gongwen.Document{Title: "青溪区2019年工作总结"}, "no-year", "2019"},
		{gongwen.Document{Title: "青溪区2019年工作总结和2020年计划", Published: "2020-01-01"}, "no-year", "2020"},
		{gongwen.Document{Title: "政府信息公开年度报告", Published: "2020-01-01"}, "no-year", "2019"},
		{gongwen.Document{Title: "工作要点", Signed: "2020"}, "no-year", "2020"},
		{gongwen.Document{Title: "通知"}, "no-year", ""},
		{gongwen.Document{Title: "2019年报告", Year: 2009, Published: "2020-01-01"}, "year-far", "2019"},
		{gongwen.Document{Source: "新华社"}, "no-issuer", ""},
		{gongwen.Document{Source: "青溪区司法局"}, "no-issuer", "青溪区司法局"},
	} {
		e, err := New(today, test.rule)
		if err != nil {
			t.Fatal(err)
		}
		if f, found := e.Examine(&test.d, ""); !found || f.Problems[0].Better != test.want {
			t.Errorf("%+v: %+v, want %s", test.d, f, test.want)
		}
	}
}

// TestCorrectionIsReady: the line can be read as a file of corrections as it stands, and says what was guessed.
func TestCorrectionIsReady(t *testing.T) {
	all, err := New(today)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"3f2a9c0d1e5b7a68", "1e5", "0", "a: b", "#1", `"quoted"`, "两 字", "- x", "null"} {
		for _, title := range []string{"", "青溪区2019年报告: 之一 # \n\"x\""} {
			d := gongwen.Document{ID: id, Title: title, Source: "青溪区司法局"}
			finding, _ := all.Examine(&d, "")
			if strings.Contains(finding.Correction, "\n") {
				t.Errorf("%q is more than a line", finding.Correction)
			}
			rows, faults, err := correction.Read("a.yaml", []byte(finding.Correction+"\n"))
			if err != nil || len(faults) > 0 || len(rows) != 1 || rows[0].Key != id || rows[0].Values["issuer"] != "青溪区司法局" {
				t.Errorf("%s: %+v %v %v", finding.Correction, rows, faults, err)
			}
		}
	}
}

// TestOneRuleOneField: corrections know the fields that rules name.
func TestOneRuleOneField(t *testing.T) {
	for _, rule := range Rules {
		if rule.Field == "" {
			continue
		}
		rows, faults, err := correction.Read("a.yaml", []byte("x: {"+rule.Field+": y}"))
		if err != nil || len(faults) > 0 || len(rows) != 1 {
			t.Errorf("%s: %v %v", rule.Field, faults, err)
		}
	}
}
