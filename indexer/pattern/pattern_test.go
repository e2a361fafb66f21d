package pattern

import "testing"

func TestPatternsReadTheirWords(t *testing.T) {
	for expression, want := range map[string][4]int{ // words that are all of a text, begin, end it or stand anywhere
		`^未知$|^无$`:                  {2, 0, 0, 0},
		`^各位(?:代表|委员)`:              {0, 2, 0, 0},
		`(?:通知|公告)(?:\([^()]*\))*$`: {0, 0, 4, 0},
		`国务院.{0,24}令|转发`:            {0, 0, 0, 3},
		`^[^。]*(?:>>|→)`:            {0, 0, 0, 2},
	} {
		p := Compile(expression)
		p.learn()
		if got := [4]int{len(p.whole.list), len(p.start.list), len(p.end.list), len(p.inside.list)}; got != want || p.always {
			t.Errorf("%s has %v words, want %v", expression, got, want)
		}
	}
}
