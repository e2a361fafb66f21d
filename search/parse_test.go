package search

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// tree writes a query so that its shape can be read.
func tree(q Query) string {
	list := func(of []Query) string {
		parts := make([]string, len(of))
		for i, part := range of {
			parts[i] = tree(part)
		}
		return strings.Join(parts, ", ")
	}
	switch q := q.(type) {
	case nil:
		return "all"
	case Run:
		return "run<" + q.Text + ">"
	case Words:
		if q.Required {
			return "+" + q.Text
		}
		return q.Text
	case Where:
		if q.Exact {
			return string(q.Field) + "==" + q.Value
		}
		return string(q.Field) + "=" + q.Value
	case And:
		return "and(" + list(q.Of) + ")"
	case Or:
		return "or(" + list(q.Of) + ")"
	case Like:
		return "like<" + q.ID + ">"
	case Wild:
		return "wild<" + q.Text + ">"
	case Near:
		text := "near(" + tree(q.Of[0])
		for i, by := range q.By {
			text += " " + by.String() + " " + tree(q.Of[i+1])
		}
		return text + ")"
	case Boosted:
		return tree(q.Of) + "^" + strconv.FormatFloat(q.By, 'f', -1, 64)
	case Not:
		return "not(" + tree(q.Of) + ")"
	}
	return "?"
}

var parseCases = []struct{ text, want string }{
	{"", "all"},
	{" 　", "all"},
	{"法律顾问", "法律顾问"},
	{"法律 顾问", "and(法律, 顾问)"},
	{`"法律 顾问"`, "run<法律 顾问>"},
	{"“法律顾问”", "run<法律顾问>"},
	{"「法律顾问」", "run<法律顾问>"},
	{`"推进“放管服”改革"`, "run<推进“放管服”改革>"},
	{`"a\"b\\c"`, `run<a"b\c>`},
	{`"没有闭合`, "run<没有闭合>"},
	{"《行政诉讼法》", "run<行政诉讼法>"},
	{"落实《关于印发〈办法〉的通知》", "and(落实, run<关于印发〈办法〉的通知>)"},
	{"《没有闭合", "没有闭合"},
	{"推进“放管服”改革", "and(推进, run<放管服>, 改革)"},
	{"复议 OR 诉讼", "or(复议, 诉讼)"},
	{"复议 或 诉讼 | 仲裁", "or(复议, 诉讼, 仲裁)"},
	{"行政 复议 OR 诉讼 案件", "or(and(行政, 复议), and(诉讼, 案件))"},
	{"行政 (复议 OR 诉讼)", "and(行政, or(复议, 诉讼))"},
	{"行政（复议 或 诉讼）案件", "and(行政, or(复议, 诉讼), 案件)"},
	{"(法治 政府", "and(法治, 政府)"},
	{"法治) 政府", "and(法治, 政府)"},
	{"复议或诉讼", "复议或诉讼"},
	{"“复议”或“诉讼”", "or(run<复议>, run<诉讼>)"},
	{"顾问 NOT 律师", "and(顾问, not(律师))"},
	{"顾问 非 律师", "and(顾问, not(律师))"},
	{"顾问 -律师", "and(顾问, not(律师))"},
	{"顾问 - 律师", "and(顾问, 律师)"},
	{"2016-2020年", "2016-2020年"},
	{"-律师", "not(律师)"},
	{"--律师", "律师"},
	{"-(律师 顾问)", "not(and(律师, 顾问))"},
	{"+法律 顾问", "and(+法律, 顾问)"},
	{"OR 法律", "法律"},
	{"法律 OR", "法律"},
	{"法律 NOT", "法律"},
	{"国办发(2018)118号", "国办发〔2018〕118号"},
	{"大长管办发 〔2018〕 47 号", "大长管办发〔2018〕47号"},
	{"(2018)47号", "〔2018〕47号"},
	{"依据国发〔2012〕77号办理", "and(依据, 国发〔2012〕77号, 办理)"},
	{"办法(试行)", "办法(试行)"},
	{"year:2018", "year=2018"},
	{"年度：2018", "year=2018"},
	{"year:2016..2019", "year=2016..2019"},
	{"year:2016..", "year=2016.."},
	{"published:2019-1", "published=2019-01"},
	{"施行:2019-1..", "effective=2019-01.."},
	{"失效日期:2025", "expires=2025"},
	{"published:2019-01..2019-03", "published=2019-01..2019-03"},
	{"topic:行政执法", "topic=enforcement"},
	{"主题:Enforcement", "topic=enforcement"},
	{"role:plan", "role=plan"},
	{"region:大连市", "region=大连市"},
	{`department:"大连市司法局"`, "department==大连市司法局"},
	{"department:司法局", "department=司法局"},
	{"department:unknown", "department==unknown"},
	{"number:国办发(2018)118号", "number=国办发〔2018〕118号"},
	{"cites:《行政诉讼法》", "cites=行政诉讼法"},
	{"title:法治 工作", "and(title=法治, 工作)"},
	{"heading:\"政务公开\"", "heading==政务公开"},
	{"x:y", "x:y"},
	{"year:", "year:"},
	{"时间:2019-01-31", "时间:2019-01-31"},
	{"，。、", "all"},
	{"a OR (b OR c)", "or(a, b, c)"},
	{"(a b) c", "and(a, b, c)"},
	{"()", "all"},
	{"year:2018 OR 顾问", "or(year=2018, 顾问)"},

	{"处罚 /s 听证", "near(处罚 /s 听证)"},
	{"处罚 ／Ｓ 听证", "near(处罚 /s 听证)"},
	{"处罚 /句 听证 /段 复议", "near(处罚 /s 听证 /p 复议)"},
	{"处罚 /20 听证", "near(处罚 /20 听证)"},
	{"处罚 ／２０字 听证", "near(处罚 /20 听证)"},
	{"处罚 >20 听证 >s 复议 >p 诉讼", "near(处罚 >20 听证 >s 复议 >p 诉讼)"},
	{"处罚 》20 听证", "near(处罚 >20 听证)"},
	{"“处罚”/s“听证”", "near(run<处罚> /s run<听证>)"},
	{"《行政处罚法》 /s 听证", "near(run<行政处罚法> /s 听证)"},
	{"行政 处罚 /s 听证 公开", "and(行政, near(处罚 /s 听证), 公开)"},
	{"处罚 /s (听证 OR “复议”)", "near(处罚 /s or(听证, run<复议>))"},
	{"处罚 /s +听证", "error"},
	{"+处罚 /s 听证", "near(处罚 /s 听证)"},
	{"-处罚 /s 听证", "not(near(处罚 /s 听证))"},
	{"处罚 /s 听证 OR 复议", "or(near(处罚 /s 听证), 复议)"},
	{"行政*处罚 /10 国办发(2018)118号", "near(wild<行政*处罚> /10 国办发〔2018〕118号)"},
	{"1/2", "1/2"},
	{"和/或", "和/或"},
	{"2018/12/04", "2018/12/04"},
	{"km/s", "km/s"},
	{"处罚/s 听证", "and(处罚/s, 听证)"},
	{"处罚 / s 听证", "and(处罚, s, 听证)"},
	{"处罚 /abc 听证", "and(处罚, /abc, 听证)"},
	{"产值 > 20 亿", "and(产值, 20, 亿)"},
	{"“/s” 处罚", "and(run</s>, 处罚)"},

	{"行政*诉讼", "wild<行政*诉讼>"},
	{"行政＊诉讼", "wild<行政*诉讼>"},
	{"行政**诉讼", "wild<行政*诉讼>"},
	{"行政?诉讼", "wild<行政?诉讼>"},
	{"行政???诉讼", "wild<行政???诉讼>"},
	{"行政*", "wild<行政*>"},
	{"wto*", "wild<wto*>"},
	{"复议、行政*诉讼，听证", "and(复议, wild<行政*诉讼>, ，听证)"},
	{"“行政*诉讼”", "run<行政*诉讼>"},
	{"行政？诉讼", "行政？诉讼"},
	{"行政复议?怎么申请", "行政复议?怎么申请"},
	{"什么是行政复议?", "什么是行政复议?"},
	{"什么是行政复议？", "什么是行政复议？"},
	{"行政复议要钱吗?要多少?", "行政复议要钱吗?要多少?"},
	{"???", "all"},
	{"?法", "?法"},
	{"title:行政*处罚", "title=行政*处罚"},
	{"-行政*诉讼", "not(wild<行政*诉讼>)"},

	{"like:d-1", "like<d-1>"},
	{"类似：d1 处罚", "and(like<d1>, 处罚)"},
	{`相似:"a (b"`, "like<a (b>"},
	{"like:", "like:"},

	{"处罚^3 听证", "and(处罚^3, 听证)"},
	{"“行政处罚”^0.5", "run<行政处罚>^0.5"},
	{"处罚＾2", "处罚^2"},
	{"+处罚^2", "+处罚^2"},
	{"(处罚 OR 听证)^2", "or(处罚, 听证)^2"},
	{"(处罚 /s 听证)^2 公开", "and(near(处罚 /s 听证)^2, 公开)"},
	{"处罚^2 /s 听证", "near(处罚 /s 听证)^2"},
	{"title:年度报告^3 处罚", "and(title=年度报告^3, 处罚)"},
	{"year:2018^2", "year=2018^2"},
	{"处罚^1", "处罚"},
	{"m^2", "m^2"},
	{"10^3", "10^3"},
	{"(m)^2", "m^2"},
	{"^3", "^3"},
}

func TestParse(t *testing.T) {
	for _, c := range parseCases {
		q, _, err := Parse(c.text)
		if err != nil {
			if c.want != "error" {
				t.Errorf("Parse(%q): %v", c.text, err)
			}
			continue
		}
		if got := tree(q); got != c.want {
			t.Errorf("Parse(%q) = %s, want %s", c.text, got, c.want)
		}
	}
}

func TestParseNotices(t *testing.T) {
	for text, want := range map[string]string{
		`"没有闭合`: noticeUnclosedQuote, "(法治": noticeUnclosedBracket, "法治 OR": noticeIgnoredOperator, "NOT": "",
	} {
		_, notices, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			continue
		}
		if len(notices) != 1 || notices[0].Code != want || notices[0].Message == "" {
			t.Errorf("Parse(%q) notices %v, want %s", text, notices, want)
		}
	}
}

func TestParseFaults(t *testing.T) {
	for _, c := range []struct{ text, value, message string }{
		{"year:abc", "abc", "不是年度"},
		{"year:2019..2016", "2019..2016", "颠倒"},
		{"published:2019-13", "2019-13", "不是日期"},
		{"topic:天气", "天气", "没有“天气”这个主题"},
		{"role:x", "x", "没有“x”这种内容"},
		{"处罚 /0 听证", "/0", "1 至 200 之间"},
		{"处罚 ／２０１ 听证", "／２０１", "1 至 200 之间"},
		{"/s 听证", "/s", "左边没有检索词"},
		{"处罚 OR /s 听证", "/s", "左边没有检索词"},
		{"处罚 /s", "/s", "右边没有检索词"},
		{"处罚 /s /p 听证", "/s", "右边没有检索词"},
		{"(处罚 /s) 听证", "/s", "右边没有检索词"},
		{"处罚 /s -听证", "/s", "右边没有检索词"},
		{"处罚 /s ，", "/s", "右边没有检索词"},
		{"处罚 /s year:2018", "year:2018", "字段条件"},
		{"year:2018 /s 处罚", "year:2018", "字段条件"},
		{"(行政 处罚) /s 听证", "(行政 处罚)", "OR 并列"},
		{"处罚 /s (听证 /p 复议)", "(听证 /p 复议)", "还有连接符"},
		{"处罚 /s like:d1", "like:d1", "字段条件"},
		{"like:a like:b like:c like:d", "like:d", "超过 3 个"},
		{"*", "*", "没有文字"},
		{"处罚 ＊＊ 听证", "＊＊", "没有文字"},
		{"a*b*c*d*e*f*g*h*i*j", "a*b*c*d*e*f*g*h*i*j", "超过 8 处"},
		{strings.Repeat("a*b ", 21), "a*b", "超过 20 处"},
		{"处罚^0", "^0", "大于 0"},
		{"处罚^99 听证", "^99", "大于 0"},
		{strings.Repeat("(", 30) + "a", "", "嵌套超过"},
		{strings.Repeat("a ", 300), "a", "超过 200 个检索词"},
		{strings.Repeat("法", 10000), "", "有 10000 个字符"},
	} {
		_, _, err := Parse(c.text)
		var fault *QueryError
		if !errors.As(err, &fault) {
			t.Errorf("Parse(%.20q) = %v, want a *QueryError", c.text, err)
			continue
		}
		if !strings.Contains(fault.Message, c.message) || fault.Hint == "" || fault.Param != "q" {
			t.Errorf("Parse(%.20q): %+v, want message %s and a hint", c.text, fault, c.message)
		}
		if fault.Value != c.value || fault.Offset < 0 || fault.Offset+len(fault.Value) > len(c.text) ||
			c.text[fault.Offset:fault.Offset+len(fault.Value)] != c.value {
			t.Errorf("Parse(%.20q): fault at %d %q, want %q", c.text, fault.Offset, fault.Value, c.value)
		}
	}
}

func TestSplitConditions(t *testing.T) {
	q, _, err := Parse("year:2018 顾问 -律师 year:2019")
	if err != nil {
		t.Fatal(err)
	}
	rest, conditions := SplitConditions(q)
	if tree(rest) != "and(顾问, not(律师))" || len(conditions) != 2 {
		t.Errorf("rest %s, conditions %v", tree(rest), conditions)
	}
}

// FuzzParse holds the round trip: what String writes, Parse reads as the same tree.
func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, _, err := Parse(text)
		if err != nil {
			var fault *QueryError
			if !errors.As(err, &fault) || fault.Offset < 0 || fault.Offset > len(text) || fault.Message == "" {
				t.Fatalf("Parse(%q): %#v", text, err)
			}
			return
		}
		if q == nil {
			return
		}
		again, _, err := Parse(q.String())
		var fault *QueryError
		if errors.As(err, &fault) && len(q.String()) > len(text) {
			return // quoting may lift a query over the limits
		}
		if err != nil || !reflect.DeepEqual(again, q) {
			t.Fatalf("Parse(%q) = %s\nString: %q\nParse again: %s, %v", text, tree(q), q.String(), tree(again), err)
		}
	})
}
