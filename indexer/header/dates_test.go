package header

import "testing"

func TestDateLines(t *testing.T) {
	for text, want := range map[string]string{
		"2019-01-31": "2019-01-31", "2019/01/31 09:05:41": "2019-01-31", "2019年1月31日": "2019-01-31", "2019.1.31": "2019-01-31",
		"二〇一九年一月三十一日": "2019-01-31", "二○一○年九月十六日": "2010-09-16", "二OO七年三月二十九日": "2007-03-29", "二O一三年六月五日": "2013-06-05",
		"（2019年1月31日）": "2019-01-31", "２０１９年１月３１日": "2019-01-31", "2019 年 1 月 31 日": "2019-01-31", "2019年1月": "2019-01",
		"二〇一九年十月十日": "2019-10-10", "2019年2月30日": "", "2019-13-01": "", "2019年1月31日上午召开会议": "", "发布于2019-01-31": "", "1": "",
	} {
		if got := dateLine(newLine(text).key); string(got) != want {
			t.Errorf("dateLine(%s) = %q, want %q", text, got, want)
		}
	}
}

func TestDamagedDatesAreReadOnlyWhereTheyCanBeReadOneWay(t *testing.T) {
	for text, want := range map[string]string{
		"2019620": "2019-06-20", "20161128": "2016-11-28", "202367": "2023-06-07", "2018525": "2018-05-25", "2021111": "", "2019": "",
		"201900": "", "20191301": "", "2018 5 25": "2018-05-25",
	} {
		if got, _ := damagedDate(text); string(got) != want {
			t.Errorf("damagedDate(%s) = %q, want %q", text, got, want)
		}
	}
}
