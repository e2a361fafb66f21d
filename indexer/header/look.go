package header

import (
	"strings"

	"gongwen"
)

// look is what a line of the header looks like by itself, in the lines around it nothing. Each step of the reading asks
// for some of it.
type look struct {
	line      // without what stands at its edges
	furniture bool
	number    bool // a document number alone
	subtitle  bool
	stamp     bool
	history   bool
	damaged   bool // a date that lost its 年, 月 and 日
	date      gongwen.Date
	status    string
}

// look returns what the line looks like, and remembers it.
func (p *page) look(i int) *look {
	if i < len(p.looks) && p.looks[i] != nil {
		return p.looks[i]
	}
	for len(p.looks) <= i {
		p.looks = append(p.looks, nil)
	}
	t := p.lines[i].trimmed()
	_, damaged := damagedDate(t.key)
	p.looks[i] = &look{
		line: t, furniture: isFurniture(p.lines[i].key), number: isNumberLine(t.key), subtitle: subtitle.MatchString(t.key),
		stamp: isStamp(t.key), history: isHistory(t.key), damaged: damaged, date: dateLine(t.key), status: statusLine(t.key),
	}
	return p.looks[i]
}

// titled reports whether a line may be a title, as far as it looks.
func (l *look) titled() bool {
	return !l.furniture && l.date == "" && !l.number && !l.subtitle && l.status == "" && !l.stamp && !l.history && !l.damaged &&
		!strings.HasSuffix(l.key, ":")
}
