package gazetteer

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Host returns the path of the place whose government has the address, by the letters before gov.cn: the pinyin of a
// place (luoping), the initials of a place after those of its superior (tjjz), with 政府, 人大 or 中国 around them (gxzf).
// It returns "" where the letters fit several places or none.
func (g *Gazetteer) Host(address string) string {
	path, _ := g.host(address)
	return path
}

// Portal is Host without guessing: a place known by its initials alone gives its superior (cqdz gives 重庆市, not 大足区),
// since three letters fit a department as well as a place.
func (g *Gazetteer) Portal(address string) string {
	path, spelled := g.host(address)
	if !spelled {
		if at := strings.LastIndexByte(path, '/'); at > 0 {
			return path[:at]
		}
	}
	return path
}

// host also reports whether the place is spelled out or listed, rather than abbreviated.
func (g *Gazetteer) host(address string) (path string, spelled bool) {
	own, above := governmentLabels(address)
	if own == "" {
		return "", false
	}
	place, spelled := g.label(own)
	if place < 0 {
		return "", false
	}
	// A label before the government's own is a district where it is spelled out: zhongshan.dl.gov.cn.
	for _, label := range above {
		if below := g.spelledWithin(label, place); below >= 0 {
			return g.path(below), true
		}
	}
	return g.path(place), spelled
}

// spelledWithin returns the one place below a superior whose pinyin is the label.
func (g *Gazetteer) spelledWithin(label string, superior int32) int32 {
	found := none
	for i, p := range g.places {
		index := int32(i)
		if p.parent == none || !strings.HasPrefix(label, p.pinyin[:1]) || !g.within(index, superior) || !slices.Contains(spellings(p), label) {
			continue
		}
		if found != none {
			return ambiguous
		}
		found = index
	}
	return found
}

// governmentLabels returns the label before gov.cn and those before it, from right to left.
func governmentLabels(address string) (own string, above []string) {
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", nil
	}
	labels := strings.Split(strings.ToLower(u.Hostname()), ".")
	for i := 1; i+1 < len(labels); i++ {
		if labels[i] != "gov" || labels[i+1] != "cn" {
			continue
		}
		for n := i - 2; n >= 0; n-- {
			above = append(above, labels[n])
		}
		return labels[i-1], above
	}
	return "", nil
}

// label reads one label of a host name.
func (g *Gazetteer) label(label string) (place int32, spelled bool) {
	hosts := g.hosts()
	for _, trim := range []func(string) (string, bool){
		func(s string) (string, bool) { return s, true },
		func(s string) (string, bool) { return strings.CutSuffix(s, "zf") },
		func(s string) (string, bool) { return strings.CutSuffix(s, "gov") },
		func(s string) (string, bool) { return strings.CutSuffix(s, "rd") },
		func(s string) (string, bool) { return strings.CutSuffix(s, "zx") },
		func(s string) (string, bool) { return strings.CutPrefix(s, "zg") },
		func(s string) (string, bool) { return strings.CutPrefix(s, "china") },
	} {
		short, ok := trim(label)
		// Two letters fit too many places: zgsz is 绥中 and not 深圳, jxrd is 嘉兴 and not 江西. Whole labels of two letters are listed.
		if !ok || (short != label && len(short) < 3) {
			continue
		}
		if place, ok := hosts["="+short]; ok {
			return place, true
		}
		if place, ok := hosts[short]; ok && place != ambiguous && len(short) > 2 {
			return place, false
		}
	}
	return none, false
}

func (g *Gazetteer) readHosts(table string) (map[string]int32, error) {
	hosts := map[string]int32{}
	err := eachPair(table, func(label, path string) error {
		place := none
		if path != "-" {
			if place = g.byPath(path); place == none {
				return fmt.Errorf("%s: no place %s", label, path)
			}
		}
		hosts["="+label] = place
		return nil
	})
	return hosts, err
}

// nameHosts makes the table of labels: "=" before what is spelled out or listed, nothing before abbreviations. A label
// that fits several places is ambiguous, except that a higher place wins a spelled-out one (jilin is the province).
func (g *Gazetteer) nameHosts(listed map[string]int32) map[string]int32 {
	hosts := make(map[string]int32, 40000)
	enter := func(label string, place int32) {
		if known, ok := hosts[label]; !ok {
			hosts[label] = place
		} else if known != place {
			hosts[label] = ambiguous
		}
	}
	for rank := province; rank <= county; rank++ {
		spelled := map[string]int32{}
		for i, p := range g.places {
			if p.level != rank {
				continue
			}
			for _, full := range spellings(p) {
				if known, ok := spelled[full]; ok && known != int32(i) {
					spelled[full] = ambiguous
				} else {
					spelled[full] = int32(i)
				}
			}
		}
		for full, place := range spelled {
			if _, taken := hosts["="+full]; !taken {
				hosts["="+full] = place
			}
		}
	}
	for i, p := range g.places {
		index := int32(i)
		short := initials(p)
		for up := p.parent; up != none; up = g.places[up].parent {
			superior := initials(g.places[up])[0]
			for _, own := range short {
				enter(superior+own, index)
			}
			for _, own := range spellings(p) {
				enter(superior+own, index)
			}
		}
		if p.level == province {
			enter(short[0], index)
		} else if len(short) > 1 {
			enter(short[1], index)
		}
		if p.level == city || len(short[0]) > 2 {
			enter(short[0], index)
		}
	}
	for label, place := range hosts {
		if place == ambiguous && strings.HasPrefix(label, "=") {
			hosts[label] = none
		}
	}
	for label, place := range listed {
		hosts[label] = place
	}
	return hosts
}

// rankPinyin spells the ranks that hosts write.
var rankPinyin = map[string]string{"市": "shi", "县": "xian", "区": "qu", "旗": "qi", "州": "zhou", "盟": "meng"}

// spellings returns the pinyin of a place without and with its rank.
func spellings(p place) []string {
	full := strings.ReplaceAll(p.pinyin, " ", "")
	out := []string{full}
	last, _ := utf8.DecodeLastRuneInString(p.name)
	if spelled, ok := rankPinyin[string(last)]; ok {
		out = append(out, full+spelled)
	}
	if strings.Contains(full, "v") {
		for _, s := range out {
			out = append(out, strings.ReplaceAll(s, "v", "u"))
		}
	}
	return out
}

// initials returns the first letters of a place without and, where it has one that hosts write, with its rank.
func initials(p place) []string {
	var b strings.Builder
	for _, syllable := range strings.Fields(p.pinyin) {
		b.WriteByte(syllable[0])
	}
	out := []string{strings.ReplaceAll(b.String(), "v", "l")}
	last, _ := utf8.DecodeLastRuneInString(p.name)
	if spelled, ok := rankPinyin[string(last)]; ok {
		out = append(out, out[0]+spelled[:1])
	}
	return out
}
