package figure

import "strings"

// between are the marks between the numbers of a list or a range.
var between = []string{"、", "+", "至", "到", "-", "~", "和", "与", "及", "或", "/"}

// gap returns what stands between a number and the next one, or "" and false where that is no mark of a list.
func (p *prose) gap(i int) (string, bool) {
	if i+1 >= len(p.numbers) {
		return "", false
	}
	text := strings.TrimSpace(p.folded[p.numbers[i].end:max(p.numbers[i].end, p.numbers[i+1].start)])
	for _, mark := range between {
		if text == mark {
			return text, true
		}
	}
	return "", false
}

// shareUnits gives the numbers of a list the unit of the last one: 515+218+297件, 1至2名.
func (p *prose) shareUnits() {
	for i := len(p.numbers) - 2; i >= 0; i-- {
		n, next := &p.numbers[i], &p.numbers[i+1]
		if n.named || n.share != "" || n.over {
			continue
		}
		mark, ok := p.gap(i)
		if !ok || !next.named && next.refused == "" {
			continue
		}
		if mark == "/" || next.form > han || n.form > han {
			n.refused = "part"
			next.refused = "part"
			continue
		}
		n.unit, n.named, n.listed, n.share = next.unit, next.named, true, next.share
		if !n.scaled && next.scaled {
			if wide, ok := n.value.times(next.power); ok && n.value.less(next.value) {
				n.value = wide
			}
		}
	}
}
