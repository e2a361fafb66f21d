package header

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/analyzers"
)

func checkCites(t *testing.T, body string, own Fields) {
	t.Helper()
	seen := map[string]bool{}
	last := -1
	for _, c := range Cites(body, own) {
		cut := c.Span.Cut(body)
		if c.Title == "" && c.Number == "" || (c.Title == "" || !strings.Contains(cut, c.Title)) && (c.Number == "" || len(gongwen.FindDocNumbers(analyzers.Simplify(cut))) == 0) {
			t.Errorf("%+v cuts %q", c, cut)
		}
		if c.Span.Start <= last {
			t.Errorf("%v stands before its predecessor", c)
		}
		last = c.Span.Start
		if c.Number == own.Number && c.Number != "" {
			t.Errorf("%s is the document's own number", c.Number)
		}
		if seen[c.String()] {
			t.Errorf("%v twice", c)
		}
		seen[c.String()] = true
	}
}

func TestCites(t *testing.T) {
	for _, c := range []struct {
		name, body string
		own        Fields
		want       []string
	}{
		{"title and number are one", "根据《关于修桥的意见》（国发〔2012〕77号）和冀发[2013]9号。", Fields{}, []string{"关于修桥的意见 国发〔2012〕77号", " 冀发〔2013〕9号"}},
		{"number before its title", "按照国发〔2012〕77号《关于修桥的意见》办理。", Fields{}, []string{"关于修桥的意见 国发〔2012〕77号"}},
		{"several with numbers, none between", "《甲办法》(甲发〔2018〕4号)《乙办法》(甲发〔2018〕5号)", Fields{}, []string{"甲办法 甲发〔2018〕4号", "乙办法 甲发〔2018〕5号"}},
		{"laws by title", "依照《行政诉讼法》《行政复议法》，又见《行政诉讼法》。", Fields{}, []string{"行政诉讼法 ", "行政复议法 "}},
		{"short names are none", "《信息公开条例》（以下简称《条例》）规定，按《条例》办；按照《规范》。", Fields{}, []string{"信息公开条例 "}},
		{"what it issues itself is none", "《护林办法》已经同意，现予印发。附件：《护林办法（试行）》", Fields{Title: "青县关于印发护林办法的通知"}, nil},
		{"own title in quotes is none", "现将《修桥办法》印发。", Fields{Title: "青县关于印发《修桥办法（试行）》的通知"}, nil},
		{"own number is none", "青政发〔2020〕3号\n按照青政发〔2019〕2号执行", Fields{Number: "青政发〔2020〕3号"}, []string{" 青政发〔2019〕2号"}},
		{"nested title is one", "《关于开展〈修桥规划（2016—2020年）〉评估的通知》", Fields{}, []string{"关于开展〈修桥规划（2016—2020年）〉评估的通知 "}},
		{"number in traditional characters", "根據《古樹規定》（穗府規〔2019〕17號）", Fields{}, []string{"古樹規定 穗府规〔2019〕17号"}},
		{"a later number is added to the title", "落实《修桥意见》。《修桥意见》（国发〔2012〕77号）要求。", Fields{}, []string{"修桥意见 国发〔2012〕77号"}},
		{"a title may speak of another document", "《修桥办法》自今日起废止。", Fields{Title: "关于废止《修桥办法》的决定"}, []string{"修桥办法 "}},
		{"what is passed on is another's", "现将《国务院关于修桥的意见》转发给你们。", Fields{Title: "转发国务院关于修桥的意见的通知"}, []string{"国务院关于修桥的意见 "}},
		{"a draft for comment is its own", "《修桥办法（征求意见稿）》公布如下。", Fields{Title: "关于公开征求《修桥办法》意见的通知"}, nil},
		{"newspapers are no documents", "据《人民日报》报道。", Fields{}, nil},
		{"bad bytes move no offset", "\xff《修桥意见》（国发〔2012〕77号）", Fields{}, []string{"修桥意见 国发〔2012〕77号"}},
		{"unclosed mark", "《没有完\n《修桥意见》", Fields{}, []string{"修桥意见 "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, cite := range Cites(c.body, c.own) {
				got = append(got, fmt.Sprintf("%s %s", cite.Title, cite.Number))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			checkCites(t, c.body, c.own)
		})
	}
}
