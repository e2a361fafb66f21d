package figure

import (
	"strings"

	"gongwen"
)

// qualifiers lists what stands around a number and says how near it is. Longer words come first.
var qualifiersBefore = []struct {
	word string
	gongwen.Qualifier
	not []string // words that end so and mean something else
}{
	{"不少于", gongwen.QualifierAtLeast, nil},
	{"不低于", gongwen.QualifierAtLeast, nil},
	{"至少", gongwen.QualifierAtLeast, nil},
	{"不超过", gongwen.QualifierAtMost, nil},
	{"不高于", gongwen.QualifierAtMost, nil},
	{"不多于", gongwen.QualifierAtMost, nil},
	{"至多", gongwen.QualifierAtMost, nil},
	{"最多", gongwen.QualifierAtMost, nil},
	{"不足", gongwen.QualifierUnder, nil},
	{"不到", gongwen.QualifierUnder, nil},
	{"低于", gongwen.QualifierUnder, nil},
	{"少于", gongwen.QualifierUnder, nil},
	{"超过", gongwen.QualifierOver, nil},
	{"突破", gongwen.QualifierOver, nil},
	{"逾", gongwen.QualifierOver, nil},
	{"超", gongwen.QualifierOver, []string{"赶超"}},
	{"将近", gongwen.QualifierNear, nil},
	{"接近", gongwen.QualifierNear, nil},
	{"近", gongwen.QualifierNear, []string{"附近", "最近", "临近", "邻近", "靠近"}},
	{"大约", gongwen.QualifierAbout, nil},
	{"约", gongwen.QualifierAbout, []string{"节约", "契约", "公约", "预约", "合约", "条约", "签约", "违约", "大约"}},
}

var qualifiersAfter = []struct {
	word string
	gongwen.Qualifier
}{
	{"以上", gongwen.QualifierAtLeast},
	{"以下", gongwen.QualifierAtMost},
	{"以内", gongwen.QualifierAtMost},
	{"左右", gongwen.QualifierAbout},
	{"上下", gongwen.QualifierAbout},
	{"强", gongwen.QualifierOver},
}

// qualify widens the number by the qualifiers around it.
func (p *prose) qualify(n *number) {
	before := strings.TrimRight(p.folded[:n.start], " ")
	for _, q := range qualifiersBefore {
		if strings.HasSuffix(before, q.word) && !endsAny(before, q.not...) {
			n.start = len(before) - len(q.word)
			n.qualifier = q.Qualifier
			break
		}
	}
	if n.qualifier == "" && strings.HasSuffix(before, "至少有") {
		n.qualifier = gongwen.QualifierAtLeast
	}
	rest := skipSpace(p.folded, n.end)
	if n.named && n.unit.measure == tenths && strings.HasPrefix(p.folded[n.end:], "多") {
		n.end += len("多")
		n.qualifier = gongwen.QualifierOver
	}
	for _, q := range qualifiersAfter {
		if strings.HasPrefix(p.folded[rest:], q.word) && (q.word != "强" || n.named && startsStop(p.folded[rest+len(q.word):])) {
			n.end = rest + len(q.word)
			if n.qualifier == "" {
				n.qualifier = q.Qualifier
			}
			break
		}
	}
}
