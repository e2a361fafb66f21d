package search

import (
	"strings"
	"unicode/utf8"
)

// Naming is what a title is worth, however one asks.
type Naming struct {
	Runes int // that tell the document from others
	Kind  int // a place in the table of standings, from 1; 0 for none
}

// NewNaming reads a folded title.
func NewNaming(title string) Naming {
	n := Naming{Runes: utf8.RuneCountInString(title)}
	for _, common := range commonInTitles {
		if strings.Contains(title, common) {
			n.Runes -= utf8.RuneCountInString(common)
		}
	}
	name := lawName(title)
	for i, s := range standings {
		if strings.HasSuffix(name, s.end) {
			n.Kind = i + 1
			break
		}
	}
	return n
}

// Standing is by what a score is multiplied: laws stand above rules made under them.
func (n Naming) Standing() float64 {
	if n.Kind == 0 {
		return 1
	}
	return standings[n.Kind-1].factor
}

// commonInTitles stand in so many titles that one looks for a document without them.
var commonInTitles = []string{"中华人民共和国"}

// standings are the kinds of rules by how their names end, the first that fits. A code is where its field is laid down, a law
// stands above regulations, and these above what is on trial.
var standings = []struct {
	end, example string
	factor       float64
}{
	{"法典", "中华人民共和国民法典", 1.4},
	{"(试行)", "人民检察院行政诉讼监督规则（试行）", 0.9},
	{"暂行条例", "中华人民共和国房产税暂行条例", 0.9},
	{"暂行规定", "高等教育管理职责暂行规定", 0.9},
	{"暂行办法", "仲裁委员会登记暂行办法", 0.9},
	{"条例", "旅行社条例", 0.92},
	{"细则", "安澜市行政规范性文件管理细则", 0.92},
	{"办法", "报废机动车回收管理办法", 0.92},
	{"规则", "人民检察院刑事诉讼规则", 0.92},
	{"法", "中华人民共和国商标法", 1.1},
	{"解释", "最高人民法院关于审理黑社会性质组织犯罪的案件具体应用法律若干问题的解释", 1.02},
}

// mostStanding is the most that Standing returns.
var mostStanding = func() float64 {
	most := 1.0
	for _, s := range standings {
		most = max(most, s.factor)
	}
	return most
}()

// lawName is a title without the article that it names.
func lawName(title string) string {
	if i := strings.LastIndex(title, "第"); i > 0 && strings.Contains(title[i:], "条") {
		return title[:i]
	}
	return title
}
