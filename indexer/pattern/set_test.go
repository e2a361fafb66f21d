package pattern

import (
	"regexp"
	"strings"
	"testing"
)

// FuzzSet holds that a set finds what its expressions find one by one.
func FuzzSet(f *testing.F) {
	expressions := []string{`^未知$|^无$`, `^各位(?:代表|委员)`, `(?:通知|公告)(?:\([^()]*\))*$`, `国务院.{0,24}令|转发`, `^[^。]*(?:>>|→)`, `\d{4}年`, `[a-c]+$`}
	var patterns []*Pattern
	for _, e := range expressions {
		patterns = append(patterns, Compile(e))
	}
	set := NewSet(patterns...)
	all := strings.Split("无 未知 各位代表 关于放假的通知(试行) 转发 国务院第1号令 首页>>通知 2021年 无c", " ")
	for _, a := range all {
		f.Add(a)
		for _, b := range all {
			f.Add(a + b)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := -1
		for i := range patterns {
			if regexp.MustCompile(expressions[i]).MatchString(text) {
				want = i
				break
			}
		}
		if got := set.First(text); got != want {
			t.Errorf("First(%q) is %d, want %d", text, got, want)
		}
		for i, at := range set.Matches(text) {
			if i != want || at[0] != patterns[i].Regexp.FindStringIndex(text)[0] {
				t.Errorf("the first match of %q is by %d at %v, want %d", text, i, at, want)
			}
			break
		}
	})
}

func TestSplit(t *testing.T) {
	for expression, want := range map[string]int{`甲|乙`: 2, `(?:甲|乙)|丙`: 2, `[|]|\||[]|]|[^]|]`: 4, `甲(乙|(丙|丁))`: 1, `^`: 1} {
		all := split(expression)
		if len(all) != want || strings.Join(all, "|") != expression {
			t.Errorf("%s is split into %q, want %d", expression, all, want)
		}
	}
}
