// Package gazetteer answers one question: here is a name or an address, which place is it? A place is a path from the
// province down, 辽宁省/大连市/甘井子区; municipalities have no level between them and their districts (天津市/蓟州区).
package gazetteer

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/places.txt
var placesTable string

//go:embed data/renamed.txt
var renamedTable string

//go:embed data/hosts.txt
var hostsTable string

// Gazetteer knows the places of the country down to the counties. It is safe for use by many goroutines.
type Gazetteer struct {
	places  []place
	names   map[string][]int32 // full names, former ranks and former names
	stems   map[string][]int32 // names without their rank
	longest map[rune]int       // for a first character, the bytes of the longest key of names and stems
	hosts   func() map[string]int32
}

// place is a line of places.txt.
type place struct {
	name   string
	stem   string // name without its rank, 大连
	pinyin string // syllables of the stem, parted by blanks
	parent int32  // index into places, or none
	level  level
}

type level uint8

const (
	province level = iota
	city           // 地级: a city, prefecture or league
	county         // 县级, also those that a province or municipality governs itself
)

// none is the index of no place, ambiguous of several.
const (
	none      int32 = -1
	ambiguous int32 = -2
)

// New reads the embedded data. It takes a few milliseconds; the table of hosts is made at first use.
func New() (*Gazetteer, error) {
	g := &Gazetteer{
		places:  make([]place, 0, 3300),
		names:   make(map[string][]int32, 8000),
		stems:   make(map[string][]int32, 3300),
		longest: make(map[rune]int, 1500),
	}
	if err := g.readPlaces(placesTable); err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	g.nameFormerRanks()
	if err := g.readRenamed(renamedTable); err != nil {
		return nil, fmt.Errorf("read former names: %w", err)
	}
	hosts, err := g.readHosts(hostsTable)
	if err != nil {
		return nil, fmt.Errorf("read hosts: %w", err)
	}
	g.hosts = sync.OnceValue(func() map[string]int32 { return g.nameHosts(hosts) })
	return g, nil
}

func (g *Gazetteer) readPlaces(table string) error {
	above := [3]int32{none, none, none}
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		name := strings.TrimLeft(line, " ")
		depth := len(line) - len(name)
		name, pinyin, ok := strings.Cut(name, "\t")
		if !ok || depth > 2 {
			return fmt.Errorf("line %q is no place", line)
		}
		p := place{name: name, pinyin: pinyin, parent: none, stem: prefix(name, strings.Count(pinyin, " ")+1)}
		if depth > 0 {
			p.parent = above[depth-1]
		}
		p.level = rank(name, depth)
		index := int32(len(g.places))
		above[depth] = index
		g.places = append(g.places, p)
		g.add(g.names, name, index)
		if p.stem != name && utf8.RuneCountInString(p.stem) >= 2 {
			g.add(g.stems, p.stem, index)
		}
	}
	return nil
}

// rank tells cities from counties at the second depth, where municipalities and provinces have districts and cities of
// their own: 济源市 and 天津市/蓟州区 are counties.
func rank(name string, depth int) level {
	switch {
	case depth == 0:
		return province
	case depth == 2 || directlyGoverned[name]:
		return county
	case strings.HasSuffix(name, "市"), strings.HasSuffix(name, "自治州"), strings.HasSuffix(name, "地区"), strings.HasSuffix(name, "盟"):
		return city
	}
	return county
}

// directlyGoverned are the cities of county rank that stand at the depth of cities.
var directlyGoverned = map[string]bool{"济源市": true, "仙桃市": true, "潜江市": true, "天门市": true, "五指山市": true, "琼海市": true,
	"文昌市": true, "万宁市": true, "东方市": true, "石河子市": true, "阿拉尔市": true, "图木舒克市": true, "五家渠市": true, "北屯市": true,
	"铁门关市": true, "双河市": true, "可克达拉市": true, "昆玉市": true, "胡杨河市": true, "新星市": true, "白杨市": true}

// add enters name for a place, once.
func (g *Gazetteer) add(names map[string][]int32, name string, index int32) {
	for _, known := range names[name] {
		if known == index {
			return
		}
	}
	names[name] = append(names[name], index)
	first, _ := utf8.DecodeRuneInString(name)
	g.longest[first] = max(g.longest[first], len(name))
}

// nameFormerRanks enters the names that a place had, or has in short, by another rank: 双流县 is 双流区 today, 恩施州 and
// 宽甸县 are short for autonomous ones. A name that exists, or a stem that several places share, is left alone.
func (g *Gazetteer) nameFormerRanks() {
	known := make(map[string]bool, len(g.names))
	for name := range g.names {
		known[name] = true
	}
	for i, p := range g.places {
		if p.stem == p.name || p.level == province {
			continue
		}
		ranks := []string{"县", "市", "区", "自治县"}
		if p.level == city {
			ranks = []string{"州", "自治州", "地区", "市"}
		} else if strings.HasSuffix(p.name, "旗") {
			ranks = []string{"旗", "自治旗"}
		}
		for _, r := range ranks {
			name := p.stem + r
			if known[name] || (utf8.RuneCountInString(p.stem) < 2) || !g.alone(int32(i)) {
				continue
			}
			g.add(g.names, name, int32(i))
		}
	}
	for _, name := range []string{"内蒙古", "广西", "西藏", "宁夏", "新疆"} {
		g.add(g.names, name+"自治区", g.stems[name][0])
	}
}

// alone reports whether no other place of the same level has the stem of the place.
func (g *Gazetteer) alone(index int32) bool {
	p := g.places[index]
	for _, other := range g.stems[p.stem] {
		if other != index && g.places[other].level == p.level {
			return false
		}
	}
	return true
}

func (g *Gazetteer) readRenamed(table string) error {
	return eachPair(table, func(name, path string) error {
		index := g.byPath(path)
		if index == none {
			return fmt.Errorf("%s: no place %s", name, path)
		}
		g.add(g.names, name, index)
		return nil
	})
}

// eachPair calls visit for the two fields of each line that is no comment.
func eachPair(table string, visit func(first, second string) error) error {
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		first, second, ok := strings.Cut(line, "\t")
		if !ok {
			return fmt.Errorf("line %q has one field", line)
		}
		if err := visit(first, second); err != nil {
			return err
		}
	}
	return nil
}

// byPath returns the place with exactly that path.
func (g *Gazetteer) byPath(path string) int32 {
	last := path[strings.LastIndexByte(path, '/')+1:]
	for _, index := range g.names[last] {
		if g.path(index) == path {
			return index
		}
	}
	return none
}

// path returns the path of a place from the province down.
func (g *Gazetteer) path(index int32) string {
	if index < 0 {
		return ""
	}
	p := g.places[index]
	if p.parent == none {
		return p.name
	}
	return g.path(p.parent) + "/" + p.name
}

// within reports whether the place lies below the other one.
func (g *Gazetteer) within(index, other int32) bool {
	for up := g.places[index].parent; up != none; up = g.places[up].parent {
		if up == other {
			return true
		}
	}
	return false
}

// prefix returns the first n characters of text.
func prefix(text string, n int) string {
	for at := range text {
		if n == 0 {
			return text[:at]
		}
		n--
	}
	return text
}
