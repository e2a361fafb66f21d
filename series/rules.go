package series

import (
	"strings"

	"gongwen"
	"gongwen/analyzers"
)

// key is what figures of one series have in common.
type key struct{ noun, unit string }

// name is a key with the names of the rules that made it.
type name struct {
	key
	rules []string
}

// Rule joins spellings of what is counted.
type Rule struct {
	Name string
	// From and To are an example: two figures, each noun and unit, that the rule takes for one.
	From, To [2]string
	// Verbs says that the rule drops who did what; it is not used where a document counts the two apart.
	Verbs bool
	apply func(key) key
}

// Rules returns the rules in the order in which they are used.
func Rules() []Rule { return rules }

var rules = []Rule{
	{"width, brackets and quotation marks", [2]string{"村(社区)“法律顾问”", "名"}, [2]string{"村（社区）法律顾问", "名"}, false, func(k key) key {
		return key{marks.Replace(analyzers.Fold(k.noun)), k.unit}
	}},
	{"total of a table", [2]string{"本年新收政府信息公开申请数量×总计", ""}, [2]string{"新收政府信息公开申请", "件"}, false, func(k key) key {
		row, ok := strings.CutSuffix(k.noun, "×总计")
		if !ok {
			return k
		}
		if strings.HasSuffix(row, "申请数量") && k.unit == "" {
			k.unit = "件"
		}
		return key{strings.TrimPrefix(strings.TrimSuffix(row, "数量"), "本年"), k.unit}
	}},
	{"column of a table", [2]string{"行政规范性文件×现行有效件数", "件"}, [2]string{"行政规范性文件×现行有效", "件"}, false, func(k key) key {
		return key{strings.TrimSuffix(k.noun, "件数"), k.unit}
	}},
	{"when and how often", [2]string{"全年共受理行政复议案件", "件"}, [2]string{"受理行政复议案件", "件"}, false, func(k key) key {
		return key{trimStart(k.noun, "全年", "今年", "本年度", "本年", "年内", "累计", "共计", "共", "总计", "合计", "现有", "其中", "已"), k.unit}
	}},
	{"who came before 的", [2]string{"持有效行政执法证件的行政执法人员", "人"}, [2]string{"行政执法人员", "人"}, false, func(k key) key {
		if i := strings.LastIndex(k.noun, "的"); i >= 0 && len(k.noun)-i-len("的") >= 3*len("人") {
			k.noun = k.noun[i+len("的"):]
		}
		return k
	}},
	{"units for the same", [2]string{"行政复议案件", "宗"}, [2]string{"行政复议案件", "件"}, false, func(k key) key {
		switch {
		case (k.unit == "宗" || k.unit == "起" || k.unit == "例") && strings.HasSuffix(k.noun, "案件"):
			k.unit = "件"
		case k.unit == "人" && hasEnd(k.noun, "顾问", "律师", "调解员", "监督员", "协管员"), k.unit == "位":
			k.unit = "名"
		case k.unit == "名" && hasEnd(k.noun, "人员"):
			k.unit = "人"
		}
		return k
	}},
	{"short and full names", [2]string{"受理复议案件", "件"}, [2]string{"受理行政复议案件", "件"}, false, func(k key) key {
		for _, s := range shortNames {
			if !strings.Contains(k.noun, s.full) && strings.Contains(k.noun, s.short) {
				k.noun = strings.Replace(k.noun, s.short, s.full, 1)
			}
		}
		return k
	}},
	{"verbs of taking on a case", [2]string{"收到行政复议案件", "件"}, [2]string{"受理行政复议案件", "件"}, true, func(k key) key {
		for _, verb := range []string{"受理", "收到", "接收", "接到", "新收", "办理", "承办"} {
			if rest, ok := strings.CutPrefix(k.noun, verb); ok && hasEnd(rest, cases...) {
				k.noun = rest
				break
			}
		}
		return k
	}},
	{"verbs of having", [2]string{"聘请村（社区）法律顾问", "名"}, [2]string{"村（社区）法律顾问", "名"}, true, func(k key) key {
		return key{trimStart(k.noun, "编制公布", "梳理公布", "编制", "梳理", "公布", "聘请", "聘有", "配备", "现有", "拥有", "设有"), k.unit}
	}},
	{"where", [2]string{"全区行政执法人员", "人"}, [2]string{"行政执法人员", "人"}, false, func(k key) key {
		return key{trimStart(k.noun, places...), k.unit}
	}},
}

// marks are what spellings of one noun differ in.
var marks = strings.NewReplacer("“", "", "”", "", "\"", "", " ", "", "(", "（", ")", "）")

// cases end nouns of what a body takes on.
var cases = []string{"案件", "申请", "案", "复议", "诉讼", "举报", "投诉", "建议", "提案", "事项"}

// places lead to a noun and tell whose things are counted: those of the body.
var places = []string{
	"全省", "全市", "全县", "全区", "全镇", "我省", "我市", "我县", "我区", "我局", "本市", "本县", "本区", "省级", "市级", "县级", "区级", "市本级",
	"区政府", "县政府", "市政府", "县里", "区里", "市里",
}

// shortNames are names that are used for longer ones.
var shortNames = []struct{ short, full string }{
	{"复议案件", "行政复议案件"},
	{"复议申请", "行政复议申请"},
	{"依申请公开", "政府信息公开申请"},
	{"应诉案件", "行政诉讼案件"},
	{"行政应诉", "行政诉讼"},
	{"诉讼案件", "行政诉讼案件"},
	{"负责人出庭应诉率", "行政机关负责人出庭应诉率"},
	{"出庭应诉率", "行政机关负责人出庭应诉率"},
	{"信息公开申请", "政府信息公开申请"},
	{"可在网上办理的", "网上可办率"},
}

// Key is the noun and unit by which figures are joined, and the names of the rules that changed them.
func Key(f *gongwen.Figure) (noun, unit string, rules []string) {
	n := joined(f)
	return n.noun, n.unit, n.rules
}

func joined(f *gongwen.Figure) name { return apply(f, true) }
func plain(f *gongwen.Figure) name  { return apply(f, false) }

// noun is what a figure counts: in a table, row and column.
func noun(f *gongwen.Figure) string {
	if f.Row == "" && f.Column == "" {
		return f.Noun
	}
	head := f.Noun
	if head == "" {
		head = f.Row
	}
	if f.Column == "" {
		return head
	}
	return head + "×" + f.Column
}

func apply(f *gongwen.Figure, verbs bool) name {
	n := name{key: key{noun(f), f.Unit}}
	for _, r := range rules {
		if r.Verbs && !verbs {
			continue
		}
		if next := r.apply(n.key); next != n.key && next.noun != "" {
			n.key = next
			n.rules = append(n.rules, r.Name)
		}
	}
	return n
}

// trimStart takes words from the beginning of a noun, as long as two characters are left.
func trimStart(s string, words ...string) string {
	for again := true; again; {
		again = false
		for _, w := range words {
			if rest, ok := strings.CutPrefix(s, w); ok && len(rest) >= 2*len("人") {
				s, again = rest, true
			}
		}
	}
	return s
}

func hasEnd(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}
