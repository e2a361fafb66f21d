package pinyin

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gongwen/analyzers"
)

// TestPolyphones: a word that explains its characters leaves one reading of each.
func TestPolyphones(t *testing.T) {
	table := Load()
	for text, want := range map[string]string{
		"重庆": "chong qing", "长沙": "chang sha", "行政": "xing zheng", "银行": "yin hang", "会计": "kuai ji",
		"行政处罚": "xing zheng chu fa", "绿化": "lv hua", "a": "", "单": "dan|chan|shan",
	} {
		var got []string
		for _, readings := range table.Read([]rune(text)) {
			got = append(got, strings.Join(readings, "|"))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s reads %q, want %q", text, s, want)
		}
	}
}

// TestTables: every reading is letters, every phrase has a reading of each of its characters, and text as it is folded.
func TestTables(t *testing.T) {
	table := Load()
	if len(table.phrases) < 15000 {
		t.Fatalf("%d phrases", len(table.phrases))
	}
	for r := rune(first); r <= last; r++ {
		readings := table.Of(r)
		for _, reading := range readings {
			if reading == "" || strings.Trim(reading, "abcdefghijklmnopqrstuvwxyz") != "" {
				t.Errorf("%c reads %q", r, reading)
			}
		}
	}
	for phrase, readings := range table.phrases {
		if n := utf8.RuneCountInString(phrase); n != len(strings.Fields(readings)) || n < 2 {
			t.Errorf("%s: %d characters, readings %q", phrase, n, readings)
		}
		if analyzers.Fold(phrase) != phrase {
			t.Errorf("%s is not as texts are folded", phrase)
		}
	}
}
