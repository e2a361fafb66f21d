package gazetteer

import (
	"maps"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Find returns the path of the most specific place that text names, or "". The first place counts; later ones only make
// it more exact (云南省 … 罗平县). A name that several places share counts when the text names one of their superiors.
func (g *Gazetteer) Find(text string) string { return g.FindNear(text, "") }

// FindNear is Find for a short text that stands in a longer one, see Near.
func (g *Gazetteer) FindNear(text, near string) string { return g.Near(near).Find(text) }

// Surroundings are the text around short ones that name places: a document, the place of its host. They name no place
// by themselves; they decide between places of the same name, and say where places lie that only they know
// (云川省临江市青溪区). They are for one goroutine.
type Surroundings struct {
	g        *Gazetteer
	text     string
	fictions map[string]string
	mentions func() []mention
}

// Near reads a text as the surroundings of others.
func (g *Gazetteer) Near(text string) *Surroundings {
	return &Surroundings{g, text, unknownChains(g, text), sync.OnceValue(func() []mention { return g.mentions(text, nil) })}
}

// Find returns the path of the most specific place that text names, or "".
func (s *Surroundings) Find(text string) string {
	fictions := s.fictions
	if own := unknownChains(s.g, text); len(own) > 0 {
		fictions = maps.Clone(own)
		for name, path := range s.fictions {
			if _, ok := fictions[name]; !ok {
				fictions[name] = path
			}
		}
	}
	return s.g.pick(s.g.mentions(text, fictions), s.mentions)
}

// mention is a place named in a text, at the bytes [start, end).
type mention struct {
	start, end int
	path       string  // of a place that the gazetteer does not know
	places     []int32 // those that bear the name, at least one where path is ""
}

func (m mention) place() int32 {
	if m.path == "" && len(m.places) == 1 {
		return m.places[0]
	}
	return none
}

// pick chooses among the mentions of a text. near is asked only when a name is shared.
func (g *Gazetteer) pick(mentions []mention, near func() []mention) string {
	var others []mention
	asked := false
	current, path := none, ""
	for _, m := range mentions {
		if m.path != "" {
			if path == "" && current == none || strings.HasPrefix(m.path, path+"/") {
				path, current = m.path, none
			}
			continue
		}
		place := m.place()
		if place == none {
			if place = g.decide(m, mentions); place == none {
				if !asked {
					others, asked = near(), true
				}
				place = g.decide(m, others)
			}
		}
		switch {
		case place == none || (path != "" && current == none):
		case current == none || g.within(place, current):
			current, path = place, g.path(place)
		}
	}
	return path
}

// decide chooses the place of a shared name: the only one whose superior is among the mentions.
func (g *Gazetteer) decide(m mention, mentions []mention) int32 {
	found := none
	for _, candidate := range m.places {
		for _, other := range mentions {
			superior := other.place()
			if superior != none && (g.within(candidate, superior) || candidate == superior) {
				if found != none && found != candidate {
					return none
				}
				found = candidate
			}
		}
	}
	return found
}

// mentions returns the places named in text from left to right, without overlap.
func (g *Gazetteer) mentions(text string, fictions map[string]string) []mention {
	var found []mention
	for at := 0; at < len(text); {
		first, size := utf8.DecodeRuneInString(text[at:])
		m, consumed := g.mentionAt(text, at, first, found, fictions)
		if m.end > 0 {
			found = append(found, m)
		}
		at += max(size, consumed)
	}
	return found
}

// mentionAt returns the mention that begins at the offset, if any, and the bytes to go on. The longest name wins.
func (g *Gazetteer) mentionAt(text string, at int, first rune, before []mention, fictions map[string]string) (mention, int) {
	if len(fictions) > 0 {
		if name := longestName(text[at:], fictions); name != "" {
			return mention{start: at, end: at + len(name), path: fictions[name]}, len(name)
		}
	}
	longest := min(g.longest[first], len(text)-at)
	var previous *mention
	if n := len(before); n > 0 && before[n-1].end == at && before[n-1].path == "" {
		previous = &before[n-1]
	}
	for end := at + longest; end > at; end-- {
		if end < len(text) && !utf8.RuneStart(text[end]) {
			continue
		}
		key := text[at:end]
		if places, ok := g.names[key]; ok {
			if m, ok := g.named(text, at, end, places, previous); ok {
				return m, end - at
			}
		}
		if places, ok := g.stems[key]; ok {
			m, ok := g.stemmed(text, at, end, places, previous)
			if ok {
				return m, end - at
			}
			if g.places[places[0]].level < county && utf8.RuneCountInString(key) > 1 {
				return mention{}, end - at // 江西城区 holds no 西城区
			}
		}
	}
	return mention{}, 0
}

func longestName(text string, names map[string]string) string {
	best := ""
	for name := range names {
		if len(name) > len(best) && strings.HasPrefix(text, name) {
			best = name
		}
	}
	return best
}

// named accepts a full name, narrowed by the mention right before it.
func (g *Gazetteer) named(text string, at, end int, places []int32, previous *mention) (mention, bool) {
	rest := text[end:]
	next, _ := utf8.DecodeRuneInString(rest)
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	m := mention{start: at, end: end, places: places}
	if previous != nil {
		if narrow := g.below(places, previous.places); len(narrow) > 0 {
			m.places = narrow
			return m, true
		}
	}
	// 和平区域, 平安县级, 东方市场: the rank belongs to another word.
	switch {
	case last == '区' && strings.ContainsRune("域别划间块位", next),
		last == '县' && strings.ContainsRune("级域城乡", next) && !strings.HasPrefix(rest, "城关"),
		last == '市' && next == '场' && g.places[places[0]].level == county:
		return m, false
	}
	name := text[at:end]
	if common[name] {
		return m, governs(rest)
	}
	if utf8.RuneCountInString(name) == 2 {
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		return m, at == 0 || !unicode.Is(unicode.Han, before) || strings.HasSuffix(text[:at], "中共")
	}
	return m, true
}

// common are names that are ordinary words too; alone they count only before a government's name.
var common = map[string]bool{"城区": true, "郊区": true, "矿区": true, "东区": true, "西区": true, "新城区": true, "新市区": true,
	"城中区": true, "市中区": true, "市北区": true, "市南区": true, "城关区": true, "城东区": true, "城西区": true, "城北区": true,
	"新华区": true, "新区": true, "和平县": true}

func governs(rest string) bool {
	return strings.HasPrefix(rest, "人民政府") || strings.HasPrefix(rest, "政府") || strings.HasPrefix(rest, "人大")
}

// below returns those places that lie below one of the others.
func (g *Gazetteer) below(places, others []int32) []int32 {
	var narrow []int32
	for _, p := range places {
		for _, other := range others {
			if g.within(p, other) {
				narrow = append(narrow, p)
				break
			}
		}
	}
	return narrow
}

// afterStem is what follows a name without its rank where it does stand for the place: 大连市场监管局, 大连高新区, 辽宁2018年.
var afterStem = regexp.MustCompile(`^(?:人民政府|政府|省|市|州|地区|盟|经济|高新|海关|税务|检察|法院|[^\P{Han}省市县区州旗]{0,7}?(?:经济区|开发区|新区|高新区|保税区|自贸|工业园|产业园|示范区|试验区|管委会|管理委员会)|[^\P{Han}省市县区州旗]{2,10}(?:厅|局|委员会|办公室)|(?:19|20)\d\d年|$)`)

// afterCounty is the same for the names of counties, which are ordinary words more often (公安, 资源, 合作).
var afterCounty = regexp.MustCompile(`^(?:人民政府|县政府|市政府|区政府|县委|市委|区委|(?:19|20)\d\d年)`)

// stemmed accepts a name without its rank where the context says that a place is meant. A stem that places of several
// levels share stands for the highest (吉林, 海南).
func (g *Gazetteer) stemmed(text string, at, end int, places []int32, previous *mention) (mention, bool) {
	m := mention{start: at, end: end, places: g.highest(places)}
	rest := text[end:]
	if previous != nil {
		if narrow := g.below(places, previous.places); len(narrow) == 1 && !words[text[at:end]] {
			m.places = narrow
			return m, afterStem.MatchString(rest) || afterCounty.MatchString(rest)
		}
	}
	if words[text[at:end]] {
		return m, false
	}
	if g.places[m.places[0]].level == county {
		return m, afterCounty.MatchString(rest)
	}
	if afterStem.MatchString(rest) {
		return m, true
	}
	// At the beginning of a title a province is meant: 上海港口条例.
	if at == 0 && g.places[m.places[0]].level == province && !strings.HasPrefix(rest, "合作组织") {
		return m, true
	}
	next, _ := utf8.DecodeRuneInString(rest)
	for n := min(g.longest[next], len(rest)); n > 0; n-- {
		if n < len(rest) && !utf8.RuneStart(rest[n]) {
			continue
		}
		if len(g.below(g.names[rest[:n]], m.places)) > 0 {
			return m, true
		}
	}
	return m, false
}

// words are stems that are ordinary words and never stand for their place.
var words = map[string]bool{"公安": true, "资源": true, "合作": true, "会同": true, "共和": true, "延长": true, "通道": true, "大方": true,
	"中方": true, "同心": true, "和平": true, "长安": true, "平安": true, "兴业": true, "安定": true, "东方": true, "新城": true,
	"乐业": true, "富民": true, "开发": true, "安居": true, "新华": true, "城关": true, "建设": true, "解放": true, "人和": true,
	"交口": true, "城中": true, "太平": true, "永安": true, "新建": true, "中心": true, "高新": true, "市中": true}

// highest returns the places of the highest level among them.
func (g *Gazetteer) highest(places []int32) []int32 {
	best := county
	for _, p := range places {
		best = min(best, g.places[p].level)
	}
	var out []int32
	for _, p := range places {
		if g.places[p].level == best {
			out = append(out, p)
		}
	}
	return out
}
